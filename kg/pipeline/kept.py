"""What a load did not take, looked at: the causes, the records with their reasons, and dropping them."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Place, Problem, UsageError
from kg.messages import as_json
from kg.pipeline.corrections import RETRACTED
from kg.pipeline.piece import on_one_line, text_key
from kg.pipeline.quarantine import TAKEN_OUT, WAITS
from kg.reading.decode import read_record
from kg.reading.locate import spot
from kg.store.quarantine import WAITING
from kg.validation.finding import Finding
from kg.validation.settle import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kg.store import Store

_RECORD: Final = ', "record": '
_INDEX: Final = re.compile(r"/[0-9]++(?=/|$)")
_decoded: Final = json.JSONDecoder(parse_float=Decimal)
Kind = tuple[str, str]
"""(code, field)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that was not taken."""

    dataset: str
    line: bytes
    """As it is kept."""
    place: Place
    state: str
    raw: bytes
    """The record's text, on one line."""
    data: Any
    """What the text says; the text, if it is no JSON or says more than JSON does."""
    reasons: Sequence[Mapping[str, Any]]

    @property
    def waits(self) -> bool:
        """Whether nothing is wrong with it but what it rests on."""
        return self.state == WAITING

    @property
    def retracted(self) -> bool:
        """Whether it was taken back, and nothing need be wrong with it."""
        return any(reason.get("code") == RETRACTED for reason in self.reasons)

    @property
    def key(self) -> str:
        """By what the same text is known again."""
        return text_key(self.raw)

    @property
    def kinds(self) -> set[Kind]:
        """The codes and fields of what is wrong with it."""
        return {_kind(reason) for reason in self.reasons if reason.get("code") not in {WAITS, TAKEN_OUT}}

    def findings(self) -> Iterator[Finding]:
        """Its reasons as the load told them."""
        start = Place(self.place.file, self.place.line, 1)
        record = read_record(0, start, self.raw)
        for reason in self.reasons:
            hint = reason.get("hint")
            problem = Problem(
                str(reason.get("code")),
                str(reason.get("pointer") or ""),
                {"description": hint} if isinstance(hint, dict) else {},
                "info" if reason.get("severity") == "info" else "error",
                message=_texts(reason.get("message")),
            )
            line = reason.get("line")
            place = Place(self.place.file, line if isinstance(line, int) else 0)
            words = spot(record, problem.pointer).words
            yield Finding(problem, place, str(reason.get("record") or ""), words)


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that is wrong, in how many records, and how many others wait for these."""

    code: str
    field: str
    """JSON pointer; ``*`` stands for any item, ``?`` for a key that the record made up."""
    records: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What was not taken of a dataset."""

    dataset: str
    entries: Sequence[Entry]
    causes: Sequence[Cause] = field(default=())
    """The most frequent first."""

    @property
    def waiting(self) -> int:
        """How many records wait."""
        return sum(entry.waits for entry in self.entries)


def field_of(code: str, pointer: str) -> str:
    """A pointer without what differs from record to record.

    >>> field_of("pattern", "/name/0/ko"), field_of("unknown-field", "/amount/curency")
    ('/name/*/ko', '/amount/?')
    """
    if code == "unknown-field":
        # the key is of the record's own making: a thousand misspelt ones are one kind
        pointer = pointer.rpartition("/")[0] + "/?"
    return _INDEX.sub("/*", pointer)


def kept(store: Store, dataset: str = "") -> list[Kept]:
    """What was not taken of a dataset, or of all; raises ``StoreError`` for one that is not there."""
    if dataset:
        store.known((dataset,))
    found = {info.name: entries(store, info.name) for info in store.datasets()}
    above = _waiting_above([entry for of_one in found.values() for entry in of_one])
    wanted = [dataset] if dataset else sorted(name for name, of_one in found.items() if of_one)
    return [Kept(name, found[name], _causes(found[name], above)) for name in wanted]


def entries(store: Store, dataset: str) -> list[Entry]:
    """The records that were not taken, in the order of the file."""
    return [_entry(dataset, line) for line in store.quarantined(dataset)]


def chosen(of: Iterable[Entry], code: str = "") -> list[Entry]:
    """Those with a reason of this code, or all."""
    return [e for e in of if not code or any(reason.get("code") == code for reason in e.reasons)]


