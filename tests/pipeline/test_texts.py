"""The text of a document is at hand: in its record, beside the facts, in the store; and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import run

TEXT = "Alpha bought Beta.\n\nIt paid 15 million dollars."
ARTICLE: dict[str, Any] = {"type": "NewsArticle", "id": "article"}
PARTIES: list[dict[str, Any]] = [
    {"type": "Company", "id": "alpha", "name": "Alpha"},
    {"type": "Company", "id": "beta", "name": "Beta"},
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "facts").mkdir()
    monkeypatch.chdir(tmp_path / "facts")


def claim(evidence: object, **more: object) -> dict[str, Any]:
    return {
        "type": "Ownership",
        "id": "o",
        "owner": "alpha",
        "owned": "beta",
        "source": "article",
        "evidence": evidence,
        **more,
    }


def write(*records: dict[str, Any], name: str = "f.jsonl") -> None:
    lines = (json.dumps(record) + "\n" for record in records)
    Path(name).write_text("".join(lines), "utf-8")


def found(command: str = "validate", name: str = "f.jsonl") -> set[tuple[str, str]]:
    """(code, pointer) of every finding."""
    outcome = run([command, name, "--format", "json"])
    return {(f["code"], f["pointer"]) for f in json.loads(outcome.stdout)["findings"]}


BAD = {("quote-not-found", "/evidence")}


def test_without_a_text_nothing_is_held_against_it() -> None:
    write(*PARTIES, ARTICLE, claim("anything"))
    assert found() == set()


@pytest.mark.parametrize("text", [TEXT, {"en": TEXT}, [{"en": TEXT}], {"ko": "다른 글", "en": [TEXT]}])
def test_the_text_of_the_record(text: object) -> None:
    write(*PARTIES, claim("Alpha bought Beta"), ARTICLE | {"text": text})
    assert found() == set()
    write(*PARTIES, claim("Alpha buys Beta"), ARTICLE | {"text": text})
    assert found() == BAD


def test_a_file_beside_the_facts() -> None:
    Path("article.txt").write_text("\ufeff" + TEXT, "utf-8")
    write(*PARTIES, ARTICLE, claim({"quote": "It paid 15 million dollars.", "paragraph": 2}))
    assert found() == set()
    write(*PARTIES, ARTICLE, claim([{"quote": "It paid 5 million", "paragraph": 2}]))
    assert found() == {("quote-not-found", "/evidence/0/quote")}
    write(*PARTIES, ARTICLE, claim({"quote": "Alpha bought", "paragraph": 2}))
    assert found() == {("quote-elsewhere", "/evidence/paragraph")}


def test_a_quote_is_held_against_its_own_document() -> None:
    other = {"type": "NewsArticle", "id": "other", "text": "Something else."}
    evidence = {"quote": "Something else", "source": "other"}
    write(*PARTIES, ARTICLE | {"text": TEXT}, other, claim(evidence))
    assert found() == set()
    del evidence["source"]
    write(*PARTIES, ARTICLE | {"text": TEXT}, other, claim(evidence))
    assert found() == {("quote-not-found", "/evidence/quote")}


def test_a_document_described_in_place() -> None:
    record = claim("Alpha buys Beta")
    del record["source"]
    write({"defaults": {"source": ARTICLE | {"text": TEXT}}}, *PARTIES, record)
    assert found() == BAD


@pytest.mark.parametrize("id_", ["../secret", "..\\secret", "/etc/passwd", ".secret", "a/b"])
def test_no_id_leads_out_of_the_folder(id_: str) -> None:
    for path in (Path("../secret.txt"), Path(".secret.txt"), Path("a/b.txt")):
        path.parent.mkdir(exist_ok=True)
        path.write_text("a secret", "utf-8")
    write(*PARTIES, ARTICLE | {"id": id_}, claim("anything", source=id_))
    assert not [code for code, _ in found() if code.startswith("quote")]


def test_no_link_leads_out_of_the_folder() -> None:
    Path("../secret.txt").write_text("a secret", "utf-8")
    Path("article.txt").symlink_to("../secret.txt")
    write(*PARTIES, ARTICLE, claim("anything"))
    assert found() == set()


def test_a_text_that_is_stored() -> None:
    run(["init"])
    write(
        {"ids": "shared"}, *PARTIES, ARTICLE | {"text": 'A "quoted" text\tof\nlines.'}, name="documents.jsonl"
    )
    assert run(["load", "documents.jsonl"]).exit_code == 0
    write({"ids": "shared"}, claim('"quoted" text of'))
    assert found("load") == set()
    write({"ids": "shared"}, claim("quoted words"))
    assert found("load") == BAD


def test_another_text_is_held_against_what_was_loaded_before() -> None:
    run(["init"])
    write(*PARTIES, ARTICLE | {"text": TEXT}, claim("Alpha bought Beta"))
    assert found("load") == set()
    write(*PARTIES, ARTICLE | {"text": "Alpha buys Beta."}, claim("Alpha bought Beta"))
    assert found("load") == BAD


def test_a_rule_lets_a_paraphrase_load() -> None:
    run(["init"])
    with Path("kg.toml").open("a", encoding="utf-8") as out:
        out.write('[rules."quote-not-found"]\nseverity = "warning"\n')
    write(*PARTIES, ARTICLE | {"text": TEXT}, claim("Alpha buys Beta"))
    outcome = run(["load", "f.jsonl", "--lang", "en"])
    assert outcome.exit_code == 0
    assert "warning[quote-not-found]" in outcome.stderr
    assert "nearest to them, in paragraph 1: “Alpha bought Beta" in outcome.stderr
    assert "accepted 4" in outcome.stderr
