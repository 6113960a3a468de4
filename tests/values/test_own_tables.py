"""A project reads values with tables of words of its own, which ``kg.toml`` names."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.errors import Unreadable, UsageError
from kg.values import vocabulary
from kg.values.vocabulary import own
from tests.command import run
from tests.values.conftest import HERE

if TYPE_CHECKING:
    from collections.abc import Iterator

TURKISH = (HERE / "languages" / "tr.toml").read_text("utf-8")
DATES = """
[date.month]
"ocak" = 1
"şubat" = 2

[date.relative]
"geçen yıl" = ["year", -1]
"""
FACTS = [
    {"ids": "shared", "language": "tr", "defaults": {"source": "haber"}},
    {
        "type": "NewsArticle",
        "id": "haber",
        "title": {"tr": "Yatırım"},
        "url": "https://example.org/1",
        "published": "2025-02-04",
    },
    {"type": "Company", "id": "koc", "name": {"tr": "Koç"}},
    {"type": "Company", "id": "ford", "name": {"tr": "Ford Otosan"}},
    {
        "type": "Investment",
        "id": "y1",
        "investor": "koc",
        "investee": "ford",
        "status": "actual",
        "amount": "yaklaşık 1,5 milyar türk lirası",
        "date": "12 ocak 2024",
    },
]


@pytest.fixture(autouse=True)
def no_tables_are_left() -> Iterator[None]:
    yield
    own.use(())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "tr.toml").write_text(TURKISH + DATES, "utf-8")
    (tmp_path / "kg.toml").write_text('format = 1\n\n[model]\nvocabulary = ["words"]\n', "utf-8")
    lines = (json.dumps(record, ensure_ascii=False) for record in FACTS)
    (tmp_path / "haber.jsonl").write_text("\n".join(lines), "utf-8")
    return tmp_path


def kg_in(project: Path, *arguments: str) -> tuple[int, str, str]:
    done = run([*arguments, "--project", str(project), "--lang", "en"])
    return done.exit_code, done.stdout.decode(), done.stderr


def amounts(project: Path) -> list[str]:
    code, rows, _ = kg_in(project, "query", "SELECT ?v { ?m schema:value ?v }", "--format", "csv")
    assert code == 0
    return rows.split()[1:]


def test_facts_in_a_language_that_kg_does_not_know_are_loaded(project: Path) -> None:
    facts = str(project / "haber.jsonl")
    assert kg_in(project, "validate", facts)[0] == 0
    code, turtle, _ = kg_in(project, "convert", facts)
    assert code == 0
    assert 'schema:currency "TRY"' in turtle
    assert '"2024-01-12"^^xsd:date' in turtle
    assert kg_in(project, "load", facts)[0] == 0
    assert amounts(project) == ["1500000000"]


def test_without_the_table_the_same_facts_are_not_taken(project: Path) -> None:
    (project / "kg.toml").write_text("format = 1\n", "utf-8")
    code, _, errors = kg_in(project, "validate", str(project / "haber.jsonl"))
    assert code == 1
    assert "money-word" in errors + kg_in(project, "validate", str(project / "haber.jsonl"))[1]


def test_a_changed_table_means_loading_again(project: Path) -> None:
    facts = str(project / "haber.jsonl")
    kg_in(project, "load", facts)
    assert "unchanged" in "".join(map(str, kg_in(project, "load", facts)))
    table = project / "words" / "tr.toml"
    table.write_text(table.read_text("utf-8").replace('"milyar" = 9', '"milyar" = 12'), "utf-8")
    code, out, errors = kg_in(project, "load", facts)
    assert (code, "unchanged" in out + errors) == (0, False)
    assert amounts(project) == ["1500000000000"]


def test_values_are_read_with_the_tables_by_the_command_and_in_python(project: Path) -> None:
    assert kg_in(project, "read", "date", "şubat 2024", "--language", "tr")[1] == "February 2024\n"
    folder = str(project)
    assert (
        kg.read("money", "1,5 milyar türk lirası", language="tr", project=folder).value.min == 1_500_000_000
    )
    with pytest.raises(Unreadable):
        kg.read("date", "şubat 2024", language="tr")


def test_rows_are_mapped_with_the_tables(project: Path) -> None:
    (project / "rows.csv").write_text('Id,Amount\ny2,"1,5 milyon avro"\n', "utf-8")
    (project / "rows.yaml").write_text(
        """header: {language: tr, ids: shared, defaults: {source: haber}}
records:
  - type: Investment
    fields: {id: "{Id}", investor: koc, investee: ford, status: actual, amount: "{Amount}"}
