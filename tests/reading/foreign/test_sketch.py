"""Drafts of mappings: which line is the header, which column is which field, what stands between names."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from kg import model
from kg.reading.foreign.likeness import status_of
from kg.reading.foreign.sketch import sketch
from kg.reading.foreign.titles import header_line
from kg.reading.foreign.tree import read_tree

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "Investor,Company,Amount,Date,Status\n"
ROWS = (
    "Hanbit,Aurora,USD 5m,2024-01-05,closed\nNovus,Beacon,USD 7m,,planned\nLumen,Corvus,,2024-02-03,closed\n"
)
TITLES = {
    "none": ("", 0),
    "as many cells": ("Deals of 2024,by,our,own,desk\n", 1),
    "one cell fewer": ("Deals,of 2024,in,USD,\n", 1),
    "two cells fewer": ("Deals,of 2024,USD\n", 1),
    "a lone cell": ("Deals of 2024\n", 1),
    "a lone cell and delimiters": ("Deals of 2024,,,,\n", 1),
    "a blank line between": ("Deals of 2024\n\n", 2),
    "two titles and a blank line": ("Deals of 2024\n(in millions),USD\n\n", 3),
}


def draft(tmp_path: Path, rows: str) -> str:
    (tmp_path / "rows.csv").write_text(rows, "utf-8")
    text = sketch(str(tmp_path / "rows.csv"), model.load())
    assert "records" in read_tree(text.encode(), "d.yaml").items
    return text


@pytest.mark.parametrize("case", TITLES)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_the_header_is_found_below_titles(tmp_path: Path, case: str, delimiter: str) -> None:
    title, skip = TITLES[case]
    text = draft(tmp_path, (title + HEADER + ROWS).replace(",", delimiter))
    assert (f"  skip: {skip}\n" in text, "skip" in text) == (skip > 0, skip > 0)
    assert 'investor: "{Investor}"' in text
    assert 'amount: "{Amount}"' in text


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["q,w,e", "a,1,2", "b,3,4"], 1),
        (["title", "q,w,e", "a,1,2", "b,3,4"], 2),
        (["q,w,", "a,1,2", "b,3,4"], 1),
        (["title", "", "q,w,", "a,1,2", "b,3,4"], 3),
        (["q", "a", "b"], 1),
        ([], 1),
    ],
)
def test_a_header_of_names_that_nobody_knows_is_never_the_first_row(lines: list[str], expected: int) -> None:
    rows = [(number, line.split(",")) for number, line in enumerate(lines, 1)]
    assert header_line(rows, lambda _cell: False) == expected


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("투자일자", "date"), ("계약체결일", "date"), ("진행상태", "status"), ("진행현황", "status"), ("투자금액(원)", "amount"),
        ("총투자금액", "amount"), ("비고란", "note"), ("Announced Date", "date"), ("Deal Status", "status"),
    ],
)  # fmt: skip
def test_headings_are_known_by_the_words_in_them(tmp_path: Path, heading: str, field: str) -> None:
    text = draft(tmp_path, f"투자자,피투자기업명,{heading}\n한빛,오로라,1\n")
    assert 'investee: "{피투자기업명}"' in text
    assert f"      {field}: " in text


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("예정", "planned"),
        ("투자 철회", "cancelled"),
        ("협의중", "sought"),
        ("Planned", "planned"),
        ("완료", "actual"),
    ],
)
def test_a_column_that_says_how_far_things_are_becomes_a_table(
    tmp_path: Path, said: str, status: str
) -> None:
    text = draft(tmp_path, f"투자자,피투자기업,zz\n한빛,오로라,{said}\n")
    assert status_of(said) == status
    assert f": {status}" in text.partition("status: {from: ")[2].partition("}}")[0]
    assert "status: actual" not in text


@pytest.mark.parametrize(
    ("cell", "split"),
    [
        ("한빛; 노부스", 'split: ";"'), ('"Hanbit, Novus"', 'split: ","'), ("Hanbit/Novus", 'split: "/"'),
        ("한빛、노부스;루멘", 'split: ["、", ";"]'), ('"한빛\n노부스"', 'split: "\\n"'),
    ],
)  # fmt: skip
def test_what_stands_between_names_is_drafted_as_it_is_seen(tmp_path: Path, cell: str, split: str) -> None:
    assert split in draft(tmp_path, f"투자자,피투자기업\n{cell},오로라\n")


def test_one_name_with_a_comma_is_not_split(tmp_path: Path) -> None:
    assert "split" not in draft(tmp_path, '투자자,피투자기업\n"Gamma Co., Ltd.",오로라\n')


def test_an_id_and_a_currency_are_asked_for(tmp_path: Path) -> None:
    text = draft(tmp_path, "투자자,피투자기업,투자금액\n한빛,오로라,30\n")
    assert '# id: "{…}"' in text
    assert 'which currency? {from: "{투자금액}", currency: KRW}' in text
    text = draft(tmp_path, "Deal ID,Investor,Company,Amount\nd1,A,B,USD 3m\n")
    assert 'id: "{Deal ID}"' in text
    assert "which currency" not in text


def test_a_draft_of_standard_input_finds_the_header_too(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO(("Deals\n\n" + HEADER + ROWS).encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(data))
    assert "  skip: 2\n" in sketch("-", model.load())


def test_a_list_of_takeovers_is_known_by_its_columns(tmp_path: Path) -> None:
    text = draft(
        tmp_path, "매체,기사일,인수자,피인수자,지분율,예정일\n일보,2026-03-12,대한,한빛,51%,2027-04\n"
    )
    assert "  - type: Acquisition\n" in text
    for field, column in (
        ("acquirer", "인수자"),
        ("target", "피인수자"),
        ("share", "지분율"),
        ("date", "예정일"),
    ):
        assert f'      {field}: "{{{column}}}"' in text
