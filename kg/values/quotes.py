"""Quotes held against the text of their document.

Only spaces and quotation marks may differ, and the form of Unicode (NFC). A paragraph ends at a blank
line or, in a text without any, at the end of its line; paragraphs count from 1.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from kg.errors import Problem
from kg.values.nearest import passage

SEVERAL: Final = 10
"""So many paragraphs that hold a quote are named."""
SHOWN: Final = 190
"""Characters of the nearest passage that are shown."""
_TRIES: Final = 10_000
"""So many places are looked at which hold the quote but within a longer number."""
_SEARCHED: Final = 5_000_000
"""Characters of a text that are searched for something like a quote, over all quotes."""
_SPACES: Final = re.compile(r"\s+")
_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*+\n\s*+")
_MARKS: Final = str.maketrans(dict.fromkeys("'‘’‚‛′`´＇“”„‟″«»‹›「」『』〝〞〟＂", '"'))


def normal(text: str) -> str:
    r"""The text in NFC, its spaces as one and its quotation marks alike.

    >>> normal(" “150억~\n250억달러”\u3000")
    '"150억~ 250억달러"'
    """
    return _spaced(text).translate(_MARKS)


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


@dataclass(slots=True)
class Passages:
    """The text of one document, ready to be searched."""

    name: str
    """How messages call it."""
    text: str
    """All paragraphs, normal, with a space between them."""
    words: str
    """The same with its own quotation marks, to be shown."""
    starts: list[int]
    """Where in the text each paragraph begins."""
    searched: int = 0
    """How much was searched for what is only like a quote."""
    likenesses: dict[str, tuple[int, str] | None] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, text: str) -> Passages:
        r"""Cut a text into its paragraphs.

        >>> Passages.of("a", "One\ntwo.\n\nThree.").starts, Passages.of("a", "One.\nTwo.").starts
        ([0, 9], [0, 5])
        """
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        pieces = _BLANK_LINE.split(text)
        if len(pieces) == 1:
            pieces = text.split("\n")
        paragraphs = [paragraph for piece in pieces if (paragraph := _spaced(piece))]
        starts, position = [], 0
        for paragraph in paragraphs:
            starts.append(position)
            position += len(paragraph) + 1
        words = " ".join(paragraphs)
        # a mark is one character as well, so both have the same positions
        return cls(name, words.translate(_MARKS), words, starts)

    def paragraph(self, position: int) -> int:
        """The number of the paragraph in which a position lies."""
        return bisect_right(self.starts, position)

    def holding(self, quote: str) -> list[int]:
        """The paragraphs in which a normal quote begins, in order, one more than are named at the most."""
        found: list[int] = []
        position = 0
        while len(found) <= SEVERAL and (position := self._find(quote, position, len(self.text))) >= 0:
            found.append(self.paragraph(position))
            if found[-1] == len(self.starts):
                break
            position = self.starts[found[-1]]
        return found

    def begins_in(self, quote: str, paragraph: int) -> bool:
        """Whether a normal quote begins in a paragraph; the cost is that of the paragraph."""
        if paragraph > len(self.starts):
            return False
        end = self.starts[paragraph] if paragraph < len(self.starts) else len(self.text)
        return self._find(quote, self.starts[paragraph - 1], end + len(quote) - 1) >= 0

    def _find(self, quote: str, start: int, end: int) -> int:
        """Where a quote stands as a whole, -1 if it does not or is within longer numbers all the time."""
        for _ in range(_TRIES):
            start = self.text.find(quote, start, end)
            if start < 0 or self._is_whole(start, start + len(quote)):
                return start
            start += 1
        return -1

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether no number is cut: “5 billion” does not stand in “15 billion”."""
        before, after = self.text[max(start - 2, 0) : start], self.text[end : end + 2]
        cut_before = self.text[start].isdigit() and _ends_in_number(before)
        cut_after = self.text[end - 1].isdigit() and _ends_in_number(after[::-1])
        return not (cut_before or cut_after)

    def nearest(self, quote: str) -> tuple[int, str] | None:
        """(paragraph, words) of what is most like a quote; None if nothing is, or enough was searched."""
        if quote not in self.likenesses:
            self.likenesses[quote] = self._nearest(quote)
        return self.likenesses[quote]

    def _nearest(self, quote: str) -> tuple[int, str] | None:
        if self.searched >= _SEARCHED:
            return None
        self.searched += len(self.text)
        found = passage(quote, self.text)
        if found is None:
            return None
        start, end = found
        number = self.paragraph((start + end) // 2)
        start = max(start, self.starts[number - 1])
        end = max(end, min(start + len(quote), start + SHOWN))
        while start and not self.text[start - 1].isspace() and end - start < SHOWN:
            start -= 1
        while end < len(self.text) and not self.text[end].isspace() and end - start < SHOWN:
            end += 1
        return number, self.words[start : min(end, start + SHOWN)].strip()


def _ends_in_number(text: str) -> bool:
    """Whether a number goes on from here: a digit, or a digit with a point or comma.

    >>> _ends_in_number("a1"), _ends_in_number("1,"), _ends_in_number("a,")
    (True, True, False)
    """
    return text[-1:].isdigit() or (text[-1:] in {".", ","} and text[-2:-1].isdigit())


def check(texts: tuple[Passages, ...], quote: str | None, paragraph: int | None) -> Problem | None:
    """What is wrong with a quote, or with a paragraph's number, beside the texts of its document.

    The pointer is relative to the evidence; ``quote`` is as it was written. Of several texts (languages)
    one is enough.
    """
    worst: Problem | None = None
    for text in texts:
        problem = _check(text, quote, paragraph)
        if problem is None or problem.severity != "error":
            return problem
        if worst is None or problem.code == "quote-elsewhere":
            worst = problem
    return worst


def _check(text: Passages, quote: str | None, paragraph: int | None) -> Problem | None:
    args: dict[str, object] = {"document": text.name, "paragraph": paragraph}
    if quote is None:
        if paragraph is None or paragraph <= len(text.starts):
            return None
        args["count"] = len(text.starts)
        return Problem("quote-no-paragraph", "/paragraph", args, received=paragraph)
    wanted = normal(quote)
    if wanted and paragraph is not None and text.begins_in(wanted, paragraph):
        return None
    found = text.holding(wanted) if wanted else []
    numbers = tuple(map(str, found[:SEVERAL]))
    if not found:
        near = text.nearest(wanted)
        if near is not None:
            args |= {"near": near[1], "where": near[0]}
        return Problem("quote-not-found", "/quote", args, received=quote)
    if paragraph is not None:
        args["paragraphs"] = numbers
        return Problem("quote-elsewhere", "/paragraph", args, received=paragraph, allowed=numbers)
    if len(found) > 1:
        args |= {"paragraphs": numbers, "paragraph": found[0]}
        return Problem("quote-several", "/quote", args, "warning", received=quote, allowed=numbers)
    return None
