"""Targets: what ``kg.toml`` and the command line may say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.config import Config, read
from kg.errors import UsageError
from kg.push import find_target
from tests.command import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.push.servers import Running

GOOD = 'query = "http://127.0.0.1:1/query"\n'


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ('stoer = "http://x/"\n' + GOOD, "config-key"),
        ('graph = "no iri"\n' + GOOD, "config-value"),
        ('auth = "kerberos"\n' + GOOD, "config-choice"),
        ('auth = { kind = "basic", password = "x" }\n' + GOOD, "config-key"),
        ("auth = 5\n" + GOOD, "config-value"),
        ("update = true\n" + GOOD, "config-value"),
        ("timeout = 0\n" + GOOD, "config-seconds"),
        ("timeout = nan\n" + GOOD, "config-seconds"),
        ("timeout = inf\n" + GOOD, "config-seconds"),
        ("timeout = true\n" + GOOD, "config-seconds"),
        ('timeout = "5"\n' + GOOD, "config-seconds"),
        ('update = "http://127.0.0.1:1/update"\n', "config-missing"),
    ],
)
def test_what_kg_toml_may_not_say(tmp_path: Path, lines: str, code: str) -> None:
    (tmp_path / "kg.toml").write_text(f"format = 1\n[targets.mine]\n{lines}", "utf-8")
    with pytest.raises(UsageError) as caught:
        read(tmp_path / "kg.toml")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("mine", "push-no-targets"),
        ("ftp://127.0.0.1/", "push-url"),
        ("http://", "push-url"),
        ("http://127.0.0.1:port/", "push-url"),
        ("http://127.0.0.1:99999/", "push-url"),
        ("http://[::1/", "push-url"),
        ("http://127.0.0.1/#x", "push-url"),
        ("http://127.0.0.1/a b", "push-url"),
    ],
)
def test_what_is_no_target(named: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_target(named, Config())
    assert caught.value.code == code


def test_a_graph_is_named_by_an_iri() -> None:
    done = run(["push", "http://127.0.0.1:1", "--graph", "mine", "--data", "x.nt"])
    assert done.exit_code == 2
    assert "error[push-graph]" in done.stderr


def test_a_target_of_kg_toml(tmp_path: Path, oxigraph: Running, graph: str) -> None:
    lines = [f'{key} = "{oxigraph.url}/{key}"' for key in ("query", "update", "store")]
    text = "\n".join(["format = 1", "[targets.mine]", *lines, f'graph = "{graph}"'])
    (tmp_path / "kg.toml").write_text(text, "utf-8")
    (tmp_path / "data.nt").write_text("<https://x.example/s> <https://x.example/p> <https://x.example/o> .\n")
    done = run(["push", "mine", "--project", str(tmp_path), "--data", str(tmp_path / "data.nt")])
    assert done.exit_code == 0, done.stderr
    assert f"pushed 1 triple to <{graph}> of Oxigraph" in done.stderr
    other = run(["push", "mien", "--project", str(tmp_path), "--data", str(tmp_path / "data.nt")])
    assert other.exit_code == 2
    assert "did you mean mine?" in other.stderr


def test_what_was_done_as_json(tmp_path: Path, oxigraph: Running, graph: str) -> None:
    data = tmp_path / "data.nt"
    data.write_text("<https://x.example/s> <https://x.example/p> <https://x.example/o> .\n")
    command = ["push", oxigraph.url, "--graph", graph, "--data", str(data), "--format", "json"]
    done = json.loads(run(command).stdout)
    assert done["server"].startswith("Oxigraph ")
    assert (done["target"], done["graph"], done["store"]) == (None, graph, f"{oxigraph.url}/store")
    assert (done["triples"], done["before"], done["found"]) == (1, 0, 1)
    assert (done["way"], done["added"], done["removed"]) == ("store", 1, 0)
    assert len(data.read_bytes()) < done["bytes"] < len(data.read_bytes()) + 150  # kg's mark
    assert (done["verified"], done["rewritten"], done["notices"]) == ("full", 0, [])
    assert done["capabilities"]["whole"] is True
    again = json.loads(run([*command, "--verify", "counts"]).stdout)
    assert (again["way"], again["bytes"], again["before"], again["verified"]) == ("nothing", 0, 1, "counts")


def test_how_long_an_answer_is_waited_for(tmp_path: Path, oxigraph: Running) -> None:
    lines = [f'query = "{oxigraph.url}/query"', f'store = "{oxigraph.url}/store"', "timeout = 7"]
    (tmp_path / "kg.toml").write_text("\n".join(["format = 1", "[targets.mine]", *lines]), "utf-8")
    config = read(tmp_path / "kg.toml")
    assert find_target("mine", config).seconds == 7
    assert find_target("mine", config, seconds=0.5).seconds == 0.5
    assert find_target(oxigraph.url, config).seconds == 900
    assert find_target(oxigraph.url, config, seconds=3).seconds == 3


@pytest.mark.parametrize("seconds", ["0", "-1", "inf", "nan", "1e9"])
def test_what_is_no_time_limit(seconds: str) -> None:
    done = run(["push", "http://127.0.0.1:1", "--data", "x.nt", "--timeout", seconds])
    assert done.exit_code == 2
    assert "error[option-seconds]" in done.stderr


def test_how_to_report() -> None:
    done = run(["push", "http://127.0.0.1:1", "--data", "x.nt", "--format", "xml"])
    assert done.exit_code == 2
    assert "error[report-format]" in done.stderr


def test_how_to_read_back() -> None:
    done = run(["push", "http://127.0.0.1:1", "--data", "x.nt", "--verify", "some"])
    assert done.exit_code == 2
    assert "error[push-verify]" in done.stderr


def test_a_file_that_is_not_there(oxigraph: Running) -> None:
    assert run(["push", oxigraph.url, "--data", "no.ttl"]).exit_code == 3
