"""``Coordinates``: a point on the earth by its latitude and longitude in degrees (WGS 84).

The literal is WKT as GeoSPARQL 1.1 has it, the longitude first: without a reference system it is CRS 84.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kg.rdf import GEO
from kg.values.characters import LONGEST_NAME, checked, kind_of, unreadable
from kg.values.codec import Context, Written
from kg.values.grammar.limits import exact, plain

if TYPE_CHECKING:
    from decimal import Decimal

    from kg.model.types import Concept, Field
    from kg.values.codec import Read

WKT: Final = f"{GEO}wktLiteral"
LIMITS: Final = {"lat": 90, "long": 180}
"""Key -> the largest value, in degrees."""
DEGREES: Final = {
    "lat": r"[+-]?(?:90(?:\.0+)?|[1-8]?[0-9](?:\.[0-9]{1,18})?)",
    "long": r"[+-]?(?:180(?:\.0+)?|(?:1[0-7][0-9]|[1-9]?[0-9])(?:\.[0-9]{1,18})?)",
}
"""Key -> the pattern of degrees within the limits."""
_PAIR: Final = re.compile(r"([^,;]+?) ?[,;] ?([^,;]+)")


class CoordinatesCodec:
    """``{"lat": "37.5665", "long": "126.978"}``, or both in a text, the latitude first."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read one point into a literal of WKT."""
        head = f'<{field.path}> "POINT('

        def read(value: object, context: Context) -> Written:  # noqa: ARG001 - contract
            found = _degrees(value)
            return Written([f'{head}{plain(found["long"])} {plain(found["lat"])})"^^<{WKT}>'])

        return read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of the object and of the text."""
        degrees = {
            key: {
                "anyOf": [
                    {"type": "number", "minimum": -most, "maximum": most},
                    {"type": "string", "pattern": f"^{DEGREES[key]}$"},
                ]
            }
            for key, most in LIMITS.items()
        }
        text = {
            "type": "string",
            "pattern": f"^{DEGREES['lat']} ?[,;] ?{DEGREES['long']}$",
            "maxLength": LONGEST_NAME,
            "description": "latitude and longitude in degrees (WGS 84): “37.5665, 126.978”",
        }
        spelled = {
            "type": "object",
            "properties": degrees,
            "required": [*LIMITS],
            "additionalProperties": False,
        }
        return {"anyOf": [spelled, text]}


def _degrees(value: object) -> dict[str, int | Decimal]:
    """Key -> degrees; raises ``Unreadable``: ``coordinates-expected``, ``coordinates-range``."""
    given = value
    if isinstance(value, str):
        found = _PAIR.fullmatch(checked(value, LONGEST_NAME).strip())
        given = dict(zip(LIMITS, found.groups(), strict=True)) if found is not None else None
    if not isinstance(given, dict) or given.keys() != LIMITS.keys():
        raise unreadable("coordinates-expected", value, args={"kind": kind_of(value)})
    degrees = {key: exact(given[key]) for key in LIMITS}
    for key, most in LIMITS.items():
        written = given[key]
        fits = not isinstance(written, str) or re.fullmatch(DEGREES[key], written) is not None
        if not fits or not -most <= degrees[key] <= most:
            raise unreadable("coordinates-range", value, args={"key": key, "limit": most})
    return degrees
