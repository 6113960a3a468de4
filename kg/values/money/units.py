"""Currencies beside the numbers of an amount.

The rules, one function each (docs/values.md has the grammar in EBNF)::

    before   = [ ARTICLE ] , currency ;
    after    = currency | subunit ;
    tail     = { numeral , [ subunit ] } ;           (* 3 dollars 50 cents *)
    currency = CURRENCY ;
    subunit  = SUBUNIT | TENTH ;
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.values.characters import unreadable
from kg.values.grammar.digits import Number, add, moved
from kg.values.grammar.numeral import Numeral, numeral
from kg.values.lexicon import cldr

if TYPE_CHECKING:
    from kg.values.grammar.cursor import Cursor
    from kg.values.grammar.whole import Asked


ANY: Final = "*"
"""Among the currencies of a subunit: it may be a part of any other, too."""


class Currency(NamedTuple):
    """What a symbol, code or name can mean."""

    codes: tuple[str, ...]
    """The possible currencies, the one that is assumed first; "" first if none is; empty where two
    marks contradict each other."""
    text: str
    power: int = 0
    """The power of ten that it multiplies a number with: -2 for cents, 6 for MSEK."""
    written_before: bool = False


class Currencies:
    """The units of amounts of money; a plain function for each place where one may be."""

    def before(self, c: Cursor) -> Currency | None:
        """``[ ARTICLE ] , currency`` before the number."""
        if c.peek("article") is not None and c.peek("currency", 1) is not None and c.peek("digits", 2):
            c.at += 1  # a US$4.7 billion deal
        found = _currency(c)
        if found is not None and (more := _currency(c)) is not None:  # SGD $
            found = self.both(found, more)
        return found._replace(written_before=True) if found is not None else None

    def after(self, c: Cursor) -> Currency | None:
        """``currency`` or ``subunit`` after the number, with what links them (``millions de dollars``)."""
        mark = c.at
        if (
            c.peek("hyphen") is not None
            and c.is_joined()
            and c.tokens[min(c.at + 1, c.end - 1)].text.isalpha()
        ):
            c.at += 1  # 5-million-dollar, but not $10-$20
        c.take("link")
        found = _currency(c)
        if found is None:
            found = _subunit(c)
        elif (more := _currency(c)) is not None:  # 5 $ US
            found = self.both(found, more)
        if found is None:
            c.at = mark
        return found

    def both(self, first: Any, second: Any) -> Any:  # noqa: ANN401 - contract
        """The currency that both can mean, one without codes if there is none."""
        if first is None or second is None or first == second:
            return first if second is None else second
        common = tuple(code for code in first.codes if code in second.codes and code)
        if not common:
            return Currency((), f"{first.text} {second.text}")
        narrow = min(first, second, key=lambda found: len(found.codes))
        return narrow._replace(codes=common if len(narrow.codes) > 1 else narrow.codes)

    def tail(self, c: Cursor, number: Numeral, unit: Any) -> tuple[Number, Any]:  # noqa: ANN401 - contract
        """The amount with its hundredths: 3 dollars *50 cents*, 15 dollars *50*."""
        value: Number = number.value
        if unit is None or unit.power or not isinstance(value, int):
            return value, unit
        if not number.scale and not unit.written_before and (scale := c.peek("multiple")) is not None:
            c.at += 1  # 75 USD million
            return moved(value, scale), unit
        mark = c.at
        joined = c.take("join") is not None
        part = numeral(c)
        small = _subunit(c) if part is not None else None
        if part is None or not isinstance(part.value, int) or not _fits(part, small, unit):
            c.at = mark
            return value, unit
        alone = small is None and (not (joined or part.value >= 10**1) or c.peek("currency"))
        if number.scale or alone:  # between 10 dollars and 20 dollars
            c.at = mark
            return value, unit
        return add(value, moved(part.value, -2 if small is None else small.power)), unit

    def power(self, unit: Any) -> int:  # noqa: ANN401 - contract
        """-2 for cents, 6 for MSEK."""
        return unit.power if unit is not None else 0


def _fits(part: Numeral, small: Currency | None, unit: Currency) -> bool:
    """Whether a number can be the hundredths of an amount: of their currency, or alone behind it."""
    from babel.numbers import get_currency_precision  # noqa: PLC0415 - rarely needed

    if small is not None:
        return part.value < 10**-small.power and bool({ANY, *unit.codes} & set(small.codes))
    if unit.written_before or part.scale or not 0 < part.value < 10**2:
        return False
    return bool(unit.codes) and get_currency_precision(unit.codes[0] or "USD") > 0


def _currency(c: Cursor) -> Currency | None:
    found = c.peek("currency")
    if found is None:
        return None
    power = c.peek("power") or 0
    c.at += 1
    codes = (found,) if isinstance(found, str) else tuple(found)
    return Currency(codes, c.tokens[c.at - 1].text, power)


def _subunit(c: Cursor) -> Currency | None:
    for kind, power in (("subunit", -2), ("tenth", -1)):
        found = c.peek(kind)
        if found is not None:
            c.at += 1
            codes = (found,) if isinstance(found, str) else tuple(found)
            return Currency(codes, c.tokens[c.at - 1].text, power)
    return None


@cache
def codes() -> frozenset[str]:
    """The codes of ISO 4217, those of currencies that are no longer in use too."""
    return frozenset(code for code in cldr.codes((), {}) if code.isupper())


def settled(unit: Currency, asked: Asked) -> tuple[str, str]:
    """(the currency, the symbol that it was assumed for, if it was).

    Raises ``Unreadable`` for two currencies, and where a word has several meanings and none is usual.
    """
    if len(unit.codes) == 1:
        return unit.codes[0], ""
    if not unit.codes:
        raise unreadable("money-two-currencies", asked.text, tuple(unit.text.split(" ", 1)))
    home = homes(asked.language)
    codes = [code for code in unit.codes if code in home] or [unit.codes[0]]
    if not codes[0]:
        allowed = tuple(code for code in unit.codes if code not in {"", ANY})
        raise unreadable("money-currency-ambiguous", asked.text, allowed, args={"word": unit.text})
    return codes[0], unit.text


@cache
def homes(language: str) -> tuple[str, ...]:
    """The currencies of the region of a language tag, or of the language's usual region.

    >>> homes("en-AU"), homes("ja"), homes("zh-TW")
    (('AUD',), ('JPY',), ('TWD',))
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - only where a symbol has several meanings
    from babel.core import get_global  # noqa: PLC0415 - as above
    from babel.numbers import get_territory_currencies  # noqa: PLC0415 - as above

    try:
        locale = Locale.parse(language.replace("-", "_")) if language else None
    except (UnknownLocaleError, ValueError):
        return ()
    if locale is None or (locale.language == "en" and not locale.territory):
        return ()
    likely = get_global("likely_subtags").get(locale.language, "")
    territory = locale.territory or likely.rpartition("_")[2]
    return tuple(get_territory_currencies(territory)) if territory else ()
