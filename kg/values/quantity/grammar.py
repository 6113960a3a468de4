"""The grammar of quantities: ``5GW``, ``약 1만 명``, ``over 200 employees``.

The rule (docs/values.md has the grammar in EBNF)::

    quantity = interval ;
    after    = [ HYPHEN ] , [ LINK ] , UNIT ;
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.errors import NotUnderstood
from kg.values.characters import unreadable
from kg.values.grammar import canonical as intervals
from kg.values.grammar import whole
from kg.values.grammar.interval import Unitless, interval, ordered
from kg.values.quantity.meaning import Quantity

if TYPE_CHECKING:
    from kg.values.grammar.cursor import Cursor
    from kg.values.grammar.whole import Asked
    from kg.values.lexicon import Lexicon

CODES: Final = {
    "undisclosed": "number-no-number",
    "vague": "number-no-number",
    "two": "quantity-two-units",
}


class _Units(Unitless):
    """Symbols and names of units after the number."""

    def after(self, c: Cursor) -> tuple[str, ...] | None:
        """``UNIT``; what joins it to the number (``5-GW``, ``millones de toneladas``) says nothing."""
        mark = c.at
        if c.peek("hyphen") is not None and c.peek("unit", 1) is not None:
            c.at += 1
        c.take("link")
        unit: str | None = c.take("unit")
        if unit is None:
            c.at = mark
        return None if unit is None else (unit,)

    def both(self, first: Any, second: Any) -> Any:  # noqa: ANN401 - contract
        """The unit, or both where they contradict each other."""
        if first is None or second is None or first == second:
            return second if first is None else first
        return (*first, *second)


_UNITS: Final = _Units()


def read(text: str, lexicon: Lexicon, language: str = "") -> Quantity:
    """The quantity that a whole text is.

    Raises ``NotUnderstood``: ``number-word``, ``number-no-number``, ``quantity-no-unit``; ``Unreadable``:
    ``quantity-two-units``, ``number-reversed``.
    """
    return whole.read(RULES, lexicon, whole.Asked(text, language, bool(language)))


def quantity(c: Cursor, asked: Asked) -> Quantity | None:
    """``quantity``, with every token consumed."""
    found = interval(c, _UNITS)
    if found is None or not c.done():
        return None
    if found.unit is None:
        raise NotUnderstood(*unreadable("quantity-no-unit", asked.text).problems)
    if len(found.unit) > 1:
        raise unreadable("quantity-two-units", asked.text, found.unit)
    ordered(found, asked.text)
    return Quantity(found.unit[0], found, asked.text.strip())


def canonical(found: Quantity, lexicon: Lexicon, language: str = "en") -> str:
    """The quantity with the unit as the graph has it.

    >>> from kg.values.grammar.interval import Interval
    >>> from kg.values.lexicon import Lexicon
    >>> canonical(Quantity("GW", Interval(5, None, None)), Lexicon.load())
    'at least 5 GW'
    """
    return intervals.canonical(found.number, lexicon, language, "{number} " + found.unit)


RULES: Final = whole.Rules("quantity", "number-word", quantity, canonical, CODES)
