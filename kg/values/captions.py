"""Captions before a value: 出演料 100万円, 臨時報告書提出日：2025年3月14日.

In a language without spaces a gap or a colon parts a caption from its value, as in a table; only a colon,
where numbers have a gap beside them anyway (``spaced``: 放弃 3 亿元收购). Words that are not known say
nothing there; what denies, bounds or counts is known, and makes it no caption. In
Korean a gap parts any two words, so that only nouns are a caption: none of its words may end as an adverb
or a verb does (the list ``no-noun`` of ``[label]``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from kg.values.vocabulary import Token

_WORD: Final = re.compile("[A-Za-z\u3041-\u30ff\u3400-\u9fff々〆・()]+|(?=.*[가-힣])[가-힣A-Za-z0-9&(),· ]+")
_COLON: Final = ":"
_LONGEST: Final = 32


def caption(
    tokens: Sequence[Token],
    may_be_within: Callable[[Sequence[Token], int], bool],
    begins: Callable[[Token], bool],
    leads: Collection[str] = (),
    *,
    gaps: bool,
) -> tuple[int, str]:
    """How many tokens are the caption of the value that follows, and its words; (0, "") if there is none.

    ``may_be_within`` says whether the token at a place may be in a caption, ``begins`` whether one begins
    a value; ``leads`` are words that part both without a gap: 双方*于*2024年12月. ``gaps`` says whether a
    gap parts them.
    """
    end = _end(tokens, may_be_within, begins, leads, gaps=gaps)
    words = _words(tokens[:end])
    found = " ".join(map(_spelled, words))
    fits = len(found) <= _LONGEST and _WORD.fullmatch(found) and _names_only(words)
    return (end, found) if fits else (0, "")


def _names_only(words: Sequence[Sequence[Token]]) -> bool:
    """Whether no word ends as none does that only names something: 취소한, 족히."""
    unknown = [word for word in words if any(token.kind == "unknown" for token in word)]
    return not any(f" {_spelled(word)}".endswith(_no_nouns()) for word in unknown)


def _spelled(word: Sequence[Token]) -> str:
    return "".join(token.text for token in word)


def _words(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens of each word, as gaps part them; a colon is none."""
    words: list[list[Token]] = []
    for at, token in enumerate(tokens):
        if token.text == _COLON:
            continue
        if words and tokens[at - 1].end == token.start:
            words[-1].append(token)
        else:
            words.append([token])
    return words


@of_tables
def _no_nouns() -> tuple[str, ...]:
    """How words end that are no nouns; one that begins with a space is a whole word."""
    return tuple(word for table in tables().values() for word in table.get("label", {}).get("no-noun", ()))


def _end(
    tokens: Sequence[Token],
    may_be_within: Callable[[Sequence[Token], int], bool],
    begins: Callable[[Token], bool],
    leads: Collection[str],
    *,
    gaps: bool,
) -> int:
    for at in range(1, len(tokens)):
        if tokens[at - 1].text not in leads and not may_be_within(tokens, at - 1):
            return 0
        before = tokens[at - 1]
        parted = before.text == _COLON or before.text in leads or (gaps and before.end < tokens[at].start)
        if parted and begins(tokens[at]) and not may_be_within(tokens, at):
            return at
    return 0
