"""By how much an amount grew or fell: ``前年同期比8.5%増の123億円``, 50億円、前年比10%増.

A number before one of the words ``rise`` (of ``[label]``: %, 倍) is a share. Where what it compares with
(``compared``: 比) stands before it, or a word of the kind ``change`` after it, it says nothing of how much
the amount is that comes later, or came before and is joined to it (``joining``: 、). Nor does a word that
calls a number large or small (``large``), which alone says that none is known: 100億円の巨額投資.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.money.side import CURRENCIES
from kg.values.money.vocabulary import ends
from kg.values.numeral import KINDS
from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_AFTER: Final = frozenset({"change", "filler", "label"})
_MARKS: Final = frozenset({"approximate", "bound"})
_NAMING: Final = frozenset({"label", "filler"})
_AMOUNT: Final = (KINDS - {"article", "join"}) | CURRENCIES | _MARKS
"""What the amount begins with."""


def without_size(tokens: list[Token]) -> list[Token]:
    """The tokens with words that call a number large as fillers, where one is said."""
    kinds = {token.kind for token in tokens}
    if kinds.isdisjoint(CURRENCIES) or kinds.isdisjoint(KINDS):
        return tokens
    return [token._replace(kind="filler") if token.text in _words("large") else token for token in tokens]


def without_growth(tokens: list[Token]) -> list[Token]:
    """The tokens with shares by which the amount grew as labels."""
    if not any(token.text in _words("rise") or _compares(token) for token in tokens):
        return tokens
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        end = _growth(tokens, at, found)
        if end > at:
            if found and found[-1].kind == "unknown" and _compares(found[-1]):
                found[-1] = found[-1]._replace(kind="label")
            if found and found[-1].kind in _MARKS and (len(found) == 1 or found[-2].kind in _NAMING):
                found.pop()  # about so much more
            words = "".join(token.text for token in tokens[at:end])
            found.append(tokens[at]._replace(kind="label", value=words, text=words, end=tokens[end - 1].end))
            at = end
        else:
            found.append(tokens[at])
            at += 1
    return found


def _compares(token: Token) -> bool:
    named = token.kind in {"label", "unknown"} and token.text not in ends("compared")
    return named and token.text.endswith(ends("compared"))


def _share(tokens: Sequence[Token], at: int, *, compared: bool) -> int:
    """Where a share ends that begins here, or an amount after what it is compared with; else ``at``."""
    if tokens[at].kind == "digits" and [t.text for t in tokens[at + 1 : at + 2] if t.text in _words("rise")]:
        return at + 2
    end = at
    while compared and end < len(tokens) and tokens[end].kind in KINDS | CURRENCIES:
        end += 1
    counted = any(token.kind in CURRENCIES for token in tokens[at:end])
    return end if counted and [token.kind for token in tokens[end : end + 1]] == ["change"] else at


def _growth(tokens: Sequence[Token], at: int, before: Sequence[Token]) -> int:
    """Where a share ends that begins here, with the words of change after it; ``at`` if none does."""
    beside = before[-2:-1] if before and before[-1].kind in _MARKS else before[-1:]
    compared = any(map(_compares, beside))
    start = _share(tokens, at, compared=compared)
    if start == at:
        return at
    end = start
    while end < len(tokens) and tokens[end].kind in _AFTER:
        end += 1
    changed = any(token.kind == "change" for token in tokens[start:end])
    changed = changed or (tokens[start - 1].text in _words("times-of") and end == start + 1)  # 1.8倍の
    joined = bool(beside) and beside[0].text in _words("joining")
    if end == len(tokens):
        counted = any(token.kind in CURRENCIES for token in before)
        return end if counted and (compared or (changed and joined)) else at
    follows = end > start and tokens[end].kind in _AMOUNT
    return end if follows and (changed or compared) else at


@of_tables
def _words(name: str) -> frozenset[str]:
    return frozenset(word for table in tables().values() for word in table.get("label", {}).get(name, ()))
