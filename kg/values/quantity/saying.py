"""A quantity in a normal form of a language, and how a text was read as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language_tags import primary_language
from kg.values.explanation import Step
from kg.values.interval import saying
from kg.values.interval.explaining import steps
from kg.values.number.fractions import joined
from kg.values.numeral import style
from kg.values.quantity import grammar
from kg.values.scanner import normal
from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from kg.values.quantity.meaning import Quantity
    from kg.values.vocabulary import Token


def said(value: Quantity, language: str) -> str:
    """The quantity in a normal form of ``language``.

    >>> said(grammar.read("over 10,000 employees"), "ko"), said(grammar.read("3나노"), "en")
    ('1만 명 초과', '3 nm')
    """
    unit = _name(value.unit, language)
    return saying.interval(value.number, language, lambda number: f"{number} {unit}")


def explained(text: str, language: str = "") -> list[Step]:
    """How a text was read as a quantity; raises ``Unreadable`` as ``grammar.read`` does.

    >>> print(*explained("약 1만 명"), sep="; ")
    약 = ≈; 1만 = 10,000; 명 = person
    """
    value = grammar.read(text, language)
    shown = normal(text)

    def unit(token: Token) -> Step | None:
        return Step(shown[token.start : token.end], token.value) if token.kind == "unit" else None

    tokens = joined(grammar.scan(text, language), style(language))
    return steps(tokens, shown, value.number, style(language), unit)


@of_tables
def _name(unit: str, language: str) -> str:
    """A symbol as it is; for what is counted, the first word of the language's own table."""
    symbols = tables()["und"]["unit"]["unit"].values()
    own = tables().get(primary_language(language), {}).get("unit", {}).get("unit", {})
    return unit if unit in symbols else next((word for word, known in own.items() if known == unit), unit)
