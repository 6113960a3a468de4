"""Identifiers as they are written: with names, in addresses, in any layout; and what is wrong with others."""

from __future__ import annotations

import string
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import model
from kg.errors import Unreadable
from kg.messages import hint, text
from kg.model.types import Concept
from kg.rdf import KG
from kg.values import kinds
from kg.values.identifier.check_digits import CHECKS, fit, right
from kg.values.identifier.spelling import normalised
from tests.steps import steps
from tests.values.conftest import rows

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = rows("identifier.tsv")
SCHEMES = kinds.schemes(model.load())
BESIDE = kinds.Beside(schemes=SCHEMES)
VALID = {
    "brn": ["1248100998", "2208162517", "1168200276"],
    "crn": ["1301110006246", "1101110062432"],
    "isin": ["KR7005930003", "US0378331005", "JP3436100006"],
    "isni": ["0000000121032683", "000000012150090X"],
    "jcn": ["1010401056795", "5835678256246"],
    "lei": ["529900T8BM49AURSDO55", "5493006MHB84DD0ZWV18"],
    "orcid": ["0000-0002-1825-0097", "0000-0002-1694-233X"],
    "ror": ["05a28rw58", "03yrm5c26"],
    "vat": ["DE136695976", "GB980780684", "FR40303265045", "ATU13585627", "EL094259216"],
}
"""Published examples of identifiers whose check digits fit."""


def shown(error: Unreadable) -> str:
    """The code of a refusal, with all its words."""
    [problem] = error.problems
    args = {"received": problem.received, "allowed": problem.allowed, **problem.args}
    return f"!{problem.code} {text(problem.code, args, 'en')} {hint(problem.code, args, 'en')}"


@pytest.mark.parametrize(("written", "want"), TABLE)
def test_an_identifier_is_read_as_people_write_it(written: str, want: str) -> None:
    if want.startswith("!"):
        code, *words = want.split(" ")
        with pytest.raises(Unreadable) as caught:
            kinds.read("identifier", written, BESIDE)
        said = shown(caught.value)
        assert said.startswith(f"{code} ")
        assert all(word in said for word in words)
    else:
        found = kinds.read("identifier", written, BESIDE)
        assert found.said() == want.replace(" ", ":", 1)
        assert kinds.read("identifier", found.said(), BESIDE).said() == found.said()
        assert found.explained()


@pytest.mark.parametrize(("notation", "value"), [(n, v) for n, values in VALID.items() for v in values])
def test_published_identifiers_fit(notation: str, value: str) -> None:
    assert fit(notation, value) is True


@pytest.mark.parametrize("notation", [n for n, (_, count, _) in CHECKS.items() if count])
@given(st.data())
def test_the_right_check_digits_are_told(notation: str, data: st.DataObject) -> None:
    value = data.draw(st.sampled_from(VALID[notation]))
    _, count, alphabet = CHECKS[notation]
    other = "".join(data.draw(st.sampled_from(alphabet)) for _ in range(count))
    changed = value[:-count] + other
    if other == value[-count:]:
        assert fit(notation, changed)
    elif not fit(notation, changed):
        assert right(notation, changed) == value[-count:]


def test_a_scheme_without_check_digits_takes_no_python() -> None:
    added = Concept(
        "https://x.example/kvk",
        f"{KG}IdentifierScheme",
        "kvk",
        {"en": "KvK number"},
        {},
        aliases=("KvK number", "KVK-nummer"),
        pattern="[0-9]{8}",
        example="1234 5678",
        addresses=("https://www.kvk.nl/bestellen/#/{id}",),
    )
    beside = kinds.Beside(schemes=(*SCHEMES, added))
    for written in ("KVK-nummer: 12345678", "kvk 1234 5678", "https://www.kvk.nl/bestellen/#/12345678"):
        assert kinds.read("identifier", written, beside).said() == "kvk:12345678"
    with pytest.raises(Unreadable) as caught:
        kinds.read("identifier", "12345678", beside)
    assert {"dart", "kvk"} <= set(caught.value.problems[0].allowed)


def test_the_text_of_a_record_may_tell_its_scheme(
    read: Callable[..., Any], codes: Callable[..., Any]
) -> None:
    lei = "529900T8BM49AURSDO55"
    forms: list[object] = [
        f"LEI: {lei}",
        {"lei": lei},
        [lei],
        [{"lei": lei}, f"lei:{lei}"],
        {"lei": f"LEI {lei}"},
    ]
    assert len({tuple(read("Identifier", form).tails) for form in forms}) == 1
    assert codes("Identifier", ["Q312", "?", {"lei": "x"}]) == [
        ("identifier-unclear", "/1"),
        ("identifier-length", "/2/lei"),
    ]


@pytest.mark.parametrize(("written", "want"), [row for row in TABLE if row[1][0] != "!"])
def test_a_scheme_that_is_said_may_be_named_again(written: str, want: str) -> None:
    notation, value = want.split(" ")
    concept = next(c for c in SCHEMES if c.notation == notation)
    assert normalised(written, concept) == value


def test_an_object_with_one_scheme_is_read_too() -> None:
    assert kinds.read("identifier", '{"dart": "00126380"}', BESIDE).said() == "dart:00126380"
    for wrong in ('{"dart": 5}', "{", '{"a": "b", "c": "d"}', '{"leo": "x"}', "[" * 900):
        with pytest.raises(Unreadable):
            kinds.read("identifier", wrong, BESIDE)


ALPHABET = string.ascii_letters + string.digits + "-:/. ()#가번호Q"


@given(st.text(st.sampled_from(ALPHABET), max_size=40), st.sampled_from([s.notation for s in SCHEMES]))
def test_any_text_is_read_or_refused(written: str, notation: str) -> None:
    for form in (written, f"{notation}:{written}", f"{notation} {written}"):
        try:
            found = kinds.read("identifier", form, BESIDE)
        except Unreadable:
            continue
        assert kinds.read("identifier", found.said(), BESIDE).spelled() == found.spelled()


@pytest.mark.parametrize(
    "unit", ["1", "A", "-", " ", "LEI ", "(", "wikidata.org/wiki/", "10.1000/", "D-U-N-S", "번호", "0 "]
)
def test_steps_grow_no_faster_than_the_text(unit: str) -> None:
    def tried(written: str) -> None:
        try:
            kinds.read("identifier", written, BESIDE)
        except Unreadable:
            return

    tried("Q1")
    short, long = (steps(partial(tried, (unit * 1000)[:size])) for size in (240, 960))
    assert long <= 6 * short + 500
