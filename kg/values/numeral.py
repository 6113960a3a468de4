"""The grammar of numbers in text: digits, number words, and scales (``1조2000억``, ``two million``).

Every multiplier is a power of ten, so a value is exact: an ``int``, or a ``Decimal`` where
there is a fraction.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.values.number import EXACT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

NUMBER: Final = r"[0-9]+(?:[.,'][0-9]+)*|\.[0-9]+"
"""The pattern of digits with their separators."""

KINDS: Final = frozenset({"digits", "count", "group", "scale", "multiple", "article", "half", "join"})
"""The kinds of token that a numeral is made of."""

_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?:'[0-9]{3})+(?:\.[0-9]+)?")
_POINT: Final = re.compile(r"[0-9]*\.[0-9]+")
_CONTINENTAL: Final = re.compile(
    r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]+,[0-9]{1,2}"
)
_LONGEST: Final = 60
_TENS: Final = 10

Value = int | Decimal


class Numeral(NamedTuple):
    """A number read from text: ``value`` is ``head`` times ten to the power ``scale``.

    ``scale`` is the power of the last scale word, 0 if there is none or other parts follow it;
    ``group`` that of the one group word before it (3 for ``6천억``). The lower number of a
    range takes them over: ``15-25bn``, ``5천~6천억``, ``1~2천만``.
    """

    value: Value
    head: Value
    scale: int = 0
    group: int = 0


def digits(text: str) -> Value | None:
    """The value of digits with separators, or None where the separators make no sense.

    A point parts the fraction and a comma groups, unless that is impossible.

    >>> digits("5,000"), digits("1.2"), digits("1.234.567,89"), digits("1,2,3")
    (5000, Decimal('1.2'), Decimal('1234567.89'), None)
    """
    if text.isdigit():
        return int(text) if len(text) <= _LONGEST else None
    if len(text) > _LONGEST:
        return None
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "").replace("'", "")
    elif _CONTINENTAL.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif not _POINT.fullmatch(text):
        return None
    return Decimal(text) if "." in text else int(text)


def shifted(value: Value, power: int) -> Value:
    """``value`` times ten to the power ``power``, exactly.

    >>> shifted(Decimal("1.2"), 6), shifted(15, 9)
    (Decimal('1.2E+6'), 15000000000)
    """
    if not power:
        return value
    if isinstance(value, int):
        return value * 10**power if power > 0 else Decimal(value).scaleb(power, EXACT)
    return value.scaleb(power, EXACT)


def plus(first: Value, second: Value) -> Value:
    """The exact sum."""
    if isinstance(first, int) and isinstance(second, int):
        return first + second
    return EXACT.add(first, second)


def numeral(tokens: Sequence[Token]) -> Numeral | None:
    """The number that a run of tokens of the kinds in ``KINDS`` says, or None."""
    first = tokens[0]
    if first.kind == "digits":
        value = digits(first.value)
        if value is None:
            return None
        if len(tokens) == 1:
            return Numeral(value, value)
        second = tokens[1]
        if len(tokens) == 2 and second.kind in {"scale", "multiple"}:  # noqa: PLR2004 - the usual case
            return Numeral(shifted(value, second.value), value, second.value)
    return _Sum().read(tokens)


class _Sum:
    """The parts of a number while it is read: 1조 2천 500억 is (1)조 + (2천 + 500)억."""

    __slots__ = ("current", "group", "parts", "section", "unit")

    def __init__(self) -> None:
        self.parts: list[tuple[Value, int]] = []
        """(amount, power) of each scale so far."""
        self.section: list[tuple[Value, int]] = []
        """(amount, power) of each group since the last scale."""
        self.current: Value | None = None
        """The number since the last group or scale."""
        self.unit = False
        """Whether ``current`` is the 1 that an article stands for."""
        self.group = 0
        """The power of the group that is all there was before the last scale."""

    def read(self, tokens: Sequence[Token]) -> Numeral | None:
        previous = ""
        for token in tokens:
            if not getattr(self, f"_{token.kind}")(token, previous):
                return None
            previous = token.kind
        return None if previous == "join" else self._result()

    def _digits(self, token: Token, previous: str) -> bool:  # noqa: ARG002 - one signature for all kinds
        value = digits(token.value)
        if value is None or self.current is not None:
            return False
        self.current = value
        return True

    def _count(self, token: Token, previous: str) -> bool:
        value: int = token.value
        if self.current is None:
            self.current = value
            return True
        if previous != "count" or not 0 < value < _TENS or self.current < 2 * _TENS or self.current % _TENS:
            return False
        self.current = plus(self.current, value)
        return True

    def _article(self, token: Token, previous: str) -> bool:  # noqa: ARG002 - one signature for all kinds
        if previous == "":
            self.current, self.unit = 1, True
            return True
        return previous in {"half", "join"}

    def _half(self, token: Token, previous: str) -> bool:
        half = Decimal(token.value)
        if self.current is None or self.unit:
            self.current, self.unit = half, False
            return True
        if previous not in {"article", "join"}:
            return False
        self.current = plus(self.current, half)
        return True

    def _join(self, token: Token, previous: str) -> bool:  # noqa: ARG002 - one signature for all kinds
        return previous not in {"", "join"}

    def _group(self, token: Token, previous: str) -> bool:  # noqa: ARG002 - one signature for all kinds
        power: int = token.value
        if self.section and power >= self.section[-1][1]:
            return False
        self.section.append((1 if self.current is None else self.current, power))
        self.current = None
        return True

    def _multiple(self, token: Token, previous: str) -> bool:
        if self.current is None and not self.section and previous != "multiple":
            return False
        return self._scale(token, previous)

    def _scale(self, token: Token, previous: str) -> bool:
        power: int = token.value
        if self.current is None and not self.section and previous in {"scale", "multiple"}:
            amount, below = self.parts.pop()
            power += below
        else:
            amount = self._rest(1)
            self.group = self._single_group()
        if self.parts and power >= self.parts[-1][1]:
            return False
        self.parts.append((amount, power))
        self.section, self.current = [], None
        return True

    def _rest(self, default: Value) -> Value:
        """What has been read since the last scale."""
        if not self.section and self.current is None:
            return default
        total: Value = 0 if self.current is None else self.current
        for amount, power in self.section:
            total = plus(total, shifted(amount, power))
        return total

    def _single_group(self) -> int:
        return self.section[0][1] if len(self.section) == 1 and self.current is None else 0

    def _result(self) -> Numeral:
        rest = self._rest(0)
        value = rest
        for amount, power in self.parts:
            value = plus(value, shifted(amount, power))
        if len(self.parts) == 1 and not self.section and self.current is None:
            head, power = self.parts[0]
            return Numeral(value, head, power, self.group)
        return Numeral(value, value, 0, 0 if self.parts else self._single_group())
