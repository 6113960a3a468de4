"""What a duration means, and its canonical form."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.values.number import plain

_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86400


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time, exact or approximate."""

    seconds: int | Decimal
    approximate: bool = False


def canonical(seconds: int | Decimal) -> str:
    """The canonical form of ``xsd:dayTimeDuration`` (XML Schema 1.1 part 2, 3.4.27).

    >>> canonical(7200), canonical(9000), canonical(Decimal("0.5")), canonical(0)
    ('PT2H', 'PT2H30M', 'PT0.5S', 'PT0S')
    """
    whole = int(seconds)
    days, rest = divmod(whole, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    fraction = plain(Decimal(seconds) - whole)[1:]
    time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M")) if n)
    if rest or fraction:
        time += f"{rest}{fraction}S"
    date = f"{days}D" if days else ""
    if not date and not time:
        return "PT0S"
    return f"P{date}{'T' if time else ''}{time}"
