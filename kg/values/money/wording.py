"""Amounts whose wording is known: what their words say is kept, the digits are read anew.

``$1,234.56``, ``약 729조원``, ``1조2000억원``, ``$15-25bn``: the same few wordings come again and again.
Whatever cannot be told by this is left to the grammar; a test holds that both say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self
from unicodedata import is_normalized

from kg.errors import Unreadable
from kg.values.characters import checked
from kg.values.interval.kept import Kept
from kg.values.interval.known import Ends
from kg.values.interval.sides import Refused
from kg.values.interval.wording import parted, slots, spelled, within_words
from kg.values.money import amounts
from kg.values.money.conversion import in_currency, parts
from kg.values.money.counted import is_year
from kg.values.money.cutting import tokens as cut
from kg.values.money.each import ONES
from kg.values.money.faults import fault
from kg.values.money.telling import WORDS
from kg.values.money.told import Amount, Converted, Known, Plain, Refusal
from kg.values.numeral import style
from kg.values.read_once import LONGEST
from kg.values.scanner import normal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.values.interval.wording import Slots
    from kg.values.money.amounts import Sides
    from kg.values.money.meaning import Money
    from kg.values.vocabulary import Token

_FIRST: Final = 24
"""What stands for the first year of a text, in its century."""
_MOST: Final = 6
_YEARS: Final = frozenset(f"{century}{_FIRST + at}" for century in (19, 20) for at in range(_MOST))
_OTHERS: Final = "23456789"
_ONE_CURRENCY: Final = (Amount, Plain)
_NONE: Final = frozenset[str]()


class _Also(NamedTuple):
    """Runs that decide, too, since the others say so: those of a rate, 1ドル=150円."""

    runs: frozenset[int]

    def ready(self) -> Self:
        """Itself."""
        return self


class _Deciding(NamedTuple):
    """A wording with runs that decide about its words: those of 5년간 and 第3次, each 1 of 1株, a year."""

    runs: frozenset[int]
    exact: frozenset[int]
    """Those of words that are known with their digits, so that other digits do not decide alike."""
    wording: str
    language: str
    otherwise: Known | Refusal | None
    """What holds if no run decides."""

    def money(self, runs: Sequence[str], text: str) -> Money | None:
        """The amount with these runs of digits, or None where the grammar is needed."""
        found = self._found(runs, self.runs)
        if isinstance(found, _Also):
            found = self._found(runs, self.runs | found.runs)
        return None if found is None or isinstance(found, _Also) else found.money(runs, text)

    def _found(self, runs: Sequence[str], within: frozenset[int]) -> Known | Refusal | _Also | None:
        _, exact, wording, language, otherwise = self
        ones = _NONE if isinstance(otherwise, _ONE_CURRENCY) else ONES
        deciding = [*within]
        years: list[str] = []
        for at, run in enumerate(runs):
            if is_year(run):
                years.append(run)
            elif run not in ones:
                continue
            if at not in within:
                deciding.append(at)
        if not deciding:
            return otherwise
        if len(years) > 1:
            years = sorted(set(years))
        key: list[object] = []
        for at in deciding:
            run = runs[at]
            key += at, run if at in exact else _like(run, years)
        found = _ALIKE.of(wording, language, within - exact if exact else within, *key)
        if isinstance(found, _Also) and not found.runs:
            if not within and isinstance(otherwise, _ONE_CURRENCY):
                return otherwise  # the year is a number as any other: 1조 2000억
            spelled = [part for at in deciding for part in (at, runs[at])]
            return _SPELLED.of(wording, language, *spelled)
        return found

    def ready(self) -> Self:
        """The same for a wording that is met again."""
        return self._replace(otherwise=self.otherwise and self.otherwise.ready())


def read(text: str, language: str) -> Money | None:
    """The amount that a whole text is, or None where the grammar is needed.

    Raises ``Unreadable`` where the words are those of no amount, whatever the digits are.
    """
    if len(text) > LONGEST:
        return None
    plain = text if text.isascii() or is_normalized("NFKC", text) else normal(text)
    wording, runs = parted(plain)
    found = _WHOLE.of(wording, language)
    if found is None and (other := normal(plain)) != plain:
        wording, runs = parted(other)
        found = _WHOLE.of(wording, language)
    return None if found is None else found.money(runs, text)


def _whole(wording: str, language: str) -> Known | Refusal | _Deciding | None:
    """What a wording says as a whole, None if that can't be told without its digits."""
    try:
        checked(wording)
        tokens = cut(wording, language)
    except Unreadable:
        return None
    places = slots(tokens, wording)
    within = exact = frozenset[int]()
    found: Known | Refusal | None = None
    if places is None:
        within, exact = within_words(tokens, wording)
    else:
        found = _told(tokens, places, wording, language)
    known = isinstance(found, Known) and not _may_say_when(tokens)
    if known or (isinstance(found, Refusal) and found.main is not None):
        return found
    if normal(wording) != wording:
        return None
    return _Deciding(within, exact, wording, language, found) if within or places else found


def _as_spelled(wording: str, language: str, *deciding: Any) -> Known | Refusal | _Also | None:  # noqa: ANN401
    """What a wording says with the runs in it which decide: a number, a run, and so on."""
    return _decided(wording, language, frozenset(), _by_number(deciding))


