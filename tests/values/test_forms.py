"""Words in the other forms of their characters."""

from __future__ import annotations

import pytest

from kg.values.money import grammar
from kg.values.vocabulary import packaged
from kg.values.vocabulary.forms import of_table, other_forms


def test_each_character_has_its_forms_once() -> None:
    listed = [entry[0] for entry in packaged()["zh"]["forms"]["characters"]]
    assert sorted(listed) == sorted(set(listed))
    assert all(len(entry) > 1 and entry[1:] != entry[0] for entry in packaged()["zh"]["forms"]["characters"])


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("总投资", ["總投資"]),
        ("周", ["週"]),
        ("公布", ["公佈"]),
        ("金额", ["金額"]),
        ("年", []),
        ("余额", ["餘額", "余額"]),
    ],
)
def test_a_word_stands_in_all_forms_of_its_characters(word: str, others: list[str]) -> None:
    assert list(other_forms(word, of_table(packaged()["zh"]))) == others


def test_a_word_that_is_listed_keeps_its_meaning() -> None:
    """合约 joins the same amount in another currency; 合約 is a contract."""
    assert grammar.read("合約5亿元", "zh").converted is None
    assert "合約" in packaged()["zh"]["money"]["label"]


def test_words_in_both_forms_say_the_same() -> None:
    simple, traditional = "募集资金净额约为3亿元", "募集資金淨額約為3億元"
    first, second = grammar.read(simple, "zh"), grammar.read(traditional, "zh")
    assert first._replace(as_written="") == second._replace(as_written="")
