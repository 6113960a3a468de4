"""What an index may ask for, so that not all of it need be entered first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.identity.entry import Entry


class Beyond(Protocol):
    """Entities that are known elsewhere: more than are asked for do no harm, fewer would."""

    def entity(self, iri: str) -> Iterable[Entry]:
        """The entity with an IRI, or none."""

    def named(self, key: str) -> Iterable[Entry]:
        """Those with a name that has a key."""

    def ending_in(self, segment: str) -> Iterable[Entry]:
        """Those with an id or an identifier, as IRIs end in it."""

    def entities(self) -> Iterable[Entry]:
        """All, for a message that names what is near."""
