"""SPARQL constraints: each alone on a node shape with a name, and a query that the engines take.

https://www.w3.org/TR/shacl/#sparql-constraints and, for what pre-binding forbids,
https://www.w3.org/TR/shacl/#pre-binding
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.model.lint.graph import TO_LISTS, TO_SHAPES, is_literal, name
from kg.rdf import SH

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph

    from kg.errors import Problem
    from kg.model.lint.graph import Graph

PARAMETERS: Final = frozenset(
    SH + n
    for n in (
        *(
            "class",
            "datatype",
            "nodeKind",
            "minCount",
            "maxCount",
            "minExclusive",
            "minInclusive",
            "maxExclusive",
        ),
        *(
            "maxInclusive",
            "minLength",
            "maxLength",
            "pattern",
            "languageIn",
            "uniqueLang",
            "equals",
            "disjoint",
        ),
        *("lessThan", "lessThanOrEquals", "closed", "hasValue", "in"),
    )
)
_FORBIDDEN: Final = ("SERVICE", "MINUS", "VALUES")
_SELECTED: Final = re.compile(r"\bSELECT\b(.*?)(?:\bWHERE\b|\{)", re.IGNORECASE | re.DOTALL)

_NOT_SYNTAX: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""' + r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|\#[^\n]*",
    re.DOTALL,
)


def bare(query: str) -> str:
    """A query without its comments, and with empty strings and IRIs.

    What is left can be searched for keywords and variables.

    >>> bare('SELECT ?a { ?a <http://x/GRAPH> "GRAPH" } # GRAPH')
    'SELECT ?a { ?a <> "" } '
    """
    return _NOT_SYNTAX.sub(lambda m: {"<": "<>", "#": ""}.get(m.group()[0], '""'), query)


def blanked(query: str) -> str:
    """A query of the same length, with spaces for its comments, texts and IRIs (but for their ends).

    >>> blanked('SELECT ?a { ?a <x:p> "GRAPH" } # GRAPH')
    'SELECT ?a { ?a <   > "     " }        '
    """
    return _NOT_SYNTAX.sub(lambda m: _emptied(m.group()), query)


def _emptied(piece: str) -> str:
    return " " * len(piece) if piece[0] == "#" else piece[0] + " " * (len(piece) - 2) + piece[-1]


def has_word(bare_query: str, word: str) -> bool:
    """Whether a keyword stands in a bare query (not as a variable or the name of a term).

    >>> has_word("SELECT * { graph ?g {} }", "GRAPH"), has_word("SELECT ?graph { ?s ex:graph 1 }", "GRAPH")
    (True, False)
    """
    return re.search(rf"(?<![?$:\w-]){word}(?![:\w-])", bare_query, re.IGNORECASE) is not None


def constraints(graph: Graph) -> Iterator[Problem]:
    """All faults of all SPARQL constraints."""
    for shape, found in graph.having(f"{SH}sparql"):
        about = graph.about[shape]
        others = [p for p in about if p in PARAMETERS or p in TO_SHAPES or p in TO_LISTS]
        if shape in graph.blank or f"{SH}path" in about or len(found) > 1 or others:
            yield graph.problem("sparql-not-alone", shape)
        if f"{SH}severity" not in about:
            yield graph.problem("shape-no-severity", shape, ("sh:Violation", "sh:Warning", "sh:Info"))
        for constraint in map(name, found):
            if f"{SH}severity" in graph.about.get(constraint, {}):
                yield graph.problem("sparql-severity", shape)
            yield from _query(graph, shape, constraint)


def _query(graph: Graph, shape: str, constraint: str) -> Iterator[Problem]:
    queries = graph.get(constraint, f"{SH}select")
    if len(queries) != 1 or not is_literal(queries[0]):
        yield graph.problem("sparql-no-query", shape)
        return
    query = name(queries[0])
    without_text = bare(query)
    forbidden = [word for word in _FORBIDDEN if has_word(without_text, word)]
    for word in forbidden:
        yield graph.problem("sparql-forbidden", shape, received=word)
    # A query with SERVICE is not even given to the parser, which belongs to a store.
    fault = "" if "SERVICE" in forbidden else _syntax_fault(_prefixes(graph, constraint), query)
    if fault:
        yield graph.problem("sparql-syntax", shape, reason=fault)
        return
    selected = _SELECTED.search(without_text)
    variables = set(re.findall(r"[?$](\w+)", selected[1])) if selected else set()
    missing = [f"?{v}" for v in ("this", "path", "value") if v not in variables]
    if missing:
        yield graph.problem("sparql-projection", shape, received=", ".join(missing))


def _prefixes(graph: Graph, constraint: str) -> str:
    """The PREFIX lines of ``sh:prefixes``, which a query is read with."""
    declared = [
        name(d) for h in graph.get(constraint, f"{SH}prefixes") for d in graph.get(name(h), f"{SH}declare")
    ]
    return "".join(
        f"PREFIX {name(prefix)}: <{name(namespace)}>\n"
        for d in declared
        for prefix in graph.get(d, f"{SH}prefix")
        for namespace in graph.get(d, f"{SH}namespace")
    )


def _syntax_fault(prefixes: str, query: str) -> str:
    """Where the parser stopped and at what, or "" for a query without a fault; nothing is evaluated."""
    try:
        _empty_store().query(prefixes + query)
    except (SyntaxError, ValueError, OSError) as error:
        stopped = re.search(r"error at (\d+):(\d+)", str(error))
        if stopped is None:
            return " ".join(str(error).split())
        line, column = int(stopped[1]) - prefixes.count("\n"), int(stopped[2])
        rest = "\n".join(query.split("\n")[line - 1 :])[column - 1 :]
        return f"line {line}, column {column}: {' '.join(rest[:30].split())}".rstrip(": ")
    return ""


@cache
def _empty_store() -> pyoxigraph.Store:
    import pyoxigraph  # noqa: PLC0415 - not needed where there are no SPARQL constraints

    return pyoxigraph.Store()
