"""One side of an interval: a number with its unit and its marks, while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from kg.values.interval.particles import may_stand_first, may_stand_last
from kg.values.numeral import KINDS, Numeral, Style, numeral
from kg.values.vocabulary import Token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MINUS: Final = frozenset("-−‐‑")
_COUNTED: Final = frozenset({"digits", "scale", "multiple", "group"})
_FLAGS: Final = {"band": "band", "not-equal": "open_end"}
"""Marks that stand after the number, and what they say of the side."""
_OF: Final = frozenset({"of", "de", "d'", "di", "da", "do", "von", "van"})
_DIGITS: Final = frozenset({"digits"})
_APART: Final = frozenset({"digits", "count", "half", "fraction"})
"""What no number goes on with behind a word that says nothing: $5 million in two tranches, in half."""
_PASSED_OVER: Final = frozenset({"filler", "between"})


def changed(tokens: Sequence[Token], digits: Mapping[int, str]) -> list[Token]:
    """The tokens with other digits: where a token begins -> its digits."""
    return [
        Token("digits", digits[t.start], digits[t.start], t.start, t.end, t.language)
        if t.kind == "digits" and t.start in digits
        else t
        for t in tokens
    ]


class Side:
    """What has been read of one side; the defaults are "nothing yet"."""

    units: frozenset[str] = frozenset()
    """The kinds of token that name a unit."""
    closed = False
    """Whether something other than a numeral has followed the numeral."""
    bound = ""
    bound_first = False
    """Whether the bound stood before the number."""
    open_end = False
    """Whether the number itself is said to be left out: 1亿元（不含）."""
    approximate = False
    band = False
    third = ""
    """Which part of the band is meant: ``first``, ``second`` or ``last``."""
    negative = False
    parted = False
    """Whether a label has followed the number: neither a unit nor more of a number can come after it."""
    interrupted = ""
    """The word that says nothing and has followed the number: no digits are more of it then.

    After one of Korean, Japanese or Chinese no other number is; in English it may be a quarter of a million.
    """
    starts = False
    """Whether "from" stood before it: alone, that is a lower bound."""

    def __init__(self) -> None:
        """Begin with no numeral."""
        self.numeral: list[Token] = []

    def tokens(self) -> list[Token]:
        """All tokens that say how much it is."""
        return self.numeral

    def with_digits(self, digits: Mapping[int, str]) -> Self:
        """The side as it is with other digits: where a token begins -> its digits."""
        found = object.__new__(type(self))
        found.__dict__.update(self.__dict__)
        found.numeral = changed(self.numeral, digits)
        return found

    def is_plain(self) -> bool:
        """Whether its number is digits and the scales that they count in."""
        return all(token.kind in _COUNTED for token in self.numeral)

    def is_empty(self) -> bool:
        """Whether no number has been read."""
        return not self.numeral

    def take(self, token: Token) -> bool:
        """Whether the side has a place for the token; if so, it is put there."""
        kind = token.kind
        if kind in KINDS:
            return self._take_number(token)
        if kind in self.units:
            return not self.parted and self.take_unit(token)
        if kind in _PASSED_OVER:
            if self.numeral and (not token.text.isascii() or token.text[0].isalpha()):
                self.interrupted = token.text
            return True
        if kind == "approximate":
            self.approximate = self.approximate or token.value != "after" or bool(self.numeral)
            return True
        if kind == "convert":
            return not self.numeral and token.text[0].isalpha()
        if kind == "from":
            self.starts = not self.numeral
            return self.starts
        if kind == "minus":
            self.negative = not self.negative
            return not self.numeral and self.negative
        return self._take_mark(token)

    def _take_number(self, token: Token) -> bool:
        if self.interrupted and token.kind in (_DIGITS if self.interrupted in _OF else _APART):
            return False
        if self.closed:
            return not self.parted and self.take_more(token)
        self.numeral.append(token)
        return self.interrupted.isascii()

    def _take_mark(self, token: Token) -> bool:
        kind, value = token.kind, token.value
        self.closed = bool(self.numeral)
        if kind in {"label", "each", "change"}:
            self.parted = self.closed
            return True
        if kind == "bound":
            if token.text == "+" and not self.numeral:
                return True
            if not (may_stand_last(token) if self.numeral else may_stand_first(token)):
                return False
            if value.endswith("~"):
                value, self.approximate = value[:-1], True
            if self.bound not in {"", value}:
                return False
            self.bound, self.bound_first = value, not self.numeral
            return True
        if kind == "or-equal" and self.bound in {"<", ">"}:
            self.bound += "="
            return True
        flag = _FLAGS.get(kind, "")
        if flag and self.numeral and not getattr(self, flag):
            setattr(self, flag, True)
            return True
        if kind == "third" and self.numeral and not self.third:
            self.third, self.band, self.approximate = value, True, True
            return True
        return False

    def take_unit(self, token: Token) -> bool:  # noqa: ARG002 - for the value types
        """Whether the side has a place for a unit."""
        return False

    def take_more(self, token: Token) -> bool:  # noqa: ARG002 - for the value types
        """Whether a numeral may follow what closed the first one."""
        return False

    def borrow(self, other: Side) -> None:
        """Take over the unit of the other side, if there is none."""

    def take_sign(self, token: Token) -> bool:
        """Whether the token may stand before the number: ``-`` is a minus, ``~`` is "about"."""
        if token.value in MINUS and not self.negative:
            self.negative = True
        elif token.value == "~" and not self.approximate:
            self.approximate = True
        else:
            return False
        return True

    def number(self, style: Style) -> Numeral | None:
        """The number of the side, or None if it has none that can be read."""
        found = numeral(self.numeral, style) if self.numeral else None
        if found is None or not self.negative:
            return found
        return found._replace(value=-found.value, head=-found.head)