""",
        "utf-8",
    )
    assert kg_in(project, "load", str(project / "haber.jsonl"))[0] == 0
    rows = str(project / "rows.csv")
    _, out, _ = kg_in(project, "map", rows, "--check", str(project / "rows.yaml"))
    assert "money-word" not in out
    assert kg_in(project, "load", rows, "--mapping", str(project / "rows.yaml"))[0] == 0
    assert sorted(amounts(project)) == ["1500000", "1500000000"]


def test_a_word_may_be_added_to_a_language_and_given_another_meaning(tmp_path: Path) -> None:
    table = tmp_path / "en.toml"
    table.write_text('[money.currency]\n"greenback" = "USD"\n"dollar" = "CAD"\n', "utf-8")
    own.use([table])
    assert kg.values.money.grammar.read("5 million greenback").currency == "USD"
    found = kg.values.money.grammar.read("5 million dollar", "en")
    assert (found.currency, found.assumed) == ("CAD", "")
    own.use(())
    assert kg.values.money.grammar.read("5 million dollar", "en").currency == "USD"


@pytest.mark.parametrize("language", vocabulary.packaged())
def test_the_tables_of_the_package_are_as_a_table_must_be(language: str, tmp_path: Path) -> None:
    folder = Path(vocabulary.__file__).parent
    shutil.copy(folder / f"{language}.toml", tmp_path)
    assert own.use([tmp_path])


WRONG = [
    ("[monye.currency]\nlira = 'TRY'", "config-key", "monye", "money"),
    ("[money.curency]\nlira = 'TRY'", "config-key", "money.curency", "money.currency"),
    ("[money.currency]\nlira = 'TRYY'", "vocabulary-value", "money.currency.lira", "TRY"),
    ("[money.currency]\nlira = 5", "vocabulary-value", "money.currency.lira", "USD"),
    ("[money.unsure]\ndinar = []", "vocabulary-value", "money.unsure.dinar", '["NOK", "SEK"]'),
    ("[money]\ncurrency = ['lira']", "vocabulary-value", "money.currency", "{ word = value }"),
    ("money = 5", "vocabulary-value", "money", "[…]"),
    ("[number.count]\niki = '2'", "vocabulary-value", "number.count.iki", "0 – "),
    ("[number.count]\niki = true", "vocabulary-value", "number.count.iki", "0 – "),
    ("[number.multiple]\nbin = 3000", "vocabulary-value", "number.multiple.bin", "1 – 60"),
    ("[number.count]\n'2li' = 2", "vocabulary-value", "number.count.2li", "no digit first"),
    ("[number.count]\n' ' = 2", "vocabulary-value", "number.count. ", "no digit first"),
    ("[number.fraction]\n'yarım' = '1/0'", "vocabulary-value", "number.fraction.yarım", "1/2"),
    ("[mark.bound]\n'en az' = '=>'", "vocabulary-value", "mark.bound.en az", ">="),
    ("[date.month]\nocak = 13", "vocabulary-value", "date.month.ocak", "1 – 12"),
    ("[date.weekday]\npazar = 7", "vocabulary-value", "date.weekday.pazar", "0 – 6"),
    ("[date.relative]\n'dün' = ['dya', -1]", "vocabulary-value", "date.relative.dün", "day"),
    ("[date.relative]\n'dün' = -1", "vocabulary-value", "date.relative.dün", '["year", -1]'),
    ("[date.relative]\n'dün' = ['day', 1000000]", "vocabulary-value", "date.relative.dün", "1000"),
    ("[date.part]\nson = 'end'", "vocabulary-value", "date.part.son", "late"),
    ("[date.words]\nx = [['digits', 'a']]", "vocabulary-value", "date.words.x", '"3"'),
    ("[date.words]\nx = [['month', 14]]", "vocabulary-value", "date.words.x", "1 – 12"),
    ("[date.words]\nx = 'y'", "vocabulary-value", "date.words.x", "steps"),
    ("[say]\nmore = 'üzerinde'", "vocabulary-value", "say.more", "{}"),
    ("[say]\nmoney = '{amount}'", "vocabulary-value", "say.money", "{currency}"),
    ("[say]\nscales = [6]", "vocabulary-value", "say.scales", "[[6"),
    ("[date-said]\nmonths = ['ocak']", "vocabulary-value", "date-said.months", "12 ×"),
    ("[language]\ncomma = 'yes'", "vocabulary-value", "language.comma", "true"),
    ("[language", "config-unreadable", "", ""),
]


@pytest.mark.parametrize(("text", "code", "key", "allowed"), WRONG)
def test_a_wrong_table_is_told_by_file_key_and_what_may_stand(
    tmp_path: Path, text: str, code: str, key: str, allowed: str
) -> None:
    table = tmp_path / "tr.toml"
    table.write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        own.use([table])
    shown = caught.value.args_shown
    assert (caught.value.code, shown["file"]) == (code, str(table))
    assert key in {shown.get("key", ""), shown.get("received", "")}
    assert any(allowed in one for one in shown.get("allowed", ("",)))  # type: ignore[attr-defined]


def test_a_wrong_table_ends_a_command_with_2_and_changes_nothing(project: Path) -> None:
    own.use([project / "words"])
    before = vocabulary.chosen()
    (project / "words" / "tr.toml").write_text("[date.month]\nocak = 13\n", "utf-8")
    for command in ("validate", "convert", "load"):
        code, out, errors = kg_in(project, command, str(project / "haber.jsonl"))
        assert (code, out) == (2, "")
        assert errors.splitlines()[0].endswith("words/tr.toml: date.month.ocak can't be 13")
    assert kg_in(project, "read", "money", "$5")[0] == 2
    assert vocabulary.chosen() == before


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "vocabulary-missing"), ("x", "vocabulary-missing"), ("Words.toml", "vocabulary-name"), ("tr-TR.toml", "vocabulary-name"), ("tr.txt", "vocabulary-name")],
)  # fmt: skip
def test_what_is_no_table_by_its_name_is_told(tmp_path: Path, name: str, code: str) -> None:
    path = tmp_path / name
    if "." in name:
        path.write_text("", "utf-8")
    with pytest.raises(UsageError) as caught:
        own.use([path])
    assert caught.value.code == code
