"""The index: from ids, identifiers and names to entities, and from ids to claims.

It is filled in a first pass over the records and is all that mapping needs beyond a record.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Place, Problem, Unreadable
from kg.identity.names import name_key
from kg.rdf import is_iri
from kg.values.nearest import choices, close

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model.types import Class, Model

NEAREST_SEARCHES: Final = 500
"""For how many unknown names the nearest known ones are looked up; the cost of each grows with the index."""
NEAREST_SHOWN: Final = 3


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

    def described(self) -> str:
        """How a message names it: the class, the id, the first name."""
        label = f" “{self.names[0]}”" if self.names else ""
        return f"{self.class_.name} {self.id or f'<{self.iri}>'}{label}"


@dataclass
class Index:
    """Entries by IRI, id and name. ``dataset`` first, then what other datasets share."""

    model: Model
    by_iri: dict[str, Entry] = field(default_factory=dict)
    by_id: dict[str, list[Entry]] = field(default_factory=dict)
    by_name: dict[str, list[Entry]] = field(default_factory=dict)
    by_anchor: dict[str, list[Entry]] = field(default_factory=dict)
    """Like ``by_name``, but only the names that a record with an id or an identifier gives."""
    unnamed: dict[str, Entry] = field(default_factory=dict)
    """Descriptions of the unnamed, which nothing is found by; only a message knows them."""
    _searches: int = 0

    def add(self, entry: Entry) -> Entry:
        """Enter an entity; a second record of the same entity adds its names to the first."""
        known = self.by_iri.get(entry.iri)
        if known is None:
            self.by_iri[entry.iri] = known = entry
        elif entry.names:
            known.names = tuple(dict.fromkeys((*known.names, *entry.names)))
        if entry.id is not None:
            _append(self.by_id, entry.id, known)
        if known.published is None:
            known.published = entry.published
        tables = (self.by_name,) if entry.only_named else (self.by_name, self.by_anchor)
        for name in entry.names:
            for table in tables:
                _append(table, name_key(name), known)
        return known

    def anchored(self, names: Iterable[str], class_: Class, dataset: str) -> list[Entry]:
        """The entities with an id or an identifier that have one of the names and may be a ``class_``."""
        found = {
            e.iri: e
            for name in names
            for e in self.by_anchor.get(name_key(name), ())
            if _one_line(e.class_, class_)
        }
        return _nearest_dataset(found.values(), dataset)

    def resolve(self, text: str, range_iri: str, dataset: str) -> tuple[Entry | None, str]:
        """(entry, how) that a reference means: how is ``iri``, ``id`` or ``name``.

        The entry is None for a full IRI that nothing here describes. Raises ``Unreadable``
        for a reference that is unknown, ambiguous, or of another class.
        """
        if not text.strip():
            raise Unreadable(Problem("empty-text", received=text))
        text = unicodedata.normalize("NFC", text)
        known = self.by_iri.get(text)
        if known is not None:
            return known, "iri"
        same_id = [e for e in self.by_id.get(text, ()) if e.dataset == dataset or e.shared]
        for how, found in (("id", same_id), ("name", self.by_name.get(name_key(text), ()))):
            fitting = [e for e in found if range_iri in e.class_.ancestors]
            candidates = _nearest_dataset(fitting, dataset)
            if len(candidates) == 1:
                return candidates[0], how
            if candidates:
                raise Unreadable(self.ambiguous(text, candidates))
        if is_iri(text) and ("://" in text or text.startswith("urn:")):
            return None, "iri"
        raise Unreadable(self._unknown(text, range_iri, same_id or self.by_name.get(name_key(text), [])))

    def typed(self, id_: str, class_: Class, dataset: str) -> Entry:
        """The entity or claim of a class with an id; raises ``Unreadable`` if there is none."""
        same_id = [e for e in self.by_id.get(id_, ()) if e.dataset == dataset or e.shared]
        for entry in same_id:
            if class_.iri in entry.class_.ancestors:
                return entry
        known = sorted({e.id for e in self.by_iri.values() if e.id and class_.iri in e.class_.ancestors})
        near, allowed = choices(id_, known)
        args = {"type": class_.name, "near": near, "found": tuple(e.described() for e in same_id)}
        code = "reference-typed-other" if same_id else "reference-typed"
        raise Unreadable(Problem(code, "/id", args, received=id_, allowed=allowed[:NEAREST_SHOWN]))

    def ambiguous(self, text: str, candidates: list[Entry]) -> Problem:
        """The problem of a name that fits several entities: lists them, and how to say which."""
        return Problem(
            "reference-ambiguous",
            args={"candidates": tuple(e.described() for e in candidates), "example": _example(candidates[0])},
            received=text,
            allowed=tuple(e.id or e.iri for e in candidates),
            others=tuple(e.place for e in candidates),
        )

    def _unknown(self, text: str, range_iri: str, elsewhere: list[Entry]) -> Problem:
        unnamed = self.unnamed.get(name_key(text))
        if unnamed is not None:
            return Problem(
                "reference-unnamed", args={"id": unnamed.id}, received=text, others=(unnamed.place,)
            )
        args: dict[str, object] = {"range": self.model.labels.get(range_iri, {"en": range_iri})}
        other = [e for e in self.by_id.get(text, ()) if range_iri in e.class_.ancestors]
        if other:
            args |= {"dataset": other[0].dataset, "iri": other[0].iri}
            places = tuple(e.place for e in other)
            return Problem("reference-other-dataset", args=args, received=text, others=places)
        if elsewhere:
            args["found"] = elsewhere[0].described()
            args["classes"] = tuple(c.name for c in self.model.below(range_iri))
            return Problem("reference-class", args=args, received=text, others=(elsewhere[0].place,))
        near = self._nearest(text, range_iri)
        args["near"] = near
        code = "claim-unknown" if range_iri in self.model.claims else "reference-unknown"
        return Problem(code, args=args, received=text, allowed=near)

    def _nearest(self, text: str, range_iri: str) -> tuple[str, ...]:
        """Ids and names within the range that are spelt almost like ``text``, best first."""
        self._searches += 1
        if self._searches > NEAREST_SEARCHES:
            return ()
        fitting = [e for e in self.by_iri.values() if range_iri in e.class_.ancestors]
        spellings = {name_key(s): s for e in fitting for s in (*e.names, e.id) if s}
        return tuple(spellings[key] for key in close(name_key(text), sorted(spellings)))


def _append(table: dict[str, list[Entry]], key: str, entry: Entry) -> None:
    same = table.setdefault(key, [])
    if all(e is not entry for e in same):
        same.append(entry)


def _one_line(one: Class, other: Class) -> bool:
    """Whether a thing may be of both classes: one is the other, or above it."""
    return one.iri in other.ancestors or other.iri in one.ancestors


def _nearest_dataset(entries: Iterable[Entry], dataset: str) -> list[Entry]:
    """Those of the dataset itself; only if there are none, those of the others; sorted."""
    ordered = sorted(entries, key=lambda e: e.iri)
    return [e for e in ordered if e.dataset == dataset] or ordered


def _example(entry: Entry) -> str:
    """How to say which one is meant."""
    return f'{{"type": "{entry.class_.name}", "id": "{entry.id}"}}' if entry.id else entry.iri
