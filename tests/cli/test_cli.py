"""Commands as they are typed: what goes where, how they end, what they never do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FACTS = ROOT / "examples/stargate/facts.jsonl"


def kg(*args: str, cwd: Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", *args],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", **environment},
    )


def test_help_loads_no_heavy_library(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom kg.cli import main\n"
        "try:\n    main()\nexcept SystemExit: pass\n"
        "print(sorted(m for m in ('rdflib','pyshacl','shacl','pyoxigraph','msgspec','rich') if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.endswith("[]\n")
    assert "convert" in done.stdout


def test_data_goes_to_stdout_and_everything_else_to_stderr(tmp_path: Path) -> None:
    done = kg("convert", str(FACTS), cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("@base")
    assert "read 98 = accepted 98" in done.stderr


def test_the_output_file_is_whole_or_not_there(tmp_path: Path) -> None:
    done = kg("convert", str(FACTS), "-o", "none/out.ttl", cwd=tmp_path)
    assert done.returncode == 2
    assert "none/out.ttl" in done.stderr
    assert not list(tmp_path.iterdir())


def test_stdin_is_a_dash(tmp_path: Path) -> None:
    done = kg("validate", "-", cwd=tmp_path, stdin='{"type": "Company", "id": "a", "name": "A"}')
    assert (done.returncode, done.stdout.splitlines()[0][:6]) == (0, "read 1")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["validate", "nowhere.jsonl"], 3),
        (["validate", "."], 3),
        (["validate", "nowhere.ttl"], 3),
        (["convert", str(FACTS), "--to", "docx"], 2),
        (["validate", str(FACTS), "--engine", "magic"], 2),
        (["validate", str(FACTS), "--format", "pdf"], 2),
        (["schema", "Compny"], 2),
        (["schema", "--project", "nowhere"], 2),
        (["validate"], 2),
        (["nosuch"], 2),
    ],
)
def test_what_is_wrong_ends_with_its_code_and_one_sentence(
    args: list[str], code: int, tmp_path: Path
) -> None:
    done = kg(*args, cwd=tmp_path)
    assert done.returncode == code
    assert done.stderr
    assert not done.stdout
    assert "Traceback" not in done.stderr


def test_an_unknown_key_in_kg_toml_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('format = 1\nbsae = "https://x.example/"\n', "utf-8")
    done = kg("validate", str(FACTS), cwd=tmp_path)
    assert done.returncode == 2
    assert "bsae" in done.stderr
    assert "did you mean base" in done.stderr


def test_the_report_as_json_is_read_by_a_program(tmp_path: Path) -> None:
    broken = tmp_path / "b.jsonl"
    broken.write_text('{"type": "Company", "id": "a"}\n', "utf-8")
    done = kg("validate", "b.jsonl", "--format", "json", "--lang", "ko", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert (done.returncode, report["conforms"]) == (1, False)
    finding = report["findings"][0]
    assert (finding["file"], finding["line"], finding["pointer"]) == ("b.jsonl", 1, "/name")
    assert (finding["code"], finding["record"]) == ("missing-field", "a")


def test_the_language_is_the_option_else_the_locale_else_english(tmp_path: Path) -> None:
    def said(*args: str, **environment: str) -> str:
        return kg(
            "validate", str(FACTS), *args, cwd=tmp_path, **{"LC_ALL": "", "LANG": "", **environment}
        ).stdout

    assert "적합" in said("--lang", "ko")
    assert "적합" in said(LC_MESSAGES="ko_KR.UTF-8")
    assert "conforms" in said(LC_MESSAGES="fr_FR.UTF-8")
    assert "conforms" in said("--lang", "en", LC_MESSAGES="ko_KR.UTF-8")


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from kg.cli import main; main()", "convert", str(FACTS)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=environment
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()
    assert "Traceback" not in said
    assert "error[" not in said
