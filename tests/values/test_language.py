"""A new language is a table, no code: here Turkish, in a folder of a project's own."""

from __future__ import annotations

import subprocess
import sys

from tests.values.conftest import HERE

TRIED = """
from pathlib import Path
from kg.errors import Unreadable
from kg.values import vocabulary
vocabulary.add(Path("tests/values/languages"))
from kg.values.money import grammar, saying
from kg.values.grammar.limits import plain
from kg.values.number.grammar import read as number
from kg.values.percent.grammar import read as percent
from kg.values.quantity.grammar import read as quantity
for text in TEXTS:
    try:
        money = grammar.read(text, "tr")
    except Unreadable as error:
        print(error.problems[0].code)
        continue
    again = grammar.read(saying.said(money, "tr"), "tr")
    assert (again.min, again.max, again.currency) == (money.min, money.max, money.currency)
    ends = [None if end is None else plain(end) for end in (money.min, money.max)]
    print(money.currency, *ends, money.approximate, saying.said(money, "tr"))
print(number("yirmi beş milyon", "tr").min, percent("yüzde 30", "tr").min, quantity("en az 200 kişi", "tr"))
"""
WANT = """\
TRY 1500000000 1500000000 False 1,5 milyar TRY
EUR 10000000 15000000 False 10 milyon EUR ile 15 milyon EUR arasında
USD 500000 None True yaklaşık en az 500.000 USD
TRY None 1234.5 False en fazla 1.234,5 TRY
EUR 1500000 1500000 False 1,5 milyon EUR
USD 768000000 768000000 False 768 milyon USD
money-word
money-no-amount
25000000 30 Quantity(unit='person', number=Interval(min=200, max=None, min_exclusive=False, \
max_exclusive=False, approximate=False, assumed=''), as_written='en az 200 kişi')
"""
TEXTS = [
    "1,5 milyar türk lirası",
    "10 ile 15 milyon avro arasında",
    "yaklaşık en az 500 bin dolar",
    "en fazla 1.234,50 TL",
    "1,5 milyon avro",
    "Getir yeni yatırımcılardan 768 milyon dolar topladı",
    "beklenenden 5 milyon avro daha az topladı",
    "açıklanmadı",
]


def test_a_language_is_added_with_a_table() -> None:
    script = TRIED.replace("TEXTS", repr(TEXTS))
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE.parents[1],
        env={"PYTHONIOENCODING": "utf-8", "PYTHONPATH": "."},
    )
    assert done.stderr == ""
    assert done.stdout == WANT
