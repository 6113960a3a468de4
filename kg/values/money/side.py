"""One side of an amount: a number with its currency, and cents after it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Self

from kg.values.interval.side import Side, changed
from kg.values.money.vocabulary import (
    family,
    groups_by_point,
    minor_digits,
    plain_units,
    tenths_after,
    thousand_before,
)
from kg.values.number import EXACT
from kg.values.numeral import Number, Numeral, Style, numeral, raised
from kg.values.numeral.digits import ambiguous

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.values.vocabulary import Token

CURRENCIES: Final = frozenset({"currency", "assumed", "code", "subunit", "tenth", "unsure"})
"""The kinds of token that name a currency."""
_PARTS: Final = {"subunit": -2, "tenth": -1}
_OPEN: Final = frozenset({"assumed", "subunit", "tenth", "unsure"})
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_CENTS: Final = re.compile(r"[0-9]{1,2}")
_HUNDRED: Final = 100
_THOUSAND: Final = 3
_MULTIPLES: Final = frozenset({"multiple", "scale"})


class MoneySide(Side):
    """A side whose unit is a currency."""

    units = CURRENCIES
    currency = ""
    symbol = ""
    """The symbol or word that the currency is assumed from, "" if it has one meaning."""
    unsure: tuple[str, ...] = ()
    """What the word may stand for, where nothing is assumed."""
    power = 0
    """-2 where cents are counted, -1 for tenths."""
    named = 0
    """How many times the currency has been named."""
    sign_after = False
    """Whether the currency is a sign after the number, as where a point groups: ``500.000 €``."""
    counted = False
    """Whether a currency has followed the number."""
    apart = False
    """Whether a label stood between the currency and the number: 美元基金投资3亿元."""
    stated = False
    """Whether a sign of the currency stands before the number, and its cents after it: ``$ 50 cents``."""

    def __init__(self) -> None:
        """Begin with no numeral."""
        super().__init__()
        self.minor: list[Token] = []
        self.minors: list[tuple[list[Token], int]] = []
        self.before: list[Token] = []

    def tokens(self) -> list[Token]:
        """All tokens that say how much it is: the number, cents, a multiple before it."""
        return [*self.before, *self.numeral, *self.minor, *(t for tokens, _ in self.minors for t in tokens)]

    def with_digits(self, digits: Mapping[int, str]) -> Self:
        """As of any side; cents have digits too."""
        found = super().with_digits(digits)
        if self.minor or self.minors:
            found.minor = changed(self.minor, digits)
            found.minors = [(changed(tokens, digits), power) for tokens, power in self.minors]
        return found

    def is_plain(self) -> bool:
        """As of any side; no number may follow that could be cents."""
        whole = super().is_plain() and not (self.minor or self.minors or self.stated)
        return whole and numeral([*self.numeral, *self.before]) is not None

    def take(self, token: Token) -> bool:
        """As any side does; a multiple may be joined to the currency before the number: ``MUSD 60``.

        There a T is a thousand, not a trillion: ``TEUR 500``.
        """
        if token.kind == "label" and self.currency and not self.numeral:
            self.apart = True
        if token.kind == "multiple" and not self.numeral and not self.before:
            self.before = [token._replace(value=_THOUSAND) if token.text in thousand_before() else token]
            return True
        return super().take(token)

    def take_more(self, token: Token) -> bool:
        """A number after the currency counts cents: ``20 dollars 43``, ``5元3角``.

        After ``75 USD`` a multiple belongs to the first number: ``75 USD million``.
        """
        if token.kind == "multiple" and not self.minor and not self.minors and self.named == 1:
            self.numeral.append(token)
            return True
        if not self.currency or self.named > 1 or (self.bound and not self.bound_first):
            return False
        self.minor.append(token)
        return True

    def take_unit(self, token: Token) -> bool:
        """Put a currency into the side, unless it has another one."""
        kind, value, symbol = token.kind, token.value, token.text
        self.closed = bool(self.numeral)
        if kind in _PARTS and len(symbol) == 1 and symbol.isalpha() and not self.closed:
            return False  # "C20" is no cents
        if kind in _PARTS and self.currency and self.numeral:
            return self._take_part(kind) or self._count_parts(kind, value)
        if self.before and self.before[0].end != token.start:
            return False
        if self.minor or self.minors:
            return False
        if kind == "unsure":
            if self.currency:
                return self.currency in value
            if self.unsure:
                return False
            self.unsure, self.symbol = tuple(value), symbol
            return True
        if not self._fits(kind, value, symbol):
            return False
        self.counted = self.counted or self.closed
        self.named += not (self.named and symbol in plain_units())
        self.sign_after = self.closed and not symbol[:1].isalpha()
        self.power = _PARTS.get(kind, self.power)
        return True

    def _fits(self, kind: str, value: str, symbol: str) -> bool:
        if self.unsure:
            if value not in self.unsure:
                return False
            self.unsure, self.currency, self.symbol = (), value, ""
        elif not self.currency:
            self.currency, self.symbol = value, symbol if kind in _OPEN else ""
        elif kind in _OPEN:
            if self.symbol and value in family(self.currency):
                self.currency, self.symbol = value, symbol  # "¥300元": of what the sign may be, that one
                return True
            if self.numeral and not self.symbol and not self.apart and symbol in plain_units():
                return True  # "美金300萬元": so many of them
            # "AUD $15": the symbol may stand for what is already named
            return value == self.currency or self.currency in family(value)
        else:
            meant = self.symbol in plain_units() or value in family(self.currency)
            if value != self.currency and not (self.symbol and meant):
                return False
            self.currency, self.symbol = value, ""
        return True

    def _take_part(self, kind: str) -> bool:
        """Cents, or tenths, of the number before; alone they are the unit: ``$ 50 cents``."""
        if not self.minor:
            self._cut()
        if self.power or not self.minor:
            return False
        self.minors.append((self.minor, _PARTS[kind]))
        self.minor = []
        return True

    def _count_parts(self, kind: str, value: str) -> bool:
        """``人民币5分``: the currency is named before, and its cents are counted."""
        same = value == self.currency or self.currency in family(value)
        if not same or self.power or self.counted or self.minor or self.minors:
            return False
        self.power = _PARTS[kind]
        self.stated = not self.symbol[:1].isalpha() and bool(self.symbol)
        return True

    def _cut(self) -> None:
        """Part the cents from the number where the currency stood before both: ``$20 and 43``."""
        whole, rest = self.numeral[:1], self.numeral[1:]
        if whole[0].kind == "digits" and rest and not self.minors and rest[0].kind in {"join", "digits"}:
            self.numeral, self.minor = whole, rest

    def number(self, style: Style) -> Numeral | None:
        """The number of the side in units of its currency, or None if it can't be read."""
        if not self.numeral or self._is_twofold():
            return None
        if self.numeral[-1].kind == "join" and self.closed:
            self.numeral.pop()
        self.numeral += self.before
        if not self.numeral or (self.stated and "." in self.numeral[0].text):
            return None  # "£1.20p" is 120 pence, or a little more than one
        found = numeral(self.numeral, self._style(style))
        if found is None and self.named and not self.minor:
            self._cut()
            found = numeral(self.numeral, self._style(style))
        if found is None:
            return None
        if self._is_grouped() and not style.comma and minor_digits(self.currency):
            found = found._replace(assumed=self.numeral[0].text)
        if self.power:
            found = found._replace(value=raised(found.value, self.power), head=raised(found.head, self.power))
        if self.minor or self.minors:
            cents = self._cents(found)
            if cents is None:
                return None
            whole: Number = EXACT.add(Decimal(found.value), cents)
            found = Numeral(whole, whole, 0, -1, found.assumed)  # nothing is multiplied that has cents
        return found._replace(value=-found.value, head=-found.head) if self.negative else found

    def _is_twofold(self) -> bool:
        """``MUSD 60 million`` says it twice, or something else."""
        return bool(self.before) and any(token.kind in _MULTIPLES for token in self.numeral)

    def _style(self, style: Style) -> Style:
        """A currency that nobody pays parts of has no decimal point: ``12.500 ₫``."""
        only = len(self.numeral) == 1
        if only and self.currency in groups_by_point() and _THOUSANDS.fullmatch(self.numeral[0].text):
            return style._replace(comma=True)
        if only and not minor_digits(self.currency) and ambiguous(self.numeral[0].text):
            return style._replace(comma="." in self.numeral[0].text)
        return style._replace(comma=True) if self._is_grouped() else style

    def _is_grouped(self) -> bool:
        """``500.000 €``: a sign after the number is written where a point groups."""
        return self.sign_after and len(self.numeral) == 1 and bool(_THOUSANDS.fullmatch(self.numeral[0].text))

    def _cents(self, found: Numeral) -> Decimal | None:
        """What is added to the number, or None where it can't be cents."""
        if not isinstance(found.value, int) or found.inexact:
            return None
        total = Decimal(0)
        lone = len(self.minor) == 1 and len(self.minor[0].text) == 1
        power = -1 if lone and self.symbol in tenths_after() else -2
        minors = [*self.minors, (self.minor, power)] if self.minor else self.minors
        for tokens, power in minors:
            plain = [token for token in tokens if token.kind != "join"]
            read = numeral(plain) if plain else None
            if read is None or not isinstance(read.value, int) or not 0 <= read.value < _HUNDRED:
                return None
            if tokens is self.minor and (found.scale or not minor_digits(self.currency)):
                return None
            if plain[0].kind == "digits" and _CENTS.fullmatch(plain[0].text) is None:
                return None
            total += Decimal(read.value).scaleb(power)
        return total
