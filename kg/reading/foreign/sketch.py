"""A draft of a mapping: from the columns of a file and what stands in them to the fields of the model.

Words are compared, not values understood: a column is taken for a field whose name or label, in any language
of the model, has the same words. What is not sure is left for a person, in comments.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from kg.model.types import CLAIM, ENTITY, ConceptRange, Reference, ValueType
from kg.reading.foreign.likeness import (
    LEAST,
    UNIT,
    USUAL,
    is_known,
    likely,
    likeness,
    matched,
    names_of,
    status_of,
    with_parties,
    words,
)
from kg.reading.foreign.seen import SHOWN, Column, opened, seen
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
    file, each = opened(path, lambda cell: is_known(cell, model))
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
        if "status" not in found and (column := self._status(class_, found)):
            found["status"] = column
        parties = {n: c for n, c in found.items() if isinstance(class_.fields[n].range, Reference)}
        yield "  # Those that it is about; an entity that several rows name is one"
        for name, column in parties.items():
            if name != "source":
                yield f"  - type: {self._class_for(column, class_.fields[name])}"
                if split := self._split(column):
                    self.used.add(column)
                    path = quoted(f"{{{column}}}")
                    yield f"    for each: {{one: {{from: {path}, split: {split}}}}}"
                    yield "    fields:"
                    yield '      name: "{one}"'
                else:
                    yield "    fields:"
                    yield self._field("name", column, 6)
        yield "  # What a row says"
        yield f"  - type: {class_.name}"
        yield "    fields:"
        yield self._id(class_)
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
        value = path = quoted(f"{{{column}}}")
        money = of is not None and isinstance(of.range, ValueType) and of.range.name == "Money"
        if money:
            unit = UNIT.search(column)
            value = quoted(f"{{{column}}}{unit[1]}") if unit else value
            currency = next((c for c in self.columns if words(c.name) & _CURRENCY), None)
            if currency is not None and currency.name != column:
                self.used.add(currency.name)
                value = quoted(f"{{{column}}} {{{currency.name}}}")
        note = self._note(column)
        if money and value == path and all(map(_bare, self._column(column).values)):
            note += f"; which currency? {{from: {value}, currency: KRW}}"
        if of is not None and isinstance(of.range, Reference) and (split := self._split(column)):
            value = f"{{from: {value}, split: {split}}}"
        if of is not None and isinstance(of.range, ConceptRange):
            known = ", ".join(c.notation for c in self.model.concepts.get(of.range.class_iri, ())[:CONCEPTS])
            value = f"{{from: {value}, map: {{{self._known(column, of.range)}}}}}"
            note = f"{self._note(column, CONCEPTS)}; map each to one of: {known}"
        return f"{' ' * indent}{name}: {value}   # {note}"

    def _split(self, column: str) -> str:
        """The separators that the values show; "" if there are none."""
        signs = [json.dumps(sign, ensure_ascii=False) for sign in self._column(column).signs]
        return f"[{', '.join(signs)}]" if len(signs) > 1 else "".join(signs)

    def _status(self, class_: Class, found: dict[str, str]) -> str:
        """A column, so far not used, whose values say how far things are; "" if there is none."""
        for column in self.columns:
            said = [v for v in column.values if status_of(v)]
            if (
                column.name not in found.values()
                and len(said) * 2 > len(column.values)
                and "status" in class_.fields
            ):
                return column.name
        return ""

    def _id(self, class_: Class) -> str:
        """The line of the id: by it, a row that has changed is the same claim, changed."""
        own = ({"id"}, {class_.name.lower(), "id"}, {"deal", "id"}, {"관리번호"}, {"일련번호"})
        column = next((c for c in self.columns if words(c.name) in own), None)
        if column is not None:
            return self._field("id", column.name, 6)
        why = "a column that stays as it is when the row changes: then a change shows as one"
        return f'      # id: "{{…}}"   # {why}'

    def _known(self, column: str, range_: ConceptRange) -> str:
        """The values seen that are words of the scheme."""
        values = self._column(column).values
        concepts = self.model.concepts.get(range_.class_iri, ())
        words_of = {w.lower(): c.notation for c in concepts for w in (c.notation, *c.labels.values())}
        notations = {c.notation for c in concepts}
        told = {v: words_of.get(v.lower()) or status_of(v) for v in values}
        return ", ".join(f"{quoted(v)}: {to}" for v, to in told.items() if to in notations)

    def _note(self, column: str, most: int = SHOWN) -> str:
        shown = " | ".join(_comment(v) for v in list(self._column(column).values)[:most])
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


def _bare(value: str) -> bool:
    """Whether an amount is only a number."""
    return not any(c.isalpha() or unicodedata.category(c) == "Sc" for c in value)


def _comment(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", " ", text)
