"""A draft of a mapping: from the columns of a file and what stands in them to the fields of the model.

Words are compared, not values understood: a column is taken for a field whose name or label, in any language
of the model, has the same words. What is not sure is left for a person, in comments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from kg.model.types import CLAIM, ENTITY, ConceptRange, Reference, ValueType
from kg.reading.foreign.delimited import Dialect, Rows
from kg.reading.foreign.mapping import Mapping, Reading
from kg.reading.foreign.row import Bad
from kg.reading.foreign.source import open_rows
from kg.reading.foreign.yaml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model.types import Class, Field, Model
    from kg.reading.foreign.row import RowFile

LOOKED_AT: Final = 1000
"""How many rows are looked at."""
SHOWN: Final = 3
WIDTH: Final = 24
SEPARATOR: Final = ";"
HEAD: Final = 20
"""How many rows are looked at to find the header."""
DEPTH: Final = 6
_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+|[0-9]+")
_UNIT: Final = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]\s*$")
_NAMES: Final = frozenset({"name", "title", "label", "이름", "명칭", "제목"})
_CURRENCY: Final = frozenset({"currency", "통화"})
_SKIPPED: Final = frozenset({"type", "id", "unnamed", "evidence", "unknown", "part"})
LEAST: Final = 0.5
USUAL: Final = "Organization"
"""What a row is about if nothing speaks for anything else."""


@dataclass
class Column:
    """A column or path: how often it says something, and some of what it says."""

    name: str
    filled: int = 0
    values: dict[str, None] = field(default_factory=dict)
    many: bool = False
    """Whether there is a list of them in one row."""
    parted: bool = False
    """Whether several seem to stand in one cell."""

    def see(self, value: object) -> None:
        """Count a value."""
        text = str(value).strip()
        if value is not None and text:
            self.filled += 1
            self.parted = self.parted or SEPARATOR in text
            if len(self.values) < SHOWN:
                self.values.setdefault(text[:WIDTH] + ("…" if len(text) > WIDTH else ""))


def sketch(path: str, model: Model, language: str = "en", class_: str = "") -> str:
    """The text of a mapping for a file; ``class_`` is what a row is about, if somebody says it.

    Raises ``InputError`` for what can't be read.
    """
    file, each = _opened(path)
    columns = list(_seen(file).values())
    chosen = model.classes[class_] if class_ else _likely(columns, model, PurePath(path).stem)
    return "\n".join(_Draft(path, file, columns, model, language, each).lines(chosen)) + "\n"


def _opened(path: str) -> tuple[RowFile, str]:
    """The rows of a file; of one JSON object with a list of objects in it, those, and where they are."""
    file = open_rows(path, Mapping("", Reading(), None, None, ()))
    if isinstance(file, Rows) and (skip := _titles(path)):
        file = open_rows(path, Mapping("", Reading(dialect=Dialect(skip=skip)), None, None, ()))
        file.told["skip"] = str(skip)
    if file.columns is None:
        first = [row for _, row in zip(range(2), file, strict=False)]
        if len(first) == 1 and isinstance(first[0].cells, dict):
            for key, value in first[0].cells.items():
                if isinstance(value, list) and value and isinstance(value[0], dict):
                    return open_rows(path, Mapping("", Reading(each=((key,),)), None, None, ())), key
    return file, ""


def _titles(path: str) -> int:
    """How many lines come before the header: those that are mostly empty, where others below are full."""
    file = open_rows(path, Mapping("", Reading(dialect=Dialect(header=False, short=True)), None, None, ()))
    first = [
        (row.line, sum(bool(cell.strip()) for cell in row.cells))
        for _, row in zip(range(HEAD), file, strict=False)
        if isinstance(row.cells, list)
    ]
    full = max((filled for _, filled in first), default=0)
    header = next((line for line, filled in first if filled == full), 1)
    before = [filled for line, filled in first if line < header]
    return header - 1 if before and max(before) * 2 <= full else 0


def _seen(file: RowFile) -> dict[str, Column]:
    columns = {name: Column(name) for name in file.columns or ()}
    for number, row in enumerate(file):
        if number == LOOKED_AT:
            break
        if isinstance(row.cells, Bad):
            continue
        pairs = zip(file.columns, row.cells, strict=True) if file.columns is not None else _paths(row.cells)
        for name, value in pairs:
            column = columns.setdefault(name, Column(name))
            for one in value if isinstance(value, list) else [value]:
                column.see(one)
            column.many = column.many or isinstance(value, list)
    return columns


def _paths(row: Any, before: str = "", room: int = DEPTH) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
    """The values of a nested row by their paths; of lists of objects the first."""
    if isinstance(row, dict) and room:
        for key, value in row.items():
            name = key if re.fullmatch(r'[^.\[\]{}":#]+', key) else f'"{key}"'
            yield from _paths(value, f"{before}.{name}" if before else name, room - 1)
    elif isinstance(row, list) and row and isinstance(row[0], dict | list):
        yield from _paths(row[0], f"{before}[0]", room - 1)
    elif before:
        yield before, row


def words(text: str) -> frozenset[str]:
    """The words of a name, in lower case, without their plural.

    >>> sorted(words("dealSize_USD")), sorted(words("Company Names"))
    (['deal', 'size', 'usd'], ['company', 'name'])
    """
    found = (w.lower() for w in _WORDS.findall(text))
    return frozenset(
        w[:-1] if len(w) > SHOWN and w.endswith("s") and not w.endswith("ss") else w for w in found
    )


def likeness(column: str, names: Iterable[str]) -> float:
    """How alike a column's name and the names of a field are, from 0 to 1: the words that they share."""
    column = _UNIT.sub("", column)
    mine = words(column.rpartition(".")[2] if "." in column else column) or words(column)
    best = 0.0
    for name in names:
        theirs = words(name)
        if mine and theirs:
            best = max(best, 2 * len(mine & theirs) / (len(mine) + len(theirs)))
    return best


