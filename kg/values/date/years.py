"""A year that is said twice, in two ways of counting: 2025年(令和7年)2月4日, 令和7(2025)年."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_YEAR_LENGTH: Final = 4


def once(tokens: list[Token]) -> list[Token]:
    """The tokens without the year in brackets, where it is the one that stands before them."""
    kinds = [token.kind for token in tokens]
    if "era" not in kinds or kinds.count("open") != 1 or kinds.count("close") != 1:
        return tokens
    start, end = kinds.index("open"), kinds.index("close")
    said = _year(tokens[start + 1 : end])
    if said is None or said != _last_year(tokens[:start]):
        return tokens
    return tokens[:start] + tokens[end + 1 :]


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
