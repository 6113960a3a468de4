"""What may stand behind an amount: ``$2.3 billion from Google``, ``$3.45 billion, up 12%``.

What follows a word of the list ``names`` (of ``[label]``) to the end is one label if it is a name: unknown
words with a capital letter, and words that say nothing. Labels may stand before it (a €120m loan from the
EIB), but for words of ``names-close``. So is a share after one of ``moved``, by which the amount has changed,
and what the amount is compared with, after one of ``versus``. An article before the amount belongs to the
noun after it (a £22bn overspend).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import denies
from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS as NUMBERS
from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_LINKS: Final = frozenset({"join", "article"})
_COUNTED: Final = (NUMBERS - _LINKS) | CURRENCIES
_MARKS: Final = frozenset("'’&.-")
_NAMING: Final = frozenset({"label", "filler"})
_OF_NAME: Final = _NAMING | _LINKS | {"country"}
_BRACKETS: Final = frozenset({"open", "close"})
_PERCENT: Final = frozenset({"%", "percent"})
_PER_CENT: Final = ["per", "cent"]
_WORD: Final = re.compile("[a-z]{4,}")
_NOUNS: Final = 2
_LONGEST: Final = 3
"""Tokens before the percent: up by about 12."""


def without_remarks(tokens: list[Token]) -> list[Token]:
    """The tokens with what stands behind the amount as one label."""
    moved = _change(tokens)
    at = _name(tokens) or moved or _noun(tokens)
    bracket = any(token.kind in _BRACKETS for token in tokens[at:])
    if not at or bracket or not {token.kind for token in tokens[:at]} & CURRENCIES:
        return tokens
    words = " ".join(token.text for token in tokens[at:])
    kind = "change" if at == moved else "label"  # no range: from $3bn to $5bn, up 50%
    return [*tokens[:at], tokens[at]._replace(kind=kind, value=words, text=words, end=tokens[-1].end)]


def _name(tokens: Sequence[Token]) -> int:
    """Where a name begins that ends the tokens, with the word before it, or 0."""
    end = at = _amount_end(tokens)
    while at < len(tokens) and tokens[at].text.lower() not in _words("names"):
        if tokens[at].kind not in _NAMING:
            return 0
        at += 1
    name = tokens[at + 1 :]
    if not name or (at > end and tokens[at].text.lower() in _words("names-close")):
        return 0
    named = any(token.kind == "country" or token.text[:1].isupper() for token in name)
    return at if named and all(map(_may_be_of_name, name)) else 0


def _may_be_of_name(token: Token) -> bool:
    known = token.kind in _OF_NAME or token.text in _MARKS or token.text == "s"
    return (known or token.text[:1].isupper()) and not denies(token.text.lower())


def _change(tokens: Sequence[Token]) -> int:
    """Where the words begin that say by how much the amount has changed, to the end, or 0."""
    for at, token in enumerate(tokens):
        if token.text.lower() in _words("versus") and at > 1:
            return at if any(part.kind == "digits" for part in tokens[:at]) else 0
        if token.text.lower() not in _words("moved"):
            continue
        digits = next((n for n, part in enumerate(tokens[at:], at) if part.kind == "digits"), 0)
        after = [part.text.lower() for part in tokens[digits + 1 : digits + 3]]
        share = 2 if after == _PER_CENT else int(after[:1] != [] and after[0] in _PERCENT)
        end = digits + 1 + share
        if at < digits <= at + _LONGEST and share and at > 1:
            return at if _COUNTED.isdisjoint(part.kind for part in tokens[end:]) else 0
    return 0


def _noun(tokens: Sequence[Token]) -> int:
    """Where the noun begins that an article before the amount belongs to: *a* £22bn *overspend*; or 0."""
    end = _amount_end(tokens)
    noun = tokens[end:]
    if tokens[0].kind != "article" or not 0 < len(noun) <= _NOUNS:
        return 0
    kinds = {token.kind for token in tokens[1:end]}
    plain = kinds <= _COUNTED | _NAMING | {"approximate"} and "digits" in kinds
    words = all(token.kind == "unknown" and _WORD.fullmatch(token.text) for token in noun)
    return end if plain and words and not any(denies(token.text) for token in noun) else 0


def _amount_end(tokens: Sequence[Token]) -> int:
    """Where the last number or currency ends."""
    at = len(tokens)
    while at and tokens[at - 1].kind not in _COUNTED:
        at -= 1
    return at


@of_tables
def _words(name: str) -> frozenset[str]:
    return frozenset(word for table in tables().values() for word in table.get("label", {}).get(name, ()))
