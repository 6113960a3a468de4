"""The tables of whole expressions: what each text is read as, or why it is refused; and what holds for all.

A table is ``tables/<type>.<part>.tsv``: text, what it is read as, and the language if it is declared.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotUnderstood, Unreadable
from kg.values import number
from kg.values.date import edtf
from kg.values.date import grammar as date
from kg.values.duration import grammar as duration
from kg.values.duration.meaning import written
from kg.values.grammar import whole
from kg.values.grammar.limits import plain
from kg.values.lexicon import Lexicon
from kg.values.money import grammar as money
from kg.values.percent import grammar as percent
from kg.values.quantity import grammar as quantity

if TYPE_CHECKING:
    from kg.values.grammar.interval import Interval
    from kg.values.money import Money

TABLES = Path(__file__).parent / "tables"
LEXICON = Lexicon.load()
REFERENCE = "2025-02-04"
Row = tuple[str, str, str, str]
"""Type, text, what it is read as, language."""
RULES: dict[str, whole.Rules[Any]] = {
    rules.type: rules
    for rules in (money.RULES, number.RULES, percent.RULES, quantity.RULES, date.RULES, duration.RULES)
}


def rows() -> list[Row]:
    found = []
    for file in sorted(TABLES.glob("*.tsv")):
        for line in file.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                text, expected, *language = line.split("\t")
                found.append((file.name.partition(".")[0], text, expected, "".join(language)))
    return found


ROWS = rows()


def read(kind: str, text: str, language: str = "") -> Any:
    if kind == "date":
        return date.read(text, LEXICON, language, reference=lambda: REFERENCE)
    if kind == "duration":
        return duration.read(text, LEXICON, language)
    return whole.read(RULES[kind], LEXICON, whole.Asked(text, language, bool(language)))


def bounds(value: Interval | Money) -> str:
    ends = ("-" if end is None else plain(end) for end in (value.min, value.max))
    flags = ((">", value.min_exclusive), ("<", value.max_exclusive), ("~", value.approximate))
    return " ".join([*ends, *(sign for sign, is_set in flags if is_set)])


def shown(kind: str, value: Any) -> str:
    match kind:
        case "money":
            other = "" if value.converted is None else f" = {shown('money', value.converted)}"
            return f"{value.currency} {bounds(value)}{other}"
        case "quantity":
            return f"{value.unit} {bounds(value.number)}"
        case "date":
            return str(edtf.written(value))
        case "duration":
            return written(value)[0] + ("~" if value.approximate else "")
        case _:
            return bounds(value)


@pytest.mark.parametrize(("kind", "text", "expected", "language"), ROWS)
def test_a_row_is_read_as_its_table_says(kind: str, text: str, expected: str, language: str) -> None:
    try:
        found = shown(kind, read(kind, text, language))
    except Unreadable as error:
        found = f"!{error.problems[0].code}"
    assert found == expected


READ = [row for row in ROWS if not row[2].startswith("!")]
WORDS = st.text("bcdfghjkqvwxz", min_size=5, max_size=9)


@given(st.sampled_from(READ), WORDS, st.integers(0, 20))
def test_an_unknown_word_anywhere_makes_a_text_unreadable(row: Row, word: str, place: int) -> None:
    kind, text, _, language = row
    words = text.split(" ")
    at = min(place, len(words))
    with pytest.raises(NotUnderstood):
        read(kind, " ".join([*words[:at], word, *words[at:]]), language)


WHOLE_DAYS = [row for row in READ if row[0] == "date" and len(row[2]) == len(REFERENCE)]
AMOUNTS = [row for row in READ if row[0] == "money"]


@given(st.sampled_from([AMOUNTS, WHOLE_DAYS]), st.sampled_from([", ", ". ", "; "]), st.data())
def test_two_values_beside_each_other_are_none(table: list[Row], mark: str, data: st.DataObject) -> None:
    kind, first, _, language = data.draw(st.sampled_from(table))
    second = data.draw(st.sampled_from(table))[1]
    with pytest.raises(Unreadable):
        read(kind, first + mark + second, language)


TONGUES = sorted(name for name, table in LEXICON.tables.items() if "canonical" in table)


@given(st.sampled_from(READ), st.sampled_from(TONGUES))
def test_the_canonical_form_reads_back_in_every_language(row: Row, language: str) -> None:
    kind, text, expected, declared = row
    found = read(kind, text, declared)
    said = RULES[kind].canonical(found, LEXICON, language)
    again = read(kind, said, language)
    assert shown(kind, again) == shown(kind, found) == expected, said
