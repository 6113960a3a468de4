"""A share in a normal form of a language, and how a text was read as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.values.explanation import Step
from kg.values.interval import saying
from kg.values.interval.explaining import steps
from kg.values.number.fractions import joined
from kg.values.number.limits import plain
from kg.values.numeral import raised, style
from kg.values.percent import grammar
from kg.values.scanner import normal

if TYPE_CHECKING:
    from kg.values.interval.meaning import Interval
    from kg.values.vocabulary import Token


def said(value: Interval, language: str) -> str:
    """The share in a normal form of ``language``.

    >>> said(grammar.read("up to 30 percent"), "ko")
    '30% 이하'
    """
    return saying.interval(value, language, lambda number: f"{number}%")


def explained(text: str, language: str = "") -> list[Step]:
    """How a text was read as a share; raises ``Unreadable`` as :func:`kg.values.percent.grammar.read` does.

    >>> print(*explained("약 3할 2푼"), sep="; ")
    약 = ≈; 3 = 3; 할 = 10%; 2 = 2; 푼 = 1%
    """
    value = grammar.read(text, language)
    shown = normal(text)

    def unit(token: Token) -> Step | None:
        if token.kind != "percent":
            return None
        return Step(shown[token.start : token.end], f"{plain(raised(1, token.value))}%")

    tokens = joined(grammar.scan(text, language), style(language))
    return steps(tokens, shown, value, style(language), unit)
