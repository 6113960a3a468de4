"""A year that is said twice: in two ways of counting (令和7(2025)年), or by both its parts (FY2024-25)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.date.vocabulary import begins_amid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_YEAR_LENGTH: Final = 4
_WINTER: Final = 24
_HYPHENS: Final = frozenset("-–/")
_BOTH: Final = re.compile(r"([0-9]{4}|[0-9]{2})\s?[-/]\s?([0-9]{4}|[0-9]{2})")
_CENTURY: Final = 100


def once(tokens: list[Token]) -> list[Token]:
    """The tokens without years in brackets, where each is the one that stands before them."""
    if not any(token.kind == "era" for token in tokens):
        return tokens
    found: list[Token] = []
    rest = list(tokens)
    while rest:
        end = next((at for at, token in enumerate(rest) if token.kind == "close"), 0)
        said = _year(rest[1:end]) if rest[0].kind == "open" and end else None
        if said is not None and said == _last_year(found):
            rest = rest[end + 1 :]
        else:
            found.append(rest.pop(0))
    return found


def _last_year(tokens: Sequence[Token]) -> int | None:
    """The year that ends the tokens, or None."""
    for length in (3, 2, 1):
        if length <= len(tokens) and (found := _year(tokens[-length:])) is not None:
            return found
    return None


def _year(tokens: Sequence[Token]) -> int | None:
    """The year that the tokens are: an era, digits and a unit, of which the digits alone must be there."""
    rest = list(tokens)
    era = rest.pop(0).value if rest and rest[0].kind == "era" else None
    if rest and (rest[-1].kind == "fiscal" or (rest[-1].kind == "unit" and rest[-1].value == "year")):
        rest.pop()
    if len(rest) != 1 or rest[0].kind != "digits" or not rest[0].value.isdigit():
        return None
    number: str = rest[0].value
    if era is None:
        return int(number) if len(number) == _YEAR_LENGTH else None
    return int(number) + int(era) if len(number) <= _YEAR_LENGTH else None


def first_of_two(tokens: list[Token]) -> list[Token]:
    """The tokens with two years on end as the first one: of a winter, or a year of accounts, FY2024-25.

    That one begins in the month that its language says, as it lies in both; elsewhere nothing changes.
    """
    at = next((at for at, token in enumerate(tokens) if _is_amid(token)), None)
    if at is None:
        return tokens
    for place in range(len(tokens)):
        for length in (1, 3):
            first = _first(tokens[place : place + length])
            if first:
                year = tokens[place]._replace(text=first, value=first, end=tokens[place + length - 1].end)
                found = [*tokens[:place], year, *tokens[place + length :]]
                return [_beginning_amid(token) for token in found]
    return tokens


def _is_amid(token: Token) -> bool:
    """Whether a word names what may lie in two years."""
    return (token.kind == "season" and token.value == _WINTER) or (
        token.kind == "fiscal" and begins_amid(token.language) > 0
    )


def _beginning_amid(token: Token) -> Token:
    return token._replace(value=begins_amid(token.language)) if token.kind == "fiscal" else token


def _first(tokens: Sequence[Token]) -> str:
    """The first of two years that follow each other, "" if tokens are not these."""
    kinds = [token.kind for token in tokens]
    if kinds == ["digits", "range", "digits"] and tokens[1].text in _HYPHENS:
        found = _BOTH.fullmatch(f"{tokens[0].text}-{tokens[2].text}")
    else:
        found = _BOTH.fullmatch(tokens[0].text) if kinds == ["digits"] else None
    if found is None or len(found[2]) > len(found[1]):
        return ""
    next_year = (int(found[1]) + 1) % (_CENTURY if len(found[2]) < _YEAR_LENGTH else _CENTURY**2)
    return found[1] if int(found[2]) == next_year else ""
