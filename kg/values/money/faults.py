"""Why a text is no amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.characters import unreadable
from kg.values.money.compounds import is_denial

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.errors import Unreadable
    from kg.values.vocabulary import Token

_COUNTED: Final = frozenset({"digits", "count", "digit", "article", "half", "fraction"})


def fault(tokens: Sequence[Token], text: str, at: Token | None = None) -> Unreadable:
    """Why the text can't be read, or that it names no amount."""
    if not text.strip() or any(token.kind == "vague" for token in tokens) or _is_bare_multiple(tokens):
        return unreadable("money-no-amount", text)
    if all(is_denial(token.text) for token in tokens):
        return unreadable("money-no-amount", text)  # 无
    unknown = next((token for token in tokens if token.kind == "unknown"), at)
    if unknown is None:
        return unreadable("money-unreadable", text)
    return unreadable("money-word", text, args={"word": unknown.text})


def _is_bare_multiple(tokens: Sequence[Token]) -> bool:
    """``millions of dollars``: a scale without a number before it."""
    kinds = {token.kind for token in tokens}
    return bool(kinds & {"multiple", "scale"}) and not (_COUNTED | {"unknown"}) & kinds
