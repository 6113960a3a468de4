"""The first amount in a longer text, and what of the text is left over.

``read`` wants the whole text to be an amount; this is for text with an amount in it, such as
a price on a page (``Price: £ 1,050.75 incl. VAT``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import Unreadable
from kg.values.characters import LONGEST_TEXT, checked, unreadable
from kg.values.interval.side import MINUS
from kg.values.money import simple
from kg.values.money.grammar import read_tokens
from kg.values.money.side import CURRENCIES
from kg.values.money.vocabulary import SECTIONS
from kg.values.numeral import KINDS, NUMBER
from kg.values.scanner import normal, scanner

if TYPE_CHECKING:
    from kg.values.money.meaning import Money
    from kg.values.vocabulary import Token

_LOOSE: Final = r"[0-9]{1,3}(?:[.,' ]?[0-9]{3})*[.,] [0-9]{2}(?![0-9.,])|" + NUMBER
"""Digits as pages have them, too: ``119. 95``."""
_GAP: Final = re.compile(r"(?<=[.,]) ")
_LONGEST: Final = 24
_COUNTED: Final = frozenset({"digits", "digit", "count", "fraction", "half", "article", "group", "scale"})
_BEGIN: Final = _COUNTED | CURRENCIES | {"approximate", "bound", "from", "between", "minus", "point"}
_END: Final = KINDS | CURRENCIES | {"approximate", "bound", "band", "close"}
_WITHIN: Final = _BEGIN | _END | {"range", "filler", "open", "convert"}


@dataclass(frozen=True, slots=True)
class Found:
    """An amount in a text."""

    value: Money
    words: str
    """What of the text was read."""
    before: str
    """What stands before it; it was not read."""
    after: str
    """What stands after it; it was not read."""


def find(text: str, language: str = "") -> Found:
    """The first amount in a text of at most a million characters.

    Raises ``Unreadable`` if there is none. White space comes back as single spaces.

    >>> found = find("Price: £ 1,050.75 incl. VAT")
    >>> found.value.min, found.value.currency, found.before, found.after
    (Decimal('1050.75'), 'GBP', 'Price:', 'incl. VAT')
    """
    checked(text, LONGEST_TEXT)
    whole = simple.read(text, language)
    if whole is not None:
        return Found(whole, normal(text).strip(), "", "")
    tokens = [_closed(token) for token in scanner(SECTIONS, _LOOSE, language, LONGEST_TEXT)(text)]
    shown = normal(text)
    at = 0
    while at < len(tokens):
        if (tokens[at].kind in _BEGIN or _is_minus(tokens, at)) and not _amid_digits(tokens, at):
            run = _run(tokens, at)
            kinds = {token.kind for token in run}
            complete = kinds & CURRENCIES and kinds & _COUNTED
            for end in range(len(run), 0, -1) if complete else ():
                value = _amount(run, end, shown, language)
                if value is not None:
                    start, stop = run[0].start, run[end - 1].end
                    words = (shown[start:stop], shown[:start].strip(), shown[stop:].strip())
                    return Found(value, *words)
        at += 1
    raise _nothing(tokens, text)


def _closed(token: Token) -> Token:
    if token.kind == "digits" and " " in token.value:
        return token._replace(value=_GAP.sub("", token.value))
    return token


def _is_minus(tokens: list[Token], at: int) -> bool:
    """A hyphen right before the amount is a minus; with a space after it, a dash."""
    token = tokens[at]
    return token.text in MINUS and at + 1 < len(tokens) and tokens[at + 1].start == token.end


def _amid_digits(tokens: list[Token], at: int) -> bool:
    """Whether digits stand on both sides without a space: what ``1250€600`` means nobody knows."""
    if not at or at + 1 >= len(tokens):
        return False
    before, token, after = tokens[at - 1 : at + 2]
    return before.kind == after.kind == "digits" and before.end == token.start and token.end == after.start


def _run(tokens: list[Token], at: int) -> list[Token]:
    """The tokens from a place on that can be in one amount; at most a few."""
    end = at
    while end < len(tokens) and end - at < _LONGEST and (tokens[end].kind in _WITHIN or end == at):
        end += 1
    return tokens[at:end]


def _amount(run: list[Token], end: int, text: str, language: str) -> Money | None:
    """The amount that the first tokens of a run say, if they say one."""
    part = run[:end]
    kinds = {token.kind for token in part}
    if part[-1].kind not in _END or not kinds & CURRENCIES or not kinds & _COUNTED:
        return None
    if any(_is_torn(part, at) for at in range(len(part) - 2)):
        return None
    if end < len(run) and (
        _are_cents(part) or (run[end].kind == "digits" and run[end].start == part[-1].end)
    ):
        # "€5 12 pieces": a number between a currency and a word need not be cents
        return None
    if (
        part[-1].text == "+"
        and part[-1].end < len(text)
        and part[-1].start > 0
        and text[part[-1].start - 1] == " "
    ):
        return None  # "€6.56 + VAT"
    try:
        return read_tokens(part, text[part[0].start : part[-1].end], language)
    except Unreadable:
        return None


def _is_torn(part: list[Token], at: int) -> bool:
    """Whether two dots stand right before digits with a separator: what ``$..75,333`` was nobody knows."""
    *dots, digits = part[at : at + 3]
    close = [token.text for token in dots] == [".", "."] and dots[-1].end == digits.start
    return close and digits.kind == "digits" and "," in digits.value


def _are_cents(part: list[Token]) -> bool:
    if part[-1].kind not in KINDS:
        return False
    before = next((t.kind for t in reversed(part) if t.kind not in KINDS), "")
    return before in CURRENCIES and any(t.kind in _COUNTED for t in part[: _last(part)])


def _last(part: list[Token]) -> int:
    at = len(part)
    while at and part[at - 1].kind in KINDS:
        at -= 1
    return at


def _nothing(tokens: list[Token], text: str) -> Unreadable:
    kinds = {token.kind for token in tokens}
    if "vague" in kinds:
        return unreadable("money-no-amount", text)
    if kinds & _COUNTED and not kinds & CURRENCIES:
        return unreadable("money-no-currency", text, ("USD", "KRW", "EUR"))
    return unreadable("money-unreadable", text)
