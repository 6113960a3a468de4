"""What of a file is as it was when it was loaded: such records are known already, and not looked at again.

What a record becomes depends on its text, on the header, model and settings, and on what the index answers
when it is asked. If all of that is the same, so are its triples, and they are in the archive. What a shape
says of it depends on what it refers to as well; so who refers to a claim that changes is looked at again,
and where more than that may follow from a change, everything is: ``MoreHasChanged``.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple, Self
from unicodedata import normalize

from kg.errors import Place
from kg.identity.entry import NO_RECORD
from kg.mapping.question import Answer, Question
from kg.mapping.spool import Kept, Spool
from kg.pipeline.piece import Piece, digest, on_one_line
from kg.rdf import DCTERMS
from kg.reading.decode import decoder, read_record
from kg.reading.record import Record, Source
from kg.store.archive import RECORDS, RESOLUTIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.mapping.mapper import Mapper
    from kg.store import DatasetInfo, Store
    from kg.store.archive import Archive
    from kg.validation.settle import Row

AT_LEAST: Final = 1_000
"""So many changed records are always looked at by themselves; of a larger file ..."""
PART: Final = 5
"""... this part of it. If more has changed, everything is."""
_DATA: Final = b', "data": '
_as_json: Final = json.JSONEncoder(ensure_ascii=False).encode


class MoreHasChanged(Exception):
    """Something follows from a change that shows only when more is looked at: everything, or what is told."""

    def __init__(self, *, everything: bool) -> None:
        """Unless it is everything, the records to be looked at are no longer held."""
        self.everything = everything


class Held(NamedTuple):
    """A record that is as it was: where it stands now, what it describes, its text."""

    then: int
    """Which of the archived records it is."""
    place: Place
    roots: tuple[str, ...]
    id: str
    duplicate: bool
    text: Kept


def archived(row: Row, raw: bytes, *, duplicate: bool) -> bytes:
    """A record as the archive keeps it: where it stood, what it describes, its text.

    In JSON line ends stand only between tokens, so that each can be a space.
    """
    return _archived(row.place, row.named, row.id, raw, duplicate=duplicate)


def _archived(place: Place, roots: tuple[str, ...], id_: str, raw: bytes, *, duplicate: bool) -> bytes:
    # an IRI that was made here needs no escapes
    several = '", "'.join(roots)
    more = f', "id": {_quoted(id_)}' if id_ else ""
    more += ', "duplicate": true' if duplicate else ""
    where = f'"file": {_quoted(place.file)}, "line": {place.line}'
    head = f'{{{where}, "root": "{roots[0]}", "roots": ["{several}"]{more}'
    return b"".join((head.encode(), _DATA, on_one_line(raw), b"}"))


def _quoted(text: str) -> str:
    """A text as JSON; what is no Unicode in the name of a file is escaped as JSON does it."""
    return _as_json(text).encode("utf-8", "backslashreplace").decode()


def archived_pieces(archive: Archive) -> Iterator[Piece]:
    """The records of a version: where each stood, and its text."""
    return (piece for _, piece in archived_roots(archive))


def archived_roots(archive: Archive) -> Iterator[tuple[str, Piece]]:
    """The records of a version, each after the IRI of what it is about."""
    decode = decoder()
    for line in archive.lines(RECORDS):
        head, _, data = line.partition(_DATA)
        said = decode(head + b"}")
        yield said["root"], Piece(Place(said["file"], said["line"], 1), data[:-1])


def questions(mapper: Mapper) -> Iterator[bytes]:
    """What the index was asked for a file and what it said, as the archive keeps it; sorted.

    After a change what was asked for records that are gone is still among it.
    """
    for question, answer in sorted(mapper.asking.asked.items()):
        yield json.dumps([*question, *answer], ensure_ascii=False).encode("utf-8", "backslashreplace")


@dataclass
class Before:
    """The records of a file, those that are as they were and those that are to be looked at."""

    store: Store
    source: Source
    dataset: str
    iri: str
    records: list[Held | Record] = field(default_factory=list)
    """In the order of the file."""
    gone: set[str] = field(default_factory=set)
    """What those records described that are not there any more, or are to be looked at again."""
    _at: dict[str, list[int]] = field(default_factory=dict)
    """Root, or id, of what is held -> where the records stand."""
    _texts: Spool = field(default_factory=Spool)

    @classmethod
    def of(cls, store: Store, source: Source, info: DatasetInfo) -> Self | None:
        """Tell what is as it was; None if hardly anything is."""
        with ExitStack() as stack:
            this = cls(store, source, info.name, info.iri)
            stack.callback(this.close)
            if this._read() and this._follow():
                stack.pop_all()
                return this
        return None

    def close(self) -> None:
        """Remove the temporary file."""
        self._texts.close()

    def changed(self) -> Source:
        """The records that are to be looked at, as a file."""

        def pass_through(number: int) -> Iterator[Record]:
            found = (record for record in self.records if isinstance(record, Record))
            for n, record in enumerate(found, number):
                yield Record(n, record.place, record.data, record.raw, record.problems, record.doubts)

        source = self.source
        return replace(source, pass_through=pass_through, texts=None, also=())

    def held(self) -> Iterator[Record]:
        """The records that are as they were, for the index."""
        decode = decoder()
        for held in self.records:
            if isinstance(held, Held):
                raw = self._texts.text(held.text)
                yield Record(NO_RECORD, held.place, decode(raw), raw)

    def count(self) -> tuple[int, int]:
        """How many of the records that are as they were are accepted, and how many are duplicates."""
        duplicates = [held.duplicate for held in self.records if isinstance(held, Held)]
        return duplicates.count(False), duplicates.count(True)

    def lines(self, looked_at: Iterable[bytes | None]) -> Iterator[bytes]:
        """All records as the archive keeps them, given those that were looked at; None for one not taken."""
        looked_at = iter(looked_at)
        for held in self.records:
            if isinstance(held, Held):
                raw = self._texts.text(held.text)
                yield _archived(held.place, held.roots, held.id, raw, duplicate=held.duplicate)
            elif (line := next(looked_at)) is not None:
                yield line

    def ask_again(self, mapper: Mapper) -> None:
        """Raise ``MoreHasChanged`` if the index gives another answer than it gave then."""
        for line in self.store.lines(self.dataset, RESOLUTIONS):
            kind, class_iri, text, *answer = json.loads(line)
            if mapper.asking.again(Question(kind, class_iri, text)) != Answer(*answer):
                raise MoreHasChanged(everything=True)

    def compare(self, rows: Iterable[Row]) -> None:
        """Raise ``MoreHasChanged`` if what was looked at describes something that a held record does too."""
        if self._take({key for row in rows for key in (*row.named, *([_id(row.id)] if row.id else ()))}):
            raise MoreHasChanged(everything=self._changed() > self._most)

    def _read(self) -> bool:
        """Compare the file with the archived records; whether enough is as it was."""
        known = self._archived()
        for place, raw, record in self._pieces():
            key = digest(raw)
            same = known.get(key) if key.hex() not in self.source.retracted else None
            if same and not (record and record.problems):
                self._hold(place, raw, same.pop(0))
            else:
                self.records.append(record or read_record(0, place, raw))
        left = [then for same in known.values() for then in same]
        self.gone.update(root for then in left for root in then.roots)
        return len(left) + self._changed() <= self._most

    def _changed(self) -> int:
        return sum(isinstance(record, Record) for record in self.records)

    @property
    def _most(self) -> int:
        return max(AT_LEAST, len(self.records) // PART)

    def _archived(self) -> dict[bytes, list[_Then]]:
        """Digest of a record's text -> the archived records with it."""
        found: dict[bytes, list[_Then]] = {}
        decode = decoder()
        for number, line in enumerate(self.store.lines(self.dataset, RECORDS)):
            # a quotation mark within a text is escaped, so this is where the data begin
            head, _, data = line.partition(_DATA)
            said = decode(head + b"}")
            then = _Then(number, tuple(said["roots"]), said.get("id", ""), "duplicate" in said)
            found.setdefault(digest(data[:-1]), []).append(then)
        return found

    def _pieces(self) -> Iterator[tuple[Place, bytes, Record | None]]:
        if self.source.texts is not None:
            return ((place, raw, None) for place, raw in self.source.texts())
        return ((record.place, record.raw, record) for record in self.source.pass_through(0))

    def _hold(self, place: Place, raw: bytes, then: _Then) -> None:
        held = Held(then.number, place, then.roots, then.id, then.duplicate, self._texts.keep_text("", raw))
        for key in _keys(held):
            self._at.setdefault(key, []).append(len(self.records))
        self.records.append(held)

    def _follow(self) -> bool:
        """Look again at what shares something with what has changed, or refers to a claim that has.

        Of records of one thing the order tells which is the duplicate.
        """
        ids = {_id(id_) for record in self.records if isinstance(record, Record) for id_ in _ids(record.data)}
        moved = {key for key, numbers in self._at.items() if len(numbers) > 1 and self._moved(numbers)}
        self._take(self.gone | ids | moved)
        asked: set[str] = set()
        while claims := {root for root in self.gone - asked if self._is_claim(root)}:
            asked |= claims
            referring = {node for claim in claims for node in self.store.referring(claim)}
            if any(node in self._at and not self._is_claim(node) for node in referring):
                return False
            self._take(referring)
        return self._changed() <= self._most

    def _moved(self, numbers: Sequence[int]) -> bool:
        order = [held.then for held in (self.records[n] for n in numbers) if isinstance(held, Held)]
        return order != sorted(order)

    def _take(self, keys: Collection[str]) -> bool:
        """Look again at the records with these keys, and at those with theirs; whether there are any."""
        waiting = [key for key in keys if key in self._at]
        found = bool(waiting)
        while waiting:
            for number in self._at.pop(waiting.pop(), ()):
                held = self.records[number]
                if isinstance(held, Held):
                    self.records[number] = read_record(0, held.place, self._texts.text(held.text))
                    self.gone.update(held.roots)
                    waiting += [key for key in _keys(held) if key in self._at]
        return found

    def _is_claim(self, root: str) -> bool:
        part_of = f"<{root}> <{DCTERMS}isPartOf> <{self.iri}> ."
        return part_of in self.store.describe((root,))


class _Then(NamedTuple):
    """An archived record."""

    number: int
    roots: tuple[str, ...]
    id: str
    duplicate: bool


def _keys(held: Held) -> tuple[str, ...]:
    return (*held.roots, _id(held.id)) if held.id else held.roots


def _id(id_: str) -> str:
    return f"id {id_}"


def _ids(value: object) -> Iterator[str]:
    """The ids in a record, its own and those of what it describes in place."""
    if isinstance(value, dict):
        id_ = value.get("id")
        if isinstance(id_, str):
            yield normalize("NFC", id_)
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from _ids(item)
