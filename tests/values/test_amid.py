"""One amount, or one date, amid the words of a phrase."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from kg.errors import Unreadable
from kg.values.date import reading as dates
from kg.values.money import cutting, grammar
from kg.values.money.saying import explained
from tests.values.conftest import HERE, REFERENCE, rows
from tests.values.test_growth import SLACK, calls

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.money.meaning import Money

TABLES = sorted(path.name for path in (HERE / "tables").glob("money.*.tsv"))


def outcome(read: Callable[[str, str], Money], text: str, language: str) -> object:
    try:
        return read(text, language)
    except Unreadable as error:
        return [problem.code for problem in error.problems]


def by_grammar(text: str, language: str) -> Money:
    return grammar.read_tokens(cutting.tokens(text, language), text, language)


def other(run: re.Match[str], chosen: random.Random) -> str:
    """Other digits: of the same length, a year, a 1, a day, any number."""
    kind = chosen.randrange(5)
    if kind == 0:
        return "".join(str(chosen.randint(1, 9)) for _ in run[0])
    return ("1994", "1", str(chosen.randint(0, 31)), str(chosen.randint(0, 10**5)))[kind - 1]


@pytest.mark.parametrize("table", TABLES)
def test_words_with_other_digits_read_as_the_grammar_reads_them(table: str) -> None:
    chosen = random.Random(table)
    language = {"news": "en"}.get(name := table.split(".")[1], name)
    for text, _ in rows(f"tables/{table}"):
        changed = re.sub("[0-9]+", lambda run: other(run, chosen), text)
        assert outcome(grammar.read, changed, language) == outcome(by_grammar, changed, language), changed


def test_the_words_around_an_amount_are_shown_as_labels() -> None:
    steps = [str(step) for step in explained("a 26% stake in SU7 maker for $5bn", "en")]
    assert steps == [
        *("26% = label", "stake = label", "SU7 = label", "maker = label", "for = label"),
        *("$ = USD, assumed", "5bn = 5,000,000,000"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "half of the $5m fund",
        "the first tranche of a $500m loan",
        "all but $3m of the debt",
        "$5m less than planned",
        "failed to raise $5m",
        "tenfold the £200,000 estimate",
        "3 boxes at $5",
        "1,500 pounds of cocaine",
        f"raised $5m {'and then told everybody about it ' * 6}",
    ],
)
def test_what_may_be_another_amount_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        grammar.read(text, "en")


@pytest.mark.parametrize("open_", ["(", "(a ", "- ", "a-", "약 ", "的", "3 "])
def test_many_signs_take_no_more_than_linear_work(open_: str) -> None:
    few, many = (calls(by_grammar_or_not, f"{open_ * (count // len(open_))}x ) $5m") for count in (50, 100))
    assert many <= 4 * few + SLACK


def by_grammar_or_not(text: str) -> None:
    outcome(by_grammar, text, "en")


def test_a_language_that_lists_nothing_that_compares_keeps_to_its_words() -> None:
    assert grammar.read("insgesamt 22 Mio. Euro", "de").min == 22_000_000
    with pytest.raises(Unreadable):
        grammar.read("erhielt 22 Mio. Euro von heimlichen Verehrern", "de")


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("$5m from a maker of tiles for any floor", "en", 5_000_000),
        ("$5m any floor", "en", None),
        ("50억원을 조합 가게 주인 자녀 다른 학교로", "ko", 5_000_000_000),
        ("50억원 다른 곳에", "ko", None),
        ("5億円で買った土地に建つ工場の限界を探る", "ja", 500_000_000),
        ("5億円の限界", "ja", None),
        ("3亿元购入实验室及原厂区", "zh", 300_000_000),
        ("3亿元原厂区", "zh", None),
    ],
)
def test_some_words_tell_only_close_to_the_amount(text: str, language: str, wanted: int | None) -> None:
    if wanted is None:
        with pytest.raises(Unreadable):
            grammar.read(text, language)
    else:
        assert grammar.read(text, language).min == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("listed on the ASX in June 2018", "2018-06-01"),
        ("effective date 1 April 2025", "2025-04-01"),
        ("the eve of 5 May 2026", None),
        ("2027 units", None),
        ("unless it is moved to June 30, 2026", None),
    ],
)
def test_the_only_date_of_a_phrase_is_read_where_no_word_moves_it(text: str, wanted: str | None) -> None:
    if wanted is None:
        with pytest.raises(Unreadable):
            dates.read(text, "en", REFERENCE)
    else:
        assert str(dates.read(text, "en", REFERENCE).earliest) == wanted
