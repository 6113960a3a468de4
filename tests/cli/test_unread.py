"""A text that is not read: kept or rejected, as the field and the settings say; and the order of dates in digits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.command import Outcome, run

if TYPE_CHECKING:
    from pathlib import Path

FACTS: tuple[dict[str, Any], ...] = (
    {"type": "Report", "id": "r", "title": "Report"},
    {"type": "Company", "id": "a", "name": "Acme"},
    {"type": "Company", "id": "b", "name": "Beta"},
)
DEAL = {"type": "Investment", "investor": "a", "investee": "b", "status": "planned", "source": "r"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert run(["init", "--language", "en"]).exit_code == 0
    return tmp_path


def converted(project: Path, *records: dict[str, Any], header: dict[str, Any] | None = None) -> Outcome:
    lines = [*([header] if header else []), *FACTS, *records]
    (project / "facts.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return run(["convert", "facts.jsonl"])


def setting(project: Path, text: str) -> None:
    file = project / "kg.toml"
    file.write_text(f"{file.read_text('utf-8')}\n[values]\n{text}\n", "utf-8")


def test_an_amount_that_is_not_read_is_kept_without_a_number(project: Path) -> None:
    done = converted(project, DEAL | {"amount": "several billion dollars"})
    assert done.exit_code == 0
    assert "warning[money-no-amount]" in done.stderr
    assert "read 4 = accepted 4 + duplicate 0 + quarantined 0 + waiting 0" in done.stderr
    turtle = done.stdout.decode()
    assert 'kg:asWritten "several billion dollars"' in turtle
    assert "schema:currency" not in turtle
    assert "schema:value" not in turtle


def test_a_setting_rejects_what_is_not_read(project: Path) -> None:
    setting(project, 'unreadable = "reject"')
    done = converted(project, DEAL | {"amount": "several billion dollars"})
    assert done.exit_code == 1
    assert "error[money-no-amount]" in done.stderr
    assert "read 4 = accepted 3 + duplicate 0 + quarantined 1 + waiting 0" in done.stderr


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("$20 to $10", "number-reversed"),
        ("5 pesos", "money-currency-ambiguous"),
        ("5 dollars euros", "money-two"),
    ],
)
def test_what_is_impossible_or_open_is_an_error_all_the_same(project: Path, amount: str, code: str) -> None:
    done = converted(project, DEAL | {"amount": amount})
    assert done.exit_code == 1
    assert f"error[{code}" in done.stderr
    assert "quarantined 1" in done.stderr


def test_two_facts_whose_amounts_are_not_read_are_told_apart_by_their_words(project: Path) -> None:
    texts = ("several billion dollars", "tens of billions", "several billion dollars")
    done = converted(project, *(DEAL | {"amount": text} for text in texts))
    assert "read 6 = accepted 5 + duplicate 1 + quarantined 0 + waiting 0" in done.stderr
    assert done.stdout.decode().count("kg:Investment") == 2


def test_a_date_in_digits_needs_an_order(project: Path) -> None:
    born = {"type": "Person", "id": "p", "name": "P", "birthDate": "04/02/1980"}
    done = converted(project, born)
    assert done.exit_code == 1
    assert "error[date-order]" in done.stderr
    assert "1980-02-04" in done.stderr
    assert "1980-04-02" in done.stderr
    for order, day in (("day", "1980-02-04"), ("month", "1980-04-02")):
        done = converted(project, born, header={"date-order": order})
        assert done.exit_code == 0
        assert f'schema:birthDate "{day}"' in done.stdout.decode()
    setting(project, 'date-order = "day"')
    assert 'schema:birthDate "1980-02-04"' in converted(project, born).stdout.decode()
    done = converted(project, born, header={"date-order": "month"})
    assert 'schema:birthDate "1980-04-02"' in done.stdout.decode(), "the file knows better than the project"


@pytest.mark.parametrize("text", ['unreadable = "drop"', 'date-order = "year"', "unread = 5"])
def test_a_wrong_setting_is_told_with_what_is_allowed(project: Path, text: str) -> None:
    setting(project, text)
    done = converted(project)
    assert done.exit_code == 2
    assert "kg.toml" in done.stderr
    assert any(word in done.stderr for word in ("keep", "day", "unreadable"))
