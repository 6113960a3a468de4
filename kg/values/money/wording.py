"""Amounts whose wording is known: what their words say is kept, the digits are read anew.

``$1,234.56``, ``약 729조원``, ``1조2000억원``, ``$15-25bn``: the same few wordings come again and again.
Whatever cannot be told by this is left to the grammar; a test holds that both say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.errors import Unreadable
from kg.values.characters import checked
from kg.values.interval.sides import Refused
from kg.values.interval.wording import KEPT, LONGEST, Ends, parted, slots
from kg.values.money import amounts
from kg.values.money.conversion import in_currency, parts
from kg.values.money.cutting import tokens as cut
from kg.values.money.meaning import Money
from kg.values.numeral import style
from kg.values.scanner import normal
from kg.values.vocabulary import remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.interval.wording import Slots
    from kg.values.vocabulary import Token


class _Amount(NamedTuple):
    """One amount in a known wording."""

    ends: Ends
    currency: str
    symbol: str
    each: str

    def money(self, runs: Sequence[str], as_written: str) -> Money | None:
        """The amount with these runs of digits, or None where the grammar is needed."""
        first, exact = self.ends.first, self.ends.exact
        value = first.value(runs) if exact else None
        currency, symbol, each = self.currency, self.symbol, self.each
        if value is not None:
            about = first.side.approximate
            return Money(currency, value, value, False, False, about, as_written, None, symbol, each)  # noqa: FBT003
        found = self.ends.interval(runs)
        if found is None:
            return None
        least, most, more, less, about, digits = found
        return Money(currency, least, most, more, less, about, as_written, None, symbol, each, digits)


class Known(NamedTuple):
    """An amount in a known wording, and the same in another currency."""

    main: _Amount
    converted: _Amount | None

    def money(self, runs: Sequence[str], as_written: str) -> Money | None:
        """The amount with these runs of digits, or None where the grammar is needed."""
        found = self.main.money(runs, as_written)
        if found is None or self.converted is None:
            return found
        again = self.converted.money(runs, "")
        return None if again is None else amounts.joined(found, again)


def read(text: str, language: str) -> Money | None:
    """The amount that a whole text is, or None where the grammar is needed."""
    if len(text) > LONGEST:
        return None
    wording, runs = parted(text)
    known = _whole(wording, language)
    if known is None and not text.isascii() and (plain := normal(text)) != text:
        wording, runs = parted(plain)
        known = _whole(wording, language)
    return None if known is None else known.money(runs, text.strip())


@remembered(KEPT)
def _whole(wording: str, language: str) -> Known | None:
    """What a wording says as a whole, or None if it is no amount or its digits may be other ones."""
    try:
        checked(wording)
        found = cut(wording, language)
        places = slots(found, wording)
        return None if places is None else known(found, places, wording, language)
    except (Unreadable, Refused):
        return None


def known(tokens: list[Token], places: Slots, text: str, language: str) -> Known:
    """What the tokens of a wording say; raises ``Unreadable`` or ``Refused`` if that is no amount."""
    main, inner = parts(tokens, text)
    first = _amount(main, places, text, language)
    if not inner:
        return Known(first, None)
    return Known(first, _amount(in_currency(inner, first.currency), places, text, language))


def _amount(tokens: list[Token], places: Slots, text: str, language: str) -> _Amount:
    first, last, sure = amounts.parted(tokens, text)
    currency, symbol = amounts.currency_of(sure, tokens, text, language)
    ends = Ends.of(first, last, places, style(amounts.habit(tokens, language)))
    return _Amount(ends, currency, symbol, amounts.each_of(tokens))
