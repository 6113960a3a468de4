"""What the keys of a table mean, by the kind of its words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable


def _codes(text: str) -> str | tuple[str, ...]:
    """One code of ISO 4217, or several, the one that is assumed first; ``-`` first assumes none."""
    codes = tuple("" if code == "-" else code for code in text.split())
    return codes[0] if len(codes) == 1 else codes


def _steps(text: str) -> tuple[str, int]:
    unit, number = text.split()
    return unit, int(number)


def _pair(text: str) -> tuple[str, ...]:
    first, second = text.split()
    return first, second


_INTEGERS: Final = (
    *("count", "digit", "group", "scale", "multiple", "times", "nth", "power", "percent"),
    *("month", "weekday", "quarter", "half", "season", "era", "fiscal", "seconds", "months"),
    *("ago", "ago-before", "counted-from"),
)
KINDS: Final[dict[str, Callable[[str], Any]]] = {
    **dict.fromkeys(_INTEGERS, int),
    **dict.fromkeys(("bound", "bound-after", "third", "unit", "steps", "part", "direction"), str),
    **dict.fromkeys(("currency", "subunit", "tenth"), _codes),
    "fraction": Fraction,
    "counted": _steps,
    "relative": _steps,
    "length": _steps,
    "turn": _pair,
}
"""Kind of words -> what reads the key that they stand behind."""


def meaning(kind: str, text: str) -> Any:  # noqa: ANN401 - each kind has its own
    """The meaning that a key stands for; raises ``ValueError`` or ``KeyError`` for none.

    >>> meaning("scale", "4"), meaning("currency", "USD CAD"), meaning("relative", "year -1")
    (4, ('USD', 'CAD'), ('year', -1))
    """
    return KINDS[kind](text)
