"""Marks of footnotes at the end of a value, or before it: 1,500百万円(注1), 2025年4月1日※, ※約3億円."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from kg.values.vocabulary import Token

_MARK: Final = re.compile(r"(?:\(nd?\)d?|nd?)$")
_LONGEST: Final = 5
_SHORT: Final = 2


def without_note(tokens: list[Token]) -> list[Token]:
    """The tokens without the mark of a footnote at their end, or a sign of one at their beginning."""
    if (
        len(tokens) > 1
        and tokens[0].kind == "unknown"
        and tokens[0].text in _signs()
        and not tokens[0].text.isalpha()
    ):
        tokens = tokens[1:]
    if not any(token.kind == "unknown" and token.text in _signs() for token in tokens[-_LONGEST:]):
        return tokens
    found = _MARK.search("".join(map(_role, tokens[-_LONGEST:])))
    return tokens[: len(tokens) - len(found.group())] if found else tokens


def _role(token: Token) -> str:
    """One letter for what a token may be in a mark."""
    if token.kind == "digits":
        return "d" if token.text.isdigit() and len(token.text) <= _SHORT else "x"
    if token.kind == "unknown":
        return "n" if token.text in _signs() else "x"
    return {"open": "(", "close": ")"}.get(token.kind, "x")


@of_tables
def _signs() -> frozenset[str]:
    """The words and signs of footnotes, ``note`` of ``[label]``; asked only for unknown words."""
    return frozenset(word for table in tables().values() for word in table.get("label", {}).get("note", ()))
