"""The store of a project: archive, journal, embedded store, lock."""

from kg.store.blocks import Block
from kg.store.difference import Moved, Origin
from kg.store.state import Change, DatasetInfo, EntityRow
from kg.store.store import Prepared, Store

__all__ = ["Block", "Change", "DatasetInfo", "EntityRow", "Moved", "Origin", "Prepared", "Store"]
