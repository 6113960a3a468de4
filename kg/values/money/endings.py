"""Who an amount is from or for, behind it: ``$2.3 billion from Google``.

What follows a word of the list ``names`` (of ``[label]``) to the end is one label, if it stands right
behind the amount and is a name: unknown words with a capital letter, and words that say nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.denials import denies
from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS as NUMBERS
from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from kg.values.vocabulary import Token

_LINKS: Final = frozenset({"join", "article"})
_COUNTED: Final = (NUMBERS - _LINKS) | CURRENCIES
_MARKS: Final = frozenset("'’&.-")
_OF_NAME: Final = frozenset({"label", "filler", "country"}) | _LINKS


def without_name(tokens: list[Token]) -> list[Token]:
    """The tokens with a name behind the amount as one label."""
    at = len(tokens)
    while at and tokens[at - 1].kind not in _COUNTED:
        at -= 1
    tail = tokens[at:]
    money = {token.kind for token in tokens[:at]}
    if len(tail) <= 1 or tail[0].text.lower() not in _before_names() or not money & CURRENCIES:
        return tokens
    name = tail[1:]
    if not all(map(_may_be_of_name, name)) or not any(token.text[:1].isupper() for token in name):
        return tokens
    words = " ".join(token.text for token in tail)
    return [*tokens[:at], tail[0]._replace(kind="label", value=words, text=words, end=tail[-1].end)]


def _may_be_of_name(token: Token) -> bool:
    known = token.kind in _OF_NAME or token.text in _MARKS
    return (known or token.text[:1].isupper() or token.text == "s") and not denies(token.text.lower())


@of_tables
def _before_names() -> frozenset[str]:
    return frozenset(word for table in tables().values() for word in table.get("label", {}).get("names", ()))
