"""Numbers in words: ``twenty five``, ``nineteen eighty six``, ``二〇二四``, ``三十``, ``thirty-first``.

Words of the kinds ``count`` (a number), ``power`` (a power of ten) and ``ordinal`` become the
digits that they say, so that the grammar of dates sees one kind of number. A word that says
several things (``사흘``, three days; ``昨夏``, the summer of last year) becomes all of them.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from kg.values.vocabulary import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

_TEN: Final = 10
_HUNDRED: Final = 100
_KINDS: Final = frozenset({"count", "power", "ordinal"})
_SEVERAL: Final = "words"
SPELLED: Final = _KINDS | {_SEVERAL}
"""The kinds of token that numbers in words are made of."""


def in_digits(tokens: list[Token]) -> list[Token]:
    """The tokens with each run of number words put together.

    A number is a token ``digits``, an ordinal a token ``nth`` whose value is the number.
    """
    if SPELLED.isdisjoint([token.kind for token in tokens]):
        return tokens
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind not in _KINDS:
            found += _several(tokens[at]) if tokens[at].kind == _SEVERAL else [tokens[at]]
            at += 1
            continue
        end = _end(tokens, at)
        read = _Words().read(tokens[at:end])
        found += [token._replace(start=tokens[at].start, end=tokens[end - 1].end) for token in read]
        at = end
    return found


def without_guesses(tokens: list[Token]) -> list[Token]:
    """``两三年前``, ``三五天``: two digits next to each other before what is counted say about how many."""
    found = tokens
    for at in range(len(tokens) - 2):
        first, second, unit = tokens[at : at + 3]
        digits = first.kind == second.kind == "count" and max(first.value, second.value) < _TEN
        if not digits or unit.kind not in {"unit", "steps"} or (at and tokens[at - 1].kind in _KINDS):
            continue
        after = tokens[at + 3].kind if at + 3 < len(tokens) else ""
        before = tokens[at - 1].kind if at else ""
        if unit.kind == "steps" or after in {"ago", "inside", "lasting"} or before == "direction":
            found = [*found[:at], first._replace(kind="vague"), *found[at + 1 :]]
    return found


def spelled(text: str, tokens: Sequence[Token]) -> str:
    """How some tokens stand in a text, or their own words if they can't be found there."""
    normal = unicodedata.normalize("NFKC", text)
    small = normal.lower()
    if len(small) != len(normal):
        return " ".join(token.text for token in tokens)
    words = [token.text.lower() for token in tokens if token.text]
    start = small.find(words[0]) if words else -1
    at = start
    for word in words:
        at = small.find(word, at)
        if at < 0 or start < 0:
            return " ".join(token.text for token in tokens)
        at += len(word)
    return normal[start:at]


def _several(token: Token) -> list[Token]:
    return [token._replace(kind=kind, value=value) for kind, value in token.value]


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where the run of number words ends that begins here."""
    while at < len(tokens):
        kind = tokens[at].kind
        following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        if kind == "ordinal":
            return at + 1
        if kind in {"count", "power"} or _joins(tokens[at - 1], tokens[at], following):
            at += 1
        else:
            return at
    return at


def _joins(before: Token, token: Token, following: str) -> bool:
    """Whether ``and`` or a hyphen stands within a number: thirty-first, two thousand and five."""
    if following not in {"count", "ordinal"}:
        return False
    if token.kind == "join":
        return before.kind == "power"
    return (
        token.text == "-" and before.kind == "count" and before.value >= 2 * _TEN and not before.value % _TEN
    )


class _Words:
    """One run of number words while it is read."""

    __slots__ = ("groups", "total", "unit", "words")

    def __init__(self) -> None:
        self.groups: list[int] = []
        """Numbers that stand side by side: nineteen, eighty-six."""
        self.total: int | None = None
        """The thousands and hundreds so far."""
        self.unit: int | None = None
        """The number below the next power."""
        self.words: list[str] = []

    def read(self, tokens: Sequence[Token]) -> list[Token]:
        ordinal = tokens[-1].kind == "ordinal"
        for token in tokens:
            self.words.append(token.text)
            if token.kind == "power":
                self.total = (self.total or 0) + (1 if self.unit is None else self.unit) * int(
                    _TEN**token.value
                )
                self.unit = None
            elif token.kind != "join" and token.text != "-":
                self._add(token.value)
        self._close()
        if len(self.groups) > 1 and all(0 <= group < _TEN for group in self.groups) and not ordinal:
            digits = "".join(map(str, self.groups))
            return [Token("digits", digits, " ".join(self.words))]
        return self._tokens(ordinal=ordinal)

    def _add(self, number: int) -> None:
        if self.unit is None:
            self.unit = number
        elif self.unit >= 2 * _TEN and not self.unit % _TEN and 0 < number < _TEN:
            self.unit += number
        else:
            self._close()
            self.unit = number

    def _close(self) -> None:
        if self.unit is not None or self.total is not None:
            self.groups.append((self.total or 0) + (self.unit or 0))
        self.total, self.unit = None, None

    def _tokens(self, *, ordinal: bool) -> list[Token]:
        text = " ".join(self.words)
        *before, last = self.groups
        if not ordinal and before and _TEN <= before[-1] < _HUNDRED and _TEN <= last < _HUNDRED:
            last += before.pop() * _HUNDRED
        numbers = [Token("digits", str(number), str(number)) for number in before]
        return [*numbers, Token("nth", last, text) if ordinal else Token("digits", str(last), text)]
