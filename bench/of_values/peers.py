"""What else a user would pick for a kind of value, each with its best settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from babel import Locale
from babel.numbers import parse_decimal
from dateparser.date import DateDataParser
from langcodes import Language, tag_is_valid
from of_values.rows import Answer, Row, number
from pint import UnitRegistry
from price_parser import Price
from pycountry import countries
from pytimeparse import parse as parse_time

from kg.values import cldr

if TYPE_CHECKING:
    from dateparser.date import DateData

Read = Callable[[], Any]
"""The call of a tool with all that a row gives it; this is what is timed."""
_SYMBOLS: Final = {
    "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "원": "KRW", "円": "JPY",
    "元": "CNY", "₹": "INR", "₽": "RUB", "руб": "RUB", "zł": "PLN", "₺": "TRY", "₫": "VND", "R$": "BRL",
    "CHF": "CHF", "A$": "AUD", "C$": "CAD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "Kč": "CZK",
    "грн": "UAH", "₴": "UAH",
}  # fmt: skip
"""What price-parser gives for a currency -> ISO 4217, as its user would have to."""


def price_parser(row: Row) -> Read:
    """An amount and a symbol; a range or a bound is more than it can say."""
    given = row.given
    return partial(
        Price.fromstring,
        row.text,
        currency_hint=given.get("hint"),
        decimal_separator=given.get("decimalSeparator"),
        digit_group_separator=given.get("digitGroupSeparator"),
    )


def of_price(found: Price, row: Row) -> Answer:
    """Its symbol as a code, and its amount twice."""
    if found.amount is None or found.currency is None:
        return None
    symbol = found.currency or ""
    wanted = row.want[0] if isinstance(row.want, tuple) else ""
    code = wanted if symbol == row.given.get("unit") else _SYMBOLS.get(symbol, symbol)
    amount = number(found.amount)
    return code, amount, amount


class Dateparser:
    """dateparser, a parser for each language and day; months and years are taken as such."""

    def __init__(self, prefer: str) -> None:
        """Begin with no parser; ``prefer`` is where dates without a year are taken to be."""
        self._prefer = prefer
        self._parsers: dict[tuple[str, str], Any] = {}

    def __call__(self, row: Row) -> Read:
        """What it makes of the text in the language that is named, or any."""
        key = (row.language, row.given["reference"])
        if key not in self._parsers:
            settings: dict[str, Any] = {"PREFER_DATES_FROM": self._prefer}
            if key[1]:
                settings["RELATIVE_BASE"] = datetime.fromisoformat(key[1])
            languages = [key[0]] if key[0] else None
            self._parsers[key] = DateDataParser(languages=languages, settings=settings)
        return partial(self._parsers[key].get_date_data, row.text)


def of_period(found: DateData, _: Row) -> Answer:
    """First and last day of the period that it says."""
    if found.date_obj is None:
        return None
    first = found.date_obj.date()
    if found.period == "year":
        return first.replace(month=1, day=1), first.replace(month=12, day=31)
    if found.period == "month":
        first = first.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first, first


def babel_number(row: Row) -> Read:
    """What babel reads strictly in the locale of the row; it knows no words and no scales."""
    text = row.text.strip().removesuffix("%").strip()
    return partial(parse_decimal, text, locale=row.language, strict=True)


def pint_quantity() -> Callable[[Row], Read]:
    """pint, which knows units and no words; it has one registry of them."""
    registry = UnitRegistry(non_int_type=Decimal)
    return lambda row: partial(registry.Quantity, row.text)


def of_quantity(found: Any, _: Row) -> Answer:  # noqa: ANN401 - pint's
    """Its unit as it is usually written, and its number twice."""
    size = number(found.magnitude)
    return f"{found.units:~P}", size, size


def pytimeparse(row: Row) -> Read:
    """pytimeparse: seconds of a text in English."""
    return partial(parse_time, row.text)


def of_seconds(found: float, _: Row) -> Answer:
    """Its seconds."""
    return (number(found),)


STDNUM: Final = {
    "lei": "lei", "isin": "isin", "brn": "kr.brn", "isni": "isni", "vat": "eu.vat", "jcn": "jp.cn",
    "orcid": "isni",
}  # fmt: skip


def stdnum(row: Row) -> Read:
    """python-stdnum, which is told the scheme; it reads no names of schemes and no addresses."""
    return partial(import_module(f"stdnum.{STDNUM[row.given['scheme']]}").validate, row.text)


def of_stdnum(found: str, row: Row) -> Answer:
    """The scheme that it was told, and the identifier; it leaves the hyphens of an ORCID out."""
    scheme, wanted = row.want if isinstance(row.want, tuple) else ("", "")
    same = str(wanted).replace("-", "") == found
    return scheme, wanted if same else found


def pycountry(row: Row) -> Read:
    """pycountry: codes and English names of ISO 3166."""
    return partial(countries.lookup, row.text)


def of_country(found: Any, _: Row) -> Answer:  # noqa: ANN401 - pycountry's
    """Its two letters."""
    return (found.alpha_2,)


def langcodes(row: Row) -> Read:
    """langcodes: a tag, or a name in any language."""
    text = row.text.strip()
    return partial(Language.get if tag_is_valid(text) else Language.find, text)


def of_language(found: Language, _: Row) -> Answer:
    """Its tag."""
    return (found.to_tag(),)


def babel_names(kind: str) -> Callable[[Row], Read]:
    """A bare dictionary of babel's names in all the locales that kg asks, and its codes."""
    names: dict[str, str] = {}
    for locale in reversed(cldr.LOCALES):
        found = getattr(Locale.parse(locale), kind)
        names |= {name.casefold(): code for code, name in found.items()}
        names |= {code.casefold(): code for code in found}

    def read(text: str) -> str | None:
        return names.get(text.strip().casefold())

    return lambda row: partial(read, row.text)


def of_name(code: str, _: Row) -> Answer:
    """The code as a tag."""
    return (code.replace("_", "-"),)
