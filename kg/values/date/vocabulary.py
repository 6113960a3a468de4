"""The vocabulary of dates, made ready for the scanner once for each language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.scanner import scanner

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.vocabulary import Token

NUMBER: Final = (
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:])"
    r"|[0-9]{4}\s?[./-]\s?[0-9]{1,2}\s?[./-]\s?[0-9]{1,2}(?![0-9])"
    r"|[0-9]{4}\s?[./-]\s?[0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})(?![0-9])"
    r"|[0-9]{1,2}[./-][0-9]{4}(?![0-9])"
    r"|'[0-9]{2}(?![0-9])"
    r"|[0-9]+(?:st|nd|rd|th)(?![A-Za-z])"
    r"|[0-9]+"
)
"""A time of day, a date in numbers, a short year, an ordinal or a number."""


def scan(language: str) -> Callable[[str], list[Token]]:
    """The scanner for dates; words of ``language`` win where languages differ."""
    return scanner(("date",), NUMBER, language)
