"""The tables of three public suites: how many rows are read right, and every one that is not, by kind.

The rule. Rows of price-parser are prices *found* in a text of a page, so they are read by
``find``; the others are the expression alone and go through ``read``. A price of price-parser
is one number; where a text says a range or a bound (``From $109.90``), our reading says so,
and its first number is compared: such rows are listed as "first number". The misses stand in
``misses.money.txt`` and ``misses.number.txt``; ``KG_RENEW=1`` writes them anew.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from kg.errors import Unreadable
from kg.values.money import grammar as money
from kg.values.money.finding import find
from kg.values.number import grammar as number
from kg.values.number import ordinal
from kg.values.percent import grammar as percent
from tests.values.conftest import HERE

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.interval.meaning import Interval
    from kg.values.money.meaning import Money

CASES = Path(__file__).parents[3] / "shared" / "cases"
T = TypeVar("T")
Row = dict[str, Any]
ALMOST = Decimal("1e-13")
"""The suites round fractions to 15 digits."""


def table(name: str) -> list[Row]:
    file = CASES / name
    if not file.is_file():
        pytest.skip("needs ../shared/cases")
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def tried(read: Callable[[str, str], T], text: str, language: str) -> T | None:
    try:
        return read(text, language)
    except Unreadable:
        return None


def money_kind(row: Row) -> str:
    price = row["source"].startswith("price-parser")
    language = "" if row["lang"] == "und" else row["lang"]
    found: Money | None = tried(
        (lambda text, tag: find(text, tag).value) if price else money.read, row["text"], language
    )
    if found is None:
        return "not read"
    low, high = (None if row[end] is None else Decimal(row[end]) for end in ("min", "max"))
    if (found.currency, found.min, found.max) == (row["currency"], low, high):
        return "right"
    first = found.min if found.min is not None else found.max
    if price and (found.currency, first) == (row["currency"], low):
        return "first number"
    same = (found.min, found.max) == (low, high)
    return "currency" if same else "wrong"


def number_kind(row: Row) -> str:
    text, kind = row["text"], row["kind"]
    if kind == "none":
        read: tuple[Callable[[str, str], object], ...] = (number.read, ordinal.read, percent.read)
        return "wrong" if any(tried(one, text, "en") is not None for one in read) else "right"
    if kind == "ordinal":
        place = tried(ordinal.read, text, "en")
        if place is None:
            return "not read"
        shown = str(place.number) if place.anchor == "start" else f"{place.anchor}{place.number:+d}"
        return "right" if shown == row["value"] else "wrong"
    found = tried(percent.read if kind == "percent" else number.read, text, "en")
    if row["value"] == "null":
        return "right" if found is None else "wrong"
    if found is None:
        return "not read"
    return "right" if fits(found, row) else "wrong"


def fits(found: Interval, row: Row) -> bool:
    low, high = (row["value"] or row[end] for end in ("min", "max"))
    ends = ((found.min, low), (found.max, high))
    if not all((a is None) == (b is None) for a, b in ends):
        return False
    if not all(a is None or abs(Decimal(a) - Decimal(b)) <= abs(Decimal(b)) * ALMOST for a, b in ends):
        return False
    if row["kind"] != "range":
        return True
    # Recognizers-Text leaves the upper end out of "between 20 and 30"; that is its convention.
    span = None not in (found.min, found.max) and row["minInclusive"] and not row["maxInclusive"]
    marks = [(low, found.min_exclusive, row["minInclusive"])]
    marks += [] if span else [(high, found.max_exclusive, row["maxInclusive"])]
    return all(end is None or exclusive != inclusive for end, exclusive, inclusive in marks)


def listed(rows: list[Row], kind_of: Callable[[Row], str], file: str) -> Counter[str]:
    """How many rows are of each kind; the misses are those of the committed list."""
    kinds = [(kind_of(row), row) for row in rows]
    lines = sorted(
        {
            f"{kind}\t{json.dumps(row['text'], ensure_ascii=False)}\t{wanted(row)}"
            for kind, row in kinds
            if kind != "right"
        }
    )
    path = HERE / file
    if os.environ.get("KG_RENEW"):
        path.write_text("# kind\ttext\twhat the suite has\n" + "\n".join(lines) + "\n", "utf-8")
    assert path.read_text("utf-8").splitlines()[1:] == lines
    return Counter(kind for kind, _ in kinds)


def wanted(row: Row) -> str:
    span = row["value"] if row["value"] is not None else f"{row['min']}..{row['max']}"
    return f"{row.get('currency') or row.get('kind')} {span}"


def test_amounts_with_a_currency_of_their_own_are_read_right() -> None:
    rows = [r for r in table("money.jsonl") if r["currency"] and r.get("currencyFrom") != "hint"]
    found = listed(rows, money_kind, "misses.money.txt")
    assert len(rows) == 968
    assert found["right"] / len(rows) >= 0.97
    assert (found["wrong"] + found["currency"]) / len(rows) <= 0.01


def test_numbers_are_read_right() -> None:
    rows = table("number.jsonl")
    found = listed(rows, number_kind, "misses.number.txt")
    assert found["right"] / len(rows) >= 0.95
    assert found["wrong"] / len(rows) <= 0.01
