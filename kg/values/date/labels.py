"""What a date is the date of, where a form has it before the date: ``계약일: 2024년 12월 31일``.

A label is known by its last word (the list ``end`` of ``[date-label]``), and only where nothing can count
from it: before a colon, a particle that makes it the subject (``tail``), a year, or a month and a day, and in
brackets at the end. ``계약일 3일 전`` is three days before a day that the text does not name. Words that name
a day (the list ``never``: 월요일, 전일) are no labels; those of Hangul are whole words (the 작일 of 시작일 is
none). Nor is what says when, before a date without its year: 내년 착공 3월 5일.
What bounds the date before its label (the list ``bounds``) is kept: 自交割日2025年3月31日起.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Callable

_HANGUL: Final = re.compile("[가-힣]")
_CLOSING: Final = (")", "）", " ")
_COLONS: Final = (":", "：")
_LONGEST: Final = 30
"""Characters of a label before its last word; what is longer is a sentence."""
_YEAR: Final = re.compile("[12][0-9]{3}")
_TIMES: Final = ("relative", "direction", "season", "half", "turn")
"""The kinds of word that say when."""


def without_label(text: str) -> str:
    """The text from its date on.

    >>> without_label("계약 체결일: 2024-12-31"), without_label("계약일 3일 전")
    ('2024-12-31', '계약일 3일 전')
    >>> without_label("설립일 1998년 5월"), without_label("월요일 1998년 5월")
    ('1998년 5월', '월요일 1998년 5월')
    >>> without_label("이사회결의일(결정일) 2025년 1월 24일"), without_label("2024년 12월 31일(결산일)")
    ('2025년 1월 24일', '2024년 12월 31일')
    >>> without_label("만기: 30년")  # how long
    '만기: 30년'
    >>> without_label("自交割日2025年3月31日起")
    '自2025年3月31日起'
    """
    found = _label().match(text) if not text[:1].isdigit() else None
    if found is not None and not _says_when(found[1].lower(), text[found.end() :]):
        colon = found[0].rstrip().endswith(_COLONS)
        bounds = tuple(_list("bounds"))
        rest = text[found.end() :]
        bound = next((word for word in bounds if found[1].startswith(word)), "")
        text = rest if colon or rest.startswith(bounds) else bound + rest  # 自签署之日起至2026年
    remark = _remark().search(text) if text.endswith(_CLOSING) else None
    if remark is None or f" {remark[1].lower()}".endswith(_never()):
        return text
    return text[: remark.start()] or text


def _says_when(label: str, after: str) -> bool:
    """Whether words are no mere label: they name a day, or a time that the date after them leaves open."""
    times = _times()(label) is not None and _YEAR.match(after) is None
    return times or f" {label}".endswith(_never())


def denies_lead(words: str) -> bool:
    """Whether words before a date say that what happens was given up."""
    return any(no in words for no in _list("no-lead"))


def denies_event(words: str) -> bool:
    """Whether words say something of the day itself, or that there is none."""
    return any(no in words for no in _list("no-event"))


@of_tables
def leads() -> frozenset[str]:
    """The words that lead from who or what to the date: 双方于2024年12月."""
    return frozenset(_list("leads"))


@of_tables
def _label() -> re.Pattern[str]:
    """A label before what can be no length of time: a year, or a month and a day, by the words after them."""
    ends, tails, bounds, years, lasting = map(_any_of, ("end", "tail", "bounds", "year", "lasting"))
    year = rf"[12][0-9]{{3}}\s?(?:{years}|[./-])|1[0-9]{{2}}(?:{years})[0-9]"  # 114年7月 too
    date = rf"{year}|[01]?[0-9](?:{_any_of('month')})\s?[0-9]"
    return re.compile(
        rf"\s*([^\d:：~∼]{{0,{_LONGEST}}}?(?:{ends}))(?:\s?[(（][^()（）\d]*[)）])?"
        rf"(?:\s*[:：]\s*(?=.)|(?:{tails})\s+(?=.)|(?:{tails})?\s*(?=(?:{bounds})?\s*(?:{date})))"
        rf"(?!\s*[0-9]{{1,3}}\s?(?:{years})\s*(?:{lasting}|$))",
        re.IGNORECASE,
    )


@of_tables
def _remark() -> re.Pattern[str]:
    """What a date is the date of, in brackets after it."""
    return re.compile(rf"\s*[(（]([^\d()（）]*(?:{_any_of('end')}))[)）]\s*$", re.IGNORECASE)


@of_tables
def _times() -> Callable[[str], re.Match[str] | None]:
    """Finds a word that is a time of its own: 올해, 지난, 상반기."""
    dates = [table.get("date", {}) for table in tables().values()]
    words = {word for date in dates for kind in _TIMES for word in date.get(kind, {})}
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, sorted(words)))})(?!\S)").search


@of_tables
def _never() -> tuple[str, ...]:
    return tuple(f" {word}" if _HANGUL.match(word) else word for word in _list("never"))


def _any_of(name: str) -> str:
    """A pattern of the words of a list, of nothing if there are none."""
    return "|".join(map(re.escape, _list(name))) or "(?!)"


def _list(name: str) -> list[str]:
    """The words of a list, of all languages, the longest first."""
    found = {word for table in tables().values() for word in table.get("date-label", {}).get(name, ())}
    return sorted(found, key=lambda word: (-len(word), word))
