"""Plain datatypes (``sh:datatype``) and IRIs (``sh:nodeKind sh:IRI``).

Lexical forms and value ranges are those of XML Schema 1.1 part 2,
https://www.w3.org/TR/xmlschema11-2/; what is written is the canonical form where the
spelling carries no meaning (numbers, booleans).
"""

from __future__ import annotations

import re
from calendar import monthrange
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ModelError
from kg.rdf import XSD, is_iri, literal
from kg.values.characters import LONGEST_NAME, checked, kind_of, shortened, unreadable
from kg.values.codec import Context, Written
from kg.values.grammar.limits import exact, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model.types import Concept, Field
    from kg.values.codec import Read

_LONG: Final = 2**63
INTEGERS: Final[dict[str, tuple[int, int]]] = {
    "integer": (-_LONG, _LONG - 1),
    "long": (-_LONG, _LONG - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "nonNegativeInteger": (0, _LONG - 1),
    "positiveInteger": (1, _LONG - 1),
    "nonPositiveInteger": (-_LONG, 0),
    "negativeInteger": (-_LONG, -1),
    "unsignedLong": (0, _LONG - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
"""Least and greatest value; the store's integers end at 64 bits."""

_ZONE: Final = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR: Final = r"(?!0000)\d{4}"
_MONTH: Final = r"(?:0[1-9]|1[0-2])"
_DAY: Final = r"(?:0[1-9]|[12]\d|3[01])"
_TIME: Final = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,18})?|24:00:00(?:\.0{1,18})?)"
_CLOCK: Final = r"(?:T(?=\d)(?:\d{1,9}H)?(?:\d{1,9}M)?(?:\d{1,9}(?:\.\d{1,18})?S)?)?"
_NAME: Final = r"[^\W\d][\w.\-]*"
LEXICAL: Final[dict[str, str]] = {
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE[:-1]}",
    "time": f"{_TIME}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "dayTimeDuration": rf"-?P(?=[\dT])(?:\d{{1,9}}D)?{_CLOCK}",
    "yearMonthDuration": r"-?P(?=\d)(?:\d{1,9}Y)?(?:\d{1,9}M)?",
    "duration": rf"-?P(?=[\dT])(?:\d{{1,9}}Y)?(?:\d{{1,9}}M)?(?:\d{{1,9}}D)?{_CLOCK}",
    "double": r"[+-]?(?:\d{1,99}(?:\.\d{0,99})?|\.\d{1,99})(?:[eE][+-]?\d{1,3})?",
    "float": r"[+-]?(?:\d{1,99}(?:\.\d{0,99})?|\.\d{1,99})(?:[eE][+-]?\d{1,3})?",
    "hexBinary": r"(?:[0-9A-Fa-f]{2})*",
    "base64Binary": r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
    "language": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "NCName": _NAME,
    "NMTOKEN": r"[\w.\-:]+",
    "token": r"\S+(?: \S+)*",
    "normalizedString": r"[^\t\n\r]+",
}
"""Local name in XSD -> what a string must be, whole."""
_WIDE: Final = frozenset({"NCName", "NMTOKEN", "token", "normalizedString"})
"""Datatypes whose letters and digits are those of all scripts."""


class DatatypeCodec:
    """A literal of one datatype."""

    def __init__(self, iri: str) -> None:
        """``iri`` names the datatype; raises ``ModelError`` if it is not known here."""
        self.iri = iri
        self.name = iri.removeprefix(XSD)
        known = {*INTEGERS, *LEXICAL, "string", "boolean", "decimal", "anyURI"}
        if not iri.startswith(XSD) or self.name not in known:
            raise ModelError("datatype-unknown", datatype=iri, known=tuple(sorted(known)))

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read one literal."""
        head = f"<{field.path}> "
        term = _term(self.name)

        def read(value: object, context: Context) -> Written:  # noqa: ARG001 - contract
            return Written([head + term(value)])

        return read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of the literal, with the facets of the field."""
        return _schema(self.name, field)


