"""``kg diff``: what leads from one graph to another, in words, for programs and as a patch."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.pipeline.diff.lines import Lines
from kg.rdf_io.blank import named
from tests.command import Outcome, run
from tests.push import servers

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADER = '{"ids": "shared", "dataset": "deals", "language": "en", "defaults": {"source": "wire"}}\n'
WIRE = '{"type": "NewsArticle", "id": "wire", "name": "The wire", "published": "2025-03-01"}\n'
ACME = '{"type": "Company", "id": "acme", "name": "Acme"}\n'
BETA = '{"type": "Company", "id": "beta", "name": "Beta"}\n'
DEAL = (
    '{"type": "Investment", "id": "d1", "investor": "acme", "investee": "beta", "amount": "$5bn", '
    '"status": "planned", "evidence": {"paragraph": 1, "quote": "five"}}\n'
)
TOLD = '{"type": "Founding", "id": "f1", "founded": "acme", "date": "2015", "evidence": {"quote": "five"}}\n'
MEETING = '{"type": "Founding", "id": "f2", "founded": "beta", "date": "2016-05"}\n'


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert run(["init", "--language", "en"]).exit_code == 0


def facts(*records: str, name: str = "deals.jsonl") -> str:
    Path(name).write_text("".join((HEADER, WIRE, *records)), "utf-8")
    return name


def load(*records: str) -> None:
    done = run(["load", facts(*records)])
    assert done.exit_code == 0, done.stderr


def diff(*arguments: str) -> str:
    done = run(["diff", *arguments])
    assert done.exit_code == 0, done.stderr
    return done.stdout.decode()


def as_data(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(diff(*arguments, "--format", "json"))
    return found


def graph(name: str) -> set[str]:
    """What the project holds, as N-Triples in a file."""
    assert run(["export", "-o", name]).exit_code == 0
    return set(Path(name).read_text("utf-8").splitlines())


def test_a_claim_whose_amount_changes_is_one_changed_fact() -> None:
    load(ACME, BETA, DEAL, TOLD)
    load(ACME, BETA, DEAL.replace("$5bn", "$5bn-7bn"), MEETING)
    sides, counted, *rest = diff("deals").splitlines()
    assert sides == "deals@1 → deals@2"
    assert counted.startswith("facts: 1 added, 1 removed, 1 changed; triples: ")
    assert rest == [
        "",
        "Founding: 1 added, 1 removed, 0 changed",
        "  - Acme was founded in 2015. [The wire] founding/deals/f1",
        "  + Beta was founded in May 2016. [The wire] founding/deals/f2",
        "",
        "Investment: 0 added, 0 removed, 1 changed",
        "  ~ Acme plans to invest USD 5 billion to 7 billion in Beta. [The wire] investment/deals/d1",
        "      amount: USD 5 billion → USD 5 billion to 7 billion",
        "      amount as written: “$5bn” → “$5bn-7bn”",
    ]


def test_what_goes_or_comes_together_is_told_by_name() -> None:
    load(ACME, BETA, DEAL)
    load()
    sentence = "Acme plans to invest USD 5 billion in Beta. [The wire] investment/deals/d1"
    assert f"  - {sentence}" in diff("deals").splitlines()
    assert f"  + {sentence}" in diff("deals", "deals@1").splitlines()


def test_words_are_korean_where_they_are_wanted() -> None:
    load(ACME, BETA, DEAL)
    load(ACME.replace("Acme", "Acme Group"), BETA, DEAL.replace("$5bn", "$7bn"))
    shown = diff("deals", "--lang", "ko")
    assert "투자: 추가 0건, 삭제 0건, 변경 1건" in shown
    assert "금액: 50억 달러 → 70억 달러" in shown
    assert "이름 (en): Acme → Acme Group" in shown


def test_a_facts_file_is_what_a_load_would_make_of_it() -> None:
    name = facts(ACME, BETA)
    assert as_data(name)["counts"]["added"] == 3, "nothing is loaded yet"
    load(ACME, BETA)
    facts(ACME, BETA, DEAL, MEETING.replace("beta", "nobody"))
    done = run(["diff", name])
    assert "facts: 1 added, 0 removed, 0 changed" in done.stdout.decode()
    assert "1 record of deals.jsonl is not taken" in done.stderr
    run(["load", name])
    assert "nothing differs" in diff(name)


def test_a_version_is_named_by_its_number_or_counted_back() -> None:
    for amount in ("$5bn", "$6bn", "$7bn"):
        load(ACME, BETA, DEAL.replace("$5bn", amount))
    (one,) = as_data("deals@1", "deals@-1")["facts"]
    assert one["fields"][0]["old"] + one["fields"][0]["new"] == ["USD 5 billion", "USD 6 billion"]
    assert as_data("deals@2") == as_data("deals@2", "deals") == as_data("deals@-1", "deals@3")
    assert run(["retract", "deals"]).exit_code == 0
    assert as_data("deals@-1", "deals@3")["facts"] == []
    assert run(["diff", "deals"]).exit_code == 2
    unknown = run(["diff", "deals@9", "deals@1"])
    assert (unknown.exit_code, "its versions: 1, 2, 3" in unknown.stderr) == (2, True)


def test_a_version_that_is_not_archived_any_more_is_said() -> None:
    load(ACME, BETA)
    load(ACME)
    shutil.rmtree(".kg/archive/deals/000001")
    done = run(["diff", "deals"])
    assert (done.exit_code, "error[store-version-pruned]" in done.stderr) == (4, True)


@pytest.mark.parametrize("form", ["ttl", "nt", "trig", "nq", "jsonld", "rdf"])
def test_an_export_in_any_syntax_is_the_graph(form: str) -> None:
    load(ACME, BETA, DEAL, TOLD)
    graph(f"graph.{form}")
    assert "nothing differs" in diff(f"graph.{form}")
    load(ACME, BETA, DEAL.replace("$5bn", "$7bn"), TOLD)
    (fact,) = as_data(f"graph.{form}")["facts"]
    assert (fact["change"], fact["iri"]) == ("changed", "https://kg.example/investment/deals/d1")
    assert fact["fields"][0] == {"field": "amount", "old": ["USD 5 billion"], "new": ["USD 7 billion"]}


@pytest.mark.parametrize("form", ["trig", "nq"])
def test_what_datasets_say_in_graphs_of_their_own_is_not_the_graph(form: str) -> None:
    load(ACME, BETA, DEAL)
    Path("other.jsonl").write_text(
        HEADER.replace("deals", "other") + ACME.replace("Acme", "Acme Inc"), "utf-8"
    )
    assert run(["load", "other.jsonl"]).exit_code == 0
    graph(f"graph.{form}")
    assert "nothing differs" in diff(f"graph.{form}")
    Path("named.nq").write_text("<x:a> <x:b> <x:c> <x:g> .\n<x:a> <x:b> <x:d> <x:h> .\n", "utf-8")
    Path("plain.nt").write_text("<x:a> <x:b> <x:c> .\n<x:a> <x:b> <x:d> .\n", "utf-8")
    assert "nothing differs" in diff("named.nq", "plain.nt")


@pytest.mark.parametrize(
    "sides", [("deals@1", "deals"), ("old.nt", "store"), ("old.nt", "new.nt"), ("store", "old.nt")]
)
def test_a_patch_makes_one_side_the_other(sides: tuple[str, str]) -> None:
    load(ACME, BETA, DEAL, TOLD)
    held = {"deals@1": graph("old.nt")}
    load(ACME, DEAL.replace("$5bn", "$7bn").replace('"beta"', '"acme2"'), ACME.replace("acme", "acme2"))
    held |= {"deals": graph("new.nt"), "old.nt": held["deals@1"]}
    held |= {"store": held["deals"], "new.nt": held["deals"]}
    first, *lines, last = diff(*sides, "--format", "patch").splitlines()
    assert (first, last) == ("TX .", "TC .")
    gone = [line[2:] for line in lines if line.startswith("D ")]
    came = [line[2:] for line in lines if line.startswith("A ")]
    assert lines == [f"D {line}" for line in gone] + [f"A {line}" for line in came]
    old, new = (held[side] for side in sides)
    assert (set(gone), set(came)) == (old - new, new - old)
    assert len(gone) == len(set(gone)), "evidence that claims share is named once"


def test_other_projects_are_folders() -> None:
    load(ACME, BETA, DEAL)
    assert run(["init", "other", "--language", "en"]).exit_code == 0
    assert run(["load", "deals.jsonl", "--project", "other"]).exit_code == 0
    assert "nothing differs" in diff("other")
    assert run(["retract", "deals", "--project", "other"]).exit_code == 0
    assert as_data("other", "store")["counts"]["added"] == 4
    Path("empty").mkdir()
    assert run(["diff", "empty"]).exit_code == 2


def test_it_ends_with_1_only_if_that_is_wanted() -> None:
    load(ACME, BETA)
    load(ACME)
    assert run(["diff", "deals"]).exit_code == 0
    for form in ("text", "json", "patch"):
        assert run(["diff", "deals", "--exit-code", "--format", form]).exit_code == 1
        assert run(["diff", "deals", "deals", "--exit-code", "--format", form]).exit_code == 0


def test_long_lists_are_cut_and_counted() -> None:
    load(ACME)
    load(ACME, *(BETA.replace("beta", f"b{n:03}") for n in range(700)))
    shown = diff("deals").splitlines()
    assert "Company: 700 added, 0 removed, 0 changed" in shown
    assert (len([line for line in shown if line.startswith("  + ")]), shown[-1]) == (
        20,
        "  … and 680 more; --limit 0 shows all",
    )
    assert len(diff("deals", "--limit", "0").splitlines()) == 700 + 4
    assert len(as_data("deals")["facts"]) == 700
    assert len(as_data("deals", "--limit", "3")["facts"]) == 3
    assert run(["diff", "deals", "--limit", "3", "--format", "patch"]).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["deal"], (2, "did you mean “deals”")),
        (["store"], (2, "diff-what")),
        (["target:nowhere"], (2, "diff-target")),
        (["nothing.jsonl"], (3, "file-missing")),
        (["nothing.ttl"], (3, "rdf-unreadable")),
        (["deals", "--format", "xml"], (2, "report-format")),
    ],
)
def test_what_is_nothing_is_said(arguments: list[str], code: tuple[int, str]) -> None:
    load(ACME)
    done: Outcome = run(["diff", *arguments])
    assert done.exit_code == code[0]
    assert code[1] in done.stderr


def test_without_a_project_files_are_compared() -> None:
    facts(ACME, name="a.jsonl")
    facts(ACME, BETA, name="b.jsonl")
    Path("kg.toml").unlink()
    assert as_data("a.jsonl", "b.jsonl")["counts"]["added"] == 1
    assert run(["diff", "a.jsonl", "store"]).exit_code == 2


def test_blank_nodes_are_known_by_what_is_said_of_them() -> None:
    Path("a.ttl").write_text("<x:a> <x:p> [ <x:q> 1 ; <x:r> [ <x:q> 2 ] ], [ <x:q> 3 ] .", "utf-8")
    Path("b.ttl").write_text("<x:a> <x:p> [ <x:q> 3 ], [ <x:r> [ <x:q> 2 ] ; <x:q> 1 ] .", "utf-8")
    assert "nothing differs" in diff("a.ttl", "b.ttl")
    Path("b.ttl").write_text("<x:a> <x:p> [ <x:q> 3 ], [ <x:r> [ <x:q> 2 ] ; <x:q> 7 ] .", "utf-8")
    patch = diff("a.ttl", "b.ttl", "--format", "patch").splitlines()
    assert len(patch) == 2 + 2 * 4, "all that hangs together"
    assert {line.split()[1][:2] for line in patch[1:-1]} == {"_:", "<x"}


def test_blank_nodes_that_cannot_be_told_apart_are_refused() -> None:
    Path("a.ttl").write_text("_:a <x:p> _:b . _:b <x:p> _:a .", "utf-8")
    done = run(["diff", "a.ttl", "a.ttl"])
    assert (done.exit_code, "error[rdf-blank-alike]" in done.stderr) == (3, True)
    chain = "".join(f"_:n{n} <x:p> _:n{n + 1} .\n" for n in range(2001))
    Path("b.nt").write_text(chain, "utf-8")
    assert "error[rdf-blank-many]" in run(["diff", "b.nt", "a.ttl"]).stderr


def test_the_order_of_a_file_does_not_name_its_blank_nodes() -> None:
    lines = [f"_:a{n % 7} <x:p{n % 3}> _:a{(n * n + 1) % 7} ." for n in range(30)]
    lines += [f'_:a{n} <x:n> "{n}" .' for n in range(7)]
    names = {name: f"_:z{7 - n}" for n, name in enumerate(f"_:a{n}" for n in range(7))}
    other = [" ".join(names.get(word, word) for word in line.split()) for line in lines]
    random.Random(7).shuffle(other)
    assert named(lines, "") == named(other, "")


def test_lines_are_sorted_on_the_disk_and_found_again() -> None:
    lines = [f'<x:{n:04}{"#part" if m % 2 else ""}> <x:p> "{m}" .' for n in range(900) for m in range(4)]
    mixed = [*lines, *lines[:50]]
    random.Random(7).shuffle(mixed)
    with Lines(mixed, at_once=5_000) as kept:
        assert kept.count == len(lines)
        blocks = [(root.decode(), text.decode().split("\n")) for root, text in kept.raw()]
        assert [root for root, _ in blocks] == [f"x:{n:04}" for n in range(900)]
        assert sorted(line for _, found in blocks for line in found) == sorted(lines)
        assert all(kept.about(root) == found for root, found in blocks)
        assert kept.about("x:none") == []


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Running]:
    yield from servers.oxigraph(tmp_path_factory.mktemp("oxigraph"))


def test_a_server_is_compared_by_values(oxigraph: servers.Running) -> None:
    load(ACME, BETA, DEAL.replace("$5bn", "$5.50bn"), TOLD)
    with Path("kg.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            f'\n[targets.there]\nquery = "{oxigraph.url}/query"\nupdate = "{oxigraph.url}/update"\n'
        )
        settings.write(f'store = "{oxigraph.url}/store"\ngraph = "https://data.example.org/there"\n')
    assert as_data("target:there")["counts"]["added"] == 5
    assert run(["push", "there"]).exit_code == 0
    assert "nothing differs" in diff("target:there")
    load(ACME, BETA, DEAL.replace("$5bn", "$7bn"), TOLD)
    (fact,) = as_data("target:there")["facts"]
    assert fact["said"].startswith("Acme plans to invest USD 7 billion in Beta.")
    assert "nothing differs" in diff("target:there", "deals@1")
    assert diff(f"target:{oxigraph.url}").startswith(f"target:{oxigraph.url} → store\n")


def test_it_is_written_to_a_file() -> None:
    load(ACME, BETA, DEAL)
    load(ACME)
    shown = diff("deals")
    assert diff("deals", "-o", "out.txt") == ""
    assert Path("out.txt").read_text("utf-8") == shown
