"""Why a text is no amount."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.characters import is_dash, unreadable
from kg.values.denials import denies, is_denial
from kg.values.numeral import KINDS
from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.errors import Unreadable
    from kg.values.vocabulary import Token

_HAN: Final = re.compile("[\u3400-\u9fff]")
_UNITS: Final = frozenset({"currency", "code", "assumed", "group", "scale"})
_SIGNS: Final = frozenset({"currency", "code", "assumed"})
_TIMES: Final = frozenset({"multiple", "scale", "group"})
_NOUNS: Final = frozenset({"label", "unknown"})
_NEXT: Final = 3
"""Behind a vague word its noun is one of the next two tokens: the high-speed line."""
_NAMING: Final = frozenset({"label", "filler"})
_COUNTED: Final = frozenset({"digits", "count", "digit", "article", "half", "fraction"})


def fault(tokens: Sequence[Token], text: str, at: Token | None = None) -> Unreadable:
    """Why the text can't be read, or that it names no amount."""
    vague = _says_vaguely(tokens)
    if vague or not text.strip() or _is_dash(tokens, text) or _is_nothing(tokens):
        return unreadable("money-no-amount", text)
    said = [token for token in tokens if token.kind not in _NAMING]
    if (said and all(is_denial(token.text) for token in said)) or _is_untold(tokens):
        return unreadable("money-no-amount", text)  # 无, 金额：无
    unknown = next((token for token in tokens if token.kind == "unknown"), at)
    if unknown is None:
        return unreadable("money-unreadable", text)
    return unreadable("money-word", text, args={"word": unknown.text})


def _says_vaguely(tokens: Sequence[Token]) -> bool:
    """Whether a vague word is none of another noun than the amount: $38M at an undisclosed *valuation*."""
    kinds = [token.kind for token in tokens]
    if "vague" not in kinds:
        return False
    amounts = [at for at in range(len(kinds)) if _begins_amount(kinds, at)]
    behind = parted = False
    for at in range(len(kinds) - 1, -1, -1):  # so that what follows a word is known
        if _is_vague(tokens, at):
            before = bool(amounts) and amounts[0] < at
            named = not _NOUNS.isdisjoint(kinds[at + 1 : at + _NEXT])
            if not (behind or before) or (behind and not parted) or (before and not named):
                return True
        if amounts and amounts[-1] == at:
            amounts.pop()
            behind, parted = True, False
        parted = parted or kinds[at] in _NOUNS
    return False


def _begins_amount(kinds: Sequence[str], at: int) -> bool:
    """Whether digits stand here beside a currency, with or without a scale between them."""
    if kinds[at] != "digits":
        return False
    end = at + 1
    while end < len(kinds) and kinds[end] in _TIMES:
        end += 1
    beside = [*kinds[max(at - 1, 0) : at], *kinds[end : end + 1]]
    return not _SIGNS.isdisjoint(beside)


def _is_vague(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token says that nobody knows how much; a lone 数 only before what it counts, not in 総数."""
    token = tokens[at]
    if token.kind != "vague" or not _HAN.fullmatch(token.text):
        return token.kind == "vague"
    following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    return following in KINDS or following in _UNITS


def _is_nothing(tokens: Sequence[Token]) -> bool:
    """Whether no amount is said: "none" alone, a dash with its unit, ``millions of dollars``."""
    kinds = {token.kind for token in tokens}
    dashes = kinds - _UNITS - _NAMING == {"range"} and all(
        is_dash(token.text) for token in tokens if token.kind == "range"
    )
    return dashes or ("nothing" in kinds and not kinds & _COUNTED) or _is_bare_multiple(tokens)


def _is_untold(tokens: Sequence[Token]) -> bool:
    """``双方未就交易金额作出披露``: no number, and a word that denies that it was told."""
    if any(token.kind in _COUNTED for token in tokens):
        return False
    words = "".join(token.text for token in tokens)
    last = max((words.rfind(told) for told in _told()), default=-1)
    return last > 0 and denies(words[:last])


@of_tables
def _told() -> frozenset[str]:
    return frozenset(
        word for table in tables().values() for word in table.get("label", {}).get("told", ()) if word
    )


def _is_dash(tokens: Sequence[Token], text: str) -> bool:
    """``-``, ``계약금액 -``: a dash where the amount would stand."""
    named = {token.kind for token in tokens[:-1]} <= _NAMING
    return is_dash(text) or (named and bool(tokens) and is_dash(tokens[-1].text))


def _is_bare_multiple(tokens: Sequence[Token]) -> bool:
    """``millions of dollars``: a scale without a number before it."""
    kinds = {token.kind for token in tokens}
    return bool(kinds & {"multiple", "scale"}) and not (_COUNTED | {"unknown"}) & kinds
