"""Tables of amounts written from the languages and the press, not from the code: every row is read right."""

from __future__ import annotations

import pytest

from kg.errors import Unreadable
from kg.values.money import grammar
from tests.values.conftest import HERE, missed
from tests.values.test_money import expected, shown

TABLES = sorted(path.name for path in (HERE / "tables").glob("money.*.tsv"))
LANGUAGE = {"news": "en"}
"""Name of a table -> its language, where it is not the name."""


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_a_table_is_read_right(table: str) -> None:
    language = table.split(".")[1]

    def read(text: str) -> str:
        try:
            return shown(grammar.read(text, LANGUAGE.get(language, language)))
        except Unreadable as error:
            return "!none" if [p.code for p in error.problems] == ["money-no-amount"] else "!error"

    assert (
        missed(f"tables/{table}", read, lambda want: want if want.startswith("!") else expected(want)) == []
    )


def test_there_are_tables() -> None:
    assert {table.split(".")[1] for table in TABLES} >= {"ko", "ja", "zh", "news", "de", "fr", "es"}
