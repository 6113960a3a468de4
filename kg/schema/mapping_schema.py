"""The JSON Schema of a mapping file, by which editors complete it, with the model's fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.model.types import say
from kg.reading.foreign import loops, mapping, tables, values
from kg.reading.header import DATE_ORDERS
from kg.schema.json_schema import DIALECT

if TYPE_CHECKING:
    from kg.model.types import Class, Model

Schema = dict[str, Any]
VALUE: Final[Schema] = {"$ref": "#/$defs/value"}
CONDITION: Final[Schema] = {"$ref": "#/$defs/condition"}
TEXT: Final[Schema] = {"type": "string"}
PATH: Final[Schema] = {"type": "string", "minLength": 1}
PATHS: Final[Schema] = {"anyOf": [PATH, {"type": "array", "items": PATH, "minItems": 1}]}
WORDS: Final[Schema] = {"type": ["string", "number", "null"]}
KINDS: Final = {str: {"type": "string"}, bool: {"type": "boolean"}, int: {"type": "integer", "minimum": 0}}


def mapping_schema(model: Model, language: str = "en") -> Schema:
    """The schema of a mapping file.

    >>> from kg import model
    >>> sorted(mapping_schema(model.load())["properties"])
    ['format', 'header', 'maps', 'records', 'rows']
    """
    return {
        "$schema": DIALECT,
        "title": "kg mapping",
        "type": "object",
        "properties": {
            "format": {"const": mapping.FORMAT},
            "rows": _rows(),
            "header": {"type": "object"},
            "maps": {"type": "object", "additionalProperties": {"$ref": "#/$defs/table"}},
            "records": {"type": "array", "minItems": 1, "items": _record(model, language)},
        },
        "required": ["records"],
        "additionalProperties": False,
        "$defs": {"value": _value(), "condition": _condition(), "loop": _loop(), "table": _table()},
    }


def _closed(properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": list(required)} if required else made


def _rows() -> Schema:
    single = {key: KINDS[kind] for key, kind in mapping.KINDS.items()}
    words = {"anyOf": [WORDS, {"type": "array", "items": WORDS}]}
    latest = {"anyOf": [PATH, _closed(dict.fromkeys(mapping.LATEST, PATH), ("of",))]}
    others: Schema = {"columns": words, "null": words, "ignore": words, "each": PATHS, "latest": latest}
    return _closed({**single, "format": {"enum": list(mapping.FORMATS)}, **others})


def _value() -> Schema:
    """Text, a number, a list, an object, or an instruction, which is an object with a key of its own."""
    taken = _closed(
        {
            "from": VALUE,
            "split": PATHS,
            "replace": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
            "case": {"enum": list(values.CASES)},
            "map": {"type": ["string", "object"]},
            "else": VALUE,
            "join": {"type": ["string", "null"]},
            "currency": VALUE,
            "date-order": {"enum": [*DATE_ORDERS]},
        },
        ("from",),
    )
    looped = _closed({**_looping(values.LOOPING), "key": VALUE, "give": VALUE}, ("for each", "give"))
    given = _closed({**_looping(values.IF), "give": VALUE, "else": VALUE}, ("give",))
    own = {"not": {"anyOf": [{"required": [key]} for key in ("from", "for each", "give")]}}
    plain = {"type": "object", "additionalProperties": VALUE, **own}
    scalar = {"type": ["string", "number", "boolean", "null"]}
    return {"anyOf": [scalar, {"type": "array", "items": VALUE}, taken, looped, given, plain]}


def _looping(keys: tuple[str, ...]) -> Schema:
    where = {"$ref": "#/$defs/condition"}
    known: Schema = {
        "for each": {"$ref": "#/$defs/loop"},
        "let": {"$ref": "#/$defs/loop"},
        "where": {"anyOf": [_paths_to(where), {"type": "array", "items": _paths_to(where)}]},
        "needs": PATHS,
    }
    return {key: known[key] for key in keys if key in known}


def _paths_to(schema: Schema) -> Schema:
    return {"type": "object", "minProperties": 1, "additionalProperties": schema}


def _loop() -> Schema:
    return _paths_to({"anyOf": [PATHS, VALUE]})


def _condition() -> Schema:
    kinds: Schema = {"not": CONDITION, **{k: TEXT for k in loops.KINDS if k != "not"}}
    one = {**_closed(kinds), "minProperties": 1, "maxProperties": 1}
    scalar = {"type": ["string", "number", "boolean", "null"]}
    return {"anyOf": [scalar, {"type": "array", "items": CONDITION}, one]}


def _table() -> Schema:
    file: Schema = dict.fromkeys(tables.KEYS, TEXT)
    file |= {"beside": {"enum": ["mapping", "data"]}, "columns": {"type": "array", "items": WORDS}}
    file |= {"from": WORDS, "to": WORDS}
    from_file = _closed(file, tuple(sorted(tables.IS_FILE)))
    plain = {"type": "object", "not": {"required": sorted(tables.IS_FILE)}}
    return {"anyOf": [from_file, plain]}


def _record(model: Model, language: str) -> Schema:
    names = sorted(model.classes)
    known = {name for class_ in model.classes.values() for name in class_.fields}
    properties: Schema = {
        "type": {"anyOf": [{"enum": names}, {"type": "string", "pattern": "\\{"}, {"type": "object"}]},
        **_looping(mapping.RECORD),
        "fields": {"type": "object", "propertyNames": {"enum": ["id", *sorted(known)]}},
    }
    return {
        **_closed(properties, ("type", "fields")),
        "allOf": [_of_class(class_, language) for class_ in model.classes.values()],
    }


def _of_class(class_: Class, language: str) -> Schema:
    """What a record of a class may have, for completion."""
    fields: Schema = {"id": VALUE}
    for name, field in class_.fields.items():
        said = {"title": say(field.labels, language, name)}
        if described := say(field.descriptions, language):
            said["description"] = described
        fields[name] = {**VALUE, **said}
    fields.pop("type", None)
    return {
        "if": {"properties": {"type": {"const": class_.name}}, "required": ["type"]},
        "then": {"properties": {"fields": {"properties": fields, "additionalProperties": False}}},
    }
