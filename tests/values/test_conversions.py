"""What stands in brackets after an amount: the same in another currency, or the same again."""

from __future__ import annotations

import pytest

from kg.errors import Unreadable
from kg.values.money import grammar
from tests.values.test_money import shown


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("", "人民币伍佰万元整（￥5,000,000.00）", "CNY 5000000 5000000"),
        ("zh-TW", "¥500,000.00（大写：人民币伍拾万元整）", "CNY 500000 500000"),
        ("en", "C$15 million ($15 million)", "CAD 15000000 15000000"),
        ("en", "A$5m ($3.2m)", "AUD 5000000 5000000 | USD 3200000 3200000"),
        ("zh", "5亿元（5亿美元）", "CNY 500000000 500000000 | USD 500000000 500000000"),
    ],
)
def test_the_same_number_under_a_sign_is_the_same_amount(
    language: str, text: str, want: str, *, again: bool
) -> None:
    if again:  # as a text whose wording is known
        grammar.read(text, language)
    assert shown(grammar.read(text, language)) == want


def test_two_numbers_in_one_currency_are_refused() -> None:
    with pytest.raises(Unreadable, match="two"):
        grammar.read("5亿元（6亿元）", "zh")
