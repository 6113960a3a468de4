"""Amounts whose wording is known: what their words say is kept, the digits are read anew.

``$1,234.56``, ``약 729조원``, ``1조2000억원``, ``$15-25bn``: the same few wordings come again and again.
Whatever cannot be told by this is left to the grammar; a test holds that both say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self
from unicodedata import is_normalized

from kg.errors import Unreadable
from kg.values.characters import checked, unreadable
from kg.values.interval.sides import Refused
from kg.values.interval.wording import KEPT, LONGEST, Ends, parted, slots, spelled, within_words
from kg.values.money import amounts
from kg.values.money.conversion import in_currency, parts
from kg.values.money.counted import YEAR
from kg.values.money.cutting import tokens as cut
from kg.values.money.each import ONES
from kg.values.money.meaning import Money
from kg.values.numeral import style
from kg.values.scanner import normal
from kg.values.vocabulary import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.values.interval.wording import Slots
    from kg.values.money.amounts import Sides
    from kg.values.vocabulary import Token


class _Amount(NamedTuple):
    """One amount in a known wording."""

    ends: Ends
    currency: str
    symbol: str
    each: str

    def money(self, runs: Sequence[str], as_written: str) -> Money | None:
        """The amount with these runs of digits, or None where the grammar is needed."""
        first, exact = self.ends.first, self.ends.exact
        value = first.value(runs) if exact else None
        currency, symbol, each = self.currency, self.symbol, self.each
        if value is not None:
            about = first.side.approximate
            return Money(currency, value, value, False, False, about, as_written, None, symbol, each)  # noqa: FBT003
        found = self.ends.interval(runs)
        if found is None:
            return None
        least, most, more, less, about, digits = found
        return Money(currency, least, most, more, less, about, as_written, None, symbol, each, digits)


class Refusal(NamedTuple):
    """Why a wording is no amount, whatever its digits are."""

    code: str
    args: Mapping[str, object]
    allowed: tuple[str, ...]

    @classmethod
    def of(cls, error: Unreadable) -> Self | None:
        """The refusal that an error is; None if it names digits."""
        [problem] = error.problems
        if any(map(str.isdigit, str(problem.args.get("word", "")))):
            return None
        return cls(problem.code, problem.args, problem.allowed)


class Known(NamedTuple):
    """An amount in a known wording, and the same in another currency."""

    main: _Amount
    converted: _Amount | None = None
    refused: Refusal | None = None
    """Why it is none if its digits can be read: it names no currency, or one of several."""

    def money(self, runs: Sequence[str], as_written: str) -> Money | None:
        """The amount with these runs of digits, or None where the grammar is needed."""
        found = self.main.money(runs, as_written)
        if found is None or self.converted is None:
            return found
        again = self.converted.money(runs, "")
        return None if again is None else amounts.joined(found, again)


class _Deciding(NamedTuple):
    """A wording with runs that decide about its words: those of 5년간 and 第3次, each 1 of 1株, a year."""

    runs: tuple[int, ...]
    otherwise: Refusal | None
    """What holds if no run decides."""

    def of(self, runs: Sequence[str]) -> tuple[int, ...]:
        """The runs that decide in a text."""
        telling = (at for at, run in enumerate(runs) if run in ONES or YEAR.fullmatch(run))
        return (*self.runs, *(at for at in telling if at not in self.runs))


def read(text: str, language: str) -> Money | None:
    """The amount that a whole text is, or None where the grammar is needed.

    Raises ``Unreadable`` where the words are those of no amount, whatever the digits are.
    """
    if len(text) > LONGEST:
        return None
    plain = text if text.isascii() or is_normalized("NFKC", text) else normal(text)
    wording, runs = parted(plain)
    found = _whole(wording, language)
    if found is None and (other := normal(plain)) != plain:
        wording, runs = parted(other)
        found = _whole(wording, language)
    said = _of_deciding(found, wording, runs, language) if type(found) is _Deciding else found
    money, refused = None, said
    if type(said) is Known:
        money, refused = said.money(runs, text.strip()), said.refused
        if money is None or refused is None:
            return money
    if type(refused) is Refusal:
        raise unreadable(refused.code, text, refused.allowed, args=refused.args)
    return None


def _of_deciding(
    found: _Deciding, wording: str, runs: Sequence[str], language: str
) -> Known | Refusal | None:
    """What a wording says in a text with runs that decide about its words."""
    literal = found.of(runs)
    if not literal:
        return found.otherwise
    words, places = spelled(wording, runs, literal)
    return _as_spelled(words, tuple(places.items()), language)


@remembered(KEPT)
def _whole(wording: str, language: str) -> Known | Refusal | _Deciding | None:
    """What a wording says as a whole, None if that can't be told without its digits."""
    try:
        checked(wording)
        tokens = cut(wording, language)
    except Unreadable:
        return None
    places = slots(tokens, wording)
    within: tuple[int, ...] = ()
    found: Known | Refusal | None = None
    if places is None:
        within = within_words(tokens, wording)
    else:
        found = _told(tokens, places, wording, language)
    if isinstance(found, Known):
        return found
    if normal(wording) != wording:
        return None
    return _Deciding(within, found) if within or places else found


@remembered(KEPT)
def _as_spelled(wording: str, places: tuple[tuple[int, int], ...], language: str) -> Known | Refusal | None:
    """What a wording says that has the runs in it which decide."""
    tokens = cut(wording, language)
    where = dict(places)
    if normal(wording) != wording or not where.keys() <= {t.start for t in tokens if t.kind == "digits"}:
        return None
    return _told(tokens, where, wording, language)


def _told(tokens: list[Token], places: Slots, wording: str, language: str) -> Known | Refusal | None:
    """What tokens say; a refusal if they are no amount whatever the digits are."""
    try:
        main, inner = parts(tokens, wording)
        try:
            sides = amounts.parted(main, wording)
        except Refused as error:
            raise amounts.refusal(error, main, wording) from None
    except Unreadable as error:
        return Refusal.of(error)
    try:
        currency = amounts.currency_of(sides[2], main, wording, language)
    except Unreadable as error:
        refused = Refusal.of(error)
        first = _amount(sides, ("", ""), main, places, language)
        return refused and Known(first, None, refused)
    try:
        return _with_converted(
            _amount(sides, currency, main, places, language), inner, places, wording, language
        )
    except (Unreadable, Refused):
        return None


def known(tokens: list[Token], places: Slots, text: str, language: str) -> Known:
    """What the tokens of a wording say; raises ``Unreadable`` or ``Refused`` if that is no amount."""
    main, inner = parts(tokens, text)
    return _with_converted(_of(main, places, text, language), inner, places, text, language)


def _with_converted(first: _Amount, inner: list[Token], places: Slots, text: str, language: str) -> Known:
    if not inner:
        return Known(first)
    return Known(first, _of(in_currency(inner, first.currency), places, text, language))


def _of(tokens: list[Token], places: Slots, text: str, language: str) -> _Amount:
    sides = amounts.parted(tokens, text)
    return _amount(sides, amounts.currency_of(sides[2], tokens, text, language), tokens, places, language)


def _amount(
    sides: Sides, currency: tuple[str, str], tokens: list[Token], places: Slots, language: str
) -> _Amount:
    ends = Ends.of(*sides[:2], places, style(amounts.habit(tokens, language)))
    return _Amount(ends, *currency, amounts.each_of(tokens))
