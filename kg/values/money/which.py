"""Numbers that say when, or which one: 제5조, 2025E, *2025-2029*, SU7, *Lot 2*, *deal no. 4471*."""

from __future__ import annotations

import re
from typing import Final

from kg.values.money.beside import Beside
from kg.values.money.counted import DASHES, PLACES, is_year
from kg.values.money.side import CURRENCIES
from kg.values.money.telling import TIMES, VALUES, WORDS, is_apart, is_glued, is_one_word, listed

STOPS: Final = frozenset(",:;、，)'’”\"")
"""What ends a number that stands behind a name."""
_NAMES: Final = frozenset({"multiple", "unknown", "label", "article"})
"""What the letters of a name with digits may be."""
_MONTHS: Final = frozenset({"3", "6", "9", "12"})
"""How many months the time from the beginning of a year has: 9M 2024."""
_CROSSES: Final = frozenset("×x*")
_SHORT: Final = 4
"""Digits of a number after a name: Phase 3, Falcon 9."""
_LATIN: Final = re.compile("[A-Za-z]")


class Which(Beside):
    """Each function takes the place of a token, and says where what begins there ends, or 0."""

    def is_number_mark(self, at: int) -> bool:
        """Whether a word, a point and a number begin here that name something: no. 4471."""
        pointed = self.text(at + 1) == "." and self.kind(at + 2) == "digits"
        return pointed and self.text(at) in listed("number-marks") and not self.is_value(at + 3)

    def numbered(self, at: int) -> int:
        """Where a number ends that says which one or when: 제5조, 2025E, 2025-2029."""
        crossed = self.text(at + 1) in _CROSSES and self.kind(at + 2) == "digits"  # 2×660MW
        if crossed or self._is_clause(at) or self._is_estimate(at):
            return at + 2
        months = self.text(at) in _MONTHS and self.text(at + 1) == "m" and is_year(self.text(at + 2))
        if months or self._is_years(at):
            return at + 3
        day = self.text(at + 1) == self.text(at + 3) == "-" and self.are_years(at)
        return at + 5 if day and self.kind(at + 4) == "digits" else 0  # 2025-03-14

    def of_name(self, at: int) -> int:
        """Where a number ends that belongs to the word before it: SU7, March 14, due 2032 — $400m."""
        tokens = self.tokens
        end = at + 1
        if at and is_glued(tokens[at - 1], tokens[at]) and self.text(end) in STOPS:
            return end  # 비전펀드2,
        if at and is_one_word(tokens[at - 1], tokens[at]) and self.kind(end) in WORDS | {""}:
            return end  # SU7, a16z
        if at and self.several and is_year(tokens[at].text) and self.kind(end) in WORDS | {"", "from"}:
            return end
        word = at > 0 and tokens[at - 1].kind in {"unknown", "label"}
        name = word and (
            not tokens[at - 1].text[0].islower() or tokens[at].kind == "count" or at > self.amount
        )
        if name and self.text(end) in STOPS | {""} and len(tokens[at].text) <= _SHORT:
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
        return joined and self.are_years(at) and self.kind(at + 3) in WORDS | {""}

    def are_years(self, at: int) -> bool:
        """Whether two years stand beside a sign or a word, the second in two digits, too: 2025-26."""
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
        return 0 if self.kind(at - 1) in VALUES else self.name(at)

    def name(self, at: int) -> int:
        """The same, whatever stands before it."""
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
