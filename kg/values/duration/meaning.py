"""What a duration means, and its canonical form."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.values.grammar.limits import EXACT, plain

_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86400
_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time, exact or approximate: months, and beside them days and times in seconds.

    A month has no fixed length, so the two are never turned into each other.
    """

    seconds: int | Decimal
    approximate: bool = False
    months: int = 0


def written(found: Duration) -> tuple[str, str]:
    """The canonical form, and the name of its datatype in XML Schema.

    Days and times are ``dayTimeDuration``, years and months ``yearMonthDuration``, both together
    ``duration``: the embedded engine compares all three with each other as far as they are
    comparable (``P6M < P1Y``, ``P1M < P40D``; ``P1M < P30D`` is an error).

    >>> written(Duration(9000)), written(Duration(0, months=18)), written(Duration(86400, months=1))
    (('PT2H30M', 'dayTimeDuration'), ('P1Y6M', 'yearMonthDuration'), ('P1M1D', 'duration'))
    """
    if not found.months:
        return canonical(found.seconds), "dayTimeDuration"
    years, months = divmod(found.months, _YEAR)
    date = "P" + "".join(f"{n}{unit}" for n, unit in ((years, "Y"), (months, "M")) if n)
    if not found.seconds:
        return date, "yearMonthDuration"
    return date + canonical(found.seconds)[1:], "duration"


def parts(seconds: int | Decimal) -> tuple[int, int, int, int | Decimal]:
    """Days, hours, minutes and seconds."""
    whole = int(seconds)
    days, rest = divmod(whole, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    fraction = EXACT.subtract(Decimal(seconds), Decimal(whole))
    return days, hours, minutes, EXACT.add(fraction, rest) if fraction else rest


def canonical(seconds: int | Decimal) -> str:
    """The canonical form of ``xsd:dayTimeDuration`` (XML Schema 1.1 part 2, 3.4.27).

    >>> canonical(7200), canonical(9000), canonical(Decimal("0.5")), canonical(0)
    ('PT2H', 'PT2H30M', 'PT0.5S', 'PT0S')
    """
    days, hours, minutes, rest = parts(seconds)
    time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M")) if n)
    if rest:
        time += f"{plain(rest)}S"
    date = f"{days}D" if days else ""
    if not date and not time:
        return "PT0S"
    return f"P{date}{'T' if time else ''}{time}"
