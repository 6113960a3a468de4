"""A JSON scanner that knows where it is, for records with a fault.

The fast decoder says neither where a fault is, nor that a key stands twice. This one reads
the text of one record (RFC 8259) once, from left to right, with a stack of its own, and
tells every fault with its position and JSON pointer. It builds no values.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.errors import pointer_token
from kg.reading import expected as e

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DEPTH: Final = 64
"""How many objects and arrays may stand in one another."""
DIGITS: Final = 100
"""How many digits a number may have, and how large its exponent may be, up or down."""
FAULTS: Final = 20
"""How many faults of one record are told."""
FOUND_WIDTH: Final = 24
"""How many characters of what stands at a fault are told."""

SPACE: Final = re.compile(r"[ \t\r\n]*+")
STRING: Final = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"')
NUMBER: Final = re.compile(r"-?+(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE]([+-]?+[0-9]++))?+(?![0-9.eE+-])")
WORD: Final = re.compile(r"(?:true|false|null)(?!\w)")
_STRING_START: Final = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+')
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
CLOSING: Final = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a text: a code of the messages, where, and what the message shows."""

    code: str
    position: int
    """Counts characters of the text from 0."""
    pointer: str = ""
    args: Mapping[str, object] = field(default_factory=dict)
    other: int | None = None
    """A further position that the message is about."""


@dataclass(slots=True)
class _Level:
    """An object or array that is open."""

    close: str
    token: str | int = 0
    """The key or index at which the scanner is."""
    keys: dict[str, int] = field(default_factory=dict)
    """The keys seen, and where."""


class _Stop(Exception):
    """The text can't be read beyond this fault."""

    def __init__(self, position: int, words: e.Words | None = None, code: str = "not-json") -> None:
        super().__init__(code)
        self.position = position
        self.words = words
        self.code = code


def faults(text: str) -> tuple[Fault, ...]:
    """Every fault of a JSON text, at most ``FAULTS``; none means that it is sound.

    A fault of syntax or depth is the last one, since nothing is known about what follows.

    >>> faults('{"a": {"b": 1, "b": 2}}')
    (Fault(code='duplicate-key', position=15, pointer='/a/b', args={'key': 'b'}, other=7),)
    >>> [(f.code, f.position, f.args["expected"]["en"]) for f in faults('{"a": 1,}')]
    [('not-json', 7, 'no comma may stand before a closing bracket')]
    """
    return tuple(Scan(text).run())


