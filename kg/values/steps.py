"""Rules that rewrite the tokens of a text one after the other, each where it may matter.

A rule is for words that say together what they don't say alone. It is asked only where one of its kinds
of token is found, so that most texts meet few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.values.vocabulary import Token


class Step(NamedTuple):
    """One rule, and where it is asked."""

    kinds: frozenset[str] | None
    """Kinds of token of which it needs one; None: any text."""
    rewrite: Callable[[list[Token]], list[Token]]
    """Gives the same list where it changes nothing."""


def rewritten(tokens: list[Token], steps: Iterable[Step]) -> list[Token]:
    """The tokens after all steps; each sees what those before it left."""
    kinds = {token.kind for token in tokens}
    for wanted, rewrite in steps:
        if wanted is None or not kinds.isdisjoint(wanted):
            before, tokens = tokens, rewrite(tokens)
            if tokens is not before:
                kinds = {token.kind for token in tokens}
    return tokens
