"""When a triple that was read back is the one that was sent: servers write some literals in another form.

``key`` gives two literals the same text exactly if they are the same to a server. It is asked
only about lines that do not match as they stand.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, Literal

from kg.push.spool import digest
from kg.rdf import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.push.spool import Spool

Rewrites = Literal["canonical", "virtuoso"]
_Rule = Callable[[str], str]
"""From a lexical form to one that stands for its value; ``ValueError`` if it has none."""

_EXACT: Final = Context(prec=400)
_INTEGERS: Final = (
    *("integer", "long", "int", "short", "byte"),
    *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
    *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)
_VIRTUOSO_INTEGER: Final = 2**63 - 1
"""From here on it stores integers as decimals."""
_VIRTUOSO_FRACTION: Final = Decimal(1).scaleb(-15)
_DURATION: Final = re.compile(
    r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_TIME: Final = re.compile(r"(-?)0*(\d*.*?)(\.\d+)?(Z|[+-]\d\d:\d\d)?")


def _number(text: str) -> Decimal:
    if not re.fullmatch(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", text):
        raise ValueError(text)
    try:
        return _EXACT.create_decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error


def _decimal(text: str) -> str:
    r"""A decimal by its value.

    >>> _decimal("+01.50"), _decimal("-0.0"), _decimal("100")
    ('1.5', '0', '100')
    """
    shown = format(_number(text), "f")
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown in {"-0", ""} else shown


def _integer(text: str) -> str:
    if "." in text:
        raise ValueError(text)
    return _decimal(text)


def _boolean(text: str) -> str:
    return {"1": "true", "0": "false"}.get(text, text)


def _double(text: str) -> str:
    return repr(float(text.replace("INF", "inf"))) if "_" not in text else text


def _float(text: str) -> str:
    value: float = struct.unpack("f", struct.pack("f", float(text.replace("INF", "inf"))))[0]
    return repr(value)


def _duration(text: str) -> str:
    """A duration by its months and seconds.

    >>> _duration("PT120M") == _duration("PT2H"), _duration("P1Y") == _duration("P12M")
    (True, True)
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(text)
    sign, years, months, days, hours, minutes, seconds = match.groups("0")
    total = int(years) * 12 + int(months)
    rest = ((int(days) * 24 + int(hours)) * 60 + int(minutes)) * 60 + Decimal(seconds)
    return f"{sign if sign == '-' else ''}{total} {_decimal(format(rest, 'f'))}"


def _time(text: str, digits: int = 100) -> str:
    """A date or time without what its value does not need.

    >>> _time("2025-02-04T10:00:00.120+00:00"), _time("-0044-03-15")
    ('2025-02-04T10:00:00.12Z', '-44-03-15')
    """
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError(text)
    sign, main, fraction, zone = match.groups("")
    fraction = fraction[: digits + 1].rstrip("0").rstrip(".")
    return sign + main + fraction + ("Z" if zone in {"+00:00", "-00:00"} else zone)


_CANONICAL: Final[dict[str, tuple[str, _Rule]]] = {
    **dict.fromkeys((XSD + name for name in _INTEGERS), (f"{XSD}integer", _integer)),
    f"{XSD}decimal": (f"{XSD}decimal", _decimal),
    f"{XSD}boolean": (f"{XSD}boolean", _boolean),
    f"{XSD}double": (f"{XSD}double", _double),
    f"{XSD}float": (f"{XSD}float", _float),
    f"{XSD}string": ("", str),
    **{XSD + n: (XSD + n, _time) for n in ("dateTime", "dateTimeStamp", "date", "time")},
    **{XSD + n: (XSD + n, _time) for n in ("gYear", "gYearMonth", "gMonthDay", "gMonth", "gDay")},
    **{XSD + n: (XSD + n, _duration) for n in ("duration", "dayTimeDuration", "yearMonthDuration")},
}
"""Datatype → the one that takes its place, and its rule: XSD's canonical forms, as Oxigraph stores them."""


