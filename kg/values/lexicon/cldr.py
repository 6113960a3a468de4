"""What babel knows of a language: names of currencies, months, weekdays, and how it writes numbers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from babel import Locale

    from kg.values.grammar.scanner import Senses


@cache
def _locale(language: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - loaded when the first value is read

    try:
        return Locale.parse(language.replace("-", "_"), resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError):
        return None


def comma(language: str) -> bool:
    """Whether a comma separates the decimals.

    >>> comma("de"), comma("en")
    (True, False)
    """
    locale = _locale(language)
    return locale is not None and locale.number_symbols.get("latn", {}).get("decimal") == ","


def words(kind: str, language: str, units: Mapping[str, str]) -> dict[str, Senses]:
    """The words of a type of value that CLDR has in a language.

    ``units`` are CLDR's names of units -> those in the graph.
    """
    locale = _locale(language)
    if locale is None:
        return {}
    if kind == "money":
        return currency_names(locale)
    if kind == "quantity":
        return {word: {"unit": unit} for word, unit in unit_names(locale, units).items()}
    if kind == "duration":
        return {
            word: dict([_DURATIONS[unit]])
            for word, unit in unit_names(locale, {n: n for n in _DURATIONS}).items()
        }
    return calendar_names(locale) if kind == "date" else {}


def codes(small: Iterable[str], powers: Mapping[str, int]) -> dict[str, Senses]:
    """The codes of ISO 4217, those of currencies that are no longer in use too.

    Those of ``small`` may be in small letters, and ``powers`` are letters before a code that multiply it.

    >>> found = codes(["usd"], {"M": 6})
    >>> found["usd"], found["MSEK"], "DEM" in found
    ({'currency': 'USD'}, {'currency': 'SEK', 'power': 6}, True)
    """
    locale = _locale("en")
    found: dict[str, Senses] = {
        str(code): {"currency": str(code)} for code in (locale.currencies if locale else ())
    }
    known = tuple(found)
    for letter, power in powers.items():
        found |= {f"{letter}{code}": {"currency": code, "power": power} for code in known}
    return found | {code: {"currency": code.upper()} for code in small}


def currency_names(locale: Locale) -> dict[str, Senses]:
    """Names in all their forms, in small letters -> the code of ISO 4217.

    A name that two currencies share (``francs``) is left out.
    """
    found: dict[str, set[str]] = {}
    for code, name in locale.currencies.items():
        plurals = locale._data["currency_names_plural"].get(code, {})  # noqa: SLF001 - babel has no public way
        for form in (name, *plurals.values()):
            found.setdefault(str(form).lower(), set()).add(code)
    return {name: {"currency": codes.pop()} for name, codes in found.items() if len(codes) == 1}


_DURATIONS: Final = {
    "duration-year": ("months", 12),
    "duration-month": ("months", 1),
    "duration-week": ("seconds", 604800),
    "duration-day": ("seconds", 86400),
    "duration-hour": ("seconds", 3600),
    "duration-minute": ("seconds", 60),
    "duration-second": ("seconds", 1),
}


_PLURALS: Final = ("zero", "one", "two", "few", "many", "other")


def unit_names(locale: Locale, units: Mapping[str, str]) -> dict[str, str]:
    """Names of units in all their forms, in small letters -> the unit in the graph."""
    patterns = locale._data["unit_patterns"]  # noqa: SLF001 - babel has no public way
    found: dict[str, str] = {}
    for name, unit in units.items():
        widths = patterns.get(name, {})
        forms = {**widths.get("short", {}), **widths.get("long", {})}  # what is the same is there once
        for form in (forms[number] for number in _PLURALS if number in forms):
            if form.startswith("{0}"):
                found[form.removeprefix("{0}").strip().lower()] = unit
    return found


def calendar_names(locale: Locale) -> dict[str, Senses]:
    """Months (1 to 12) and weekdays (0 is Monday), wide and short, in small letters."""
    found: dict[str, dict[str, Any]] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months.get(context, {}).get(width, {}).items():
                _add(found, name, "month", number)
            for number, name in locale.days.get(context, {}).get(width, {}).items():
                _add(found, name, "weekday", number)
    return dict(found)


def _add(found: dict[str, dict[str, Any]], name: str, kind: str, number: int) -> None:
    lower = name.lower()
    for word in (lower, lower.rstrip(".")):
        if word and not word[0].isdigit():
            found.setdefault(word, {}).setdefault(kind, number)


def month_name(language: str, number: int) -> str:
    """The name of a month beside a day.

    >>> month_name("de", 2), month_name("pl", 2)
    ('Februar', 'lutego')
    """
    locale = _locale(language) or _locale("en")
    return str(locale.months["format"]["wide"][number]) if locale is not None else str(number)
