"""People as texts name them."""

from __future__ import annotations

import pytest

from kg.identity.names import name_key
from kg.identity.titles import (
    families,
    family_of,
    is_family_name,
    may_be_of_family,
    named_without_titles,
    without_titles,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("이재용 회장", "이재용"),
        ("이재용회장", "이재용"),
        ("이재용 삼성전자 회장", "이재용 삼성전자"),
        ("손정의 소프트뱅크그룹 회장", "손정의 소프트뱅크그룹"),
        ("윤석열 전 대통령", "윤석열"),
        ("샘 올트먼 CEO", "샘 올트먼"),
        ("Chairman Lee Jae-yong", "lee jae-yong"),
        ("Mr. Sam Altman", "sam altman"),
        ("Dr. Jane Roe, PhD", "jane roe"),
        ("孫正義 会長", "孫正義"),
        ("马化腾 董事长", "马化腾"),
        ("이 회장", ""),
        ("Mr. Lee", ""),
        ("이재용", ""),
        ("회장", ""),
        ("안군", ""),
    ],
)
def test_a_full_name_with_a_title(text: str, name: str) -> None:
    assert named_without_titles(text) == name


@pytest.mark.parametrize("name", ["김군", "박양", "이사장", "정대표", "장군", "mr", "이사"])
def test_what_may_be_a_name_is_not_cut(name: str) -> None:
    assert without_titles(name) == name


def test_family_names_stand_in_both_scripts() -> None:
    for family, latin in families().items():
        assert is_family_name(family)
        assert all(is_family_name(name) for name in latin)
        assert latin
        assert all(name == name_key(name) for name in latin)
    assert {"lee", "yi", "rhee"} <= families()["이"]
    assert family_of("남궁민") == "남궁"
    assert family_of("남상우") == "남"
    assert not family_of("소프트뱅크그룹")


@pytest.mark.parametrize(
    ("name", "family", "may_be"),
    [
        ("이재용", "이", True),
        ("lee jae-yong", "이", True),
        ("jay y. lee", "이", True),
        ("이재용", "lee", True),
        ("김이나", "이", False),
        ("lee", "이", False),
        ("이", "이", False),
        ("park jin", "이", False),
    ],
)
def test_who_may_be_meant_by_a_family_name(name: str, family: str, may_be: bool) -> None:  # noqa: FBT001 - a case
    assert may_be_of_family(name, family) is may_be
