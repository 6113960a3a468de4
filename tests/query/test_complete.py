"""What a shell is told: names of queries, their own options, and values from the model and the store."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.query import complete
from tests.command import run

ROOT = Path(__file__).parents[2]
FACTS = ROOT / "examples/stargate/facts.jsonl"
DATA = f"--data {ROOT}/examples/stargate/stargate.ttl"
HOSTILE = """{"ids": "shared", "language": "en"}
{"type": "Company", "id": "evil$(touch pwned)", "name": "Evil"}
{"type": "Company", "id": "evil-help", "name": "\\\\$(touch pwned) `touch pwned` '\\"; touch pwned; $HOME"}
{"type": "Company", "id": "evil`x`", "name": "evil;touch pwned"}
{"type": "Company", "name": "evil-name"}
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def told(line: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What fish is told after a line: words and what they mean."""
    monkeypatch.setenv("_KG_COMPLETE", "complete_fish")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
    done = run([])
    assert (done.exit_code, done.stderr) == (0, "")
    words = (word.partition("\t") for word in done.stdout.decode().splitlines())
    return {word: meaning.strip() for word, _, meaning in words if word}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("kg query in", {"investments": "Who puts, or plans to put, how much into what?"}),
        (f"kg query {DATA} in", {"investments": "Who puts, or plans to put, how much into what?"}),
        ("kg query --lang ko rol", {"roles": "누가 어느 기관에서 어떤 역할을 맡고 있는가?"}),
        ("kg query investments --int", {"--into": "what the money goes into"}),
        ("kg query investments --into x --int", {}),
        ("kg query --lang ko investments --int", {"--into": "투자 대상"}),
        ("kg query investments --status pl", {"planned": "planned"}),
        ("kg query --lang ko investments --status pl", {"planned": "계획"}),
        (
            "kg query investments --status planned --certainty r",
            {"reported": "reported", "rumoured": "rumoured"},
        ),
        (
            f"kg query {DATA} investments --into star",
            {"stargate": "Stargate", "stargate-project": "Stargate project"},
        ),
        (f"kg query {DATA} investments --into 스타", {"스타게이트": "Stargate"}),
        (
            f"kg query {DATA} --lang ko roles --of sam",
            {"sam-altman": "샘 올트먼", "samsung-official": "삼성 고위 관계자"},
        ),
        (f"kg query {DATA} about Ope", {"OpenAI": "OpenAI"}),
        (f"kg query {DATA} about Masa", {}),
        (f"kg query {DATA} unexplained --claim sb-t", {"sb-total": ""}),
        (f"kg query {DATA} holders --on ", {}),
        (f"kg query {DATA} investments star", {}),
        ("kg query nothing --into ", {}),
        ("kg query investments --into star", {}),
        ("kg query --data none.ttl investments --into star", {}),
    ],
)
def test_what_may_come_next(line: str, words: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(line, monkeypatch) == words


def test_options_of_the_query_stand_before_those_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    words = list(told("kg query roles --", monkeypatch))
    assert words[:2] == ["--of", "--at"]
    assert "--format" in words


def test_bash_takes_an_option_and_its_value_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_KG_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"kg query {DATA} investments --into = star")
    monkeypatch.setenv("COMP_CWORD", "7")
    assert run([]).stdout.split() == [b"stargate", b"stargate-project"]


def test_values_come_from_the_store_of_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    run(["init", "--base", "https://kg.example/", "--language", "ko"])
    shutil.copy(FACTS, "stargate.jsonl")
    run(["load", "stargate.jsonl"])
    assert list(told("kg query investments --into star", monkeypatch)) == ["stargate", "stargate-project"]


def test_words_that_a_shell_could_carry_out_are_not_given_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    run(["init", "--language", "en"])
    Path("evil.jsonl").write_text(HOSTILE, "utf-8")
    assert run(["load", "evil.jsonl"]).exit_code == 0
    words = told("kg query investments --into ev", monkeypatch)
    assert words == {"evil-help": "(touch pwned) touch pwned touch pwned HOME", "evil-name": "evil-name"}


def test_no_more_words_than_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    run(["init", "--language", "en"])
    lines = [
        '{"ids": "shared"}',
        *(f'{{"type": "Company", "id": "c{n}", "name": "C{n}"}}' for n in range(150)),
    ]
    Path("many.jsonl").write_text("\n".join(lines), "utf-8")
    run(["load", "many.jsonl"])
    assert len(told("kg query investments --into ", monkeypatch)) == 100
    monkeypatch.setattr(complete, "SECONDS", 0)
    assert told("kg query investments --into ", monkeypatch) == {}
