"""YAML as a tree of nodes that know their places, read with limits and without surprises.

Only what JSON can say is read (the JSON schema of YAML 1.2, https://yaml.org/spec/1.2.2/#102-json-schema):
keys are text, so ``NO: Norway`` is about Norway; tags, anchors and aliases are refused, so that a small file
stays small; a key that stands twice is a fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.errors import MappingError, Place, Problem, pointer_token

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a mapping file."""
DEPTH: Final = 32
"""How deep lists and objects may stand in one another."""
MOST: Final = 200_000
"""How many values a mapping file may have."""
PLAIN: Final = (None, "")
"""How the parsers call text without quotation marks."""
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,98})")
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,49})\.[0-9]{1,49}")
_WORDS: Final[dict[str, Any]] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(slots=True)
class Node:
    """A value of the file: text, a number, a truth, None, a list of nodes, or an object of nodes."""

    value: Any
    place: Place
    """Where its key stands, or the value itself in a list."""
    pointer: str = ""

    @property
    def items(self) -> dict[str, Node]:
        """The members of an object; none of what is no object."""
        return self.value if isinstance(self.value, dict) else {}

    def data(self) -> Any:  # noqa: ANN401 - JSON
        """The value as decoded JSON has it."""
        if isinstance(self.value, dict):
            return {key: node.data() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.data() for node in self.value]
        return self.value

    def walk(self) -> Iterator[Node]:
        """The node and all below it."""
        yield self
        below = self.value.values() if isinstance(self.value, dict) else self.value
        for node in below if isinstance(self.value, dict | list) else ():
            yield from node.walk()


@dataclass(slots=True)
class _Open:
    """A list or object that is being read."""

    node: Node
    key: str | None = None
    key_place: Place | None = None


@dataclass
class _Builder:
    """Puts events together; ``faults`` are keys that stand twice."""

    file: str
    open: list[_Open] = field(default_factory=list)
    root: Node | None = None
    count: int = 0
    faults: list[Problem] = field(default_factory=list)

    def place(self, event: Any) -> Place:  # noqa: ANN401 - an event of the YAML parser
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def fail(self, code: str, event: Any, **args: object) -> MappingError:  # noqa: ANN401
        problem = Problem(code, self._pointer(), args, place=self.place(event))
        return MappingError("mapping-wrong", file=self.file, faults=[*self.faults, problem])

    def _pointer(self) -> str:
        return self.open[-1].node.pointer if self.open else ""

    def take(self, event: Any) -> None:  # noqa: ANN401
        """One event."""
        kind = type(event).__name__
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            raise self.fail("yaml-alias", event)
        if getattr(event, "tag", None):
            raise self.fail("yaml-tag", event, tag=str(event.tag))
        if kind == "ScalarEvent":
            self._scalar(event)
        elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
            self._start(event, {} if kind[0] == "M" else [])
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            self.open.pop()
        elif kind == "DocumentStartEvent" and self.root is not None:
            raise self.fail("yaml-several", event)

    def _scalar(self, event: Any) -> None:  # noqa: ANN401
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.node.value, dict) and top.key is None:
            self._key(top, event)
        else:
            self._add(event, _plain(event.value) if event.style in PLAIN else event.value)

    def _key(self, top: _Open, event: Any) -> None:  # noqa: ANN401
        key, place = event.value, self.place(event)
        if key in top.node.value:
            pointer = top.node.pointer + pointer_token(key)
            first = top.node.value[key].place
            args = {"key": key, "first": f"{first.line}:{first.column}"}
            self.faults.append(Problem("yaml-key-twice", pointer, args, place=place, others=(first,)))
        top.key, top.key_place = key, place

    def _start(self, event: Any, value: Any) -> None:  # noqa: ANN401
        top = self.open[-1] if self.open else None
        if len(self.open) == DEPTH:
            raise self.fail("yaml-too-deep", event, limit=DEPTH)
        if top is not None and isinstance(top.node.value, dict) and top.key is None:
            raise self.fail("yaml-key", event)
        self.open.append(_Open(self._add(event, value)))

    def _add(self, event: Any, value: Any) -> Node:  # noqa: ANN401
        self.count += 1
        if self.count > MOST:
            raise self.fail("yaml-too-large", event, limit=MOST)
        top = self.open[-1] if self.open else None
        if top is None:
            self.root = Node(value, self.place(event))
            return self.root
        if isinstance(top.node.value, list):
            node = Node(value, self.place(event), top.node.pointer + pointer_token(len(top.node.value)))
            top.node.value.append(node)
        else:
            key = str(top.key)
            node = Node(value, top.key_place or self.place(event), top.node.pointer + pointer_token(key))
            top.node.value[key] = node
            top.key = None
        return node


def read_tree(raw: bytes, file: str) -> Node:
    r"""The tree of a YAML (or JSON) file that is an object.

    >>> tree = read_tree(b"a: 1\nb: [x, NO, 0.10]\n", "m.yaml")
    >>> tree.data(), tree.items["b"].place
    ({'a': 1, 'b': ['x', 'NO', Decimal('0.10')]}, Place(file='m.yaml', line=2, column=1))

    Raises ``MappingError`` with the places of everything that is wrong.
    """
    import yaml  # noqa: PLC0415 - only where there is a mapping

    builder = _Builder(file)
    try:
        if len(raw) > LARGEST:
            _refuse(file, Problem("yaml-large", args={"limit": LARGEST // 2**20}, place=Place(file)))
        text = raw.decode("utf-8-sig")
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            builder.take(event)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        _refuse(file, Problem("yaml-not-utf-8", place=Place(file, line), args={"line": line}))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        args = {"line": place.line, "column": place.column, "reason": error.problem or error.context or ""}
        _refuse(file, Problem("yaml-syntax", args=args, place=place))
    except yaml.YAMLError as error:  # a character that YAML does not allow
        position = getattr(error, "position", 0)
        line = raw.decode("utf-8", "replace").count("\n", 0, position) + 1
        reason = str(getattr(error, "reason", error))
        _refuse(
            file,
            Problem(
                "yaml-syntax", args={"line": line, "column": 0, "reason": reason}, place=Place(file, line)
            ),
        )
    if builder.faults:
        _refuse(file, *builder.faults)
    if builder.root is None or not isinstance(builder.root.value, dict):
        _refuse(file, Problem("yaml-object", place=Place(file, 1, 1)))
    assert builder.root is not None  # noqa: S101 - for mypy
    return builder.root


def _refuse(file: str, *faults: Problem) -> None:
    raise MappingError("mapping-wrong", file=file, faults=faults)


def _plain(text: str) -> Any:  # noqa: ANN401 - JSON
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text