def names_of(thing: Class | Field) -> list[str]:
    """What a class or a field is called, in all languages, and what columns of it often are."""
    return [thing.name, *thing.labels.values(), *_usual().get(thing.name, ())]


@cache
def _usual() -> dict[str, list[str]]:
    """Field -> what its columns are often called."""
    import tomllib  # noqa: PLC0415 - only where a draft is made

    return tomllib.loads((resources.files("kg.reading.foreign") / "columns.toml").read_text("utf-8"))


def matched(columns: list[Column], class_: Class) -> dict[str, str]:
    """Field -> the column that is most like it; each column once."""
    pairs = sorted(
        (
            (-likeness(column.name, names_of(found)), number, name)
            for name, found in class_.fields.items()
            for number, column in enumerate(columns)
            if name not in _SKIPPED
        )
    )
    made: dict[str, str] = {}
    taken: set[int] = set()
    for score, number, name in pairs:
        if -score >= LEAST and name not in made and number not in taken:
            made[name] = columns[number].name
            taken.add(number)
    return made


def with_parties(columns: list[Column], class_: Class, model: Model) -> dict[str, str]:
    """As ``matched``; a party for which no column is called takes one that is called as its class."""
    found = matched(columns, class_)
    for name, of in class_.fields.items():
        if of.party and of.min_count and name not in found and isinstance(of.range, Reference):
            fit = [c for c in model.classes.values() if of.range.class_iri in c.ancestors]
            for column in columns:
                named = max((likeness(column.name, names_of(c)) for c in fit), default=0)
                if column.name not in found.values() and named > LEAST:
                    found[name] = column.name
                    break
    return found


def _likely(columns: list[Column], model: Model, stem: str) -> Class:
    """What a row is about: the claim all of whose parties are there, else the entity that is called so."""
    best, most = USUAL, 0.0
    for class_ in sorted(model.classes.values(), key=lambda c: (c.name != USUAL, len(c.ancestors))):
        found = with_parties(columns, class_, model)
        needed = [f.name for f in class_.fields.values() if f.party and f.min_count]
        if class_.is_claim and (not needed or not all(name in found for name in needed)):
            continue
        score = sum(likeness(column, names_of(class_.fields[name])) for name, column in found.items())
        if class_.is_claim:
            score += len(needed) - LEAST
        else:
            score += max((likeness(c.name, names_of(class_)) for c in columns), default=0)
        score += likeness(stem, names_of(class_))
        if score > most:
            best, most = class_.name, score
    return model.classes[best]


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
            unit = _UNIT.search(column)
            value = quoted(f"{{{column}}}{unit[1]}") if unit else value
            currency = next((c for c in self.columns if words(c.name) & _CURRENCY), None)
            if currency is not None and currency.name != column:
                self.used.add(currency.name)
                value = quoted(f"{{{column}}} {{{currency.name}}}")
        note = self._note(column)
        if of is not None and isinstance(of.range, Reference) and self._column(column).parted:
            value = f'{{from: {value}, split: "{SEPARATOR}"}}'
        if of is not None and isinstance(of.range, ConceptRange):
            known = ", ".join(
                c.notation for c in self.model.concepts.get(of.range.class_iri, ())[: SHOWN * 4]
            )
            value = f"{{from: {value}, map: {{{self._known(column, of.range)}}}}}"
            note += f"; map each to one of: {known}"
        return f"{' ' * indent}{name}: {value}   # {note}"

    def _known(self, column: str, range_: ConceptRange) -> str:
        """The values seen that are words of the scheme."""
        seen = self._column(column).values
        concepts = self.model.concepts.get(range_.class_iri, ())
        words_of = {w.lower(): c.notation for c in concepts for w in (c.notation, *c.labels.values())}
        return ", ".join(f"{quoted(v)}: {words_of[v.lower()]}" for v in seen if v.lower() in words_of)

    def _note(self, column: str) -> str:
        seen = self._column(column)
        shown = " | ".join(_comment(v) for v in seen.values)
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
            return "Organization"
        usual = ("Organization", "Person", "Place", "Product")
        return next((c for c in usual if c in {f.name for f in fit}), fit[0].name if fit else "Organization")

    def _left(self) -> Iterator[str]:
        left = [c for c in self.columns if c.name not in self.used]
        if left:
            yield "# Not used yet:"
            for column in left:
                yield f"#   {quoted(f'{{{column.name}}}')}   {self._note(column.name)}"


def _comment(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", " ", text)
