"""The reference pages of the model and of the messages, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.messages import catalogue
from kg.model.types import AnyIri, ConceptRange, Datatype, FieldNames, Reference, ValueType, say
from kg.rdf import compact, local_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model.types import Class, Field, Model


def reference(model: Model) -> str:
    """Every class with its fields, every concept scheme with its concepts."""
    return "\n".join(_reference(model)) + "\n"


def messages(model: Model) -> str:
    """Every code that a message can have, with its texts."""
    lines = [
        "# Messages",
        "",
        "The codes are stable: a code keeps its meaning. Words in braces stand for what was received.",
        "",
        "| code | English | Korean |",
        "|---|---|---|",
    ]
    lines += [
        f"| `{code}` | {_cell(texts['en'])} | {_cell(texts['ko'])} |"
        for code, texts in sorted(catalogue().items())
        if not code.startswith("word-")
    ]
    lines += [
        "",
        "## Rules of the shapes",
        "",
        "Codes of constraints that have a name of their own in `shapes/`.",
        "",
        "| code | shape | what to do |",
        "|---|---|---|",
    ]
    lines += [
        f"| `{code}` | `{compact(shape)}` | {_cell(say(model.descriptions.get(shape, {}), 'en'))} |"
        for shape, code in sorted(model.codes.items(), key=lambda item: item[1])
    ]
    return "\n".join(lines) + "\n"


def _reference(model: Model) -> Iterator[str]:
    yield "# Kinds of records"
    yield ""
    yield "What a record can say, as `ontology/` and `shapes/` have it. A **bold** field must be there."
    for title, is_claim in (("Entities", False), ("Claims", True)):
        classes = [c for c in model.classes.values() if c.is_claim == is_claim]
        common = _common(classes)
        yield from ("", f"## {title}", "")
        yield f"Fields of all {title.lower()}:"
        yield from _table(f for f in classes[0].fields.values() if f.name in common)
        for class_ in classes:
            yield from _class(class_, common)
    yield from ("", "## Concepts")
    for class_iri, concepts in sorted(model.concepts.items()):
        if concepts:
            yield from ("", f"### {local_name(class_iri)}", "", "| write | meaning |", "|---|---|")
            for concept in concepts:
                meaning = say(concept.definitions, "en") or say(concept.labels, "en")
                yield f"| `{concept.notation}` | {_cell(meaning)} |"


def _common(classes: list[Class]) -> set[str]:
    """The fields that are the same in every class of the list."""
    first, *others = classes
    return {
        name
        for name, field in first.fields.items()
        if all(name in c.fields and _row(c.fields[name]) == _row(field) for c in others)
    }


def _class(class_: Class, common: set[str]) -> Iterator[str]:
    yield from ("", f"### {class_.name}", "", say(class_.definitions, "en"), "")
    yield f"Korean: {say(class_.labels, 'ko')}. IRI: `{compact(class_.iri)}`, kind `{class_.kind}`."
    own = [f for f in class_.fields.values() if f.name not in common]
    if own:
        yield from _table(own)


def _table(fields: Iterable[Field]) -> Iterator[str]:
    yield from ("", "| field | takes | how many | property | meaning |", "|---|---|---|---|---|")
    yield from (_row(field) for field in fields)


def _row(field: Field) -> str:
    name = f"**{field.name}**" if field.min_count and field.default is None else field.name
    many = f"{field.min_count}..{'*' if field.max_count is None else field.max_count}"
    if field.default:
        many += f", else `{local_name(field.default[1:-1])}`"
    meaning = _cell(say(field.descriptions, "en"))
    return f"| {name} | {_takes(field)} | {many} | `{compact(field.path)}` | {meaning} |"


def _takes(field: Field) -> str:
    match field.range:
        case Reference(iri):
            return f"reference to {local_name(iri)}"
        case ConceptRange(iri):
            return f"one of {local_name(iri)}"
        case FieldNames():
            return "names of fields"
        case Datatype(iri):
            return local_name(iri)
        case AnyIri():
            return "IRI"
        case ValueType(name):
            return name


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
