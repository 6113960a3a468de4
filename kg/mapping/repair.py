"""Repairs that are certain, by rule: what a record writes is taken for the one thing it can mean.

| rule | written | taken |
|---|---|---|
| type | ``"company"``, ``"기업"`` | ``"Company"`` |
| field | ``"attributed_to"``, ``"금액"`` | ``"attributedTo"``, ``"amount"`` |
| concept | ``"PLANNED"``, ``"계획"`` | ``"planned"`` |
| key | ``{"Currency": …}`` of a value | ``{"currency": …}`` |
| code | ``{"currency": "usd"}`` | ``"USD"`` |
| truth | ``"true"`` where a truth value stands | ``true`` |
| date | ``"2025–02–04"``, ``"2025 2 4"`` | ``"2025-02-04"`` |

Nothing is repaired that is right as it stands, or that can mean two things; so a second time nothing is.
Each repair is told, and noted in the graph at the record's entity or claim (``skos:changeNote``).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Problem, pointer_token
from kg.messages import as_json
from kg.model.types import ConceptRange, Datatype, FieldNames, Reference, ValueType
from kg.rdf import KG, SKOS, XSD, literal
from kg.values.registry import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kg.model.types import Class, Field, Model
    from kg.reading.record import Record, Source

NOTE: Final = f"<{SKOS}changeNote> "
RESERVED: Final = ("type", "id")
DATES: Final = frozenset({"Date"})
_TRUTH: Final = {"true": True, "false": False}
_BETWEEN_WORDS: Final = re.compile(r"[\s_-]++")
_DATE: Final = re.compile(r"\s*+([0-9]{4})([ ‐‑‒–—―−./])\s?([0-9]{1,2})\2\s?([0-9]{1,2})\.?\s*+")


def repaired(source: Source, model: Model) -> Source:
    """The same facts, each record repaired where that is certain."""
    repairer = Repairer(model)

    def pass_through(number: int) -> Iterator[Record]:
        return map(repairer.record, source.pass_through(number))

    return replace(source, pass_through=pass_through, texts=None)


def notes(record: Record) -> Iterator[str]:
    """What the graph notes of each repair: the pointer, what was written, what was taken."""
    for problem in record.repairs:
        written, taken = (as_json(value) for value in (problem.received, problem.args["taken"]))
        yield NOTE + literal(f"{problem.pointer}: {written} → {taken}")


class Repairer:
    """What words can mean, for one model."""

    def __init__(self, model: Model) -> None:
        """Collect the words when they are first asked for."""
        self.model = model
        self.types = _only({c.name: (c.name, *c.labels.values()) for c in model.classes.values()})
        self._of_class: dict[str, Mapping[str, str]] = {}
        self._of_scheme: dict[str, Mapping[str, str]] = {}
        self._of_type: dict[str, _Form] = {}

    def record(self, record: Record) -> Record:
        """The record with what it can only mean; the same one, if it is right."""
        if record.problems or not record.data:
            return record
        found = _Found()
        data = self._object(record.data, "", "", found)
        if not found.problems:
            return record
        return replace(
            record, data=data, written=record.data, repairs=tuple(found.problems), renamed=found.renamed
        )

    def _object(self, data: dict[str, Any], range_iri: str, pointer: str, found: _Found) -> dict[str, Any]:
        """A record, or what is described in place."""
        names = _meant(data, {"type": "type"}, frozenset({"type"}))
        written = next((data[key] for key, name in names.items() if name == "type"), None)
        class_ = self._class(written, range_iri)
        if class_ is None:
            return data
        names |= _meant(data, self._fields(class_.name), class_.fields.keys() | RESERVED)
        made: dict[str, Any] = {}
        for key, value in data.items():
            name = names.get(key, key)
            below = pointer + pointer_token(name)
            if name != key:
                found.rename("repaired-field", below, key, name)
            if name == "type":
                made[name] = found.take("repaired-type", below, value, class_.name)
            elif (field := class_.fields.get(name)) is not None:
                made[name] = self._field(value, field, class_, below, found)
            else:
                made[name] = value
        return made

    def _class(self, written: object, range_iri: str) -> Class | None:
        if written is None:
            return self.model.by_iri.get(range_iri)
        if not isinstance(written, str):
            return None
        return self.model.classes.get(written) or self.model.classes.get(self.types.get(_folded(written), ""))

    def _field(self, value: Any, field: Field, class_: Class, pointer: str, found: _Found) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, list):
            return [
                self._field(item, field, class_, f"{pointer}/{n}", found)
                if not isinstance(item, list)
                else item
                for n, item in enumerate(value)
            ]
        match field.range:
            case Reference(class_iri) if isinstance(value, dict):
                return self._object(value, class_iri, pointer, found)
            case ConceptRange(class_iri):
                return found.word("repaired-concept", pointer, value, self._concepts(class_iri))
            case FieldNames():
                return found.word("repaired-field", pointer, value, self._fields(class_.name))
            case Datatype(iri) if iri == f"{XSD}boolean":
                return found.truth(pointer, value)
            case Datatype(iri) if iri == f"{XSD}date":
                return found.date(pointer, value)
            case ValueType(name) if isinstance(value, dict):
                return self._spelled_out(value, field, pointer, found)
            case ValueType(name) if name in DATES:
                return found.date(pointer, value)
        return value

    def _spelled_out(self, value: dict[str, Any], field: Field, pointer: str, found: _Found) -> Any:  # noqa: ANN401
        """An object that spells out a value: its keys, and the codes and truth values in it."""
        form = self._form(field)
        names = _meant(value, form.keys, frozenset(form.keys.values()))
        made: dict[str, Any] = {}
        for key, item in value.items():
            name = names.get(key, key)
            below = pointer + pointer_token(name)
            if name != key:
                found.rename("repaired-key", below, key, name)
            if name in form.codes:
                made[name] = found.word("repaired-code", below, item, form.codes[name])
            else:
                made[name] = found.truth(below, item) if name in form.truths else item
        return made

    def _fields(self, class_name: str) -> Mapping[str, str]:
        if class_name not in self._of_class:
            fields = self.model.classes[class_name].fields.items()
            words = {name: (name, *field.labels.values()) for name, field in fields}
            self._of_class[class_name] = _only(words | {name: (name,) for name in RESERVED})
        return self._of_class[class_name]

    def _concepts(self, class_iri: str) -> Mapping[str, str]:
        if class_iri not in self._of_scheme:
            concepts = self.model.concepts[class_iri]
            words = _only({c.notation: (c.notation, *c.labels.values()) for c in concepts})
            self._of_scheme[class_iri] = words
        return self._of_scheme[class_iri]

    def _form(self, field: Field) -> _Form:
        """What an object that spells out a value takes; the same for all fields of the value type."""
        name = field.range.name if isinstance(field.range, ValueType) else ""
        if name not in self._of_type:
            schemes = self.model.concepts.get(f"{KG}IdentifierScheme", ())
            properties: dict[str, Any] = {}
            for form in schema(field, schemes).get("anyOf", ()):
                properties |= form.get("properties", {})
            self._of_type[name] = _Form(
                keys=_only({key: (key,) for key in properties}),
                codes={
                    k: _only({code: (code,) for code in p["enum"]})
                    for k, p in properties.items()
                    if "enum" in p
                },
                truths=frozenset(key for key, p in properties.items() if p.get("type") == "boolean"),
            )
        return self._of_type[name]


@dataclass(frozen=True, slots=True)
class _Form:
    """An object that spells out a value."""

    keys: Mapping[str, str]
    """Folded word -> key."""
    codes: Mapping[str, Mapping[str, str]]
    """Key -> folded word -> code."""
    truths: frozenset[str]
    """The keys that take a truth value."""


class _Found:
    """The repairs of one record."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.renamed: dict[str, str] = {}
        """Pointer of a field as it was taken -> the step of the pointer as it was written."""

    def take(self, code: str, pointer: str, received: object, taken: object) -> Any:  # noqa: ANN401 - JSON
        """What is taken; told, if it is not what was received."""
        if received != taken or type(received) is not type(taken):
            args = {"taken": taken}
            self.problems.append(Problem(code, pointer, args, severity="info", received=received))
        return taken

    def rename(self, code: str, pointer: str, received: str, taken: str) -> None:
        self.renamed[pointer] = pointer_token(received)[1:]
        self.take(code, pointer, received, taken)

    def word(self, code: str, pointer: str, value: object, words: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
        """A word that can only mean one."""
        if not isinstance(value, str) or value in words.values():
            return value
        return self.take(code, pointer, value, words.get(_folded(value), value))

    def truth(self, pointer: str, value: object) -> Any:  # noqa: ANN401 - JSON
        taken = _TRUTH.get(value.strip().casefold()) if isinstance(value, str) else None
        return value if taken is None else self.take("repaired-truth", pointer, value, taken)

    def date(self, pointer: str, value: object) -> Any:  # noqa: ANN401 - JSON
        """A day, year first, with other marks between; whether it is in the calendar is said elsewhere."""
        match = _DATE.fullmatch(value) if isinstance(value, str) else None
        if match is None or match[2] in "./":
            return value
        taken = f"{match[1]}-{int(match[3]):02}-{int(match[4]):02}"
        return self.take("repaired-date", pointer, value, taken)


def _folded(text: str) -> str:
    """A word without regard to case and to what stands between its parts.

    >>> _folded("attributed_to") == _folded("attributedTo")
    True
    """
    return _BETWEEN_WORDS.sub("", text).casefold()


def _meant(data: Mapping[str, Any], words: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    """Key -> the known name that it can only mean; two keys that mean the same are two mistakes.

    >>> _meant({"Name": 1, "ID": 2, "id": 3}, {"name": "name", "id": "id"}, {"name", "id"})
    {'Name': 'name', 'id': 'id'}
    """
    found = {key: key if key in known else words.get(_folded(key), "") for key in data}
    count = Counter(found.values())
    return {key: name for key, name in found.items() if name and (count[name] == 1 or key == name)}


def _only(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Folded word -> what it means, of all that mean one thing only.

    >>> _only({"a": ["a", "x"], "b": ["B", "x"]})
    {'a': 'a', 'b': 'b'}
    """
    means: dict[str, set[str]] = {}
    for meaning, said in words.items():
        for word in said:
            means.setdefault(_folded(word), set()).add(meaning)
    return {word: next(iter(meanings)) for word, meanings in sorted(means.items()) if len(meanings) == 1}
