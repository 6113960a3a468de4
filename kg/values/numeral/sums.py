"""The grammar of numbers in words and digits: 1조 2천 500억, two and a half million, 三点五亿."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kg.values.numeral.digits import (
    PLAIN,
    Style,
    Value,
    ambiguous,
    digits,
    fraction,
    is_rest,
    plus,
    raised,
    rounded,
    shifted,
    times,
)
from kg.values.numeral.meaning import Number, Numeral
from kg.values.vocabulary import habit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

KINDS: Final = frozenset(
    {
        *("digits", "digit", "count", "group", "scale", "multiple", "article"),
        *("half", "fraction", "part", "join", "point", "times"),
    }
)
"""The kinds of token that a numeral is made of."""

_TENS: Final = 10
_SIMPLE: Final = 2
_FULL: Final = 100  # 1万2亿 may be 12,000 亿
_LARGE: Final = 8
"""A scale from here on needs a number: 만원 is 10,000 won, 억원 alone is no amount."""


def numeral(tokens: Sequence[Token], style: Style = PLAIN) -> Numeral | None:
    """The number that a run of tokens of the kinds in ``KINDS`` says, or None."""
    first = tokens[0]
    if first.kind == "digits":
        if "/" in first.value or "⁄" in first.value:
            return _Sum(style).read(tokens)
        value = digits(first.value, comma=style.comma) if style.admits(first.value) else None
        if value is None:
            return None
        if len(tokens) == 1:
            return Numeral(value, value, 0, 0, first.value if _is_habit(first.value, value) else "")
        second = tokens[1]
        if len(tokens) == _SIMPLE and second.kind in {"scale", "multiple"}:
            return Numeral(raised(value, second.value), value, second.value)
    return _Sum(style).read(tokens)


def _is_habit(text: str, value: Number) -> bool:
    """Whether three digits were taken for a fraction: ``12.345`` is twelve thousand elsewhere."""
    return isinstance(value, Decimal) and ambiguous(text)


class _Sum:
    """The parts of a number while it is read: 1조 2천 500억 is (1)조 + (2천 + 500)억."""

    __slots__ = (
        *("added", "adds", "base", "current", "decimals", "fractional", "group"),
        *("joined", "lone", "pair", "parts", "section", "style", "unit"),
    )

    def __init__(self, style: Style) -> None:
        self.style = style
        self.parts: list[tuple[Value, int]] = []
        """(amount, power) of each scale so far."""
        self.section: list[tuple[Value, int]] = []
        """(amount, power) of each group since the last scale."""
        self.current: Value | None = None
        """The number since the last group or scale."""
        self.base: Value | None = None
        """What a fraction that must follow is added to: the one of "one and three quarters"."""
        self.decimals: str | None = None
        """The digits since "point"."""
        self.unit = False
        """Whether ``current`` is the 1 that an article stands for."""
        self.fractional = False
        """Whether ``current`` is a part of one: half, three quarters."""
        self.joined = False
        """Whether the last "and" stood right after a scale."""
        self.group = 0
        """The power of the group that is all there was before the last scale."""
        self.pair: Value = 0
        """The first of two digit words, neither zero: 三五亿 is no 35亿."""
        self.adds = self.added = False
        """Whether the last "and" is one within a number, as in treinta y cinco, and has added a word."""
        self.lone = -1
        """The power before a last digit word that may be shorthand, -1 if there is none."""

    def read(self, tokens: Sequence[Token]) -> Numeral | None:
        scales = {(token.kind, token.text.isascii()) for token in tokens}
        if {("multiple", True), ("scale", False)} <= scales:
            return None  # 5G 100억: a name before the amount, no 5 billion more
        previous = ""
        for token in tokens:
            if not getattr(self, f"_{token.kind}")(token, previous):
                return None
            previous = token.kind
        if previous in {"join", "point"} or self.base is not None or _trails(tokens):
            return None
        if previous not in {"digit", "digits"}:
            self.lone = -1
        if self.lone > 1 and self.style.shorthand is None:
            return None
        return self._result()

    def _digits(self, token: Token, previous: str) -> bool:
        if previous == "point" and token.value.isdigit():
            self.decimals = token.value
            return True
        slash = "/" in token.value or "⁄" in token.value
        text = token.value.removeprefix("0,") if self.parts and is_rest(token.value) else token.value
        value = fraction(text) if slash else digits(text, comma=self.style.comma)
        if value is None or not self.style.admits(token.value) or self.decimals is not None:
            return False
        if self.current is not None and (self.current or previous != "digit"):
            return self._over_base(value, previous)
        self.current = value  # 1亿零500万: the nought holds a place
        if previous == "scale" and len(token.value) == 1 and value:
            self.lone = self.parts[-1][1]  # 3万8: as 三万八
        return True

    def _over_base(self, value: Value, previous: str) -> bool:
        """The three in "one and three quarters": a fraction must follow."""
        if previous != "join" or self.base is not None or self.parts:
            return False
        self.base, self.current = self.current, value
        return True

    def _digit(self, token: Token, previous: str) -> bool:
        value: int = token.value
        self.lone = -1
        if self.decimals is not None:
            return self._decimal(value, previous)
        if self.current is None:
            self.current = value
            if value and previous in {"group", "scale"}:
                self.lone = self.section[-1][1] if self.section else self.parts[-1][1]
            return True
        if previous == "count" and self._fits(value):
            self.current = plus(self.current, value)  # 廿二
            return True
        if previous != "digit":
            return False
        self.pair = self.current if 0 < self.current < _TENS and value else 0
        self.current = plus(times(self.current, _TENS), value)
        return True

    def _decimal(self, value: int, previous: str) -> bool:
        decimals = self.decimals or ""
        if previous == "count" and 0 < value < _TENS and len(decimals) > 1 and decimals[-1] == "0":
            self.decimals = decimals[:-1] + str(value)
        else:
            self.decimals = decimals + str(value)
        return previous in {"point", "count", "digit"}

    def _count(self, token: Token, previous: str) -> bool:
        value: int = token.value
        if self.decimals is not None:
            return self._decimal(value, previous)
        if self.current is None:
            self.current = value
            return True
        fits = self._fits(value)
        if previous == "join" and not (fits and self.adds):
            return self._over_base(value, previous)
        if previous not in {"count", "join"} or not fits:
            return False
        self.current, self.added = plus(self.current, value), previous == "join"
        return True

    def _fits(self, value: int) -> bool:
        """Whether a word goes on with the one before: twenty five, doscientos cincuenta."""
        tens = 10 if value < _TENS else 100
        known = self.current or 0
        return 0 < value < tens and known >= (2 * tens if tens == _TENS else tens) and not known % tens

    def _article(self, token: Token, previous: str) -> bool:  # noqa: ARG002 - one signature for all kinds
        if previous == "":
            self.current, self.unit = 1, True
            return True
        return previous in {"half", "fraction", "part", "join"}

    def _half(self, token: Token, previous: str) -> bool:
        return self._fraction(token, previous)

    def _fraction(self, token: Token, previous: str) -> bool:
        part = Fraction(token.value)
        if self.current is None or self.unit:
            self.current, self.unit = part, False
        elif previous in {"count", "digits", "digit"} and not self.added:
            self.current = times(self.current, part)
            if self.base is not None:
                self.current, self.base = plus(self.base, self.current), None
                return True
        elif previous in {"article", "join"}:
            self.current = plus(self.current, part)
            return True
        else:
            return False
        self.fractional = True
        return True

    def _part(self, token: Token, previous: str) -> bool:
        """A denominator: it divides the whole number before it, but for an "and"."""
        if previous not in {"count", "digits", "group", "multiple", "article", "times"}:
            return False
        if self.base is not None:
            part = times(1 if self.current is None else self.current, Fraction(token.value))
            self.current, self.base = plus(self.base, part), None
            return True
        whole: Value = self._rest(0)
        for amount, power in self.parts if not self._is_added() else ():
            whole = plus(whole, shifted(amount, power))
        if not self._is_added():
            self.parts = []
        self.section = []
        self.current = times(whole, Fraction(token.value))
        self.fractional, self.unit = bool(self.parts), False
        return True

    def _is_added(self) -> bool:
        """Whether "and" stood after the last scale: six million and two thirds."""
        return bool(self.parts) and self.joined

    def _times(self, token: Token, previous: str) -> bool:
        """A dozen: it counts what stands right before it."""
        if previous in {"join", "times"} or self.decimals is not None:
            return False
        if self.current is None and self.section:
            self.current = self._rest(0)
            self.section = []
        self.current = times(1 if self.current is None else self.current, token.value)
        self.fractional = self.unit = False
        return True

    def _join(self, token: Token, previous: str) -> bool:
        self.adds = habit("adds", token.language)
        self.joined = previous in {"multiple", "scale"}
        return previous not in {"", "join"} and self.decimals is None

    def _point(self, token: Token, previous: str) -> bool:  # noqa: ARG002 - one signature for all kinds
        if self.decimals is not None or self.fractional or previous == "join":
            return False
        self.decimals = ""
        return True

    def _group(self, token: Token, previous: str) -> bool:  # noqa: ARG002 - one signature for all kinds
        power: int = token.value
        self._close_decimals()
        if self.base is not None or self.pair or (self.section and power >= self.section[-1][1]):
            return False
        self.section.append((1 if self.current is None else self.current, power))
        self.current, self.fractional = None, False
        return True

    def _multiple(self, token: Token, previous: str) -> bool:
        self._close_decimals()
        if self.current is None and not self.section and previous not in {"multiple", "scale"}:
            return False
        return self._scale(token, previous)

    def _scale(self, token: Token, previous: str) -> bool:
        power: int = token.value
        self._close_decimals()
        if self.base is not None or self.pair or (not previous and power >= _LARGE):
            return False
        amount: Value
        if self.current is None and not self.section and previous in {"scale", "multiple"}:
            amount, below = self.parts.pop()
            power += below
        else:
            amount = self._rest(1)
            self.group = self._single_group()
        full = self.section or (self.current is not None and self.current >= _FULL)
        if self.style.shorthand and full and len(self.parts) == 1 and power > self.parts[-1][1]:
            # 1万2千亿, 1万2000亿: 12,000 亿
            small, lower = self.parts.pop()
            amount = plus(shifted(small, lower), amount)
        if self.parts and power >= self.parts[-1][1]:
            return False
        self.parts.append((amount, power))
        self.section, self.current, self.fractional = [], None, False
        return True

    def _close_decimals(self) -> None:
        """Put what "point" parted together again."""
        if self.decimals is not None:
            whole = self._rest(0)
            self.current = plus(whole, Decimal(f"0.{self.decimals or 0}"))
            self.section, self.decimals = [], None

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
        self._close_decimals()
        if self.lone > 0 and self.style.shorthand and self.current is not None:
            self.current = shifted(self.current, self.lone - 1)
        if self.fractional and self.parts and not self.section and self.current is not None:
            # "3 million and a half" is 3.5 million
            amount, power = self.parts.pop()
            self.parts.append((plus(amount, self.current), power))
            self.current = None
        value = self._rest(0)
        for amount, power in self.parts:
            value = plus(value, shifted(amount, power))
        total, inexact = rounded(value)
        if len(self.parts) == 1 and not self.section and self.current is None:
            amount, power = self.parts[0]
            return Numeral(total, rounded(amount)[0], power, self.group, "", inexact)
        return Numeral(total, total, 0, -1 if self.parts else self._single_group(), "", inexact)


def _trails(tokens: Sequence[Token]) -> bool:
    """Whether mere digits follow a multiple: ``$2bn 2024`` is a year, ``$5 billion1`` a note."""
    kinds = [token.kind for token in tokens[-2:]]
    return kinds == ["multiple", "digits"] and tokens[-1].value.isdigit()
