"""What the tests of the values share: readers, tables, and a look at what was written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import Unreadable
from kg.model.types import Concept, Datatype, Field, ValueType
from kg.model.value_types import VALUE_TYPES
from kg.rdf import KG, XSD
from kg.values.codec import Context
from kg.values.registry import reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.codec import Node, Written
    from kg.values.date.meaning import Date

HERE = Path(__file__).parent
REFERENCE = "2025-02-04"
SCHEMES = (
    Concept(f"{KG}lei", f"{KG}IdentifierScheme", "lei", {"en": "LEI"}, {}, pattern="[A-Z0-9]{18}[0-9]{2}"),
    Concept(f"{KG}dart", f"{KG}IdentifierScheme", "dart", {"en": "DART"}, {}, pattern="[0-9]{8}"),
    Concept(
        f"{KG}wikidata", f"{KG}IdentifierScheme", "wikidata", {"en": "Wikidata"}, {}, pattern="Q[1-9][0-9]*"
    ),
)


def a_field(name: str) -> Field:
    """A field ``x`` with a value type, or a datatype of XSD, by name."""
    where = ValueType(name) if name in VALUE_TYPES else Datatype(XSD + name)
    return Field("x", f"{KG}x", where, companions=KG)


@pytest.fixture
def read() -> Callable[..., Written]:
    """``read("Money", value)``, with more of the context by keyword."""

    def _read(name: str, value: object, **context: Any) -> Written:
        context.setdefault("reference_date", lambda: REFERENCE)
        return reader(a_field(name), SCHEMES)(value, Context(**context))

    return _read


@pytest.fixture
def codes(read: Callable[..., Written]) -> Callable[..., list[tuple[str, str]]]:
    """(code, pointer) of every problem of a value that can't be read."""

    def _codes(name: str, value: object, **context: Any) -> list[tuple[str, str]]:
        with pytest.raises(Unreadable) as caught:
            read(name, value, **context)
        return [(p.code, p.pointer) for p in caught.value.problems]

    return _codes


def rows(file: str) -> list[tuple[str, str]]:
    """The rows of a table: text and what is expected."""
    lines = (HERE / file).read_text("utf-8").splitlines()
    return [(text, want) for line in lines if line and line[0] != "#" for text, want in [line.split("\t")]]


def missed(
    file: str, read: Callable[[str], str], wanted: Callable[[str], str] = lambda want: want
) -> list[str]:
    """The rows of a table that are not read as it says: the text, what is wanted, and what was read."""
    found = [(text, wanted(want), read(text)) for text, want in rows(file)]
    assert found, f"{file} has no rows"
    return [f"{text!r}: wanted {want}, read as {said}" for text, want, said in found if want != said]


def shown(found: Date) -> str:
    """A date as the tables write it."""
    about = "~" * found.approximate
    first, last = ((".." if d is None else d.isoformat()) for d in (found.earliest, found.latest))
    if found.precision:
        return first[: {"day": 10, "month": 7, "year": 4}[found.precision]] + about
    return f"{first}/{last}{about}"


def said(tails: list[str]) -> dict[str, str]:
    """Local name of a property -> lexical form, of tails."""
    found = {}
    for tail in tails:
        match = re.fullmatch(r'<[^>]*[/#](\w+)> "(.*)"(?:\^\^<[^>]*>|@[\w-]+)?', tail, re.DOTALL)
        assert match is not None, tail
        found[match[1]] = match[2]
    return found


def node(written: Written) -> Node:
    """The node of a value that has one."""
    assert written.node is not None
    return written.node
