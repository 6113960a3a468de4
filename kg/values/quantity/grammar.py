"""The grammar of quantities in text: ``5GW``, ``10 gigawatts``, ``약 1만 명``, ``between 20 and 30 km``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import Unreadable
from kg.values.characters import LONGEST_NAME, checked, unreadable
from kg.values.interval.kept import Kept
from kg.values.interval.known import Ends, One, ready
from kg.values.interval.side import Side
from kg.values.interval.wording import parted
from kg.values.number.grammar import FRACTION, ends, fault, filled, interval
from kg.values.numeral import NUMBER
from kg.values.quantity.meaning import Quantity
from kg.values.read_once import LONGEST, read_once
from kg.values.scanner import scanner

if TYPE_CHECKING:
    from kg.values.vocabulary import Token

SECTIONS: Final = ("unit", "number", "ordinal", "mark")


class QuantitySide(Side):
    """A side whose unit is any of the table, the same wherever it is named."""

    units = frozenset({"unit"})
    unit = ""

    def take_unit(self, token: Token) -> bool:
        """A unit before or after the number."""
        self.closed = bool(self.numeral)
        if self.unit not in {"", token.value}:
            return False
        self.unit = token.value
        return True


def read(text: str, language: str = "") -> Quantity:
    """The quantity that a text says; the whole text must be one.

    Raises ``Unreadable``: ``quantity-no-unit``, ``quantity-two-units``, ``number-no-number``
    where the text says that none is known, else what could not be read.

    >>> read("5GW"), read("약 1만 명").unit
    (Quantity(unit='GW', number=Interval(min=5, max=5, ...), as_written='5GW'), 'person')
    """
    if len(text) <= LONGEST:
        wording, runs = parted(text)
        known = _KNOWN.of(wording, language)
        found = None if known is None else filled(known[1], runs)
        if known is not None and found is not None:
            return Quantity(known[0], found, text.strip())
    return _whole(text, language)


@read_once
def _whole(text: str, language: str) -> Quantity:
    checked(text, LONGEST_NAME)
    tokens = scan(text, language)
    named = {token.value: token for token in tokens if token.kind == "unit"}
    if not named:
        if any(token.kind in {"unknown", "vague"} for token in tokens):
            raise fault(tokens, text)
        raise unreadable("quantity-no-unit", text, ("person", "GW", "nm"))
    if len(named) > 1:
        raise unreadable("quantity-two-units", text, tuple(named))
    return Quantity(next(iter(named)), interval(tokens, text, QuantitySide, language), text.strip())


def _looked_at(wording: str, language: str) -> tuple[str, Ends | One] | None:
    """The unit and the sides of a wording, or None if it is no quantity or its digits say more."""
    try:
        tokens = scan(checked(wording), language)
    except Unreadable:
        return None
    units = {token.value for token in tokens if token.kind == "unit"}
    found = ends(tokens, wording, QuantitySide, language) if len(units) == 1 else None
    return None if found is None else (units.pop(), found)


_KNOWN: Final = Kept(_looked_at, lambda known: (known[0], ready(known[1])))


def scan(text: str, language: str) -> list[Token]:
    """The tokens of a quantity."""
    return scanner(SECTIONS, f"{FRACTION}|{NUMBER}", language)(text)
