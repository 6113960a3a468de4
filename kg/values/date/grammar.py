"""The grammar of dates in text.

    text = side [range side]
    side = parts in any order, each once: year, month, day, quarter, half, season, week, weekday,
           early or late, steps from the reference date, a distance, one of several, a bound, "about"

A time of day and words that say nothing about the day are passed over. The words are in the
vocabulary, so this holds for every language that has a table. The classes below this one each
take one kind of piece: ``pieces`` words, ``figures`` numbers, ``distances`` numbers of units,
``written_out`` dates in numbers; ``cursor`` is where they all stand.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from kg.values.characters import is_dash, unreadable
from kg.values.date import amid, doubts
from kg.values.date.captions import CAPTIONED, without_caption, without_event, without_place
from kg.values.date.finishing import finished, one_time, share_ending
from kg.values.date.hyphens import DASHES, Hyphens
from kg.values.date.labels import without_label
from kg.values.date.numbers import SPELLED, in_digits, without_guesses
from kg.values.date.parts import Note, Parts
from kg.values.date.times import without_time_ranges
from kg.values.date.vocabulary import captioned, era_of_three, scan, wave_is_until, year_first
from kg.values.date.years import OF_ACCOUNTS, ended, of_accounts, once
from kg.values.notes import without_note
from kg.values.scanner import normal
from kg.values.scripts import language_of
from kg.values.steps import Step, rewritten
from kg.values.vocabulary import of_tables

if TYPE_CHECKING:
    from kg.errors import Unreadable
    from kg.values.vocabulary import Token

_ZONE: Final = re.compile(r"(?<=[0-9]:[0-9]{2}) [+-][0-9]{4}$")
"""The zone of a time as letters have it: 27 Jan 2025 08:00:00 +0100."""
_PASSED_OVER: Final = frozenset({"filler", "time", "clock", "open", "close", "of", "between", "term"})
_AFTER_EVENT: Final = frozenset({"event", "filler", "close"})
"""What may follow the word for what happened on the date."""
_SIDES: Final = 2
_WAVES: Final = frozenset("~∼〜")
"""Signs that leave the end open (2023~); a dash does so too rarely: “1952–” is a birth."""
_APOSTROPHES: Final = frozenset("'’‘")
_NAMED: Final = frozenset({"month", "part", "season", "quarter", "half"})
"""Kinds that a slash may stand before in one of two: Jan/Feb 2025."""
_UNKNOWN: Final = frozenset({"unknown"})
_ALONE: Final = frozenset({"direction", "filler", "of"})
"""Kinds that name no date by themselves: 최근, upcoming."""


def read(text: str, language: str = "") -> list[Parts]:
    """The sides of what a text says: one, or two of a range.

    Raises ``Unreadable``: ``date-no-date`` where the text says that none is known
    (``recently``, ``미정``), else what could not be read.

    >>> [side] = read("2025년 2월 4일")
    >>> side.year, side.month, side.day
    (2025, 2, 4)
    """
    return reading(text, language).read()


def reading(text: str, language: str = "") -> Reading:
    """The reading of a text, before it is begun: afterwards it can say what was taken for what."""
    language = language or language_of(text)
    told = _ZONE.sub("", without_label(normal(text)))
    tokens = rewritten(scan(language)(told), _steps(language))
    return Reading(text, tokens, year_first=year_first(language), era_of_three=era_of_three(language))


@of_tables
def _steps(language: str) -> tuple[Step, ...]:
    """The rules for dates in a language."""
    caption = Step(CAPTIONED, partial(without_caption, language=language)), Step(_UNKNOWN, without_event)
    return (
        Step(_UNKNOWN, without_note),
        *(caption if captioned(language) else ()),
        Step(_UNKNOWN, without_place),
        Step(frozenset({"count"}), without_guesses),
        Step(SPELLED, in_digits),
        Step(frozenset({"era"}), once),
        Step(frozenset({"fiscal"}), ended),
        Step(OF_ACCOUNTS, partial(of_accounts, language=language)),
        *(
            (Step(amid.KINDS, partial(amid.amid_words, language=language)),)
            if not language or amid.is_told(language)
            else ()
        ),
        *((Step(frozenset({"range"}), _opened),) if wave_is_until(language) else ()),
    )


def _opened(tokens: list[Token]) -> list[Token]:
    """``~3月``: where a language uses the sign for "from … to", it is "to" with nothing before it."""
    if tokens[0].text not in _WAVES:
        return tokens
    return [tokens[0]._replace(kind="bound", value="<="), *tokens[1:]]


class Reading(Hyphens):
    """The tokens of one text, and where the reading stands."""

    def __init__(
        self, text: str, tokens: list[Token], *, year_first: bool | None = None, era_of_three: int = 0
    ) -> None:
        """``tokens`` are those of the whole text, numbers in digits; the rest as in ``Cursor``."""
        kinds = {token.kind for token in tokens}
        if "ago" in kinds and "approximate" in kinds:
            tokens = _about_last(tokens)
        if "range" in kinds:
            tokens = without_time_ranges(tokens)
        if "begun" in kinds:
            tokens = [t._replace(kind="bound", value=">=") if t.kind == "begun" else t for t in tokens]
        super().__init__(text, tokens, year_first=year_first, era_of_three=era_of_three)
        self.between = "between" in kinds
        self.begun = "begun" in kinds

    def read(self) -> list[Parts]:
        """The sides; ``notes`` then says what was taken from which tokens."""
        tokens = self.tokens
        while self.at < len(tokens):
            token = tokens[self.at]
            self.start = self.at
            self.at += 1
            if not self._take(token):
                raise self.fault(token)
        if len(self.sides) == _SIDES and self.side == Parts() and self._is_open():
            # "2023~", 1998年～現在: from it on
            self.sides.pop()
            self.sides[0].bound = self.sides[0].bound or ">="
        ranged = len(self.sides) == _SIDES and any(token.kind == "range" for token in self.tokens)
        if ranged and (one := one_time(*self.sides)) is not None:
            self.sides = [one]
        alone = len(self.sides) == 1
        ending = alone or share_ending(self.sides[0], self.sides[-1])
        if not all(finished(side, alone=alone, ending=ending) for side in self.sides):
            raise self.fault(None)
        self.sides[0].begun = self.begun
        self._month_and_day()
        if all(side.day is not None and side.year is None and side.weekday is None for side in self.sides):
            doubts.refuse_month_and_number(self.text, self.tokens)
        if self.needs_year and self.sides[0].year is None:
            raise self.fault(None)
        if len(self.sides) > _SIDES or any(side.is_empty() for side in self.sides):
            raise self.fault(None)
        return self.sides

    def _take(self, token: Token) -> bool:
        kind = token.kind
        if kind in _PASSED_OVER:
            if kind == "open" and len(self.sides) == _SIDES and not self.side.is_empty():
                self._lasts_in_brackets()
            return True
        if kind == "event":
            return self._ends_with_event()
        if kind in {"range", "from-to"} or (kind == "join" and self.between):
            return self._range(token)
        if kind == "join":
            return self.side.is_empty() or self.peek_kind() == "bound"
        if self.side.bound and kind != "bound" and not self.side.is_empty() and self._bound_stood_last():
            if self.side.bound == ">=" and self._lasts(self.at - 1):
                self.side.bound = ""
                return True
            if len(self.sides) == _SIDES and self._length(self.at - 1) is not None:
                self.at = len(self.tokens)  # 4月1日から6月30日までの3カ月間
                return True
            if kind != "label" or not self.names_what_happens():
                self.open_side()
        take = _TAKES.get(kind)
        return take is not None and take(self, token)

    def _ends_with_event(self) -> bool:
        """``2025년 6월 예정``: the word ends the text, after a date that can't be a length."""
        side = self.side
        dated = side.relative is not None or side.month is not None or side.quarter is not None
        clipped = any(token.text[:1] in _APOSTROPHES for token in self.tokens)  # '25년
        dated = dated or side.run is not None or (side.day is not None and len(self.sides) == _SIDES)
        dated = dated or side.half is not None or side.part != ""
        dated = dated or (side.year is not None and (clipped or not side.short_year))
        return dated and all(token.kind in _AFTER_EVENT for token in self.tokens[self.at :])

    def _bound_stood_last(self) -> bool:
        """Whether the bound followed its date (1월부터 3월까지), so that another date begins."""
        return self.at > _SIDES and self.tokens[self.at - 2].kind == "bound" and self.bound_after

    def _lasts(self, at: int) -> bool:
        """``3월 1일부터 10일간``: how long it lasts ends the text; if so, that is taken."""
        length = self._length(at)
        if length is None:
            return False
        self.at = len(self.tokens)
        return self.put("span", length)

    def _length(self, at: int) -> tuple[int, str] | None:
        """How long it lasts, where nothing else stands from a place on."""
        rest = self.tokens[at:]
        kinds = [token.kind for token in rest]
        named = len(rest) > 1 and rest[1].value == "month"  # 10月间 is October
        lasting = kinds[:2] == ["digits", "steps"] or (
            kinds[:2] == ["digits", "unit"] and kinds[2:3] in (["lasting"], ["inside"]) and not named
        )
        if kinds == ["digits", "unit"] and rest[1].value == "year":
            lasting = self.tokens[at - 1].kind == "bound"  # 自2025年起三年
        count = rest[0].value if rest else ""
        if (
            not lasting
            or not count.isdigit()
            or set(kinds[2:]) - {"lasting", "filler", "inside"}
            or len(count) > _SIDES
        ):
            return None
        return int(count), rest[1].value

    def _lasts_in_brackets(self) -> None:
        """``2025.1.1~2025.12.31 (12개월)``: how long the range is may end the text; it is passed over."""
        rest = self.tokens[self.at :]
        kinds = [token.kind for token in rest]
        years = kinds == ["digits", "unit", "close"] and rest[1].value == "year" and len(rest[0].text) == 1
        if years or kinds in (["digits", "steps", "close"], ["digits", "unit", "lasting", "close"]):
            self.at += len(rest)

    def _range(self, token: Token) -> bool:
        side, following = self.side, self.peek()
        if following is not None and _is_time(following) and _is_time(self.tokens[self.at - 2]):
            return True  # 9:15-9:25
        if not side.is_empty() and token.text[0].isalpha() and self._lasts(self.at):
            return True
        if side.is_empty():
            if token.text == "~":
                side.approximate = True
                return True
            if token.text in {"-", "/"}:
                return side.part != ""
            return token.text[:1] not in DASHES and self.put("bound", "<=")
        if following is not None and self.ends_in_year(token, following):
            return True
        if token.text in {"-", "/"} and following is not None and self.joins(following):
            return True
        if token.text == "/" and (following is None or following.kind not in _NAMED):
            return following is not None and ":" in following.text  # a time of day
        if side.part and not side.is_year() and token.text == "-" and self._only_part(side):
            return True
        self.open_side()
        return True

    @staticmethod
    def _only_part(side: Parts) -> bool:
        return side.relative is None and side.year is None and not side.names_part_of_year()

    def _is_uncounted(self) -> bool:
        """``years ago``, ``日前``: nobody says how many."""
        counted = [token.kind in {"unit", "steps"} for token in self.tokens]
        return counted == [True, False] and self.tokens[1].kind == "ago"

    def _is_open(self) -> bool:
        """Whether a sign that leaves the end open ends the text."""
        return self.tokens[-1].text in _WAVES

    def _month_and_day(self) -> None:
        """``2-15``: two numbers that can only be a month and a day, or are so in the language."""
        loose = [side.loose for side in self.sides]
        first, last = loose if len(loose) == _SIDES else (None, None)
        if first is None or last is None or not any(token.text == "-" for token in self.tokens):
            return
        if any(replace(side, loose=None) != Parts() for side in self.sides):
            return
        if not self.year_first and (first > 12 or last <= 12):  # noqa: PLR2004 - months of a year
            return
        self.sides = [Parts(month=first, day=last)]

    def fault(self, at: Token | None) -> Unreadable:
        """Why the text can't be read, or that it names no date."""
        if not self.text.strip() or is_dash(self.text) or any(token.kind == "vague" for token in self.tokens):
            return unreadable("date-no-date", self.text)
        if all(token.kind in _ALONE for token in self.tokens) or self._is_uncounted():
            return unreadable("date-no-date", self.text)
        unknown = next((token for token in self.tokens if token.kind == "unknown"), at)
        if unknown is None:
            return unreadable("date-unreadable", self.text)
        return unreadable("date-word", self.text, args={"word": unknown.text})


