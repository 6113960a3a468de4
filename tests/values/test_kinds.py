"""What holds for every kind of ``kg read``: it is explained, and what is said in a normal form reads back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg import model
from kg.errors import Unreadable
from kg.messages import LANGUAGES, catalogue
from kg.values import kinds
from kg.values.explanation import Step
from tests.values.conftest import HERE, REFERENCE

if TYPE_CHECKING:
    from pathlib import Path

SCHEMES = kinds.schemes(model.load())
LANGUAGE = {"news": "en", "tsv": ""}
"""The second part of a table's name -> the language of its texts, where it is not the name."""
TABLES = sorted(
    path
    for path in (*HERE.glob("*.tsv"), *HERE.glob("tables/*.tsv"))
    if path.name.split(".")[0] in kinds.KINDS
)


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.name)
def test_what_is_read_is_explained_and_what_is_said_reads_back(table: Path) -> None:
    kind, language, *_ = table.name.split(".")
    beside = kinds.Beside(LANGUAGE.get(language, language), REFERENCE, SCHEMES)
    understood = 0
    for line in table.read_text("utf-8").splitlines():
        text = line.split("\t")[0]
        if not line or line[0] == "#":
            continue
        try:
            found = kinds.read(kind, text, beside)
        except Unreadable:
            continue
        understood += 1
        assert all(isinstance(step, Step) for step in found.explained()), text
        assert set(found.spelled()) <= set(kinds.kind(kind).COLUMNS), text
        for said_in in LANGUAGES:
            again = kinds.read(kind, found.said(said_in), kinds.Beside(said_in, REFERENCE, SCHEMES))
            assert again.spelled() == found.spelled(), (text, found.said(said_in))
    assert understood


@pytest.mark.parametrize("name", kinds.KINDS)
def test_what_says_that_there_is_none_has_a_message(name: str) -> None:
    assert set(catalogue()) >= kinds.kind(name).NOTHING
