"""One closure for each field: from a JSON value to tails of triples.

Everything that does not depend on the value is done when the closure is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.errors import NotUnderstood, Problem, Unreadable, pointer_token
from kg.mapping.draft import Draft, Resolution
from kg.model.types import ConceptRange, FieldNames, Reference, ValueType, written_as
from kg.model.value_types import VALUE_TYPES
from kg.values.nearest import choices
from kg.values.problems import Problems
from kg.values.registry import reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.mapping.mapper import Mapper
    from kg.model.types import Class, Concept, Field, Model
    from kg.values.codec import Written

Json = Any
"""A decoded JSON value; what kind it has is what an emitter finds out."""

Emit = Callable[[Json, Draft], None]
"""(JSON value, draft) -> nothing; raises ``Unreadable`` with pointers relative to the value."""


def emitter(field: Field, class_: Class, mapper: Mapper) -> Emit:
    """The closure that writes one field of a class."""
    match field.range:
        case Reference(class_iri):
            return _each(_reference(field, class_iri, mapper), field)
        case ConceptRange(class_iri):
            known = {c.notation: c for c in mapper.model.concepts[class_iri]}
            return _each(_lookup(field, known, _elsewhere(field, class_, mapper.model)), field)
        case FieldNames():
            return _each(_field_names(field, class_), field)
        case _:
            one = _value(field, mapper)
            whole = isinstance(field.range, ValueType) and VALUE_TYPES[field.range.name].takes_lists
            return one if whole else _each(one, field)


def refuse_shape(value: object, expected: str) -> Unreadable:
    """A JSON value of a kind that the field does not take."""
    return Unreadable(Problem("wrong-kind", args={"expected": expected}, received=value))


def _each(one: Emit, field: Field) -> Emit:
    """A list means each of its items; all that is wrong in it is said."""
    most, head = field.most, f"<{field.path}> "

    def emit(value: Json, draft: Draft) -> None:
        if type(value) is not list:
            one(value, draft)
            return
        problems = Problems()
        outer = draft.marks[-1].pointer if draft.marks else ""
        before, parts = len(draft.tails), len(draft.parts)
        for number, item in enumerate(value):
            draft.at(f"{outer}/{number}")
            try:
                one(item, draft)
            except Unreadable as error:
                problems.extend(p.below(pointer_token(number)) for p in error.problems)
        if most is not None and len(value) > most and not problems and parts == len(draft.parts):
            written = {tail for tail in draft.tails[before:] if tail.startswith(head)}
            # values that come to the same, or to parts of one (the bounds of a date), are one to a shape
            if len(written) <= most:
                problems.append(_too_many(field, value))
        problems.refuse()

    return emit


def _too_many(field: Field, value: list[Json]) -> Problem:
    label = field.labels or {"en": field.name}
    args = {"label": label, "key": written_as(field.name, label), "most": field.most, "count": len(value)}
    return Problem("repeated-value", args=args, received=value)


def _reference(field: Field, class_iri: str, mapper: Mapper) -> Emit:
    head = f"<{field.path}> "
    is_key, is_party = field.key, field.party
    cache = mapper.asking.references(class_iri)

    def emit(value: Json, draft: Draft) -> None:
        problems: list[Problem] = []
        if type(value) is str:
            iri, how, rest = cache.get(value) or mapper.asking.reference(value, class_iri)
            if how == "name":
                draft.resolutions.append(Resolution(value, iri))
            if rest is not None:
                draft.rests.append(rest)
        elif type(value) is dict:
            iri = mapper.in_place(value, class_iri, draft, problems)
        else:
            raise refuse_shape(value, "reference")
        tail = f"{head}<{iri}>"
        draft.tails.append(tail)
        draft.refs.append(iri)
        if is_key:
            draft.key.append(tail)
        if is_party:
            draft.matter.append(tail)
        if problems:
            raise Unreadable(*problems)

    return emit


def _elsewhere(field: Field, class_: Class, model: Model) -> dict[str, str]:
    """Notation -> the other field of the class that takes it."""
    return {
        concept.notation: other.name
        for other in class_.fields.values()
        if isinstance(other.range, ConceptRange) and other.name != field.name
        for concept in model.concepts[other.range.class_iri]
    }


def _lookup(field: Field, known: Mapping[str, Concept], elsewhere: Mapping[str, str]) -> Emit:
    tails = {notation: f"<{field.path}> <{concept.iri}>" for notation, concept in known.items()}
    words = {alias.casefold(): notation for notation, concept in known.items() for alias in concept.aliases}
    is_key = field.key

    def emit(value: Json, draft: Draft) -> None:
        tail = tails.get(value) if type(value) is str else None
        if tail is None:
            raise Unreadable(_unknown_concept(value, tails, words, elsewhere))
        draft.tails.append(tail)
        if is_key:
            draft.key.append(tail)

    return emit


def _unknown_concept(
    value: Json, known: Mapping[str, str], words: Mapping[str, str], elsewhere: Mapping[str, str]
) -> Problem:
    """What was probably meant: another word for a concept, a value of another field, or a slip."""
    near, allowed = choices(value, known)
    if isinstance(value, str):
        if meant := words.get(value.casefold()):
            near = (meant,)
        elif value in elsewhere:
            args = {"other": elsewhere[value]}
            return Problem("concept-of-other-field", args=args, received=value, allowed=allowed)
    return Problem("unknown-concept", args={"near": near}, received=value, allowed=allowed)


def _field_names(field: Field, class_: Class) -> Emit:
    tails = {f.name: f"<{field.path}> <{f.path}>" for f in class_.fields.values() if f.path != field.path}

    def emit(value: Json, draft: Draft) -> None:
        tail = tails.get(value) if type(value) is str else None
        if tail is None:
            near, allowed = choices(value, tails)
            args = {"type": class_.name, "near": near}
            raise Unreadable(Problem("unknown-field-name", args=args, received=value, allowed=allowed))
        draft.tails.append(tail)
        draft.key.append(tail)

    return emit


def _value(field: Field, mapper: Mapper) -> Emit:
    read = reader(field, mapper.identifier_schemes)
    context = mapper.context
    is_key, path, name = field.key, field.path, field.name
    keeps = mapper.reading.keeps and not field.least

    def emit(value: Json, draft: Draft) -> None:
        try:
            written = read(value, context)
        except NotUnderstood as error:
            if not keeps or error.kept is None:
                raise
            written = _kept(error)
        if written.node is not None:
            draft.parts.append((path, name, written.node, is_key))
        if written.tails:
            draft.tails += written.tails
            if is_key:
                draft.key += written.tails
        if written.notes:
            draft.tails += written.notes
        if written.info:
            raise Unreadable(*written.info)

    return emit


def _kept(error: NotUnderstood) -> Written:
    """The text of a value that was not understood, without a number; what is wrong becomes a warning."""
    kept: Written = error.kept
    return replace(kept, info=tuple(replace(problem, severity="warning") for problem in error.problems))
