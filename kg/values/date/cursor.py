"""Where the reading of a text stands: its tokens, the side that is being filled, and what was noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.date.doubts import ambiguous
from kg.values.date.parts import Note, Parts

if TYPE_CHECKING:
    from kg.values.vocabulary import Token

_TWO_DIGITS: Final = 10


class Cursor:
    """The tokens of one text, where the reading stands, and the sides so far."""

    def __init__(self, text: str, tokens: list[Token], *, year_first: bool | None, era_of_three: int) -> None:
        """``tokens`` are those of the whole text.

        ``year_first``: dates in numbers go year, month, day; None if that is not known.
        ``era_of_three``: what years of three digits count from; 0 if they are plain ones.
        """
        self.text = text
        self.tokens = tokens
        self.year_first = year_first
        self.era_of_three = era_of_three
        self.at = 0
        self.start = 0
        """Where the piece began that is being taken."""
        self.side = Parts()
        self.sides = [self.side]
        self.notes: list[Note] = []
        self.bound_after = False
        """Whether the last bound stood behind its date."""
        self.needs_year = False
        """Whether the year must be said."""

    def open_side(self) -> None:
        """Begin the other side of a range."""
        self.side = Parts()
        self.sides.append(self.side)

    def peek(self, ahead: int = 0) -> Token | None:
        """The token that follows."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def peek_kind(self, ahead: int = 0) -> str:
        """The kind of the token that follows, "" at the end."""
        token = self.peek(ahead)
        return "" if token is None else token.kind

    def is_of(self, ahead: int = 0) -> bool:
        """Whether a longer time follows, of which this is a part."""
        token = self.peek(ahead)
        return token is not None and (token.kind == "of" or token.value == "in")

    def note(self, name: str, value: object) -> bool:
        """Remember what the words of this piece were taken for."""
        self.notes.append(Note(self.start, self.at, name, value))
        return True

    def put(self, name: str, value: object) -> bool:
        """Fill a part that is still empty."""
        found = getattr(self.side, name)
        if (found is not None and found != "") or (name == "month" and self._is_in_half()):
            return False
        setattr(self.side, name, value)
        return self.note(name, value)

    def _is_in_half(self) -> bool:
        """``下半年7月``: a month in the half of a year; that in "the first half of May" has halves."""
        if self.side.half is None:
            return False
        return not any(token.kind == "of" for token in self.tokens[: self.start])

    def put_year_of_three(self, number: int) -> bool:
        """``114年``: the year of an era that nobody needs to name; in words it would be named."""
        if not self.tokens[self.start].text[:1].isdigit():
            return False
        self.side.era, self.side.era_assumed = self.era_of_three, True
        return self.put("year", number)

    def take_short_year(self, unit: str, which: int) -> bool:
        """``24.3Q``: a number before a quarter or half is a year, if it has two digits."""
        side = self.side
        if side.loose is None:
            return True
        number, side.loose, side.short_year = side.loose, None, True
        if number < _TWO_DIGITS and not any(token.text[:1] == "0" for token in self.tokens):
            # 3·4분기 is the third quarter of four, or the third and the fourth
            name = unit[0].upper()
            raise ambiguous(self.text, f"{name}{number}", f"{name}{number}/{name}{which}")
        return self.put("year", number)
