"""JSON and JSON Lines as rows: each row an object (or a list, or a value) somewhere in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Place
from kg.reading.decode import LONGEST, UNDECODABLE, decoder, read_record
from kg.reading.document import LARGEST, unsound
from kg.reading.foreign.row import Bad, Row
from kg.reading.lines import lines, records
from kg.reading.locate import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.reading.content import Content
    from kg.reading.record import Record

KEPT: Final = 1000
HERE: Final = "."
"""The path of the whole."""


@dataclass
class Lines:
    """JSON Lines: a row a line, or the rows that stand in each line."""

    content: Content
    each: Sequence[tuple[str, ...]]
    """Where the rows are: keys from the outside in. The first of these that is there counts."""
    columns: None = None
    header_line: int = 0
    told: dict[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Row]:
        """The rows; lists on the way are gone through."""
        for record in records(self.content.name, self.content.chunks(), 0, 0, objects=False):
            if record.problems:
                yield Row(record.place.line, _bad(record))
            else:
                for row in _inside(record.data, self.each):
                    yield Row(record.place.line, row)

    def text(self, row: Row) -> str:
        """The row as JSON."""
        return _as_text(row)


@dataclass
class Document:
    """A JSON document; it is held in memory whole."""

    content: Content
    each: Sequence[tuple[str, ...]]
    columns: None = None
    header_line: int = 0
    told: dict[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Row]:
        """The rows; lists on the way are gone through."""
        text = self.content.whole(LARGEST)
        line, seen, position = 1, 0, 0
        for raw in _pieces(self.content.name, text, self.each):
            start = max(text.find(raw, position), position)
            line += text.count(b"\n", seen, start)
            seen, position = start, start + len(raw)
            record = read_record(0, Place(self.content.name, line, 1), raw, objects=False)
            yield Row(line, _bad(record) if record.problems else record.data)

    def text(self, row: Row) -> str:
        """The row as JSON."""
        return _as_text(row)


def is_lines(content: Content) -> bool:
    """Whether a file holds a JSON value a line, and not one over all lines."""
    head = []
    for _, line in lines(content.chunks()):
        head.append(line[:LONGEST])
        if len(head) > 1:
            break
    if len(head) < 2:  # noqa: PLR2004 - one line is a document
        return False
    try:
        decoder()(head[0])
    except UNDECODABLE:
        return head[0].lstrip()[:1] == b"{" and head[0].rstrip()[-1:] == b"}"
    return True


def _pieces(name: str, text: bytes, each: Sequence[tuple[str, ...]]) -> Iterator[bytes]:
    """The texts of the rows, in their order."""
    for keys in each:
        found = False
        for piece in _below(name, text, keys):
            found = True
            yield piece
        if found:
            return


def _below(name: str, text: bytes, keys: tuple[str, ...]) -> Iterator[bytes]:
    """Depth first, with a stack of its own; what has no such key has no rows."""
    todo: list[tuple[Any, tuple[str, ...]]] = [(text, keys)]
    while todo:
        raw, left = todo.pop()
        begin = bytes(raw).lstrip()[:1]
        if begin == b"[":
            todo += [(piece, left) for piece in reversed(_decode(name, raw, many=True))]
        elif not left:
            if bytes(raw).strip() != b"null":
                yield bytes(raw).strip()
        elif begin == b"{":
            below = _decode(name, raw, many=False).get(left[0])
            if below is not None:
                todo.append((below, left[1:]))
        elif raw is text:
            _decode(name, raw, many=True)


def _decode(name: str, text: Any, *, many: bool) -> Any:  # noqa: ANN401 - msgspec.Raw, by key or in a list
    import msgspec  # noqa: PLC0415 - not needed where nothing is read

    try:
        return msgspec.json.decode(text, type=list[msgspec.Raw] if many else dict[str, msgspec.Raw])
    except UNDECODABLE as error:
        raise unsound(name, bytes(text), error) from error


def _inside(value: Any, each: Sequence[tuple[str, ...]]) -> Iterator[Any]:  # noqa: ANN401 - JSON
    for keys in each:
        found = False
        todo: list[tuple[Any, tuple[str, ...]]] = [(value, keys)]
        while todo:
            here, left = todo.pop()
            if type(here) is list:
                todo += [(item, left) for item in reversed(here)]
            elif not left:
                if here is not None:
                    found = True
                    yield here
            elif type(here) is dict and left[0] in here:
                todo.append((here[left[0]], left[1:]))
        if found:
            return


def _bad(record: Record) -> Bad:
    return Bad(tuple(record.problems), decoded(record.raw)[:KEPT])


def _as_text(row: Row) -> str:
    import msgspec  # noqa: PLC0415 - not needed where nothing is read

    if isinstance(row.cells, Bad):
        return row.cells.text
    return msgspec.json.encode(row.cells).decode()
