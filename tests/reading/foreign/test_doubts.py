"""Names in rows that may be none, or several; rows that a record is left out of; loops that can't be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg import model
from kg.reading.foreign import read_foreign, read_mapping
from kg.reading.foreign.doubts import described, several
from kg.reading.foreign.source import notes

if TYPE_CHECKING:
    from pathlib import Path

    from kg.reading.record import Source

DESCRIBED = (
    "외 2곳", "한빛 외 2곳", "한빛 외", "3인", "개인투자자 5인", "한빛 등 5곳", "他2社", "ソニー他2社", "ソニー ほか3名",
    "腾讯等3家", "and 2 others", "Acme and 3 others", "Acme et al.", "5 investors", "Müller und 3 weitere", "Axa et 2 autres",
)  # fmt: skip
NAMES = (
    "Studio 54", "7-Eleven", "3M", "Forever 21", "11번가", "1등 기업", "외환은행", "등대", "Moreover", "Alma", "Company 3",
    "Gamma Co., Ltd.", "Foo, Inc.", "Lone Star Funds, L.P.", "A/S Dan", "AT&T", "카카오", "他山石", "Yahoo! Inc.",
)  # fmt: skip
SEVERAL = {
    "한빛; 노부스": ";",
    "한빛、노부스": "、",
    "KKR/Carlyle": "/",
    "Samsung, Hyundai": ",",
    "한빛\n노부스": "↵",
}


def opened(tmp_path: Path, rows: str, mapping: str) -> Source:
    (tmp_path / "rows.csv").write_text(rows, "utf-8")
    (tmp_path / "m.yaml").write_text(mapping, "utf-8")
    return read_foreign(str(tmp_path / "rows.csv"), read_mapping(str(tmp_path / "m.yaml")), model.load())


@pytest.mark.parametrize("name", DESCRIBED)
def test_words_for_others_are_no_name(name: str) -> None:
    assert described(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_a_name(name: str) -> None:
    assert (described(name), several(name, of_body=True)) == (False, "")


@pytest.mark.parametrize("name", SEVERAL)
def test_a_sign_between_names_is_found(name: str) -> None:
    assert several(name, of_body=True) == SEVERAL[name]


def test_doubtful_names_are_warned_of_once_and_their_records_stay(tmp_path: Path) -> None:
    rows = "Name\n외 2곳\nKKR/Carlyle\n외 2곳\nAcme\n"
    mapping = (
        'records:\n- type: Company\n  fields: {name: "{Name}"}\n- type: Place\n  fields: {name: "{Name}"}\n'
    )
    source = opened(tmp_path, rows, mapping)
    for _ in range(2):
        found = [(r.place.line, [(p.code, p.pointer, p.severity) for p in r.doubts]) for r in source]
        assert [f for f in found if f[1]] == [
            (2, [("name-described", "/name", "warning")]),
            (3, [("name-several", "/name", "warning")]),
        ]
    assert not any(r.problems for r in source)


def test_rows_that_a_record_is_left_out_of_are_counted_by_its_kind(tmp_path: Path) -> None:
    rows = "Name,Sum,Kind\na,1,x\nb,,x\nc,,x\nd,,y\n"
    mapping = (
        'records:\n- type: Company\n  fields: {name: "{Name}"}\n'
        '- type: Investment\n  needs: [Sum]\n  where: {Kind: x}\n  fields: {note: "{Sum}"}\n'
    )
    source = opened(tmp_path, rows, mapping)
    for _ in range(2):
        assert len(list(source)) == 5
        left = [
            (n.args["type"], n.args["count"], n.args["needs"])
            for n in notes(source.foreign)
            if n.code == "record-left"
        ]
        assert left == [("Investment", 2, ("Sum",))]


def test_a_loop_over_what_can_not_be_made_costs_its_row(tmp_path: Path) -> None:
    mapping = (
        'records:\n- type: Company\n  for each: {n: {from: "{Name}", map: {a: A}}}\n  fields: {name: "{n}"}\n'
    )
    found = [
        (r.data.get("name"), [p.code for p in r.problems]) for r in opened(tmp_path, "Name\na\nb\n", mapping)
    ]
    assert found == [("A", []), (None, ["map-value"])]
