"""The codec of ``Money``."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.errors import NotUnderstood
from kg.values.characters import LONGEST_NAME, kind_of, unreadable
from kg.values.datatype import decimal_string
from kg.values.money import grammar, spelled
from kg.values.money.units import codes
from kg.values.money.writing import unread, written

if TYPE_CHECKING:
    from kg.model.types import Concept, Field
    from kg.values.codec import Context, Read, Written
    from kg.values.money.meaning import Money


TOLD: Final = frozenset({"asWritten", "currency"})
"""An object with these two alone is read as text is."""


class MoneyCodec:
    """Text as a source writes it, or an object that spells the amount out."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read one amount into a node of ``schema:MonetaryAmount``."""
        return _read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of the text or the object."""
        description = "an amount as written: “150억~250억달러”, “$15-25bn”, “at least 15 billion dollars”"
        text = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "description": description}
        converted = {**_object(), "description": "the same amount in another currency, as the source has it"}
        whole = _object()
        whole["properties"]["converted"] = converted
        told = {
            "type": "object",
            "description": "an amount as written, and its currency if the words name none",
            "required": sorted(TOLD),
            "additionalProperties": False,
            "properties": {"asWritten": text, "currency": whole["properties"]["currency"]},
        }
        return {"anyOf": [text, whole, told]}


def _read(value: object, context: Context) -> Written:
    if isinstance(value, str):
        try:
            return written(grammar.read(value, context.lexicon, context.language))
        except NotUnderstood as error:
            error.kept = unread(value)
            raise
    if isinstance(value, dict):
        return written(_told(value, context) if value.keys() == TOLD else spelled.read(value))
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        raise unreadable("money-no-currency", value, ("USD", "KRW", "EUR"))
    raise unreadable("money-expected", value, args={"kind": kind_of(value)})


def _told(value: dict[str, object], context: Context) -> Money:
    """An amount as written, with the currency that it has if it names none: that of a column."""
    text, currency = value["asWritten"], value["currency"]
    if not isinstance(text, str):
        raise unreadable("string-expected", text, pointer="/asWritten", args={"kind": kind_of(text)})
    spelled.read({"value": 0, "currency": currency})  # refuses what is no currency
    return grammar.read(text, context.lexicon, context.language, currency=str(currency))


def _object() -> dict[str, Any]:
    number = {"anyOf": [{"type": "number"}, decimal_string()]}
    flag = {"type": "boolean"}
    return {
        "type": "object",
        "required": ["currency"],
        "oneOf": [
            {"required": ["value"], "not": {"anyOf": [{"required": ["min"]}, {"required": ["max"]}]}},
            {"not": {"required": ["value"]}, "anyOf": [{"required": ["min"]}, {"required": ["max"]}]},
        ],
        "additionalProperties": False,
        "properties": {
            "value": {**number, "description": "the amount, where it is exact"},
            "min": {**number, "description": "at least this much"},
            "max": {**number, "description": "at most this much"},
            "minExclusive": {**flag, "description": "more than min"},
            "maxExclusive": {**flag, "description": "less than max"},
            "currency": {"type": "string", "enum": sorted(codes()), "description": "ISO 4217"},
            "approximate": flag,
            "asWritten": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
        },
    }
