"""Tables of amounts written from the languages and the press, not from the code: every row is read right."""

from __future__ import annotations

import pytest

from kg.errors import Unreadable
from kg.values.money import grammar
from tests.values.conftest import HERE, rows
from tests.values.test_money import expected, shown

TABLES = sorted(path.name for path in (HERE / "tables").glob("money.*.tsv"))
LANGUAGE = {"news": "en"}
"""Name of a table -> its language, where it is not the name."""


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        (LANGUAGE.get(name.split(".")[1], name.split(".")[1]), text, want)
        for name in TABLES
        for text, want in rows(f"tables/{name}")
    ],
)
def test_a_row_of_a_table_is_read_right(language: str, text: str, want: str) -> None:
    if want.startswith("!"):
        with pytest.raises(Unreadable) as caught:
            grammar.read(text, language)
        said_none = [p.code for p in caught.value.problems] == ["money-no-amount"]
        assert said_none == (want == "!none")
    else:
        assert shown(grammar.read(text, language)) == expected(want)
