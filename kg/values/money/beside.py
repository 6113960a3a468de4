"""The tokens of a text with an amount, and what stands at a place of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.money.side import CURRENCIES
from kg.values.money.telling import TIMES, VALUES, WORDS, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

COUNTS: Final = frozenset({"digits", "count", "digit"})
_FIGURES: Final = TIMES | {"digits"}


class Beside:
    """The tokens of a text, by their places; where there is none, all is "" or nothing."""

    def __init__(self, tokens: Sequence[Token], language: str) -> None:
        """``tokens`` are those of a whole text."""
        self.tokens = tokens
        self.language = language
        kinds = [token.kind for token in tokens]
        self._kinds = dict(enumerate(kinds))
        self._texts = {at: token.text.lower() for at, token in enumerate(tokens)}
        self.several = sum(kind in COUNTS for kind in kinds) > 1
        """Whether there is more than one number."""
        currencies = [at for at, kind in enumerate(kinds) if kind in CURRENCIES]
        counted = [at for at in currencies if self.kind(at - 1) in _FIGURES or self.kind(at + 1) in _FIGURES]
        self.amount = (counted or currencies or [len(tokens)])[0]
        """Where the first currency stands, of those that figures are beside if there are such."""
        self.has_figures = bool(counted)
        """Whether an amount is in digits, and not in words only."""

    def kind(self, at: int) -> str:
        """The kind of a token, "" where there is none."""
        return self._kinds.get(at, "")

    def text(self, at: int) -> str:
        """The text of a token in small letters, "" where there is none."""
        return self._texts.get(at, "")

    def start(self, at: int) -> int:
        """Where a token begins, -1 where there is none."""
        return self.tokens[at].start if at < len(self.tokens) else -1

    def is_value(self, at: int) -> bool:
        """Whether a token is a number or a currency."""
        return self._kinds.get(at) in VALUES

    def leads_to_word(self, at: int) -> bool:
        """Whether a word follows, but for fillers, or an article before an amount: under a $5m contract."""
        if self.kind(at) == "article":
            shared = self.kind(at + 1) == "fraction" and self.kind(at + 3) == "article"
            return not shared and self.kind(at + 1) not in TIMES  # over a quarter of a million
        while self.kind(at) == "filler":
            at += 1
        return self.kind(at) in WORDS

    def is_of_noun(self, at: int) -> bool:
        """Whether a share is one of what a word names, not of an amount: 100% of the shares."""
        while self.kind(at) == "filler" or self.text(at) in listed("whose"):
            at += 1
        return self.kind(at) in WORDS

    def is_glued_to(self, at: int) -> bool:
        """Whether no space stands before a token."""
        return self.tokens[at - 1].end == self.start(at)
