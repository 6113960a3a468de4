"""Names, texts, identifiers and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import Problem, Unreadable
from kg.values.codec import Context
from tests.values.conftest import SCHEMES, node, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.codec import Written

X = "<https://w3id.org/kg-loader/ontology#x> "
ALT = "<http://www.w3.org/2004/02/skos/core#altLabel> "
LEI = "549300S4KLFTLO7GSQ80"


@pytest.mark.parametrize(
    ("value", "tails"),
    [
        ("소프트뱅크", [X + '"소프트뱅크"@ko']),
        (" SoftBank \n Group\u00a0", [X + '"SoftBank Group"@ko']),
        ("e\u0301", [X + '"é"@ko']),
        ({"en": ["SoftBank Group", "SoftBank"]}, [X + '"SoftBank Group"@en', ALT + '"SoftBank"@en']),
        ({"en": "A", "ko": "가"}, [X + '"A"@en', X + '"가"@ko']),
        ({"en": ["A", "A ", "B"]}, [X + '"A"@en', ALT + '"B"@en']),
        (["가", "나", {"en": "A"}, "가"], [X + '"가"@ko', ALT + '"나"@ko', X + '"A"@en']),
        ({"zh-Hant": "臺"}, [X + '"臺"@zh-hant']),
    ],
)
def test_the_first_name_of_a_language_is_the_preferred_one(
    read: Callable[..., Written], value: object, tails: list[str]
) -> None:
    assert read("Names", value, language="ko").tails == tails


def test_without_a_language_a_name_has_no_tag(read: Callable[..., Written]) -> None:
    assert read("Names", "SoftBank").tails == [X + '"SoftBank"']


@pytest.mark.parametrize("value_type", ["Names", "Text"])
@pytest.mark.parametrize(
    ("value", "want"),
    [
        ("", [("empty-text", "")]),
        (" \n", [("empty-text", "")]),
        ([], [("empty-text", "")]),
        ({}, [("empty-text", "")]),
        ("a\x00b", [("text-character", "")]),
        ("a\x1b[31m", [("text-character", "")]),
        ("\ud800", [("text-character", "")]),
        ("\ufffe", [("text-character", "")]),
        ("\U0010ffff", [("text-character", "")]),
        ({"english language": "A"}, [("language-tag", "/english language")]),
        ({"en": ["A", ""], "ko": "\x07"}, [("empty-text", "/en/1"), ("text-character", "/ko")]),
        ("a" * 1_000_001, [("text-too-long", "")]),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(
    codes: Callable[..., Any], value_type: str, value: object, want: list[tuple[str, str]]
) -> None:
    assert codes(value_type, value) == want


@pytest.mark.parametrize("value", [3, None, True, [["A"]], {"en": {"en": "A"}}, {"en": [["A"]]}])
def test_what_is_no_name_or_text_is_refused(codes: Callable[..., Any], value: object) -> None:
    assert [code for code, _ in codes("Names", value)] == ["names-expected"]
    assert [code for code, _ in codes("Text", value)] == ["text-expected"]


def test_a_name_can_not_turn_the_line_around(codes: Callable[..., Any], read: Callable[..., Written]) -> None:
    assert codes("Names", "abc\u202edcba") == [("text-direction", "")]
    assert read("Text", "abc\u202edcba").tails


def test_a_text_is_kept_as_it_was_written(read: Callable[..., Written]) -> None:
    assert read("Text", " a\n  b ", language="en").tails == [X + '" a\\n  b "@en']
    assert read("Text", ["a", {"ko": "가"}]).tails == [X + '"a"', X + '"가"@ko']


def test_an_identifier_has_its_scheme_as_datatype(read: Callable[..., Written]) -> None:
    found = read("Identifier", {"lei": LEI, "wikidata": ["Q1", "Q2", "Q1"]}).tails
    lei, wikidata = (f"^^<{SCHEMES[i].iri}>" for i in (0, 2))
    assert found == [f'{X}"{LEI}"{lei}', f'{X}"Q1"{wikidata}', f'{X}"Q2"{wikidata}']


@pytest.mark.parametrize("text", [f" {LEI} ", "5493 00S4 KLFT LO7G SQ80", "549300-s4klftlo7gsq80"])
def test_spaces_and_hyphens_of_an_identifier_do_not_matter(read: Callable[..., Written], text: str) -> None:
    assert f'"{LEI}"' in read("Identifier", {"lei": text}).tails[0]


@pytest.mark.parametrize(
    ("value", "want"),
    [
        ({"lei": LEI[:-1] + "1"}, [("identifier-check-digits", "/lei")]),
        ({"lei": "123"}, [("identifier-length", "/lei")]),
        ({"leo": LEI}, [("identifier-scheme", "/leo")]),
        ({"dart": 126380}, [("identifier-text", "/dart")]),
        (
            {"wikidata": ["Q1", "q0", 5]},
            [("identifier-text", "/wikidata/2"), ("identifier-pattern", "/wikidata/1")],
        ),
        ("SoftBank", [("identifier-unclear", "")]),
        ([{"dart": "1"}, 5], [("identifier-expected", "/1"), ("identifier-length", "/0/dart")]),
        ({}, [("identifier-expected", "")]),
    ],
)
def test_a_wrong_identifier_is_refused_with_its_place(
    codes: Callable[..., Any], value: object, want: list[tuple[str, str]]
) -> None:
    assert codes("Identifier", value) == want


def test_the_nearest_scheme_is_named(read: Callable[..., Written]) -> None:
    with pytest.raises(Unreadable) as caught:
        read("Identifier", {"leo": LEI})
    assert caught.value.problems[0].allowed[:1] == ("lei",)


def test_evidence_is_a_node_named_by_its_contents(read: Callable[..., Written]) -> None:
    value = {"paragraph": 3, "quote": "150억", "section": "caption 1", "page": "2", "confidence": "0.90"}
    found = node(read("Evidence", value, source=lambda: "<https://kg.example/d>"))
    assert found.by_digest == "evidence"
    assert found.types == (
        "https://w3id.org/kg-loader/ontology#Evidence",
        "http://www.w3.org/ns/oa#TextQuoteSelector",
    )
    *tails, source = found.tails
    assert said(tails) == {
        "paragraph": "3",
        "exact": "150억",
        "section": "caption 1",
        "page": "2",
        "confidence": "0.9",
    }
    assert source == "<http://purl.org/dc/terms/source> <https://kg.example/d>"


def test_a_string_is_a_quote(read: Callable[..., Written]) -> None:
    assert read("Evidence", "150억") == read("Evidence", {"quote": "150억"})


def test_the_document_is_a_reference(read: Callable[..., Written]) -> None:
    asked = []

    def resolve(value: object, class_iri: str) -> str:
        asked.append((value, class_iri))
        return "<https://kg.example/other>"

    found = node(read("Evidence", {"quote": "a", "source": "other"}, resolve=resolve, source=lambda: "<x:y>"))
    assert asked == [("other", "https://w3id.org/kg-loader/ontology#Document")]
    assert found.tails[-1] == "<http://purl.org/dc/terms/source> <https://kg.example/other>"


def test_all_that_is_wrong_with_evidence_is_said_at_once(codes: Callable[..., Any]) -> None:
    def resolve(_value: object, _class: str) -> str:
        raise Unreadable(Problem("reference-unknown"))

    value = {"para": 1, "paragraph": 0, "page": 1.5, "quote": "", "confidence": "high", "source": "x"}
    assert codes("Evidence", value, resolve=resolve) == [
        ("evidence-key", "/para"),
        ("count-expected", "/paragraph"),
        ("number-float", "/page"),
        ("empty-text", "/quote"),
        ("number-unreadable", "/confidence"),
        ("reference-unknown", "/source"),
    ]
    assert codes("Evidence", {"source": "x"}, resolve=lambda _v, _c: "<x:y>") == [("evidence-empty", "")]
    assert codes("Evidence", 3) == [("evidence-expected", "")]


def test_a_context_says_nothing_by_itself() -> None:
    assert (Context().language, Context().source(), Context().reference_date()) == ("", None, None)
