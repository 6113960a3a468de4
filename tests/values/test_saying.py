"""What is said in a normal form of any language reads back to the same value."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.values.interval.meaning import Interval
from kg.values.money import grammar as money_grammar
from kg.values.money import saying as money_saying
from kg.values.money.meaning import Money
from kg.values.money.vocabulary import codes
from kg.values.number import grammar as number_grammar
from kg.values.number import saying as number_saying
from kg.values.percent import grammar as percent_grammar
from kg.values.percent import saying as percent_saying
from kg.values.quantity import grammar as quantity_grammar
from kg.values.quantity import saying as quantity_saying
from kg.values.quantity.meaning import Quantity
from kg.values.vocabulary import tables
from tests.values.conftest import rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.interval.meaning import Number

LANGUAGES = sorted(language for language, table in tables().items() if "say" in table)
UNITS = sorted(
    {str(unit) for table in tables().values() for unit in table.get("unit", {}).get("unit", {}).values()}
)

NUMBERS: st.SearchStrategy[Number] = st.one_of(
    st.integers(-(10**18), 10**18),
    st.builds(lambda head, power: head * 10**power, st.integers(1, 9999), st.integers(0, 14)),
    st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False, allow_infinity=False),
    st.builds(lambda n: Decimal(n).scaleb(-3), st.integers(1, 999_999)),
)


def interval(first: Number, second: Number | None, kind: str, marks: tuple[bool, bool, bool]) -> Interval:
    more, less, about = marks
    if kind == "exact" or second is None:
        return Interval(first, first, approximate=about)
    if kind == "lower":
        return Interval(first, None, min_exclusive=more, approximate=about)
    if kind == "upper":
        return Interval(None, first, max_exclusive=less, approximate=about)
    low, high = sorted((first, second))
    if low == high:
        return Interval(low, low, approximate=about)
    return Interval(low, high, more, less, about)


INTERVALS = st.builds(
    interval,
    NUMBERS,
    NUMBERS,
    st.sampled_from(["exact", "lower", "upper", "both"]),
    st.tuples(st.booleans(), st.booleans(), st.booleans()),
)


def bare(value: Interval) -> Interval:
    return value._replace(assumed="")


@settings(deadline=None)
@given(INTERVALS, st.sampled_from(LANGUAGES))
def test_a_number_that_is_said_reads_back(value: Interval, language: str) -> None:
    assert bare(number_grammar.read(number_saying.said(value, language), language)) == value


@settings(deadline=None)
@given(INTERVALS, st.sampled_from(LANGUAGES))
def test_a_share_that_is_said_reads_back(value: Interval, language: str) -> None:
    assert bare(percent_grammar.read(percent_saying.said(value, language), language)) == value


@settings(deadline=None)
@given(INTERVALS, st.sampled_from(UNITS), st.sampled_from(LANGUAGES))
def test_a_quantity_that_is_said_reads_back(value: Interval, unit: str, language: str) -> None:
    text = quantity_saying.said(Quantity(unit, value), language)
    found = quantity_grammar.read(text, language)
    assert (found.unit, bare(found.number)) == (unit, value)


def money(value: Interval, currency: str) -> Money:
    return Money(currency, value.min, value.max, value.min_exclusive, value.max_exclusive, value.approximate)


@settings(deadline=None)
@given(
    INTERVALS,
    st.none() | INTERVALS,
    st.lists(st.sampled_from(sorted(codes())), min_size=2, max_size=2, unique=True),
    st.sampled_from(LANGUAGES),
)
def test_an_amount_that_is_said_reads_back(
    value: Interval, other: Interval | None, currencies: list[str], language: str
) -> None:
    whole = money(value, currencies[0])
    if other is not None:
        whole = whole._replace(converted=money(other, currencies[1]))
    text = money_saying.said(whole, language)
    found = money_grammar.read(text, language)
    second = found.converted
    plain = None if second is None else second._replace(digits="", as_written="", assumed="")
    assert found._replace(digits="", as_written="", assumed="", converted=plain) == whole


@pytest.mark.parametrize("currency", ["BIF", "IDR"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fraction_of_a_currency_without_cents_reads_back(language: str, currency: str) -> None:
    value = Decimal("1.001")
    text = money_saying.said(Money(currency, value, value), language)
    assert money_grammar.read(text, language).min == value


ROWS = [text for name in ("money.ko.tsv", "money.en.tsv") for text, want in rows(name) if want[0] != "!"]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("text", ROWS)
def test_an_amount_of_the_tables_is_explained_and_said_again(text: str, language: str) -> None:
    found = money_grammar.read(text)
    assert money_saying.explained(text)
    again = money_grammar.read(money_saying.said(found, language), language)
    assert (again.currency, again.min, again.max) == (found.currency, found.min, found.max)


EXPLAINED: list[tuple[Callable[..., object], str, str]] = [
    (
        money_saying.explained,
        "150억~250억달러",
        "150억 = 15,000,000,000; ~ = –; 250억 = 25,000,000,000; 달러 = USD, assumed",
    ),
    (
        money_saying.explained,
        "$15-25bn",
        "$ = USD, assumed; 15 = 15,000,000,000; - = –; 25bn = 25,000,000,000",
    ),
    (
        money_saying.explained,
        "5000억달러(약 729조원)",
        "5000억 = 500,000,000,000; 달러 = USD, assumed; 약 = ≈; 729조 = 729,000,000,000,000; 원 = KRW",
    ),
    (money_saying.explained, "3조원대", "3조 = 3,000,000,000,000; 원 = KRW; 대 = < 4,000,000,000,000"),
    (
        money_saying.explained,
        "3 dollars 50 cents",
        "3 = 3; dollars = USD, assumed; 50 = 50; cents = 0.01 USD",
    ),
    (money_saying.explained, "주당 5만원", "주당 = for each; 5만 = 50,000; 원 = KRW"),
    (
        money_saying.explained,
        "restructuring costs of $85 million",
        "restructuring costs of = label; $ = USD, assumed; 85 million = 85,000,000",
    ),
    (
        money_saying.explained,
        "a 40-billion-dollar fund",
        "40-billion = 40,000,000,000; dollar = USD, assumed; fund = label",
    ),
    (
        money_saying.explained,
        "$(3.2) million",
        "$ = USD, assumed; ( = -; 3.2) million = 3,200,000",
    ),
    (money_saying.explained, "US$12.345", "US$ = USD; 12.345 = 12.345, assumed"),
    (number_saying.explained, "between twenty-five and 30", "twenty-five = 25; 30 = 30"),
    (percent_saying.explained, "3할 2푼", "3 = 3; 할 = 10%; 2 = 2; 푼 = 1%"),
    (quantity_saying.explained, "10 gigawatts or more", "10 = 10; gigawatts = GW; or more = ≥"),
]


@pytest.mark.parametrize(("explained", "text", "steps"), EXPLAINED)
def test_a_reading_is_explained_piece_by_piece(
    explained: Callable[..., list[object]], text: str, steps: str
) -> None:
    assert "; ".join(map(str, explained(text))) == steps
