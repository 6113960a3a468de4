"""The first amount in a longer text, and what of the text is left over.

``read`` wants the whole text to be an amount; this is for text with an amount in it, such as
a price on a page (``Price: £ 1,050.75 incl. VAT``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, Self, TypeVar

from kg.errors import Unreadable
from kg.values.characters import LONGEST_TEXT, checked, unreadable
from kg.values.interval.kept import Kept
from kg.values.interval.side import MINUS
from kg.values.interval.sides import Refused
from kg.values.interval.wording import parted, slots
from kg.values.money import wording
from kg.values.money.grammar import read_tokens
from kg.values.money.side import CURRENCIES
from kg.values.money.vocabulary import SECTIONS
from kg.values.numeral import KINDS, NUMBER
from kg.values.read_once import LONGEST
from kg.values.scanner import normal, scanner

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.money.meaning import Money
    from kg.values.money.told import Known
    from kg.values.vocabulary import Token

T = TypeVar("T")

_LOOSE: Final = r"[0-9]{1,3}(?:[.,' ]?[0-9]{3})*[.,] [0-9]{2}(?![0-9.,])|" + NUMBER
"""Digits as pages have them, too: ``119. 95``."""
_GAP: Final = re.compile(r"(?<=[.,]) ")
_TORN: Final = re.compile(r"\.\s*\.\s*0").search
_LONGEST: Final = 24
_COUNTED: Final = frozenset({"digits", "digit", "count", "fraction", "half", "article", "group", "scale"})
_BEGIN: Final = _COUNTED | CURRENCIES | {"approximate", "bound", "from", "between", "minus", "point"}
_END: Final = KINDS | CURRENCIES | {"approximate", "bound", "band", "close"}
_WITHIN: Final = _BEGIN | _END | {"range", "filler", "open", "convert"}


class Found(NamedTuple):
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
    known = _read(text, language)
    if known is not None:
        return known
    checked(text, LONGEST_TEXT)
    tokens = _tokens(text, language)
    shown = normal(text)

    def amount(part: list[Token]) -> Money | None:
        try:
            return read_tokens(part, shown[part[0].start : part[-1].end], language)
        except Unreadable:
            return None

    found = _first(tokens, shown, amount)
    if found is None:
        raise _nothing(tokens, text)
    value, start, stop = found
    return Found(value, shown[start:stop], shown[:start].strip(), shown[stop:].strip())


class _Place(NamedTuple):
    """Where in a known wording the amount stands."""

    amount: Known
    start: int
    runs_before: int
    """How many runs of digits go before it."""
    stop: int
    runs_to_stop: int
    whole: bool
    """Whether it is all of the text."""
    same: bool
    """Whether the wording is in its normal form."""

    def ready(self) -> Self:
        """The same for a wording that is met again."""
        amount: Known = self.amount.ready()
        return self._replace(amount=amount)

    def found(self, text: str, runs: list[str]) -> Found | None:
        """The amount in a text with these runs, or None where the grammar is needed."""
        shown = text if self.same and (text.isascii() or "".join(runs).isascii()) else normal(text)
        if self.whole:
            value = self._money(runs, shown)
            return None if value is None else Found(value, shown, "", "")
        start, before, stop = self.start, self.runs_before, self.stop
        for at in range(self.runs_to_stop):
            more = len(runs[at]) - 1
            stop += more
            if at < before:
                start += more
        words = shown[start:stop]
        value = self._money(runs, words)
        return None if value is None else Found(value, words, shown[:start].strip(), shown[stop:].strip())

    def _money(self, runs: list[str], words: str) -> Money | None:
        """The amount, or None where the grammar is needed, as for the first of two: 0$ or $1."""
        try:
            return self.amount.money(runs, words)
        except Unreadable:
            return None


def _read(text: str, language: str) -> Found | None:
    """The first amount in a text of a known wording, None where the grammar is needed."""
    if len(text) > LONGEST:
        return None
    words, runs = parted(text)
    place = _PLACES.of(words, language)
    return None if place is None else place.found(text, runs)


def _place(words: str, language: str) -> _Place | None:
    """The place of the amount in a wording, or None if there is none or the digits decide about it."""
    try:
        tokens = _tokens(checked(words), language)
    except Unreadable:
        return None
    places = slots(tokens, words)
    if places is None or _TORN(words):
        return None
    shown = normal(words)

    def amount(part: list[Token]) -> Known | None:
        try:
            return wording.known(part, places, shown, language)
        except (Unreadable, Refused):
            return None

    found: tuple[Known, int, int] | None = _first(tokens, shown, amount)
    if found is None:
        return None
    known, start, stop = found
    before, to_stop = (sum(at < end for at in places) for end in (start, stop))
    whole = (start, stop) == (0, len(shown))
    return _Place(known, start, before, stop, to_stop, whole, shown == words)


_PLACES: Final = Kept(_place, _Place.ready)


def _first(
    tokens: list[Token], shown: str, amount: Callable[[list[Token]], T | None]
) -> tuple[T, int, int] | None:
    """The first amount, and where in the text it begins and ends; ``amount`` reads tokens as one."""
    at = 0
    while at < len(tokens):
        if (tokens[at].kind in _BEGIN or _is_minus(tokens, at)) and not _amid_digits(tokens, at):
            run = _run(tokens, at)
            kinds = {token.kind for token in run}
            complete = kinds & CURRENCIES and kinds & _COUNTED
            for end in range(len(run), 0, -1) if complete else ():
                value = amount(run[:end]) if _may_end(run, end, shown) else None
                if value is not None:
                    return value, run[0].start, run[end - 1].end
        at += 1
    return None


def _tokens(text: str, language: str) -> list[Token]:
    return [_closed(token) for token in scanner(SECTIONS, _LOOSE, language, LONGEST_TEXT)(text)]


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


def _may_end(run: list[Token], end: int, text: str) -> bool:
    """Whether an amount may be the first tokens of a run."""
    part = run[:end]
    kinds = {token.kind for token in part}
    if part[-1].kind not in _END or not kinds & CURRENCIES or not kinds & _COUNTED:
        return False
    if any(_is_torn(part, at) for at in range(len(part) - 2)):
        return False
    if end < len(run) and (
        _are_cents(part) or (run[end].kind == "digits" and run[end].start == part[-1].end)
    ):
        # "€5 12 pieces": a number between a currency and a word need not be cents
        return False
    last = part[-1]
    # "€6.56 + VAT"
    return not (last.text == "+" and last.start > 0 and last.end < len(text) and text[last.start - 1] == " ")


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