def _is_time(token: Token) -> bool:
    return token.kind == "digits" and ":" in token.value


def _about_last(tokens: list[Token]) -> list[Token]:
    """The tokens with "about" after "ago" where it stands between it and its number: 3년쯤 전."""
    for at, token in enumerate(tokens[1:]):
        if token.kind == "ago" and tokens[at].kind == "approximate":
            tokens = [*tokens[:at], token, tokens[at], *tokens[at + 2 :]]
    return tokens


_TAKES: Final = {
    "digits": Reading.take_digits,
    "nth": Reading.take_nth,
    "unit": Reading.take_unit,
    "steps": Reading.take_unit,
    "article": Reading.take_article,
    "month": Reading.take_month,
    "weekday": Reading.take_weekday,
    "weekend": Reading.take_weekend,
    "quarter": Reading.take_quarter,
    "half": Reading.take_half,
    "season": Reading.take_season,
    "part": Reading.take_part,
    "turn": Reading.take_turn,
    "relative": Reading.take_relative,
    "following": Reading.take_following,
    "now": Reading.take_now,
    "named-day": Reading.take_named_day,
    "same-day": Reading.take_same_day,
    "direction": Reading.take_direction,
    "distance": Reading.take_distance,
    "ago": Reading.take_ago,
    "bound": Reading.take_bound,
    "starting": Reading.take_starting,
    "on": Reading.take_on,
    "ordinal-mark": Reading.take_ordinal_mark,
    "ending": Reading.take_ending,
    "cumulative": Reading.take_cumulative,
    "ended-then": Reading.take_ended_then,
    "inside": Reading.take_inside,
    "approximate": Reading.take_approximate,
    "or-equal": Reading.take_or_equal,
    "era": Reading.take_era,
    "fiscal": Reading.take_fiscal,
    "lasting": Reading.take_lasting,
    "label": Reading.take_label,
    "of-accounts": Reading.take_of_accounts,
    "same": Reading.take_same,
}
"""Kind of token -> what takes it."""

__all__ = ["Note", "Reading", "read"]
