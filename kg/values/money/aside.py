"""What stands beside an amount and is of something else, as labels: *below-market*, *(before costs)*.

So that what is left is the amount and the words around it. Numbers are in ``others``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import denies
from kg.values.interval.particles import may_stand_first
from kg.values.money.compounds import is_within_word
from kg.values.money.others import Numbers
from kg.values.money.side import CURRENCIES
from kg.values.money.telling import (
    ASIDE,
    COUNTED,
    MARKS,
    NUMBERS,
    TIMES,
    VALUES,
    WORDS,
    is_glued,
    listed,
    say_nothing,
)
from kg.values.vocabulary import with_gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_NOUNS: Final = frozenset({"unknown", "label"})
_PARTS: Final = frozenset({"subunit", "tenth"})
_TELLING: Final = CURRENCIES | TIMES | MARKS | {"vague", "each", "subunit", "tenth", "minus", "not-equal"}
"""What a remark in brackets has that may be one of the amount."""
_SIGNS: Final = frozenset("&'’・")
"""Signs behind a number in a name: Seven & i."""
_BRACKETS: Final = frozenset({"open", "close"})
_DAY: Final = re.compile(r"[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}\.?|20[0-9]{2}")
_HANGUL: Final = re.compile("[가-힣]+(?: [가-힣]+)*")
_LATIN: Final = re.compile("[A-Za-z]")


def set_aside(tokens: Sequence[Token], language: str, *, remarks: bool = False) -> list[Token]:
    """The tokens with what is of something else as labels; ``remarks``: also labels in brackets."""
    return _Aside(tokens, language, known=remarks).read()


class _Aside(Numbers):
    """The tokens of a text, one after the other."""

    def __init__(self, tokens: Sequence[Token], language: str, *, known: bool) -> None:
        super().__init__(tokens, language)
        self.remarks = WORDS if known else {"unknown"}
        self.found: list[Token] = []

    def read(self) -> list[Token]:
        at = 0
        while at < len(self.tokens):
            share = self.share(at)
            if share and self.belongs(at):
                first = self.found.pop()
                self.found.append(first._replace(kind="label", value=COUNTED))
            count = share or self.marked(at) or self.count(at)
            word = self._word(at)
            mark = self._marked_word(at)
            end = self._compound(at) or mark or word or self._remark(at) or self.named(at) or count
            if end:
                value = COUNTED if end == count else ASIDE if end == mark else ""
                self._add(at, end, "label" if end != word or mark else "unknown", value)
            else:
                self.found.append(self._alone(at))
            at = end or at + 1
        return self.found

    def _add(self, at: int, end: int, kind: str, value: str) -> None:
        words = with_gaps(self.tokens[at:end])
        value = value or words
        last = self.tokens[end - 1].end
        self.found.append(self.tokens[at]._replace(kind=kind, value=value, text=words, end=last))

    def _compound(self, at: int) -> int:
        """Where a word with hyphens ends that begins here and is not known, or 0: below-market."""
        tokens = self.tokens
        end, unknown = at, tokens[at].kind in MARKS | {"unknown", "fraction", "vague"}
        while self.text(end + 1) == "-" and end + 2 < len(tokens) and _is_hyphenated(tokens[end : end + 3]):
            end += 2
            unknown = unknown or tokens[end].kind == "unknown"
        last = tokens[end]
        if end == at or not unknown or last.kind in VALUES or last.text.lower() in listed("parts"):
            return 0
        return end + 1

    def _is_hangul(self, at: int) -> bool:
        return _HANGUL.fullmatch(self.tokens[at].text) is not None

    def _word(self, at: int) -> int:
        """Where a word in Hangul ends that begins like an amount, or 0: 공정위, 파운드리, 한화행."""
        tokens = self.tokens
        if not self._is_hangul(at) or self.kind(at - 1) in VALUES or self.kind(at) in {"unknown", "label"}:
            return 0
        if at and is_glued(tokens[at - 1], tokens[at]):
            return 0
        end = at + 1
        while end < len(tokens) and self._is_hangul(end) and is_glued(tokens[end - 1], tokens[end]):
            end += 1
        kinds = [token.kind for token in tokens[at + 1 : end]]
        mark = self.kind(at) in MARKS and "filler" in kinds  # 선정
        label = self.kind(at) in VALUES | {"each"} and "label" in kinds
        return end if "unknown" in kinds or mark or label else 0

    def _marked_word(self, at: int) -> int:
        """Where a word in Hangul ends that begins like a bound before the amount, or 0: 이상거래, 최소화."""
        after = self.tokens[at + 1 : at + 2]
        if self.kind(at) not in MARKS or at > self.amount or not after or after[0].kind not in _NOUNS:
            return 0
        glued = self._is_hangul(at) and self._is_hangul(at + 1) and is_glued(self.tokens[at], after[0])
        return at + 2 if glued else 0

    def _remark(self, at: int) -> int:
        """Where brackets end that begin here, if no amount is in them, or 0: (Mar 2023), (before costs)."""
        if self.kind(at) != "open":
            return 0
        end = next((n for n in range(at + 1, len(self.tokens)) if self.kind(n) in _BRACKETS), 0)
        inner = self.tokens[at + 1 : end] if self.kind(end) == "close" else ()
        plain = [token for token in set_aside(inner, self.language) if not _DAY.fullmatch(token.text)]
        alone = self.kind(end + 1) in WORDS | {""} and self.kind(at - 1) in VALUES | MARKS
        if alone and self._is_of_amount(at, plain):
            return end + 1
        if not any(token.kind in self.remarks for token in inner) and plain == [*inner]:
            return 0
        return end + 1 if say_nothing(plain, self.language) else 0

    def _is_of_amount(self, at: int, inner: Sequence[Token]) -> bool:
        """Whether a remark behind an amount can be none of it: it has words, but no currency, scale or bound."""
        kinds = [token.kind for token in inner]
        if not self.remarks or self.amount > at or _TELLING.intersection(kinds):
            return False
        words = [token for token in inner if token.kind in WORDS and token.text[0].isalpha()]
        return bool(words) and not any(denies(token.text.lower()) for token in words)

    def _alone(self, at: int) -> Token:
        """A token; a label where it is no part of an amount: *under* the Act, L&*T*, *Dollar* General."""
        token = self.tokens[at]
        kind = token.kind
        lone = not self.is_value(at + 1) and self.kind(at - 1) not in VALUES
        if kind == "bound":
            aside = self._is_before_word(at) or self._ends_name(at)
        elif kind == "approximate":
            article = self.kind(at + 1) == "article" and self.kind(at + 2) not in TIMES  # about a $3bn sale
            aside = article or (self.kind(at + 1) == "unknown" and self.kind(at - 1) not in VALUES)
        elif kind == "fraction":
            aside = self._is_apart_from_amount(at)
        elif kind == "each":
            aside = lone or self.counted(at + 1) > 0  # quarterly dividend of, 매월 25일
        elif kind == "multiple":
            aside = lone and len(token.text) == 1
        elif kind == "vague":
            aside = self.kind(at + 1) in _NOUNS and not (denies(token.text) or self.is_glued_to(at))
        elif kind == "count":
            aside = lone and self.text(at + 1) in _SIGNS
        elif kind == "between":
            aside = token.text.isascii() and self.leads_to_word(at + 1)
        elif kind == "range":
            aside = self._is_hyphen(at)
        elif kind == "convert":
            aside = not self.is_value(at + 1) or at < self.amount
        else:
            aside = lone and kind in CURRENCIES and self._is_of_name(at)
        if aside or (kind in MARKS and self._is_of_count(at)):
            return token._replace(kind="label", value=ASIDE)
        if kind in MARKS and self._is_behind(at):
            return token._replace(kind="label")
        beside = self.is_value(at + 1) or self.is_value(at - 1)
        within = is_within_word(self.tokens, at) and not beside
        within = within or (lone and kind in NUMBERS and self._begins_word(at))
        return token._replace(kind="unknown") if within or (lone and kind in _PARTS) else token

    def _is_hyphen(self, at: int) -> bool:
        """Whether a sign stands within a word of which the parts are known: 20-year*-*old airline."""
        words = self.kind(at - 1) in WORDS and self.kind(at + 1) in WORDS
        return (
            words
            and self.tokens[at - 1].end == self.tokens[at].start
            and self.start(at + 1) == self.tokens[at].end
        )

    def _is_apart_from_amount(self, at: int) -> bool:
        """Whether a share is none of the amount: a *third* of the shares, in its fourth *quarter*."""
        if self.text(at + 1) in listed("of"):
            return self.leads_to_word(at + 1)
        return (
            self.text(at).isascii()
            and self.kind(at - 1) == "unknown"
            and self.kind(at + 1) in WORDS | {"", "close"}
        )

    def _begins_word(self, at: int) -> bool:
        """Whether a lone character begins a word that is not known: 半导体."""
        token = self.tokens[at]
        lone = (
            len(token.text) == 1 and not token.text.isascii() and self.text(at + 1) not in listed("no-nouns")
        )
        return lone and self.kind(at + 1) == "unknown" and self.start(at + 1) == token.end

    def _is_before_word(self, at: int) -> bool:
        """Whether a bound speaks of the word after it: under the CHIPS Act, but not $5m over budget."""
        if self.text(at) not in listed("prepositions") or not self.leads_to_word(at + 1):
            return False
        after = self.kind(at + 1) in {"article", "filler"} or self.text(at + 1) not in listed("exceeded")
        return self.kind(at - 1) not in VALUES or after

    def _is_of_name(self, at: int) -> bool:
        """Whether a currency is another word or a part of a name: *won* by, *Dollar* General, レアル・."""
        if self.text(at + 1) == "・":
            return True
        if self._is_hangul(at):
            return self.kind(at - 1) in WORDS | {""} and self.kind(at + 1) in {"unknown", "label"}
        latin = _LATIN.match(self.tokens[at].text) is not None
        return latin and self.text(at - 1) != "-" and self.kind(at + 1) in WORDS

    def _is_behind(self, at: int) -> bool:
        """Whether a mark is one of what stands before it: 上場*前後*に."""
        before = at - 2 if self.text(at - 1) == "-" else at - 1  # $500 million-plus
        return self.kind(before) not in VALUES and self.tokens[at].text in listed("behind")

    def _is_of_count(self, at: int) -> bool:
        """Whether a mark is one of a number of something else: *約*30社が, 10년 *이상* 근속자."""
        token = self.tokens[at]
        if self.kind(at + 1) == "label" and self.text(at + 1)[:1].isdigit():
            return self.kind(at - 1) not in VALUES
        counted = self.kind(at - 1) == "label" and any(map(str.isdigit, self.text(at - 1)))
        behind = token.kind == "bound" and not may_stand_first(token)
        return counted and (behind or (self.kind(at + 1) in WORDS and not token.text.isascii()))

    def _ends_name(self, at: int) -> bool:
        """Whether a sign ends a name: Series A+."""
        return (
            self.text(at) == "+"
            and self.kind(at - 1) == "label"
            and self.tokens[at - 1].end == self.start(at)
        )


def _is_hyphenated(three: Sequence[Token]) -> bool:
    first, hyphen, second = three
    glued = first.end == hyphen.start and hyphen.end == second.start
    return glued and first.text[-1].isalpha() and second.text[0].isalpha()
