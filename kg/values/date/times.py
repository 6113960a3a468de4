"""Times of a day from one to another: ``2월 13일 14:00~16:00`` is that day, and no range of days."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token


def without_time_ranges(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the end of each range that stands between two times of day."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        end = _time(tokens, at + 1) if tokens[at].kind == "range" and _ends_in_time(found) else at
        if end > at + 1:
            at = end
        else:
            found.append(tokens[at])
            at += 1
    return found


def _ends_in_time(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and (tokens[-1].kind == "clock" or _is_written_out(tokens[-1]))


def _time(tokens: Sequence[Token], at: int) -> int:
    """Where the time ends that begins at a place; the place itself if none does."""
    end = at
    while end < len(tokens) and tokens[end].kind == "time":
        end += 1
    if end < len(tokens) and _is_written_out(tokens[end]):
        return end + 1
    found = at
    while [token.kind for token in tokens[end : end + 2]] == ["digits", "clock"]:
        found = end = end + 2
    return found


def _is_written_out(token: Token) -> bool:
    return token.kind == "digits" and ":" in token.text
