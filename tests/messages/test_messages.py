"""Every message is there in both languages, is used and defined, and makes what it shows harmless."""

from __future__ import annotations

import ast
import builtins
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.messages import LANGUAGES, catalogue, harmless, hint, text

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "kg/messages.d").glob("*.toml"))
PYTHON = "\n".join(p.read_text("utf-8") for p in sorted((ROOT / "kg").rglob("*.py")))
MADE = ("progress-", "document-", "engine-failed-", "shape-pattern-")
"""Beginnings of codes that are put together where they are used."""
SAYING = {"Problem", "unreadable", "say", "text", "hint"}
"""What takes a code first, as errors of our own do."""


def said() -> Iterator[tuple[str, str]]:
    """Where, and which code is said there in so many letters."""
    for path in sorted((ROOT / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    ast.Name(name) | ast.Attribute(attr="say" as name), [ast.Constant(str(code)), *_]
                ):
                    if name in SAYING or (name.endswith("Error") and not hasattr(builtins, name)):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", code


def test_no_code_is_defined_twice() -> None:
    codes = [code for file in FILES for code in tomllib.loads(file.read_text("utf-8"))]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_message_has_both_languages_with_the_same_placeholders(code: str) -> None:
    entry = catalogue()[code]
    for texts in (entry, *(entry[part] for part in ("hint", "near") if part in entry)):
        found = {language: set(re.findall(r"(?<!\{)\{(\w+)\}", texts[language])) for language in LANGUAGES}
        assert found["en"] == found["ko"], code
    assert re.search("[가-힣]", entry["ko"]) or code == "progress-checking"


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_messages_follow_a_colon_and_hints_say_what_to_do(code: str) -> None:
    entry = catalogue()[code]
    hints = [entry[part] for part in ("hint", "near") if part in entry]
    for texts in (entry, *hints):
        assert not re.match("[A-Z][a-z]", texts["en"])
        assert not any(texts[language].endswith(".") for language in LANGUAGES)
        assert not re.search(
            r"이\(가\)|은\(는\)|을\(를\)|\(으\)로|십시오|[가-힣]는다|다음 가운데|머리글", texts["ko"]
        )
    for texts in hints:
        assert re.search(r"세요|아닌가요\?|: \{|^\{description\}$", texts["ko"])


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_message_is_used(code: str) -> None:
    assert re.search(f"['\"]{code}['\"]", PYTHON) or code.startswith(MADE)


def test_what_is_said_has_a_message() -> None:
    there = dict(said())
    assert len(there) > 300, "they are found"
    assert {where: code for where, code in there.items() if code not in catalogue()} == {}


def test_what_comes_from_input_can_do_nothing_to_a_terminal() -> None:
    hostile = "\x1b[2J\x07\u202egnp.exe\r\n" + "x" * 5000
    said = text("unknown-type", {"received": hostile}, "en") + hint(
        "unknown-type", {"allowed": (hostile,)}, "ko"
    )
    assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e]", said)
    assert len(said) < 1000


def test_a_placeholder_that_nobody_fills_is_shown_and_not_an_error() -> None:
    assert text("unknown-field", {"type": "Company"}, "en") == "Company has no field “{field}”"


def test_braces_in_what_was_received_stay() -> None:
    assert "{x}" in text("unknown-type", {"received": "{x}"}, "en")
    assert harmless("{0}") == "{0}"


def test_a_count_of_one_is_said_in_the_singular() -> None:
    said = [text("quarantine-dropped", {"count": n, "dataset": "x"}, "en") for n in (1, 2, 0, "1,234")]
    assert said == [
        "1 record of “x” is forgotten",
        "2 records of “x” are forgotten",
        "0 records of “x” are forgotten",
        "1,234 records of “x” are forgotten",
    ]
