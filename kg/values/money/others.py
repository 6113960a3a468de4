"""Numbers beside an amount that are of something else: *30 aircraft*, *a 26% stake*, SU7, *March 14*."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.money.counted import DASHES, PLACES, is_year
from kg.values.money.side import CURRENCIES
from kg.values.money.telling import (
    LINKS,
    MARKS,
    TIMES,
    VALUES,
    WORDS,
    glues,
    is_apart,
    is_glued,
    is_one_word,
    listed,
    tells,
)
from kg.values.vocabulary import of_tables, tables, with_gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_PERCENT: Final = "%"
_COUNTS: Final = frozenset({"digits", "count", "digit"})
_STOPS: Final = frozenset(",:;、，)'’”\"")
_SEVERAL: Final = 2
_FIGURES: Final = TIMES | {"digits"}
_NAMES: Final = frozenset({"multiple", "unknown", "label", "article"})
"""What the letters of a name with digits may be."""
_LISTING: Final = frozenset({",", "and", "&", "+"})
_MONTHS: Final = frozenset({"3", "6", "9", "12"})
"""How many months the time from the beginning of a year has: 9M 2024."""
_CROSSES: Final = frozenset("×x*")
_SHORT: Final = 4
"""Digits of a number after a name: Phase 3, Falcon 9."""
_LATIN: Final = re.compile("[A-Za-z]")
_MOVED: Final = frozenset({"unknown", "filler", "change", "label", "bound", "each"})
"""Kinds of what may stand before a share and belong to it: up 12%, 연 5%."""


class Numbers:
    """The tokens of a text, and where in it a number of something else begins and ends.

    Each function takes the place of a token, and says where what begins there ends, or 0.
    """

    def __init__(self, tokens: Sequence[Token], language: str) -> None:
        """``tokens`` are those of a whole text."""
        self.tokens = tokens
        self.language = language
        kinds = [token.kind for token in tokens]
        self._kinds = dict(enumerate(kinds))
        self._texts = {at: token.text.lower() for at, token in enumerate(tokens)}
        self.several = sum(kind in _COUNTS for kind in kinds) > 1
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

    def share(self, at: int) -> int:
        """Where a share ends that is one of something else, or 0: 26% stake, 同比增长12.3%."""
        if self.kind(at) != "digits":
            return 0
        first, second = self.text(at + 1), self.text(at + 2)
        one = first[:1] == _PERCENT or first in _shares()
        end = at + (2 if one else 3 if f"{first} {second}" in _shares() else 0)
        parts = 1 if first in _parts() else 2 if first + second in _parts() else 0
        if parts and at < self.amount and self.kind(at + 1 + parts) == "digits":
            end = at + 2 + parts  # 3分の2
        if end == at or (at > self.amount and glues(self.text(at - 1))):
            return 0
        end += self.text(end) == "."
        if end == len(self.tokens):
            said = self.kind(at - 1) in WORDS | {"each"}
            return end if said and self.text(at - 1) not in listed("of") else 0
        after = self.text(end)
        if after in _STOPS:
            return end
        other = self.kind(end) in WORDS | LINKS and after[0].isalpha() and after not in listed("off")
        follows = other and (after not in listed("of") or self.is_of_noun(end + 1))
        early = at < self.amount and after in listed("risky-before")  # a 10% discount to $5m
        silent = self.kind(end) in LINKS or not tells(after, self.language)
        return end if follows and not early and silent else 0

    def belongs(self, at: int) -> bool:
        """Whether the word before a share says something of that: *up* 12%, 매출액 *대비* 12.7%, *연* 5%."""
        word = self.text(at - 1)
        telling = self.kind(at - 1) == "each" or tells(word, self.language)
        return at > 0 and self.kind(at - 1) in _MOVED and telling

    def marked(self, at: int) -> int:
        """Where a count ends that begins with its mark here, or 0: over 300 angels, 约二十名员工."""
        if self._is_number_mark(at):
            return at + 3
        if self.kind(at) == "between" and self.kind(at + 2) == "join" and self._are_years(at + 1):
            return at + 4
        if self.kind(at) not in MARKS or self.kind(at - 1) in VALUES:
            return 0
        year = self.kind(at + 1) == "each" and " " in self.text(at + 1).strip()
        if year and self.kind(at) == "bound":
            return at + 2  # less than a year after
        about = self.text(at) == "+" or (self.kind(at) == "approximate" and self.text(at).isascii())
        return (about and self.share(at + 1)) or self.counted(at + 1)

    def _is_number_mark(self, at: int) -> bool:
        """Whether a word, a point and a number begin here that name something: no. 4471."""
        pointed = self.text(at + 1) == "." and self.kind(at + 2) == "digits"
        return pointed and self.text(at) in listed("number-marks") and not self.is_value(at + 3)

    def count(self, at: int) -> int:
        """Where a number ends that begins here and is of something else, or 0."""
        if self.kind(at) in TIMES:
            aged = self.kind(at + 1) == "digits" and self.text(at + 2) in listed("ages")
            return self.with_mark(at + 3) if aged else 0  # 만 65세 이상
        if self.kind(at) not in _COUNTS or self.kind(at - 1) in VALUES or self.text(at - 1) == "+":
            return 0
        if self.kind(at - 1) == "range" and self.kind(at - 2) in VALUES and not self.is_given(at):
            return 0  # Rs 800-1,000 crore
        return self._numbered(at) or self._of_name(at) or self.counted(at)

    def _numbered(self, at: int) -> int:
        """Where a number ends that says which one or when: 제5조, 2025E, 2025-2029."""
        crossed = self.text(at + 1) in _CROSSES and self.kind(at + 2) == "digits"  # 2×660MW
        if crossed or self._is_clause(at) or self._is_estimate(at):
            return at + 2
        months = self.text(at) in _MONTHS and self.text(at + 1) == "m" and is_year(self.text(at + 2))
        if months or self._is_years(at):
            return at + 3
        day = self.text(at + 1) == self.text(at + 3) == "-" and self._are_years(at)
        return at + 5 if day and self.kind(at + 4) == "digits" else 0  # 2025-03-14

    def _of_name(self, at: int) -> int:
        """Where a number ends that belongs to the word before it: SU7, March 14, due 2032 — $400m."""
        tokens = self.tokens
        end = at + 1
        if at and is_glued(tokens[at - 1], tokens[at]) and self.text(end) in _STOPS:
            return end  # 비전펀드2,
        if at and is_one_word(tokens[at - 1], tokens[at]) and self.kind(end) in WORDS | {""}:
            return end  # SU7, a16z
        if at and self.several and is_year(tokens[at].text) and self.kind(end) in WORDS | {"", "from"}:
            return end
        word = at > 0 and tokens[at - 1].kind in {"unknown", "label"}
        name = word and (
            not tokens[at - 1].text[0].islower() or tokens[at].kind == "count" or at > self.amount
        )
        if name and self.text(end) in _STOPS | {""} and len(tokens[at].text) <= _SHORT:
            return end  # March 14
        if word and (self._is_before_dash(end) or self.text(end) == ":"):
            return end
        return 0

    def _is_before_dash(self, at: int) -> bool:
        """Whether a dash between spaces parts what stands before it from a currency: Lot 2 — $400m."""
        return self.text(at) in DASHES and self.kind(at + 1) in CURRENCIES and is_apart(self.tokens, at)

    def _is_clause(self, at: int) -> bool:
        """Whether a number and a scale are that of a clause: 제5조."""
        numbered = self.text(at - 1) in PLACES and self.kind(at + 1) in TIMES
        return numbered and not self.is_value(at + 2)

    def _is_estimate(self, at: int) -> bool:
        """Whether a letter behind a year says of which kind it is: 2025E."""
        marked = self.text(at + 1) in listed("year-marks") and self.is_glued_to(at + 1)
        return marked and is_year(self.tokens[at].text) and not self.is_value(at + 2)

    def _is_years(self, at: int) -> bool:
        """Whether two years begin here that are no amounts: 2025-2029."""
        joined = self.text(at + 1) in DASHES or self.text(at + 1) == "/"
        return joined and self._are_years(at) and self.kind(at + 3) in WORDS | {""}

    def _are_years(self, at: int) -> bool:
        first, second = self.text(at), self.text(at + 2)
        return is_year(first) and (is_year(second) or (second.isdigit() and len(second) <= len(first) // 2))

    def is_given(self, at: int) -> bool:
        """Whether a number is no end of a range: 3,500억원 - 2027년, $5 million to 20 schools."""
        sign = self.text(at - 1)
        if sign == "-":
            return is_year(self.tokens[at].text) and is_apart(self.tokens, at - 1)
        return sign.isascii() and self.kind(at - 2) in TIMES and self.kind(at + 1) == "unknown"

    def named(self, at: int) -> int:
        """Where a name of letters and digits ends that begins here, or 0: K9, M12, Series B-2, Dec-24."""
        return 0 if self.kind(at - 1) in VALUES else self._name(at)

    def _name(self, at: int) -> int:
        if self.kind(at) not in _NAMES or "digits" not in (self.kind(at + 1), self.kind(at + 2)):
            return 0
        token, after = self.tokens[at], self.tokens[at + 1]
        if not _LATIN.match(token.text[-1]):
            return 0
        hyphen = after.text == "-" and token.end == after.start and after.end == self.start(at + 2)
        digits = at + 1 + hyphen
        glued = hyphen or token.end == after.start
        if not glued or self.kind(digits) != "digits":
            return 0
        apart = self.kind(digits + 1) in CURRENCIES and not self.is_glued_to(digits + 1)  # Series A2 $5m
        return digits + 1 if apart or self.kind(digits + 1) in WORDS | {"", "close"} else 0

    def counted(self, at: int) -> int:
        """Where a number ends, and its mark, if the next word names what it counts, or 0: 5년 이상."""
        if self.kind(at) not in _COUNTS or (at > self.amount and glues(self.text(at - 1))):
            return 0
        if not self.is_glued_to(at + 1) and (name := self._name(at + 1)):
            return name  # 180 K2 tanks
        end = self._end(at)
        if found := self._listed(at, end):
            return found
        hyphen = self.text(end) == "-"
        noun, kind = self.text(end + hyphen), self.kind(end + hyphen)
        if kind == "band" and end == at + 1 and self.kind(end + 1) in {"unknown", "label"}:
            return end + 1  # 5대 은행
        if self.kind(end - 1) in TIMES and not self.text(end - 1).isascii() and not self.is_glued_to(end):
            return 0  # 10억 추가 투자
        if noun in listed("counts"):
            return self.with_mark(end + hyphen + 1)
        if noun in listed("of") - listed("no-nouns") and noun.isascii() and self.is_of_noun(end + 1):
            return end  # two of the sources
        if not self._is_noun(kind, noun):
            return 0
        if tells(with_gaps(self.tokens[at : end + hyphen + 1]).lower(), self.language):
            return 0  # 一部
        return self.with_mark(end + hyphen + 1, end)

    def _listed(self, at: int, end: int) -> int:
        """Where a number ends that others follow, or that says how often: 3, 5 and 7 years, covered 4x."""
        often = self.text(at - 1) in listed("subscribed") and self.text(end) in listed("times")
        if often or (self.kind(end) == "country" and self.kind(end + 1) == "unknown"):
            return end + 1  # 42 US states
        if self.text(end) in _LISTING and self.kind(end + 1) == "label" and self.text(end + 1)[:1].isdigit():
            return end
        listing = self.text(end) in _LISTING and self.kind(end + 1) == "digits" and end == at + 1
        return self.counted(end + 1) if listing and not self.is_value(end + 2) else 0

    def _end(self, at: int) -> int:
        """Where a number ends, with a mark behind its digits: 50여 곳."""
        end = at + 1
        while self.kind(end) in TIMES:
            end += 1
        marked = self.kind(end) == "approximate" and self.is_glued_to(end) and not self.text(end).isascii()
        return end + marked

    def _is_noun(self, kind: str, noun: str) -> bool:
        """Whether a word is one that may be counted."""
        word = kind in {"unknown", "label"} or (kind == "filler" and len(noun) > _SHORT and noun.isascii())
        if not word or not noun[:1].isalpha() or noun in listed("names") | listed("no-nouns"):
            return False
        return not tells(noun, self.language)

    def with_mark(self, mark: int, end: int = 0) -> int:
        """Where a count ends with the mark behind it, if there is one that no amount follows."""
        marked = self.kind(mark) in MARKS and self.kind(mark + 1) in WORDS and not self.text(mark).isascii()
        return mark + 1 if marked else end or mark


@of_tables
def _shares() -> frozenset[str]:
    """The words for a share in Latin letters: percent, pct, per cent."""
    words = (table.get("percent", {}).get("percent", {}) for table in tables().values())
    return frozenset(word for found in words for word in found if word.isascii())


@of_tables
def _parts() -> frozenset[str]:
    """The words between the parts of a fraction: 分の, 분의."""
    words = (table.get("ordinal", {}).get("parts", ()) for table in tables().values())
    return frozenset(word for found in words for word in found)
