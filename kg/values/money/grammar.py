"""The grammar of amounts in text.

    text     = interval [conversion]
    conversion = "(" interval ")" | "or" interval     the same amount in another currency
    interval = side [range side]                      see kg.values.interval.sides
    side     = marks, one numeral, currency before or after it, cents, "대"

The words are in the vocabulary, so this holds for every language that has a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import Unreadable
from kg.values.characters import checked, unreadable
from kg.values.money import wording
from kg.values.money.amounts import amount, joined, without
from kg.values.money.conversion import in_currency, parts
from kg.values.money.cutting import tokens as cut
from kg.values.read_once import read_once

if TYPE_CHECKING:
    from kg.values.money.meaning import Money
    from kg.values.vocabulary import Token


def read(text: str, language: str = "") -> Money:
    """The amount that a text says: the whole text, no word of it passed over in silence.

    Raises ``Unreadable``: ``money-no-amount`` where the text says that none is known
    (``undisclosed``, ``수백억원``), else what could not be read.

    >>> money = read("$15-25bn")
    >>> money.min, money.max, money.currency, money.assumed
    (15000000000, 25000000000, 'USD', '$')
    """
    found = wording.read(text, language)
    if found is not None:
        return found
    return _whole(text, language)


@read_once
def _whole(text: str, language: str) -> Money:
    checked(text)
    return read_tokens(cut(text, language), text, language)


def read_tokens(tokens: list[Token], text: str, language: str) -> Money:
    """The amount that tokens say; ``text`` is what they were cut from. Raises ``Unreadable``."""
    main, inner = parts(tokens, text)
    found = amount(main, text, language, text.strip())
    return _joined(inner, found, text, language) if inner else found


def _joined(tokens: list[Token], first: Money, text: str, language: str) -> Money:
    """The amount with the second one; the same one again, as contracts have it, is none.

    ``超过3亿元（不含3亿元）`` says of the bound that it is left out.
    """
    if tokens[0].kind == "not-equal":
        found = without(first, _joined(tokens[1:], first, text, language)) if tokens[1:] else None
        if found is None:
            raise unreadable("money-two-amounts", text)
        return found
    named = in_currency(tokens, first.currency)
    try:
        again = amount(named, text, language)
    except Unreadable as error:
        if named is tokens:
            raise
        raise unreadable("money-two-amounts", text) from error
    found = joined(first, again)
    if found is None:
        raise unreadable("money-two-amounts", text)
    return found
