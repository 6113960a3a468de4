"""The usual amounts, read at once: one number, with a currency, a scale and "about" around it.

``$1,234.56``, ``약 729조원``, ``USD 3 billion``: what stands before and after the digits is
looked up as a whole, and kept, since the same few words come again and again. Everything else,
and every number that more than its digits decide about, is left to the grammar; a test holds
that both say the same.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kg.values.money.meaning import Money
from kg.values.money.vocabulary import family, groups_by_point, home, scan, speech
from kg.values.numeral import digits, raised
from kg.values.numeral.digits import ambiguous
from kg.values.vocabulary import BASE, remembered

_ONE_NUMBER: Final = re.compile(r"([^0-9]{0,12}?)([0-9][0-9,.]*)([^0-9]{0,16})")
_PART_OF_NUMBER: Final = frozenset(".,'’-–—⁄/")
_NAMES: Final = frozenset({"currency", "code", "assumed"})
_SCALES: Final = frozenset({"scale", "multiple"})
_KEPT: Final = 4096


class Around(NamedTuple):
    """What stands on one side of the digits."""

    power: int = 0
    currency: str = ""
    symbol: str = ""
    approximate: bool = False
    language: str = ""
    """Of a word that only one of several languages has."""


def read(text: str, language: str) -> Money | None:
    """The amount, or None where the grammar is needed."""
    found = _ONE_NUMBER.fullmatch(text)
    if found is None:
        return None
    head, number, tail = found.groups()
    before, after = around(head, language, False), around(tail, language, True)  # noqa: FBT003 - cached
    if before is None or after is None or bool(before.currency) == bool(after.currency) or before.power:
        return None
    named = before if before.currency else after
    value = None if number[-1] in ".," or ambiguous(number) else digits(number)
    if value is None or (named.currency in groups_by_point() and not number.isdigit()):
        return None
    currency = named.currency
    if named.symbol:
        there = home(language or before.language or after.language)
        currency = there if there in family(currency) else currency
    amount = raised(value, after.power)
    about = before.approximate or after.approximate
    return Money(currency, amount, amount, False, False, about, text.strip(), None, named.symbol)  # noqa: FBT003


@remembered(_KEPT)
def around(words: str, language: str, after: bool) -> Around | None:  # noqa: FBT001 - a key of the cache
    """What words on one side say, or None where that is more than a scale, a currency and "about"."""
    if not words or words == " ":
        return Around()
    if (words[0] if after else words[-1]) in _PART_OF_NUMBER:
        return None
    found = Around()
    main = language.partition("-")[0].lower()
    for token in scan(language)(words):
        spoken = token.language
        other = spoken or (token.kind == "currency" and speech(token.value))
        if other and other != main and other not in BASE:
            return None
        if token.kind in _SCALES and after and not found.power and not found.currency:
            found = found._replace(power=token.value)
        elif token.kind in _NAMES and not found.currency:
            symbol = token.text if token.kind == "assumed" else ""
            found = found._replace(currency=token.value, symbol=symbol)
        elif token.kind == "approximate":
            found = found._replace(approximate=True)
        else:
            return None
        if spoken not in {"", "en", "ko"} and not found.language:
            found = found._replace(language=spoken)
    return found
