"""Places in an order: ``third``, ``21st``, ``제3``, ``last but one``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.values.characters import LONGEST_NAME, checked
from kg.values.number.grammar import fault, scan
from kg.values.numeral import KINDS, numeral, style

if TYPE_CHECKING:
    from kg.values.vocabulary import Token

_POWERS: Final = {
    100: ("group", 2),
    1000: ("multiple", 3),
    10**6: ("multiple", 6),
    10**9: ("multiple", 9),
    10**12: ("multiple", 12),
}


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A place: ``number`` counted from ``anchor`` (``start``, ``current`` or ``end``).

    From the start, the first is 1; from ``current`` and ``end``, the one itself is 0.
    """

    number: int
    anchor: str = "start"


def read(text: str, language: str = "") -> Ordinal:
    """The place that a text says; raises ``Unreadable``.

    >>> read("twenty-first").number, read("제3").number, read("the last but one")
    (21, 3, Ordinal(number=-1, anchor='end'))
    """
    tokens = scan(checked(text, LONGEST_NAME), language)
    parts = [token for token in tokens if token.kind not in {"filler", "range"}]
    if len(parts) == 1 and parts[0].kind == "relative":
        anchor, sign, number = re.split("([+-])", parts[0].value)
        return Ordinal(int(sign + number), anchor)
    marked = any(token.kind == "ordinal-mark" for token in parts)
    parts = [_cardinal(token) for token in parts if token.kind != "ordinal-mark"]
    ranked = bool(parts) and tokens[-1].kind in {"rank", "digits"}
    if not parts or not (marked or ranked) or any(token.kind not in KINDS for token in parts):
        raise fault(tokens, text)
    last = tokens[-1]
    if not marked and last.kind == "digits" and last.value.isdigit():
        raise fault(tokens, text)
    if parts[0].kind == "multiple":
        parts.insert(0, parts[0]._replace(kind="count", value=1))
    found = numeral(parts, style(language))
    if found is None or not isinstance(found.value, int):
        raise fault(tokens, text)
    return Ordinal(found.value)


def _cardinal(token: Token) -> Token:
    """The token of the number that an ordinal counts."""
    if token.kind == "rank":
        kind, value = _POWERS.get(token.value, ("count", token.value))
        return token._replace(kind=kind, value=value)
    if token.kind == "digits":
        return token._replace(value=token.value.rstrip("stndrh"))
    return token
