"""The JSON Schema for the structured output of language models, which take only a part of JSON Schema.

The rules are in ``docs/strict.md``. What comes out is a whole facts file, a JSON document: its header says
that ``null`` means “left out”, since such a model must fill in every field. Each field has one form, the one
in which a source's own words are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.errors import UsageError
from kg.model.types import AnyIri, ConceptRange, Datatype, FieldNames, Reference, ValueType, say
from kg.rdf import KG, XSD, local_name
from kg.reading.header import LEFT_OUT
from kg.schema.json_schema import wanted_classes
from kg.values.datatype import INTEGERS

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.model.types import Class, Field, Model

Schema = dict[str, Any]
NULL: Final[Schema] = {"type": "null"}
DEPTH: Final = 10
"""Objects and lists that may stand in one another."""
PROPERTIES: Final = 5_000
ENUM_VALUES: Final = 1_000
CHARACTERS: Final = 120_000
"""Of all names and values of enumerations together."""
_EVIDENCE: Final[dict[str, Schema]] = {
    "quote": {"type": "string", "description": "the words of the document, copied"},
    "paragraph": {"type": "integer", "description": "number of the paragraph, from 1"},
    "section": {"type": "string", "description": "as in “caption 1”"},
    "page": {"type": "integer", "description": "number of the page, from 1"},
    "confidence": {"type": "number", "description": "how sure you are, 0 to 1"},
}


def strict_schema(
    model: Model, names: Collection[str] = (), language: str = "en", given: Collection[str] = ()
) -> Schema:
    """The schema of a facts file with records of the classes ``names``, or of all classes.

    Fields that are ``given`` by the header's defaults may be null. Raises ``UsageError`` for a class or
    field that is not there, and if the schema would be larger than such models take.

    >>> from kg import model
    >>> sorted(strict_schema(model.load(), ["Investment"])["properties"])
    ['facts', 'nulls']
    """
    classes = wanted_classes(model, names, given)
    writer = _Writer(model, language, frozenset(given))
    items = [writer.class_(class_) for class_ in classes]
    made = {
        **_object(
            {
                "nulls": {"type": "string", "enum": [LEFT_OUT]},
                "facts": {"type": "array", "items": items[0] if len(items) == 1 else {"anyOf": items}},
            }
        ),
        "$defs": {name: writer.defs[name] for name in sorted(writer.defs)},
    }
    size = measure(made)
    limits = (DEPTH, PROPERTIES, ENUM_VALUES, CHARACTERS)
    if any(is_ > may for is_, may in zip(size, limits, strict=True)):
        raise UsageError("schema-too-large", size=size, limits=limits)
    return made


def measure(schema: Schema) -> tuple[int, int, int, int]:
    """Depth, properties, values of enumerations, and the characters of all names and values."""
    defs: dict[str, Schema] = schema.get("$defs", {})
    properties = values = characters = 0
    todo: list[Schema] = [schema, *defs.values()]
    characters += sum(map(len, defs))
    while todo:
        part = todo.pop()
        named = part.get("properties", {})
        properties += len(named)
        enum = part.get("enum", [])
        values += len(enum)
        characters += sum(map(len, named)) + sum(len(str(value)) for value in enum)
        todo += [*named.values(), *part.get("anyOf", ()), *([part["items"]] if "items" in part else ())]
    return _depth(schema, defs, ()), properties, values, characters


def _depth(part: Schema, defs: dict[str, Schema], within: tuple[str, ...]) -> int:
    """How deep values of a schema can be; a definition within itself is counted once."""
    reference = part.get("$ref", "").removeprefix("#/$defs/")
    if reference:
        return 0 if reference in within else _depth(defs[reference], defs, (*within, reference))
    below = [*part.get("properties", {}).values(), *([part["items"]] if "items" in part else ())]
    deeper = max((_depth(inner, defs, within) for inner in below), default=0) + bool(below)
    return max([deeper, *(_depth(inner, defs, within) for inner in part.get("anyOf", ()))])


class _Writer:
    """Collects the definitions."""

    def __init__(self, model: Model, language: str, given: frozenset[str]) -> None:
        self.model = model
        self.language = language
        self.given = given
        self.defs: dict[str, Schema] = {}

    def class_(self, class_: Class) -> Schema:
        """A reference to the definition of a class."""
        if class_.name not in self.defs:
            id_ = {"type": "string", "description": "how other facts refer to this one; unique in the file"}
            properties = {
                "type": {"type": "string", "enum": [class_.name]},
                "id": _nullable(id_),
                **{name: self._field(field, class_) for name, field in class_.fields.items()},
            }
            description = say(class_.definitions, self.language)
            self.defs[class_.name] = {"description": description, **_object(properties)}
        return {"$ref": f"#/$defs/{class_.name}"}

    def _field(self, field: Field, class_: Class) -> Schema:
        one = self._one(field, class_)
        made = one if field.max_count == 1 or _is_whole(field) else {"type": "array", "items": one}
        needed = field.least and field.default is None and field.name not in self.given
        # nothing may stand beside a $ref
        made = _nullable(made) if not needed else {"anyOf": [made]} if "$ref" in made else made
        said = say(field.descriptions, self.language)
        more = f" ({made['description']})" if "description" in made else ""
        return {**made, "description": said + more}

    def _one(self, field: Field, class_: Class) -> Schema:
        match field.range:
            case Reference(class_iri):
                names = ", ".join(c.name for c in self.model.below(class_iri))
                return {"type": "string", "description": f"id or name of: {names}"}
            case ConceptRange(class_iri):
                return {"$ref": self._concepts(class_iri)}
            case FieldNames():
                return {
                    "type": "string",
                    "enum": [n for n, f in class_.fields.items() if f.path != field.path],
                }
            case Datatype(iri):
                return {"type": _json_type(iri)}
            case ValueType("Evidence"):
                return self._defined("Evidence", _object({k: _nullable(v) for k, v in _EVIDENCE.items()}))
            case ValueType("Identifier"):
                return self._defined("Identifier", self._identifier())
            case ValueType() | AnyIri():
                return {"type": "string"}

    def _concepts(self, class_iri: str) -> str:
        name = local_name(class_iri)
        concepts = self.model.concepts[class_iri]
        said = "; ".join(f"{c.notation}: {say(c.definitions, self.language)}" for c in concepts)
        self.defs[name] = {"type": "string", "enum": [c.notation for c in concepts], "description": said}
        return f"#/$defs/{name}"

    def _identifier(self) -> Schema:
        schemes = self.model.concepts.get(f"{KG}IdentifierScheme", ())
        named = {
            c.notation: {"type": "string", "description": say(c.definitions, self.language)} for c in schemes
        }
        return _object({notation: _nullable(made) for notation, made in named.items()})

    def _defined(self, name: str, made: Schema) -> Schema:
        self.defs.setdefault(name, made)
        return {"$ref": f"#/$defs/{name}"}


def _is_whole(field: Field) -> bool:
    """Whether the value is written whole, though there may be several."""
    return isinstance(field.range, ValueType) and field.range.name in {"Identifier", "Text"}


def _json_type(datatype: str) -> str:
    name = datatype.removeprefix(XSD)
    if name in INTEGERS:
        return "integer"
    return {"boolean": "boolean", "decimal": "number"}.get(name, "string")


def _nullable(made: Schema) -> Schema:
    """The same, or null; what was said of it stays with it."""
    return {"anyOf": [made, NULL]}


def _object(properties: dict[str, Schema]) -> Schema:
    """An object in which every property must stand, and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
