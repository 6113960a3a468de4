"""Words of a project's own: what they add, what they leave alone, and what is wrong with a file of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from kg.errors import Unreadable, UsageError
from kg.values.date import edtf
from kg.values.date import grammar as date
from kg.values.lexicon import Lexicon
from kg.values.money import grammar as money

if TYPE_CHECKING:
    from pathlib import Path

PACKAGED = Lexicon.load()
LOONIE = '[money.currency]\nCAD = ["loonie", "loonies"]\n'
TURKISH = """
[number.multiple]
6 = ["milyon"]

[interval]
about = ["yaklaşık"]

[money.currency]
TRY = ["lira"]

[date]
link = [","]

[date.month]
2 = ["şubat"]
"""


def lexicon(folder: Path, **files: str) -> Lexicon:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return Lexicon.load([folder])


def test_a_nickname_of_a_currency_is_one_line(tmp_path: Path) -> None:
    own = lexicon(tmp_path, en=LOONIE)
    assert money.read("5 million loonies", own, "en")[:3] == ("CAD", 5_000_000, 5_000_000)
    with pytest.raises(Unreadable):
        money.read("5 million loonies", PACKAGED, "en")


def test_a_language_is_one_file(tmp_path: Path) -> None:
    own = lexicon(tmp_path, tr=TURKISH)
    found = money.read("yaklaşık 5 milyon lira", own, "tr")
    assert (found.currency, found.min, found.approximate) == ("TRY", 5_000_000, True)
    assert edtf.written(date.read("4 şubat 2025", own, "tr")) == "2025-02-04"
    assert money.read("5 milyon lira", own)[:2] == ("TRY", 5_000_000), "it need not be declared"


def test_a_word_gets_the_meaning_of_the_project(tmp_path: Path) -> None:
    own = lexicon(tmp_path, en='[money.currency]\nNZD = ["kiwi"]\nAUD = ["dollars"]\n')
    assert money.read("5 dollars", own, "en").currency == "AUD"
    assert money.read("5 dollars", PACKAGED, "en").currency == "USD"


def test_two_projects_in_one_process_keep_their_words_apart(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        folder.mkdir()
    first = lexicon(folders[0], en='[money.currency]\nCAD = ["bucks"]\n')
    second = lexicon(folders[1], en='[money.currency]\nAUD = ["bucks"]\n')

    def read(number: int) -> str:
        return money.read(f"{number} bucks", first if number % 2 else second, "en").currency

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(read, range(400))) == ["AUD", "CAD"] * 200


def test_a_language_that_the_package_has_is_told_from_the_words_of_others() -> None:
    assert edtf.written(date.read("4 de febrero de 2025", PACKAGED)) == "2025-02-04"
    assert edtf.written(date.read("4 de febrero de 2025", PACKAGED, "ko")) == "2025-02-04", "no Hangul in it"
    with pytest.raises(Unreadable):
        date.read("4 de febrero de 2025", PACKAGED, "de")


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("en", '[date.month]\n13 = ["x"]\n', "vocabulary-value"),
        ("en", '[date.months]\n1 = ["x"]\n', "vocabulary-value"),
        ("en", '[money.currency]\nUSD = "buck"\n', "vocabulary-value"),
        ("en", '[nothing]\nx = ["y"]\n', "vocabulary-value"),
        ("en", "[date.month\n", "config-unreadable"),
        ("English", '[date.month]\n1 = ["x"]\n', "vocabulary-name"),
    ],
)
def test_a_wrong_file_is_told_by_name(tmp_path: Path, name: str, text: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        lexicon(tmp_path, **{name: text})
    assert caught.value.code == code
    assert f"{name}.toml" in str(caught.value.args)
