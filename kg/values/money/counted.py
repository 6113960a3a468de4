"""Numbers that count no money: ``3분기 영업이익 2조원``, ``5년간 10조원``, ``2024年净利润3亿元``.

A number with a word of the kind ``numbered`` after it says when or in which order; both become
one label. Without a number the word is unknown, but one of the kind ``timed`` says that the
amount is for each time: 年間100億円. Words that others may begin with
(년, 기) are in the list ``numbered`` of ``[label]``, which is asked only for unknown words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.interval.particles import may_stand_first
from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

KINDS: Final = frozenset({"numbered", "timed"})
"""The kinds of token that are looked at here."""
_NUMBERS: Final = frozenset({"digits", "digit", "group", "count"})
PLACES: Final = frozenset({"第", "제"})
"""What stands before the number of a place."""
_SHARE: Final = "%"
_LONGEST: Final = 4
"""Tokens of a number in words: 二〇二四, and digits of a year."""
_NO_TIME: Final = frozenset({"range", "minus", "point"})
"""Kinds of what makes the number after it one of the amount."""
_ENDS: Final = 2
"""Tokens of the first end of a range and its sign."""
_SHORT: Final = 2
_YEARS: Final = 3
"""Tokens of 2024-25."""
DASHES: Final = frozenset("-–—―")
_STOPS: Final = frozenset(",.")
_CENTURIES: Final = ("19", "20")
_YEAR_LENGTH: Final = 4


def is_year(text: str) -> bool:
    """Whether digits may be a year.

    >>> is_year("2024"), is_year("2,024"), is_year("1850")
    (True, False, False)
    """
    return len(text) == _YEAR_LENGTH and text[:2] in _CENTURIES and text.isdigit()


def joined(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with numbers that say when, or which one, as labels."""
    found: list[Token] = []
    when = 0
    for token in _with_shares(tokens):
        if when == len(found) and _is_until(token, found):
            found[-1] = found[-1]._replace(end=token.end)
            continue
        hyphen = bool(found) and found[-1].text == "-" and found[-1].end == token.start
        glued = bool(found) and found[-1].kind == "digits" and found[-1].end == token.start
        if not (_is_time(token, hyphen=hyphen) or (glued and _is_month(token))):
            found.append(token)
            continue
        stop = len(found) - hyphen
        at = stop
        while at and found[at - 1].kind in _NUMBERS and stop - at <= _LONGEST:
            at -= 1
        ranged = _range_before(found, at, when, token)
        timed = ranged < at or not (at and found[at - 1].kind in _NO_TIME)
        if timed and _counts(found[at:stop], token):
            at = _before(found, ranged)
            words = " ".join(part.text for part in (*found[at:], token))
            found[at:] = [token._replace(kind="label", value=words, text=words, start=found[at].start)]
            when = len(found)
        else:
            found.append(token._replace(kind="each" if token.kind == "timed" else "unknown"))
    return found


def _range_before(found: Sequence[Token], at: int, when: int, token: Token) -> int:
    """Where a range of times begins that a number ends: 2025～2027年度; else where the number does."""
    if at < _ENDS or found[at - 1].kind != "range":
        return at
    first = found[at - _ENDS : at - 1]
    timed = when == at - 1
    return at - _ENDS if timed or (first[0].kind == "digits" and _counts(first, token)) else at


def _with_shares(tokens: Sequence[Token]) -> list[Token]:
    """``three-quarters of a billion``: what says when elsewhere is a share before "of"."""
    found: list[Token] = []
    for place, token in enumerate(tokens):
        share = _shares().get(token.text) if token.kind == "numbered" else None
        if share and any(part.text in _words("lead") for part in tokens[place + 1 : place + 2]):
            if found and found[-1].text == "-" and found[-1].end == token.start:
                found.pop()
            found.append(token._replace(kind="fraction", value=share))
        else:
            found.append(token)
    return found


def _is_until(token: Token, before: Sequence[Token]) -> bool:
    """Whether a bound right after a time says until when, not up to how much: 2030年度までに5000億円."""
    glued = bool(before) and before[-1].end == token.start
    return token.kind == "bound" and glued and not may_stand_first(token)


