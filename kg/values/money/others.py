"""Numbers beside an amount that count, or share, something else: *30 aircraft*, *a 26% stake*."""

from __future__ import annotations

from typing import Final

from kg.values.money.beside import COUNTS
from kg.values.money.telling import LINKS, MARKS, TIMES, VALUES, WORDS, glues, listed, tells
from kg.values.money.which import STOPS, Which
from kg.values.vocabulary import of_tables, tables, with_gaps

_PERCENT: Final = "%"
_LISTING: Final = frozenset({",", "and", "&", "+"})
_FILLER: Final = 4
"""Letters of a word that adds nothing; a longer one may be counted."""
_MOVED: Final = frozenset({"unknown", "filler", "change", "label", "bound", "each"})
"""Kinds of what may stand before a share and belong to it: up 12%, 연 5%."""


class Numbers(Which):
    """The tokens of a text, and where in it a number of something else begins and ends."""

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
        if after in STOPS:
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
        if self.is_number_mark(at):
            return at + 3
        if self.kind(at) == "between" and self.kind(at + 2) == "join" and self.are_years(at + 1):
            return at + 4
        if self.is_only_or(at) and self.text(at + 2).split(" ")[0] in listed("times"):
            return at + 3  # or 11.2 times EBITDA
        if self.kind(at) not in MARKS or self.kind(at - 1) in VALUES:
            return 0
        year = self.kind(at + 1) == "each" and " " in self.text(at + 1).strip()
        if year and self.kind(at) == "bound":
            return at + 2  # less than a year after
        about = self.text(at) == "+" or (self.kind(at) == "approximate" and self.text(at).isascii())
        return (about and self.share(at + 1)) or self.counted(at + 1)

    def is_only_or(self, at: int) -> bool:
        """Whether a word as "or" stands behind the amount before a number, and no other conversion."""
        word = self.kind(at) == "convert" and self.text(at).isalpha() and at > self.amount
        return (
            word
            and self.kind(at + 1) == "digits"
            and sum(token.kind == "convert" for token in self.tokens) == 1
        )

    def count(self, at: int) -> int:
        """Where a number ends that begins here and is of something else, or 0."""
        if self.kind(at) in TIMES:
            aged = self.kind(at + 1) == "digits" and self.text(at + 2) in listed("ages")
            return self.with_mark(at + 3) if aged else 0  # 만 65세 이상
        if self.kind(at) not in COUNTS or self.kind(at - 1) in VALUES or self.text(at - 1) == "+":
            return 0
        if self.kind(at - 1) == "range" and self.kind(at - 2) in VALUES and not self.is_given(at):
            return 0  # Rs 800-1,000 crore
        return self.numbered(at) or self.of_name(at) or self.counted(at)

    def counted(self, at: int) -> int:
        """Where a number ends, and its mark, if the next word names what it counts, or 0: 5년 이상."""
        if self.kind(at) not in COUNTS or (at > self.amount and glues(self.text(at - 1))):
            return 0
        if not self.is_glued_to(at + 1) and (name := self.name(at + 1)):
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
        word = kind in {"unknown", "label"} or (kind == "filler" and len(noun) > _FILLER and noun.isascii())
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
