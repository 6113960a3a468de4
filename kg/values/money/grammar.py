"""``money``: an amount with its qualifiers, and the same amount in another currency.

The rules, one function each (docs/values.md has the grammar in EBNF)::

    money      = interval , [ conversion , { QUALIFIER } ] ;
    conversion = OPEN , [ CONVERT ] , interval , CLOSE | [ PAUSE ] , CONVERT , interval ;

Every token must be consumed; otherwise the text is no amount.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import NotUnderstood
from kg.values.characters import unreadable
from kg.values.grammar import whole
from kg.values.grammar.digits import digits, moved
from kg.values.grammar.interval import LOWER, Interval, interval, ordered, trailing
from kg.values.lexicon import cldr
from kg.values.money.canonical import canonical
from kg.values.money.meaning import Money
from kg.values.money.units import Currencies, Currency, settled

if TYPE_CHECKING:
    from kg.values.grammar.cursor import Cursor
    from kg.values.grammar.digits import Number
    from kg.values.grammar.whole import Asked
    from kg.values.lexicon import Lexicon

CODES: Final = {
    "undisclosed": "money-no-amount",
    "rate": "money-rate",
    "loss": "money-loss",
    "change": "money-change",
    "part": "money-part",
    "comparison": "money-comparison",
    "vague": "money-no-amount",
    "two": "money-two-amounts",
}
"""Kinds of words that make a text something else than an amount -> code; the first one decides."""
_UNITS: Final = Currencies()


def read(text: str, lexicon: Lexicon, language: str = "", *, currency: str = "") -> Money:
    """The amount that a whole text is; ``currency`` is its own where the text names none.

    Raises ``NotUnderstood``: ``money-word`` where words of the text are not understood, ``money-rate`` and
    its like where they say that it is something else, ``money-two-amounts`` for two amounts,
    ``money-no-currency``. Raises ``Unreadable`` for what is impossible or open: ``money-two-currencies``,
    ``money-currency-ambiguous``, ``number-reversed``.
    """
    return whole.read(RULES, lexicon, whole.Asked(text, language, bool(language), currency=currency))


def money(c: Cursor, asked: Asked) -> Money | None:
    """``money``, with every token consumed; None if the tokens are no amount."""
    first = interval(c, _UNITS)
    if first is None:
        return None
    second = None if c.done() else conversion(c)
    op, about = trailing(c) if second is not None else ("", False)
    if not c.done() or (op and first.min != first.max):
        return None
    found = _qualified(_money(first, asked), op, about=about)
    if second is None:
        return found
    other = _money(second, asked)
    if other.currency == found.currency:
        return found if other[:6] == found[:6] else None
    return found._replace(converted=other._replace(as_written=""))


def _qualified(found: Money, op: str, *, about: bool) -> Money:
    """An amount with the qualifiers behind its conversion: 21조원(150억달러) 이상."""
    if op in LOWER:
        found = found._replace(max=None, min_exclusive=op == ">")
    elif op:
        found = found._replace(min=None, max_exclusive=op == "<")
    return found._replace(approximate=True) if about else found


def conversion(c: Cursor) -> Interval | None:
    """``conversion``; None, and nothing consumed, if there is none."""
    mark = c.at
    opened = c.take("open") is not None
    if not opened:
        c.take("pause")
    converted = False
    while c.peek("convert") is not None and c.peek("about") is None:
        converted = True
        c.at += 1
    if opened or converted or c.peek("convert") is not None:  # 约合 converts, and is about
        found = interval(c, _UNITS)
        if found is not None and found.unit is not None and (not opened or c.take("close") is not None):
            return found
    c.at = mark
    return None


def _money(found: Interval, asked: Asked) -> Money:
    unit: Currency | None = found.unit
    if unit is None and asked.currency:
        unit = Currency((asked.currency,), asked.currency)
    if unit is None:
        raise NotUnderstood(*unreadable("money-no-currency", asked.text).problems)
    currency, assumed = settled(unit, asked)
    ordered(found, asked.text)
    low, high = found.min, found.max
    ambiguous = found.ambiguous[0] or found.ambiguous[1]
    if ambiguous and _groups(ambiguous, unit, currency, asked):
        low = _grouped(low, found.ambiguous[0], unit.power)
        high = _grouped(high, found.ambiguous[1], unit.power)
        ambiguous = ""
    elif any(isinstance(end, int) for end in (low, high)):
        ambiguous = ""  # it was read as a group
    flags = (found.min_exclusive, found.max_exclusive, found.approximate)
    return Money(currency, low, high, *flags, asked.text.strip(), None, assumed, ambiguous)


def _grouped(end: Number | None, written: str, power: int) -> Number | None:
    """One end of an amount read again, with a separator that groups."""
    value = digits(written, comma="." in written) if end is not None and written else None
    if end is None or value is None:
        return end
    value = moved(value, power) if power else value
    return -value if end < 0 else value


def _groups(written: str, unit: Currency, currency: str, asked: Asked) -> bool:
    """Whether a separator before three digits groups, against the habit of the language.

    A comma does where nobody declared the language. A point does where the currency has no hundredths, where
    its country separates decimals by a comma, and where the sign follows the number (``500.000 €``): only
    those who group by points write it there.
    """
    from babel.numbers import get_currency_precision  # noqa: PLC0415 - only where the separator is ambiguous

    if "," in written:
        return not asked.declared and cldr.comma(asked.language)
    after = not unit.written_before and not (asked.declared and asked.language.startswith("en"))
    return after or not get_currency_precision(currency) or cldr.comma(f"und-{currency[:2]}")


RULES: Final = whole.Rules("money", "money-word", money, canonical, CODES)
