"""The index: from ids, identifiers and names to entities, and from ids to claims.

It is filled in a first pass over the records and is all that mapping needs beyond a record.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar
from urllib.parse import unquote

from kg.errors import Problem, Unreadable
from kg.identity import faults
from kg.identity.clusters import Clusters
from kg.identity.entry import PUBLISHED, Entry, Rest, id_key
from kg.identity.names import name_key
from kg.identity.near import Near
from kg.identity.titles import named_without_titles
from kg.rdf import KG, is_iri
from kg.values.characters import LONGEST_NAME, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.errors import Place
    from kg.identity.beyond import Beyond
    from kg.model.types import Class, Model

__all__ = ["Entry", "Found", "Index", "Rest"]

_Key = TypeVar("_Key")
PERSON: Final = f"{KG}Person"
SHOWN: Final = 5
"""How many of the entities that a name fits are listed."""


class Found(NamedTuple):
    """What a reference means."""

    entry: Entry | None
    """None for a full IRI that nothing here describes."""
    how: str
    """``iri``, ``id``, ``name`` or ``identifier``."""
    rest: Rest | None = None
    """The records that say so, where these need not be all that describe the entity."""


class Fitting(NamedTuple):
    """The entities that may be meant: the first by IRI, one more than are shown, and how many there are."""

    first: tuple[Entry, ...]
    total: int
    own: bool
    """Whether they are the dataset's own."""


_NONE: Final = Fitting((), 0, own=False)


