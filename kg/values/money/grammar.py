"""The grammar of amounts in text.

    text     = interval ["(" interval ")"]        the second one is a conversion
    interval = side [range side]
    side     = marks, one numeral, currency before or after it, "대"
    marks    = bounds and approximation, before or after

The words are in the vocabulary, so this holds for every language that has a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.characters import checked, unreadable
from kg.values.money.faults import fault
from kg.values.money.interval import interval
from kg.values.money.side import CURRENCIES, MINUS, Side, sign, take
from kg.values.money.vocabulary import scan
from kg.values.numeral import KINDS

if TYPE_CHECKING:
    from kg.values.money.meaning import Money
    from kg.values.vocabulary import Token

_TENS: Final = frozenset(range(20, 100, 10))
_TEN: Final = 10


def read(text: str, language: str = "") -> Money:
    """The amount that a text says.

    Raises ``Unreadable``: ``money-no-amount`` where the text says that none is known
    (``undisclosed``, ``수백억원``), else what could not be read.

    >>> money = read("$15-25bn")
    >>> money.min, money.max, money.currency, money.assumed
    (15000000000, 25000000000, 'USD', '$')
    """
    checked(text)
    main, inner = _brackets(scan(language)(text), text)
    converted = interval(_sides(inner, text), inner, text, "", None) if inner else None
    found = interval(_sides(main, text), main, text, text.strip(), converted)
    if converted is not None and converted.currency == found.currency:
        raise unreadable("money-two-amounts", text)
    return found


def _brackets(tokens: list[Token], text: str) -> tuple[list[Token], list[Token]]:
    """The tokens outside and inside of brackets."""
    kinds = [token.kind for token in tokens]
    if "open" not in kinds and "close" not in kinds:
        return tokens, []
    if kinds.count("open") != 1 or kinds.count("close") != 1 or kinds.index("open") > kinds.index("close"):
        raise fault(tokens, text)
    start, end = kinds.index("open"), kinds.index("close")
    inner = tokens[start + 1 : end]
    outer = tokens[:start] + tokens[end + 1 :]
    if not outer:
        return inner, []
    if not any(kind in KINDS for kind in kinds[start:end]):
        # "$15bn (USD)": no second amount, but the currency of the first
        return outer + inner, []
    return outer, inner


def _sides(tokens: list[Token], text: str) -> list[Side]:
    """The tokens sorted into the sides of the interval."""
    side = Side()
    sides = [side]
    between = False
    for at, token in enumerate(tokens):
        kind = token.kind
        if kind in {"range", "article"} and _says_nothing(tokens, at):
            continue
        between = between or kind == "between"
        if kind == "range" or (kind == "join" and (between or _joins_sides(side, tokens, at))):
            if not side.numeral:
                if not sign(side, token):
                    raise fault(tokens, text, token)
                continue
            side = Side()
            sides.append(side)
            continue
        if side.closed and side.bound and kind in KINDS and kind != "join":
            side = Side()
            sides.append(side)
        if not take(side, token):
            if kind in CURRENCIES and token.value != side.currency:
                raise unreadable("money-two-currencies", text, (side.currency, token.value))
            raise fault(tokens, text, token)
    if len(sides) > 1 and not sides[-1].numeral:
        raise fault(tokens, text)
    return sides


def _joins_sides(side: Side, tokens: list[Token], at: int) -> bool:
    """The "and" in ``more than $5m and less than $10m``; in ``two hundred and fifty`` it is none."""
    following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    return bool(side.bound) and (side.closed or following not in KINDS)


def _says_nothing(tokens: list[Token], at: int) -> bool:
    """The hyphen in ``twenty-five``, ``15-million`` or ``15-billion-dollar``, the article in ``a $5m``."""
    token = tokens[at]
    following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    if token.kind == "article":
        return following in CURRENCIES or following in {"approximate", "digits"}
    if token.text not in MINUS or not at:
        return False
    if following in {"multiple", "scale"}:
        return True
    if following in CURRENCIES:
        return at + 2 == len(tokens)
    tens = tokens[at - 1].value if tokens[at - 1].kind == "count" else 0
    return following == "count" and tens in _TENS and 0 < tokens[at + 1].value < _TEN
