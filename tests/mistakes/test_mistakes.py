"""Every mistake of ``facts.jsonl`` is told with its place, in both languages, and the good records go on.

``mistakes.tsv`` was written from the design alone, before anything was run: which line, which field, what is wrong.
``expected.en.txt`` and ``expected.ko.txt`` hold what the command says; ``KG_RENEW=1`` writes them anew.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.command import Outcome, run

HERE = Path(__file__).parent
FACTS = HERE / "facts.jsonl"

# Which lines must be taken in spite of what stands around them, and which wait for a refused one.
GOOD = {2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 24, 53, 67, 68}
DUPLICATE = {11}
WAITING = {64, 65, 66}


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)


@cache
def validate(*options: str) -> Outcome:
    return run(["validate", FACTS.name, *options])


def report(language: str = "en") -> dict[str, Any]:
    document: dict[str, Any] = json.loads(validate("--format", "json", "--lang", language).stdout)
    return document


def reported(language: str = "en") -> list[dict[str, Any]]:
    return list(report(language)["findings"])


def mistakes() -> list[dict[str, str]]:
    with (HERE / "mistakes.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_there_are_many_different_mistakes() -> None:
    assert len({row["mistake"] for row in mistakes()}) >= 20


@pytest.mark.parametrize("language", ["en", "ko"])
def test_each_mistake_is_reported_at_its_line_and_field_and_nothing_else_is(language: str) -> None:
    wanted = Counter((int(row["line"]), row["pointer"], row["severity"]) for row in mistakes())
    found = Counter(
        (message["line"], message["pointer"], message["severity"])
        for message in reported(language)
        if message["severity"] != "info"
    )
    assert found == wanted


def test_a_message_says_what_a_program_needs() -> None:
    for message in reported():
        assert message["file"] == FACTS.name
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", message["code"])
        assert message["message"]


def test_codes_and_places_are_the_same_in_every_language_and_words_are_not() -> None:
    english, korean = reported("en"), reported("ko")
    for one, other in zip(english, korean, strict=True):
        assert (one["line"], one["pointer"], one["code"]) == (other["line"], other["pointer"], other["code"])
        assert one["message"] != other["message"]
        assert re.search("[가-힣]", other["message"])


def test_the_books_balance() -> None:
    read = sum(bool(line) for line in FACTS.read_text(encoding="utf-8").splitlines()[1:])
    quarantined = len({row["line"] for row in mistakes() if row["severity"] == "error"})
    assert read == len(GOOD) + len(DUPLICATE) + len(WAITING) + quarantined
    assert report()["books"] == {
        "read": read,
        "accepted": len(GOOD),
        "duplicate": len(DUPLICATE),
        "quarantined": quarantined,
        "waiting": len(WAITING),
    }


def test_good_records_have_no_error_and_waiting_ones_say_for_what() -> None:
    by_line = {message["line"]: message for message in reported() if message["severity"] != "info"}
    assert not [
        line for line in GOOD | DUPLICATE | WAITING if by_line.get(line, {}).get("severity") == "error"
    ]
    assert {message["line"] for message in reported() if message["code"] == "waits"} == WAITING


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_it_says(language: str) -> None:
    outcome = validate("--lang", language)
    expected = HERE / f"expected.{language}.txt"
    if os.environ.get("KG_RENEW") == "1":
        expected.write_bytes(outcome.stdout)
    assert outcome.exit_code == 1
    assert "Traceback" not in outcome.stderr
    assert outcome.stdout.decode() == expected.read_text(encoding="utf-8")


def test_the_good_records_are_converted_whatever_the_order_of_the_lines(tmp_path: Path) -> None:
    header, *records = FACTS.read_text(encoding="utf-8").splitlines()
    turned = tmp_path / FACTS.name
    turned.write_text("\n".join([header, *reversed(records)]), encoding="utf-8")
    assert run(["convert", str(turned)]).stdout == run(["convert", FACTS.name]).stdout
