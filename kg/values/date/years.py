"""A year that is said twice: in two ways of counting (令和7(2025)年), or by both its parts (FY2024-25)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.language_tags import primary_language
from kg.values.date.vocabulary import begins_amid, begins_there

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

OF_ACCOUNTS: Final = frozenset({"quarter", "half", "fiscal", "season", "unit", "steps"})
"""The kinds of token that may name a year of accounts, or a part of one."""
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


def ended(tokens: list[Token]) -> list[Token]:
    """The tokens of a year of accounts of which the end is said as those of the year that ended then.

    2024财年（截至2025年3月）, FY2024 (ended March 2025), 截至2024年9月的财年.
    """
    kinds = [token.kind for token in tokens]
    if {*kinds[:2]} == {"digits", "fiscal"} and kinds[2:3] == ["open"] and kinds[-1] == "close":
        name, inner = tokens[:2], tokens[3:-1]
    elif kinds[-2:] == ["of", "fiscal"]:
        name, inner = tokens[-1:], tokens[:-2]
    else:
        return tokens
    if not inner or not (inner[0].kind == "ended" or (inner[0].kind == "bound" and inner[0].value == "<=")):
        return tokens
    if inner[-1].kind == "ended-then":
        inner = inner[:-1]  # 截至2024年6月30日止
    return [name[0]._replace(kind="steps", value="year"), inner[0]._replace(kind="ended"), *inner[1:]]


def of_accounts(tokens: list[Token], language: str) -> list[Token]:
    """The tokens with years of accounts as their language or region has them.

    Two years on end are the first one: of a winter, or of a year of accounts that lies in both, FY2024-25.
    Where the region is known such a year is named by its end, too: FY25 in India.
    """
    main, there = primary_language(language), begins_there(language)
    month = next((first for token in tokens if (first := _month(token, main))), 0)
    winter = any(token.kind == "season" and token.value == _WINTER for token in tokens)
    if not month and not winter:
        return tokens
    for place in range(len(tokens)):
        for length in (1, 3):
            number = _first(tokens[place : place + length])
            if number:
                end = tokens[place + length - 1].end
                year = tokens[place]._replace(text=number, value=number, end=end)
                found = [*tokens[:place], year, *tokens[place + length :]]
                return found if winter else _beginning(found, place, there or month)
    fiscal = there and any(token.kind == "fiscal" for token in tokens)
    return [_named_by_end(token, there) for token in tokens] if fiscal else tokens


def _month(token: Token, language: str) -> int:
    """The first month of a year of accounts that a word names, or a part of one; 0 of all others."""
    part = token.kind in {"quarter", "half", "fiscal"} or token.value in ("quarter", "half")
    return begins_amid(token.language or language) if part else 0


def _named_by_end(token: Token, month: int) -> Token:
    return token._replace(value=-month) if token.kind == "fiscal" and token.value == 1 else token


def _beginning(tokens: list[Token], year: int, month: int) -> list[Token]:
    """The tokens with the month that their year of accounts begins with; two years alone name one too."""
    if not any(token.kind == "fiscal" for token in tokens):
        token = tokens[year]
        tokens = [*tokens[:year], token._replace(kind="fiscal", end=token.start), *tokens[year:]]
    return [token._replace(value=month) if token.kind == "fiscal" else token for token in tokens]


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
