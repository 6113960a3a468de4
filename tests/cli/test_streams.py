"""Nobody reads, or a stream is closed: no traceback, and the exit code says what became of the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEADER = {"ids": "shared", "dataset": "many", "language": "en", "defaults": {"source": "wire"}}
WIRE = {"type": "NewsArticle", "id": "wire", "published": "2025-02-04"}
WRONG = {"type": "Investment", "id": "w", "investor": "c1", "investee": "c2", "amount": "$5-3m"}
COMPANIES = 150
"""So many that no pipe holds what there is to say of them."""
COMMAND = (sys.executable, "-c", "from kg.cli import main; main()")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
FULL = Path("/dev/full")


def kg(*words: str, cwd: Path, how: str = "") -> subprocess.CompletedProcess[str]:
    """A command whose streams a shell has led elsewhere, or closed."""
    return subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {how}', "sh", *COMMAND, *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env=ENVIRONMENT,
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many companies in two versions, and claims that were not taken."""
    folder = tmp_path_factory.mktemp("streams")
    (folder / "kg.toml").write_text('format = 1\nbase = "https://x.example/"\nlanguages = ["en"]\n', "utf-8")
    companies = [
        {"type": "Company", "id": f"c{n}", "name": f"Company {n}", "description": "word " * 150}
        for n in range(COMPANIES)
    ]
    wrong = [{**WRONG, "id": f"w{n}"} for n in range(100)]
    for count in (1, COMPANIES):
        lines = [HEADER, WIRE, *companies[:count], *wrong]
        (folder / "many.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
        assert kg("load", "many.jsonl", cwd=folder).returncode == 1
    return folder


READING = [
    *("export", "query", "query investments --help", "schema", "doctor", "explain c1", "backup -"),
    *("query SELECT(?s){?s?p?o}", "query CONSTRUCTWHERE{?s?p?o}"),
    *("quarantine show --limit 0", "quarantine export many", "diff many", "diff many --format json"),
    *("load many.jsonl --dry-run --format json", "validate many.jsonl --limit 0", "convert many.jsonl"),
    *("diff many --exit-code", "diff many --format patch --exit-code", "diff many@2 many --exit-code"),
    *("retract --fact c1 --dry-run", "retract --fact c1 --dry-run --format json", "rebuild --remap"),
]
NOT_ZERO = ("load", "validate", "convert", "diff many --exit-code", "diff many --format patch --exit-code")


@pytest.mark.parametrize("line", READING)
def test_a_reader_that_goes_away_changes_nothing(project: Path, line: str) -> None:
    """The exit code is that of the command, as far as it is known by then."""
    words = line.replace("SELECT(?s){?s?p?o}", "SELECT+?s{?s+?p+?o}").replace("WHERE", "+WHERE")
    with subprocess.Popen(
        [*COMMAND, *(word.replace("+", " ") for word in words.split())],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=project,
        env=ENVIRONMENT,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()
    assert "Traceback" not in said
    assert "error[internal]" not in said
    assert "error[broken-output]" not in said
    assert running.returncode == int(line.startswith(NOT_ZERO))


def test_what_is_to_be_done_is_done_though_nobody_reads(project: Path) -> None:
    for line, said in (("retract --fact c3", "c3"), ("retract --fact c4 --format json", "c4")):
        with subprocess.Popen(
            [*COMMAND, *line.split()],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=project,
            env=ENVIRONMENT,
        ) as running:
            assert running.stdout is not None
            running.stdout.close()
        assert running.returncode == 0
        assert f"Company {said[1:]}\n" not in kg("query", "organizations", cwd=project).stdout
        assert f"organization/{said}>" not in kg("export", cwd=project).stdout


@pytest.mark.parametrize("line", ["export", "query", "backup -", "validate many.jsonl"])
@pytest.mark.parametrize("how", [">&-", ">/dev/full"])
def test_output_that_can_not_be_written_is_an_error(project: Path, line: str, how: str) -> None:
    if "full" in how and not FULL.exists():
        pytest.skip("needs /dev/full")
    done = kg(*line.split(), cwd=project, how=how)
    assert done.returncode == 4
    assert done.stderr.startswith("error[broken-output]: the output could not be written: ")
    assert "Traceback" not in done.stderr


def test_nothing_is_retracted_that_can_not_be_shown(project: Path) -> None:
    before = kg("export", cwd=project).stdout
    assert kg("retract", "--fact", "c5", cwd=project, how=">&-").returncode == 4
    assert kg("export", cwd=project).stdout == before


@pytest.mark.parametrize("line", ["export", "doctor", "load many.jsonl"])
def test_without_stderr_all_is_as_with_it(project: Path, line: str) -> None:
    with_it, without = kg(*line.split(), cwd=project), kg(*line.split(), cwd=project, how="2>&-")
    assert (without.returncode, without.stdout, without.stderr) == (with_it.returncode, with_it.stdout, "")


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("validate -", 3, "error[file-unreadable]: -: can't be read: "),
        ("read number -", 3, "error[file-unreadable]: -: can't be read: "),
        ("query -", 2, "error[query-unreadable]: the query - can't be read: "),
        ("resolve --judge -", 2, "error[judgements-unreadable]: - can't be read: "),
        ("quarantine drop many", 2, "error[quarantine-yes]: "),
        ("status", 0, ""),
    ],
)
def test_without_stdin_there_is_nothing_to_read(project: Path, line: str, code: int, said: str) -> None:
    done = kg(*line.split(), cwd=project, how="<&-")
    assert done.returncode == code
    assert done.stderr.startswith(said)
