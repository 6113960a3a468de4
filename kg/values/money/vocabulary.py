"""The vocabulary of money, made ready for the scanner once for each language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from kg.values.numeral import NUMBER
from kg.values.scanner import scanner
from kg.values.vocabulary import ANY, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.vocabulary import Token

SECTIONS: Final = ("money", "mark", "number")


@cache
def codes() -> frozenset[str]:
    """The currency codes of ISO 4217, list one."""
    return frozenset(tables()[ANY]["money"]["code"])


@cache
def whole() -> frozenset[str]:
    """The currencies that have no smaller unit in use."""
    return frozenset(tables()[ANY]["currency"]["whole"])


@cache
def family(currency: str) -> frozenset[str]:
    """The other currencies that the symbol or word of this one may stand for."""
    return frozenset(tables()[ANY]["currency"]["family"].get(currency, ()))


def scan(language: str) -> Callable[[str], list[Token]]:
    """The scanner for amounts; words of ``language`` win where languages differ."""
    return scanner(SECTIONS, NUMBER, language)
