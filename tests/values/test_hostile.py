"""What no value may do, whatever it holds: end in anything but a reading or a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.model.value_types import VALUE_TYPES
from kg.values.codec import Context
from kg.values.datatype import INTEGERS, LEXICAL
from kg.values.date.codec import KEYS as DATE_KEYS
from kg.values.lexicon import SECTIONS, Lexicon
from kg.values.money.spelled import KEYS as MONEY_KEYS
from kg.values.quantity.spelled import KEYS as QUANTITY_KEYS
from kg.values.registry import reader
from tests.values.conftest import REFERENCE, SCHEMES, a_field

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.codec import Read

READERS: dict[str, Read] = {
    name: reader(a_field(name), SCHEMES)
    for name in (*VALUE_TYPES, "string", "boolean", "decimal", "anyURI", *INTEGERS, *LEXICAL)
}
CONTEXT = Context(language="en", reference_date=lambda: REFERENCE, resolve=lambda _value, _class: "<urn:x>")
KEYS: dict[str, tuple[str, ...]] = {
    "Money": MONEY_KEYS,
    "Date": DATE_KEYS,
    "Duration": ("value", "asWritten"),
    "Percent": ("value",),
    "Quantity": QUANTITY_KEYS,
    "Names": ("en", "ko", "kr", "no tag", ""),
    "Text": ("en", "ko", "kr", "no tag", ""),
    "Identifier": tuple(scheme.notation for scheme in SCHEMES),
    "Evidence": ("quote", "paragraph", "section", "page", "confidence", "source"),
}
"""Value type -> the keys of its spelled-out form, and some that are none."""


def values(keys: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """Any JSON value, in which the keys and the right values of a form come often."""
    right = ("USD", "1", "2024-01-01", "Q1", "A", "", "1e9", "\ud800", "today", "약 2시간")
    leaves = st.one_of(
        st.sampled_from([None, True, False, 0, -1, 1, 10**30]),
        st.decimals(allow_nan=True),
        st.sampled_from(right),
        st.text(max_size=5),
    )
    names = st.one_of(st.sampled_from(keys), st.text(max_size=3))
    return st.recursive(
        leaves,
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=4)),
        max_leaves=8,
    )


def refused_or_read(name: str, value: object) -> None:
    """Any other exception fails the test."""
    try:
        READERS[name](value, CONTEXT)
    except Unreadable as error:
        for problem in error.problems:
            hash(problem.pointer)


@pytest.mark.parametrize("name", KEYS)
def test_any_json_in_any_form_is_read_or_refused(name: str) -> None:
    @given(values(KEYS[name]))
    def refused(value: object) -> None:
        refused_or_read(name, value)

    refused()


@given(st.sampled_from(sorted(set(READERS) - set(KEYS))), values(("a",)))
def test_any_json_as_a_literal_is_read_or_refused(name: str, value: object) -> None:
    refused_or_read(name, value)


WRONG: list[object] = [{}, [], None, True, 5, "", [{}], {"a": {}}, "\ud800", [[]]]


@pytest.mark.parametrize(("name", "key"), [(name, key) for name, keys in KEYS.items() for key in keys])
def test_any_key_of_any_form_may_hold_what_it_should_not(name: str, key: str) -> None:
    rest = {"value": "1", "currency": "USD"} if name == "Money" else {}
    for wrong in WRONG:
        refused_or_read(name, {key: wrong})
        refused_or_read(name, {**rest, key: wrong})
        refused_or_read(name, {**rest, "converted": {**rest, key: wrong}})


@pytest.mark.parametrize("wrong", [{}, [], None, 5])
def test_a_currency_that_is_no_text_is_told(codes: Callable[..., Any], wrong: object) -> None:
    amount = {"value": "1", "currency": wrong}
    assert [pointer for _, pointer in codes("Money", amount)] in (["/currency"], [""])
    inner = {"value": "1", "currency": "USD", "converted": amount}
    assert [pointer for _, pointer in codes("Money", inner)] in (["/converted/currency"], ["/converted"])


@pytest.mark.parametrize(
    "text",
    ["today 4 days ago", "last week 2 days ago", "오늘 2 days ago", "4 days ago 4 days ago", "3년 전 2일 전"],
)
def test_a_date_with_two_steps_is_refused(codes: Callable[..., Any], text: str) -> None:
    [(code, _)] = codes("Date", text)
    assert code.startswith("date-")


LEXICON = Lexicon.load()


def words_of(kind: str) -> list[str]:
    """Every word that a value of a type is written with, in any language."""
    found: set[str] = set()
    for table in LEXICON.tables.values():
        for section in SECTIONS[kind]:
            for entries in table.get(section, {}).values():
                lists = entries.values() if isinstance(entries, dict) else [entries]
                found.update(word for words in lists for word in words)
    return sorted(found)


NUMBERS = [
    "0",
    "1",
    "4",
    "12",
    "31",
    "99",
    "2024",
    "2025-02-04",
    "2/3/2024",
    "'24",
    "3rd",
    "00",
    "10000000000",
]


@pytest.mark.parametrize("name", ["Date", "Money", "Duration", "Percent", "Quantity"])
def test_any_words_of_the_lexicon_together_are_read_or_refused(name: str) -> None:
    words = st.sampled_from(words_of(name.lower()))

    @given(st.lists(st.one_of(words, st.sampled_from(NUMBERS)), max_size=6), st.sampled_from([" ", " ", ""]))
    def refused(pieces: list[str], between: str) -> None:
        refused_or_read(name, between.join(pieces))

    refused()
