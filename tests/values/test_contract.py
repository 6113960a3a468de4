"""What holds for every value type: schemas, messages, vocabulary, and no input that takes for ever."""

from __future__ import annotations

import json
import re
import string
import tomllib
from contextlib import suppress
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import kg.values
from kg.errors import Unreadable
from kg.model.value_types import VALUE_TYPES
from kg.values.codec import Context
from kg.values.datatype import INTEGERS, LEXICAL
from kg.values.lexicon import SECTIONS, Lexicon
from kg.values.lexicon.meanings import KINDS as KINDS_OF_WORDS
from kg.values.registry import reader, schema
from tests.steps import steps
from tests.values.conftest import REFERENCE, SCHEMES, a_field, rows

PACKAGE = Path(kg.values.__file__).parent
MESSAGES = tomllib.loads((PACKAGE.parent / "messages.d" / "values.toml").read_text("utf-8"))
NAMES = [*VALUE_TYPES, "string", "boolean", "decimal", "anyURI", *INTEGERS, *LEXICAL]
KINDS = [*VALUE_TYPES, "string", "boolean", "decimal", "integer", "date", "anyURI"]
LEI = "549300S4KLFTLO7GSQ80"

TAKEN: dict[str, list[object]] = {
    "Money": ["$15bn", {"value": "15", "currency": "USD"}, {"min": 1, "max": 2.5, "currency": "KRW"}],
    "Date": [
        "2024",
        {"value": "2024"},
        {"earliest": "2024", "approximate": True},
        {"asWritten": "04/02/2025", "order": "day"},
    ],
    "Duration": ["PT2H", "약 2시간"],
    "Percent": [51, 33.3, "51", "지분 49%", "up to 30 percent", "절반"],
    "Quantity": ["5GW", "약 1만 명", {"value": "15", "unit": "person"}, {"min": 1, "max": 2.5, "unit": "nm"}],
    "Coordinates": ["37.5665, 126.978", {"lat": "-33.9", "long": 18.4}],
    "Country": ["KR", "대한민국"],
    "Language": ["ko", "Korean"],
    "Url": ["https://x.example/"],
    "Names": ["A", {"en": "A"}, {"en": ["A", "B"]}, ["A", {"ko": ["가"]}]],
    "Text": ["A", {"en": "A"}, {"en": ["A", "B"]}, ["A", {"ko": ["가"]}]],
    "Identifier": ["Q1", {"lei": LEI}, {"wikidata": ["Q1"]}, [{"dart": "00126380"}]],
    "Evidence": ["a quote", {"paragraph": 3}, {"quote": "a", "confidence": "0.5"}, {"page": 1}],
    "string": ["a"],
    "boolean": [True, "false"],
    "decimal": [1, 1.5, "1e3"],
    "integer": [1, "1"],
    "date": ["2025-02-04"],
    "anyURI": ["https://x.example/"],
}
REFUSED: dict[str, list[object]] = {
    "Money": [
        5,
        "",
        None,
        [],
        {},
        {"value": 1},
        {"currency": "USD"},
        {"currency": "usd", "value": 1},
        {"currency": "USD", "value": 1, "min": 1},
        {"currency": "USD", "value": 1, "x": 1},
    ],
    "Date": [2024, "", {}, {"value": "2024", "latest": "2025"}, {"valu": "2024"}],
    "Duration": [2, "", {}],
    "Percent": ["", True, None, [], {}],
    "Quantity": [
        5,
        "",
        [],
        {},
        {"value": 1},
        {"unit": "GW"},
        {"unit": "GW", "value": 1, "min": 1},
        {"unit": "", "value": 1},
    ],
    "Coordinates": ["", "37.5", 3, {}, {"lat": 1}, {"lat": "91", "long": "0"}, "0, 181"],
    "Country": ["", 3, None, ["KR"], {}],
    "Language": ["", 3, None, ["ko"], {}],
    "Url": ["", 3, None, [], {}],
    "Names": ["", 3, [], {}, {"no tag": "A"}, [["A"]], {"en": {"en": "A"}}],
    "Text": ["", 3, [], {}, {"no tag": "A"}, [["A"]], {"en": {"en": "A"}}],
    "Identifier": [{}, {"leo": "A"}, {"dart": 5}, [], [[]]],
    "Evidence": ["", 3, {}, {"para": 1}, {"paragraph": 0}, {"page": "one"}, {"quote": 3}],
    "string": ["", 5],
    "boolean": [1, "yes"],
    "decimal": ["1,5", True],
    "integer": ["1.5", True, 2**63],
    "date": ["2025-2-4", 5],
    "anyURI": ["", 5],
}