def _virtuoso_decimal(text: str) -> str:
    number = _number(text)
    rounded = number.quantize(_VIRTUOSO_FRACTION, ROUND_HALF_UP, _EXACT)
    return _decimal(format(rounded, "f"))


_VIRTUOSO: Final[dict[str, tuple[str, _Rule]]] = {
    **_CANONICAL,
    f"{XSD}decimal": (f"{XSD}decimal", _virtuoso_decimal),
    f"{XSD}dateTime": (f"{XSD}dateTime", lambda text: _time(text, 6)),
}
"""Besides: decimals are rounded to 15 places, seconds cut to 6, and large integers become decimals."""

_TABLES: Final = {"canonical": _CANONICAL, "virtuoso": _VIRTUOSO}


def key(line: str, rewrites: Rewrites) -> str:
    """A line that is the same for all that the server takes for the same triple.

    >>> key(f'<a:s> <a:p> "1.50"^^<{XSD}decimal> .', "canonical")
    '<a:s> <a:p> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal> .'
    """
    text, mark, datatype = line.rpartition('"^^<')
    if not mark or not datatype.endswith("> .") or (found := _TABLES[rewrites].get(datatype[:-3])) is None:
        return line
    head, _, lexical = text.partition(' "')
    kind, rule = found
    try:
        value = rule(lexical)
    except (ValueError, OverflowError):
        return line
    if rewrites == "virtuoso" and rule is _integer and abs(int(value)) >= _VIRTUOSO_INTEGER:
        kind = f"{XSD}decimal"
    return f'{head} "{value}"^^<{kind}> .' if kind else f'{head} "{value}" .'


def survives_update(line: str, rewrites: Rewrites) -> bool:
    """Whether the server takes the line in an update as it takes it in a body.

    >>> survives_update(f'<a:s> <a:p> "9223372036854775808"^^<{XSD}integer> .', "virtuoso")
    False
    """
    text, mark, datatype = line.rpartition('"^^<')
    if rewrites != "virtuoso" or not mark or not datatype.endswith("> ."):
        return True
    kind, rule = _VIRTUOSO.get(datatype[:-3], ("", str))
    if rule is not _integer:
        return rule is not _duration or kind == f"{XSD}dayTimeDuration"
    try:
        return abs(int(_integer(text.partition(' "')[2]))) <= _VIRTUOSO_INTEGER
    except ValueError:
        return True


def distinct_for(spool: Spool, rewrites: Rewrites) -> int:
    """How many triples a server will count, for which ``"1.0"`` and ``"1.00"`` may be one."""
    changed: set[bytes] = set()
    others = 0
    for line in spool.lines():
        same = key(line, rewrites)
        if same == line:
            others += 1
        else:
            changed.add(digest(same))
    # what is written in its last form, and in another one besides
    return others + sum(d not in spool.digests for d in changed)


_SHOWN: Final = 3


@dataclass(slots=True)
class Comparison:
    """What was found when contents were compared; ``missing`` and ``extra`` are a few lines for messages."""

    rewritten: int = 0
    missing_count: int = 0
    extra_count: int = 0
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Whether the graph holds what was sent and nothing else."""
        return not self.missing_count and not self.extra_count


def compare(spool: Spool, found: Iterable[str], rewrites: Rewrites) -> Comparison:
    """Hold the lines that were found against those that were sent, in any order."""
    waiting = set(spool.digests)
    other: dict[bytes, str] = {}
    for line in found:
        mark = digest(line)
        if mark in waiting:
            waiting.remove(mark)
        elif mark not in spool.digests:
            other[digest(key(line, rewrites))] = line
    result = Comparison()
    known = set(other)
    for line in spool.lines() if waiting or other else ():
        mark, same = digest(line), digest(key(line, rewrites))
        if mark not in waiting:
            continue
        if same in other:
            known.discard(same)
            result.rewritten += 1
        elif same not in spool.digests or same in waiting:
            result.missing_count += 1
            if len(result.missing) < _SHOWN:
                result.missing.append(line)
    result.extra_count = len(known)
    result.extra = [other[mark] for mark in sorted(known)[:_SHOWN]]
    return result
