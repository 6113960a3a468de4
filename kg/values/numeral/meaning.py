"""What a number in text means, and how it was written."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

Number = int | Decimal


class Numeral(NamedTuple):
    """A number read from text: ``value`` is ``head`` times ten to the power ``scale``.

    ``scale`` is the power of the last scale word, 0 if there is none or other parts follow it;
    ``group`` that of the one group word before it (3 for ``6천억``), -1 after other scales. The
    lower number of a range takes them over: ``15-25bn``, ``5천~6천억``, ``1~2천만``.
    """

    value: Number
    head: Number
    scale: int = 0
    group: int = 0
    assumed: str = ""
    """The digits whose three decimals may be a group: 12.345."""
    inexact: bool = False
    """Whether a fraction such as one third was rounded."""
