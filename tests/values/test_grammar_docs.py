"""docs/values.md has each rule of the grammars as its module has it, and its examples are read as it says."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from kg.errors import Unreadable
from kg.values import number
from kg.values.date import edtf
from kg.values.date import grammar as date
from kg.values.duration import grammar as duration
from kg.values.lexicon import Lexicon
from kg.values.money import grammar as money
from kg.values.percent import grammar as percent
from kg.values.quantity import grammar as quantity

ROOT = Path(__file__).resolve().parents[2]
PAGES = tuple((ROOT / "docs" / name).read_text("utf-8") for name in ("values.md", "dates.md"))
LEXICON = Lexicon.load()
READERS: dict[str, Any] = {
    "number": number,
    "money": money,
    "percent": percent,
    "quantity": quantity,
    "duration": duration,
}


def blocks() -> dict[str, list[str]]:
    """Module -> the lines of the EBNF below the line that names it."""
    found: dict[str, list[str]] = {}
    module, inside = "", False
    for line in PAGES[0].splitlines():
        named = re.search(r"`(kg/values/[\w/]+\.py)`", line)
        module = named[1] if named else module
        inside = line == "```ebnf" or (inside and line != "```")
        if inside:
            found.setdefault(module, []).append(line)
    return {module: lines[1:] for module, lines in found.items()}


def rules(module: str) -> tuple[list[str], set[str]]:
    """The rules in the docstring of a module, and the names of its functions and methods."""
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    text = (ast.get_docstring(tree) or "").split("::\n\n", 1)[1]
    lines = [line[4:] for line in text.split("\n\n", 1)[0].splitlines()]
    return lines, {node.name.strip("_") for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def examples() -> list[tuple[str, str, str]]:
    """Type, text, what it is read as or the code that refuses it."""
    found, kind = [], ""
    for line in "\n".join(PAGES).splitlines():
        head = re.fullmatch(r"\| (\w+) \| (?:language \| )?is read as \|", line)
        kind = head[1] if head else kind if line.startswith("|") else ""
        row = re.fullmatch(r"\| (`[^|]+`) \| (?:(\w*) \| )?(.+) \|", line)
        if kind and row:
            found += [(kind, text, row[3]) for text in re.findall(r"`([^`]+)`", row[1])]
    return found


def shown(kind: str, text: str) -> str:
    try:
        if kind == "date":
            return edtf.written(date.read(text, LEXICON, reference=lambda: "2025-02-04"))
        reader = READERS[kind]
        return str(reader.canonical(reader.read(text, LEXICON), LEXICON, "en"))
    except Unreadable as error:
        return f"`{error.problems[0].code}`"


@pytest.mark.parametrize("module", sorted(blocks()))
def test_the_page_has_the_rules_of_a_module_each_of_which_is_a_function(module: str) -> None:
    lines, functions = rules(module)
    assert blocks()[module] == lines
    names = {re.match(r"[a-z-]+", line)[0].replace("-", "_") for line in lines if line[:1].isalpha()}  # type: ignore[index]
    assert names <= functions


def test_each_name_in_small_letters_is_a_rule_and_each_in_capitals_a_kind_of_words() -> None:
    lines = [line for block in blocks().values() for line in block]
    text = "\n".join(re.sub(r"\(\*.*\*\)", "", line) for line in lines)
    defined = {line.split()[0] for line in lines if line[:1].isalpha()}
    used = set(re.findall(r"[a-z][a-z-]*", text))
    assert used == defined
    kinds = {kind for table in LEXICON.tables.values() for kinds in table.values() for kind in kinds}
    capitals = {name.lower() for name in re.findall(r"[A-Z][A-Z-]+", text)}
    assert capitals - kinds == {"digits", "qualifier", "separator"}


@pytest.mark.parametrize(("kind", "text", "expected"), examples())
def test_an_example_is_read_as_the_page_says(kind: str, text: str, expected: str) -> None:
    assert shown(kind, text) == expected


def test_each_type_has_examples_that_are_read_and_that_are_refused() -> None:
    found = {(kind, expected.startswith("`")) for kind, _, expected in examples()}
    assert found == {(kind, refused) for kind in (*READERS, "date") for refused in (True, False)}
