"""Which entity of the store somebody means, by an IRI, an id, or a name."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.errors import UsageError
from kg.identity.index import Index
from kg.identity.iris import Iris
from kg.identity.judgements import Judgement, pair_of
from kg.identity.names import name_key
from kg.pipeline.in_store import STORE, InStore
from kg.rdf import KG

if TYPE_CHECKING:
    from kg.config import Config
    from kg.identity.entry import Entry
    from kg.model.types import Model
    from kg.store import Store

ENTITY: Final = f"{KG}Entity"
SHOWN: Final = 5


def index_of(store: Store, model: Model, config: Config) -> Index:
    """The entities of a store, each as its datasets call it, whatever is judged."""
    index = Index(model)
    for entry in InStore(store, (), Iris(config.base)).entries(model):
        index.add(entry)
    return index


def meant(index: Index, text: str) -> Entry:
    """The one entity that a text names.

    Raises ``UsageError`` if none or several are named, with the nearest, or with all and how to say which.
    """
    known = index.by_iri.get(text)
    if known is not None:
        return known
    found = [e for same in index.same_id(text, STORE) for e in same]
    found = found or list(index.by_name.get(name_key(text), ()))
    entries = {e.iri: e for e in found}
    if not entries:
        raise UsageError("resolve-unknown", received=text, near=index.near.names(text, ENTITY))
    if len(entries) > 1:
        shown = tuple(called(entries[iri]) for iri in islice(sorted(entries), SHOWN))
        raise UsageError(
            "resolve-ambiguous", received=text, count=len(entries), candidates=shown, example=min(entries)
        )
    return next(iter(entries.values()))


def judgement(index: Index, verdict: str, named: tuple[str, str], how: tuple[str, str, str]) -> Judgement:
    """A judgement of two entities that somebody names; ``how`` is by whom, why, when.

    Raises ``UsageError`` for what is not known, for one and the same, and for claims or two kinds of things.
    """
    one, other = (meant(index, text) for text in named)
    if one.iri == other.iri:
        raise UsageError("resolve-itself", received=named, iri=one.iri)
    if one.class_.kind != other.class_.kind:
        raise UsageError("resolve-kinds", one=called(one), other=called(other))
    return Judgement(verdict, pair_of(one.iri, other.iri), *how)


def called(entry: Entry) -> str:
    """How a message names an entity so that it can be said back: class, name, IRI."""
    name = next(entry.all_names(), "")
    return f"{entry.class_.name} “{name}” <{entry.iri}>" if name else f"{entry.class_.name} <{entry.iri}>"
