"""Names: their language where nobody says it, what is left out, and what somebody should know."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.identity.names import name_key
from kg.values import kinds
from kg.values.names import names_in
from tests.steps import steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.codec import Written

BESIDE = kinds.Beside()


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("소프트뱅크", "ko"),
        ("삼성SDI", "ko"),
        ("이재용(李在鎔)", "ko"),
        ("ソフトバンクグループ", "ja"),
        ("SBIホールディングス", "ja"),
        ("楽天グループ", "ja"),
        ("三星電子", ""),
        ("阿里巴巴", ""),
        ("OpenAI", ""),
        ("Société Générale", ""),
        ("Газпром", ""),
        ("أرامكو", ""),
        ("บริษัท", "th"),
        ("Εθνική Τράπεζα", "el"),
        ("Tau β", ""),
        ("טבע", "he"),
        ("라면 ラーメン", ""),
        ("SoftBank Group (소프트뱅크그룹)", ""),
    ],
)
def test_the_script_tells_the_language_where_it_can(name: str, language: str) -> None:
    assert names_in(name) == ((language, name),)
    assert names_in(name, "fr") == (("fr", name),)
    assert names_in([name, {"en": name}]) == ((language, name), ("en", name))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Soft\u200bBank", "SoftBank"),
        ("\ufeffSoftBank\u2060", "SoftBank"),
        ("Soft\u00adBank", "SoftBank"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("“Quoted” Inc.", "“Quoted” Inc."),
        ("이재용 삼성전자 회장", "이재용 삼성전자 회장"),
        ("e\u0301", "é"),
        ("소프트뱅크".encode().decode(), "소프트뱅크"),
        ("\u1109\u1169", "소"),
    ],
)
def test_what_nobody_sees_is_left_out_and_nothing_else(written: str, name: str) -> None:
    [(_, found)] = names_in(written)
    assert found == name
    assert name_key(written) == name_key(name)


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("三星電子", ["names-language-open"]),
        ({"ko": "三星電子"}, []),
        ("SoftBank Group (소프트뱅크그룹)", ["names-two"]),
        ("소프트뱅크그룹(SoftBank Group)", ["names-two"]),
        ("삼성전자(주)", []),
        ("이재용(李在鎔)", []),
        ("Apple (US)", []),
        ("Soft\u200bBank", ["names-invisible"]),
        ("SoftBank", []),
    ],
)
def test_what_somebody_should_know_is_said_and_stops_nothing(
    read: Callable[..., Written], value: object, codes: list[str]
) -> None:
    found = read("Names", value)
    assert [p.code for p in found.info] == codes
    assert all(p.severity == "info" for p in found.info)
    assert len(found.tails) == 1


def test_nothing_but_what_nobody_sees_is_no_name() -> None:
    with pytest.raises(Unreadable):
        names_in("\u200b\ufeff")


NAMES = st.text(st.sampled_from("aZ 가나ガ三é{[\"'(),"), min_size=1, max_size=8)
FORMS = st.one_of(
    NAMES,
    st.dictionaries(st.sampled_from(["en", "ko", "zh-hant"]), st.one_of(NAMES, st.lists(NAMES, min_size=1))),
    st.lists(st.one_of(NAMES, st.dictionaries(st.sampled_from(["ja", "en"]), NAMES, min_size=1))),
)


@given(FORMS)
def test_names_that_are_said_are_read_again(value: object) -> None:
    text = value if isinstance(value, str) else json.dumps(value)
    try:
        found = kinds.read("names", text, BESIDE)
    except Unreadable:
        return
    again = kinds.read("names", found.said(), BESIDE)
    assert sorted(again.value) == sorted(found.value)
    assert again.said() == kinds.read("names", again.said(), BESIDE).said()
    assert found.explained()


@pytest.mark.parametrize("unit", ["a", "(", "가", "三", "()", "a(가)", "{", "\u200b"])
def test_steps_grow_no_faster_than_the_text(unit: str) -> None:
    def tried(text: str) -> None:
        try:
            kinds.read("names", text, BESIDE).explained()
        except Unreadable:
            return

    tried("warm")
    short, long = (steps(partial(tried, (unit * 1000)[:size])) for size in (240, 960))
    assert long <= 6 * short + 500
