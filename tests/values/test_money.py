"""A text is a whole amount, or it is refused: the grammar on public rows, on traps, and on any words."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.values.lexicon import Lexicon
from kg.values.money import Money, read
from kg.values.money.canonical import canonical

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "cases" / "money.jsonl"
LEXICON = Lexicon.load()
READ = """
5000억달러(약 729조원) | USD 500000000000 500000000000
150억달러 이상 | USD 15000000000 -
150억~250억달러 | USD 15000000000 25000000000
최대 400억달러 | USD - 40000000000
최대 150억~250억달러(약 22조~36조원) | USD 15000000000 25000000000
100억 이상 200억원 미만 | KRW 10000000000 20000000000
5천~6천억원 | KRW 500000000000 600000000000
1~2천만원 | KRW 10000000 20000000
100억원대 초반 | KRW 10000000000 13000000000
약 1억 2,345만 6,789원 | KRW 123456789 123456789
삼천오백억 원 | KRW 350000000000 350000000000
an estimated $2–3bn | USD 2000000000 3000000000
between 15 and 25 billion dollars | USD 15000000000 25000000000
two and a half million dollars | USD 2500000 2500000
2½ million euros | EUR 2500000 2500000
half a billion euros | EUR 500000000 500000000
three quarters of a billion dollars | USD 750000000 750000000
twelve hundred dollars | USD 1200 1200
3 dollars 50 cents | USD 3.5 3.5
at least $5bn but less than $10bn | USD 5000000000 10000000000
$500bn, or about 729 trillion won | USD 500000000000 500000000000
1.234,50 € | EUR 1234.5 1234.5
500.000 € | EUR 500000 500000
₹5 lakh crore | INR 5000000000000 5000000000000
не менее 5 млрд рублей | RUB 5000000000 -
"""
REFUSED = """
$1bn a year | money-rate
주당 5만원 | money-rate
$50 a barrel | money-rate
100억원 손실 | money-loss
a loss of $3m | money-loss
only a fifth of the promised $100m has arrived | money-part
half of $5m | money-part
raised from $20 to $23 | money-change
$3bn compared with 2023 | money-comparison
several billion dollars | money-no-amount
수백억원 | money-no-amount
$5m, $6m | money-two-amounts
$5m. €6m | money-two-amounts
구조 150억달러 | money-word
$900-1.2bn | money-word
$25bn to $15bn | number-reversed
$5 EUR | money-two-currencies
5 billion | money-no-currency
10 pesos | money-currency-ambiguous
"""
EXPRESSIONS = [line.partition(" | ")[0] for line in READ.strip().splitlines()]


def rows(table: str) -> list[tuple[str, str]]:
    return [
        (text, expected) for text, _, expected in (x.partition(" | ") for x in table.strip().splitlines())
    ]


def number(value: Any) -> str:
    return (
        "-" if value is None else str(Decimal(value).normalize().quantize(Decimal("0.1"))).removesuffix(".0")
    )


@pytest.mark.parametrize(("text", "expected"), rows(READ))
def test_whole_expressions_are_read(text: str, expected: str) -> None:
    found = read(text, LEXICON)
    assert f"{found.currency} {number(found.min)} {number(found.max)}" == expected
    assert found.as_written == text


@pytest.mark.parametrize(("text", "code"), rows(REFUSED))
def test_what_is_no_whole_amount_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text, LEXICON)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_refusal_names_what_was_not_understood_and_what_remains() -> None:
    with pytest.raises(Unreadable) as caught:
        read("only a fifth of the promised $100m has arrived", LEXICON)
    args: Any = caught.value.problems[0].args
    assert args["word"] == "“only a fifth of the promised”, “has arrived”"
    assert args["without"]["en"] == "; without these: USD 100 million"


@given(
    st.sampled_from(EXPRESSIONS),
    st.integers(0, 200),
    st.sampled_from(["banana", "xyzzy", "사과나무", "щука"]),
)
def test_an_unknown_word_anywhere_makes_a_text_unreadable(text: str, place: int, word: str) -> None:
    words = re.split("( )", text)
    at = place % (len(words) + 1)
    changed = "".join([*words[:at], f" {word} ", *words[at:]])
    with pytest.raises(Unreadable):
        read(changed, LEXICON)


@given(st.sampled_from(EXPRESSIONS), st.sampled_from(EXPRESSIONS), st.sampled_from([", ", ". "]))
def test_two_amounts_are_none(first: str, second: str, between: str) -> None:
    with pytest.raises(Unreadable):
        read(first + between + second, LEXICON)


@given(
    st.integers(1, 10**15),
    st.integers(0, 10**15),
    st.sampled_from(["exact", "range", "at-least", "at-most"]),
    st.booleans(),
    st.sampled_from(["en", "ko", "ru"]),
)
def test_the_canonical_form_reads_back(low: int, more: int, kind: str, flag: bool, language: str) -> None:  # noqa: FBT001 - a strategy
    ends = {"exact": (low, low), "range": (low, low + more), "at-least": (low, None), "at-most": (None, low)}
    money = Money("USD", *ends[kind], approximate=flag and kind == "exact")
    text = canonical(money, LEXICON, language)
    found = read(text, LEXICON, language)
    assert found[:6] == money[:6], text


@pytest.mark.skipif(not SHARED.is_file(), reason="the shared table of amounts is not here")
def test_public_rows() -> None:
    right = wrong = 0
    table = [json.loads(line) for line in SHARED.read_text("utf-8").splitlines()]
    for row in table:
        try:
            found = read(row["text"], LEXICON, "" if row["lang"] == "und" else row["lang"])
        except Unreadable:
            right += row["min"] is None and row["max"] is None
            continue
        ends = [None if row[end] is None else Decimal(row[end]) for end in ("min", "max")]
        same = [found.min, found.max] == ends and row["currency"] in {None, found.currency}
        right += same
        wrong += not same
    assert (wrong, right >= 0.95 * len(table)) == (0, True), (right, wrong, len(table))
