"""Plain datatypes and IRIs: strict lexical forms, canonical where spelling carries no meaning."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import ModelError
from kg.model.types import AnyIri, Datatype, Field, ValueType
from kg.rdf import XSD
from kg.values.codec import Context
from kg.values.registry import reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.codec import Written

X = "<https://w3id.org/kg-loader/ontology#x> "


@pytest.mark.parametrize(
    ("datatype", "value", "lexical"),
    [
        ("string", "a", "a"),
        ("boolean", True, "true"),
        ("boolean", "false", "false"),
        ("integer", 5, "5"),
        ("integer", "+05", "5"),
        ("integer", Decimal("5.0"), "5"),
        ("integer", 2**63 - 1, str(2**63 - 1)),
        ("nonNegativeInteger", 0, "0"),
        ("decimal", Decimal("49.10"), "49.1"),
        ("decimal", "1e3", "1000"),
        ("double", Decimal("1.5"), "1.5"),
        ("double", "1.5E3", "1.5E3"),
        ("date", "2024-02-29", "2024-02-29"),
        ("dateTime", "2025-02-04T14:00:00+09:00", "2025-02-04T14:00:00+09:00"),
        ("time", "14:00:00Z", "14:00:00Z"),
        ("gYear", "2025", "2025"),
        ("gYearMonth", "2025-02", "2025-02"),
        ("dayTimeDuration", "PT2H", "PT2H"),
        ("anyURI", "https://x.example/", "https://x.example/"),
        ("language", "zh-Hant", "zh-Hant"),
        ("hexBinary", "00ff", "00ff"),
    ],
)
def test_a_literal_is_written_with_its_datatype(
    read: Callable[..., Written], datatype: str, value: object, lexical: str
) -> None:
    tail = "" if datatype == "string" else f"^^<{XSD}{datatype}>"
    assert read(datatype, value).tails == [f'{X}"{lexical}"{tail}']


@pytest.mark.parametrize(
    ("datatype", "value", "code"),
    [
        ("string", 5, "string-expected"),
        ("string", "", "empty-text"),
        ("boolean", 1, "boolean-expected"),
        ("boolean", "yes", "boolean-expected"),
        ("boolean", None, "boolean-expected"),
        ("integer", "5.5", "integer-expected"),
        ("integer", 2**63, "integer-range"),
        ("integer", 0.5, "number-float"),
        ("integer", True, "number-expected"),
        ("nonNegativeInteger", -1, "integer-range"),
        ("byte", 128, "integer-range"),
        ("decimal", "1,5", "number-unreadable"),
        ("decimal", "١", "number-unreadable"),
        ("decimal", "NaN", "number-unreadable"),
        ("double", "NaN", "datatype-lexical"),
        ("date", "2025-02-30", "datatype-lexical"),
        ("date", "2025-2-4", "datatype-lexical"),
        ("date", 20250204, "datatype-lexical"),
        ("date", "0000-01-01", "datatype-lexical"),
        ("dateTime", "2025-02-04", "datatype-lexical"),
        ("dateTime", "2025-02-30T00:00:00Z", "datatype-lexical"),
        ("dateTimeStamp", "2025-02-04T14:00:00", "datatype-lexical"),
        ("time", "25:00:00", "datatype-lexical"),
        ("gYearMonth", "2024-13", "datatype-lexical"),
        ("dayTimeDuration", "P1M", "datatype-lexical"),
        ("dayTimeDuration", "PT", "datatype-lexical"),
        ("language", "한국어", "datatype-lexical"),
        ("anyURI", "not an iri", "iri-expected"),
    ],
)
def test_what_the_datatype_does_not_allow_is_refused(
    codes: Callable[..., Any], datatype: str, value: object, code: str
) -> None:
    assert codes(datatype, value) == [(code, "")]


def test_an_iri_is_absolute_and_needs_no_escape() -> None:
    read = reader(Field("x", X[1:-2], AnyIri()))
    assert read("https://www.softbank.jp/", Context()).tails == [f"{X}<https://www.softbank.jp/>"]
    for wrong in ("softbank.jp", "http://a b", "http://x/<y>", ""):
        with pytest.raises(Exception, match=r"iri-expected|empty-text"):
            read(wrong, Context())


@pytest.mark.parametrize("where", [Datatype(f"{XSD}nothing"), Datatype("http://x/y"), ValueType("Colour")])
def test_a_range_that_nothing_reads_is_a_fault_of_the_model(where: Datatype | ValueType) -> None:
    with pytest.raises(ModelError):
        reader(Field("x", X[1:-2], where))
