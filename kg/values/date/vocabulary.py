"""The vocabulary of dates, made ready for the scanner once for each language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.language_tags import primary_language
from kg.values.scanner import scanner
from kg.values.vocabulary import habit, of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.vocabulary import Token

_CHINESE, _JAPANESE = "zh", "ja"
_HAN: Final = re.compile("[\u3400-\u9fff]+")
NUMBER: Final = (
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:])"
    r"|[0-9]{4}(?:\s?[./-]\s?|\s)[0-9]{1,2}(?:\s?[./-]\s?|\s)[0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,2}(?:\s?[./-]\s?|\s)[0-9]{1,2}(?:\s?[./-]\s?|\s)[0-9]{4}(?![0-9])"
    r"|['’‘`]?[0-9]{1,2}[./・-]\s?[0-9]{1,2}[./・-]\s?[0-9]{1,2}(?![0-9]|\.[0-9])"
    r"|1[0-9]{2}[./-][0-9]{1,2}[./-][0-9]{1,2}(?![0-9])"
    r"|[0-9]{4}(?:\s?[./]\s?|-)[0-9]{1,2}(?![0-9QqHh]|MONTH)"
    r"|[0-9]{1,2}[./-][0-9]{4}(?![0-9])"
    r"|[0-9]{1,2}(?:\s?/\s?|\.)[0-9]{1,2}(?![0-9/QqHh]|\.\s?[0-9])"
    r"|[0-9]{1,2}\.\s[0-9]{1,2}(?=\.(?!\s?[0-9]))"
    r"|['’‘`][0-9]{2}(?:\.\s?[0-9]{1,2})?(?![0-9])"
    r"|[0-9]+(?:st|nd|rd|th|ST|ND|RD|TH)(?![A-Za-z])"
    r"|[0-9]+"
)
"""A time of day, a date in numbers, a short year, an ordinal or a number; MONTH stands for the names."""


@of_tables
def scan(language: str) -> Callable[[str], list[Token]]:
    """The scanner for dates; words of ``language`` win where languages differ.

    In Japanese what is a word in Chinese only is a part of another word: the 止 of 中止, 未来.
    """
    found = scanner(("date",), NUMBER.replace("MONTH", _behind_day()), language)
    if primary_language(language) != _JAPANESE:
        return found
    return lambda text: [_own(token) for token in found(text)]


def _behind_day() -> str:
    """The pattern of a month's name behind its day, which is that of no other month: 5 March 2025-7 April."""
    names = {name for table in tables().values() for name in table.get("date", {}).get("month", ())}
    spelled = "|".join(sorted(name for name in names if name.isascii() and name.isalpha()))
    return rf"(?i:(?:st|nd|rd|th)?\s?(?:{spelled})\b)"


def _own(token: Token) -> Token:
    if token.language == _CHINESE and _HAN.fullmatch(token.text):
        return token._replace(kind="unknown", value=token.text, language="")
    return token


@of_tables
def coming_alone(language: str) -> bool:
    """Whether a weekday by itself is the coming one in a language; else that is open."""
    return bool(tables().get(language, {}).get("date-alone", {}).get("weekday") == "coming")


@of_tables
def near_alone(language: str) -> bool:
    """Whether a month by itself is the nearest one near the turn of the year, in a language."""
    return bool(tables().get(language, {}).get("date-alone", {}).get("month") == "nearest")


@of_tables
def past_is_after(language: str) -> bool:
    """Whether "past" before a year is a bound: past 2030; elsewhere it says that the year is over."""
    return bool(tables().get(language, {}).get("date-alone", {}).get("past-year") == "after")


@of_tables
def begins_amid(language: str) -> int:
    """The first month of a year of accounts named by two years, 0 if that is open: FY2024-25."""
    return int(tables().get(language, {}).get("date-alone", {}).get("two-years", 0))


@of_tables
def begins_there(tag: str) -> int:
    """The first month of years of accounts in the region of a language tag, 0 if none is known: en-IN."""
    main, *rest = tag.split("-")
    regions: dict[str, int] = tables().get(main.lower(), {}).get("date-region", {}).get("fiscal", {})
    return next((regions[part.upper()] for part in rest if part.upper() in regions), 0)


@of_tables
def weeks_unsettled(language: str) -> bool:
    """Whether a language leaves open which week of a month that begins amid a week is its first."""
    return bool(tables().get(language, {}).get("date-alone", {}).get("first-week") == "unsettled")


def captioned(language: str) -> bool:
    """Whether a language has captions that a gap or a colon parts from a date, unknown words among them."""
    return habit("captions", language)


@of_tables
def wave_is_until(language: str) -> bool:
    """Whether a wave before a date means until it: ``~3월 31일``; elsewhere it means about."""
    table = tables().get(primary_language(language), {})
    return bool(table.get("date-order", {}).get("wave") == "until")


@of_tables
def year_first(language: str) -> bool | None:
    """Whether a language writes 24.3.15 as year, month, day and 2/4 as month, day; None if none is named."""
    if not language:
        return None
    table = tables().get(primary_language(language), {})
    return bool(table.get("date-order", {}).get("first") == "year")


@of_tables
def era_of_three(language: str) -> int:
    """The year before the first of the era that years of three digits count in, 0 if there is none: 114年."""
    table = tables().get(primary_language(language), {})
    return int(table.get("date-order", {}).get("era-of-three", 0))
