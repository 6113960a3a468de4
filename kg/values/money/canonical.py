"""The canonical form of an amount in a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.values.grammar import canonical as intervals
from kg.values.grammar.interval import Interval

if TYPE_CHECKING:
    from kg.values.lexicon import Lexicon
    from kg.values.money.meaning import Money


def canonical(money: Money, lexicon: Lexicon, language: str = "en") -> str:
    """The amount in words of a language, English where the language has no table.

    >>> from kg.values.money.meaning import Money
    >>> from kg.values.lexicon import Lexicon
    >>> canonical(Money("USD", 15_000_000_000, 25_000_000_000), Lexicon.load())
    'USD 15 billion to USD 25 billion'
    >>> canonical(Money("USD", None, 40_000_000_000, approximate=True), Lexicon.load())
    'about up to USD 40 billion'
    """
    forms = lexicon.table(language).get("canonical") or lexicon.table("en")["canonical"]
    pattern = str(forms["money"]).replace("{currency}", money.currency)
    found = Interval(money.min, money.max, None, money.min_exclusive, money.max_exclusive, money.approximate)
    text = intervals.canonical(found, lexicon, language, pattern)
    other = money.converted
    return text if other is None else f"{text} ({canonical(other, lexicon, language)})"
