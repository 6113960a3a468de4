"""A year that is said twice, in two ways of counting: 2025年(令和7年)2月4日, 令和7(2025)年."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_YEAR_LENGTH: Final = 4


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
