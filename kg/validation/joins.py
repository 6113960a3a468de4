"""SPARQL constraints that join nodes, asked once of all focus nodes instead of once for each.

An engine runs the query of a SPARQL constraint for every focus node. Where that query goes on from
the focus node to others (a total to its parts, and these to their amounts), the engine looks at all
of them each time, and the cost grows with the square of the data. Such a query is asked here of the
embedded SPARQL engine, with the focus nodes as a part of it, over just the triples that it names.

Only a query for which that is the same question is taken: one group that begins at ``$this``,
without a variable for a property, and with nothing that counts or cuts across focus nodes
(https://www.w3.org/TR/shacl/#pre-binding). All others stay with the engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.model.lint.sparql import blanked, has_word
from kg.rdf import RDF, RDFS, SH, TYPE
from kg.validation.engines.w3c import graph_of, tagged
from kg.validation.result import Result, severity_name
from kg.validation.view import namespaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pyoxigraph

    from kg.validation.engines.w3c import Graph, Term

_ACROSS: Final = ("UNION", "MINUS", "VALUES", "GRAPH", "SERVICE", "LIMIT", "OFFSET", "ORDER", "BIND")
_AGGREGATES: Final = ("COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT")
_ANY_PROPERTY: Final = re.compile(r"(?:[?$]\w+\s+|[;>]\s*)[?$]\w+\s+(?!(?i:FILTER|OPTIONAL)\b)[?$<\"\w(\[]")
_GROUP_BY: Final = re.compile(r"(?i)\bGROUP\s+BY\b([^{}]*?)(?:\bHAVING\b|$)")
_FROM_THIS: Final = re.compile(r"[?$]this\s+[\w:^(<]")
_FROM_OTHER: Final = re.compile(r"[?$](?!this\b)\w+\s+[\w^(<]|[\w:)>]\s*[/*+]")
_NAME: Final = re.compile(r"(?<![\w?$:-])([A-Za-z][\w-]*)?:(\w[\w.-]*)")
_IRI: Final = re.compile(r"<([^<>\s]*)>")
_AT_ONCE: Final = 4 << 20
_SUBCLASS: Final = f"{RDFS}subClassOf"
_KINDS: Final = {
    f"{SH}targetSubjectsOf": "?this <{}> []",
    f"{SH}targetClass": f"?this {TYPE}/<{_SUBCLASS}>* <{{}}>",
}
_OTHER_TARGETS: Final = tuple(SH + name for name in ("targetNode", "targetObjectsOf", "target"))
_SHOWN: Final = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True, slots=True)
class Join:
    """A SPARQL constraint that is asked once of all focus nodes."""

    shape: str
    """IRI of the node shape that has it."""
    severity: str
    messages: tuple[tuple[str, str], ...]
    """(language, text with ``{?value}`` and the like)."""
    query: str
    properties: frozenset[str]
    """The properties that the query and the targets name."""
    begins: frozenset[str]
    """The properties that a focus node must have; empty where it is told by its class."""

    def results(self, store: pyoxigraph.Store) -> Iterator[Result]:
        """What violates, of what is in a store."""
        import pyoxigraph  # noqa: PLC0415 - only where there is a join

        solutions = store.query(self.query)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)  # noqa: S101 - it is a SELECT
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            found = {n: str(v) for n, v in zip(names, solution, strict=True) if v is not None}
            path = found.get("path", "")
            yield Result(
                focus=found["this"],
                path=path[1:-1],
                value=found.get("value", found["this"]),
                component="SPARQL",
                shape=self.shape,
                severity=self.severity,
                messages={language: _filled(text, found) for language, text in self.messages},
            )


@lru_cache(maxsize=8)
def joins(shapes: str) -> tuple[tuple[Join, ...], str]:
    """The joins in a shapes graph (N-Triples), and the shapes without them."""
    if f"<{SH}sparql>" not in shapes:
        return (), shapes
    graph = graph_of(shapes)
    found: list[Join] = []
    taken: set[tuple[str, str]] = set()
    for shape, about in graph.items():
        for constraint in about.get(f"{SH}sparql", ()):
            join = _join(graph, shape, constraint)
            if join is not None:
                found.append(join)
                taken.add((str(shape), str(constraint)))
    left = [line for line in shapes.splitlines(keepends=True) if _constraint(line) not in taken]
    return tuple(sorted(found, key=lambda j: (j.shape, j.query))), "".join(left)


def results(found: Iterable[Join], data: Path) -> list[Result]:
    """What violates joins in an N-Triples file; nothing is loaded for a join that has no focus node."""
    wanted = list(found)
    if not wanted:
        return []
    begun: set[str] = set()
    waiting = {p for join in wanted for p in join.begins}
    for lines in _pieces(data):
        begun.update(p for p in waiting if _property(p) in lines)
        waiting -= begun
        if not waiting:
            break
    asked = [join for join in wanted if not join.begins or not join.begins.isdisjoint(begun)]
    if not asked:
        return []
    import pyoxigraph  # noqa: PLC0415 - only where there is a join

    named = sorted(set().union(*(join.properties for join in asked)))
    pattern = re.compile(rb"(?m)^\S+(?:" + b"|".join(re.escape(_property(p)) for p in named) + rb").*$")
    store = pyoxigraph.Store()
    for lines in _pieces(data):
        store.bulk_load(b"\n".join(pattern.findall(lines)), pyoxigraph.RdfFormat.N_TRIPLES)
    return [result for join in asked for result in join.results(store)]


def _pieces(data: Path) -> Iterator[bytes]:
    """Whole lines of a file, a few megabytes at once."""
    with data.open("rb") as file:
        while lines := file.read(_AT_ONCE):
            yield lines + file.readline()


def _property(iri: str) -> bytes:
    """A property as it stands between subject and object."""
    return f" <{iri}> ".encode()


def _join(graph: Graph, shape: Term, constraint: Term) -> Join | None:
    about, of = graph.get(shape, {}), graph.get(constraint, {})
    selects = [getattr(s, "value", "") for s in of.get(f"{SH}select", ())]
    targets = _targets(about)
    shape_iri = _value(shape)
    if len(selects) != 1 or not targets or not shape_iri or f"{SH}deactivated" in {**about, **of}:
        return None
    if f"{SH}path" in about or not is_join(selects[0]):
        return None
    spaces = namespaces(graph, constraint)
    body = blanked(selects[0])
    named = {spaces.get(prefix, "") + name for prefix, name in _NAME.findall(body)} | set(
        _IRI.findall(selects[0])
    )
    begins = {_value(o) for o in about.get(f"{SH}targetSubjectsOf", ())}
    by_class = f"{SH}targetClass" in about
    severity = _value(next(iter(about.get(f"{SH}severity", ())), None)) or f"{SH}Violation"
    prefixes = "".join(f"PREFIX {p}: <{n}>\n" for p, n in sorted(spaces.items()))
    messages = of.get(f"{SH}message") or about.get(f"{SH}message") or []
    return Join(
        shape=shape_iri,
        severity=severity_name(severity),
        messages=tuple(tagged([], list(messages)).items()),
        query=prefixes + _of_all(selects[0], targets),
        properties=frozenset(named | begins | ({f"{RDF}type", _SUBCLASS} if by_class else set())),
        begins=frozenset(() if by_class else begins),
    )


def is_join(query: str) -> bool:
    """Whether a query goes on to other nodes, and asked of all focus nodes at once asks the same.

    >>> is_join("SELECT $this { $this <x:part> ?p . ?p <x:amount> ?a . FILTER (?a > 1) }")
    True
    >>> is_join("SELECT $this { $this ?path ?value }")
    False
    """
    text = blanked(query)
    start = text.find("{")
    head, body, after = text[:start], text[start : text.rfind("}")], text[text.rfind("}") :]
    grouped = _GROUP_BY.search(after)
    counts = any(has_word(text, word) for word in _AGGREGATES)
    return (
        start > 0
        and not any(has_word(text, word) for word in _ACROSS)
        and not has_word(body, "SELECT")
        and bool(re.search(r"[?$]this\b", head))
        and (not counts or bool(grouped and re.search(r"[?$]this\b", grouped[1])))
        and not _ANY_PROPERTY.search(body)
        and bool(_FROM_THIS.search(_outermost(body)))
        and bool(_FROM_OTHER.search(body))
    )


def _outermost(body: str) -> str:
    """The text of the outermost group, without the groups in it."""
    kept, depth = [], 0
    for piece in re.split(r"([{}])", body):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if depth == 1 and piece not in "{}":
            kept.append(piece)
    return " ".join(kept)


def _of_all(query: str, targets: list[str]) -> str:
    """The query with the focus nodes as its first part, each once."""
    start = blanked(query).find("{") + 1
    each = " UNION ".join(f"{{ {target} }}" for target in targets)
    inner = f" {{ SELECT DISTINCT ?this {{ {each} }} }} "
    return query[:start] + inner + query[start:]


def _targets(about: dict[str, list[Term]]) -> list[str]:
    """The focus nodes of a shape as patterns; none, if they can't be told as such."""
    types = {_value(t) for t in about.get(f"{RDF}type", ())}
    if any(name in about for name in _OTHER_TARGETS) or f"{RDFS}Class" in types:
        return []
    return [pattern.format(_value(o)) for name, pattern in _KINDS.items() for o in about.get(name, ())]


def _constraint(line: str) -> tuple[str, str]:
    """The shape and the constraint of a line of ``sh:sparql``."""
    shape, predicate, rest = (*line.split(" ", 2), "", "")[:3]
    return (shape, rest.rstrip().removesuffix(".").rstrip()) if predicate == f"<{SH}sparql>" else ("", "")


def _filled(text: str, found: dict[str, str]) -> str:
    """A message with the values of its variables."""
    return _SHOWN.sub(lambda m: _shown(found[m[1]]) if m[1] in found else m[0], text)


def _shown(term: str) -> str:
    import pyoxigraph  # noqa: PLC0415 - loaded already

    if term.startswith("<"):
        return term[1:-1]
    (quad,) = pyoxigraph.parse(f"<x:s> <x:p> {term} .".encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    return str(getattr(quad.object, "value", term))


def _value(term: Term | None) -> str:
    """An IRI, or "" for what is none."""
    text = str(term)
    return text[1:-1] if text.startswith("<") and not text.startswith("<<") else ""
