"""A place in the tokens of a text, which the rules of the grammars move forward."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.values.grammar.scanner import END

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.grammar.scanner import Senses, Token


_ENDS: Final = (END.senses, END.senses, END.senses)


class Habits(NamedTuple):
    """How a language writes numbers: ``[language]`` of its table."""

    comma: bool | None = False
    """Whether a comma separates the decimals; None if it only groups."""
    shorthand: bool = False
    """Whether a digit after a scale counts the next lower power: 1万5."""
    vigesimal: bool = False
    """Whether ``soixante`` and ``quatre-vingts`` take numbers up to nineteen."""


class Cursor:
    """The tokens of a text in one language.

    A rule returns a value and stands behind what it consumed, or returns None and stands where it stood.
    """

    __slots__ = ("at", "comma", "end", "senses", "shorthand", "tokens", "vigesimal")

    def __init__(self, tokens: Sequence[Token], habits: Habits) -> None:
        """Stand at the first token."""
        self.tokens = tokens
        self.senses: list[Senses] = [token[0] for token in tokens]
        self.senses += _ENDS
        self.end = len(tokens)
        self.at = 0
        self.comma, self.shorthand, self.vigesimal = habits

    def done(self) -> bool:
        """Whether every token is consumed."""
        return self.at >= self.end

    def peek(self, kind: str, ahead: int = 0) -> Any:  # noqa: ANN401 - the value of a word
        """What a token means as ``kind``, or None."""
        return self.senses[self.at + ahead].get(kind)

    def take(self, kind: str) -> Any:  # noqa: ANN401 - the value of a word
        """What the token means as ``kind``, which is then consumed; or None."""
        value = self.senses[self.at].get(kind)
        if value is not None:
            self.at += 1
        return value

    def is_joined(self) -> bool:
        """Whether no space parts the token from the one before it."""
        at = self.at
        return 0 < at < self.end and self.tokens[at].start <= self.tokens[at - 1].end
