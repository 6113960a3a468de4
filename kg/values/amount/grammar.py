"""``money``: an amount with its qualifiers, and the same amount in another currency.

The rules, one function each (docs/values.md has the grammar in EBNF)::

    money      = interval , [ conversion ] ;
    conversion = OPEN , [ CONVERT ] , interval , CLOSE | [ PAUSE ] , CONVERT , interval ;

Every token must be consumed; otherwise the text is no amount.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.amount.explain import KINDS, explain
from kg.values.amount.meaning import Money
from kg.values.amount.units import Currencies, Currency, settled
from kg.values.characters import unreadable
from kg.values.grammar.cursor import Cursor
from kg.values.grammar.digits import digits
from kg.values.grammar.interval import Interval, interval
from kg.values.grammar.scanner import LONGEST, normalized
from kg.values.lexicon import cldr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.errors import Unreadable
    from kg.values.grammar.scanner import Token
    from kg.values.lexicon import Lexicon

_UNITS: Final = Currencies()


def read(text: str, lexicon: Lexicon, language: str = "") -> Money:
    """The amount that a whole text is.

    Raises ``Unreadable``: ``money-word`` where words of the text are not understood, ``money-rate`` and its
    like where they say that it is something else, ``money-two-amounts`` for two amounts,
    ``money-no-currency``, or what is impossible: ``money-two-currencies``, ``number-reversed``.
    """
    if len(text) > LONGEST:
        raise unreadable("text-too-long", text, args={"length": len(text), "limit": LONGEST})
    plain = normalized(text)
    tongues = lexicon.languages(plain, language)
    for tongue in tongues:
        tokens = lexicon.scanner("money", tongue).scan(plain)
        found = money(_cursor(tokens, lexicon, tongue), text, language or tongue, declared=bool(language))
        if found is not None:
            return found._replace(as_written=text.strip())
        if any(kind in token.senses for token in tokens for kind in KINDS):
            tongues = (tongue,)  # a word says that it is something else: no other language is asked
            break
    raise _refused(plain, lexicon, tongues[0] if tongues else "en", text)


def _refused(plain: str, lexicon: Lexicon, language: str, text: str) -> Unreadable:
    tokens = lexicon.scanner("money", language).scan(plain)

    def parse(piece: Sequence[Token]) -> Money | None:
        return money(_cursor(piece, lexicon, language), text, language, declared=True)

    found = explain(tokens, plain, parse)
    return unreadable(found.code, text, args={"word": ", ".join(found.words), "without": found.without})


def _cursor(tokens: Sequence[Token], lexicon: Lexicon, language: str) -> Cursor:
    habits = lexicon.table(language).get("language", {})
    return Cursor(
        tokens,
        comma=lexicon.comma(language),
        shorthand=bool(habits.get("shorthand")),
        vigesimal=bool(habits.get("vigesimal")),
    )


def money(c: Cursor, text: str, language: str, *, declared: bool) -> Money | None:
    """``money``, with every token consumed; None if the tokens are no amount."""
    first = interval(c, _UNITS)
    if first is None:
        return None
    second = None if c.done() else conversion(c)
    if not c.done():
        return None
    found = _money(first, text, language, declared=declared)
    if second is None:
        return found
    other = _money(second, text, language, declared=declared)
    if other.currency == found.currency:
        return found if other[:6] == found[:6] else None
    return found._replace(converted=other)


def conversion(c: Cursor) -> Interval | None:
    """``conversion``; None, and nothing consumed, if there is none."""
    mark = c.at
    opened = c.take("open") is not None
    c.take("pause")
    converted = False
    while c.peek("convert") is not None:
        converted = True
        if c.peek("about") is not None:
            break  # it makes the number approximate, too
        c.at += 1
    if opened or converted:
        found = interval(c, _UNITS)
        if found is not None and found.unit is not None and (not opened or c.take("close") is not None):
            return found
    c.at = mark
    return None


def _money(found: Interval, text: str, language: str, *, declared: bool) -> Money:
    unit: Currency | None = found.unit
    if unit is None:
        raise unreadable("money-no-currency", text)
    currency, assumed = settled(unit, text, language)
    low, high, ambiguous = found.min, found.max, found.ambiguous
    if ambiguous and _groups(ambiguous, unit, currency, language, declared=declared):
        low, high = (
            None if end is None else digits(ambiguous, comma="." in ambiguous) for end in (low, high)
        )
        ambiguous = ""
    elif any(isinstance(end, int) for end in (low, high)):
        ambiguous = ""  # it was read as a group
    flags = (found.min_exclusive, found.max_exclusive, found.approximate)
    return Money(currency, low, high, *flags, assumed=assumed, digits=ambiguous)


def _groups(written: str, unit: Currency, currency: str, language: str, *, declared: bool) -> bool:
    """Whether a separator before three digits groups, against the habit of the language.

    A comma does where nobody declared the language. A point does where the currency has no hundredths, where
    its country separates decimals by a comma, and where the sign follows the number (``500.000 €``): only
    those who group by points write it there.
    """
    from babel.numbers import get_currency_precision  # noqa: PLC0415 - only where the separator is ambiguous

    if "," in written:
        return not declared and cldr.comma(language)
    after = not unit.written_before and not (declared and language.startswith("en"))
    return after or not get_currency_precision(currency) or cldr.comma(f"und-{currency[:2]}")
