"""Every format of a report says the same, at the right place, and nothing of the input gets out of its text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from kg.report import FORMATS
from tests.command import run
from tests.report.sarif import ESSENTIAL

if TYPE_CHECKING:
    from tests.command import Outcome

MISTAKES = Path(__file__).parents[1] / "mistakes/facts.jsonl"

PLANTED = {
    "a cursor that moves": "\x1b[2J\x1b[31mred",
    "a bell and a new line": "\x07\r\n::error::hacked",
    "a C1 control": "\x9b31m",
    "a line turned round": "\u202egnp.exe\u2066",
    "a mark": "\u200e\ufeff\u2028\u2029",
    "the end of a CDATA section": "]]><script>alert(1)</script>",
    "the end of an attribute": "\"'/><failure>&amp;&#27;",
    "a comment": "--><!-- -->",
    "a workflow command": "::error file=x,line=1::hacked%0A",
    "an old workflow command": "##[set-env name=PATH]x",
    "a link": "[click](https://evil.example/)",
    "a placeholder": "{0} {received}",
    "no character": "\ufffe\uffff\U0010fffe",
}


def reported(path: Path | str, form: str, *options: str) -> Outcome:
    return run(["validate", str(path), "--format", form, "--lang", "en", *options])


def sarif(path: Path | str, *options: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(reported(path, "sarif", *options).stdout)
    return document


def findings(path: Path | str) -> list[dict[str, Any]]:
    return list(json.loads(reported(path, "json").stdout)["findings"])


def lines(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    return path


@pytest.fixture(params=PLANTED.values(), ids=list(PLANTED))
def planted(request: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in which everything that a report may show is hostile."""
    monkeypatch.chdir(tmp_path)
    bad = request.param
    name = re.sub(r"[/\0\r\n]|^-", "_", bad)[:40] + ".jsonl"
    path = lines(
        tmp_path / name,
        {"type": bad, "id": "a"},
        {"type": "Company", "id": bad, "name": "A"},
        {"type": "Company", "id": "b", "name": {bad: "B"}},
        {"type": "Company", "id": "c", "name": "C", bad: bad},
        {"type": "Fundraising", "id": "f", "fundraiser": bad, "amount": bad, "status": bad, "source": bad},
        {"type": "Ownership", "id": "o", "owner": "c", "owned": "c", "evidence": {bad: 1}, "source": bad},
    )
    with path.open("a", encoding="utf-8") as out:
        out.write(f"{bad}\n")
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_of_the_input_moves_a_cursor(planted: Path, form: str) -> None:
    outcome = reported(planted.name, form)
    assert outcome.exit_code == 1, outcome.stderr
    said = outcome.stdout.decode("utf-8") + outcome.stderr
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", said)


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "github"])
def test_no_line_is_a_command_of_a_build_server(planted: Path, form: str) -> None:
    said = reported(planted.name, form).stdout.decode()
    assert not [line for line in said.splitlines() if line.lstrip().startswith("::") or "##[" in line]


def test_every_workflow_command_is_ours(planted: Path) -> None:
    for line in reported(planted.name, "github").stdout.decode().splitlines()[:-2]:
        command, _, rest = line[2:].partition(" ")
        assert command in {"error", "warning", "notice"}
        properties, _, _ = rest.partition("::")
        for one in properties.split(","):
            assert re.fullmatch(r"(file|line|col|endLine|endColumn|title)=[^:,\r\n]*", one), one


def test_junit_has_no_element_of_the_input(planted: Path) -> None:
    root = ET.fromstring(reported(planted.name, "junit").stdout)  # noqa: S314 - made here
    assert {e.tag for e in root.iter()} <= {"testsuites", "testsuite", "testcase", "failure", "system-out"}
    assert len(root.findall(".//failure")) == int(root.attrib["failures"]) > 0


def test_sarif_texts_have_no_links_and_no_placeholders(planted: Path) -> None:
    document = sarif(planted.name)
    Draft202012Validator(ESSENTIAL).validate(document)
    for result in document["runs"][0]["results"]:
        said = result["message"]["text"]
        assert "](" not in said
        assert not re.search(r"(?<!\{)(\{\{)*\{\d", said)


@pytest.mark.parametrize("form", ["json", "sarif", "feedback"])
def test_json_decodes_to_what_was_received(tmp_path: Path, form: str) -> None:
    path = lines(tmp_path / "f.jsonl", {"type": "Company", "id": "a", "name": "A", "x": "\u202ea\x1b"})
    assert '"\u202ea\x1b"' in json.dumps(json.loads(reported(path, form).stdout), ensure_ascii=False).replace(
        "\\u001b", "\x1b"
    )


