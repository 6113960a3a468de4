"""What else a user would pick for a kind of value, each with its best settings."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from babel import Locale
from babel.numbers import NumberFormatError, parse_decimal
from dateparser.date import DateData, DateDataParser
from of_values.rows import Answer, Row, number
from price_parser import Price

from kg.values import cldr

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

_SYMBOLS: Final = {
    "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "원": "KRW", "円": "JPY",
    "元": "CNY", "₹": "INR", "₽": "RUB", "руб": "RUB", "zł": "PLN", "₺": "TRY", "₫": "VND", "R$": "BRL",
    "CHF": "CHF", "A$": "AUD", "C$": "CAD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "Kč": "CZK",
    "грн": "UAH", "₴": "UAH",
}  # fmt: skip
"""What price-parser gives for a currency -> ISO 4217, as its user would have to."""


def price_parser(row: Row) -> Price | None:
    """An amount and a symbol; a range or a bound is more than it can say."""
    given = row.given
    found = Price.fromstring(
        row.text,
        currency_hint=given.get("hint"),
        decimal_separator=given.get("decimalSeparator"),
        digit_group_separator=given.get("digitGroupSeparator"),
    )
    return None if found.amount is None or found.currency is None else found


def of_price(found: Price, row: Row) -> Answer:
    """Its symbol as a code, and its amount twice."""
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

    def __call__(self, row: Row) -> DateData | None:
        """What it makes of the text in the language that is named, or any."""
        key = (row.language, row.given["reference"])
        if key not in self._parsers:
            settings: dict[str, Any] = {"PREFER_DATES_FROM": self._prefer}
            if key[1]:
                settings["RELATIVE_BASE"] = datetime.fromisoformat(key[1])
            languages = [key[0]] if key[0] else None
            self._parsers[key] = DateDataParser(languages=languages, settings=settings)
        found: DateData = self._parsers[key].get_date_data(row.text)
        return None if found.date_obj is None else found


def of_period(found: DateData, _: Row) -> Answer:
    """First and last day of the period that it says."""
    first = found.date_obj.date()
    if found.period == "year":
        return first.replace(month=1, day=1), first.replace(month=12, day=31)
    if found.period == "month":
        first = first.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first, first


def babel_number(row: Row) -> Decimal | None:
    """What babel reads strictly in the locale of the row; it knows no words and no scales."""
    try:
        return parse_decimal(row.text.strip().removesuffix("%").strip(), locale=row.language, strict=True)
    except NumberFormatError:
        return None


STDNUM: Final = {
    "lei": "lei", "isin": "isin", "brn": "kr.brn", "isni": "isni", "vat": "eu.vat", "jcn": "jp.cn",
    "orcid": "isni",
}  # fmt: skip


def stdnum(row: Row) -> Answer:
    """python-stdnum, which is told the scheme; it reads no names of schemes and no addresses."""
    scheme: str = row.given["scheme"]
    with suppress(Exception):  # its own, and those of rows that it was not made for
        return scheme, _module(STDNUM[scheme]).validate(row.text)
    return None


@cache
def _module(name: str) -> Any:  # noqa: ANN401 - a module
    return import_module(f"stdnum.{name}")


def same_but_hyphens(found: Answer, want: Answer) -> bool:
    """python-stdnum leaves the hyphens of an ORCID out."""
    plain = [tuple(str(p).replace("-", "") for p in a) if isinstance(a, tuple) else a for a in (found, want)]
    return plain[0] == plain[1]


def babel_names(kind: str) -> Callable[[Row], Answer]:
    """A dictionary of babel's names in all the locales that kg asks, and its codes."""
    names: dict[str, str] = {}
    for locale in reversed(cldr.LOCALES):
        found = getattr(Locale.parse(locale), kind)
        names |= {name.casefold(): code for code, name in found.items()}
        names |= {code.casefold(): code for code in found}

    def read(row: Row) -> Answer:
        code = names.get(row.text.strip().casefold())
        return (code.replace("_", "-"),) if code else None

    return read
