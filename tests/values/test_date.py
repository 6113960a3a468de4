"""Dates: what every form means, how it is written, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.values.codec import Context
from kg.values.date import edtf
from kg.values.date.codec import text as read_date
from kg.values.date.meaning import Date
from tests.values.conftest import REFERENCE, rows, said, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.codec import Written

TABLES = [*rows("date.ko.tsv"), *rows("date.en.tsv")]
RELATIVE = ["지난해", "4일", "3분기", "yesterday", "last June", "24년 1월", "Friday", "3년 전", "Feb 4"]


@pytest.mark.parametrize(("text", "want"), TABLES)
def test_a_date_in_text_is_read_as_people_mean_it(text: str, want: str) -> None:
    context = Context(reference_date=lambda: REFERENCE)
    if want.startswith("!"):
        with pytest.raises(Unreadable) as caught:
            read_date(text, context)
        assert [p.code for p in caught.value.problems] == [want[1:]]
    else:
        assert shown(read_date(text, context)) == want


@pytest.mark.parametrize(
    ("text", "today", "want"),
    [
        ("Dec. 5", "2025-01-02", "2024-12-05"),
        ("November 20", "2025-01-31", "2024-11-20"),
        ("November 20", "2025-02-01", "2025-11-20"),
        ("Jan. 15", "2025-11-30", "2026-01-15"),
        ("February", "2025-12-01", "2026-02"),
        ("February", "2025-11-30", "2025-02"),
        ("by Jan. 15", "2025-12-20", "../2026-01-15"),
        ("by Dec. 31", "2025-01-10", "../2025-12-31"),
        ("since Dec. 5", "2025-02-04", "2024-12-05/.."),
        ("since August", "2025-02-04", "2024-08-01/.."),
        ("since January", "2025-12-20", "2025-01-01/.."),
        ("Dec. 28-Jan. 3", "2025-01-02", "2024-12-28/2025-01-03"),
        ("Dec. 28-Jan. 3", "2025-12-02", "2025-12-28/2026-01-03"),
        ("December to February", "2025-02-04", "2025-12-01/2026-02-28"),
        ("12월 5일", "2025-02-04", "2025-12-05"),
    ],
)
def test_a_month_alone_is_the_nearest_near_the_turn_of_the_year(text: str, today: str, want: str) -> None:
    found = read_date(text, Context(reference_date=lambda: today))
    assert shown(found) == want
    assert found.assumed == ("year",)


@pytest.mark.parametrize(
    ("text", "language", "want"),
    [
        ("FY25", "en-IN", "2024-04-01/2025-03-31"),
        ("Q3 FY25", "en-IN", "2024-10-01/2024-12-31"),
        ("March FY25", "en-IN", "2025-03"),
        ("this fiscal year", "en-IN", "2024-04-01/2025-03-31"),
        ("FY25", "en-AU", "2024-07-01/2025-06-30"),
        ("H1 FY2024-25", "en-AU", "2024-07-01/2024-12-31"),
        ("FY25", "en-GB", "2025"),
        ("FY25", "en", "2025"),
        ("H1 FY2024-25", "en", "2024-04-01/2024-09-30"),
    ],
)
def test_a_year_of_accounts_is_that_of_the_region(text: str, language: str, want: str) -> None:
    found = read_date(text, Context(language=language, reference_date=lambda: REFERENCE))
    assert shown(found) == want
    assert found.assumed == ("fiscal",)


@pytest.mark.parametrize("text", RELATIVE)
def test_a_relative_date_needs_a_reference(text: str, codes: Callable[..., Any]) -> None:
    assert codes("Date", text, reference_date=lambda: None) == [("date-needs-reference", "")]
    assert codes("Date", text, reference_date=lambda: "2025-02") == [("date-needs-reference", "")]


def test_an_absolute_date_asks_for_no_reference(read: Callable[..., Written]) -> None:
    def refuse() -> str:
        raise AssertionError

    for text in ("2025년 2월 4일", "Q3 2024", "2024-01", "since 2023", "Feb 4-6, 2025"):
        read("Date", text, reference_date=refuse)


@pytest.mark.parametrize(
    ("value", "tails", "notes"),
    [
        ("2025-02-04", {"x": "2025-02-04", "xEarliest": "2025-02-04", "xLatest": "2025-02-04"}, {}),
        ("2024-02", {"x": "2024-02", "xEarliest": "2024-02-01", "xLatest": "2024-02-29"}, {}),
        ("2024", {"x": "2024", "xEarliest": "2024-01-01", "xLatest": "2024-12-31"}, {}),
        ("2025-02-04/..", {"xEarliest": "2025-02-04"}, {"xAsWritten": "2025-02-04/.."}),
        (
            "지난해 1월",
            {"x": "2024-01", "xEarliest": "2024-01-01", "xLatest": "2024-01-31"},
            {"xAsWritten": "지난해 1월"},
        ),
        (
            {"value": "2024", "approximate": True},
            {"x": "2024", "xEarliest": "2024-01-01", "xLatest": "2024-12-31", "xApproximate": "true"},
            {},
        ),
        (
            {"earliest": "2024-01", "asWritten": "some day"},
            {"xEarliest": "2024-01-01"},
            {"xAsWritten": "some day"},
        ),
        ({"latest": "2024-01"}, {"xLatest": "2024-01-31"}, {}),
    ],
)
def test_a_date_is_written_with_its_bounds(
    read: Callable[..., Written], value: object, tails: dict[str, str], notes: dict[str, str]
) -> None:
    written = read("Date", value)
    assert said(written.tails) == tails
    assert said(written.notes) == notes


def test_the_datatype_is_as_precise_as_the_date(read: Callable[..., Written]) -> None:
    datatypes = {t: read("Date", t).tails[0].rpartition("#")[2] for t in ("2025-02-04", "2025-02", "2025")}
    assert datatypes == {"2025-02-04": "date>", "2025-02": "gYearMonth>", "2025": "gYear>"}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Friday", "week"),
        ("this Monday", "week"),
        ("upcoming 2 weeks", "span"),
        ("last 3 months", "span"),
        ("3 next weeks", "span"),
        ("the 15th", "month"),
    ],
)
def test_what_is_assumed_is_said(read: Callable[..., Written], text: str, part: str) -> None:
    [doubt] = read("Date", text, language="en").info
    named = doubt.args["part"]
    assert isinstance(named, dict)
    assert (doubt.code, doubt.severity, named["en"]) == ("date-assumed", "info", part)


def test_what_is_plain_is_not_said_to_be_assumed(read: Callable[..., Written]) -> None:
    for text in ("last 3 days", "within 2 weeks", "next month"):
        assert read("Date", text, language="en").info == ()


def test_a_weekday_that_does_not_fit_is_a_warning(read: Callable[..., Written]) -> None:
    [doubt] = read("Date", "Monday, February 4, 2025").info
    assert (doubt.code, doubt.severity) == ("date-weekday", "warning")
    assert read("Date", "Tuesday, February 4, 2025").info == ()


@pytest.mark.parametrize(
    ("value", "want"),
    [
        (2024, [("date-expected", "")]),
        (None, [("date-expected", "")]),
        ("", [("empty-text", "")]),
        ("1" * 1001, [("text-too-long", "")]),
        ({}, [("date-no-value", "")]),
        ({"value": "2024", "latest": "2025"}, [("date-value-and-bounds", "")]),
        ({"valu": "2024", "value": 2024}, [("date-key", "/valu"), ("string-expected", "/value")]),
        (
            {"earliest": "2025-02-30", "approximate": 1},
            [("date-not-in-calendar", "/earliest"), ("boolean-expected", "/approximate")],
        ),
    ],
)
def test_what_is_no_date_is_refused(
    codes: Callable[..., Any], value: object, want: list[tuple[str, str]]
) -> None:
    assert codes("Date", value) == want


@given(st.dates())
def test_every_day_reads_back_the_same(day: date) -> None:
    assert edtf.read(day.isoformat()) == Date(day, day, "day")


@given(st.dates(), st.integers(0, 10_000))
def test_every_interval_reads_back_the_same(first: date, days: int) -> None:
    last = first if first > date(9900, 1, 1) else first + timedelta(days=days)
    assert edtf.read(f"{first.isoformat()}/{last.isoformat()}") == Date(first, last)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_korean_and_english_say_the_same_day(day: date) -> None:
    context = Context()
    korean = read_date(f"{day.year}년 {day.month}월 {day.day}일", context)
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    english = read_date(f"{months[day.month - 1]} {day.day}, {day.year}", context)
    assert korean == english == Date(day, day, "day")


@pytest.mark.parametrize(
    ("value", "day"),
    [("45650", "2024-12-24"), (45650, "2024-12-24"), (" 45292.5 ", "2024-01-01"), ("99999", ""), (2024, "")],
)
def test_the_serial_number_of_a_spreadsheet_is_told_with_the_day_that_it_would_be(
    read: Callable[..., Written], value: object, day: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read("Date", value)
    (problem,) = caught.value.problems
    assert (problem.code == "date-serial", problem.args.get("day", "")) == (bool(day), day)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("24/9/30まで", "../2024-09-30"),
        ("2015年1月1日より未来の日時", "!"),
        ("2025年に中止された", "2025"),
        ("24.1.15 발표", "2024-01-15"),
        ("24/9/30", "!"),
    ],
)
def test_kana_and_hangul_tell_the_language_where_nobody_names_it(text: str, want: str) -> None:
    context = Context(reference_date=lambda: REFERENCE)
    if want == "!":
        with pytest.raises(Unreadable):
            read_date(text, context)
    else:
        assert shown(read_date(text, context)) == want
