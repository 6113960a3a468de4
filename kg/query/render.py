"""What a query gives, for people and for programs: a table, CSV, JSON, and blocks for the RDF writers."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.errors import UsageError
from kg.messages import text as message
from kg.model.types import say
from kg.query import table
from kg.query.terms import Term, term
from kg.rdf import XSD, compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.model.types import Labels, Model
    from kg.query.named import Named
    from kg.query.session import Answer, Row

FORMATS: Final = ("table", "csv", "json")
"""What a SELECT and an ASK can be shown as; a CONSTRUCT and a DESCRIBE are RDF."""
BOM: Final = b"\xef\xbb\xbf"
FORMULA: Final = frozenset("=+-@\t\r")
"""How a cell begins that a spreadsheet runs."""
_PLAIN_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_GROUPED_FROM: Final = 10_000
"""Numbers below stay as they are: 2025 may be a year."""


@dataclass(frozen=True, slots=True)
class View:
    """How results are shown."""

    language: str = "en"
    base: str = ""
    labels: Mapping[str, Labels] = field(default_factory=dict)
    """What the model calls its classes, properties and concepts."""
    query: Named | None = None
    hidden: frozenset[str] = frozenset()
    """Variables that are not shown: the parameters of a named query."""
    width: int = 0
    """Columns of the terminal; 0 if there is none."""
    names: bool = True
    """Things by their names, and not by their IRIs."""
    spreadsheet: bool = False
    """CSV begins with a byte order mark: without it Excel takes UTF-8 for the encoding of the machine."""


def labels(model: Model) -> dict[str, Labels]:
    """What the model calls everything that it has a word for."""
    found = dict(model.labels)
    for concepts in model.concepts.values():
        found.update((concept.iri, concept.labels) for concept in concepts if concept.labels)
    return found


def writer(name: str) -> Callable[[Answer, BinaryIO, View], int]:
    """The function for a format; it gives the number of rows. Raises ``UsageError`` for another name."""
    known = {"table": as_table, "csv": as_csv, "json": as_json}
    if name not in known:
        raise UsageError("query-format", received=name, allowed=FORMATS)
    return known[name]


def as_table(answer: Answer, out: BinaryIO, view: View) -> int:
    """Write a table; an ASK as yes or no."""
    if answer.form == "ask":
        out.write(f"{_truth(answer.boolean, view)}\n".encode())
        return 1
    shown = _shown(answer, view)
    taken = [[_term(written) for written in row] for row in _columns(answer, shown)]
    rows = [
        [_cell(t, answer.variables[i], answer, view) for t, i in zip(row, shown, strict=True)]
        for row in taken
    ]
    numeric = [all(t is None or t.is_number for t in column) for column in zip(*taken, strict=True)]
    heads = [_heading(answer.variables[i], view) for i in shown]
    if rows:
        out.writelines(f"{line}\n".encode() for line in table.lines(heads, rows, numeric, view.width))
    return len(rows)


def as_csv(answer: Answer, out: BinaryIO, view: View) -> int:
    r"""Write CSV as https://www.w3.org/TR/sparql11-results-csv-tsv/ has it, with ``\n`` as line end.

    A text that a spreadsheet would run as a formula gets an apostrophe before it; a number stays one.
    """
    lines = io.StringIO()
    write = csv.writer(lines, lineterminator="\n")
    # a carriage return is a line end to readers; the writer puts quotation marks only around its own
    everything = csv.writer(lines, lineterminator="\n", quoting=csv.QUOTE_ALL)
    count = 0
    if answer.form == "ask":
        out.write(b"true\n" if answer.boolean else b"false\n")
        return 1
    if view.spreadsheet:
        out.write(BOM)
    shown = _shown(answer, view)
    write.writerow([answer.variables[i] for i in shown])
    plain = View(view.language, view.base, view.labels, view.query)
    for row in _columns(answer, shown):
        taken = [_term(written) for written in row]
        if view.names:
            cells = [_named(t, answer.variables[i], answer, plain) for t, i in zip(taken, shown, strict=True)]
        else:
            cells = ["" if t is None else f"_:{t.value}" if t.kind == "blank" else t.value for t in taken]
        safe = [no_formula(cell) for cell in cells]
        (everything if any("\r" in cell for cell in safe) else write).writerow(safe)
        count += 1
        out.write(lines.getvalue().encode())
        lines.seek(0)
        lines.truncate()
    out.write(lines.getvalue().encode())
    return count


def no_formula(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP, CSV injection).

    >>> no_formula("=1+1"), no_formula("-12.5"), no_formula("+82 2"), no_formula("a=b")
    ("'=1+1", '-12.5', "'+82 2", 'a=b')
    """
    if text[:1] in FORMULA and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def as_json(answer: Answer, out: BinaryIO, view: View) -> int:
    """Write SPARQL 1.1 results in JSON, one solution a line."""
    if answer.form == "ask":
        out.write(f'{{"head": {{}}, "boolean": {json.dumps(answer.boolean)}}}\n'.encode())
        return 1
    shown = _shown(answer, view)
    names = [answer.variables[i] for i in shown]
    out.write(f'{{"head": {{"vars": {json.dumps(names)}}}, "results": {{"bindings": ['.encode())
    count = 0
    for row in _columns(answer, shown):
        bound = {
            name: _json(term(written))
            for name, written in zip(names, row, strict=True)
            if written is not None
        }
        out.write(("," if count else "").encode() + f"\n{json.dumps(bound, ensure_ascii=False)}".encode())
        count += 1
    out.write(b"\n]}}\n")
    return count


