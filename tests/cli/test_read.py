"""``kg read``: one row out for each text in, whatever the text holds."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.errors import Unreadable, UsageError
from kg.reading.texts import split
from kg.values.kinds import KINDS, kind
from tests.command import run

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGE = ("--lang", "en")


def as_json(*arguments: str, stdin: bytes = b"", exit_code: int = 0) -> list[Any]:
    done = run(["read", *arguments, "--format", "json", *LANGUAGE], stdin)
    assert done.exit_code == exit_code, done.stderr
    rows: list[Any] = json.loads(done.stdout)
    return rows


def test_a_value_is_said_in_a_normal_form() -> None:
    done = run(["read", "date", "지난해 1월", "--reference", "2025-02-04", *LANGUAGE])
    assert (done.exit_code, done.stdout, done.stderr) == (0, b"January 2024\n", "")


def test_rows_keep_their_order_and_the_books_balance() -> None:
    stdin = "150억~250억달러\n\n수백억원\r\nabc\n\ud800$5".encode("utf-8", "surrogatepass")
    done = run(["read", "money", "-", "--format", "jsonl", *LANGUAGE], stdin)
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [row["outcome"] for row in rows] == [
        *("understood", "unreadable", "no amount", "unreadable", "unreadable")
    ]
    assert rows[0]["value"] == {"currency": "USD", "min": "15000000000", "max": "25000000000"}
    assert rows[2]["code"] == "money-no-amount"
    assert done.stderr == "read 5 = understood 1 + no amount 1 + unreadable 3\n"
    assert done.exit_code == 1


def test_a_file_is_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "values.txt"
    file.write_bytes("\ufeff약 2시간\r\nPT3H\n".encode())
    rows = as_json("duration", "--file", str(file))
    assert [row["value"] for row in rows] == [{"value": "PT2H", "approximate": True}, {"value": "PT3H"}]


def test_a_table_has_a_column_for_each_part() -> None:
    done = run(["read", "money", "$15bn", "fifteenish", "--format", "csv", "--explain", *LANGUAGE])
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert rows[0]["value"] == "15000000000"
    assert rows[0]["currency"] == "USD"
    assert "$ = USD, assumed" in rows[0]["explained"]
    assert rows[1]["outcome"] == "unreadable"


@pytest.mark.parametrize("output_format", ["text", "json", "jsonl", "csv"])
def test_no_text_breaks_a_row_or_moves_the_cursor(output_format: str) -> None:
    hostile = "\x1b[2J\u202e\x00\ttext\u2028more"
    done = run(["read", "money", hostile, "x" * 100_000, "--format", output_format, *LANGUAGE])
    said = done.stdout.decode()
    assert done.exit_code == 1
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert len(said) < 10_000


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (["monny", "$5"], 2, "read-kind"),
        (["money"], 2, "read-what"),
        (["money", "$5", "--file", "x"], 2, "read-what"),
        (["money", "$5", "--format", "xml"], 2, "report-format"),
        (["money", "$5", "--say", "fr"], 2, "language-unknown"),
        (["date", "2024", "--reference", "2024-02-30"], 2, "option-reference"),
        (["date", "2024", "--language", "korean"], 2, "option-language"),
        (["money", "--file", "no such file"], 3, "file-missing"),
    ],
)
def test_wrong_usage_is_said(arguments: list[str], exit_code: int, code: str) -> None:
    done = run(["read", *arguments, *LANGUAGE])
    assert done.exit_code == exit_code
    assert code in done.stderr
    assert done.stdout == b""


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["read", "monny", "$5"], "did you mean money? It can be: money, number, percent, "),
        (["read", "zzz", "$5"], "choose one of: money, number, percent, "),
        (["schema", "Aquisition"], "did you mean Acquisition?\n"),
        (["schema", "Zzz"], "the classes are: Acquisition, Alliance, "),
        (["schema", "Company", "--default", "websit"], "did you mean website?\n"),
        (["schema", "Company", "--default", "zzz"], "their fields are: description, identifier, "),
    ],
)
def test_what_is_like_a_word_is_not_told_as_all_there_is(arguments: list[str], hint: str) -> None:
    assert hint in run([*arguments, *LANGUAGE]).stderr


def test_the_same_in_python() -> None:
    found = kg.read("date", "지난해 1월", reference="2025-02-04")
    assert (found.said(), found.said("ko")) == ("January 2024", "2024년 1월")
    assert found.spelled()["latest"] == "2024-01-31"
    with pytest.raises(Unreadable, match="counts from the day the source was published"):
        kg.read("date", "지난해 1월")
    with pytest.raises(UsageError):
        kg.read("dates", "2024")


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_keeps_the_contract(name: str) -> None:
    of_kind = kind(name)
    assert of_kind.COLUMNS
    assert all(callable(getattr(of_kind, part)) for part in ("read", "explained", "said", "spelled"))


def test_of_a_long_line_only_the_beginning_is_held() -> None:
    pieces = (b"x" * 1000 for _ in range(100))
    assert [len(line) for line in split(pieces, 50)] == [50]
