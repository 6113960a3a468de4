"""What is remembered of an entity, and which records say what it is known by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.identity.names import name_key
from kg.values.characters import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Place
    from kg.model.types import Class

PUBLISHED: Final = "\npublished"
"""The key of the date of publication: no key of a name holds a line end."""
NO_RECORD: Final = -1
"""The number of what no record says: the store, or a header."""


@dataclass(eq=False, slots=True)
class Rest:
    """One thing that an entity is known by, and the records that say so.

    What was understood by it rests on these records: it waits when all of them are out.
    """

    iri: str
    numbers: list[int]
    anchored: Rest | None = None
    """The same without the records that have only a name to be known by; None if there are none of these."""

    def say(self, number: int, *, only_named: bool) -> bool:
        """Add a record; whether it is the first that has more than a name to be known by."""
        if only_named and self.anchored is None:
            self.anchored = Rest(self.iri, self.numbers.copy())
        first = not only_named and not (self.anchored or self).numbers
        if self.anchored is not None and not only_named:
            self.anchored.numbers.append(number)
        self.numbers.append(number)
        return first


@dataclass(slots=True)
class Entry:
    """One entity, or one claim that has an id."""

    iri: str
    class_: Class
    dataset: str
    id: str | None
    names: tuple[str, ...]
    place: Place
    shared: bool = False
    """Whether its id means the same in every dataset."""
    only_named: bool = False
    """Whether its record says nothing but a name to be known by."""
    published: Any = None
    """A document's date of publication, as the record writes it."""
    text: Any = None
    """A document's text, in the form in which whoever reads the records keeps it."""
    number: int = NO_RECORD
    """The record that describes it; the first of several."""
    said: dict[str, Rest] | None = None
    """What it is known by -> the records that say so; None while one record alone describes it."""
    more_names: tuple[str, ...] = ()
    """What other records call it."""

    def described(self) -> str:
        """How a message names it: the class, the id, the first name."""
        name = next(self.all_names(), None)
        label = f" “{shortened(name)}”" if name else ""
        return f"{self.class_.name} {self.id or f'<{self.iri}>'}{label}"

    def all_names(self) -> Iterator[str]:
        """Its names, those of the first record before those of others."""
        yield from self.names
        yield from self.more_names

    def scoped_id(self) -> tuple[str, str]:
        """The dataset in which its id holds, "" for all of them, and the id."""
        return "" if self.shared else self.dataset, self.id or ""

    def rest(self, key: str) -> Rest | None:
        """The records that say something of it; None where one record alone describes it."""
        return None if self.said is None else self.said.get(key)

    def opened(self) -> dict[str, Rest]:
        """What it is known by -> the records that say so, from now on kept."""
        if self.said is None:
            self.said = {}
            for key in self.known_by():
                self.say(key, self)
            if self.published is not None:
                self.say(PUBLISHED, self)
        return self.said

    def known_by(self) -> dict[str, str]:
        """Key of each name -> the name; key of the id -> ""."""
        found: dict[str, str] = {}
        for name in self.names:
            found.setdefault(name_key(name), name)
        if self.id is not None:
            found[id_key(*self.scoped_id())] = ""
        return found

    def say(self, key: str, other: Entry) -> bool:
        """Note that another record says something too; whether it is the first with an id or identifier."""
        rest = self.opened().setdefault(key, Rest(self.iri, []))
        return rest.say(other.number, only_named=other.only_named)


def id_key(scope: str, id_: str) -> str:
    """The key of an id in the dataset in which it holds."""
    return f"\n{scope}\n{id_}"
