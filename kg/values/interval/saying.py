"""Numbers and intervals said in a normal form of a language, which reads back to the same value.

The wording is in the tables, under ``[say]``: how numbers are grouped and which scales are
named, and one pattern for each kind of bound.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.language_tags import primary_language
from kg.values.number.limits import EXACT, plain
from kg.values.vocabulary import tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.interval.meaning import Interval, Number

_FALLBACK: Final = "en"
_SHORT: Final = 3
_MYRIAD: Final = 4


def wording(language: str) -> dict[str, Any]:
    """The ``[say]`` section of a language, English where there is none."""
    known = tables()
    table = known.get(primary_language(language), {})
    found: dict[str, Any] = table.get("say") or known[_FALLBACK]["say"]
    return found


def _ends(value: Interval, language: str) -> list[tuple[Number | None, str]]:
    """Both bounds said; with all digits if only one would name a scale, which the other would share."""
    said = wording(language)
    ends = [(end, "" if end is None else number(end, language)) for end in (value.min, value.max)]
    scaled = [any(name in text for _, name in said["scales"]) for end, text in ends if end is not None]
    if len(set(scaled)) < 2:  # noqa: PLR2004 - both or none
        return ends
    return [(end, "" if end is None else _signed(plain(end), said)) for end, _ in ends]


def _signed(text: str, said: dict[str, Any]) -> str:
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    return sign + _grouped(text, said)


def number(value: Number, language: str) -> str:
    """A number in the scales of a language.

    >>> number(1_200_000_000_000, "ko"), number(15_000_000_000, "en"), number(Decimal("1234.5"), "de")
    ('1조 2000억', '15 billion', '1.234,5')
    """
    said = wording(language)
    text = plain(value)
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    if said.get("myriads"):
        return sign + _myriads(text, said)
    return sign + _thousands(text, said)


def _myriads(text: str, said: dict[str, Any]) -> str:
    """``1조 2000억``: four digits at a time; ``1万零5``, since 1万5 is short for 15,000 there."""
    whole, _, fraction = text.partition(".")
    parts = []
    for power, name in said["scales"]:
        head, whole = whole[:-power] or "0", whole[-power:].lstrip("0") or "0"
        if head != "0":
            parts.append(head.lstrip("0") + name)
    if parts and len(whole) == 1 and whole != "0" and not fraction:
        whole = said.get("nought", "") + whole
    if whole != "0" or fraction or not parts:
        parts.append(whole + (f".{fraction}" if fraction else ""))
    space: str = said.get("space", " ")
    return space.join(parts)


def _thousands(text: str, said: dict[str, Any]) -> str:
    """``15 billion`` where that is short, else all digits in groups of three."""
    value = Decimal(text)
    for power, name in said["scales"]:
        head = plain(value.scaleb(-power, EXACT)) if value.adjusted() >= power else "."
        if len(head.partition(".")[2]) <= _SHORT and head != ".":
            return f"{_grouped(head, said)} {name}"
    return _grouped(text, said)


def _grouped(text: str, said: dict[str, Any]) -> str:
    whole, _, fraction = text.partition(".")
    groups = f"{int(whole):,}"
    if said.get("comma"):
        groups = groups.replace(",", ".")
    point = "," if said.get("comma") else "."
    return groups + (point + fraction if fraction else "")


def interval(value: Interval, language: str, unit: Callable[[str], str]) -> str:
    """An interval; ``unit`` puts the unit to a number: ``"15 billion"`` -> ``"USD 15 billion"``.

    >>> from kg.values.interval.meaning import Interval
    >>> interval(Interval(5, None, True), "ko", lambda n: n + "%")
    '5% 초과'
    """
    said = wording(language)
    low, high = (None if end is None else unit(text) for end, text in _ends(value, language))
    about: str = said["about"] if value.approximate else "{}"
    lower: str = said["more" if value.min_exclusive else "at-least"]
    upper: str = said["less" if value.max_exclusive else "at-most"]
    if low is None:
        return "" if high is None else about.format(upper.format(high))
    if high is None:
        return about.format(lower.format(low))
    if value.min == value.max and not (value.min_exclusive or value.max_exclusive):
        return about.format(low)
    if not value.min_exclusive and not value.max_exclusive:
        return about.format(str(said["range"]).format(low, high))
    return about.format(lower.format(low) + said["and"] + upper.format(high))