def exact(value: object) -> object:
    """The value as the reader gets it: decoded without floats."""
    return json.loads(json.dumps(value), parse_float=Decimal)


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_is_valid(name: str) -> None:
    Draft202012Validator.check_schema(schema(a_field(name), SCHEMES))


@pytest.mark.parametrize(("name", "value"), [(n, v) for n in KINDS for v in TAKEN[n]])
def test_schema_and_reader_take_the_same(name: str, value: object) -> None:
    assert Draft202012Validator(schema(a_field(name), SCHEMES)).is_valid(value)
    reader(a_field(name), SCHEMES)(exact(value), Context())


@pytest.mark.parametrize(("name", "value"), [(n, v) for n in KINDS for v in REFUSED[n]])
def test_schema_and_reader_refuse_the_same(name: str, value: object) -> None:
    assert not Draft202012Validator(schema(a_field(name), SCHEMES)).is_valid(value)
    with pytest.raises(Unreadable):
        reader(a_field(name), SCHEMES)(exact(value), Context())


def test_every_code_has_a_message_and_every_message_a_code() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))
    quoted = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source))
    assert set(MESSAGES) <= quoted
    raised = set(re.findall(r'(?:unreadable|Problem|ModelError)\(\s*"([a-z-]+)"', source))
    assert raised <= set(MESSAGES)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_is_in_both_languages_with_the_same_arguments(code: str) -> None:
    entry = MESSAGES[code]
    for texts in (entry, entry["hint"]):
        used = [
            {name for _, name, _, _ in string.Formatter().parse(texts[tag]) if name} for tag in ("en", "ko")
        ]
        assert used[0] == used[1]
        assert any("가" <= c <= "힣" for c in texts["ko"])


def test_every_kind_of_words_has_a_meaning() -> None:
    for table in Lexicon.load().tables.values():
        for section in table.keys() & {section for sections in SECTIONS.values() for section in sections}:
            tables = {kind for kind, words in table[section].items() if isinstance(words, dict)}
            assert tables <= KINDS_OF_WORDS.keys()


@given(st.text(max_size=60), st.sampled_from(list(VALUE_TYPES)))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    try:
        reader(a_field(name), SCHEMES)(text, Context(reference_date=lambda: REFERENCE))
    except Unreadable:
        return


WORDS = sorted(
    {
        text
        for file in ("money.ko.tsv", "money.en.tsv", "date.ko.tsv", "date.en.tsv")
        for text, *_ in rows(f"tables/{file}")
    }
)


@given(st.lists(st.sampled_from(WORDS), max_size=4), st.sampled_from(["", " ", "-", "~", " and ", "("]))
def test_pieces_of_real_texts_are_read_or_refused(pieces: list[str], between: str) -> None:
    for name in ("Money", "Date", "Duration"):
        test: Any = reader(a_field(name))
        try:
            test(between.join(pieces), Context(reference_date=lambda: REFERENCE))
        except Unreadable:
            continue


HOSTILE = [
    "1",
    "1,",
    "1.",
    "1'",
    "-",
    "~",
    "(",
    "()",
    "a ",
    "and ",
    "1 and ",
    "백",
    "천만",
    "$",
    "1-",
    "이",
    "1년",
    "이상",
]
HOSTILE += [
    "Feb ",
    "of the ",
    "up to ",
    "x",
    "/",
    "00:",
    "P1D",
    "\u0301",
    "수",
    "20-",
    "1 1",
    "hundred ",
    "1억 ",
]
HOSTILE += [
    "二",
    "十",
    "〇",
    "第",
    "年",
    "月期",
    "2024年",
    "前",
    "至",
    "last ",
    "3 weeks ",
    "first ",
    "twenty ",
    "Feb-",
    "'24",
    "後 ",
    "주말 ",
]


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("name", ["Money", "Date", "Duration"])
def test_steps_grow_no_faster_than_the_text(name: str, unit: str) -> None:
    read = reader(a_field(name))
    short, long = (steps(partial(tried, read, (unit * 1000)[:size])) for size in (250, 1000))
    assert long <= 6 * short + 500


def tried(read: Any, text: str) -> None:
    """Read a text, or refuse it."""
    with suppress(Unreadable):
        read(text, Context(reference_date=lambda: REFERENCE))