def drop(store: Store, dataset: str, code: str = "") -> int:
    """Forget what was not taken, or those with a reason of this code; gives how many.

    Raises ``UsageError`` if there are none.
    """
    store.known((dataset,))
    there = entries(store, dataset)
    gone = chosen(there, code)
    if not gone:
        raise nothing(there, dataset, code)
    lost = {id(entry) for entry in gone}
    store.quarantine(dataset, (entry.line + b"\n" for entry in there if id(entry) not in lost))
    return len(gone)


def nothing(there: Collection[Entry], dataset: str, code: str) -> UsageError:
    """The error that nothing was chosen, with what could have been."""
    if not there or not code:
        return UsageError("quarantine-empty", dataset=dataset)
    codes = sorted({str(reason.get("code")) for entry in there for reason in entry.reasons})
    return UsageError("quarantine-code", received=code, dataset=dataset, allowed=tuple(codes))


def nothing_wrong(of_one: Kept) -> UsageError:
    """The error that nothing of what was not taken is to be corrected."""
    retracted = sum(entry.retracted for entry in of_one.entries)
    args = {"retracted": retracted, "waiting": of_one.waiting}
    return UsageError("quarantine-none-wrong", dataset=of_one.dataset, **args)


def _entry(dataset: str, line: bytes) -> Entry:
    """A line as it is kept; one that somebody has edited out of shape is a record that can't be read."""
    text = line.decode("utf-8", "surrogateescape")
    try:
        entry = _decoded.decode(text)
    except (ValueError, RecursionError):
        entry = None
    if not isinstance(entry, dict):
        return Entry(dataset, line, Place(""), State.QUARANTINED, line, text, ())
    head, found, rest = text.partition(_RECORD)
    data, reasons, at = entry.get("record"), entry.get("reasons"), entry.get("line")
    if isinstance(data, str):
        raw = on_one_line(data.encode("utf-8", "surrogateescape"))
    else:
        raw = as_json(data).encode("utf-8", "backslashreplace")
        if found and '"record"' not in head:  # as it was written
            raw = rest[: _decoded.raw_decode(rest)[1]].encode("utf-8", "surrogateescape")
    place = Place(str(entry.get("file") or ""), at if isinstance(at, int) else 0)
    state = WAITING if entry.get("state") == WAITING else State.QUARANTINED
    why = [r for r in reasons if isinstance(r, dict)] if isinstance(reasons, list) else []
    return Entry(dataset, line, place, state, raw, data, why)


def _texts(given: object) -> Mapping[str, str]:
    """The texts of a reason by language; there is always one."""
    if isinstance(given, dict):
        return {str(language): str(text) for language, text in given.items()}
    return {"en": str(given or "")}


def _kind(reason: Mapping[str, Any]) -> Kind:
    code = str(reason.get("code"))
    return code, field_of(code, str(reason.get("pointer") or ""))


def _waiting_above(all_entries: Iterable[Entry]) -> Mapping[Place, Sequence[Entry]]:
    """Place -> the records that wait for one there."""
    found: dict[Place, list[Entry]] = defaultdict(list)
    for entry in all_entries:
        for reason in entry.reasons if entry.waits else ():
            for other in reason.get("others") or ():
                found[Place(other.get("file") or "", other.get("line") or 0)].append(entry)
    return found


def _causes(of: Iterable[Entry], above: Mapping[Place, Sequence[Entry]]) -> list[Cause]:
    count: Counter[Kind] = Counter()
    places: dict[Kind, list[Place]] = defaultdict(list)
    for entry in of:
        for kind in entry.kinds if not entry.waits else ():
            count[kind] += 1
            places[kind].append(entry.place)
    causes = [Cause(*kind, records, _resting_on(places[kind], above)) for kind, records in count.items()]
    return sorted(causes, key=lambda cause: (-cause.records, -cause.waiting, cause.code, cause.field))


def _resting_on(places: Iterable[Place], above: Mapping[Place, Sequence[Entry]]) -> int:
    """How many records wait for what stands at these places, also over others that wait."""
    waiting: set[int] = set()
    seen = set(places)
    todo = list(seen)
    while todo:
        for entry in above.get(todo.pop(), ()):
            waiting.add(id(entry))
            if entry.place not in seen:
                seen.add(entry.place)
                todo.append(entry.place)
    return len(waiting)
