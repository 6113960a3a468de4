"""What is done with values on their way from a row to a record; each function makes a function of a scope."""

from __future__ import annotations

import difflib
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Problem, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.reading.foreign.loops import Loop
    from kg.reading.foreign.paths import Get

MOST: Final = 1_000
"""How many values a list may have."""
NEAR: Final = 5
"""How many values of a table a message proposes ..."""
PROPOSED: Final = 100
"""... for so many values that are not in it; for others it names the first."""
LOOKED_AT: Final = 1_000
"""How many values of a table are looked at for the nearest."""
SHOWN: Final = 20
WIDTH: Final = 100
LIKE: Final = 0.6


def constant(value: Any) -> Get:  # noqa: ANN401 - JSON
    """What is the same for every row."""
    return lambda _scope: value


def text_of(value: Any, path: str = "") -> str:  # noqa: ANN401 - JSON
    """A plain value as text; raises ``Unreadable`` for a list or an object."""
    if type(value) is str:
        return value
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int):
        return str(value)
    raise Unreadable(Problem("map-not-text", args={"path": path}, received=value))


def joined(gets: list[Any], template: str) -> Get:
    """The pieces of a template put together; nothing, if one of its paths says nothing."""

    def get(scope: list[Any]) -> str | None:
        parts = []
        for part in gets:
            if type(part) is str:
                parts.append(part)
                continue
            value = part(scope)
            if value is None:
                return None
            parts.append(value if type(value) is str else text_of(value, template))
        return "".join(parts)

    return get


def first(gets: list[Get]) -> Get:
    """The first that says something."""

    def get(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
        for one in gets:
            value = one(scope)
            if value is not None:
                return value
        return None

    return get


def by_key(loop: Loop, key: Get, give: Get) -> Get:
    """An object of lists; of two equal values of a key the first stays."""

    def get(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
        values: dict[str, list[Any]] = {}
        for count, _ in enumerate(loop(scope)):
            name, value = key(scope), give(scope)
            if name is not None and value is not None:
                listed = values.setdefault(text_of(name), [])
                if value not in listed:
                    listed.append(value)
            if count > MOST:
                raise Unreadable(Problem("map-too-many", args={"limit": MOST}))
        return values or None

    return get


def split(get: Get, separators: list[str]) -> Get:
    """A text cut where a separator stands into pieces, without blanks around them and without empty ones."""
    separator, *others = separators

    def split(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
        value = get(scope)
        if value is None:
            return None
        text = text_of(value)
        for other in others:
            text = text.replace(other, separator)
        found = [part for part in map(str.strip, text.split(separator)) if part]
        return found or None

    return split


def each(get: Get, change: Callable[[str], str | None]) -> Get:
    """``change`` the text, or each text of a list."""

    def changed(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
        value = get(scope)
        if value is None:
            return None
        if type(value) is list:
            return [new for item in value if (new := change(text_of(item)))] or None
        return change(text_of(value)) or None

    return changed


def replaced(pairs: list[tuple[str, str]]) -> Callable[[str], str]:
    """A text with some of its words replaced."""

    def change(text: str) -> str:
        for old, new in pairs:
            if old:
                text = text.replace(old, new)
        return text.strip()

    return change


def told_with(key: str, get: Get, more: Get) -> Get:
    """A value as written, with what it leaves open: its currency, the order of its date; each of a list."""

    def one(value: Any, told: str) -> Any:  # noqa: ANN401 - JSON
        return value if type(value) is dict else {"asWritten": text_of(value), key: told}

    def told(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
        value, unit = get(scope), more(scope)
        if value is None or unit is None:
            return value
        return [one(v, text_of(unit)) for v in value] if type(value) is list else one(value, text_of(unit))

    return told


def rejoined(get: Get, separator: str) -> Get:
    """A list put together as one text."""

    def joined(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
        value = get(scope)
        return separator.join(map(text_of, value)) if type(value) is list else value

    return joined


def looked_up(get: Get, table: Mapping[str, Any], other: Get | None) -> Get:
    """What a value table has for a text, or for each of a list."""
    known = list(table)[:LOOKED_AT]
    proposed: dict[str, tuple[str, ...]] = {}

    def one(value: Any, scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
        text = text_of(value)
        if text in table:
            return table[text]
        if other is not None:
            return other(scope)
        if text not in proposed and len(proposed) < PROPOSED:  # a look at all words of a table takes its time
            near = difflib.get_close_matches(text[:WIDTH], known, n=NEAR, cutoff=LIKE)
            proposed[text] = tuple(near) or tuple(known[:SHOWN])
        allowed = proposed.get(text, tuple(known[:SHOWN]))
        raise Unreadable(Problem("map-value", received=text, allowed=allowed))

    def looked_up(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
        value = get(scope)
        if value is None:
            return None
        if type(value) is list:
            return [new for item in value if (new := one(item, scope)) is not None] or None
        return one(value, scope)

    return looked_up
