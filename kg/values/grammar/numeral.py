"""``numeral``: a number in digits, in words or in both, as its value.

The rules, one function each (docs/values.md has the grammar in EBNF)::

    numeral = [ small ] , { scale } , { [ JOIN ] , [ small ] , { scale } } ,
              [ JOIN , [ ARTICLE ] , FRACTION ] ;
    scale   = ( MULTIPLE | SCALE ) , { MULTIPLE | SCALE } ;
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.values.grammar.digits import Number, Value, digits, is_ambiguous, moved, plus, rounded, scaled
from kg.values.grammar.small import Small, small, take_inside

if TYPE_CHECKING:
    from kg.values.grammar.cursor import Cursor

_LOW: Final = 4
"""The highest scale that digits without one may follow: 12억3456만7890."""
_THOUSANDS: Final = frozenset({3, 4})
"""The scales that another scale may multiply together with what follows them: dos mil quinientos millones."""


class Numeral(NamedTuple):
    """A number read from text.

    ``scale`` is the power of its last scale word and ``group`` that of the group word before it (5천억: 8
    and 3): the lower number of a range takes them over (``15-25bn``, ``5~6천억``).
    """

    value: Number
    scale: int = 0
    group: int = 0
    ambiguous: str = ""
    """Digits whose separator may group or separate decimals (``12.345``), where they are the whole number."""
    inexact: bool = False
    """Whether a fraction such as one third was rounded, or words such as 여 make the number approximate."""
    is_fraction: bool = False
    """Whether it is a fraction alone: a half."""


def numeral(c: Cursor) -> Numeral | None:  # noqa: C901, PLR0912, PLR0915 - one loop over the parts
    """``numeral``; None if none begins here."""
    if (found := _plain(c)) is not None:
        return found
    start = c.at
    parts: list[tuple[Value, int]] = []
    group, last, about, ambiguous, is_fraction = 0, 0, False, "", False
    written = "digits" in c.senses[c.at]
    while True:
        mark = c.at
        if parts and c.peek("join") is not None and not _is_number(c, 1):
            break
        joined = bool(parts) and c.take("join") is not None
        mixed = not joined and ("digits" in c.senses[c.at]) != written
        if parts and mixed and "fraction" not in c.senses[c.at]:
            c.at = mark
            break  # 구조 150억: a number is in digits or in words
        item = small(c)
        inside = "about-inside" in c.senses[c.at]
        power = scale(c)
        if item is None and power is None:
            c.at = mark
            break
        if item is not None and item.is_fraction and joined and power is None and parts:
            parts.append((scaled(item.value, parts[-1][1]), 0))  # a million and a half
            break
        value = item.value if item is not None else None
        if item is not None and item.run and power is not None and "0" not in str(value):
            break  # 七八亿 is seven or eight of them, 五〇〇〇万 is a number
        if power is None:
            short = item is not None and item.single and c.shorthand
            if parts and (
                not _fits(parts, value or 0, item)
                or (written and not short and (parts[-1][1] > _LOW or _is_glued(c, mark)))
            ):
                c.at = mark  # $2bn 2024, 5k5
                break
            if parts and item is not None and item.single and c.shorthand:
                parts.append((scaled(item.value, max(parts[-1][1], group) - 1), 0))
            elif item is not None:
                parts.append((item.value, 0))
                is_fraction = item.is_fraction and len(parts) == 1
                ambiguous = item.ambiguous if len(parts) == 1 else ""
                last, group = 0, item.group
                about = about or item.about
            break
        if value is None and not parts and not c.senses[c.at - 1].get("scale"):
            c.at = mark
            break  # millions of: a scale that needs a number
        if not _push(parts, value, power):
            c.at = mark
            break
        group, last = (item.group if item is not None else 0), power
        about = about or inside or (item is not None and item.about) or take_inside(c)
    if not parts:
        c.at = start
        return None
    total: Value = parts[0][0]
    for value, _ in parts[1:]:
        total = plus(total, value)
    exact, inexact = rounded(total)
    return Numeral(exact, last, group, ambiguous, inexact or about, is_fraction)


_GOES_ON: Final = frozenset(
    {"multiple", "scale", "group", "times", "join", "hyphen", "about-inside", "fraction", "digits", "of"}
    | {"parts", "over", "point", "nth"}
)
"""What may belong to the number before it."""


def _plain(c: Cursor) -> Numeral | None:
    """Digits, or digits and one scale: as the general rule reads them, for most numbers are such."""
    at, senses = c.at, c.senses
    written = senses[at].get("digits")
    if written is None or "/" in written or "⁄" in written:
        return None
    power, ahead = 0, senses[at + 1]
    if ahead and not _GOES_ON.isdisjoint(ahead):
        power = ahead.get("multiple", 0)
        if not power or not _GOES_ON.isdisjoint(senses[at + 2]):
            return None
    value = digits(written, comma=c.comma)
    if value is None:
        return None
    c.at = at + (2 if power else 1)
    if power:
        return Numeral(moved(value, power), power)
    return Numeral(value, 0, 0, "" if written.isdigit() or not is_ambiguous(written) else written)


def _fits(parts: list[tuple[Value, int]], value: Value, item: Small | None) -> bool:
    """Whether a number may follow a scale: it is smaller than that, and neither has decimals."""
    before, power = parts[-1]
    if item is None or item.is_fraction or power == 0 or not isinstance(value, int):
        return False
    return isinstance(before, int) and value < 10**power


def _is_glued(c: Cursor, at: int) -> bool:
    """Whether a token touches a Latin letter before it."""
    before = c.tokens[at - 1]
    return before.text.isascii() and before.end == c.tokens[at].start


def _push(parts: list[tuple[Value, int]], value: Value | None, power: int) -> bool:
    """Add ``value`` times ten to the ``power``; what has a lower scale before it is multiplied too."""
    folds = value is None or (bool(parts) and parts[-1][1] in _THOUSANDS)
    if parts and parts[-1][1] < power:
        if not folds:
            return False
        while parts and parts[-1][1] < power:
            value = plus(parts.pop()[0], value or 0)
    elif value is None and parts:
        return False
    amount = scaled(1 if value is None else value, power)
    if parts and (not isinstance(parts[-1][0], int) or amount >= 10 ** parts[-1][1]):
        return False
    parts.append((amount, power))
    return True


def _is_number(c: Cursor, ahead: int) -> bool:
    """Whether a number in words begins ``ahead`` of here (``and five``, ``and a half``)."""
    senses = c.senses[c.at + ahead]
    if "article" in senses:
        senses = c.senses[c.at + ahead + 1]
        return "fraction" in senses or "nth" in senses
    return not senses.keys().isdisjoint(("count", "fraction", "digits"))


def scale(c: Cursor) -> int | None:
    """``scale``: the product of scale words (thousand million) as a power of ten."""
    power = None
    while True:
        mark = c.at
        if power is None:
            take_inside(c)
            if c.peek("hyphen") is not None and c.is_joined():
                c.at += 1
        found = c.take("multiple")
        if found is None:
            found = c.take("scale")
        doubled = power is not None and found == power and c.tokens[c.at - 1].start == c.tokens[c.at - 2].end
        if found is None or (power is not None and found < power) or doubled:  # million million, but not 억억
            c.at = mark
            return power
        power = found if power is None else power + found
