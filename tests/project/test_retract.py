"""``kg retract --document`` and ``--fact``: as if the records had never been in the file, and so it stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.store import Store
from tests.command import Outcome, run

HEADER = '{"ids": "shared", "dataset": "deals", "language": "en", "defaults": {"source": "wire"}}\n'
WIRE = '{"type": "NewsArticle", "id": "wire", "name": "The wire", "published": "2025-03-01"}\n'
POST = '{"type": "NewsArticle", "id": "post", "name": "The post", "published": "2025-03-02"}\n'
ACME = '{"type": "Company", "id": "acme", "name": "Acme"}\n'
BETA = '{"type": "Company", "id": "beta", "name": "Beta"}\n'
DEAL = (
    '{"type": "Investment", "id": "d1", "investor": "acme", "investee": "beta", "amount": "$5bn", '
    '"status": "planned", "evidence": {"paragraph": 1}}\n'
)
TOTAL = (
    '{"type": "Investment", "id": "d2", "investor": "acme", "investee": "beta", "amount": "$9bn", '
    '"status": "planned", "part": ["d1"]}\n'
)
BOTH = (
    '{"type": "Founding", "id": "f1", "founded": "acme", "date": "2015", "source": ["wire", "post"], '
    '"evidence": [{"paragraph": 1}, {"paragraph": 2, "source": "post"}, {"paragraph": 3, "source": "wire"}]}\n'
)
CITED = (
    '{"type": "Founding", "id": "f2", "founded": "beta", "date": "2016", "source": "post", '
    '"evidence": [{"paragraph": 4}, {"paragraph": 5, "source": "wire"}]}\n'
)
ALL = (ACME, BETA, DEAL, TOTAL, BOTH, CITED)


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert run(["init", "--language", "en"]).exit_code == 0


def load(
    *records: str, name: str = "deals.jsonl", header: str = HEADER, options: tuple[str, ...] = ()
) -> Outcome:
    Path(name).write_text("".join((header, WIRE, POST, *records)), "utf-8")
    return run(["load", name, *options])


def retract(*arguments: str, code: int = 0) -> Outcome:
    done = run(["retract", *arguments])
    assert done.exit_code == code, done.stderr
    return done


def exported() -> bytes:
    return run(["export"]).stdout


def fresh(*records: str, header: str = HEADER, options: tuple[str, ...] = ()) -> bytes:
    """What a project of its own would export, whose file never had what was taken back."""
    run(["init", "fresh", "--language", "en"])
    file = Path("fresh/deals.jsonl")
    file.write_text("".join((header, WIRE, POST, *records)), "utf-8")
    run(["load", str(file), "--project", "fresh", *options])
    return run(["export", "--project", "fresh"]).stdout


def kept() -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(".kg/quarantine/deals.jsonl").read_text("utf-8").splitlines()]


def books(done: Outcome) -> str:
    return next(line for line in done.stderr.splitlines() if line.startswith("read "))


def test_a_fact_is_as_if_it_had_never_been_in_the_file() -> None:
    load(*ALL)
    done = retract("--fact", "d2")
    assert "taken back in deals: 1 record; 0 stay" in done.stderr
    assert b"  - Acme plans to invest USD 9 billion in Beta. [The wire] investment/deals/d2" in done.stdout
    assert exported() == fresh(*(record for record in ALL if record != TOTAL))


def test_what_rests_on_a_fact_is_said_and_not_taken() -> None:
    load(*ALL)
    done = retract("--fact", "https://kg.example/investment/deals/d1")
    assert "1 rested on them and is not taken any more" in done.stderr
    assert "error[claim-unknown]" in done.stderr
    assert exported() == fresh(*(record for record in ALL if record not in {DEAL, TOTAL}))
    assert [(e["line"], e["reasons"][0]["code"]) for e in kept()] == [(6, "retracted"), (7, "claim-unknown")]


def test_an_entity_goes_with_its_record_and_names_mean_what_they_then_mean() -> None:
    other = '{"type": "Company", "id": "acme2", "name": "Acme"}\n'
    founded = DEAL.replace('"acme"', '"Acme"').replace('"beta"', '"acme2"')
    assert load(ACME, other, founded).exit_code == 1, "the name is two companies'"
    retract("--fact", "acme")
    assert exported() == fresh(other, founded)


def test_the_same_file_does_not_bring_it_back() -> None:
    load(*ALL)
    retract("--fact", "d2")
    before = exported()
    done = run(["load", "deals.jsonl"])
    assert done.exit_code == 0
    assert books(done) == "read 8 = accepted 7 + duplicate 0 + quarantined 1 + waiting 0"
    assert "info[retracted]" in done.stderr
    load(*ALL, '{"type": "Company", "id": "new", "name": "New"}\n')
    retract("--fact", "new")
    assert exported() == before
    assert [entry["reasons"][0]["code"] for entry in kept()] == ["retracted", "retracted"]
    listed = run(["quarantine"]).stdout.decode()
    assert "deals: 2 quarantined, 0 waiting\n    2  retracted" in listed


def test_the_reason_names_the_entry_of_the_journal() -> None:
    load(*ALL)
    retract("--fact", "d2")
    with Store.open(Path(), write=False) as store:
        (entry,) = [entry for entry in store.history() if entry.facts.get("what") == "retract"]
    message = kept()[0]["reasons"][0]["message"]["en"]
    assert f"entry {entry.seq} of the journal, {entry.at}" in message
    assert entry.facts["fact"] == "https://kg.example/investment/deals/d2"


def test_what_was_taken_back_is_brought_back_by_its_record() -> None:
    load(*ALL)
    before = exported()
    retract("--document", "wire")
    assert run(["quarantine", "export", "deals", "-o", "all.jsonl"]).exit_code == 2, (
        "nothing is to be corrected"
    )
    assert run(["quarantine", "export", "deals", "--code", "retracted", "-o", "back.jsonl"]).exit_code == 0
    text = Path("back.jsonl").read_text("utf-8")
    assert text.splitlines()[1:] == [DEAL.strip(), TOTAL.strip()]
    Path("back.jsonl").write_text(text + BOTH + CITED, "utf-8")
    done = run(["load", "back.jsonl", "--replay", "deals"])
    assert (done.exit_code, "2 records that had been taken back are taken again" in done.stderr) == (0, True)
    assert exported() == before
    assert not Path(".kg/quarantine/deals.jsonl").exists()
    assert load(*ALL, DEAL).exit_code == 0, "a duplicate"
    assert exported() == before


def test_a_document_takes_what_it_alone_says_and_its_evidence() -> None:
    load(*ALL)
    done = retract("--document", "wire")
    assert "2 records; 2 stay with another source" in done.stderr
    both = BOTH.replace('["wire", "post"]', '"post"').replace('{"paragraph": 1}, ', "")
    both = both.replace(', {"paragraph": 3, "source": "wire"}', "")
    cited = CITED.replace(', {"paragraph": 5, "source": "wire"}', "")
    expected = fresh(ACME, BETA, both, cited)
    assert exported() == expected
    assert (
        books(run(["load", "deals.jsonl"])) == "read 8 = accepted 6 + duplicate 0 + quarantined 2 + waiting 0"
    )
    assert exported() == expected, "the file again"


MEANT = {
    '"source": ["wire", "post"]': '"Source": ["wire", "post"]',
    '"source": "post", "evidence"': '"출처": "post", "Evidence"',
    '"evidence": [{"paragraph": 1}': '"Evidence": [{"Paragraph": 1}',
    '"source": "wire"}]': '"Source": "wire"}]',
    '"type": "Founding"': '"Type": "founding"',
    '"status": "planned", "evidence"': '"STATUS": "Planned", "근거"',
}


def sloppy(record: str) -> str:
    """A record that is right only once it is repaired."""
    for right, written in MEANT.items():
        record = record.replace(right, written)
    return record


def test_a_document_is_taken_back_of_records_that_were_repaired() -> None:
    written = [sloppy(record) for record in ALL]
    assert sum(record != right for record, right in zip(written, ALL, strict=True)) == 3
    load(*written, options=("--repair",))
    before = exported()
    assert before.count(b"skos:changeNote") == 3
    done = retract("--document", "wire")
    assert "2 records; 2 stay with another source" in done.stderr
    both = written[4].replace('["wire", "post"]', '"post"').replace('{"Paragraph": 1}, ', "")
    both = both.replace(', {"paragraph": 3, "Source": "wire"}', "")
    cited = written[5].replace(', {"paragraph": 5, "Source": "wire"}', "")
    expected = fresh(ACME, BETA, both, cited, options=("--repair",))
    assert expected.count(b"skos:changeNote") == 2
    assert exported() == expected
    again = run(["load", "deals.jsonl", "--repair"])
    assert books(again) == "read 8 = accepted 6 + duplicate 0 + quarantined 2 + waiting 0"
    assert exported() == expected, "the file again"
    assert run(["quarantine", "export", "deals", "--code", "retracted", "-o", "back.jsonl"]).exit_code == 0
    with Path("back.jsonl").open("a", encoding="utf-8") as out:
        out.writelines(written[4:])
    assert run(["load", "back.jsonl", "--replay", "deals"]).exit_code == 0
    assert exported() == before


@pytest.mark.parametrize(
    ("defaults", "record", "stays"),
    [
        ('{"source": ["wire", "post"]}', "{}", '{"source": "post"}'),
        ('{"source": ["wire", "post"]}', '{"evidence": {"paragraph": 1}}', '{"source": "post"}'),
        (
            '{"source": "post", "evidence": {"paragraph": 1, "source": "wire"}}',
            '{"evidence": {"paragraph": 2}}',
            "",
        ),
        ('{"source": "post", "evidence": {"paragraph": 1, "source": "wire"}}', "{}", '{"evidence": []}'),
        (
            '{"source": "post", "evidence": [{"paragraph": 1, "source": "wire"}, {"paragraph": 2}]}',
            "{}",
            '{"evidence": {"paragraph": 2}}',
        ),
    ],
)
def test_a_document_is_taken_out_of_what_the_header_says(defaults: str, record: str, stays: str) -> None:
    founding = {"type": "Founding", "id": "f", "founded": "acme", "date": "2015"}
    header = HEADER.replace('{"source": "wire"}', defaults)
    load(ACME, json.dumps(founding | json.loads(record)) + "\n", header=header)
    before = exported()
    done = retract("--document", "wire", code=0 if stays else 2)
    if not stays:
        assert ("retract-nothing" in done.stderr, exported()) == (True, before)
        return
    assert "0 records; 1 stays with another source" in done.stderr
    there = exported()
    left = json.dumps(founding | json.loads(stays)) + "\n"
    assert there == fresh(ACME, left, header=header) != before


def test_what_a_header_says_of_nulls_holds_for_what_stays() -> None:
    header = HEADER.replace('"ids"', '"nulls": "left-out", "ids"').replace('"wire"', '"post"')
    cited = CITED.replace('"source": "post"', '"source": null, "end": null')
    assert load(ACME, BETA, cited, header=header).exit_code == 0
    done = retract("--document", "wire")
    assert "0 records; 1 stays with another source" in done.stderr
    there = exported()
    assert b"foundingevent/deals/f2" in there or b"founding/deals/f2" in there
    assert b"document/wire> ;" not in there.split(b"f2")[1]


def test_a_document_is_taken_back_wherever_it_is_a_source() -> None:
    load(*ALL)
    other = HEADER.replace("deals", "other")
    load(ACME, BETA, DEAL, name="other.jsonl", header=other)
    done = retract("--document", "The wire", "--dataset", "other")
    assert "taken back in other: 1 record;" in done.stderr
    done = retract("--document", "https://kg.example/document/wire")
    assert "taken back in deals: 2 records" in done.stderr


def test_a_dry_run_says_it_and_changes_nothing() -> None:
    load(*ALL)
    before, journal = exported(), Path(".kg/journal").read_bytes()
    done = retract("--document", "wire", "--dry-run")
    assert "would be taken back in deals: 2 records; 2 would stay" in done.stderr
    assert b"Investment: 0 added, 2 removed, 0 changed" in done.stdout
    done = retract("deals", "--dry-run")
    assert "dataset deals would be taken out: 4 claims" in done.stderr
    assert (exported(), Path(".kg/journal").read_bytes()) == (before, journal)
    assert sorted(p.name for p in Path(".kg/archive/deals").iterdir()) == ["000001"]


def told(*arguments: str, code: int = 0) -> dict[str, Any]:
    """What a retraction tells a program."""
    found: dict[str, Any] = json.loads(retract(*arguments, "--format", "json", code=code).stdout)
    return found


def test_a_program_is_told_what_differs_and_what_became_of_it() -> None:
    load(*ALL)
    would = told("--fact", "d1", "--dry-run")
    done = told("--fact", "d1")
    assert (would["dry_run"], would["done"], done["dry_run"], done["done"]) == (True, False, False, True)
    of_both = {"datasets", "records", "corrected", "rested", "refused", "taken_out", "findings"}
    assert {key: would[key] for key in of_both} == {key: done[key] for key in of_both}
    assert [done[key] for key in ("datasets", "records", "corrected", "rested")] == [["deals"], 1, 0, 1]
    assert [(found["code"], found["line"]) for found in done["findings"]] == [("claim-unknown", 7)]
    (differs,) = done["differences"]
    assert (differs["old"], differs["new"]) == ("deals@1", "deals@2")
    assert [(fact["change"], fact["iri"].rpartition("/")[2]) for fact in differs["facts"]] == [
        ("removed", "d1"),
        ("removed", "d2"),
    ]


def test_a_program_is_told_of_a_dataset_that_is_taken_out() -> None:
    load(*ALL)
    would = told("deals", "--dry-run")
    assert [would[key] for key in ("done", "claims", "removed", "differences")] == [False, 4, None, []]
    done = told("deals")
    assert [done[key] for key in ("done", "datasets", "claims", "added")] == [True, ["deals"], 4, 0]
    assert done["removed"] > 0


def test_a_program_is_told_of_several_datasets_and_why_one_is_refused() -> None:
    load(ACME, BETA)
    Path("other.jsonl").write_text(HEADER.replace("deals", "other") + DEAL, "utf-8")
    assert run(["load", "other.jsonl"]).exit_code == 0
    refused = told("deals", code=1)
    assert (refused["done"], refused["refused"]) == (False, ["deals"])
    assert {found["code"] for found in refused["findings"]} == {"change-breaks"}
    refused = told("--fact", "acme", code=1)
    assert (refused["done"], refused["refused"], refused["differences"]) == (False, ["deals"], [])
    assert "change-breaks" in {found["code"] for found in refused["findings"]}
    (out,) = told("deals", "--cascade", "--dry-run")["taken_out"]
    assert (out["dataset"], out["quarantined"], out["books"]["quarantined"]) == ("other", 1, 1)
    load(*ALL)
    both = told("--document", "wire", "--cascade")
    assert both["datasets"] == ["deals", "other"]
    assert len(both["differences"]) == 2


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_what_would_break_another_dataset_is_refused(dry: tuple[str, ...]) -> None:
    load(ACME, BETA)
    Path("other.jsonl").write_text(HEADER.replace("deals", "other") + DEAL, "utf-8")
    assert run(["load", "other.jsonl"]).exit_code == 0
    before = exported()
    done = retract("--fact", "acme", *dry, code=1)
    assert "error[change-breaks]" in done.stderr
    assert "dataset deals is not taken out" in done.stderr
    assert exported() == before
    assert run(["load", "deals.jsonl"]).exit_code == 0


def test_with_a_cascade_it_goes_from_the_other_dataset_too() -> None:
    load(ACME, BETA)
    Path("other.jsonl").write_text(
        HEADER.replace("deals", "other") + TOTAL.replace(', "part": ["d1"]', ""), "utf-8"
    )
    assert run(["load", "other.jsonl"]).exit_code == 0
    before = exported()
    done = retract("--fact", "acme", "--cascade", "--dry-run")
    assert b"  - Acme organization/acme" in done.stdout
    assert "dataset other" in done.stderr
    assert exported() == before
    retract("--fact", "acme", "--cascade")
    assert b"acme" not in exported()
    Path("back.jsonl").write_text(HEADER + ACME, "utf-8")
    for name in ("back.jsonl", "other.jsonl"):
        assert run(["load", name, *(["--replay", "deals"] if name == "back.jsonl" else [])]).exit_code == 0
    assert exported() == before


def test_a_record_that_changes_in_its_file_is_another_one_which_is_said() -> None:
    load(*ALL)
    retract("--fact", "d2")
    done = load(*(record.replace("$9bn", "$8bn") for record in ALL))
    assert "warning[retractions-lapsed]: 1 record that" in done.stderr
    assert b"8000000000" in exported()
    assert "--drop-corrections" in run(["load", "--help"]).stdout.decode()


def test_corrections_that_are_dropped_bring_everything_back() -> None:
    load(*ALL)
    before = exported()
    retract("--document", "wire")
    assert run(["load", "deals.jsonl", "--drop-corrections"]).exit_code == 0
    assert exported() == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "retract-what"),
        (("deals", "--fact", "d1"), 2, "retract-what"),
        (("--fact", "d9"), 2, "error["),
        (("--document", "acme"), 2, "error["),
        (("--document", "wire", "--dataset", "nothing"), 2, "store-dataset-unknown"),
        (("nothing", "--dry-run"), 2, "store-dataset-unknown"),
        (("deals", "--format", "xml"), 2, "report-format"),
    ],
)
def test_what_is_nothing_is_said(arguments: tuple[str, ...], code: int, said: str) -> None:
    load(*ALL)
    assert said in retract(*arguments, code=code).stderr


@pytest.mark.parametrize("name", ["archived", "prepared", "flushed", "committed", "checkpointed"])
def test_killed_at_any_step_it_is_finished_by_doing_it_again(name: str) -> None:
    load(*ALL)

    def step(reached: str) -> None:
        if reached == name:
            raise KeyboardInterrupt

    opened = Store.open

    class Stopping(Store):
        @staticmethod
        def open(folder: Path, *, write: bool, mend: bool = False, step: Any = step) -> Store:
            return opened(folder, write=write, mend=mend, step=step)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.store.Store", Stopping)
        run(["retract", "--document", "wire"])
    run(["status"])
    run(["retract", "--document", "wire"])
    assert run(["quarantine", "export", "deals", "--code", "retracted", "-o", "back.jsonl"]).exit_code == 0
    assert len(Path("back.jsonl").read_text("utf-8").splitlines()) == 3, (
        "nothing is lost, and nothing doubled"
    )
    after = exported()
    run(["load", "deals.jsonl"])
    assert exported() == after
    assert len(kept()) == 2
