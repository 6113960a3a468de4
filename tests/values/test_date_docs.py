"""Every example of the page on dates is read as the page says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kg.values import date, duration
from kg.values.duration.meaning import written
from tests.values.conftest import HERE, REFERENCE, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = HERE.parents[1] / "docs" / "dates.md"


def examples() -> Iterator[tuple[str, str, str]]:
    """(text, language, what it is read as) of every row that gives a value."""
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) in {2, 3} and re.fullmatch(r"[0-9PT.].*", cells[-1]):
            language = cells[1] if len(cells) == 3 else ""
            for text in re.findall("`([^`]+)`", cells[0]):
                yield text, language, cells[-1]


@pytest.mark.parametrize(("text", "language", "want"), list(examples()))
def test_an_example_is_read_as_the_page_says(text: str, language: str, want: str) -> None:
    if want[0] == "P":
        found = duration.read(text, language)
        assert written(found)[0] + "~" * found.approximate == want
    else:
        assert shown(date.read(text, language, REFERENCE)) == want


def test_the_page_has_examples() -> None:
    assert len(list(examples())) > 60