def dated(tokens: list[Token]) -> list[Token]:
    """``$2 billion in 2023``: the year or day at the end, after one of the words ``when``, is a label.

    So is that at the beginning, before a label: ``2024 revenue of $5 billion``.
    """
    first = next((at for at, token in enumerate(tokens) if token.text.lower() not in _words("when")), 0)
    year, *rest = tokens[first:]
    if rest and rest[0].kind == "label" and year.kind == "digits" and is_year(year.text):
        return [year._replace(kind="label"), *rest]
    date = at = _date(tokens)
    while at and tokens[at - 1].text.lower() in _words("when"):
        at -= 1
    if not at or at == date or date == len(tokens):
        return tokens
    words = " ".join(part.text for part in tokens[at:])
    return [*tokens[:at], tokens[-1]._replace(kind="label", value=words, text=words, start=tokens[at].start)]


def _date(tokens: Sequence[Token]) -> int:
    """Where the year or the day begins that ends the tokens: 2023, Dec. 31, 31 March 2024; else their end."""
    at = len(tokens)
    if tokens[-1].kind == "digits" and is_year(tokens[-1].text):
        at -= 1
    elif _is_day(tokens[-1]):
        at -= _of_accounts(tokens)
    month = at - 1
    while month > 0 and (tokens[month].text in _STOPS or (_is_day(tokens[month]) and month > at - _LONGEST)):
        month -= 1
    if month < 1 or tokens[month].text.lower() not in _months():
        return at
    return month - 1 if _is_day(tokens[month - 1]) and month == at - 1 else month


def _of_accounts(tokens: Sequence[Token]) -> int:
    """How many tokens at the end are a year of accounts: the one of FY25, the three of 2024-25; else 0."""
    last = [token.text.lower() for token in tokens[-_YEARS:]]
    if last[-2:-1] == ["fy"]:
        return 1
    both = len(last) == _YEARS and (last[1] in DASHES or last[1] == "/") and is_year(last[0])
    return _YEARS if both else 0


def _is_day(token: Token) -> bool:
    return token.kind == "digits" and len(token.text) <= _SHORT and token.text.isdigit()


def _is_time(token: Token, *, hyphen: bool) -> bool:
    """Whether a number before the word says when, or which one; after a ``hyphen`` too: a 5-year plan."""
    if token.kind == "each-one":
        return hyphen
    return token.kind in KINDS or (token.kind == "unknown" and _is_numbered(token.text))


def _is_month(token: Token) -> bool:
    """Whether what says "each month" elsewhere names one right after a number: 3월 500억원."""
    return token.kind == "each" and token.text.strip() in _words("numbered")


def _is_numbered(word: str) -> bool:
    """Whether a word makes the number before it one that says when, or which one: 분기, 분기에."""
    known = _words("numbered")
    if word in known:
        return True
    tails = _tails()
    return word.endswith(tails) and any(word.removesuffix(t) in known for t in tails if word.endswith(t))


def _before(found: Sequence[Token], at: int) -> int:
    """Where the words begin that belong to a number at a place: 第 2, over the next 5."""
    if at and found[at - 1].text in PLACES:
        return at - 1
    start = at
    while start and found[start - 1].text.lower() in _words("which"):
        start -= 1
    return start - 1 if start and found[start - 1].text.lower() in _words("during") else at


@of_tables
def _words(name: str) -> frozenset[str]:
    return frozenset(word for table in tables().values() for word in table.get("label", {}).get(name, ()))


@of_tables
def _months() -> frozenset[str]:
    return frozenset(word for table in tables().values() for word in table.get("date", {}).get("month", ()))


@of_tables
def _tails() -> tuple[str, ...]:
    return tuple(sorted(_words("numbered-tail")))


@of_tables
def _shares() -> dict[str, str]:
    """The words that say when, but how much before "of": three quarters of a billion."""
    found: dict[str, str] = {}
    for table in tables().values():
        found |= table.get("label", {}).get("shares", {})
    return found


def _counts(number: Sequence[Token], token: Token) -> bool:
    """Whether tokens are one small whole number; a share need not be whole: 51.5%股权."""
    if not 0 < len(number) <= _LONGEST:
        return False
    if token.text.startswith(_SHARE):
        return [part.kind for part in number] == ["digits"]
    if any(token.kind == "digits" for token in number):
        return len(number) == 1 and number[0].text.isdigit() and len(number[0].text) <= _LONGEST
    return True
