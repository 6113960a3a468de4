"""Quotes are held against the text of their document: spaces and quotation marks may differ, nothing else."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values.quotes import Passages, check, normal
from tests.steps import steps

if TYPE_CHECKING:
    from kg.errors import Problem

TEXT = """SoftBank is to put 15 billion to 25 billion dollars into OpenAI,
according to the “Financial Times”.

소프트뱅크가 오픈AI에 150억~250억달러(약 21조~36조원)를 직접 투자하는 방안을 추진한다.

OpenAI was asked. OpenAI did not answer.

The amount (“$15.25bn”) is open."""


def found(quote: str | None, paragraph: int | None = None, text: str = TEXT) -> Problem | None:
    return check((Passages.of("article", text),), quote, paragraph)


@pytest.mark.parametrize(
    ("quote", "paragraph"),
    [
        ("15 billion to 25 billion dollars", None),
        ("15 billion to 25 billion dollars", 1),
        ("into OpenAI, according to", 1),
        ("into  OpenAI,\n according\u00a0to", 1),
        ('the "Financial Times"', 1),
        ("the 「Financial Times」", 1),
        ("the 'Financial Times'", 1),
        ("150억~250억달러", 2),
        (unicodedata.normalize("NFD", "소프트뱅크가"), 2),
        ("OpenAI was asked. OpenAI did not answer.", None),
        ("did not answer. The amount", 3),
        ("OpenAI", 3),
        ("OpenAI", 1),
        (None, 4),
        (" dollars ", None),
    ],
)
def test_what_stands_there_is_right(quote: str, paragraph: int | None) -> None:
    assert found(quote, paragraph) is None


@pytest.mark.parametrize(
    ("quote", "paragraph", "code", "pointer"),
    [
        ("SoftBank will put 15 billion to 25 billion dollars", None, "quote-not-found", "/quote"),
        ("softbank is to put", None, "quote-not-found", "/quote"),
        ("소프트뱅크는 오픈AI에 150억달러를", 2, "quote-not-found", "/quote"),
        ("5 billion dollars", None, "quote-not-found", "/quote"),
        ("25bn", None, "quote-not-found", "/quote"),
        ("$15", None, "quote-not-found", "/quote"),
        ("   ", None, "quote-not-found", "/quote"),
        ("150억~250억달러", 1, "quote-elsewhere", "/paragraph"),
        ("150억~250억달러", 99, "quote-elsewhere", "/paragraph"),
        ("OpenAI", None, "quote-several", "/quote"),
        (None, 5, "quote-no-paragraph", "/paragraph"),
    ],
)
def test_what_does_not_is_told(quote: str, paragraph: int | None, code: str, pointer: str) -> None:
    problem = found(quote, paragraph)
    assert problem is not None
    assert (problem.code, problem.pointer) == (code, pointer)


def test_a_paraphrase_shows_the_nearest_passage() -> None:
    problem = found("SoftBank will put 15 to 25 billion dollars in OpenAI")
    assert problem is not None
    assert problem.args["where"] == 1
    assert str(problem.args["near"]).startswith("SoftBank is to put 15 billion")


def test_a_passage_is_shown_with_its_own_marks() -> None:
    problem = found("OpenAI's own “bank” pays", text="It is OpenAI’s own ‘bank’ that pays.")
    assert problem is not None
    assert "OpenAI’s own ‘bank’" in str(problem.args["near"])


def test_what_is_like_nothing_shows_nothing() -> None:
    problem = found("zzzz xxxx qqqq")
    assert problem is not None
    assert "near" not in problem.args


def test_it_is_said_where_a_quote_stands() -> None:
    elsewhere, several = found("소프트뱅크가", 4), found("OpenAI")
    assert elsewhere is not None
    assert several is not None
    assert (elsewhere.allowed, elsewhere.severity) == (("2",), "error")
    assert (several.allowed, several.severity) == (("1", "3"), "warning")


def test_lines_are_paragraphs_where_there_are_no_blank_ones() -> None:
    assert found("two", 2, "one\ntwo\r\nthree") is None
    assert found("three", 3, "one\rtwo\r\nthree") is None


def test_of_several_texts_one_is_enough() -> None:
    texts = (Passages.of("a", "Hello."), Passages.of("a", "안녕하세요."))
    assert check(texts, "안녕", 1) is None
    assert check(texts, "nothing", 1) is not None


@given(st.text(alphabet='ab1 \n"“.,', max_size=60), st.data())
def test_any_part_of_a_text_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))]
    whole = normal(text)
    passages = Passages.of("a", text)
    assert passages.text == whole
    problem = check((passages,), quote, None)
    if normal(quote) and (problem is not None and problem.code == "quote-not-found"):
        # only within a number
        assert any(c.isdigit() for c in (quote.strip()[0], quote.strip()[-1]))


@pytest.mark.parametrize(
    ("text", "quote"),
    [("a" * 100_000, "a" * 50_000 + "b"), ("1" * 100_000, "1"), ("a\n" * 50_000, "a"), ("a " * 50_000, "a")],
)
def test_a_hostile_text_costs_what_it_is_long(text: str, quote: str) -> None:
    passages = Passages.of("a", text)
    assert steps(lambda: passages.holding(normal(quote))) < 200_000


def test_what_is_like_a_quote_is_not_looked_for_for_ever() -> None:
    passages = Passages.of("a", "word " * 100_000)
    for number in range(30):
        check((passages,), f"other things {number}", None)
    assert passages.searched <= 5_500_000
