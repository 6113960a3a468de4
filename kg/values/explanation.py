"""How a text was read, piece by piece: what each word was taken for, and what was assumed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of a reading, for a person who wants to know why a text became that value.

    >>> print(Step("150억", "15,000,000,000"), Step("$", "USD", assumed=True), sep="; ")
    150억 = 15,000,000,000; $ = USD, assumed
    """

    words: str
    """What stands in the text."""
    meaning: str
    """What it was taken for: digits, an ISO code, a date in EDTF."""
    assumed: bool = False
    """Whether the text leaves it open, and it was filled in by a rule that the documentation names."""

    def __str__(self) -> str:
        """The piece in English."""
        return f"{self.words} = {self.meaning}" + (", assumed" if self.assumed else "")
