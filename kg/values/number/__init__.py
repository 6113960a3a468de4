"""Numbers in text: ``이십오``, ``between 20 and 30``, ``3분의 1``.

The rule (docs/values.md has the grammar in EBNF)::

    number = interval , [ OPEN , interval , CLOSE ] ;         (* the same again: forty-five (45) *)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.grammar import canonical as intervals
from kg.values.grammar import whole
from kg.values.grammar.interval import Interval, Unitless, interval, ordered

if TYPE_CHECKING:
    from kg.values.grammar.cursor import Cursor
    from kg.values.grammar.whole import Asked
    from kg.values.lexicon import Lexicon

CODES: Final = {"undisclosed": "number-no-number", "vague": "number-no-number"}
_UNITS: Final = Unitless()


def read(text: str, lexicon: Lexicon, language: str = "") -> Interval:
    """The number, or the bounds of one, that a whole text is.

    Raises ``NotUnderstood``: ``number-word``, ``number-no-number``; ``Unreadable``: ``number-reversed``.
    """
    return whole.read(RULES, lexicon, whole.Asked(text, language, bool(language)))


def number(c: Cursor, asked: Asked) -> Interval | None:
    """``number``, with every token consumed."""
    found = interval(c, _UNITS)
    if found is not None and c.take("open") is not None:
        again = interval(c, _UNITS)
        if again is None or again[:2] != found[:2] or c.take("close") is None:
            return None
    if found is None or not c.done():
        return None
    ordered(found, asked.text)
    return found


def canonical(found: Interval, lexicon: Lexicon, language: str = "en") -> str:
    """The number in digits and scale words of a language, English where it has no table.

    >>> from kg.values.lexicon import Lexicon
    >>> canonical(Interval(2_500_000, None, None, min_exclusive=True), Lexicon.load())
    'more than 2.5 million'
    """
    return intervals.canonical(found, lexicon, language)


RULES: Final = whole.Rules("number", "number-word", number, canonical, CODES)
