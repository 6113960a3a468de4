"""The JSON Schema (2020-12) of records, for editors and for those who extract facts.

It describes a record after the defaults of its file's header, in every form that ``kg`` reads:
https://json-schema.org/draft/2020-12/json-schema-core
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.errors import UsageError
from kg.model.types import ConceptRange, FieldNames, Reference, ValueType, say
from kg.model.value_types import VALUE_TYPES
from kg.rdf import KG, local_name
from kg.reading.header import DATE_ORDERS, LEFT_OUT
from kg.values.nearest import choices
from kg.values.registry import schema

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.model.types import Class, Field, Model

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


def header_schema(model: Model, language: str = "en") -> Schema:
    """The schema of a facts file's header, its first line.

    >>> from kg import model
    >>> sorted(header_schema(model.load())["properties"])
    ['dataset', 'date-order', 'defaults', 'ids', 'language', 'nulls']
    """
    writer = _Writer(model, language)
    fields: dict[str, list[Schema]] = {}
    for class_ in model.classes.values():
        for name, field in class_.fields.items():
            made = writer.field(field, class_)
            if made not in fields.setdefault(name, []):
                fields[name].append(made)
    return {
        "$schema": DIALECT,
        "title": "kg header",
        "type": "object",
        "properties": {
            "ids": {"enum": ["own", "shared"]},
            "dataset": {"type": "string", "minLength": 1},
            "language": {"type": "string", "minLength": 2},
            "nulls": {"const": LEFT_OUT},
            "date-order": {"enum": list(DATE_ORDERS)},
            "defaults": {
                "type": "object",
                "properties": {
                    name: made[0] if len(made) == 1 else {"anyOf": made}
                    for name, made in sorted(fields.items())
                },
                "additionalProperties": False,
            },
        },
        "additionalProperties": False,
        "$defs": {name: writer.defs[name] for name in sorted(writer.defs)},
    }


def json_schema(
    model: Model, names: Collection[str] = (), language: str = "en", given: Collection[str] = ()
) -> Schema:
    """The schema of one record of any of the classes ``names``, or of all classes.

    Fields that are ``given`` by the header's defaults may be left out.

    Raises ``UsageError`` for a class that is not there, naming the nearest.

    >>> from kg import model
    >>> json_schema(model.load(), ["Investment"])["$defs"]["Investment"]["required"]
    ['investee', 'investor', 'source', 'status']
    """
    wanted = wanted_classes(model, names, given)
    writer = _Writer(model, language, frozenset(given))
    top = [{"$ref": writer.class_(c), "required": ["type"]} for c in wanted]
    return {
        "$schema": DIALECT,
        "title": "kg",
        **(top[0] if len(top) == 1 else {"type": "object", "required": ["type"], "anyOf": top}),
        "$defs": {name: writer.defs[name] for name in sorted(writer.defs)},
    }


def wanted_classes(model: Model, names: Collection[str], given: Collection[str]) -> list[Class]:
    """The classes that are named, or all; raises ``UsageError`` for a class or field that is not there."""
    for name in names:
        if name not in model.classes:
            near, allowed = choices(name, model.classes)
            raise UsageError("schema-class", received=name, near=near, allowed=allowed)
    wanted = [c for c in model.classes.values() if not names or c.name in names]
    known = {field for class_ in wanted for field in class_.fields}
    for field in given:
        if field not in known:
            near, allowed = choices(field, sorted(known))
            raise UsageError("schema-field", received=field, near=near, allowed=allowed)
    return wanted


class _Writer:
    """Collects the definitions that the schema refers to."""

    def __init__(self, model: Model, language: str, given: frozenset[str] = frozenset()) -> None:
        self.model = model
        self.given = given
        self.language = language
        self.defs: dict[str, Schema] = {}
        self.schemes = model.concepts.get(f"{KG}IdentifierScheme", ())

    def class_(self, class_: Class) -> str:
        """The definition of a class; what is described in place may leave out its ``type``."""
        name = class_.name
        if name not in self.defs:
            made = self.defs[name] = {}
            fields = {f.name: self._shared(f.name, self.field(f, class_)) for f in class_.fields.values()}
            made |= {
                "title": say(class_.labels, self.language, name),
                "description": say(class_.definitions, self.language),
                "type": "object",
                "properties": {
                    "type": {"const": name},
                    "id": {"type": "string", "minLength": 1, "pattern": "^[^~]"},
                    **fields,
                },
                "required": sorted(
                    f.name
                    for f in class_.fields.values()
                    if f.least and f.default is None and f.name not in self.given
                ),
                "additionalProperties": False,
            }
        return f"#/$defs/{name}"

    def _shared(self, name: str, made: Schema) -> Schema:
        """A field that is the same in several classes is defined once."""
        known = self.defs.setdefault(f"{name}Field", made)
        return {"$ref": f"#/$defs/{name}Field"} if known == made else made

    def field(self, field: Field, class_: Class) -> Schema:
        """The schema of all values of a field."""
        one = self._one(field, class_)
        whole = isinstance(field.range, ValueType) and VALUE_TYPES[field.range.name].takes_lists
        made: Schema = {
            "title": say(field.labels, self.language, field.name),
            "description": say(field.descriptions, self.language),
        }
        if field.default is not None:
            made["default"] = self._default(field)
        if whole:
            return made | one
        many: Schema = {"type": "array", "items": one, "minItems": field.least}
        if field.most is not None:
            many["maxItems"] = field.most
        return made | ({"anyOf": [one, many]} if field.least <= 1 else many)

    def _default(self, field: Field) -> str:
        iri = (field.default or "")[1:-1]
        if isinstance(field.range, ConceptRange):
            return next((c.notation for c in self.model.concepts[field.range.class_iri] if c.iri == iri), iri)
        return field.default or ""

    def _one(self, field: Field, class_: Class) -> Schema:
        match field.range:
            case Reference(class_iri):
                return {"$ref": self._reference(class_iri)}
            case ConceptRange(class_iri):
                return {"$ref": self._concepts(class_iri)}
            case FieldNames():
                return {"enum": sorted(n for n, f in class_.fields.items() if f.path != field.path)}
            case ValueType(name):
                made = schema(field, self.schemes)
                known = self.defs.setdefault(name, made)
                return {"$ref": f"#/$defs/{name}"} if known == made else made
            case _:
                return schema(field, self.schemes)

    def _concepts(self, class_iri: str) -> str:
        name = local_name(class_iri)
        self.defs[name] = {
            "title": say(self.model.labels.get(class_iri, {}), self.language, name),
            "oneOf": [
                {"const": c.notation, "description": say(c.definitions, self.language)}
                for c in self.model.concepts[class_iri]
            ],
        }
        return f"#/$defs/{name}"

    def _reference(self, class_iri: str) -> str:
        """An id, a name or an IRI; the class and id; or, of an entity, a description in place."""
        name = f"{local_name(class_iri)}Reference"
        if name not in self.defs:
            made = self.defs[name] = {}
            below = self.model.below(class_iri)
            typed = {
                "type": "object",
                "properties": {
                    "type": {"enum": [c.name for c in below]},
                    "id": {"type": "string", "minLength": 1},
                },
                "required": ["type", "id"],
                "additionalProperties": False,
            }
            described = [
                {"$ref": self.class_(c)} | ({} if c.iri == class_iri else {"required": ["type"]})
                for c in below
                if not c.is_claim
            ]
            made["anyOf"] = [{"type": "string", "minLength": 1}, typed, *described]
        return f"#/$defs/{name}"
