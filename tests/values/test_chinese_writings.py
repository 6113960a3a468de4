"""How Chinese is written says nothing of the value: each row of a table reads alike in all writings."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest

from kg.errors import Unreadable
from kg.values.date import reading
from kg.values.money import grammar
from kg.values.vocabulary import packaged
from kg.values.vocabulary.forms import of_table
from tests.values.conftest import HERE, REFERENCE, rows

if TYPE_CHECKING:
    from collections.abc import Callable

_HAN: Final = re.compile("[\u3400-\u9fff]")
_BESIDE: Final = re.compile("(?<=[\u3400-\u9fff])(?=[0-9])|(?<![A-Za-z])(?<=[0-9])(?=[\u3400-\u9fff])")
_LETTER_AND_DIGIT: Final = re.compile("[A-Za-z][0-9]")


def traditional(text: str) -> str:
    """In traditional characters."""
    forms = of_table(packaged()["zh"])
    return "".join(forms.get(character, character)[0] for character in text)


def wide(text: str) -> str:
    """With full-width digits."""
    return re.sub("[0-9]", lambda found: chr(ord(found[0]) + 0xFEE0), text) if _HAN.search(text) else text


def spaced(text: str) -> str:
    """With a gap beside each number, as many typesetters have it; M2 is no number."""
    return text if _LETTER_AND_DIGIT.search(text) else _BESIDE.sub(" ", text)


@cache
def texts(kind: str) -> tuple[str, ...]:
    """The texts of all tables of a kind."""
    paths = sorted((HERE / "tables").glob(f"{kind}.zh*.tsv"))
    return tuple(text for path in paths for text, _ in rows(str(path.relative_to(HERE))))


def money(text: str) -> object:
    """The amount, None where the text is refused."""
    try:
        return grammar.read(text, "zh")._replace(as_written="", assumed="", digits="", each="")
    except Unreadable:
        return None


def date(text: str) -> object:
    """The date, None where the text is refused."""
    try:
        return reading.read(text, "zh", REFERENCE)
    except Unreadable:
        return None


@pytest.mark.parametrize("write", [traditional, wide, spaced])
@pytest.mark.parametrize("read", [money, date])
def test_a_text_reads_alike(read: Callable[[str], object], write: Callable[[str], str]) -> None:
    kind = "money" if read is money else "date"
    others = [(text, write(text)) for text in texts(kind)]
    assert [pair for pair in others if pair[0] != pair[1] and read(pair[0]) != read(pair[1])] == []
