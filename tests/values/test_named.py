"""Addresses, countries and languages: what every form means, what is refused, and the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.values import cldr, kinds, url
from kg.values.country.reading import NO_COUNTRIES, Country
from kg.values.country.reading import said as country_said
from kg.values.language.reading import Language
from kg.values.language.reading import said as language_said
from tests.steps import steps
from tests.values.conftest import rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.codec import Written

BESIDE = kinds.Beside()
TABLE = [(kind, *row) for kind in ("url", "country", "language") for row in rows(f"{kind}.tsv")]
MESSAGES = ("en", "ko")


@pytest.mark.parametrize(("kind", "text", "want"), TABLE)
def test_a_text_is_read_as_people_mean_it(kind: str, text: str, want: str) -> None:
    if want.startswith("!"):
        code, *words = want.split(" ")
        with pytest.raises(Unreadable) as caught:
            kinds.read(kind, text, BESIDE)
        [problem] = caught.value.problems
        assert problem.code == code[1:]
        assert set(words) <= set(problem.allowed)
    else:
        found = kinds.read(kind, text, BESIDE)
        [value] = found.spelled().values()
        assumed = any(step.assumed for step in found.explained())
        assert value + " ?" * assumed == want
        for language in MESSAGES:
            again = kinds.read(kind, found.said(language), BESIDE)
            assert again.spelled() == found.spelled()


COUNTRIES = sorted(cldr.territories() - NO_COUNTRIES)


@pytest.mark.parametrize("language", cldr.LOCALES)
def test_every_country_is_read_by_its_name_in_every_language(language: str) -> None:
    doubtful = {"GE", "CD", "CG", "MF", "SX", "KR", "VG"}
    for code in COUNTRIES:
        name = cldr.territory(code, language)
        found: tuple[str, ...]
        try:
            found = (kinds.read("country", name, kinds.Beside(language)).spelled()["code"],)
        except Unreadable as error:
            found = error.problems[0].allowed if code in doubtful else ()
        assert code in found, name


@pytest.mark.parametrize("language", MESSAGES)
@pytest.mark.parametrize("code", COUNTRIES)
def test_a_country_that_is_said_is_read_again(code: str, language: str) -> None:
    said = country_said(Country(code), language)
    found = kinds.read("country", said, BESIDE)
    assert found.value == Country(code)


TAGS = sorted(tag for tag in cldr.languages() if kinds.read("language", tag, BESIDE).value.tag == tag)


@pytest.mark.parametrize("language", MESSAGES)
@given(st.sampled_from(TAGS), st.sampled_from(["", "-Latn", "-Hant-TW", "-KR", "-419", "-x-a"]))
def test_a_language_that_is_said_is_read_again(language: str, tag: str, more: str) -> None:
    value = Language(tag + more)
    assert kinds.read("language", language_said(value, language), BESIDE).value.tag == value.tag


LETTERS = st.text(st.sampled_from("aZ0./:?#[]@%|{} -_한글é~&=+"), max_size=40)


@given(st.sampled_from(["", "https://", "www.", "https://example.com/", "HTTP://a.kr?"]), LETTERS)
def test_an_address_is_read_once_and_for_all(start: str, end: str) -> None:
    try:
        found = url.read(start + end)
    except Unreadable:
        return
    assert url.read(found.value) == url.Url(found.value)


@pytest.mark.parametrize("character", ["\u200b", "\ufeff", "\u202e", "\u200e", "\t", "\n", "\x00", "\x1b"])
def test_an_address_holds_nothing_that_nobody_sees(character: str) -> None:
    with pytest.raises(Unreadable):
        url.read(f"https://example.com/a{character}b")


def test_only_what_is_asked_for_begins_an_address() -> None:
    assert url.read("ftp://example.com/", ("ftp",)).value == "ftp://example.com/"
    assert url.read("example.com", ("http", "https")).value == "http://example.com"


def test_a_field_holds_the_normal_form_and_says_what_was_assumed(read: Callable[..., Written]) -> None:
    assert read("Url", "Example.com/A").tails[0].endswith("<https://example.com/A>")
    assert [p.code for p in read("Url", "example.com").info] == ["url-scheme-assumed"]
    assert read("Country", "대한민국").tails[0].endswith('"KR"')
    assert [p.code for p in read("Country", "Korea").info] == ["country-assumed"]
    assert read("Language", "한국어").tails[0].endswith('"ko"')
    assert [p.severity for p in read("Language", "kr").info] == ["warning"]


@pytest.mark.parametrize("value", [3, None, True, [], {}])
@pytest.mark.parametrize("name", ["Url", "Country", "Language"])
def test_what_is_no_text_is_refused(codes: Callable[..., Any], name: str, value: object) -> None:
    [(code, pointer)] = codes(name, value)
    assert code in {"string-expected", "country-expected", "language-expected"}
    assert not pointer


@given(
    st.text(max_size=40), st.sampled_from(["url", "country", "language"]), st.sampled_from(["", "ko", "vi"])
)
def test_any_text_is_read_or_refused(text: str, kind: str, language: str) -> None:
    try:
        kinds.read(kind, text, kinds.Beside(language)).explained()
    except Unreadable:
        return


@pytest.mark.parametrize(
    "unit", ["a", "a.", "(", "(a)", "a-", ", ", "the ", "한", "%", "x://", "[", "\u0301", "1"]
)
@pytest.mark.parametrize("kind", ["url", "country", "language"])
def test_steps_grow_no_faster_than_the_text(kind: str, unit: str) -> None:
    def tried(text: str) -> None:
        try:
            kinds.read(kind, text, BESIDE)
        except Unreadable:
            return

    tried("warm")
    short, long = (steps(partial(tried, (unit * 1000)[:size])) for size in (240, 960))
    assert long <= 6 * short + 500
