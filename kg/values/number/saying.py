"""A number in a normal form of a language, and how a text was read as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.values.interval import saying
from kg.values.interval.explaining import steps
from kg.values.number import grammar
from kg.values.number.fractions import joined
from kg.values.numeral import style
from kg.values.scanner import normal

if TYPE_CHECKING:
    from kg.values.explanation import Step
    from kg.values.interval.meaning import Interval


def said(value: Interval, language: str) -> str:
    """The number in a normal form of ``language``.

    >>> said(grammar.read("between 20 and 30 million"), "ko")
    '2000만~3000만'
    """
    return saying.interval(value, language, lambda number: number)


def explained(text: str, language: str = "") -> list[Step]:
    """How a text was read as a number; raises ``Unreadable`` as :func:`kg.values.number.grammar.read` does.

    >>> print(*explained("about two million"), sep="; ")
    about = ≈; two million = 2,000,000
    """
    value = grammar.read(text, language)
    shown = normal(text)
    tokens = joined(grammar.scan(shown, language), style(language))
    return steps(tokens, shown, value, style(language), lambda _token: None)
