"""Amounts and dates in English, each way of writing one crossed with all that may stand around it.

The tables hold texts that somebody thought of; here the value is known from how the text was put together.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Final

import pytest

from kg.values.codec import Context
from kg.values.date.codec import text as read_date
from kg.values.money import grammar
from tests.values.conftest import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    Ends = tuple[date | None, date | None]

CURRENCIES: Final = [
    *(("$", "", "USD"), ("US$", "", "USD"), ("€", "", "EUR"), ("£", "", "GBP"), ("A$", "", "AUD")),
    *(("Rs ", "", "INR"), ("₹", "", "INR"), ("USD ", "", "USD"), ("CHF ", "", "CHF"), ("RMB ", "", "CNY")),
    *(("", " dollars", "USD"), ("", " euros", "EUR"), ("", " yen", "JPY"), ("", " USD", "USD")),
]
"""What stands before the number and after its scale, and the code."""
SCALES: Final = [
    *(("", 0), (" thousand", 3), ("k", 3), (" million", 6), ("m", 6), (" mn", 6), (" billion", 9), ("bn", 9)),
    *(("B", 9), (" trillion", 12), ("tn", 12), (" crore", 7), (" lakh", 5), (" lakh crore", 12)),
]
AROUND: Final = [
    *(("{}", ""), ("worth {}", ""), ("a total of {}", ""), ("{} in cash", ""), ("revenue of {}", "")),
    *(("about {}", "~"), ("nearly {}", "~"), ("{} or so", "~"), ("up to {}", "<="), ("at most {}", "<=")),
    *(("no more than {}", "<="), ("{} or less", "<="), ("at least {}", ">="), ("{} or more", ">=")),
    *(
        ("{}+", ">="),
        ("more than {}", ">"),
        ("in excess of {}", ">"),
        ("less than {}", "<"),
        ("under {}", "<"),
    ),
    *(("a {} deal", ""), ("{} in 2024", ""), ("{} as of Dec. 31, 2024", ""), ("{} from Google", "")),
    *(("{}, up 5%", ""), ("{} per year", "")),
]
"""What stands around an amount, and what it says of it."""
RANGES: Final = [
    *(
        "{0}-{1}",
        "{0} – {1}",
        "{0} to {1}",
        "between {0} and {1}",
        "from {0} to {1}",
        "ranging from {0} to {1}",
    ),
    *("at least {0} and at most {1}", "anywhere from {0} to {1}", "{0} up to {1}"),
]
MONTHS: Final = [date(2024, month, 1).strftime("%B") for month in range(1, 13)]
SHORT: Final = [date(2024, month, 1).strftime("%b") for month in range(1, 13)]
DAYS: Final = [date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1), date(1999, 10, 12), date(2030, 6, 1)]
WRITTEN: Final[list[Callable[[date], str]]] = [
    lambda day: f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{SHORT[day.month - 1]}. {day.day}, {day.year}",
    lambda day: f"{day.day}-{SHORT[day.month - 1]}-{day.year % 100:02}",
    lambda day: f"{day:%A}, {MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month:02}/{day.day:02}",
]
"""Ways to write a day."""
TIMES: Final[list[tuple[str, str]]] = [
    *(
        ("{}", ""),
        ("on {}", ""),
        ("as of {}", ""),
        ("dated {}", ""),
        ("signed on {}", ""),
        ("{} at 9:00 a.m.", ""),
    ),
    *(
        ("by {}", "<="),
        ("until {}", "<="),
        ("no later than {}", "<="),
        ("before {}", "<"),
        ("prior to {}", "<"),
    ),
    *(
        ("after {}", ">"),
        ("since {}", ">="),
        ("from {}", ">="),
        ("on or after {}", ">="),
        ("{} or later", ">="),
    ),
    *(("Closing date: {}", ""), ("({})", ""), ("about {}", ""), ("{} (expected)", "")),
]
SPANS: Final = [
    "{0} to {1}",
    "{0} - {1}",
    "{0} – {1}",
    "from {0} to {1}",
    "between {0} and {1}",
    "{0} through {1}",
]
DAY: Final = timedelta(days=1)


@pytest.mark.parametrize(("scale", "power"), SCALES)
def test_an_amount_is_read_whatever_stands_around_it(scale: str, power: int) -> None:
    for (before, after, code), number, (around, bound) in product(CURRENCIES, ("12.5", "1,250"), AROUND):
        money = grammar.read(around.format(f"{before}{number}{scale}{after}"), "en")
        value = Decimal(number.replace(",", "")).scaleb(power)
        low = None if bound in {"<", "<="} else value
        high = None if bound in {">", ">="} else value
        assert (money.currency, money.min, money.max) == (code, low, high), around
        assert (money.min_exclusive, money.max_exclusive, money.approximate) == (
            bound == ">",
            bound == "<",
            bound == "~",
        )


@pytest.mark.parametrize(("scale", "power"), SCALES)
def test_both_ends_of_a_range_are_read(scale: str, power: int) -> None:
    for (before, after, code), (least, most), span in product(
        CURRENCIES, (("5", "7"), ("12.5", "15")), RANGES
    ):
        whole = [f"{before}{number}{scale}{after}" for number in (least, most)]
        for first, last in (
            whole,
            [f"{before}{least}{scale}", f"{most}{scale}{after}"],
            [f"{before}{least}", f"{most}{scale}{after}"],
        ):
            money = grammar.read(span.format(first, last), "en")
            ends = (Decimal(least).scaleb(power), Decimal(most).scaleb(power))
            assert (money.currency, money.min, money.max) == (code, *ends), (span, first, last)


def read(text: str) -> Ends:
    found = read_date(text, Context(language="en", reference_date=lambda: REFERENCE))
    return found.earliest, found.latest


def bounded(bound: str, first: date, last: date) -> Ends:
    """The first and the last day of what a bound makes of some days."""
    return {
        "": (first, last),
        "<=": (None, last),
        "<": (None, first - DAY),
        ">=": (first, None),
        ">": (last + DAY, None),
    }[bound]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_day_is_read_whatever_stands_around_it(written: Callable[[date], str]) -> None:
    for day, (around, bound) in product(DAYS, TIMES):
        text = around.format(written(day))
        assert read(text) == bounded(bound, day, day), text
    for day, days, span in product(DAYS, (3, 40, 400), SPANS):
        text = span.format(written(day), written(day + days * DAY))
        assert read(text) == (day, day + days * DAY), text


@pytest.mark.parametrize("year", [1999, 2024, 2030])
def test_months_quarters_and_halves_are_read_whatever_stands_around_them(year: int) -> None:
    names = ("first", "second", "third", "fourth")
    for length, marks in ((1, ""), (3, "Q"), (6, "H")):
        for number in range(1, 12 // length + 1):
            first = date(year, (number - 1) * length + 1, 1)
            last = date(year, number * length, monthrange(year, number * length)[1])
            word = "quarter" if marks == "Q" else "half"
            ways = (
                (
                    f"{marks}{number} {year}",
                    f"{number}{marks}{year % 100:02}",
                    f"{year} {marks}{number}",
                    f"the {names[number - 1]} {word} of {year}",
                )
                if marks
                else (f"{MONTHS[number - 1]} {year}", f"{SHORT[number - 1]}-{year}", f"{number:02}/{year}")
            )
            for way, (around, bound) in product(
                ways,
                (
                    ("{}", ""),
                    ("in {}", ""),
                    ("by {}", "<="),
                    ("by the end of {}", "<="),
                    ("since {}", ">="),
                    ("after {}", ">"),
                    ("before {}", "<"),
                    ("expected in {}", ""),
                ),
            ):
                assert read(around.format(way)) == bounded(bound, first, last), around.format(way)
