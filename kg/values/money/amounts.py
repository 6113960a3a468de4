"""The sides of an amount put together: which bounds, in which currency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.characters import unreadable
from kg.values.interval.bounds import one, two
from kg.values.interval.particles import leads_on
from kg.values.interval.sides import Refused, sides
from kg.values.money.faults import fault
from kg.values.money.meaning import Money
from kg.values.money.side import CURRENCIES, MoneySide
from kg.values.money.vocabulary import MERE_WORDS, family, home, spoken
from kg.values.numeral import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.errors import Unreadable
    from kg.values.vocabulary import Token


_MANY: Final = 1000
"""A total is at least so many times what comes to one."""
Sides = tuple[MoneySide, MoneySide, MoneySide]
"""Both sides of an amount, one twice if it has one, and the one whose currency is that of both."""


def amount(tokens: Sequence[Token], text: str, language: str, as_written: str = "") -> Money:
    """The amount that some tokens say; raises ``Unreadable``.

    ``text`` is what a message shows; ``language`` is that of the text, "" if nobody said.
    """
    try:
        first, last, sure = parted(tokens, text)
        how = style(habit(tokens, language))
        low = first.number(how)
        high = low if first is last else last.number(how)
        if low is None or high is None:
            raise fault(tokens, text)
        bounds = one(first, low) if first is last else two(first, last, low, high)
    except Refused as error:
        raise refusal(error, tokens, text) from None
    if bounds.min is not None and bounds.max is not None and bounds.min > bounds.max:
        raise unreadable("money-reversed", text)
    currency, symbol = currency_of(sure, tokens, text, language)
    return Money(
        currency,
        bounds.min,
        bounds.max,
        bounds.min_exclusive,
        bounds.max_exclusive,
        bounds.approximate,
        as_written,
        assumed=symbol,
        each=each_of(tokens),
        digits=bounds.assumed,
    )


def parted(tokens: Sequence[Token], text: str) -> Sides:
    """The sides of an amount.

    Raises ``Refused``, or ``Unreadable`` for two currencies.
    """
    found = sides(tokens, MoneySide)
    first, last = found[0], found[-1]
    if first is last:
        return first, first, first
    if _is_change(tokens):
        raise Refused(None)
    sure = _same_currency(first, last, text)
    _lend(sure, first, last)
    return first, last, sure


def _is_change(tokens: Sequence[Token]) -> bool:
    """``10만원에서 12만원으로 상향``: what rose from one amount to another is no amount between both.

    So it is where the second is that of something else, or of another time: 3조원에서 내년 5조원.
    """
    parting = [at for at, token in enumerate(tokens) if token.kind == "range" and token.text[0].isalpha()]
    if not parting:
        return False
    second = tokens[parting[-1] + 1 : parting[-1] + 2]
    changed = leads_on(tokens) or any(token.kind == "change" for token in tokens)
    return changed or any(token.kind == "label" for token in second)


def each_of(tokens: Sequence[Token]) -> str:
    """The words that say that the amount is for one of something, "" if there are none."""
    return next((token.text for token in tokens if token.kind == "each"), "")


def joined(first: Money, second: Money) -> Money | None:
    """An amount with what stands in brackets after it; None where both say different things.

    The same number again under a sign that may be of the same currency is the same amount, as
    contracts have it: 人民币伍拾万元（¥500,000）, ¥500,000（人民币伍拾万元）. What comes to one of
    something is no second amount: $40 million, or 45 cents per share.
    """
    if second.each and not first.each and _is_total(first, second):
        return first
    if second.currency == first.currency:
        return first if is_again(second, first) else None
    again = (second.min, second.max) == (first.min, first.max)
    if again and second.assumed and first.currency in family(second.currency):
        return first
    if again and first.assumed and second.currency in family(first.currency):
        return first._replace(currency=second.currency, assumed=second.assumed)
    return first._replace(converted=second)


def _is_total(first: Money, second: Money) -> bool:
    """Whether an amount is too large beside the second one to be a price of one: not $20 or $30 a share."""
    whole, part = first.min or first.max, second.max or second.min
    return whole is not None and part is not None and whole >= _MANY * part


def is_again(second: Money, first: Money) -> bool:
    """Whether an amount in the same currency says nothing new: 不超过30亿元(含30亿元)."""
    ends = (first.min, first.max)
    return (second.min, second.max) == ends or (second.min == second.max and second.min in ends)


def without(first: Money, joined_again: Money) -> Money | None:
    """An amount whose only bound is left out, which is said again in brackets; None if it is another one."""
    if joined_again.converted is not None or (first.min is None) == (first.max is None):
        return None
    return first._replace(min_exclusive=first.min is not None, max_exclusive=first.max is not None)


def habit(tokens: Sequence[Token], language: str) -> str:
    """The language whose way with separators holds: that of a word which only it has, else the text's."""
    told = (t.language for t in tokens if t.language and not (language and t.kind in MERE_WORDS))
    return next((other for other in told if style(other).comma), language or spoken(tokens))


def _lend(sure: MoneySide, first: MoneySide, last: MoneySide) -> None:
    """Both sides count in the same currency, and in cents if the only currency named is in cents."""
    for side in (first, last):
        if not side.named:
            side.power = sure.power
            side.currency = sure.currency
            side.sign_after = sure.sign_after


def _same_currency(first: MoneySide, last: MoneySide, text: str) -> MoneySide:
    """The side whose currency is that of both."""
    if not _names(last) or not _names(first):
        return first if _names(first) else last
    sure, other = (last, first) if first.symbol else (first, last)
    if other.currency == sure.currency or (other.symbol and sure.currency in family(other.currency)):
        return sure
    raise unreadable("money-two-currencies", text, (first.currency, last.currency))


def _names(side: MoneySide) -> bool:
    return bool(side.currency or side.unsure)


def currency_of(side: MoneySide, tokens: Sequence[Token], text: str, language: str) -> tuple[str, str]:
    """The currency of the amount, and the symbol that it was assumed from."""
    tongue = language or next((t.language for t in tokens if t.language not in {"", "en", "ko"}), "")
    if side.unsure:
        there = home(tongue)
        if there in side.unsure:
            return there, side.symbol
        raise unreadable("money-currency-ambiguous", text, side.unsure, args={"word": side.symbol})
    if not side.currency:
        if any(token.kind == "vague" for token in tokens):
            raise fault(tokens, text)
        raise unreadable("money-no-currency", text, ("USD", "KRW", "EUR"))
    if not side.symbol:
        return side.currency, ""
    there = home(tongue)
    return (there if there in family(side.currency) else side.currency), side.symbol


def _is_amount(tokens: Sequence[Token]) -> bool:
    """Whether tokens have a number and a currency, and no word that is not known."""
    kinds = {token.kind for token in tokens}
    return "digits" in kinds and not kinds.isdisjoint(CURRENCIES) and "unknown" not in kinds


def refusal(error: Refused, tokens: Sequence[Token], text: str) -> Unreadable:
    """Why tokens are no amount, of which one has no place."""
    at = None if error.at is None else tokens[error.at]
    if at is not None and at.kind in CURRENCIES and not any(t.kind == "unknown" for t in tokens):
        named = [str(t.value) for t in tokens if t.kind in CURRENCIES and t.kind != "unsure"]
        if len(set(named)) > 1:
            return unreadable("money-two-currencies", text, (named[0], str(at.value)))
    if error.at is not None and tokens[error.at].kind == "digits" and _is_amount(tokens[: error.at]):
        return unreadable("money-two-amounts", text)
    return fault(tokens, text, at)
