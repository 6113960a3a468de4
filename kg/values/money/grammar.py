"""The grammar of amounts in text.

    text     = interval ["(" interval ")"]        the second one is a conversion
    interval = side [range side]
    side     = marks, one numeral, currency before or after it, "대"
    marks    = bounds and approximation, before or after

The words are in the vocabulary, so this holds for every language that has a table.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.values.characters import checked, unreadable
from kg.values.money.meaning import Money, Number
from kg.values.money.vocabulary import family, scan, whole
from kg.values.numeral import KINDS, Numeral, numeral, plus, shifted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.errors import Unreadable
    from kg.values.vocabulary import Token

_LOWER: Final = {">", ">="}
_UPPER: Final = {"<", "<="}
_MINUS: Final = frozenset("-−‐‑")
_CURRENCIES: Final = frozenset({"currency", "assumed", "code", "subunit"})
_TENS: Final = frozenset(range(20, 100, 10))
_TEN: Final = 10
_UNGROUPED: Final = 1000
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


def read(text: str, language: str = "") -> Money:
    """The amount that a text says.

    Raises ``Unreadable``: ``money-no-amount`` where the text says that none is known
    (``undisclosed``, ``수백억원``), else what could not be read.

    >>> money = read("$15-25bn")
    >>> money.min, money.max, money.currency, money.assumed
    (15000000000, 25000000000, 'USD', '$')
    """
    checked(text)
    tokens = scan(language)(text)
    main, inner = _brackets(tokens, text)
    converted = _interval(inner, text) if inner else None
    found = _interval(main, text)
    if converted is not None and converted.currency == found.currency:
        raise unreadable("money-two-amounts", text)
    other = None if converted is None else _money(converted, "", None)
    return _money(found, text.strip(), other)


class _Side:
    """One number with its currency and marks, while it is read."""

    __slots__ = (
        "approximate",
        "band",
        "bound",
        "closed",
        "currency",
        "factor",
        "negative",
        "numeral",
        "symbol",
    )

    def __init__(self) -> None:
        self.numeral: list[Token] = []
        self.closed = False
        """Whether something other than a numeral has followed the numeral."""
        self.currency = ""
        self.symbol = ""
        self.factor = 0
        self.bound = ""
        self.approximate = False
        self.band = False
        self.negative = False


class _Interval(NamedTuple):
    low: Number | None
    high: Number | None
    low_exclusive: bool
    high_exclusive: bool
    approximate: bool
    currency: str
    symbol: str


def _money(found: _Interval, as_written: str, converted: Money | None) -> Money:
    return Money(
        found.currency,
        found.low,
        found.high,
        found.low_exclusive,
        found.high_exclusive,
        found.approximate,
        as_written,
        converted,
        found.symbol,
    )


def _brackets(tokens: list[Token], text: str) -> tuple[list[Token], list[Token]]:
    """The tokens outside and inside of brackets."""
    kinds = [token.kind for token in tokens]
    if "open" not in kinds and "close" not in kinds:
        return tokens, []
    if kinds.count("open") != 1 or kinds.count("close") != 1 or kinds.index("open") > kinds.index("close"):
        raise _fault(tokens, text)
    start, end = kinds.index("open"), kinds.index("close")
    inner = tokens[start + 1 : end]
    outer = tokens[:start] + tokens[end + 1 :]
    if not outer:
        return inner, []
    if not any(kind in KINDS for kind in kinds[start:end]):
        # "$15bn (USD)": no second amount, but the currency of the first
        return outer + inner, []
    return outer, inner


def _interval(tokens: list[Token], text: str) -> _Interval:
    sides = _sides(tokens, text)
    if len(sides) > 2:  # noqa: PLR2004 - an interval has two ends
        raise _fault(tokens, text)
    numbers = [_number(side, tokens, text) for side in sides]
    currency, symbol = _currency(sides, text)
    approximate = any(side.approximate for side in sides)
    if len(sides) == 1:
        low, high, open_low, open_high = _one(sides[0], numbers[0])
    else:
        low, high, open_low, open_high = _two(sides, numbers, tokens, text)
    return _Interval(low, high, open_low, open_high, approximate, currency, symbol)


def _sides(tokens: list[Token], text: str) -> list[_Side]:
    """The tokens sorted into the sides of the interval."""
    side = _Side()
    sides = [side]
    between = any(token.kind == "between" for token in tokens)
    for at, token in enumerate(tokens):
        kind = token.kind
        if kind in {"range", "article"} and _says_nothing(tokens, at):
            continue
        if kind == "range" or (kind == "join" and between):
            if not side.numeral:
                _sign(side, token, tokens, text)
                continue
            side = _Side()
            sides.append(side)
            continue
        if side.closed and side.bound and kind in KINDS and kind != "join":
            side = _Side()
            sides.append(side)
        if not _take(side, token):
            if kind in _CURRENCIES and token.value != side.currency:
                raise unreadable("money-two-currencies", text, (side.currency, token.value))
            raise _fault(tokens, text, token)
    if len(sides) > 1 and not sides[-1].numeral:
        raise _fault(tokens, text)
    return sides


def _says_nothing(tokens: list[Token], at: int) -> bool:
    """The hyphen in ``twenty-five``, ``15-million`` or ``15-billion-dollar``, the article in ``a $5m``."""
    token = tokens[at]
    following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    if token.kind == "article":
        return following in _CURRENCIES or following in {"approximate", "digits"}
    if token.text not in _MINUS or not at:
        return False
    if following in {"multiple", "scale"}:
        return True
    if following in _CURRENCIES:
        return at + 2 == len(tokens)
    tens = tokens[at - 1].value if tokens[at - 1].kind == "count" else 0
    return following == "count" and tens in _TENS and 0 < tokens[at + 1].value < _TEN


def _sign(side: _Side, token: Token, tokens: list[Token], text: str) -> None:
    """A sign before the number: ``-`` is a minus, ``~`` is "about"."""
    if token.value in _MINUS and not side.negative:
        side.negative = True
    elif token.value == "~" and not side.approximate:
        side.approximate = True
    else:
        raise _fault(tokens, text, token)


def _take(side: _Side, token: Token) -> bool:
    """Whether the side has a place for the token; if so, it is put there."""
    kind, value = token.kind, token.value
    if kind in KINDS:
        if side.closed:
            return False
        side.numeral.append(token)
        return True
    if kind == "approximate":
        side.approximate = True
        return True
    if kind in {"filler", "between"}:
        return True
    if kind in _CURRENCIES:
        return _take_currency(side, kind, value, token.text)
    side.closed = bool(side.numeral)
    if kind == "bound":
        if token.text == "+" and not side.numeral:
            return True
        if side.bound not in {"", value}:
            return False
        side.bound = value
        return True
    if kind == "band" and side.numeral and not side.band:
        side.band = True
        return True
    return False


def _take_currency(side: _Side, kind: str, value: str, symbol: str) -> bool:
    """Put a currency into the side, unless it has another one."""
    side.closed = bool(side.numeral)
    open_to_more = kind in {"assumed", "subunit"}
    if not side.currency:
        side.currency, side.symbol = value, symbol if open_to_more else ""
    elif open_to_more:
        # "AUD $15": the symbol may stand for what is already named
        if value != side.currency and side.currency not in family(value):
            return False
    else:
        if value != side.currency and not (side.symbol and value in family(side.currency)):
            return False
        side.currency, side.symbol = value, ""
    if kind == "subunit":
        side.factor = -2
    return True


def _number(side: _Side, tokens: list[Token], text: str) -> Numeral:
    found = numeral(side.numeral) if side.numeral else None
    if found is None:
        raise _fault(tokens, text)
    if len(side.numeral) == 1 and side.currency in whole() and _THOUSANDS.fullmatch(side.numeral[0].text):
        # "12.500 ₫": nobody pays in parts of a dong, so the point groups
        found = Numeral(shifted(found.value, 3), shifted(found.value, 3))
    if not side.negative and not side.factor:
        return found
    value = shifted(found.value, side.factor)
    if side.negative:
        value = -value
    return Numeral(value, value)


def _currency(sides: list[_Side], text: str) -> tuple[str, str]:
    """The currency of the interval, and the symbol that it was assumed from."""
    named = [side for side in sides if side.currency]
    if not named:
        raise unreadable("money-no-currency", text, ("USD", "KRW", "EUR"))
    sure = next((side for side in named if not side.symbol), named[0])
    for side in named:
        may_be = side.currency == sure.currency or (side.symbol and sure.currency in family(side.currency))
        if not may_be:
            raise unreadable("money-two-currencies", text, tuple(s.currency for s in named))
    return sure.currency, sure.symbol


Bounds = tuple[Number | None, Number | None, bool, bool]


def _one(side: _Side, number: Numeral) -> Bounds:
    value = number.value
    if side.band:
        top = _top_of_band(value)
        return (value, top, False, True) if not side.bound else _bounded(side.bound, value)
    return _bounded(side.bound, value)


def _bounded(bound: str, value: Number) -> Bounds:
    if bound in _LOWER:
        return value, None, bound == ">", False
    if bound in _UPPER:
        return None, value, False, bound == "<"
    return value, value, False, False


def _two(sides: list[_Side], numbers: list[Numeral], tokens: list[Token], text: str) -> Bounds:
    first, second = sides
    low, high = _shared_scale(numbers[0], numbers[1], tokens, text)
    if first.bound in _UPPER and second.bound in _LOWER:
        first, second, low, high = second, first, high, low
    if first.bound in _UPPER or second.bound in _LOWER:
        raise _fault(tokens, text)
    if second.band:
        return low, _top_of_band(high), first.bound == ">", True
    return low, high, first.bound == ">", second.bound == "<"


def _shared_scale(low: Numeral, high: Numeral, tokens: list[Token], text: str) -> tuple[Number, Number]:
    """Both numbers; the lower one takes over the scale of the upper: ``15-25bn``."""
    shared = high.scale + high.group
    if low.scale or not shared or (low.group and not high.scale):
        return low.value, high.value
    if low.group:
        power, head = high.scale, high.head
    else:
        power, head = shared, shifted(high.head, -high.group if high.scale else 0)
        head = head if high.scale else shifted(high.value, -high.group)
    if low.value < head:
        return shifted(low.value, power), high.value
    if low.value < _UNGROUPED and low.value < high.value:
        # "900-1.2bn" may be 900 or 900 million
        raise _fault(tokens, text)
    return low.value, high.value


def _top_of_band(value: Number) -> Number:
    """Where ``3조원대`` ends: one more in the last place that is not zero."""
    sign, digits, exponent = Decimal(value).as_tuple()
    del sign
    zeros = 0
    for digit in reversed(digits):
        if digit:
            break
        zeros += 1
    return plus(value, shifted(1, int(exponent) + zeros))


def _fault(tokens: Iterable[Token], text: str, at: Token | None = None) -> Unreadable:
    """Why the text can't be read, or that it names no amount."""
    listed = list(tokens)
    if not text.strip() or any(token.kind == "vague" for token in listed) or _is_bare_multiple(listed):
        return unreadable("money-no-amount", text)
    for token in listed:
        if token.kind == "unsure":
            return unreadable("money-currency-ambiguous", text, tuple(token.value), args={"word": token.text})
    unknown = next((token for token in listed if token.kind == "unknown"), at)
    if unknown is None:
        return unreadable("money-unreadable", text)
    return unreadable("money-word", text, args={"word": unknown.text})


def _is_bare_multiple(tokens: list[Token]) -> bool:
    """``millions of dollars``: a scale without a number before it."""
    kinds = [token.kind for token in tokens]
    return "multiple" in kinds and not {"digits", "count", "article", "half"} & set(kinds)
