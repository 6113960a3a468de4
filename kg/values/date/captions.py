"""Captions before a date: 臨時報告書提出日：2025年3月14日; what happens then after it: 2027年の商用化開始.

The date must have its year, since a number after a caption may count days: 締結後 90日.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.captions import caption
from kg.values.date.labels import denies_event, denies_lead, leads
from kg.values.date.written_out import YEAR_LENGTH
from kg.values.denials import denies
from kg.values.vocabulary import habit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_SAYS_NOTHING: Final = frozenset(
    {
        *("unknown", "label", "filler", "event", "unit", "term", "time", "clock", "lasting"),
        *("open", "close", "of", "ordinal-mark"),
    }
)
_COUNTS: Final = frozenset({"count", "power", "ordinal"})
_IN_WORDS: Final = frozenset({"count", "power", "era"})
_HAPPENS: Final = frozenset({"unknown", "label", "filler", "of", "event"})
_JOINS: Final = frozenset({"filler", "of", "bound"})
CAPTIONED: Final = frozenset({"unknown", "event", "unit", "term"})
"""The kinds of token of which a caption has one."""
_JAPANESE: Final = "ja"
_PARTS: Final = frozenset({"month", "day", "quarter", "half"})
_TOWARDS: Final = ("に", "へ")
_RANGED: Final = frozenset({"range", "from-to", "bound"})
_LONGEST: Final = 24
_PLACE: Final = 4
"""Words of a place."""
_AFTER_PLACE: Final = frozenset(",-–—")
_NAMES: Final = frozenset({"label", "event"})


def without_caption(tokens: list[Token], language: str) -> list[Token]:
    """The tokens without an unknown caption at their beginning."""
    end, words = caption(tokens, _may_be_within, _is_year, leads(), gaps=not habit("spaced", language))
    unknown = any(token.kind in CAPTIONED for token in tokens[:end])
    if not unknown or denies(words) or denies_lead(words):
        return tokens
    return tokens[end - (tokens[end - 1].kind == "bound") :]  # 本合同自2025年1月1日起


def without_place(tokens: list[Token]) -> list[Token]:
    """The tokens without the place of a dateline: ``NEW YORK, Jan. 30, 2025``."""
    end = next((at for at, token in enumerate(tokens) if token.kind != "unknown"), 0)
    named = all(token.text.isalpha() and token.text[0].isupper() for token in tokens[:end])
    if not named or not 0 < end <= _PLACE or tokens[end].text not in _AFTER_PLACE:
        return tokens
    rest = tokens[end + 1 :]
    year = any(token.kind == "digits" and len(token.text) == YEAR_LENGTH for token in rest)
    return rest if year and any(token.kind == "month" for token in rest) else tokens


def without_event(tokens: list[Token]) -> list[Token]:
    """The tokens without an unknown phrase at their end that says what happens: 2024年6月*から*順次実行.

    A word that joins it to the date stands before it, or what happens, and the phrase says of what:
    2024年11月*签署*协议. After "of" and a year (2027年*の*量産化開始) it may name a part of that time, so
    that a known word must end it, as in languages other than Japanese; after two ends it may be a change.
    """
    at = len(tokens)
    while at and (tokens[at - 1].kind in _HAPPENS or _is_within_word(tokens, at - 1)):
        at -= 1
    start = next((n for n in range(at, len(tokens)) if tokens[n].kind == "unknown"), 0)
    while start > at and (tokens[start - 1].kind == "label" or _is_within_word(tokens, start - 1)):
        start -= 1  # 改正法
    last = next((token for token in reversed(tokens[start:]) if token.kind not in _JOINS), None)
    if not 0 < at <= start or last is None:
        return tokens
    before = tokens[start - 1]
    words = "".join(token.text for token in tokens[start:] if token.kind != "filler")
    changed = before.text.endswith(_TOWARDS) and any(token.kind in _RANGED for token in tokens[: at - 1])
    part = any((token.value if token.kind == "unit" else token.kind) in _PARTS for token in tokens[:at])
    happened = any(token.kind in _NAMES for token in tokens[at:start])
    sure = before.language == _JAPANESE and not changed and (before.kind != "of" or (part and not happened))
    joined = before.kind == "event" or (before.kind in _JOINS and (sure or last.kind in _NAMES))
    return tokens[:start] if joined and len(words) <= _LONGEST and not denies_event(words) else tokens


def _is_within_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number or an era is the beginning of another word: the 一 of 一度, the 平 of 平社員."""
    after = tokens[at + 1 : at + 2]
    glued = bool(after) and after[0].kind == "unknown" and after[0].start == tokens[at].end
    return (
        glued and tokens[at].kind in _IN_WORDS and len(tokens[at].text) == 1 and not tokens[at].text.isascii()
    )


def _may_be_within(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token says nothing, or is a number in words within a longer one, as the 三 of 第三者."""
    if tokens[at].kind in _SAYS_NOTHING:
        return True
    after = next(iter(tokens[at + 1 : at + 2]), None)
    glued = after is not None and after.kind in {"unknown", "term"} and after.start == tokens[at].end
    return tokens[at].kind in _COUNTS and glued


def _is_year(token: Token) -> bool:
    """Whether a token begins a date that has its year."""
    long = token.kind == "digits" and token.text[:YEAR_LENGTH].isdigit() and len(token.text) >= YEAR_LENGTH
    return long or token.kind in {"era", "starting"}
