"""Good facts, spoilt at random: never a traceback, always a message at its line, and the others load.

``KG_MUTATIONS=2000 pytest tests/test_mutations.py`` spoils more files than the suite has time for.
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.identity.names import name_key
from tests.command import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GOOD = Path(__file__).parents[1] / "examples/stargate/facts.jsonl"
FILES = int(os.environ.get("KG_MUTATIONS", "30"))
AT_ONCE = 6
HEADER, *RECORDS = [line for line in GOOD.read_text("utf-8").splitlines() if line]
DEFAULTS = json.loads(HEADER)["defaults"]
Data = dict[str, Any]

STRANGE: list[Any] = [
    *(None, True, 0, -1, 1e300, "", " ", "x", "\u202e", "\x00", "\x1b[2J", "~", "//", "../..", "{0}"),
    *(
        [],
        {},
        [[]],
        [None],
        {"": ""},
        {"type": "Company"},
        {"id": "x"},
        ["a"] * 500,
        "x" * 10_000,
        "가" * 600,
    ),
    *("9" * 200, "1e999999", "2025-13-45", "USD", "https://", "kg:Company", "<script>", '"', "\\", "null"),
]


def _field(record: Data, rng: random.Random) -> str:
    return rng.choice(list(record))


def drop(record: Data, rng: random.Random) -> Data:
    name = _field(record, rng)
    return {key: value for key, value in record.items() if key != name}


def retype(record: Data, rng: random.Random) -> Data:
    return record | {_field(record, rng): rng.choice(STRANGE)}


def swap(record: Data, rng: random.Random) -> Data:
    one, other = _field(record, rng), _field(record, rng)
    return record | {one: record[other], other: record[one]}


def misspell_field(record: Data, rng: random.Random) -> Data:
    name = _field(record, rng)
    return {_misspelt(key, rng) if key == name else key: value for key, value in record.items()}


def misspell_value(record: Data, rng: random.Random) -> Data:
    name = _field(record, rng)
    text = record[name] if isinstance(record[name], str) else json.dumps(record[name])
    return record | {name: _misspelt(text, rng)}


def nest(record: Data, rng: random.Random) -> Data:
    name = _field(record, rng)
    value = record[name]
    for _ in range(rng.choice([1, 2, 5, 80])):
        value = rng.choice([[value], {"en": value}, {"value": value}, {"type": "Company", "name": value}])
    return record | {name: value}


def borrow(record: Data, rng: random.Random) -> Data:
    other = json.loads(rng.choice(RECORDS))
    name = _field(other, rng)
    return record | {name: other[name]}


def inside(record: Data, rng: random.Random) -> Data:
    """Spoil something deeper."""
    deep = [name for name, value in record.items() if isinstance(value, dict) and value]
    if not deep:
        return retype(record, rng)
    name = rng.choice(deep)
    return record | {name: rng.choice(OF_DATA[:6])(record[name], rng)}


def cut(text: bytes, rng: random.Random) -> bytes:
    return text[: rng.randrange(1, len(text))]


def flip(text: bytes, rng: random.Random) -> bytes:
    made = bytearray(text)
    for _ in range(rng.choice([1, 1, 3, 20])):
        made[rng.randrange(len(made))] = rng.choice([b for b in range(256) if b != ord("\n")])
    return bytes(made)


def twice(text: bytes, rng: random.Random) -> bytes:
    """A piece of the line comes twice: keys, brackets, words."""
    start = rng.randrange(len(text))
    end = min(len(text), start + rng.randrange(1, 40))
    return text[:end] + text[start:]


OF_DATA: list[Callable[[Data, random.Random], Data]] = [
    *(drop, retype, swap, misspell_field, misspell_value, nest, borrow, inside)
]
OF_TEXT: list[Callable[[bytes, random.Random], bytes]] = [cut, flip, twice]


def _misspelt(word: str, rng: random.Random) -> str:
    if not word:
        return "x"
    at = rng.randrange(len(word))
    return rng.choice([word[:at] + word[at + 1 :], word[:at] + "x" + word[at:], word.swapcase(), word + " "])


def spoilt(line: str, rng: random.Random) -> bytes:
    """A line with one mutation, or none that shows."""
    if rng.random() < 0.7:
        return json.dumps(rng.choice(OF_DATA)(json.loads(line), rng), ensure_ascii=False).encode()
    return rng.choice(OF_TEXT)(line.encode(), rng)


def words(value: object) -> Iterator[str]:
    """Everything in a record that could name something."""
    if isinstance(value, str):
        yield name_key(value)
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from words(item)


def told_by(record: object) -> set[str]:
    """The words by which others may know what a record, or a part of it, describes."""
    if isinstance(record, list):
        return {word for item in record for word in told_by(item)}
    if not isinstance(record, dict):
        return set()
    own = {word for key in ("id", "name", "identifier") for word in words(record.get(key))}
    return own | {word for value in record.values() for word in told_by(value)}


def reached(touched: dict[int, bytes]) -> set[int]:
    """The records that may have to do with those that are spoilt: they name them, or share a name with them."""
    decoded = [json.loads(line) for line in RECORDS]
    mentions = [set(words({**DEFAULTS, **record})) for record in decoded]
    names = [told_by(record) for record in decoded]
    found, known = set(touched), {word for number in touched for word in names[number]}
    for text in touched.values():
        try:
            known |= set(words(json.loads(text)))
        except ValueError:
            continue
    grows = True
    while grows:
        more = {n for n in range(len(RECORDS)) if n not in found and not mentions[n].isdisjoint(known)}
        grows = bool(more)
        found |= more
        known |= {word for number in more for word in names[number]}
    return found


@pytest.mark.parametrize("seed", range(FILES))
def test_a_spoilt_file(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    numbers = rng.sample(range(len(RECORDS)), rng.randrange(1, AT_ONCE))
    touched = {number: spoilt(RECORDS[number], rng) for number in numbers}
    lines = [touched.get(number, line.encode()) for number, line in enumerate(RECORDS)]
    path = tmp_path / "stargate.jsonl"
    path.write_bytes(b"\n".join([HEADER.encode(), *lines]) + b"\n")
    outcome = run(["validate", str(path), "--format", "json", "--lang", rng.choice(["en", "ko"])])
    assert outcome.exit_code in {0, 1}, f"{outcome.stderr}\n{touched}"
    report = json.loads(outcome.stdout)
    told = [f for f in report["findings"] if f["severity"] == "error" or f["code"] == "waits"]
    assert all(f["line"] and f["message"] for f in report["findings"]), touched
    # the first line is the header, in which a default may be wrong now
    out = {f["line"] for f in told} - {1}
    books = report["books"]
    blank = sum(not text.strip() for text in touched.values())
    assert books["read"] == len(RECORDS) - blank
    assert len(out) == books["quarantined"] + books["waiting"], touched
    elsewhere = {line - 2 for line in out} - reached(touched)
    assert not elsewhere, f"{[f for f in told if f['line'] - 2 in elsewhere]}\n{touched}"


@pytest.mark.parametrize("seed", range(max(1, FILES // 10)))
def test_what_is_said_in_other_ways_holds_too(tmp_path: Path, seed: int) -> None:
    rng = random.Random(-1 - seed)
    lines = [spoilt(line, rng) for line in RECORDS]
    path = tmp_path / "stargate.jsonl"
    path.write_bytes(b"\n".join([HEADER.encode(), *lines]) + b"\n")
    for form in ("text", "sarif", "junit", "github", "turtle", "feedback"):
        outcome = run(["validate", str(path), "--repair", "--format", form])
        assert outcome.exit_code == 1, outcome.stderr
        assert outcome.stdout.endswith(b"\n")
