"""A mapping file: how rows are read, what holds for all records, value tables, and the records of a row."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import MappingError, Place, Problem, UsageError
from kg.reading.foreign.delimited import Dialect
from kg.reading.foreign.paths import Key, WrongPath, parse
from kg.reading.foreign.tree import LARGEST, Node, read_tree
from kg.reading.header import Given

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT: Final = 1
KEYS: Final = ("format", "rows", "header", "maps", "records")
ROWS: Final = (
    *("format", "encoding", "delimiter", "quote", "escape", "header", "columns", "skip", "short", "null"),
    *("each", "sheet", "latest", "ignore"),
)
RECORD: Final = ("type", "for each", "let", "where", "needs", "fields")
LATEST: Final = ("of", "by")
FORMATS: Final = ("csv", "tsv", "json", "jsonl", "xlsx", "parquet")
HERE: Final = "."
KINDS: Final[dict[str, type]] = {
    "format": str, "encoding": str, "delimiter": str, "quote": str, "escape": str, "sheet": str,
    "header": bool, "short": bool, "skip": int,
}  # fmt: skip
"""Option of ``rows`` -> what it must be, for those that are one value."""


@dataclass(frozen=True)
class Reading:
    """How rows are read; "" and empty are to be found out."""

    format: str = ""
    dialect: Dialect = field(default_factory=Dialect)
    each: tuple[tuple[str, ...], ...] = ((),)
    sheet: str = ""
    nulls: frozenset[str] = frozenset({""})
    ignored: tuple[str, ...] = ()
    """Columns of which nothing is to be said if no record uses them; ``*`` is all."""
    latest: Node | None = None


@dataclass(frozen=True)
class Mapping:
    """A mapping file that is right in itself; whether it fits a file shows when that is opened."""

    path: str
    reading: Reading
    header: Given | None
    maps: Node | None
    records: tuple[Node, ...]


def read_mapping(path: str) -> Mapping:
    """Read a mapping file.

    Raises ``MappingError`` with everything that is wrong in it, ``UsageError`` if there is no such file.
    """
    try:
        with Path(path).open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
        raise UsageError("mapping-unreadable", file=path, reason=reason) from error
    return mapping_of(raw, path)


def mapping_of(raw: bytes, path: str) -> Mapping:
    """A mapping of its text; ``path`` is how it is called, and where its tables lie."""
    root = read_tree(raw, path)
    check = _Check()
    check.keys(root, KEYS)
    told = root.items
    if "format" in told and told["format"].value != FORMAT:
        check.fault("mapping-format", told["format"], allowed=(str(FORMAT),))
    reading = _reading(check, told["rows"]) if "rows" in told else Reading()
    records = _records(check, root)
    header = _header(check, told["header"]) if "header" in told else None
    if "maps" in told:
        check.is_object(told["maps"])
    if check.faults:
        raise MappingError("mapping-wrong", file=path, faults=check.faults)
    return Mapping(path, reading, header, told.get("maps"), records)


class _Check:
    """Collects what is wrong."""

    def __init__(self) -> None:
        self.faults: list[Problem] = []

    def fault(self, code: str, node: Node, **more: Any) -> None:  # noqa: ANN401 - what a problem holds
        self.faults.append(Problem(code, node.pointer, place=node.place, **more))

    def keys(self, node: Node, known: Sequence[str]) -> None:
        for key, below in node.items.items():
            if key not in known:
                near = difflib.get_close_matches(key, known, n=3, cutoff=0.6)
                args = {"near": tuple(near)}
                self.fault("mapping-key", below, args=args, received=key, allowed=tuple(known))

    def is_object(self, node: Node) -> bool:
        if not isinstance(node.value, dict):
            self.fault("mapping-object", node, received=node.data())
            return False
        return True

    def texts(self, node: Node) -> tuple[str, ...]:
        """A text, or a list of texts; numbers are taken as they are written."""
        items = node.value if isinstance(node.value, list) else [node]
        for item in items:
            if isinstance(item.value, dict | list | bool):
                self.fault("mapping-text", item, received=item.data())
        return tuple("" if item.value is None else str(item.value) for item in items)


def _reading(check: _Check, node: Node) -> Reading:
    if not check.is_object(node):
        return Reading()
    check.keys(node, ROWS)
    told = node.items
    plain: dict[str, Any] = {}
    for key, kind in KINDS.items():
        if key in told:
            value: Any = told[key].value
            if type(value) is kind and not (isinstance(value, int) and value < 0):
                plain[key] = value
            else:
                check.fault("rows-option", told[key], received=told[key].data(), args={"kind": kind.__name__})
    form = plain.pop("format", "")
    if form and form not in FORMATS:
        check.fault("mapping-key", told["format"], received=form, allowed=FORMATS)
    for key, word in (("delimiter", "tab"), ("quote", ""), ("escape", "")):
        if len(plain.get(key, "")) > 1 and plain[key] not in {word, "\\t"}:
            check.fault("rows-character", told[key], received=plain[key])
    sheet = plain.pop("sheet", "")
    columns = check.texts(told["columns"]) if "columns" in told else ()
    ignored = check.texts(told["ignore"]) if "ignore" in told else ()
    nulls = check.texts(told["null"]) if "null" in told else ()
    each = _each(check, told["each"]) if "each" in told else ((),)
    latest = told.get("latest")
    if latest is not None and isinstance(latest.value, dict):
        check.keys(latest, LATEST)
    return Reading(
        form, Dialect(columns=columns, **plain), each, sheet, frozenset({"", *nulls}), ignored, latest
    )


def _each(check: _Check, node: Node) -> tuple[tuple[str, ...], ...]:
    """Where the rows of a nested file are: keys, from the outside in."""
    found: list[tuple[str, ...]] = []
    for text in check.texts(node):
        if text == HERE:
            found.append(())
            continue
        try:
            path = parse(text)
        except WrongPath:
            check.fault("path-wrong", node, received=text)
            continue
        keys = tuple(step.name for step in path.steps if isinstance(step, Key))
        if len(keys) != len(path.steps) or path.position:
            check.fault("path-wrong", node, received=text)
        found.append((path.base, *keys))
    return tuple(found)


def _records(check: _Check, root: Node) -> tuple[Node, ...]:
    node = root.items.get("records")
    if node is None or not isinstance(node.value, list) or not node.value:
        check.fault("mapping-records", node or root)
        return ()
    for record in node.value:
        if not check.is_object(record):
            continue
        check.keys(record, RECORD)
        for key in ("type", "fields"):
            if key not in record.items:
                check.fault("mapping-needs", record, args={"key": key})
        for key in ("fields", "for each", "let"):
            if key in record.items:
                check.is_object(record.items[key])
    return tuple(node.value)


def _header(check: _Check, node: Node) -> Given | None:
    if not check.is_object(node):
        return None

    def locate(pointer: str) -> Place:
        here = node
        for token in pointer.split("/")[1:]:
            below = here.items.get(token.replace("~1", "/").replace("~0", "~"))
            if below is None:
                break
            here = below
        return here.place

    return Given(node.data(), node.place, locate)
