"""Why a text is no amount: what was not understood, and what would have been read without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import Unreadable
from kg.values.amount.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.values.amount.meaning import Money
    from kg.values.grammar.scanner import Token

_MOST: Final = 40
"""Tokens of a text in which the piece that would be an amount is looked for: the cost is its square."""
KINDS: Final = {
    "undisclosed": "money-no-amount",
    "rate": "money-rate",
    "loss": "money-loss",
    "change": "money-change",
    "part": "money-part",
    "comparison": "money-comparison",
    "vague": "money-no-amount",
}
"""Kinds of words that make a text something else than an amount -> code; the first one decides."""


class Explanation(NamedTuple):
    """Why a text was refused."""

    code: str
    """One of ``KINDS``, ``money-two-amounts``, or ``money-word`` for unknown words."""
    words: tuple[str, ...]
    """The pieces of the text that were not understood."""
    without: str
    """The amount that would have been read without them, in its canonical form; "" if there is none."""


def explain(
    tokens: Sequence[Token], text: str, parse: Callable[[Sequence[Token]], Money | None]
) -> Explanation:
    """What is outside the longest piece of ``tokens`` that ``parse`` reads as an amount."""
    found = _longest(tokens[:_MOST], parse)
    if found is None:
        words = _pieces(tokens, text)
        return Explanation(_code(tokens), words, "")
    start, end, amount = found
    rest = (tokens[:start], tokens[end:])
    words = tuple(piece for part in rest if (piece := _piece(part, text)))
    several = any(_longest(part[:_MOST], parse) is not None for part in rest)
    outside = [*rest[0], *rest[1]]
    code = _code(outside)
    return Explanation(
        "money-two-amounts" if several and code == "money-word" else code, words, canonical(amount)
    )


def _longest(
    tokens: Sequence[Token], parse: Callable[[Sequence[Token]], Money | None]
) -> tuple[int, int, Money] | None:
    """The longest piece that is an amount, the first of several."""
    for size in range(len(tokens), 0, -1):
        for start in range(len(tokens) - size + 1):
            try:
                found = parse(tokens[start : start + size])
            except Unreadable:
                continue
            if found is not None:
                return start, start + size, found
    return None


def _code(tokens: Sequence[Token]) -> str:
    kinds = {kind for token in tokens for kind in token.senses}
    return next((code for kind, code in KINDS.items() if kind in kinds), "money-word")


def _pieces(tokens: Sequence[Token], text: str) -> tuple[str, ...]:
    """The runs of words that no table knows; all of the text if it has none."""
    runs: list[list[Token]] = []
    before = None
    for at, token in enumerate(tokens):
        if not token.senses:
            if before == at - 1 and runs:
                runs[-1].append(token)
            else:
                runs.append([token])
            before = at
    return tuple(_piece(run, text) for run in runs) or (text,)


def _piece(tokens: Sequence[Token], text: str) -> str:
    return text[tokens[0].start : tokens[-1].end].strip(" ,.;") if tokens else ""