class Scan:
    """One way through a text; ``steps`` counts tokens."""

    def __init__(self, text: str) -> None:
        """Begin at the start of ``text``."""
        self.text = text
        self.position = 0
        self.steps = 0
        self._levels: list[_Level] = []
        self._faults: list[Fault] = []
        self._next: Callable[[str], None] = self._value

    def run(self) -> list[Fault]:
        """Read to the end, or to the first fault of syntax."""
        try:
            while len(self._faults) < FAULTS and self._step():
                pass
        except _Stop as stop:
            self._faults.append(self._told(stop))
        return self._faults

    def _step(self) -> bool:
        self.steps += 1
        space = SPACE.match(self.text, self.position)
        self.position = space.end() if space else self.position
        if self.position < len(self.text):
            self._next(self.text[self.position])
            return True
        if self._next != self._end:
            raise _Stop(self.position, e.closed(self._levels[-1].close) if self._levels else e.VALUE)
        return False

    # What may come next; each takes the character at the position and moves beyond its token.

    def _value(self, first: str) -> None:
        if first in CLOSING:
            if len(self._levels) == DEPTH:
                raise _Stop(self.position, code="nested-too-deep")
            self._levels.append(_Level(CLOSING[first]))
            self.position += 1
            self._next = self._first_key if first == "{" else self._first_item
            return
        if first == '"':
            start = self.position
            self._check_string(self._string(), start)
        elif match := NUMBER.match(self.text, self.position):
            self._check_number(match)
            self.position = match.end()
        elif match := WORD.match(self.text, self.position):
            self.position = match.end()
        else:
            raise _Stop(self.position, _instead_of_a_value(self.text, self.position))
        self._after_value()

    def _first_item(self, first: str) -> None:
        if first == "]":
            self._shut()
        else:
            self._value(first)

    def _first_key(self, first: str) -> None:
        if first == "}":
            self._shut()
        else:
            self._key(first)

    def _key(self, first: str) -> None:
        if first != '"':
            raise _Stop(self.position, e.DOUBLE_QUOTES if first == "'" else e.KEY)
        start = self.position
        key = self._string()
        level = self._levels[-1]
        level.token = key
        self._check_string(key, start)
        if key in level.keys:
            self._found("duplicate-key", start, {"key": key}, level.keys[key])
        else:
            level.keys[key] = start
        self._next = self._colon

    def _colon(self, first: str) -> None:
        if first != ":":
            raise _Stop(self.position, e.COLON)
        self.position += 1
        self._next = self._value

    def _comma(self, first: str) -> None:
        level = self._levels[-1]
        in_object = level.close == "}"
        if first == level.close:
            self._shut()
            return
        if first != ",":
            raise _Stop(self.position, e.COMMA_IN_OBJECT if in_object else e.COMMA_IN_ARRAY)
        space = SPACE.match(self.text, self.position + 1)
        after = space.end() if space else len(self.text)
        if self.text[after : after + 1] in ("}", "]"):
            raise _Stop(self.position, e.NO_COMMA)
        self.position += 1
        if not in_object and isinstance(level.token, int):
            level.token += 1
        self._next = self._key if in_object else self._value

    def _end(self, first: str) -> None:
        raise _Stop(self.position, {"{": e.NEXT, ",": e.NO_COMMA_AFTER}.get(first, e.END))

    # What they share.

    def _shut(self) -> None:
        self.position += 1
        self._levels.pop()
        self._after_value()

    def _after_value(self) -> None:
        self._next = self._comma if self._levels else self._end

    def _string(self) -> str:
        """Move beyond a string; what it says."""
        start = self.position
        match = STRING.match(self.text, start)
        if match is None:
            raise _Stop(*_broken_string(self.text, start))
        self.position = match.end()
        text = match.group()
        return json.loads(text) if "\\" in text else text[1:-1]

    def _check_string(self, said: str, start: int) -> None:
        if "\0" in said:
            self._found("nul-character", start)
        if _LONE_SURROGATE.search(said):
            self._found("lone-surrogate", start)

    def _check_number(self, match: re.Match[str]) -> None:
        if not fits(match.group(), match.group(1)):
            self._found("number-too-long", match.start(), {"limit": DIGITS})

    def _found(
        self, code: str, position: int, args: Mapping[str, object] | None = None, other: int | None = None
    ) -> None:
        self._faults.append(Fault(code, position, self._pointer(), args or {}, other))

    def _pointer(self) -> str:
        return "".join(pointer_token(level.token) for level in self._levels)

    def _told(self, stop: _Stop) -> Fault:
        if stop.words is None:
            return Fault(stop.code, stop.position, self._pointer(), {"limit": DEPTH})
        found = self.text[stop.position : stop.position + FOUND_WIDTH]
        args = {"expected": stop.words, "found": f"“{found}”" if found else e.END_OF_TEXT}
        return Fault(stop.code, stop.position, "", args)


def fits(number: str, exponent: str | None) -> bool:
    """Whether a JSON number is of a size that can be worked with exactly.

    >>> fits("1e999999999", "999999999"), fits("12345678901234567890", None), fits("1e-7", "-7")
    (False, True, True)
    """
    if len(number) > DIGITS:
        return False
    return exponent is None or abs(int(exponent)) <= DIGITS


def _instead_of_a_value(text: str, position: int) -> e.Words:
    """What to say about something that is no value."""
    first = text[position]
    if first == "'":
        return e.DOUBLE_QUOTES
    if first in "/#":
        return e.NO_COMMENT
    if first in "+-." or "0" <= first <= "9":
        return e.NUMBER
    return e.WORD if first.isalpha() else e.VALUE


def _broken_string(text: str, start: int) -> tuple[int, e.Words]:
    """Where and why a string that begins at ``start`` is none."""
    match = _STRING_START.match(text, start)
    end = match.end() if match else start + 1
    if end >= len(text) or text[end] in "\r\n":
        return start, e.CLOSED_TEXT
    return end, e.ESCAPE if text[end] == "\\" else e.ESCAPED
