"""The header: what the first object of a facts file says about the whole file."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Place, Problem, pointer_token
from kg.language_tags import is_tag, meant
from kg.reading.record import Header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.reading.record import Ids

KEYS: Final = ("ids", "defaults", "dataset", "language", "nulls", "date-order")
DATE_ORDERS: Final = ("day", "month")
"""What stands first in a numeric date."""
LEFT_OUT: Final = "left-out"
"""What ``nulls`` can be: a null says nothing."""
FACTS: Final = "facts"
IDS: Final[tuple[Ids, ...]] = ("own", "shared")
DATASET_BYTES: Final = 200
_TELLING: Final = frozenset({"ids", "defaults", "dataset", FACTS})
_LIKENESS: Final = 0.75
_NOT_IN_DATASET: Final = re.compile(r"[\x00-\x1f\x7f-\x9f/\\\u2028\u2029\ud800-\udfff]")


def is_header(data: dict[str, Any]) -> bool:
    """Whether the first object of a file is its header, or a record that lacks its ``type``.

    >>> is_header({"ids": "shared"}), is_header({"type": "Company", "ids": "shared"})
    (True, False)
    >>> is_header({"defualts": {}}), is_header({"id": "x", "language": "ko", "title": "y"})
    (True, False)
    """
    if "type" in data or not data:
        return False
    return not _TELLING.isdisjoint(data) or all(_near(key, (*KEYS, FACTS)) for key in data)


@dataclass(frozen=True, slots=True)
class Given:
    """What a header says, before it is checked."""

    data: dict[str, Any]
    place: Place
    locate: Callable[[str], Place]
    """The place of a pointer."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with its text."""


def read_header(name: str, given: Given | None, dataset: str = "") -> tuple[Header, tuple[Problem, ...]]:
    """The header of the input called ``name``; a ``dataset`` given here goes before its own.

    >>> read_header("facts/삼성.jsonl", None)[0].dataset
    '삼성'
    """
    data = given.data if given else {}
    problems = [*given.problems] if given else []
    problems += _wrong_keys(data)
    wrong = {problem.pointer for problem in problems}
    stem = dataset or stem_of(name)
    named = data.get("dataset")
    if not dataset and isinstance(named, str):
        stem = unicodedata.normalize("NFC", named) if is_dataset(named) else named
    if "/dataset" not in wrong and not is_dataset(stem):
        problems.append(Problem("header-dataset", "/dataset", {"limit": DATASET_BYTES}, received=stem))
    header = Header(
        dataset=stem,
        ids=data["ids"] if data.get("ids") in IDS else "own",
        language=data["language"] if "language" in data and "/language" not in wrong else "",
        defaults=data["defaults"] if isinstance(data.get("defaults"), dict) else {},
        place=given.place if given else None,
        nulls=data.get("nulls") == LEFT_OUT,
        date_order=data["date-order"] if data.get("date-order") in DATE_ORDERS else "",
    )
    return header, tuple(_placed(problems, given, name))


def stem_of(name: str) -> str:
    """The name of a dataset that nobody named: the file's, without its last suffix, in NFC.

    >>> stem_of("a/facts.2025.jsonl"), stem_of("-")
    ('facts.2025', 'stdin')
    """
    return "stdin" if name == "-" else unicodedata.normalize("NFC", PurePath(name).stem)


def is_dataset(name: str) -> bool:
    r"""Whether a dataset may have this name, which becomes part of IRIs and of a folder's name.

    >>> is_dataset("chosun 2025"), is_dataset("~x"), is_dataset("a/b"), is_dataset(" a")
    (True, False, False, False)
    """
    if not name or name != name.strip() or name[0] in "~." or _NOT_IN_DATASET.search(name):
        return False
    return len(unicodedata.normalize("NFC", name).encode()) <= DATASET_BYTES


def _wrong_keys(data: dict[str, Any]) -> list[Problem]:
    """Everything that is wrong with keys and values, but for what makes a dataset's name."""
    problems = []
    for key, value in data.items():
        pointer = pointer_token(key)
        if key not in KEYS:
            near = _near(key, KEYS)
            args = {"key": key, "near": near}
            problems.append(Problem("header-key", pointer, args, received=key, allowed=_first(near, KEYS)))
        elif key == "ids" and value not in IDS:
            near = _near(value, IDS) if isinstance(value, str) else ()
            problems.append(Problem("header-ids", pointer, received=value, allowed=_first(near, IDS)))
        elif key == "date-order" and value not in DATE_ORDERS:
            problems.append(Problem("header-date-order", pointer, received=value, allowed=DATE_ORDERS))
        elif key == "nulls" and value != LEFT_OUT:
            problems.append(Problem("header-nulls", pointer, received=value, allowed=(LEFT_OUT,)))
        elif key == "defaults" and not isinstance(value, dict):
            problems.append(Problem("header-defaults", pointer, received=value))
        elif key == "language" and not (isinstance(value, str) and is_tag(value)):
            near = meant(value) if isinstance(value, str) else ()
            problems.append(Problem("header-language", pointer, {"near": near}, received=value, allowed=near))
        elif key == "dataset" and not isinstance(value, str):
            problems.append(Problem("header-dataset", pointer, {"limit": DATASET_BYTES}, received=value))
    return problems


def _placed(problems: Iterable[Problem], given: Given | None, name: str) -> Iterable[Problem]:
    from dataclasses import replace  # noqa: PLC0415 - only where something is wrong

    for problem in problems:
        place = problem.place or (given.locate(problem.pointer) if given else Place(name))
        yield replace(problem, place=place)


def _first(near: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """All that is known, the nearest first."""
    return tuple(dict.fromkeys((*near, *known)))


def _near(word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(difflib.get_close_matches(word[:100].lower(), known, n=3, cutoff=_LIKENESS))
