"""Dates as people write them, in each language: every row of every table is right."""

from __future__ import annotations

import pytest

from kg.errors import Unreadable
from kg.values.codec import Context
from kg.values.date.codec import text as read_date
from tests.values.conftest import HERE, REFERENCE, missed, shown

TABLES = sorted(path.name for path in (HERE / "tables").glob("date.*.tsv"))
LANGUAGE = {"news": "en"}
"""The tables of news and filings are in English."""


@pytest.mark.parametrize("table", TABLES)
def test_every_date_of_a_table_is_read_right(table: str) -> None:
    language = table.split(".")[1]
    context = Context(language=LANGUAGE.get(language, language), reference_date=lambda: REFERENCE)

    def read(text: str) -> str:
        try:
            return shown(read_date(text, context))
        except Unreadable as error:
            return "!none" if [p.code for p in error.problems] == ["date-no-date"] else "!error"

    assert missed(f"tables/{table}", read) == []


def test_there_are_tables() -> None:
    assert {table.split(".")[1] for table in TABLES} >= {"ko", "ja", "zh", "news"}
