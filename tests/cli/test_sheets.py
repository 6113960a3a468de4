"""Sheets: templates that load as they are filled in, and answers that a spreadsheet opens and does not run."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from kg import model
from kg.query.render import View, writer
from kg.query.session import Answer
from tests.command import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert run(["init", "--language", "en"]).exit_code == 0
    return tmp_path


def test_sheets_load_as_they_are_filled_in(project: Path) -> None:
    assert run(["init", "--sheet", "Company", "--sheet", "Investment"]).exit_code == 0
    assert run(["init", "--sheet", "Company"]).exit_code == 2
    for name, filled in (
        ("company", [{"id": "a", "name": "Alpha; Alpha Inc"}, {"id": "b", "name": "Beta"}]),
        (
            "investment",
            [
                {
                    "investor": "Alpha",
                    "investee": "b",
                    "amount": "USD 5m",
                    "status": "planned",
                    "source": "A letter",
                }
            ],
        ),
    ):
        text = (project / f"{name}.csv").read_text("utf-8-sig")
        out = io.StringIO()
        rows = csv.DictWriter(out, next(csv.reader([text])), restval="")
        rows.writeheader()
        rows.writerows(filled)
        (project / f"{name}.csv").write_text(out.getvalue(), "utf-8-sig", newline="")
        done = run(["load", f"{name}.csv", "--mapping", f"{name}.yaml"])
        assert done.exit_code == 0, done.stderr
    answer = run(["query", "investments", "--names", "--format", "csv"]).stdout.decode("utf-8-sig")
    assert answer.splitlines()[1].startswith("Alpha,Beta,planned")


@pytest.mark.parametrize("name", sorted(model.load().classes))
def test_every_class_has_a_sheet_whose_mapping_fits_it(project: Path, name: str) -> None:
    assert run(["init", "--sheet", name]).exit_code == 0
    with (project / f"{name.lower()}.csv").open("a", encoding="utf-8") as sheet:
        sheet.write("\r\n")
    done = run(["validate", f"{name.lower()}.csv", "--mapping", f"{name.lower()}.yaml"])
    assert done.exit_code == 0, done.stderr + done.stdout.decode()


@pytest.mark.parametrize(
    ("said", "cell"),
    [
        ('"=1+1"', "'=1+1"),
        ('"+82 2 123"', "'+82 2 123"),
        ('"-rm"', "'-rm"),
        ('"@x"', "'@x"),
        ('"\\tx"', "'\tx"),
        ('"\\rx"', "'\rx"),
        ('"-5"^^<http://www.w3.org/2001/XMLSchema#decimal>', "-5"),
        ('"-5.25"', "-5.25"),
        ('"+1e3"', "+1e3"),
        ('"a=b"', "a=b"),
        ('"소프트뱅크"@ko', "소프트뱅크"),
    ],
)
def test_a_spreadsheet_runs_no_cell(said: str, cell: str) -> None:
    out = io.BytesIO()
    writer("csv")(Answer("select", ("x",), iter([(said,)]), names={}), out, View(spreadsheet=True))
    assert out.getvalue().startswith(b"\xef\xbb\xbfx\n")
    assert list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))[1] == [cell]