class IriCodec:
    """An absolute IRI."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read one IRI into an IRI."""
        head = f"<{field.path}> <"

        def read(value: object, context: Context) -> Written:  # noqa: ARG001 - contract
            return Written([f"{head}{_iri(value)}>"])

        return read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of an IRI."""
        return _schema("anyURI", field)


def _iri(value: object) -> str:
    text = checked(_string(value)).strip()
    if not is_iri(text):
        raise unreadable("iri-expected", value)
    return text


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise unreadable("string-expected", value, args={"kind": kind_of(value)})
    return value


def _term(name: str) -> Callable[[object], str]:
    """JSON value -> N-Triples term."""
    if name == "string":
        return lambda value: literal(checked(_string(value)))
    if name == "anyURI":
        return lambda value: literal(_iri(value), f"{XSD}anyURI")
    tail = f'"^^<{XSD}{name}>'
    if name == "boolean":
        return lambda value: f'"{_boolean(value)}{tail}'
    if name == "decimal":
        return lambda value: f'"{plain(exact(value))}{tail}'
    if name in INTEGERS:
        least, greatest = INTEGERS[name]
        return lambda value: f'"{_integer(value, least, greatest)}{tail}'
    check = _lexical(name)
    return lambda value: literal(check(value), XSD + name)


def _boolean(value: object) -> str:
    if value is True or value == "true":
        return "true"
    if value is False or value == "false":
        return "false"
    raise unreadable("boolean-expected", value, ("true", "false"), args={"kind": kind_of(value)})


def _integer(value: object, least: int, greatest: int) -> str:
    number = exact(value)
    text = plain(number)
    if "." in text:
        raise unreadable("integer-expected", value)
    if not least <= number <= greatest:
        raise unreadable("integer-range", value, args={"least": least, "greatest": greatest})
    return text


def _lexical(name: str) -> Callable[[object], str]:
    pattern = re.compile(LEXICAL[name], 0 if name in _WIDE else re.ASCII)
    args = {"datatype": f"xsd:{name}"}
    dated = name.startswith("date")

    def check(value: object) -> str:
        if name in {"double", "float"} and isinstance(value, int | Decimal) and not isinstance(value, bool):
            value = str(exact(value)) if isinstance(value, Decimal) else plain(value)
        text = checked(_string(value)).strip() if isinstance(value, str) else _refuse(value, args)
        if pattern.fullmatch(text) is None or (dated and not _is_day(text)):
            raise unreadable("datatype-lexical", shortened(value), args=args)
        return text

    return check


def _refuse(value: object, args: dict[str, str]) -> str:
    raise unreadable("datatype-lexical", value, args=args)


def _is_day(text: str) -> bool:
    return int(text[8:10]) <= monthrange(int(text[:4]), int(text[5:7]))[1]


def _schema(name: str, field: Field) -> dict[str, Any]:
    facets = _facets(field, numeric=name in INTEGERS or name == "decimal")
    if name == "boolean":
        return {"anyOf": [{"type": "boolean"}, {"enum": ["true", "false"]}]}
    if name in INTEGERS:
        least, greatest = INTEGERS[name]
        number = {"type": "integer", "minimum": least, "maximum": greatest, **facets}
        return {
            "anyOf": [number, {"type": "string", "pattern": "^\\s*[+-]?[0-9]+(\\.0*)?([eE][+]?[0-9]+)?\\s*$"}]
        }
    if name == "decimal":
        return {"anyOf": [{"type": "number", **facets}, decimal_string()]}
    text: dict[str, Any] = {"type": "string", "minLength": 1, **facets}
    if name == "anyURI":
        text["format"] = "iri"
    elif name in LEXICAL and name not in _WIDE and "pattern" not in text:
        text["pattern"] = f"^\\s*({LEXICAL[name]})\\s*$".replace("(?!0000)", "")
    return {"anyOf": [text, {"type": "number"}]} if name in {"double", "float"} else text


def decimal_string() -> dict[str, Any]:
    """The JSON Schema of a decimal written as a string."""
    pattern = "^\\s*[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,6})?\\s*$"
    return {"type": "string", "maxLength": LONGEST_NAME, "pattern": pattern}


def _facets(field: Field, *, numeric: bool) -> dict[str, Any]:
    """The facets of the field that the JSON Schema can say."""
    names = (
        {"minInclusive": "minimum", "maxInclusive": "maximum"}
        if numeric
        else {"pattern": "pattern", "minLength": "minLength", "maxLength": "maxLength"}
    )
    found: dict[str, Any] = {}
    for facet, keyword in names.items():
        if facet in field.facets:
            text = field.facets[facet]
            number = Decimal(text) if numeric else None
            if facet == "pattern":
                found[keyword] = text
            elif number is not None:
                found[keyword] = int(number) if number == number.to_integral_value() else float(number)
            else:
                found[keyword] = int(text)
    return found