def blocks(triples: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The triples of a CONSTRUCT or DESCRIBE as the writers of RDF take them: by root IRI, sorted."""
    by_root: dict[str, set[str]] = defaultdict(set)
    for line in triples:
        subject = line.partition(" ")[0]
        by_root[subject.strip("<>").partition("#")[0]].add(line)
    for root in sorted(by_root):
        yield root, sorted(by_root[root])


def _shown(answer: Answer, view: View) -> list[int]:
    return [i for i, name in enumerate(answer.variables) if name not in view.hidden]


def _columns(answer: Answer, shown: list[int]) -> Iterator[Row]:
    return (tuple(row[i] for i in shown) for row in answer.rows)


def _term(written: str | None) -> Term | None:
    return None if written is None else term(written)


def _heading(variable: str, view: View) -> str:
    said = view.query.columns.get(variable, {}) if view.query else {}
    return say(said, view.language, variable)


def _cell(value: Term | None, variable: str, answer: Answer, view: View) -> str:
    """What a table shows of a term."""
    if value is not None and value.is_number:
        return _number(value.value)
    return _named(value, variable, answer, view)


def _named(value: Term | None, variable: str, answer: Answer, view: View) -> str:
    """A thing by its name, a truth in words, a text as it is."""
    if value is None:
        return ""
    query = view.query
    if value.kind == "iri":
        raw = not view.names or (query is not None and variable in query.iris)
        return short(value.value, view.base) if raw else _name(value.value, answer, view)
    if value.kind != "literal":
        return f"_:{value.value}" if value.kind == "blank" else value.value
    if query is not None and variable in query.lists:
        return ", ".join(_name(iri, answer, view) for iri in value.value.split())
    if value.datatype == f"{XSD}boolean":
        return _truth(value.value in {"true", "1"}, view)
    if query is not None and not value.datatype and value.value in query.words:
        return say(query.words[value.value], view.language, value.value)
    return value.value


def _name(iri: str, answer: Answer, view: View) -> str:
    if not view.names:
        return short(iri, view.base)
    return answer.names.get(iri) or say(view.labels.get(iri, {}), view.language) or short(iri, view.base)


def short(iri: str, base: str) -> str:
    """An IRI relative to the base, or with a prefix of the project, or in full.

    >>> short("https://kg.example/place/us", "https://kg.example/"), short("https://schema.org/amount", "")
    ('place/us', 'schema:amount')
    """
    if base and iri.startswith(base) and iri != base:
        return iri[len(base) :]
    return compact(iri)


def _number(written: str) -> str:
    """A number with its thousands apart.

    >>> _number("40000000000"), _number("2025"), _number("15000.50"), _number("1.5E9")
    ('40,000,000,000', '2025', '15,000.50', '1.5E9')
    """
    whole, point, rest = written.partition(".")
    digits = whole.lstrip("+-")
    if not digits.isdecimal() or int(digits) < _GROUPED_FROM or not (rest or "0").isdecimal():
        return written
    return f"{whole[: len(whole) - len(digits)]}{int(digits):,}{point}{rest}"


def _truth(value: bool, view: View) -> str:  # noqa: FBT001 - what it says is what it is given
    return message("word-yes" if value else "word-no", {}, view.language)


def _json(value: Term) -> dict[str, Any]:
    if value.kind == "iri":
        return {"type": "uri", "value": value.value}
    if value.kind == "blank":
        return {"type": "bnode", "value": value.value}
    said = {"type": "literal", "value": value.value}
    if value.language:
        said["xml:lang"] = value.language
    elif value.datatype:
        said["datatype"] = value.datatype
    return said
