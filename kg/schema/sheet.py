"""A sheet for facts: a CSV template with the fields of a class as columns, and the mapping that loads it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from kg.model.types import ConceptRange, Reference, ValueType, say
from kg.reading.foreign.yaml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model.types import Class, Field, Model

LEFT_OUT: Final = frozenset({"type", "unnamed", "unknown", "part", "sameAs", "copyOf", "evidence"})
"""What a row of a sheet rarely says; it can be added to the mapping."""
EVIDENCE: Final = ("paragraph", "quote")
SEPARATOR: Final = ";"
BOM: Final = "\ufeff"
TITLES: Final = {
    "en": {"paragraph": "paragraph", "quote": "quote"},
    "ko": {"paragraph": "문단", "quote": "인용"},
}


def template(class_: Class, language: str) -> str:
    """The CSV template: a header, with a byte order mark, so that every spreadsheet reads it rightly."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([BOM + "id", *_headings(class_, language).values()])
    return out.getvalue()


def sheet_mapping(class_: Class, model: Model, language: str) -> str:
    """The mapping that loads the sheet.

    >>> from kg import model
    >>> m = model.load()
    >>> print(sheet_mapping(m.classes["Company"], m, "en").splitlines()[-5])
          id: "{id}"
    """
    return "\n".join(_lines(class_, model, language)) + "\n"


def _headings(class_: Class, language: str) -> dict[str, str]:
    """Field -> its column: the field's label, or its name where two have one label."""
    fields = {
        name: say(f.labels, language, name) for name, f in class_.fields.items() if name not in LEFT_OUT
    }
    fields = {name: label for name, label in fields.items() if name != "id"}
    labels = list(fields.values())
    made = {
        name: label if labels.count(label) == 1 and label != "id" else name for name, label in fields.items()
    }
    if class_.is_claim:
        made |= TITLES.get(language, TITLES["en"])
    return made


def _lines(class_: Class, model: Model, language: str) -> Iterator[str]:
    name = class_.name.lower()
    headings = _headings(class_, language)
    yield f"# Loads a sheet of the class {class_.name}: kg load {name}.csv --mapping {name}.yaml"
    yield f"# Several in one cell are parted by “{SEPARATOR}”; an empty cell says nothing."
    yield "rows:"
    yield "  encoding: utf-8"
    yield "  short: true"
    yield "header:"
    yield "  ids: shared   # an id means the same in all sheets"
    yield f"  language: {language}"
    if class_.is_claim:
        yield f"  defaults: {{source: {name}-sheet}}"
    yield "records:"
    if class_.is_claim:
        yield "  # where a row names no source, the sheet itself is it"
        yield "  - type: Document"
        yield f"    fields: {{id: {name}-sheet, title: {quoted(name + '.csv')}}}"
        yield "  - type: Document"
        source = headings["source"]
        yield f'    for each: {{named: {{from: {_path(source)}, split: "{SEPARATOR}"}}}}'
        yield '    fields: {id: "{named}", title: "{named}"}'
    yield f"  - type: {class_.name}"
    yield "    fields:"
    yield '      id: "{id}"'
    for field, heading in headings.items():
        if field in class_.fields:
            yield f"      {field}: {_value(class_.fields[field], heading, model)}"
    if class_.is_claim:
        pairs = ", ".join(f"{part}: {_path(headings[part])}" for part in EVIDENCE)
        yield f"      evidence: {{{pairs}}}"


def _path(heading: str) -> str:
    return quoted(f"{{{heading}}}")


def _value(field: Field, heading: str, model: Model) -> str:
    one = field.max_count == 1
    if isinstance(field.range, ConceptRange):
        known = {
            label: concept.notation
            for concept in model.concepts.get(field.range.class_iri, ())
            for label in (concept.notation, *concept.labels.values())
        }
        split = "" if one else f', split: "{SEPARATOR}"'
        pairs = ", ".join(f"{quoted(label)}: {quoted(notation)}" for label, notation in sorted(known.items()))
        return f"{{from: {_path(heading)}{split}, map: {{{pairs}}}, else: {_path(heading)}}}"
    several = isinstance(field.range, Reference) or (
        isinstance(field.range, ValueType) and field.range.name == "Names"
    )
    if several and not (one and isinstance(field.range, Reference)):
        return f'{{from: {_path(heading)}, split: "{SEPARATOR}"}}'
    return _path(heading)