@dataclass
class Index:
    """Entries by IRI, id and name. ``dataset`` first, then what other datasets share."""

    model: Model
    by_iri: dict[str, Entry] = field(default_factory=dict)
    by_id: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)
    """By the dataset in which the id holds, "" for all of them, and the id."""
    by_name: dict[str, list[Entry]] = field(default_factory=dict)
    by_anchor: dict[str, list[Entry]] = field(default_factory=dict)
    """Like ``by_name``, but only the names that a record with an id or an identifier gives."""
    unnamed: dict[str, Entry] = field(default_factory=dict)
    """Descriptions of the unnamed, which nothing is found by; only a message knows them."""
    untyped: dict[str, tuple[str, Place]] = field(default_factory=dict)
    """Ids and keys of names in records of no known type, with their dataset: they mean nothing yet."""
    by_identifier: dict[str, list[Entry]] = field(default_factory=dict)
    """By scheme and value, such as ``dart:00126380``, those whose IRI is made of it."""
    clusters: Clusters = field(default_factory=Clusters)
    """What is judged to be one: a name that fits only such is not ambiguous."""
    beyond: Beyond | None = None
    """What is asked before anything is looked up; what it says is entered then."""
    found_beyond: set[str] = field(default_factory=set)
    """The IRIs of what it said, and of all that is judged to be one with them."""
    near: Near = field(init=False)
    _fits: dict[tuple[str, ...], Fitting] = field(default_factory=dict)
    """What fits a name or an id that many have."""
    _asked: set[str] = field(default_factory=set)
    _anchors: dict[tuple[str, ...], Fitting] = field(default_factory=dict)
    _unions: dict[tuple[int, ...], Rest] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Search in the entries."""
        self.near = Near(self.by_iri)

    def add(self, entry: Entry) -> Entry:
        """Enter an entity; a second record of the same entity adds to the first what it is known by."""
        if self.beyond is not None and not entry.class_.is_claim:
            for iri in self.clusters.all_of(self.clusters.of(entry.iri)):
                self._ask_of(iri)
        return self._take(entry)

    def entity(self, iri: str) -> Entry | None:
        """What has an IRI."""
        self._ask_of(iri)
        return self.by_iri.get(iri)

    def ask_all(self) -> None:
        """Enter all there is beyond."""
        if self.beyond is not None:
            self.learn(self.beyond.entities())
            self.beyond = None

    def _ask_of(self, iri: str) -> None:
        if self.beyond is not None and iri not in self.by_iri:
            self.learn(self.beyond.entity(iri))

    def _ask_named(self, key: str) -> None:
        if self.beyond is not None and key not in self._asked:
            self._asked.add(key)
            self.learn(self.beyond.named(key))

    def _ask_ending_in(self, segment: str) -> None:
        if self.beyond is not None and (key := f"\t{segment}") not in self._asked:
            self._asked.add(key)
            self.learn(self.beyond.ending_in(segment))

    def learn(self, entries: Iterable[Entry]) -> None:
        """Enter what is known beyond; what was entered before was asked for then."""
        for entry in entries:
            if entry.iri not in self.by_iri:
                self._take(entry)
                self.found_beyond.update(self.clusters.all_of(self.clusters.of(entry.iri)))

    def _take(self, entry: Entry) -> Entry:
        self._forget(entry)
        known = self.by_iri.setdefault(entry.iri, entry)
        if known is entry:
            self._enter(entry)
        else:
            self._add_to(known, entry)
        return known

    def _forget(self, entry: Entry) -> None:
        """Look again for what fits the names and the id of an entity that comes."""
        self.near.forget()
        if self._fits or self._anchors:
            keys = {entry.id or "", unquote(entry.iri.rpartition("/")[2]), *map(name_key, entry.names)}
            for fits in (self._fits, self._anchors):
                for key in [key for key in fits if not keys.isdisjoint(key[:2])]:
                    del fits[key]

    def _enter(self, entry: Entry) -> None:
        last = entry.iri.rpartition("/")[2]
        if ":" in last:
            # no id and no name has a colon in an IRI
            self.by_identifier.setdefault(unquote(last), []).append(entry)
        if entry.id is not None:
            _put(self.by_id, entry.scoped_id(), entry)
        for key in dict.fromkeys(map(name_key, entry.names)):
            _put(self.by_name, key, entry)
            if not entry.only_named:
                _put(self.by_anchor, key, entry)

    def _add_to(self, known: Entry, entry: Entry) -> None:
        said = known.opened()
        known.text = known.text or entry.text
        for key, name in entry.known_by().items():
            new = key not in said
            first = known.say(key, entry)
            if not name:
                if new:
                    self.by_id.setdefault(entry.scoped_id(), []).append(known)
                continue
            if new:
                self.by_name.setdefault(key, []).append(known)
                known.more_names += (name,)
            if first:
                self.by_anchor.setdefault(key, []).append(known)
        if entry.published is not None:
            if known.published is None:
                known.published = entry.published
            if known.published == entry.published:
                known.say(PUBLISHED, entry)

    def anchored(self, names: Iterable[str], class_: Class, dataset: str) -> tuple[Fitting, Rest | None]:
        """The entities with an id or an identifier that have one of the names and may be a ``class_``.

        Where it is one, also what says so.
        """
        keys = list(dict.fromkeys(map(name_key, names)))
        each = [self._anchored(key, class_, dataset) for key in keys]
        own = any(f.own for f in each)
        each = [f for f in each if f.own == own]
        found = {e.iri: e for f in each for e in f.first}
        first = tuple(found[iri] for iri in sorted(found)[: SHOWN + 1])
        fitting = Fitting(first, max([len(found), *(f.total for f in each)]), own)
        if fitting.total != 1:
            return fitting, None
        rests = [rest for key in keys if (rest := first[0].rest(key)) is not None]
        return fitting, self._union([rest.anchored or rest for rest in rests])

    def _anchored(self, key: str, class_: Class, dataset: str) -> Fitting:
        self._ask_named(key)
        found = self.by_anchor.get(key)
        if not found:
            return _NONE
        return self._fitting(
            (found,),
            lambda e: e.class_.iri in class_.ancestors or class_.iri in e.class_.ancestors,
            dataset,
            self._anchors,
            (key, class_.iri, dataset),
        )

    def _union(self, rests: Sequence[Rest]) -> Rest | None:
        """What rests on the one or the other: it waits when the records of all are out."""
        rests = [rest for rest in rests if rest.numbers]
        if len(rests) < 2:  # noqa: PLR2004 - one needs no union
            return rests[0] if rests else None
        key = tuple(map(id, rests))
        union = self._unions.get(key)
        if union is None:
            numbers = sorted({number for rest in rests for number in rest.numbers})
            union = self._unions[key] = Rest(rests[0].iri, numbers)
        return union

    def resolve(self, text: str, range_iri: str, dataset: str) -> Found:
        """The entity that a reference means.

        Raises ``Unreadable`` for a reference that is unknown, ambiguous, or of another class.
        """
        if not text.strip():
            raise Unreadable(Problem("empty-text", received=text))
        text = unicodedata.normalize("NFC", text)
        known = self.by_iri.get(text)
        if known is not None:
            return Found(known, "iri")
        full = is_iri(text) and ("://" in text or text.startswith("urn:"))
        if full and (known := self.entity(text)) is not None:
            return Found(known, "iri")
        if len(text) > LONGEST_NAME and not full:
            raise unreadable("text-too-long", text, args={"length": len(text), "limit": LONGEST_NAME})
        for how, fits, key in self._ways(text, range_iri, dataset):
            if fits.total > 1:
                raise Unreadable(faults.ambiguous(text, fits))
            if fits.total:
                if how == "name" and faults.may_be_untyped(self, key, fits, dataset):
                    raise Unreadable(faults.untyped(self, text, key))
                entry = fits.first[0]
                return Found(entry, how, entry.rest(key) if how == "name" else _id_rest(entry, text, dataset))
        if full:
            return Found(None, "iri")
        self.ask_all()
        raise Unreadable(faults.unknown(self, text, range_iri, dataset))

    def _ways(self, text: str, range_iri: str, dataset: str) -> Iterator[tuple[str, Fitting, str]]:
        """(how, what a text fits, the key of the name): by id, name, identifier, a person's titled name."""
        yield "id", self._with_id(text, range_iri, dataset), ""
        key = name_key(text)
        self._ask_named(key)
        if key in self.by_name:
            yield "name", self._within(self.by_name[key], range_iri, dataset, ("name", key)), key
        if text in self.by_identifier:
            found = self._within(self.by_identifier[text], range_iri, dataset, ("identifier", text))
            yield "identifier", found, ""
        person = self.model.by_iri.get(PERSON)
        if person is not None and range_iri in person.ancestors:
            bare = named_without_titles(text)
            self._ask_named(bare)
            if bare in self.by_name:
                yield "name", self._within(self.by_name[bare], PERSON, dataset, ("name", bare)), bare

    def _within(
        self, entries: Sequence[Entry], range_iri: str, dataset: str, key: tuple[str, str]
    ) -> Fitting:
        fits = (entries,), lambda e: range_iri in e.class_.ancestors
        return self._fitting(*fits, dataset, self._fits, (*key, range_iri, dataset))

    def typed(self, id_: str, class_: Class, dataset: str) -> tuple[Entry, Rest | None]:
        """The entity or claim of a class with an id, and what says so.

        Raises ``Unreadable`` if there is none.
        """
        fits = self._with_id(id_, class_.iri, dataset)
        if not fits.total:
            self.ask_all()
            raise Unreadable(faults.no_such_id(self, id_, class_, dataset))
        return fits.first[0], _id_rest(fits.first[0], id_, dataset)

    def same_id(self, id_: str, dataset: str) -> tuple[Sequence[Entry], Sequence[Entry]]:
        """What has an id in the dataset, and in all of them."""
        self._ask_ending_in(id_)
        return self.by_id.get((dataset, id_), ()), self.by_id.get(("", id_), ())

    def _with_id(self, id_: str, range_iri: str, dataset: str) -> Fitting:
        fits = self.same_id(id_, dataset), lambda e: range_iri in e.class_.ancestors
        return self._fitting(*fits, dataset, self._fits, ("id", id_, range_iri, dataset))

    def _fitting(
        self,
        lists: tuple[Sequence[Entry], ...],
        fits: Callable[[Entry], bool],
        dataset: str,
        known: dict[tuple[str, ...], Fitting],
        key: tuple[str, ...],
    ) -> Fitting:
        """Those of the dataset itself; only if there are none, those of the others.

        Of long lists it is kept, so that a name that many have costs no more each time it comes.
        """
        is_long = sum(map(len, lists)) > SHOWN
        if is_long and key in known:
            return known[key]
        found = list({e.iri: e for several in lists for e in several if fits(e)}.values())
        own = [e for e in found if e.dataset == dataset]
        meant = own or found
        if len(meant) > 1 and self.clusters:
            meant = self._one_of_each(meant)
        first = nsmallest(SHOWN + 1, meant, key=lambda e: e.iri)
        fitting = Fitting(tuple(first), len(meant), bool(own))
        if is_long:
            known[key] = fitting
        return fitting

    def _one_of_each(self, entries: Iterable[Entry]) -> list[Entry]:
        """Of those that are judged to be one, that by which the graph knows them, else the first by IRI."""
        found: dict[str, Entry] = {}
        for entry in sorted(entries, key=lambda e: e.iri):
            canonical = self.clusters.of(entry.iri)
            if entry.iri == canonical or canonical not in found:
                found[canonical] = entry
        return list(found.values())


def _put(found: dict[_Key, list[Entry]], key: _Key, entry: Entry) -> None:
    """Add to a list of the least size, since most stay that short."""
    if key in found:
        found[key].append(entry)
    else:
        found[key] = [entry]


def _id_rest(entry: Entry, id_: str, dataset: str) -> Rest | None:
    return entry.rest(id_key(dataset, id_)) or entry.rest(id_key("", id_))
