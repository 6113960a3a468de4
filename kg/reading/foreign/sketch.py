"""A draft of a mapping: from the columns of a file and what stands in them to the fields of the model.

Words are compared, not values understood: a column is taken for a field whose name or label, in any language
of the model, has the same words. What is not sure is left for a person, in comments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from kg.model.types import CLAIM, ENTITY, ConceptRange, Reference, ValueType
from kg.reading.foreign.likeness import (
    LEAST,
    UNIT,
    USUAL,
    likely,
    likeness,
    matched,
    names_of,
    with_parties,
    words,
)
from kg.reading.foreign.seen import SEPARATOR, Column, opened, seen
from kg.reading.foreign.yaml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model.types import Class, Field, Model
    from kg.reading.foreign.row import RowFile

_NAMES: Final = frozenset({"name", "title", "label", "이름", "명칭", "제목"})
_CURRENCY: Final = frozenset({"currency", "통화"})
CONCEPTS: Final = 12
"""How many words of a scheme are listed."""


def sketch(path: str, model: Model, language: str = "en", class_: str = "") -> str:
    """The text of a mapping for a file; ``class_`` is what a row is about, if somebody says it.

    Raises ``InputError`` for what can't be read.
    """
    file, each = opened(path)
    columns = list(seen(file).values())
    chosen = model.classes[class_] if class_ else likely(columns, model, PurePath(path).stem)
    return "\n".join(_Draft(path, file, columns, model, language, each).lines(chosen)) + "\n"


@dataclass
class _Draft:
    """Writes the draft."""

    path: str
    file: RowFile
    columns: list[Column]
    model: Model
    language: str
    each: str = ""
    used: set[str] = field(default_factory=set)

    def lines(self, class_: Class) -> Iterator[str]:
        """The lines of the mapping."""
        name = PurePath(self.path).name
        stem = PurePath(self.path).stem or "rows"
        yield f"# A draft for {_comment(name)}: mend it, then look: kg map --check FILE {_comment(name)}"
        if self.file.told or self.each:
            yield "rows:"
            if self.each:
                yield f"  each: {quoted(self.each)}"
            for key, value in self.file.told.items():
                yield f"  {key}: {value if value.isdecimal() else quoted(value.lower())}"
        yield "header:"
        yield f"  language: {self.language}"
        source = f"{stem}-source" if class_.is_claim else ""
        if source:
            yield f"  defaults: {{source: {quoted(source)}}}"
        yield "records:"
        if source:
            yield "  # Where all this is from, made once"
            yield "  - type: Document"
            yield f"    fields: {{id: {quoted(source)}, title: {quoted(name)}}}"
        if class_.is_claim:
            yield from self._claim(class_)
        else:
            yield from self._entity(class_)
        yield from self._left()

    def _entity(self, class_: Class) -> Iterator[str]:
        found = matched(self.columns, class_)
        main = found.get("name") or self._called(class_)
        yield f"  - type: {class_.name}"
        yield "    fields:"
        id_ = next((c for c in self.columns if words(c.name) in ({"id"}, {class_.name.lower(), "id"})), None)
        if id_ is not None:
            yield self._field("id", id_.name, 6)
        if main:
            yield self._field("name", main, 6)
        else:
            yield '      name: "{…}"   # every one needs a name'
        yield from self._identifiers()
        for name, column in found.items():
            if column not in self.used and name != "name":
                yield self._field(name, column, 6, class_.fields[name])

    def _claim(self, class_: Class) -> Iterator[str]:
        found = with_parties(self.columns, class_, self.model)
        parties = {n: c for n, c in found.items() if isinstance(class_.fields[n].range, Reference)}
        yield "  # Those that it is about; an entity that several rows name is one"
        for name, column in parties.items():
            if name != "source":
                yield f"  - type: {self._class_for(column, class_.fields[name])}"
                if self._column(column).parted:
                    self.used.add(column)
                    path = quoted(f"{{{column}}}")
                    yield f'    for each: {{one: {{from: {path}, split: "{SEPARATOR}"}}}}'
                    yield "    fields:"
                    yield '      name: "{one}"'
                else:
                    yield "    fields:"
                    yield self._field("name", column, 6)
        yield "  # What a row says"
        yield f"  - type: {class_.name}"
        yield "    fields:"
        for name, column in found.items():
            yield self._field(name, column, 6, class_.fields[name])
        status = class_.fields.get("status")
        if status is not None and status.default is None and "status" not in found:
            yield "      status: actual   # planned, sought, requested, cancelled, denied: does the file say?"

    def _identifiers(self) -> Iterator[str]:
        """Columns that are called like an identifier scheme."""
        lines = []
        for concepts in self.model.concepts.values():
            for concept in concepts:
                if concept.class_iri.endswith("IdentifierScheme"):
                    for column in self.columns:
                        known = words(concept.notation), *(words(t) for t in concept.labels.values())
                        if column.name not in self.used and words(column.name) in known:
                            lines.append(self._field(concept.notation, column.name, 8))
        if lines:
            yield "      identifier:"
            yield from lines

    def _field(self, name: str, column: str, indent: int, of: Field | None = None) -> str:
        self.used.add(column)
        value = quoted(f"{{{column}}}")
        if of is not None and isinstance(of.range, ValueType) and of.range.name == "Money":
            unit = UNIT.search(column)
            value = quoted(f"{{{column}}}{unit[1]}") if unit else value
            currency = next((c for c in self.columns if words(c.name) & _CURRENCY), None)
            if currency is not None and currency.name != column:
                self.used.add(currency.name)
                value = quoted(f"{{{column}}} {{{currency.name}}}")
        note = self._note(column)
        if of is not None and isinstance(of.range, Reference) and self._column(column).parted:
            value = f'{{from: {value}, split: "{SEPARATOR}"}}'
        if of is not None and isinstance(of.range, ConceptRange):
            known = ", ".join(c.notation for c in self.model.concepts.get(of.range.class_iri, ())[:CONCEPTS])
            value = f"{{from: {value}, map: {{{self._known(column, of.range)}}}}}"
            note += f"; map each to one of: {known}"
        return f"{' ' * indent}{name}: {value}   # {note}"

    def _known(self, column: str, range_: ConceptRange) -> str:
        """The values seen that are words of the scheme."""
        values = self._column(column).values
        concepts = self.model.concepts.get(range_.class_iri, ())
        words_of = {w.lower(): c.notation for c in concepts for w in (c.notation, *c.labels.values())}
        return ", ".join(f"{quoted(v)}: {words_of[v.lower()]}" for v in values if v.lower() in words_of)

    def _note(self, column: str) -> str:
        shown = " | ".join(_comment(v) for v in self._column(column).values)
        return shown or "always empty"

    def _column(self, name: str) -> Column:
        return next((c for c in self.columns if c.name == name), Column(name))

    def _called(self, class_: Class) -> str:
        """The column that holds the names of entities of a class."""
        for column in self.columns:
            if words(column.name) & _NAMES or likeness(column.name, names_of(class_)) >= LEAST:
                return column.name
        return ""

    def _class_for(self, column: str, of: Field) -> str:
        """The class of the entities of a field: as the column is called, else a usual one of its range."""
        assert isinstance(of.range, Reference)  # noqa: S101 - for mypy; only such fields come here
        fit = [c for c in self.model.classes.values() if of.range.class_iri in c.ancestors]
        best = max(fit, key=lambda c: likeness(column, names_of(c)), default=None)
        if best is not None and likeness(column, names_of(best)) >= LEAST:
            return best.name
        if of.range.class_iri in {ENTITY, CLAIM}:
            return USUAL
        usual = (USUAL, "Person", "Place", "Product")
        return next((c for c in usual if c in {f.name for f in fit}), fit[0].name if fit else USUAL)

    def _left(self) -> Iterator[str]:
        left = [c for c in self.columns if c.name not in self.used]
        if left:
            yield "# Not used yet:"
            for column in left:
                yield f"#   {quoted(f'{{{column.name}}}')}   {self._note(column.name)}"


def _comment(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", " ", text)