def _as_alike(
    wording: str,
    language: str,
    within: frozenset[int],
    *deciding: Any,  # noqa: ANN401 - a number, a run, and so on
) -> Known | Refusal | _Also | None:
    """The same with runs that are like those of the text; no runs if one is a number, or is repeated."""
    literal = _by_number(deciding)
    alike = within | {at for at, run in literal.items() if run in _YEARS}
    found = _decided(wording, language, alike, literal)
    return _Also(frozenset()) if alike and _repeats(found) else found


def _by_number(deciding: Sequence[Any]) -> Mapping[int, str]:
    return dict(zip(deciding[::2], deciding[1::2], strict=True))


def _decided(
    wording: str, language: str, alike: frozenset[int], literal: Mapping[int, str]
) -> Known | Refusal | _Also | None:
    words, places = spelled(wording, literal)
    tokens = cut(words, language)
    starts = {start: at for start, at in places.items() if at in alike and at in literal}
    counted = _numbers(tokens, starts)
    within = [start for start, at in starts.items() if at not in counted]
    if any(token.kind == "digits" and token.start <= at < token.end for token in tokens for at in within):
        return _Also(frozenset())
    if counted:
        literal = {at: run for at, run in literal.items() if at not in counted}
        words, places = spelled(wording, literal)
        shape, tokens = [token.kind for token in tokens], cut(words, language)
        if shape != [token.kind for token in tokens]:
            return _Also(frozenset())
    if normal(words) != words:
        return None
    others = {start: at for start, at in places.items() if at not in literal}
    parts = frozenset(others.values()) - _numbers(tokens, others)
    return _Also(parts) if parts else _told(tokens, others, words, language)


def _numbers(tokens: Sequence[Token], starts: Slots) -> frozenset[int]:
    """The runs that are tokens of digits by themselves."""
    return frozenset(starts[t.start] for t in tokens if t.kind == "digits" and t.start in starts)


def _repeats(found: object) -> bool:
    """Whether words that are repeated have digits: per share for fiscal 2024."""
    if isinstance(found, Converted):
        return _repeats(found.main) or _repeats(found.again)
    return isinstance(found, Amount) and any(map(str.isdigit, found.each))


def _may_say_when(tokens: Sequence[Token]) -> bool:
    """Whether one of several numbers may be a year, as words stand beside: (fiscal 2027), for 2025: $38."""
    kinds = [token.kind for token in tokens]
    return kinds.count("digits") > 1 and not WORDS.isdisjoint(kinds)


def _like(run: str, years: Sequence[str]) -> str:
    """Other digits that decide alike about words which they are a part of: one year for another, 23 for 45.

    ``years`` are those of the text in their order, which stays.

    >>> _like("2031", ["2029", "2031"]), _like("45", []), _like("1", []), _like("15.2", [])
    ('2025', '23', '1', '23.4')
    """
    if run in ONES or run[0] == "0" or len(run) > len(_OTHERS):
        return run
    if is_year(run):
        return f"{run[:2]}{_FIRST + years.index(run)}" if len(years) <= _MOST else run
    if run.isdigit():
        return _OTHERS[: len(run)]
    others = iter(_OTHERS)
    return "".join(next(others) if character.isdigit() else character for character in run)


def _ready(known: Known | Refusal | _Deciding) -> Known | Refusal | _Deciding:
    return known.ready()


_WHOLE: Final = Kept(_whole, _ready)
_ALIKE: Final = Kept(_as_alike, lambda known: known.ready())
_SPELLED: Final = Kept(_as_spelled, lambda known: known.ready())


def _told(tokens: list[Token], places: Slots, wording: str, language: str) -> Known | Refusal | None:
    """What tokens say; a refusal if they are no amount whatever the digits are."""
    try:
        main, inner = parts(tokens, wording)
        try:
            sides = amounts.parted(main, wording)
        except Refused as error:
            run = None if error.at is None else places.get(main[error.at].start)
            return Refusal.of(amounts.refusal(error, main, wording), run)
    except Unreadable as error:
        return Refusal.of(error)
    try:
        try:
            currency = amounts.currency_of(sides[2], main, wording, language)
        except Unreadable as error:
            refused = Refusal.of(error)
            first = _amount(sides, ("", ""), main, places, language)
            if isinstance(first.ends, Ends) and first.ends.first.unsaid:
                return Refusal.of(fault(main, wording))
            return refused and refused._replace(main=first)
        first = _amount(sides, currency, main, places, language)
        return _with_converted(first, inner, places, wording, language)
    except (Unreadable, Refused):
        return None


def known(tokens: list[Token], places: Slots, text: str, language: str) -> Known:
    """What the tokens of a wording say; raises ``Unreadable`` or ``Refused`` if that is no amount."""
    main, inner = parts(tokens, text)
    return _with_converted(_of(main, places, text, language), inner, places, text, language)


def _with_converted(first: Amount, inner: list[Token], places: Slots, text: str, language: str) -> Known:
    if not inner:
        return first
    return Converted(first, _of(in_currency(inner, first.currency), places, text, language))


def _of(tokens: list[Token], places: Slots, text: str, language: str) -> Amount:
    sides = amounts.parted(tokens, text)
    return _amount(sides, amounts.currency_of(sides[2], tokens, text, language), tokens, places, language)


def _amount(
    sides: Sides, currency: tuple[str, str], tokens: list[Token], places: Slots, language: str
) -> Amount:
    ends = Ends.of(*sides[:2], places, style(amounts.habit(tokens, language)))
    return Amount(ends, *currency, amounts.each_of(tokens))
