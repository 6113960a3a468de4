"""Dates as people write them, in each language: every row of every table is right."""

from __future__ import annotations

import pytest

from kg.errors import Unreadable
from kg.values.codec import Context
from kg.values.date.codec import text as read_date
from tests.values.conftest import HERE, REFERENCE, rows, shown

LANGUAGES = {"news": "en"}
"""The table of news and filings is in English."""
ROWS = [
    (language, text, want)
    for file in sorted((HERE / "tables").glob("date.*.tsv"))
    for language in [file.name.split(".")[1]]
    for text, want in rows(f"tables/{file.name}")
]


@pytest.mark.parametrize(("table", "text", "want"), ROWS)
def test_a_date_is_read_as_the_table_says(table: str, text: str, want: str) -> None:
    context = Context(language=LANGUAGES.get(table, table), reference_date=lambda: REFERENCE)
    if not want.startswith("!"):
        assert shown(read_date(text, context)) == want
        return
    with pytest.raises(Unreadable) as caught:
        read_date(text, context)
    [problem] = caught.value.problems
    assert (problem.code == "date-no-date") == (want == "!none")


def test_there_are_tables() -> None:
    assert {table for table, _, _ in ROWS} >= {"ko", "ja", "zh", "news"}
    assert len(ROWS) > 500