def test_sarif_is_as_the_standard_asks() -> None:
    document = sarif(MISTAKES)
    Draft202012Validator(ESSENTIAL).validate(document)
    (made,) = document["runs"]
    rules = made["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    for result in made["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    (korean,) = made["translations"]
    assert korean["language"] == "ko"
    assert [rule["id"] for rule in korean["rules"]] == [rule["id"] for rule in rules]
    assert all(re.search("[가-힣]", rule["shortDescription"]["text"]) for rule in korean["rules"])


def test_sarif_texts_are_plain_once_the_braces_are_undone() -> None:
    (made,) = sarif(MISTAKES)["runs"]
    rules = [*made["tool"]["driver"]["rules"], *made["translations"][0]["rules"]]
    helps = {rule["id"]: rule["help"]["text"] for rule in rules if "help" in rule}
    assert "missing-field" in {rule["id"] for rule in rules} - helps.keys()
    said = [*helps.values(), *(rule["shortDescription"]["text"] for rule in rules)]
    said += [result["message"]["text"] for result in made["results"]]
    for text in said:
        undone = text.replace("{{", "{").replace("}}", "}")
        assert "{{" not in undone, text
        assert undone.replace("{", "{{").replace("}", "}}") == text
        assert undone.strip("… "), text
    assert any('{{"type": …, "name": "…"}}' in text for text in said)


def test_sarif_shows_each_finding_at_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(MISTAKES.parent)
    text = MISTAKES.read_text("utf-8").splitlines()
    found = findings(MISTAKES.name)
    results = sarif(MISTAKES.name)["runs"][0]["results"]
    assert len(results) == len(found) > 50
    seen = 0
    for result, finding in zip(results, found, strict=True):
        physical = result["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"] == {"uri": "facts.jsonl", "uriBaseId": "%SRCROOT%"}
        region = physical["region"]
        assert (region["startLine"], region.get("startColumn")) == (finding["line"], finding["column"])
        if "endColumn" in region and finding["pointer"].count("/") == 1:
            words = text[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
            assert list(json.loads("{" + words + "}")) == [finding["pointer"][1:]]
            seen += 1
    assert seen > 20


def test_a_value_in_a_pretty_document_has_its_own_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    record = {"type": "Company", "id": "a", "name": {"en": ["A", 7]}, "colour": "blue"}
    path.write_text(json.dumps({"facts": [record]}, indent=4), "utf-8")
    text = path.read_text("utf-8").splitlines()
    for finding in findings(path):
        rest = text[finding["line"] - 1][finding["column"] - 1 :]
        assert rest.startswith({"/name/en/1": "7", "/colour": '"colour"'}[finding["pointer"]])


def test_fingerprints_stay_when_lines_move(tmp_path: Path) -> None:
    def marks(path: Path) -> list[str]:
        return sorted(r["partialFingerprints"]["kg/v1"] for r in sarif(path)["runs"][0]["results"])

    moved = tmp_path / "facts.jsonl"
    header, *rest = MISTAKES.read_text("utf-8").splitlines()
    good = '{"type": "Company", "id": "new-one", "name": "New One"}'
    moved.write_text("\n".join([header, "", good, "", *rest, ""]), "utf-8")
    before, after = marks(MISTAKES), marks(moved)
    assert len(set(before)) == len(before)
    # one message names a place, and so moves with it
    assert len(set(before) - set(after)) == 0


def test_what_is_no_file_has_no_path() -> None:
    outcome = run(["validate", "-", "--format", "sarif"], stdin=b'{"type": "Compny", "id": "a"}')
    (result,) = json.loads(outcome.stdout)["runs"][0]["results"]
    assert "physicalLocation" not in json.dumps(result)
    said = run(["validate", "-", "--format", "github"], stdin=b'{"type": "Compny", "id": "a"}').stdout
    assert said.startswith(b"::error title=unknown-type /type::")


def many(path: Path, count: int) -> Path:
    return lines(path, *({"type": "Company", "id": f"c{n}", "nam": "X"} for n in range(count)))


@pytest.mark.parametrize(("limit", "told"), [("20", 20), ("3", 3), ("0", 50)])
def test_long_lists_are_counted(tmp_path: Path, limit: str, told: int) -> None:
    path = many(tmp_path / "f.jsonl", 50)
    said = reported(path, "text", "--limit", limit).stdout.decode()
    assert said.count("error[unknown-field] /nam") == told
    assert (f"and {50 - told} more like it: unknown-field /nam" in said) == (told < 50)
    commands = reported(path, "github", "--limit", limit).stdout.decode()
    assert commands.count("title=unknown-field /nam") == told


def test_feedback_has_the_records_and_what_is_allowed(tmp_path: Path) -> None:
    record = {"type": "Investment", "investor": "a", "investee": "b", "status": "plannd", "share": 1.50}
    path = lines(tmp_path / "f.jsonl", {"defaults": {"source": "s"}}, record)
    said = reported(path, "feedback").stdout
    assert said.count(b"\n") == 1
    document = json.loads(said)
    entry = document["records"][-1]
    assert entry["record"] == record
    status = next(p for p in entry["problems"] if p["at"] == "/status")
    assert status["received"] == "plannd"
    assert {"planned", "actual"} <= set(status["allowed"])
    assert status["expected"]


def test_feedback_is_bounded(tmp_path: Path) -> None:
    path = lines(tmp_path / "f.jsonl", *({"type": "Company", f"k{n}": "x" * 30_000} for n in range(300)))
    said = reported(path, "feedback", "--limit", "0").stdout
    assert len(said) < 100_000
    assert json.loads(said)["more"] > 100


def test_colour_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    def in_colour(**environment: str) -> bool:
        with monkeypatch.context() as patch:
            for name in ("NO_COLOR", "FORCE_COLOR"):
                patch.delenv(name, raising=False)
            for name, value in environment.items():
                patch.setenv(name, value)
            return b"\x1b[" in reported(MISTAKES, "text").stdout

    assert not in_colour()
    assert in_colour(FORCE_COLOR="1")
    assert not in_colour(FORCE_COLOR="0")
    assert not in_colour(FORCE_COLOR="1", NO_COLOR="1")


@pytest.mark.parametrize("form", FORMATS)
def test_a_load_reports_in_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]).exit_code == 0
    lines(Path("f.jsonl"), {"type": "Company", "id": "a", "name": "A"}, {"type": "Compny", "id": "b"})
    outcome = run(["load", "f.jsonl", "--format", form, "--lang", "en"])
    assert outcome.exit_code == 1
    said = outcome.stdout.decode() if form != "text" else outcome.stderr
    assert "unknown-type" in said
    assert "1 record;" in outcome.stderr
