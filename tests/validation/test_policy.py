"""How bad a finding is, where a project says otherwise, and when a command ends with 1."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.errors import Place, Problem, Severity
from kg.messages import catalogue
from kg.validation.finding import Finding, in_order
from kg.validation.policy import LOWERABLE, NO_ERRORS, _may_be_less
from tests.command import run

ROOT = Path(__file__).parents[2]
RECORDS = (
    {"type": "Company", "id": "a", "name": "A"},
    {"type": "NewsArticle", "id": "s"},
    {"type": "Ownership", "id": "o1", "owner": "a", "owned": "a", "source": "s"},
    {"type": "Ownership", "id": "o2", "owner": "a", "source": "s"},
    {"type": "Company", "id": "b", "name": "B", "colour": "blue"},
    {"type": "Founding", "id": "f", "founder": "a", "founded": "b", "date": "2025-02-30", "source": "s"},
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]).exit_code == 0
    Path("f.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS), "utf-8")


def say(text: str) -> None:
    with Path("kg.toml").open("a", encoding="utf-8") as out:
        out.write(f"\n{text}\n")


def rule(code: str, severity: str) -> None:
    say(f'[rules."{code}"]\nseverity = "{severity}"')


def report(*options: str) -> tuple[int, dict[str, str], dict[str, Any]]:
    """(exit code, code -> severity, books)."""
    outcome = run(["validate", "f.jsonl", "--format", "json", *options])
    data = json.loads(outcome.stdout)
    return outcome.exit_code, {f["code"]: f["severity"] for f in data["findings"]}, data["books"]


def test_without_rules_everything_is_as_bad_as_it_is() -> None:
    code, severities, books = report()
    assert (code, books["quarantined"]) == (1, 4)
    assert severities["missing-field"] == severities["unknown-field"] == "error"


@pytest.mark.parametrize("severity", ["warning", "info", "off"])
@pytest.mark.parametrize("code", ["missing-field", "unknown-field"])
def test_a_rule_that_is_no_error_lets_the_record_load(code: str, severity: str) -> None:
    rule(code, severity)
    _, severities, books = report()
    assert severities.get(code, "off") == severity
    # what waited for the record, or was wrong itself, is not its matter
    assert books["quarantined"] == 3


def test_what_is_only_a_warning_can_be_an_error() -> None:
    Path("g.jsonl").write_text("", "utf-8")
    rule("no-records", "error")
    outcome = run(["validate", "f.jsonl", "g.jsonl", "--lang", "en"])
    assert "error[no-records]" in outcome.stdout.decode()


def test_an_assumption_that_is_an_error_keeps_the_record_out() -> None:
    record = {"type": "Fundraising", "id": "r", "fundraiser": "a", "amount": "$1m", "source": "s"}
    with Path("f.jsonl").open("a", encoding="utf-8") as out:
        out.write(json.dumps({**record, "status": "actual"}) + "\n")
    assert report()[1]["money-currency-assumed"] == "info"
    before = report()[2]["quarantined"]
    rule("money-currency-assumed", "error")
    assert report()[1]["money-currency-assumed"] == "error"
    assert report()[2]["quarantined"] == before + 1


@pytest.mark.parametrize(
    ("code", "severity", "message"),
    [
        ("date-not-in-calendar", "warning", "rule-fixed"),
        ("id-conflict", "off", "rule-fixed"),
        ("waits", "error", "rule-fixed"),
        ("mising-field", "warning", "missing-field"),
        ("missing-field", "fatal", "rules.missing-field.severity"),
    ],
)
def test_what_may_not_be_said(code: str, severity: str, message: str) -> None:
    rule(code, severity)
    outcome = run(["validate", "f.jsonl", "--lang", "en"])
    assert outcome.exit_code == 2
    assert message in outcome.stderr
    assert outcome.stdout == b""


@pytest.mark.parametrize(("fail_on", "codes"), [("violation", (0, 1)), ("warning", (1, 1)), ("info", (1, 1))])
def test_fail_on_says_when_a_command_ends_with_1(fail_on: str, codes: tuple[int, int]) -> None:
    Path("w.jsonl").write_text("", "utf-8")  # a file without records is a warning
    for path, code in zip(("w.jsonl", "f.jsonl"), codes, strict=True):
        assert run(["validate", path, "--fail-on", fail_on]).exit_code == code
    text = Path("kg.toml").read_text("utf-8")
    Path("kg.toml").write_text(text.replace("format = 1", f'format = 1\nfail-on = "{fail_on}"'), "utf-8")
    assert run(["validate", "w.jsonl"]).exit_code == codes[0]
    assert run(["validate", "w.jsonl", "--fail-on", "violation"]).exit_code == 0


def test_fail_on_knows_its_values() -> None:
    outcome = run(["validate", "f.jsonl", "--fail-on", "never", "--lang", "en"])
    assert outcome.exit_code == 2
    assert "violation, warning, info" in outcome.stderr


def test_a_load_follows_the_rules_and_their_change() -> None:
    assert "quarantined 4" in run(["load", "f.jsonl", "--lang", "en"]).stderr
    rule("missing-field", "warning")
    assert "quarantined 3" in run(["load", "f.jsonl", "--lang", "en"]).stderr


def test_rdf_follows_the_rules() -> None:
    graph = run(["convert", "f.jsonl", "--to", "ntriples"]).stdout.decode()
    assert "prefLabel" in graph
    nameless = "".join(line for line in graph.splitlines(keepends=True) if "prefLabel" not in line)
    Path("g.nt").write_text(nameless, "utf-8")
    assert run(["validate", "g.nt"]).exit_code == 1
    rule("missing-field", "warning")
    assert run(["validate", "g.nt"]).exit_code == 0


def test_every_code_that_is_no_error_is_known() -> None:
    python = "\n".join(p.read_text("utf-8") for p in sorted((ROOT / "kg").rglob("*.py")))
    found = re.findall(r'Problem\(\s*"([a-z-]+)"(?:[^()]|\([^()]*\))*severity="(?:info|warning)"', python)
    of_projects = ("store-", "quarantine-", "doctor-", "diff-")
    notes = {code for code in found if not code.startswith(of_projects) and code != "waits"}
    assert {code for code in notes if not _may_be_less(code)} == set(), "enter them in NO_ERRORS"
    assert catalogue().keys() >= NO_ERRORS | LOWERABLE


def test_what_two_shapes_say_in_the_same_words_is_as_bad_as_the_worse_has_it() -> None:
    place = Place("facts.jsonl", 2, 1)
    severities: tuple[Severity, ...] = ("error", "warning")
    said = [Finding(Problem("no-records", severity=severity), place) for severity in severities]
    for findings in (said, said[::-1]):
        assert [f.problem.severity for f in in_order(findings)] == ["error"]
