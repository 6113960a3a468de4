"""Dates and durations in words: what is said reads back the same in every language, and is explained."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values import duration
from kg.values.date import edtf, explained, meaning, read, said
from kg.values.date.meaning import Date
from kg.values.vocabulary import tables
from tests.values.conftest import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = sorted(language for language, table in tables().items() if "date-said" in table)
DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9990, 1, 1))
ENDS = st.one_of(st.none(), DAYS)


def dates() -> st.SearchStrategy[Date]:
    """Every kind of date that can be said."""

    def interval(first: date | None, days: int | None, *, about: bool) -> Date:
        last = None if days is None else (first or date(2000, 1, 1)) + timedelta(days=days)
        return Date(first, last, "", about)

    single = st.one_of(
        DAYS.map(meaning.of),
        DAYS.map(lambda d: meaning.month(d.year, d.month)),
        DAYS.map(lambda d: meaning.year(d.year)),
    )
    between = st.builds(interval, DAYS, st.integers(0, 3000), about=st.booleans())
    since = st.builds(interval, DAYS, st.none(), about=st.booleans())
    until = st.builds(interval, st.none(), st.integers(0, 3000), about=st.booleans())
    return st.one_of(single, between, since, until)


def test_the_languages_that_can_say_a_date() -> None:
    assert set(LANGUAGES) >= {"en", "ja", "ko", "zh"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_that_is_said_reads_back_the_same(language: str) -> None:
    @given(dates())
    def same(found: Date) -> None:
        assert read(said(found, language), language) == found

    same()


@given(dates())
def test_a_date_in_edtf_reads_back_the_same(found: Date) -> None:
    assert edtf.read(edtf.written(found)) == found


def test_what_is_about_stands_with_each_end() -> None:
    found = Date(date(2025, 12, 11), date(2025, 12, 20), "", approximate=True)
    assert said(found, "en") == "from about December 11, 2025 to about December 20, 2025"
    assert said(found, "ko") == "약 2025년 12월 11일부터 약 2025년 12월 20일까지"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_duration_that_is_said_reads_back_the_same(language: str) -> None:
    @given(st.integers(0, 10**9), st.integers(0, 10**6), st.integers(0, 99), st.booleans())
    def same(seconds: int, months: int, hundredths: int, about: bool) -> None:  # noqa: FBT001 - drawn
        exact: int | Decimal = seconds + Decimal(hundredths) / 100 if hundredths else seconds
        found = duration.Duration(exact, about, months)
        assert duration.read(duration.said(found, language), language) == found

    same()


@pytest.mark.parametrize(
    ("text", "language", "want"),
    [
        ("지난해 1월", "ko", ["지난해 = 2024, counted from 2025-02-04", "1월 = January"]),
        ("Q3 2024", "en", ["Q3 = July to September", "2024 = the year 2024"]),
        ("令和6年", "ja", ["令和 = years counted from 2019", "6年 = the year 6"]),
        ("上周五", "zh", ["上周五 = 2025-01-27/2025-02-02, counted from 2025-02-04", "上周五 = Friday"]),
        (
            "2월 4일",
            "ko",
            ["2월 = February", "4일 = day 4", "the year of the reference date = 2025-02-04, assumed"],
        ),
        (
            "early 2020",
            "en",
            ["early = early part, as the documentation lists it, assumed", "2020 = the year 2020"],
        ),
        (
            "2022년부터 3년간",
            "ko",
            ["2022년 = the year 2022", "부터 = from it on", "3년간 = 3 of unit year from there on"],
        ),
        ("2024-01~", "", []),
    ],
)
def test_a_reading_is_explained_piece_by_piece(text: str, language: str, want: list[str]) -> None:
    *pieces, whole = explained(text, language, REFERENCE)
    assert [str(piece) for piece in pieces] == want
    assert whole.meaning == edtf.written(read(text, language, REFERENCE))


def test_a_duration_is_explained() -> None:
    assert [str(step) for step in duration.explained("약 1년 6개월")] == [
        "약 = about",
        "1년 = P1Y",
        "6개월 = P6M",
    ]


NEW = """
[date.month]
"januaro" = 1
"junio" = 6

[date.relative]
"hieraŭ" = ["day", -1]

[date.unit]
"kvaronjaro" = "quarter"

[date.bound]
"ĝis" = "<="

[date]
filler = ["de", "la"]

[duration.seconds]
"horoj" = 3600

[duration.approximate]
"ĉirkaŭ" = true
"""
"""A table of Esperanto, as somebody may add it."""


@pytest.fixture
def esperanto(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    import tomllib  # noqa: PLC0415 - this fixture only

    from kg.values import scanner, vocabulary  # noqa: PLC0415 - patched here
    from kg.values.date import vocabulary as of_dates  # noqa: PLC0415 - patched here

    more: dict[str, Any] = {**tables(), "eo": tomllib.loads(NEW)}
    caches = [f for m in (scanner, of_dates) for f in vars(m).values() if hasattr(f, "cache_clear")]
    for module in (vocabulary, of_dates):
        monkeypatch.setattr(module, "tables", lambda: more)
    for cached in caches:
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


@pytest.mark.usefixtures("esperanto")
def test_a_new_language_is_a_table_and_no_code() -> None:
    assert edtf.written(read("la 4 de junio 2024", "eo")) == "2024-06-04"
    assert edtf.written(read("2 kvaronjaro 2024", "eo")) == "2024-04-01/2024-06-30"
    assert edtf.written(read("ĝis januaro 2024", "eo")) == "../2024-01-31"
    assert edtf.written(read("hieraŭ", "eo", REFERENCE)) == "2025-02-03"
    assert duration.read("ĉirkaŭ 2 horoj", "eo") == duration.Duration(7200, approximate=True)
