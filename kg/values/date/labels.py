"""What a date is the date of, where a form has it before the date: ``계약일: 2024년 12월 31일``.

A label is known by its last word (the list ``end`` of ``[date-label]``), and only where nothing can count
from it: before a colon, a particle that makes it the subject (``tail``), or a year. ``계약일 3일 전`` is
three days before a day that the text does not name. Words that name a day (the list ``never``: 월요일, 전일)
are no labels.
"""

from __future__ import annotations

import re
from typing import Final

from kg.values.vocabulary import of_tables, tables

_LONGEST: Final = 30
"""Characters of a label before its last word; what is longer is a sentence."""


def without_label(text: str) -> str:
    """The text from its date on.

    >>> without_label("계약 체결일: 2024-12-31"), without_label("계약일 3일 전")
    ('2024-12-31', '계약일 3일 전')
    >>> without_label("설립일 1998년 5월"), without_label("월요일 1998년 5월")
    ('1998년 5월', '월요일 1998년 5월')
    """
    found = _label().match(text)
    if found is None or found[1].lower().endswith(_never()):
        return text
    return text[found.end() :]


def denies_event(words: str) -> bool:
    """Whether words say something of the day itself, or that there is none."""
    return any(no in words for no in _list("no-event"))


@of_tables
def _label() -> re.Pattern[str]:
    ends, tails = ("|".join(map(re.escape, _list(name))) or "(?!)" for name in ("end", "tail"))
    return re.compile(
        rf"\s*([^\d:：~∼]{{0,{_LONGEST}}}?(?:{ends}))"
        rf"(?:\s*[:：]\s*(?=.)|(?:{tails})\s+(?=.)|(?:{tails})?\s*(?=[12][0-9]{{3}}\s?[년年./-]))",
        re.IGNORECASE,
    )


@of_tables
def _never() -> tuple[str, ...]:
    return tuple(_list("never"))


def _list(name: str) -> list[str]:
    """The words of a list, of all languages, the longest first."""
    found = {word for table in tables().values() for word in table.get("date-label", {}).get(name, ())}
    return sorted(found, key=lambda word: (-len(word), word))
