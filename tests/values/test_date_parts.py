"""A date of several parts lies within each of them: no part that a text names is passed over."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.values.date import grammar as date
from kg.values.lexicon import Lexicon

if TYPE_CHECKING:
    from kg.values.date.meaning import Date

LEXICON = Lexicon.load()
PARTS = {
    "en": (
        *("Q3", "March", "second half", "first half", "week 5", "summer", "early", "late", "4th", "Tuesday"),
        *("1990s", "last year", "this year", "next month", "first quarter", "mid-", "end of", "yesterday"),
        *("last week", "21st century", "H1", "three days ago", "about", "2025", "2024", "next", "5", "first"),
    ),
    "ko": (
        *("3분기", "3월", "상반기", "하반기", "초", "말", "4일", "화요일", "지난해", "올해", "다음 달"),
        *(
            "지난주",
            "오는",
            "지난",
            "약",
            "2025년",
            "2024년",
            "어제",
            "3일 전",
            "90년대",
            "21세기",
            "중순",
            "중",
        ),
    ),
    "ja": (
        *("第3四半期", "3月", "上期", "下期", "初め", "末", "4日", "火曜日", "昨年", "今年", "来月", "先週"),
        *("約", "2025年", "2024年", "年度", "昨日", "3日前", "90年代", "上旬", "令和7年", "前半"),
    ),
    "zh": (
        *(
            "第三季度",
            "3月",
            "上半年",
            "下半年",
            "初",
            "底",
            "4日",
            "星期二",
            "去年",
            "今年",
            "下个月",
            "上周",
        ),
        *("约", "2025年", "2024年", "昨天", "3天前", "90年代", "上旬", "民国114年"),
    ),
}
"""Words and phrases that alone, or beside others, may be a date; none that bounds one."""


def read(text: str, language: str) -> Date | None:
    try:
        return date.read(text, LEXICON, language, reference=lambda: "2025-02-04")
    except Unreadable:
        return None


def outside(parts: tuple[str, ...], language: str) -> list[str]:
    """The parts that the date of all of them does not lie within."""
    found = read((" " if language in {"en", "ko"} else "").join(parts), language)
    if found is None or found.earliest is None or found.latest is None:
        return []
    alone = {part: read(part, language) for part in parts}
    return [
        part
        for part, days in alone.items()
        if days is not None and not days.assumed and days.earliest and days.latest
        if not days.earliest <= found.earliest <= found.latest <= days.latest
    ]


@pytest.mark.parametrize("language", PARTS)
def test_a_date_of_two_parts_lies_within_both(language: str) -> None:
    wrong = {parts: outside(parts, language) for parts in permutations(PARTS[language], 2)}
    assert {" ".join(parts): left_out for parts, left_out in wrong.items() if left_out} == {}


@given(st.sampled_from(sorted(PARTS)), st.data())
def test_a_date_of_three_parts_lies_within_each(language: str, data: st.DataObject) -> None:
    parts = data.draw(st.lists(st.sampled_from(PARTS[language]), min_size=3, max_size=4, unique=True))
    assert outside(tuple(parts), language) == []
