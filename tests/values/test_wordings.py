"""A text of a known wording is read as the grammar reads it, whatever its digits are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.values import read_once, vocabulary
from kg.values.interval import kept as keeping
from kg.values.interval.bounds import one
from kg.values.interval.side import Side
from kg.values.money import cutting, finding
from kg.values.money import grammar as money
from kg.values.money import wording as money_wording
from kg.values.number import grammar as number
from kg.values.numeral import Numeral
from kg.values.percent import grammar as percent
from kg.values.quantity import grammar as quantity
from kg.values.quantity.meaning import Quantity
from kg.values.scanner import normal
from kg.values.vocabulary import tables
from tests.values.conftest import HERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.values.vocabulary import Token

SECTIONS = ("money", "number", "mark", "percent", "unit", "ordinal")
WORDS = sorted(
    {
        word
        for table in tables().values()
        for section in SECTIONS
        for kind in table.get(section, {}).values()
        for word in kind
    }
)
USUAL = [
    *("$", "€", "원", "억", "조", "천", "만", "달러", "£", " million", "bn", "%", " 명", "GW", "USD ", "kr"),
    *("약 ", "~", "-", "–", " to ", "(", ")", " 이상", "미만", "대", " or ", "between ", " and ", "at least ", "up to "),
    *(" ", "  ", "\u00a0", "\t", ".", ",", "'", "/", "⁄", "½", "x", "e", "^", "th", "５", " cents", "중반", "₫"),
]  # fmt: skip
DIGITS = [
    *("0", "1", "5", "00", "007", "12", "99", "100", "750", "1,234", "12.345", "12.34", "1.5", "1,5", "0,5"),
    *("1.234.567,89", "12,34,567", "1 234", "1\u202f234", "1,2,3", "5.", ".5", "9" * 25, "9" * 61, "2024"),
]
LANGUAGES = ["", "en", "ko", "ja", "zh-TW", "de", "fr", "en-AU", "da", "es"]
PIECES = st.one_of(st.sampled_from(USUAL), st.sampled_from(WORDS))
TEXTS = st.lists(st.one_of(PIECES, st.just(0)), min_size=1, max_size=7)
RUNS = st.lists(st.sampled_from(DIGITS), min_size=7, max_size=7)


def by_grammar(text: str, language: str) -> object:
    return money.read_tokens(cutting.tokens(text, language), text, language)


def number_by_grammar(text: str, language: str) -> object:
    written = normal(text).strip()
    found = number._power(written)  # noqa: SLF001 - what goes before the grammar
    if found is not None:
        return one(Side(), Numeral(found, found))
    return number.interval(number.scan(written, language), text, Side, language)


def percent_by_grammar(text: str, language: str) -> object:
    return number.interval(percent.scan(text, language), text, percent.PercentSide, language)


def quantity_by_grammar(text: str, language: str) -> object:
    tokens = quantity.scan(text, language)
    [unit] = {token.value for token in tokens if token.kind == "unit"}
    found = number.interval(tokens, text, quantity.QuantitySide, language)
    return Quantity(unit, found, text.strip())


READERS: dict[str, tuple[Callable[[str, str], object], Callable[[str, str], object]]] = {
    "money": (money.read, by_grammar),
    "number": (number.read, number_by_grammar),
    "percent": (percent.read, percent_by_grammar),
    "quantity": (quantity.read, quantity_by_grammar),
}


def outcome(read: Callable[[str, str], object], text: str, language: str, *, told: bool = False) -> object:
    """What is read; where nothing is, None, or why if it is to be ``told``."""
    try:
        return read(text, language)
    except Unreadable as error:
        return error.problems if told else None
    except ValueError:
        return None


def texts(pieces: list[Any], runs: list[list[str]]) -> Iterator[str]:
    """The same words with several runs of digits."""
    for of in runs:
        left = iter(of)
        yield "".join(next(left) if piece == 0 else piece for piece in pieces)


@pytest.mark.parametrize("name", READERS)
def test_a_known_wording_says_what_the_grammar_says(name: str) -> None:
    read, grammar = READERS[name]

    @settings(max_examples=300, deadline=None)
    @given(TEXTS, st.lists(RUNS, min_size=3, max_size=3), st.sampled_from(LANGUAGES))
    def same(pieces: list[Any], runs: list[list[str]], language: str) -> None:
        for text in texts(pieces, runs):
            if text.strip():
                told = name == "money"
                assert outcome(read, text, language, told=told) == outcome(grammar, text, language, told=told)

    same()


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.lists(RUNS, min_size=3, max_size=3), st.sampled_from(LANGUAGES))
def test_an_amount_in_a_text_of_a_known_wording_is_the_one_that_is_found(
    pieces: list[Any], runs: list[list[str]], language: str
) -> None:
    for text in texts(pieces, runs):
        first = outcome(finding.find, text, language)
        long = outcome(finding.find, text + " " * read_once.LONGEST, language)  # too long to be kept
        assert first == long


ROWS = [
    (path.name.split(".")[1], line.split("\t")[0])
    for path in sorted(HERE.glob("**/money.*.tsv"))
    for line in path.read_text("utf-8").splitlines()
    if line and line[0] != "#"
]


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_the_rows_of_the_tables_with_other_digits_are_read_as_the_grammar_reads_them(
    data: st.DataObject,
) -> None:
    language, text = data.draw(st.sampled_from(ROWS))
    language = {"news": "en"}.get(language, language)
    for _ in range(3):
        text = re.sub("[0-9]", lambda _: str(data.draw(st.integers(0, 9))), text)
        told = outcome(by_grammar, text, language, told=True)
        assert outcome(money.read, text, language, told=True) == told


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("number", ["-7", "-8", "-9", "-007", "1 over 3", "2 over 5", "0^0", "0^-1", "2^3", "1e5", "1e6"]),
        ("number", ["5 - 9", "6 - 9", "7 - 9", "1995-01", "9 - 5", "3rd", "4th", "1/2", "3/4"]),
        ("quantity", ["-5 m", "-6 m", "-7 m", "-007 m", "5 m2", "6 m3"]),
        ("money", ["$5 43", "$5 44", "$5 45", "$5 143", "$5 1.5", "$12.345", "12.345 €", "12.500 ₫", "12 ₫"]),
        (
            "money",
            [
                "1株5円",
                "2株5円",
                "5円1株",
                "3.3㎡당 1억원",
                "3.4㎡당 1억원",
                "1 5 0원",
                "5년간 5억원",
                "0년간 1억원",
            ],
        ),
        (
            "money",
            ["5년간 5억원", "51235년간 5억원", "5000인 1원", "5001인 1원", "1억명 1원", "제1차 1원 제2차"],
        ),
        (
            "money",
            ["3分期 5亿元", "12345分期 5亿元", "제3자배정 5억원", "제4자배정 5억원"],
        ),
        ("money", ["$15bn-25", "$15-25bn", "$16-25bn", "$17-25bn", "$900-1.2bn", "$25-15bn", "$9-8"]),
        (
            "money",
            [
                "不低于1,2,3亿元且不超过5.亿元",
                "不低于1亿元且不超过5.亿元",
                "1조2000억원",
                "1조2,000억원",
                "2조12억원",
            ],
        ),
    ],
)
def test_where_the_digits_decide_they_are_asked(name: str, texts: list[str]) -> None:
    read, grammar = READERS[name]
    told = name == "money"
    for text in [*texts, *texts]:
        assert outcome(read, text, "en", told=told) == outcome(grammar, text, "en", told=told)


@pytest.mark.parametrize(
    "texts",
    [
        ["5 million bananas", "12.5 million bananas"],
        ["3억원이 아니다", "7억원이 아니다"],
        ["향후 5년간 10조원 이상", "향후 5년간 300조원 이상"],
        ["1株当たり45円の配当", "1株当たり1,200円の配当"],
        ["RM50 million", "RM3.5 million"],
        ["150억", "2,000억"],
        ["50만 페소", "7만 페소"],
    ],
)
def test_words_are_looked_at_once_whether_they_are_an_amount_or_not(
    texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def cut(text: str, language: str) -> list[Token]:
        looked.append(text)
        return cutting.tokens(text, language)

    monkeypatch.setattr(money_wording, "cut", cut)
    monkeypatch.setattr(money, "cut", cut)
    vocabulary.forget_texts()
    for text in texts:
        looked.clear()
        said = outcome(money.read, text, "", told=True)
        assert bool(looked) == (text == texts[0])
        assert said == outcome(by_grammar, text, "", told=True)


def test_what_is_kept_is_bounded_and_forgotten_with_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "WORDINGS", 100)
    kept = money_wording._WHOLE  # noqa: SLF001 - what is kept
    largest = 0
    for text in [f"${'-' * (count % 50)}{count} {chr(0x4E00 + count // 3)}" for count in range(700)]:
        outcome(money.read, text, "en")
        largest = max(largest, len(kept))
    assert largest == 100
    vocabulary.forget()
    assert len(kept) == 0
    outcome(money.read, "5 " + "y" * read_once.LONGEST, "en")
    assert len(kept) == 0


def test_wordings_met_once_are_forgotten_before_those_that_recur(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "WORDINGS", 4)
    monkeypatch.setattr(keeping, "KEPT", 2)
    looked: list[str] = []

    def first(word: str) -> str:
        looked.append(word)
        return word

    kept = keeping.Kept(first, str.upper)
    for word in ("a", "a", "b", "c", "d", "e", "a", "b"):  # b, c and d give way to e
        kept.of(word)
    assert looked == ["a", "b", "c", "d", "e", "b"]
    for word in "bcdefgh":
        kept.of(word)
        kept.of(word)
        assert len(kept) <= 4


def test_a_wording_is_made_ready_when_it_is_met_again() -> None:
    made: list[str] = []

    def again(word: str) -> str:
        made.append(word)
        return word.upper()

    kept = keeping.Kept(lambda word, count: word * count or None, again)
    assert [kept.of("a", 2), kept.of("b", 1), kept.of("a", 2), kept.of("a", 2)] == ["aa", "b", "AA", "AA"]
    assert [kept.of("c", 0), kept.of("c", 0)] == [None, None]
    assert made == ["aa"]
