"""Amounts and dates in words, English or Korean, from what the graph says of them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENGLISH: Final = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))
_KOREAN: Final = ((10**12, "조"), (10**8, "억"), (10**4, "만"))
_WON: Final = {"USD": "달러", "KRW": "원", "EUR": "유로", "JPY": "엔", "CNY": "위안", "GBP": "파운드"}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_PLACES: Final = 3
_DURATION: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def number(value: Decimal, language: str) -> str:
    """A number as it is said.

    >>> number(Decimal("15000000000"), "en"), number(Decimal("729000000000000"), "ko")
    ('15 billion', '729조')
    >>> number(Decimal("1234500"), "ko"), number(Decimal("1234567890"), "en"), number(Decimal("12.5"), "en")
    ('123만 4500', '1,234,567,890', '12.5')
    """
    if language == "ko" and value == int(value) and value >= _KOREAN[-1][0]:
        parts, rest = [], int(value)
        for size, word in _KOREAN:
            count, rest = divmod(rest, size)
            if count:
                parts.append(f"{count}{word}")
        return " ".join([*parts, str(rest)] if rest else parts)
    if language != "ko":
        for large, word in _ENGLISH:
            scaled = value / large
            if value >= large and scaled == round(scaled, _PLACES):
                return f"{_plain(scaled)} {word}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(said: Mapping[str, str], language: str) -> str:
    """An amount in words; ``said`` has the local names of its properties.

    >>> amount({"currency": "USD", "minValue": "15000000000", "maxValue": "25000000000"}, "en")
    'USD 15 billion to 25 billion'
    >>> amount({"currency": "USD", "minValue": "40000000000"}, "ko")
    '400억 달러 이상'
    >>> band = {"currency": "KRW", "minValue": "9000000000", "maxValue": "10000000000"}
    >>> band["maxExclusive"] = "true"
    >>> amount(band, "en"), amount(band, "ko")
    ('at least KRW 9 billion and less than 10 billion', '90억 원 이상 100억 원 미만')
    >>> amount({"currency": "KRW", "value": "729000000000000", "approximate": "true"}, "ko")
    '약 729조 원'
    """
    low, high = said.get("value", said.get("minValue")), said.get("value", said.get("maxValue"))
    above, below = said.get("minExclusive") == "true", said.get("maxExclusive") == "true"
    return (_korean if language == "ko" else _english)(said, low, high, above=above, below=below)


def _english(said: Mapping[str, str], low: str | None, high: str | None, *, above: bool, below: bool) -> str:
    currency = said.get("currency", "")
    about = "about " if said.get("approximate") == "true" else ""
    least = number(Decimal(low), "en") if low else ""
    most = number(Decimal(high), "en") if high else ""
    if low and high:
        if low == high:
            return f"{about}{currency} {least}"
        if above or below:
            start, end = "more than" if above else "at least", "less than" if below else "at most"
            return f"{start} {about}{currency} {least} and {end} {about}{most}"
        return f"{about}{currency} {least} to {most}"
    if low:
        return f"{'more than' if above else 'at least'} {about}{currency} {least}"
    if high:
        return f"{'less than' if below else 'at most'} {about}{currency} {most}"
    return currency


def _korean(said: Mapping[str, str], low: str | None, high: str | None, *, above: bool, below: bool) -> str:
    code = said.get("currency", "")
    currency = _WON.get(code, code)
    about = "약 " if said.get("approximate") == "true" else ""
    least = number(Decimal(low), "ko") if low else ""
    most = number(Decimal(high), "ko") if high else ""
    if low and high:
        if low != high and (above or below):
            start, end = "초과" if above else "이상", "미만" if below else "이하"
            return f"{about}{least} {currency} {start} {most} {currency} {end}"
        between = least if low == high else f"{least}~{most}"
        return f"{about}{between} {currency}"
    if low:
        return f"{about}{least} {currency} {'초과' if above else '이상'}"
    if high:
        return f"{about}{most} {currency} {'미만' if below else '이하'}"
    return currency


def when(
    exact: str | None, earliest: str | None, latest: str | None, *, approximate: bool, language: str
) -> str:
    """A date as an adverbial: what is as precise as a day, a month or a year, else its bounds; "" if none.

    >>> when("2024-01", "2024-01-01", "2024-01-31", approximate=False, language="en")
    'in January 2024'
    >>> when(None, None, "2025-02-03", approximate=False, language="ko")
    '2025년 2월 3일 이전에'
    >>> when(None, "2025-12-11", "2025-12-20", approximate=True, language="en")
    'between about 11 December 2025 and about 20 December 2025'
    """
    if exact:
        return _precise(exact, approximate=approximate, language=language)
    about, around = ("", "경") if language == "ko" else ("about ", "")
    first, last = (
        f"{about}{day}{around}" if approximate and day else day
        for day in (_day(earliest, language), _day(latest, language))
    )
    if language == "ko":
        if first and last:
            return f"{first}에서 {last} 사이에" if first != last else f"{first}에"
        return f"{first} 이후에" if first else f"{last} 이전에" if last else ""
    if first and last:
        return f"between {first} and {last}" if first != last else f"on {first}"
    return f"on or after {first}" if first else f"on or before {last}" if last else ""


def _precise(exact: str, *, approximate: bool, language: str) -> str:
    parts = exact.split("-")
    if not all(part.isdigit() for part in parts):
        return exact
    if language == "ko":
        said = " ".join(f"{int(p)}{unit}" for p, unit in zip(parts, "년월일", strict=False))
        return f"{said}{'경에' if approximate else '에'}"
    about = "about " if approximate else ""
    match parts:
        case [year]:
            return f"in {about}{int(year)}"
        case [year, month]:
            return f"in {about}{_MONTHS[int(month) - 1]} {int(year)}"
        case _:
            return f"{'about' if approximate else 'on'} {_day(exact, 'en')}"


def _day(written: str | None, language: str) -> str:
    if not written:
        return ""
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        return written
    if language == "ko":
        return f"{day.year}년 {day.month}월 {day.day}일"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def duration(written: str, language: str, *, approximate: bool = False) -> str:
    """A duration in words.

    >>> duration("PT2H", "en"), duration("P1DT30M", "ko", approximate=True)
    ('2 hours', '약 1일 30분')
    """
    found = _DURATION.fullmatch(written)
    if found is None:
        return written
    units = (("day", "일"), ("hour", "시간"), ("minute", "분"), ("second", "초"))
    parts = []
    for count, (english, korean) in zip(found.groups(), units, strict=True):
        if count and language == "ko":
            parts.append(f"{count}{korean}")
        elif count:
            parts.append(f"{count} {english}{'' if count == '1' else 's'}")
    about = ("약 " if language == "ko" else "about ") if approximate else ""
    return about + " ".join(parts)
