"""Paths: what a mapping calls a column of a row, or something inside a nested row.

- ``Legal Name``, ``data.lei``, ``names[0].fullName``, ``"a.key".b``: a column, or keys and positions;
- ``entities[relation.head]``, ``tokens[start:end]``: positions that the row itself says;
- ``relation#``: which one of a list it is, from 0; ``#``: the number of the row.

There is nothing else in the language: a path is looked up, never run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Get = Callable[[list[Any]], Any]
"""The values in scope (the row, its number, then those of loops) -> what is there, None for nothing."""
ROW: Final = 0
NUMBER: Final = 1
FIRST: Final = 2
"""Where in a scope the row, its number and the first variable stand."""
LONGEST: Final = 1000
DEPTH: Final = 4
_NAME: Final = re.compile(r'"([^"]+)"|([^.\[\]{}":#]+)')
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,8}")


class WrongPath(ValueError):
    """A text is no path."""


@dataclass(frozen=True, slots=True)
class Key:
    """``.name``."""

    name: str


@dataclass(frozen=True, slots=True)
class At:
    """``[3]``, or ``[path]`` with an index, or a key, that another path says."""

    index: int | Path


@dataclass(frozen=True, slots=True)
class Slice:
    """``[start:end]``; None is the beginning or the end."""

    start: int | Path | None
    end: int | Path | None


@dataclass(frozen=True, slots=True)
class Path:
    """A path: the name that it begins with, and the steps from there."""

    text: str
    base: str
    steps: tuple[Key | At | Slice, ...] = ()
    position: bool = False
    """Whether it asks for the position and not for the value."""

    def inner(self) -> Iterator[Path]:
        """The paths in its brackets."""
        for step in self.steps:
            parts = (
                (step.start, step.end)
                if isinstance(step, Slice)
                else (step.index,)
                if isinstance(step, At)
                else ()
            )
            yield from (part for part in parts if isinstance(part, Path))


def parse(text: str) -> Path:
    """A path of its text.

    >>> parse("entities[relation.head].type").steps[1], parse("relation#").position
    (Key(name='type'), True)

    Raises ``WrongPath``.
    """
    if len(text) > LONGEST:
        raise WrongPath
    path, end = _path(text, 0, DEPTH)
    if end != len(text):
        raise WrongPath
    return path


def _path(text: str, start: int, room: int) -> tuple[Path, int]:
    if not room:
        raise WrongPath
    if text.startswith("#", start):
        return Path("#", "#", position=True), start + 1
    base, at = _name(text, start)
    steps: list[Key | At | Slice] = []
    while at < len(text) and text[at] in ".[":
        if text[at] == ".":
            name, at = _name(text, at + 1)
            steps.append(Key(name))
        else:
            step, at = _bracket(text, at + 1, room)
            steps.append(step)
    position = text.startswith("#", at)
    if position and steps:
        raise WrongPath
    at += position
    return Path(text[start:at], base, tuple(steps), position), at


def _name(text: str, start: int) -> tuple[str, int]:
    found = _NAME.match(text, start)
    if found is None:
        raise WrongPath
    return found[1] or found[2].strip(), found.end()


def _bracket(text: str, start: int, room: int) -> tuple[At | Slice, int]:
    first, at = _index(text, start, room)
    second: int | Path | None = None
    sliced = text.startswith(":", at)
    if sliced:
        second, at = _index(text, at + 1, room)
    if not text.startswith("]", at) or (first is None and not sliced):
        raise WrongPath
    step = Slice(first, second) if sliced else At(first if first is not None else 0)
    return step, at + 1


def _index(text: str, start: int, room: int) -> tuple[int | Path | None, int]:
    number = _INDEX.match(text, start)
    if number and text[number.end() : number.end() + 1] in ("]", ":"):
        return int(number.group()), number.end()
    if text[start : start + 1] in (":", "]", ""):
        return None, start
    return _path(text, start, room - 1)


def follow(get: Get, steps: Iterable[Key | At | Slice], inner: Callable[[Path], Get]) -> Get:
    """``get`` and then the steps from what it gives; ``inner`` compiles the paths in brackets."""
    moves: list[Callable[[Any, list[Any]], Any]] = [_move(step, inner) for step in steps]
    keys = [step.name for step in steps if isinstance(step, Key)]
    if len(keys) == len(moves):

        def by_keys(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
            value = get(scope)
            for key in keys:
                if type(value) is not dict:
                    return None
                value = value.get(key)
            return value

        return by_keys

    def by_moves(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
        value = get(scope)
        for move in moves:
            if value is None:
                return None
            value = move(value, scope)
        return value

    return by_moves


def _move(step: Key | At | Slice, inner: Callable[[Path], Get]) -> Callable[[Any, list[Any]], Any]:
    if isinstance(step, Key):
        name = step.name
        return lambda value, _scope: value.get(name) if type(value) is dict else None
    if isinstance(step, At):
        index = _value_of(step.index, inner)
        return lambda value, scope: _item(value, index(scope))
    start, end = _value_of(step.start, inner), _value_of(step.end, inner)
    bounded = (step.start is not None, step.end is not None)

    def cut(value: Any, scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
        first, last = _number(start(scope)), _number(end(scope))
        if type(value) not in {list, str} or (first is None and bounded[0]) or (last is None and bounded[1]):
            return None
        return value[first:last]

    return cut


def _value_of(part: int | Path | None, inner: Callable[[Path], Get]) -> Get:
    if isinstance(part, Path):
        return inner(part)
    return lambda _scope: part


def _number(value: object) -> int | None:
    if type(value) is int and value >= 0:
        return value
    return int(value) if isinstance(value, str) and _INDEX.fullmatch(value) else None


def _item(value: Any, index: object) -> Any:  # noqa: ANN401 - JSON
    if type(value) is dict:
        return value.get(index) if isinstance(index, str) else None
    number = _number(index)
    if type(value) is list and number is not None and number < len(value):
        return value[number]
    return None
