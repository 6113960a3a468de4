"""Captions before a value: 出演料 100万円, 臨時報告書提出日：2025年3月14日.

In a language without spaces a gap or a colon parts a caption from its value, as in a table; only a colon,
where numbers have a gap beside them anyway (``spaced``: 放弃 3 亿元收购). Words that are not known say
nothing there; what denies, bounds or counts is known, and makes it no caption.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from kg.values.vocabulary import Token

_WORD: Final = re.compile("[A-Za-z\u3041-\u30ff\u3400-\u9fff々〆・()]+")
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
    words = "".join(token.text for token in tokens[:end] if token.text != _COLON)
    return (end, words) if len(words) <= _LONGEST and _WORD.fullmatch(words) else (0, "")


def _end(
    tokens: Sequence[Token],
    may_be_within: Callable[[Sequence[Token], int], bool],
    begins: Callable[[Token], bool],
    leads: Collection[str],
    *,
    gaps: bool,
) -> int:
    for at in range(1, len(tokens)):
        if not may_be_within(tokens, at - 1):
            return 0
        before = tokens[at - 1]
        parted = before.text == _COLON or before.text in leads or (gaps and before.end < tokens[at].start)
        if parted and begins(tokens[at]):
            return at
    return 0
