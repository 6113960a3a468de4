"""The calendar dates of a public table of cases: how many are read as its sources mean them.

The sources differ with each other and with the conventions of ``docs/dates.md``; so every miss is
listed by its kind in ``date-misses.tsv``, and none may be added. ``KG_RENEW=1`` writes the list.

A value is wrong if it is of the kind ``other`` or ``overlapping``: it leaves out days that are
meant and has others. One that is ``wider`` contains the expected value and one that is
``narrower`` lies within it: these are less precise or more, but not wrong.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import Unreadable
from kg.values.date import edtf
from kg.values.date.reading import read
from tests.values.conftest import HERE

if TYPE_CHECKING:
    from kg.values.date.meaning import Date

CASES = HERE.parents[2] / "shared" / "cases" / "date.jsonl"
MISSES = HERE / "date-misses.tsv"
HEAD = "# kind\ttext\treference\texpected\tread\n"
EXACT = 0.85
"""At least this share is exact."""
WRONG = 0.01
"""At most this share is wrong: rows that other tables here, or rows of the same form, contradict."""

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="needs ../shared/cases/date.jsonl")


def lines(file: str) -> list[str]:
    return [line for line in (HERE / file).read_text("utf-8").splitlines() if line and line[0] != "#"]


def cases() -> list[dict[str, Any]]:
    """The rows with a calendar value that name no holiday."""
    holidays = set(lines("holidays.txt"))
    with CASES.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [row for row in rows if row["edtf"] is not None and row["text"] not in holidays]


def kind(found: Date, want: Date) -> str:
    """How a date that was read differs from the one expected."""
    if (found.earliest, found.latest) == (want.earliest, want.latest):
        return ""
    if None in {found.earliest, found.latest, want.earliest, want.latest}:
        return "other"
    assert found.earliest is not None
    assert found.latest is not None
    assert want.earliest is not None
    assert want.latest is not None
    if found.earliest <= want.earliest and want.latest <= found.latest:
        return "wider"
    if want.earliest <= found.earliest and found.latest <= want.latest:
        return "narrower"
    if found.earliest <= want.latest and want.earliest <= found.latest:
        return "overlapping"
    return "other"


def miss(row: dict[str, Any]) -> str:
    """A line for the list of misses, "" if the row is read as expected."""
    want = edtf.read(row["edtf"])
    assert want is not None
    day = (row["reference"] or "")[:10]
    try:
        found = read(row["text"], row["lang"], day or None)
    except Unreadable as error:
        told, what = error.problems[0].code, "unreadable"
    else:
        told, what = edtf.written(found), kind(found, want)
    return "\t".join((what, row["text"], day, row["edtf"], told)) if what else ""


def test_the_cases_are_read_as_before_or_better() -> None:
    rows = cases()
    found = sorted(line for row in rows if (line := miss(row)))
    kinds = Counter(line.partition("\t")[0] for line in found)
    if os.environ.get("KG_RENEW"):
        told = "".join(f"# {what}: {number}\n" for what, number in sorted(kinds.items()))
        MISSES.write_text(
            f"{HEAD}# exact: {len(rows) - len(found)} of {len(rows)}\n{told}"
            + "".join(f"{line}\n" for line in found),
            "utf-8",
        )
    assert not set(found) - set(lines("date-misses.tsv"))
    assert len(rows) - len(found) >= EXACT * len(rows)
    assert kinds["other"] + kinds["overlapping"] <= WRONG * len(rows)


def test_the_holidays_are_rows_of_the_table() -> None:
    with CASES.open(encoding="utf-8") as file:
        texts = {row["text"] for row in map(json.loads, file) if row["edtf"] is not None}
    assert set(lines("holidays.txt")) <= texts
