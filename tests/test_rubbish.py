"""Whatever is thrown at it, kg answers with a message and an exit code, never with a traceback."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from tests.command import run

if TYPE_CHECKING:
    from pathlib import Path

# Something in the input does not conform, or the input could not be read at all.
REFUSED = {1, 3}

DEEP = 10_000
GOOD = '{"type": "Company", "id": "openai", "name": "OpenAI"}'
_RANDOM = random.Random(1)
RUBBISH: dict[str, bytes] = {
    "random bytes": _RANDOM.randbytes(4096),
    "random bytes with line ends": b"\n".join(_RANDOM.randbytes(40) for _ in range(50)),
    "PNG": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x06\x00\x00\x00",
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xabV*\xa9,HU",
    "UTF-16": GOOD.encode("utf-16"),
    "UTF-16 without mark": GOOD.encode("utf-16-le"),
    "UTF-32": GOOD.encode("utf-32"),
    "EUC-KR": '{"type": "Company", "id": "samsung", "name": "삼성전자"}'.encode("euc-kr"),
    "zeros": b"\x00" * 4096,
    "half a record": GOOD[:20].encode(),
    "half a letter": '{"type": "Company", "id": "a", "name": "삼'.encode()[:-1],
    "lone surrogate": b'{"type": "Company", "id": "a", "name": "\\ud800"}',
    "arrays within arrays": b"[" * DEEP,
    "arrays within arrays, closed": b"[" * DEEP + b"]" * DEEP,
    "objects within objects": b'{"type":' * DEEP + b"1" + b"}" * DEEP,
    "entities within entities": b'{"type": "Group", "id": "a", "of": ' * DEEP + b'"b"' + b"}" * DEEP,
    "a huge number": b'{"type": "Fundraising", "fundraiser": "a", "amount": {"value": 1e999999999, "currency": "USD"}}',
    "a tiny number": b'{"type": "Fundraising", "fundraiser": "a", "amount": {"value": 1e-999999999, "currency": "USD"}}',
    "a long number": b'{"type": "Ownership", "owned": "a", "share": ' + b"9" * 100_000 + b"}",
    "a long id": b'{"type": "Company", "name": "A", "id": "' + b"x" * 1_000_000 + b'"}',
    "a long line": b"x" * 5_000_000,
    "not a number": b'{"type": "Ownership", "owned": "a", "share": NaN}',
    "words": b"This is not a facts file.\n",
    "HTML": b"<!DOCTYPE html><html><body>404</body></html>\n",
    "CSV": b"type,id,name\nCompany,openai,OpenAI\n",
    "a string": b'"facts"\n',
    "a number": b"1\n",
    "null": b"null\n",
    "many keys": json.dumps({"type": "Company"} | {f"k{number}": number for number in range(1_000)}).encode(),
    "control characters": b'{"type": "Company", "id": "a\\u0000b", "name": "A\\u0007"}',
    "an id that is all blanks": b'{"type": "Company", "id": "  ", "name": "A"}',
}


@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
@pytest.mark.parametrize("command", ["validate", "convert"])
@pytest.mark.parametrize("content", RUBBISH.values(), ids=RUBBISH)
def test_rubbish_is_refused_in_words(tmp_path: Path, command: str, content: bytes, suffix: str) -> None:
    facts = tmp_path / f"facts{suffix}"
    facts.write_bytes(content)
    outcome = run([command, str(facts), "--lang", "en"])
    said = outcome.stderr + outcome.stdout.decode()
    assert outcome.exit_code in REFUSED, said[-500:]
    assert "error[" in said
    assert "error[internal]" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize("content", [RUBBISH["random bytes"], RUBBISH["UTF-16"], RUBBISH["words"]])
def test_rubbish_from_stdin_is_refused_in_words(content: bytes) -> None:
    outcome = run(["validate", "-", "--lang", "en"], stdin=content)
    assert outcome.exit_code in REFUSED
    assert "error[" in outcome.stderr + outcome.stdout.decode()


def test_a_message_about_a_long_line_is_short(tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    facts.write_bytes(RUBBISH["a long line"])
    outcome = run(["validate", str(facts), "--lang", "en"])
    assert len(outcome.stderr + outcome.stdout.decode()) < 2000


@pytest.mark.parametrize("command", ["validate", "convert"])
def test_a_missing_file_could_not_be_read(tmp_path: Path, command: str) -> None:
    outcome = run([command, str(tmp_path / "nothing.jsonl"), "--lang", "en"])
    assert (outcome.exit_code, outcome.stdout) == (3, b"")
    assert "nothing.jsonl" in outcome.stderr


@pytest.mark.parametrize("command", ["validate", "convert"])
def test_a_folder_is_no_facts_file(tmp_path: Path, command: str) -> None:
    outcome = run([command, str(tmp_path), "--lang", "en"])
    assert outcome.exit_code == 3
    assert str(tmp_path) in outcome.stderr


@pytest.mark.parametrize("command", ["validate", "convert"])
def test_good_records_beside_rubbish_go_on(tmp_path: Path, command: str) -> None:
    facts = tmp_path / "facts.jsonl"
    facts.write_bytes(
        b"\n".join([GOOD.encode(), b"\xff\xfe\x00rubbish", b"[" * DEEP, b'{"type": "Event", "id": "e"}'])
    )
    outcome = run([command, str(facts), "--lang", "en"])
    assert outcome.exit_code == 1
    assert "read 4 = accepted 2 + duplicate 0 + quarantined 2" in outcome.stderr + outcome.stdout.decode()
