"""Compounds that end in a label are labels: *Übernahmepreis*, 수주계약금액은, 营业收入, 調達総額."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_SAYING_NOTHING: Final = frozenset({"label", "filler"})
_LONGEST: Final = 24
"""Characters of a compound; what is longer is a sentence."""


def labelled(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with compounds of unknown words as labels, where they end in a label.

    Words of scripts without spaces come as one unknown token a character: those that stand
    close together are one compound, with the label that they run into. None is one that says
    "not": 未融资.
    """
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        end = _end(tokens, at)
        if end > at:
            run = tokens[at:end]
            word = "".join(token.text for token in run).lower()
            if _is_label(word):
                found.append(run[0]._replace(kind="label", text=word, value=word, end=run[-1].end))
            else:
                found += run
            at = end
        else:
            found.append(tokens[at])
            at += 1
    return found


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where the compound ends that begins here with an unknown word; ``at`` if none does."""
    if tokens[at].kind != "unknown":
        return at
    end = at + 1
    while end < len(tokens) and tokens[end].start == tokens[end - 1].end:
        kind = tokens[end].kind
        if kind != "unknown" and (kind not in _SAYING_NOTHING or tokens[end].text not in _ends()):
            break
        end += 1
    return end


def _is_label(word: str) -> bool:
    if len(word) > _LONGEST or any(no in word for no in _never()):
        return False
    return word.endswith(_ends_in_order()) or _without_tail(word).endswith(_ends_in_order())


def _without_tail(word: str) -> str:
    """The word without what is put behind a noun: 금액은, 매출액이, 비용으로."""
    tail = next((tail for tail in _tails() if word.endswith(tail)), "")
    return word[: len(word) - len(tail)] if tail else word


@of_tables
def _ends() -> frozenset[str]:
    return frozenset(_list("end"))


@of_tables
def _ends_in_order() -> tuple[str, ...]:
    return tuple(sorted(_list("end")))


@of_tables
def _tails() -> tuple[str, ...]:
    return tuple(sorted(_list("tail"), key=lambda tail: (-len(tail), tail)))


@of_tables
def _never() -> tuple[str, ...]:
    return tuple(sorted(_list("never")))


def _list(name: str) -> set[str]:
    return {word for table in tables().values() for word in table.get("label", {}).get(name, ()) if word}
