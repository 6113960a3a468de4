"""The key of a name: what makes two names one, and no name that takes for ever."""

from __future__ import annotations

import sys
from functools import partial

import pytest

from kg.identity.entities import names_of
from kg.identity.names import name_key
from tests.steps import steps

LIMIT = 1_000
"""Characters that a name may have."""


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("㈜삼성전자", "삼성전자"),
        ("삼성전자 주식회사", "삼성전자"),
        ("SAMSUNG Electronics Co., Ltd.", "samsung electronics"),
        ("OpenAI, L.L.C.", "openai"),
        ("  SoftBank   Group Corp. ", "softbank group"),
        ("Acme.Inc", "acme"),
        ("Acme, Inc., Ltd", "acme"),
        ("A Co Co Co", "a"),
        ("Co., Ltd.", "co"),
        ("Ltd", "ltd"),
        ("U.S. Steel", "us steel"),
        ("Yahoo!", "yahoo!"),
        ("Co-op", "co-op"),
        ("Nabisco", "nabisco"),
        ("...", "..."),
        (",x,", "x"),
        ("", ""),
    ],
)
def test_the_key_of_a_name(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize("unit", [",", " co", " Co., Ltd.", "a.", "(주)", "x ", ", ", "．", "\ufdfa"])
def test_of_a_name_that_is_too_long_only_its_beginning_counts(unit: str) -> None:
    long = "a" + unit * LIMIT + "x"
    assert name_key(long) == name_key(long[:LIMIT]) == name_key(long[:LIMIT] + "y" * 100_000)


@pytest.mark.parametrize("unit", [",", " co", " Co., Ltd.", "a.", "(주)", "x ", "1"])
def test_steps_grow_no_faster_than_the_name_and_end_where_names_end(unit: str) -> None:
    short, long, longer, longest = (
        steps(partial(name_key, ("a" + unit * size)[:size])) for size in (250, 1000, 2000, 100_000)
    )
    assert long <= 5 * short + 50
    assert longer == longest == long


def test_a_long_name_is_not_remembered() -> None:
    name = "n" * LIMIT * 100
    before = sys.getrefcount(name)
    name_key(name)
    assert sys.getrefcount(name) == before


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("A", ("A",)),
        ({"en": "B", "ko": ["가", "나"]}, ("B", "가", "나")),
        ({"ko": "가", "en": "B"}, ("B", "가")),
        (["A", {"en": "B"}], ("A", "B")),
        ([" ", "", 5, None], ()),
        ([["A"]], ()),
        ({"en": {"en": "A"}}, ()),
        (["A" * 5000], ("A" * LIMIT,)),
    ],
)
def test_the_names_of_a_record_are_those_that_it_may_have(value: object, found: tuple[str, ...]) -> None:
    assert names_of(value) == found
