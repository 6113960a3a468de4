"""The codec of ``Quantity``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import NotUnderstood
from kg.values.characters import LONGEST_NAME, kind_of, unreadable
from kg.values.datatype import decimal_string
from kg.values.quantity import grammar, spelled
from kg.values.quantity.writing import unread, written

if TYPE_CHECKING:
    from kg.model.types import Concept, Field
    from kg.values.codec import Context, Read, Written


class QuantityCodec:
    """Text as a source writes it, or an object that spells the quantity out."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read one quantity into a node of ``schema:QuantitativeValue``."""
        return _read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of the text or the object."""
        description = "a number with its unit as written: “5GW”, “약 1만 명”, “at least 10 gigawatts”"
        text = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "description": description}
        number = {"anyOf": [{"type": "number"}, decimal_string()]}
        flag = {"type": "boolean"}
        spelled_out = {
            "type": "object",
            "required": ["unit"],
            "oneOf": [
                {"required": ["value"], "not": {"anyOf": [{"required": ["min"]}, {"required": ["max"]}]}},
                {"not": {"required": ["value"]}, "anyOf": [{"required": ["min"]}, {"required": ["max"]}]},
            ],
            "additionalProperties": False,
            "properties": {
                "value": {**number, "description": "the number, where it is exact"},
                "min": {**number, "description": "at least this many"},
                "max": {**number, "description": "at most this many"},
                "minExclusive": {**flag, "description": "more than min"},
                "maxExclusive": {**flag, "description": "less than max"},
                "unit": {"type": "string", "minLength": 1, "maxLength": 60, "description": "GW, nm, person"},
                "approximate": flag,
                "asWritten": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
            },
        }
        return {"anyOf": [text, spelled_out]}


def _read(value: object, context: Context) -> Written:
    if isinstance(value, str):
        try:
            return written(grammar.read(value, context.lexicon, context.language))
        except NotUnderstood as error:
            error.kept = unread(value)
            raise
    if isinstance(value, dict):
        return written(spelled.read(value))
    raise unreadable("number-expected-text", value, args={"kind": kind_of(value)})
