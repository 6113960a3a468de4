"""Numbers and signs around an amount that are of something else: *30 aircraft*, *a 26% stake*, SU7.

Each becomes a label, so that what is left is the amount and the words around it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.interval.particles import may_stand_first
from kg.values.money.compounds import is_within_word
from kg.values.money.counted import is_year
from kg.values.money.side import CURRENCIES
from kg.values.money.telling import (
    COUNTED,
    LINKS,
    MARKS,
    NUMBERS,
    TIMES,
    VALUES,
    WORDS,
    glues,
    is_apart,
    is_glued,
    is_one_word,
    listed,
    say_nothing,
    tells,
)
from kg.values.vocabulary import of_tables, tables, with_gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_PERCENT: Final = "%"
_COUNTS: Final = frozenset({"digits", "count", "digit"})
_PARTS: Final = frozenset({"subunit", "tenth"})
_BRACKETS: Final = frozenset({"open", "close"})
_STOPS: Final = frozenset(",;、，)'’”\"")
_SHORT: Final = 4
"""Digits of a number after a name: Phase 3, Falcon 9."""
_DAY: Final = re.compile(r"[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}\.?|20[0-9]{2}")
_HANGUL: Final = re.compile("[가-힣]+(?: [가-힣]+)*")
_LATIN: Final = re.compile("[A-Za-z]")
_MOVED: Final = frozenset({"unknown", "filler", "change", "label", "bound", "each"})
"""Kinds of what may stand before a share and belong to it: up 12%, 연 5%."""


def set_aside(tokens: Sequence[Token], language: str, *, remarks: bool = False) -> list[Token]:
    """The tokens with what is of something else as labels; ``remarks``: also labels in brackets."""
    return _Aside(tokens, language, known=remarks).read()


class _Aside:
    """The tokens of a text, one after the other."""

    def __init__(self, tokens: Sequence[Token], language: str, *, known: bool) -> None:
        self.tokens = tokens
        self.language = language
        self.remarks = WORDS if known else {"unknown"}
        self.found: list[Token] = []
        self.several = sum(token.kind in _COUNTS for token in tokens) > 1
        """Whether there is more than one number."""
        currencies = (at for at, token in enumerate(tokens) if token.kind in CURRENCIES)
        self.amount = next(currencies, len(tokens))
        """Where the first currency stands."""

    def read(self) -> list[Token]:
        at = 0
        while at < len(self.tokens):
            share = self._share(at)
            if share and self._belongs(at):
                first = self.found.pop()
                self.found.append(first._replace(kind="label", value=COUNTED))
            count = share or self._marked(at) or self._count(at)
            word = self._word(at)
            end = self._compound(at) or word or self._remark(at) or self._named(at) or count
            if end:
                self._add(at, end, "unknown" if end == word else "label", counted=end == count)
            else:
                self.found.append(self._alone(at))
            at = end or at + 1
        return self.found

    def _add(self, at: int, end: int, kind: str, *, counted: bool = False) -> None:
        words = with_gaps(self.tokens[at:end])
        value = COUNTED if counted else words
        last = self.tokens[end - 1].end
        self.found.append(self.tokens[at]._replace(kind=kind, value=value, text=words, end=last))

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def _text(self, at: int) -> str:
        return self.tokens[at].text.lower() if 0 <= at < len(self.tokens) else ""

    def _compound(self, at: int) -> int:
        """Where a word with hyphens ends that begins here and is not known, or 0: below-market."""
        tokens = self.tokens
        end, unknown = at, tokens[at].kind in MARKS | {"unknown", "fraction"}
        while self._text(end + 1) == "-" and end + 2 < len(tokens) and _is_hyphenated(tokens[end : end + 3]):
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
        if not self._is_hangul(at) or self._kind(at - 1) in VALUES or self._kind(at) in {"unknown", "label"}:
            return 0
        if at and is_glued(tokens[at - 1], tokens[at]):
            return 0
        end = at + 1
        while end < len(tokens) and self._is_hangul(end) and is_glued(tokens[end - 1], tokens[end]):
            end += 1
        kinds = [token.kind for token in tokens[at + 1 : end]]
        mark = self._kind(at) in MARKS and "filler" in kinds  # 선정
        label = self._kind(at) in VALUES | {"each"} and "label" in kinds
        return end if "unknown" in kinds or mark or label else 0

    def _remark(self, at: int) -> int:
        """Where brackets end that begin here, if no amount is in them, or 0: (Mar 2023), (before costs)."""
        if self._kind(at) != "open":
            return 0
        end = next((n for n in range(at + 1, len(self.tokens)) if self._kind(n) in _BRACKETS), 0)
        inner = self.tokens[at + 1 : end] if self._kind(end) == "close" else ()
        plain = [token for token in set_aside(inner, self.language) if not _DAY.fullmatch(token.text)]
        if not any(token.kind in self.remarks for token in inner) and plain == [*inner]:
            return 0
        return end + 1 if say_nothing(plain, self.language) else 0

    def _share(self, at: int) -> int:
        """Where a share ends that is one of something else, or 0: 26% stake, 同比增长12.3%."""
        if self._kind(at) != "digits":
            return 0
        first, second = self._text(at + 1), self._text(at + 2)
        one = first[:1] == _PERCENT or first in _shares()
        end = at + (2 if one else 3 if f"{first} {second}" in _shares() else 0)
        if end == at or (at > self.amount and glues(self._text(at - 1))):
            return 0
        end += self._text(end) == "."
        if end == len(self.tokens):
            return end if self._kind(at - 1) in WORDS and self._text(at - 1) not in listed("of") else 0
        after = self._text(end)
        if after in _STOPS:
            return end
        other = self._kind(end) in WORDS | LINKS and after[0].isalpha() and after not in listed("off")
        follows = other and (after not in listed("of") or self._is_of_noun(end + 1))
        early = at < self.amount and after in listed("risky-before")  # a 10% discount to $5m
        silent = self._kind(end) in LINKS or not tells(after, self.language)
        return end if follows and not early and silent else 0

    def _belongs(self, at: int) -> bool:
        """Whether the word before a share says something of that: *up* 12%, 매출액 *대비* 12.7%, *연* 5%."""
        word = self._text(at - 1)
        telling = self._kind(at - 1) == "each" or tells(word, self.language)
        return at > 0 and self._kind(at - 1) in _MOVED and telling

    def _marked(self, at: int) -> int:
        """Where a count ends that begins with its mark here, or 0: over 300 angels, 约二十名员工."""
        if self._kind(at) not in MARKS or self._kind(at - 1) in VALUES:
            return 0
        year = self._kind(at + 1) == "each" and " " in self._text(at + 1).strip()
        if year and self._kind(at) == "bound":
            return at + 2  # less than a year after
        return self._counted(at + 1)

    def _count(self, at: int) -> int:
        """Where a number ends that begins here and is of something else, or 0."""
        tokens = self.tokens
        if self._kind(at) not in _COUNTS or self._kind(at - 1) in VALUES or self._text(at - 1) == "+":
            return 0
        if self._kind(at - 1) == "range" and self._kind(at - 2) in VALUES and not self._is_given(at):
            return 0  # Rs 800-1,000 crore
        end = at + 1
        if at and is_glued(tokens[at - 1], tokens[at]) and self._text(end) in _STOPS:
            return end  # 비전펀드2,
        if at and is_one_word(tokens[at - 1], tokens[at]) and self._kind(end) in WORDS | {""}:
            return end  # SU7, a16z
        if at and self.several and is_year(tokens[at].text) and self._kind(end) in WORDS | {"", "from"}:
            return end
        word = at > 0 and tokens[at - 1].kind in {"unknown", "label"}
        name = word and (
            not tokens[at - 1].text[0].islower() or tokens[at].kind == "count" or at > self.amount
        )
        if name and self._text(end) in _STOPS | {""} and len(tokens[at].text) <= _SHORT:
            return end  # March 14
        return self._counted(at)

    def _is_of_noun(self, at: int) -> bool:
        """Whether a share is one of what a word names, not of an amount: 100% of the shares."""
        while self._kind(at) == "filler" or self._text(at) in listed("whose"):
            at += 1
        return self._kind(at) in WORDS

    def _is_given(self, at: int) -> bool:
        """Whether a number is no end of a range: 3,500억원 - 2027년, $5 million to 20 schools."""
        sign = self._text(at - 1)
        if sign == "-":
            return is_year(self.tokens[at].text) and is_apart(self.tokens, at - 1)
        return sign.isascii() and self._kind(at - 2) in TIMES and self._kind(at + 1) == "unknown"

    def _named(self, at: int) -> int:
        """Where a name of letters and digits ends that begins here, or 0: K9, M12, Series B-2, Dec-24."""
        if at + 1 >= len(self.tokens) or self._kind(at - 1) in VALUES:
            return 0
        token, after = self.tokens[at], self.tokens[at + 1]
        letters = token.kind in {"multiple", "unknown", "label"} and _LATIN.match(token.text[-1])
        if not letters:
            return 0
        hyphen = after.text == "-" and token.end == after.start and after.end == self._start(at + 2)
        digits = at + 1 + hyphen
        glued = hyphen or token.end == after.start
        if glued and self._kind(digits) == "digits" and self._kind(digits + 1) in WORDS | {"", "close"}:
            return digits + 1
        return 0

    def _start(self, at: int) -> int:
        return self.tokens[at].start if at < len(self.tokens) else -1

    def _counted(self, at: int) -> int:
        """Where a number ends, and its mark, if the next word names what it counts, or 0: 5년 이상."""
        if self._kind(at) not in _COUNTS or (at > self.amount and glues(self._text(at - 1))):
            return 0
        end = at + 1
        while self._kind(end) in TIMES:
            end += 1
        hyphen = self._text(end) == "-"
        noun, kind = self._text(end + hyphen), self._kind(end + hyphen)
        if kind == "band" and end == at + 1 and self._kind(end + 1) in {"unknown", "label"}:
            return end + 1  # 5대 은행
        if end > at + 1 and not self._text(end - 1).isascii() and not self._is_glued_to(end):
            return 0  # 10억 추가 투자
        if noun in listed("counts"):
            return self._with_mark(end + hyphen + 1)
        if noun in listed("of") - listed("no-nouns") and noun.isascii() and self._is_of_noun(end + 1):
            return end  # two of the sources
        word = kind in {"unknown", "label"} or (kind == "filler" and len(noun) > _SHORT and noun.isascii())
        if not word or not noun[:1].isalpha():
            return 0
        if noun in listed("names") | listed("no-nouns") or tells(noun, self.language):
            return 0
        if tells(with_gaps(self.tokens[at : end + hyphen + 1]).lower(), self.language):
            return 0  # 一部
        return self._with_mark(end + hyphen + 1, end)

    def _is_glued_to(self, at: int) -> bool:
        """Whether no space stands before a token."""
        return self.tokens[at - 1].end == self._start(at)

    def _with_mark(self, mark: int, end: int = 0) -> int:
        marked = (
            self._kind(mark) in MARKS and self._kind(mark + 1) in WORDS and not self._text(mark).isascii()
        )
        return mark + 1 if marked else end or mark

    def _alone(self, at: int) -> Token:
        """A token; a label where it is no part of an amount: *under* the Act, L&*T*, *Dollar* General."""
        token = self.tokens[at]
        kind = token.kind
        lone = not self._is_value(at + 1) and self._kind(at - 1) not in VALUES
        if kind == "bound":
            aside = self._is_before_word(at) or self._ends_name(at)
        elif kind == "approximate":
            article = self._kind(at + 1) == "article" and self._kind(at + 2) not in TIMES  # about a $3bn sale
            aside = article or (self._kind(at + 1) == "unknown" and self._kind(at - 1) not in VALUES)
        elif kind == "fraction":
            aside = self._text(at + 1) in listed("of") and self._leads_to_word(at + 1)
        elif kind == "each":
            aside = lone or self._counted(at + 1) > 0  # quarterly dividend of, 매월 25일
        elif kind == "multiple":
            aside = lone and len(token.text) == 1
        elif kind == "range":
            aside = self._is_hyphen(at)
        elif kind == "convert":
            aside = not self._is_value(at + 1) or at < self.amount
        else:
            aside = lone and kind in CURRENCIES and self._is_of_name(at)
        if aside or (kind in MARKS and self._is_behind(at)):
            return token._replace(kind="label")
        beside = self._is_value(at + 1) or self._is_value(at - 1)
        within = is_within_word(self.tokens, at) and not beside
        within = within or (lone and kind in NUMBERS and self._begins_word(at))
        return token._replace(kind="unknown") if within or (lone and kind in _PARTS) else token

    def _is_hyphen(self, at: int) -> bool:
        """Whether a sign stands within a word of which the parts are known: 20-year*-*old airline."""
        words = self._kind(at - 1) in WORDS and self._kind(at + 1) in WORDS
        return (
            words
            and self.tokens[at - 1].end == self.tokens[at].start
            and self._start(at + 1) == self.tokens[at].end
        )

    def _begins_word(self, at: int) -> bool:
        """Whether a lone character begins a word that is not known: 半导体."""
        token = self.tokens[at]
        lone = (
            len(token.text) == 1 and not token.text.isascii() and self._text(at + 1) not in listed("no-nouns")
        )
        return lone and self._kind(at + 1) == "unknown" and self._start(at + 1) == token.end

    def _is_before_word(self, at: int) -> bool:
        """Whether a bound speaks of the word after it: under the CHIPS Act, but not $5m over budget."""
        if self._text(at) not in listed("prepositions") or not self._leads_to_word(at + 1):
            return False
        after = self._kind(at + 1) in {"article", "filler"} or self._text(at + 1) not in listed("exceeded")
        return self._kind(at - 1) not in VALUES or after

    def _is_of_name(self, at: int) -> bool:
        """Whether a currency is another word or a part of a name: *won* by, *Dollar* General, レアル・."""
        if self._text(at + 1) == "・":
            return True
        if self._is_hangul(at):
            return self._kind(at - 1) in WORDS | {""} and self._kind(at + 1) in {"unknown", "label"}
        latin = _LATIN.match(self.tokens[at].text) is not None
        return latin and self._text(at - 1) != "-" and self._kind(at + 1) in WORDS

    def _is_value(self, at: int) -> bool:
        return self._kind(at) in VALUES

    def _leads_to_word(self, at: int) -> bool:
        """Whether a word follows, but for fillers, or an article before an amount: under a $5m contract."""
        if self._kind(at) == "article":
            return self._kind(at + 1) not in TIMES
        while self._kind(at) == "filler":
            at += 1
        return self._kind(at) in WORDS

    def _is_behind(self, at: int) -> bool:
        """Whether a mark is one of what stands before it, or of a count: 上場*前後*に, *約*30社が."""
        before = at - 2 if self._text(at - 1) == "-" else at - 1  # $500 million-plus
        if self._kind(before) in VALUES:
            return False
        token = self.tokens[at]
        counts = self._kind(at + 1) == "label" and self._text(at + 1)[:1].isdigit()
        counted = self._kind(at - 1) == "label" and any(map(str.isdigit, self._text(at - 1)))
        behind = token.kind == "bound" and not may_stand_first(token)
        word = counted and self._kind(at + 1) in WORDS and not token.text.isascii()
        return counts or token.text in listed("behind") or (counted and behind) or word

    def _ends_name(self, at: int) -> bool:
        """Whether a sign ends a name: Series A+."""
        return (
            self._text(at) == "+"
            and self._kind(at - 1) == "label"
            and self.tokens[at - 1].end == self._start(at)
        )


def _is_hyphenated(three: Sequence[Token]) -> bool:
    first, hyphen, second = three
    glued = first.end == hyphen.start and hyphen.end == second.start
    return glued and first.text[-1].isalpha() and second.text[0].isalpha()


@of_tables
def _shares() -> frozenset[str]:
    """The words for a share in Latin letters: percent, pct, per cent."""
    words = (table.get("percent", {}).get("percent", {}) for table in tables().values())
    return frozenset(word for found in words for word in found if word.isascii())
