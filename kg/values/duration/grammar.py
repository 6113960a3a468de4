"""The grammar of durations: ISO 8601, or numbers with units, added up."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.values.characters import LONGEST_NAME, checked, unreadable
from kg.values.duration.meaning import Duration, written
from kg.values.explanation import Step
from kg.values.grammar.limits import EXACT, plain
from kg.values.numeral import KINDS, NUMBER, numeral, plus
from kg.values.read_once import read_once
from kg.values.scanner import scanner
from kg.values.vocabulary import Token

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.errors import Unreadable

_NUMBER: Final = r"[0-9]+(?:[.,][0-9]+)?"
_ISO: Final = re.compile(
    r"P(?=[0-9T])(?:(?P<Y>[0-9]{1,9})Y)?(?:(?P<O>[0-9]{1,9})M)?"
    rf"(?:(?P<W>{_NUMBER})W)?(?:(?P<D>{_NUMBER})D)?"
    rf"(?:T(?=[0-9])(?:(?P<H>{_NUMBER})H)?(?:(?P<M>{_NUMBER})M)?(?:(?P<S>{_NUMBER})S)?)?"
)
_SECONDS: Final = {"W": 604800, "D": 86400, "H": 3600, "M": 60, "S": 1}
_MONTHS: Final = {"Y": 12, "O": 1}
_MOST_MONTHS: Final = 12 * 10**9


def scan(language: str) -> Callable[[str], list[Token]]:
    """The scanner for durations."""
    return scanner(("duration", "number"), NUMBER, language)


def read(text: str, language: str = "") -> Duration:
    """The duration that a text says.

    Raises ``Unreadable``: ``duration-range`` for what says two lengths or a bound,
    ``duration-word``, ``duration-unreadable``.

    >>> read("2시간 30분").seconds, read("about 90 minutes").approximate, read("1년 6개월").months
    (9000, True, 18)
    """
    return _read(text, language)[0]


def explained(text: str, language: str = "") -> list[Step]:
    """How a text is read, piece by piece; raises as ``read``.

    >>> print(*explained("약 2시간 30분"), sep="; ")
    약 = about; 2시간 = PT2H; 30분 = PT30M
    """
    return list(_read(text, language)[1])


@read_once
def _read(text: str, language: str) -> tuple[Duration, list[Step]]:
    words = checked(text, LONGEST_NAME).strip()
    found = _ISO.fullmatch(words)
    if found is not None:
        return _iso(found), [Step(words, words)]
    return _Text(text).read(scan(language)(words))


def _iso(found: re.Match[str]) -> Duration:
    total: int | Decimal = 0
    months = 0
    for unit, number in found.groupdict().items():
        if number is None:
            continue
        if unit in _MONTHS:
            months += int(number) * _MONTHS[unit]
        else:
            total = plus(total, EXACT.multiply(Decimal(number.replace(",", ".")), _SECONDS[unit]))
    return _limited(total, months)


class _Text:
    """One text while it is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.seconds: int | Decimal = 0
        self.months: int | Decimal = 0
        self.run: list[Token] = []
        """The tokens of the number that has no unit yet."""
        self.last: Token | None = None
        """The last unit."""
        self.smallest: tuple[bool, int] | None = None
        self.approximate = False
        self.steps: list[Step] = []

    def read(self, tokens: list[Token]) -> tuple[Duration, list[Step]]:
        """Numbers with their units, the largest first."""
        for token in tokens:
            if not self._take(token):
                raise self._fault(token, tokens)
        if self.last is None or any(token.kind != "join" for token in self.run):
            raise self._fault(tokens[-1], tokens)
        if self.months != int(self.months):
            raise unreadable("duration-unreadable", self.text)
        return _limited(self.seconds, int(self.months), approximate=self.approximate), self.steps

    def _take(self, token: Token) -> bool:
        kind = token.kind
        if kind == "counted":
            number, unit = token.value
            self.run.append(Token("digits", str(number), token.text))
            return self._unit(Token(unit[0], unit[1], ""))
        if kind in {"seconds", "months"}:
            return self._unit(token)
        if kind == "half-more" and (self.run or self.last is not None):
            return self._half(token)
        if kind in KINDS:
            self.run.append(token)
            return True
        if kind == "approximate":
            self.approximate = True
            self.steps.append(Step(token.text, "about"))
            return True
        return kind == "filler"

    def _unit(self, unit: Token) -> bool:
        """Take the number before a unit; an "and" before the number only joins."""
        run = self.run
        while run and (run[0].kind == "join" or _is_mere_article(run)):
            run = run[1:]
        size = (unit.kind == "months", unit.value)
        if not run or (self.smallest is not None and size >= self.smallest):
            return False
        found = numeral(run)
        if found is None:
            return False
        self._add(unit, found.value, "".join(token.text for token in run) + unit.text)
        self.run, self.last, self.smallest = [], unit, size
        return True

    def _half(self, token: Token) -> bool:
        """``2시간 반``, ``two and a half hours``, ``an hour and a half``."""
        if self.run:
            self.run += [Token("join", "", ""), Token("half", token.value, token.text)]
        elif self.last is not None:
            self._add(self.last, Decimal(token.value), token.text)
        return True

    def _add(self, unit: Token, number: int | Decimal, words: str) -> None:
        amount = (
            number * int(unit.value)
            if isinstance(number, int)
            else EXACT.multiply(Decimal(number), unit.value)
        )
        if unit.kind == "months":
            self.months = plus(self.months, amount)
        else:
            self.seconds = plus(self.seconds, amount)
        self.steps.append(Step(words, _said(unit.kind, amount)))

    def _fault(self, token: Token, tokens: list[Token]) -> Unreadable:
        if any(other.kind in {"range", "bound", "between"} or other.text == "-" for other in tokens):
            return unreadable("duration-range", self.text)
        if token.kind == "unknown":
            return unreadable("duration-word", self.text, args={"word": token.text})
        return unreadable("duration-unreadable", self.text)


def _is_mere_article(run: list[Token]) -> bool:
    """``a three-month period``: the article belongs to the period."""
    return run[0].kind == "article" and len(run) > 1 and run[1].kind in {"digits", "count"}


def _said(kind: str, amount: int | Decimal) -> str:
    """A piece in ISO 8601."""
    if kind == "months" and amount == int(amount):
        return written(Duration(0, months=int(amount)))[0]
    return written(Duration(amount))[0] if kind == "seconds" else f"{amount} months"


def _limited(seconds: int | Decimal, months: int = 0, *, approximate: bool = False) -> Duration:
    plain(seconds)
    if months > _MOST_MONTHS:
        raise unreadable("number-too-large", str(months), args={"digits": 10})
    return Duration(seconds, approximate, months)
