"""What stands beside an amount and is of something else, as labels: *below-market*, *(before costs)*.

So that what is left is the amount and the words around it. Numbers are in ``others``, words and signs that
are parts of an amount elsewhere in ``single``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import denies
from kg.values.money import cut_words
from kg.values.money.compounds import is_within_word
from kg.values.money.others import Numbers
from kg.values.money.side import CURRENCIES
from kg.values.money.single import begins_word, is_behind, is_lone, is_single
from kg.values.money.telling import (
    ASIDE,
    COUNTED,
    MARKS,
    NUMBERS,
    TIMES,
    VALUES,
    WORDS,
    listed,
    say_nothing,
)
from kg.values.vocabulary import of_tables, with_gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.values.vocabulary import Token

_PARTS: Final = frozenset({"subunit", "tenth"})
_TELLING: Final = CURRENCIES | TIMES | MARKS | {"vague", "each", "subunit", "tenth", "minus", "not-equal"}
"""What a remark in brackets has that may be one of the amount."""
_BRACKETS: Final = frozenset({"open", "close"})
_DAY: Final = re.compile(r"[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}\.?|20[0-9]{2}")


def set_aside(tokens: Sequence[Token], language: str, *, remarks: bool = False) -> list[Token]:
    """The tokens with what is of something else as labels; ``remarks``: also labels in brackets."""
    return _Aside(tokens, language, known=remarks).read()


def _within(tokens: Sequence[Token], of: Numbers) -> list[Token]:
    """The same of a remark beside an amount."""
    remark = _Aside(tokens, of.language, known=False)
    remark.has_figures = of.has_figures
    return remark.read()


class _Aside(Numbers):
    """The tokens of a text, one after the other."""

    def __init__(self, tokens: Sequence[Token], language: str, *, known: bool) -> None:
        super().__init__(tokens, language)
        self.remarks = WORDS if known else {"unknown"}
        self.found: list[Token] = []

    def read(self) -> list[Token]:
        at = 0
        while at < len(self.tokens):
            at = self._take(at)
        return self.found

    def _take(self, at: int) -> int:
        """Put what begins at a place behind what is found; gives the place after it."""
        share = self.share(at)
        if share and self.belongs(at):
            first = self.found.pop()
            self.found.append(first._replace(kind="label", value=COUNTED))
        if end := self._compound(at):
            return self._add(at, end, "label")
        if end := cut_words.word(self, at):
            return self._add(at, end, "unknown")
        if end := cut_words.whole_word(self, at):
            return self._add(at, end, "label", ASIDE)
        if end := self._remark(at) or self.named(at):
            return self._add(at, end, "label")
        if end := share or self.marked(at) or self.count(at):
            return self._add(at, end, "label", COUNTED)
        if end := cut_words.numeral_of_name(self, at) or cut_words.katakana_word(self, at):
            return self._add(at, end, "label")
        self.found.append(self._alone(at))
        return at + 1

    def _add(self, at: int, end: int, kind: str, value: str = "") -> int:
        words = with_gaps(self.tokens[at:end])
        value = value or words
        last = self.tokens[end - 1].end
        self.found.append(self.tokens[at]._replace(kind=kind, value=value, text=words, end=last))
        return end

    def _compound(self, at: int) -> int:
        """Where a word with hyphens ends that begins here and is not known, or 0: below-market."""
        tokens = self.tokens
        if self.text(at + 1) != "-":
            return 0
        end, unknown = at, tokens[at].kind in MARKS | {"unknown", "fraction", "vague"}
        while self.text(end + 1) == "-" and end + 2 < len(tokens) and _is_hyphenated(tokens[end : end + 3]):
            end += 2
            unknown = unknown or tokens[end].kind == "unknown"
        last = tokens[end]
        if end == at or not unknown or last.kind in VALUES or last.text.lower() in listed("parts"):
            return 0
        return end + 1

    def _remark(self, at: int) -> int:
        """Where brackets end that begin here, if no amount is in them, or 0: (Mar 2023), (before costs)."""
        if self.kind(at) != "open":
            return 0
        end = next((n for n in range(at + 1, len(self.tokens)) if self.kind(n) in _BRACKETS), 0)
        inner = self.tokens[at + 1 : end] if self.kind(end) == "close" else ()
        plain = [token for token in _within(inner, self) if not _DAY.fullmatch(token.text)]
        alone = self.kind(end + 1) in WORDS | {""} and self.kind(at - 1) in VALUES | MARKS | WORDS
        if alone and self._is_of_amount(at, plain):
            return end + 1
        if not any(token.kind in self.remarks for token in inner) and plain == [*inner]:
            return 0
        return end + 1 if say_nothing(plain, self.language) else 0

    def _is_of_amount(self, at: int, inner: Sequence[Token]) -> bool:
        """Whether a remark behind an amount is none of it: it has words, but no currency, scale or bound."""
        if inner and inner[0].kind == "bound":
            inner = inner[1:]  # 이하 "보증금"이라 한다
        counted = any(token.value == COUNTED for token in inner)
        last = {"vague", "bound"} if counted else {"vague"}  # 資金調達方法は未定, 1.6㎞까지
        if len(inner) > 1 and inner[-1].kind in last and inner[-2].kind in WORDS:
            inner = inner[:-1]
        kinds = [token.kind for token in inner]
        if not self.remarks or self.amount > at or _TELLING.intersection(kinds):
            return False
        words = with_gaps([token for token in inner if token.kind in WORDS]).lower()
        said = counted or any(map(str.isalpha, words))  # (+8.4%)
        return said and not denies(_left_out()("", words))

    def _alone(self, at: int) -> Token:
        """A token; a label where it is no part of an amount: *under* the Act, L&*T*, *Dollar* General."""
        token = self.tokens[at]
        if is_single(self, at):
            return token._replace(kind="label", value=ASIDE)
        if is_behind(self, at):
            return token._replace(kind="label")
        within = is_within_word(self.tokens, at) and not (self.is_value(at + 1) or self.is_value(at - 1))
        begins = token.kind in NUMBERS and begins_word(self, at)
        lone = is_lone(self, at) and (begins or token.kind in _PARTS)
        return token._replace(kind="unknown") if within or lone else token


@of_tables
def _left_out() -> Callable[[str, str], str]:
    """Takes out of a remark that something is left out, and multiples: 手数料を除く, 前年の2.3倍."""
    times = "|".join(f"[0-9.]+ ?{word}" for word in sorted(listed("times-of")))
    words = [re.escape(word) for word in sorted(listed("left-out"), key=len, reverse=True)]
    return re.compile("|".join(filter(None, [times, *words])) or "(?!)").sub


def _is_hyphenated(three: Sequence[Token]) -> bool:
    first, hyphen, second = three
    glued = first.end == hyphen.start and hyphen.end == second.start
    return glued and first.text[-1].isalpha() and second.text[0].isalpha()
