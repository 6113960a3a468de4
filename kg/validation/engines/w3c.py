"""Read a W3C validation report (https://www.w3.org/TR/shacl/#validation-report) as ``Result``s."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.rdf import RDF, SH
from kg.validation.result import Result, component_name, severity_name, sorted_unique

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pyoxigraph

    Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple
    About = dict[str, list[Term]]
    Graph = dict[Term, About]
    Keep = Callable[[list[str], list[Term]], dict[str, str]]

Messages = dict[str, list[tuple[str, str]]]
"""Shape or constraint (N-Triples term) -> its ``sh:message``s as (language, text)."""

_POSTFIX: Final = {f"{SH}zeroOrMorePath": "*", f"{SH}oneOrMorePath": "+", f"{SH}zeroOrOnePath": "?"}


def graph_of(ntriples: str | bytes) -> Graph:
    """A graph as subject -> predicate IRI -> objects; objects of N-Triples text in canonical form."""
    import pyoxigraph  # noqa: PLC0415 - parsed only when a report or the shapes have to be read

    graph: Graph = {}
    for quad in pyoxigraph.parse(ntriples, pyoxigraph.RdfFormat.N_TRIPLES):
        graph.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    return graph


def read_report(ntriples: str | bytes, messages: Keep) -> list[Result]:
    """The results that hang on the report itself; nested ones (``sh:detail``) are left out.

    ``messages`` is given the terms that may hold the message (``sh:sourceConstraint``, then
    ``sh:sourceShape``) and the ``sh:resultMessage``s, and says which to keep.
    """
    graph = graph_of(ntriples)
    top = [r for about in graph.values() for r in about.get(f"{SH}result", ())]
    nested = {r for about in graph.values() for r in about.get(f"{SH}detail", ())}
    return sorted_unique(_result(graph, r, messages) for r in top if r not in nested)


def _result(graph: Graph, node: Term, messages: Keep) -> Result:
    about = graph.get(node, {})

    def one(name: str) -> Term | None:
        return next(iter(about.get(SH + name, ())), None)

    path, value, shape, constraint = (
        one("resultPath"),
        one("value"),
        one("sourceShape"),
        one("sourceConstraint"),
    )
    return Result(
        focus=str(one("focusNode")),
        path="" if path is None else path_text(graph, path),
        value="" if value is None else str(value),
        component=component_name(_iri(one("sourceConstraintComponent"))),
        shape=_iri(shape),
        severity=severity_name(_iri(one("resultSeverity"))),
        messages=messages(
            [str(t) for t in (constraint, shape) if t is not None], about.get(f"{SH}resultMessage", [])
        ),
    )


def _iri(term: Term | None) -> str:
    text = str(term)
    return text[1:-1] if text.startswith("<") and not text.startswith("<<") else ""


def path_text(graph: Graph, path: Term) -> str:
    """A ``sh:path`` as text: the bare IRI of a predicate, else a SPARQL 1.1 property path."""
    text = _sparql_path(graph, path)
    return _iri(path) if text == str(path) else text


def _sparql_path(graph: Graph, path: Term) -> str:
    about = graph.get(path, {})
    for predicate, sign in _POSTFIX.items():
        if predicate in about:
            return f"({_sparql_path(graph, about[predicate][0])}){sign}"
    if f"{SH}inversePath" in about:
        return f"^{_sparql_path(graph, about[f'{SH}inversePath'][0])}"
    if f"{SH}alternativePath" in about:
        parts = items(graph, about[f"{SH}alternativePath"][0])
        return f"({'|'.join(_sparql_path(graph, p) for p in parts)})"
    if f"{RDF}first" in about:
        return f"({'/'.join(_sparql_path(graph, p) for p in items(graph, path))})"
    return str(path)


def items(graph: Graph, head: Term) -> list[Term]:
    """The members of a list; a cyclic or broken one ends where it does so."""
    members: list[Term] = []
    seen: set[Term] = set()
    while head in graph and head not in seen and f"{RDF}first" in graph[head]:
        seen.add(head)
        members += graph[head][f"{RDF}first"][:1]
        head = graph[head].get(f"{RDF}rest", [head])[0]
    return members


def tagged(_sources: list[str], found: list[Term]) -> dict[str, str]:
    """The messages of a report that keeps languages and makes up no messages."""
    texts = sorted(
        ((getattr(m, "language", None) or "", getattr(m, "value", "")) for m in found), reverse=True
    )
    return dict(reversed(dict(texts).items()))


def messages_of(shapes: Graph) -> Messages:
    """All ``sh:message``s of a shapes graph."""
    return {
        str(subject): [
            (getattr(m, "language", None) or "", getattr(m, "value", "")) for m in about[f"{SH}message"]
        ]
        for subject, about in shapes.items()
        if f"{SH}message" in about
    }


def restored(written: Messages) -> Keep:
    """For an engine that makes up messages and drops the languages of those with variables.

    A message is kept if it is one that the constraint (else the shape) holds, its ``{?variables}``
    filled in, and takes that one's language. A blank shape is known by no label: all messages count.
    """
    everything = [m for ms in written.values() for m in ms]

    def keep(sources: list[str], found: list[Term]) -> dict[str, str]:
        templates = next((written[s] for s in sources if s in written), [])
        if not templates and any(s.startswith("_:") for s in sources):
            templates = everything
        texts = sorted({getattr(m, "value", "") for m in found})
        return dict(sorted(_match(templates, texts)))

    return keep


def _match(templates: Iterable[tuple[str, str]], texts: list[str]) -> Iterable[tuple[str, str]]:
    # The template with the most fixed text picks first: "{?value}" alone would match anything.
    left = list(texts)
    for language, template in sorted(templates, key=lambda t: (-len(_VARIABLE.sub("", t[1])), t)):
        pattern = ".*".join(re.escape(part) for part in _VARIABLE.split(template))
        text = next((t for t in left if re.fullmatch(pattern, t, re.DOTALL)), None)
        if text is None and len(left) == 0:
            text = next((t for t in texts if re.fullmatch(pattern, t, re.DOTALL)), None)
        elif text is not None:
            left.remove(text)
        if text is not None:
            yield language, text


_VARIABLE: Final = re.compile(r"\{[?$]\w+\}")
