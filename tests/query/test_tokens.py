"""What would reach the network or change the graph never runs; what only looks like it does."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.query.tokens import DEEPEST, OF_AN_IRI, PARTS, check

REFUSED = [
    "SELECT * { SERVICE <http://x/sparql> { ?s ?p ?o } }",
    "SELECT * { service <http://x/sparql> { ?s ?p ?o } }",
    "SELECT * { Service SILENT <http://x/sparql> { ?s ?p ?o } }",
    "PREFIX x: <http://x/> SELECT * { SERVICE x:y { ?s ?p ?o } }",
    "SELECT * { SERVICE ?where { ?s ?p ?o } }",
    "SELECT * {SERVICE<http://x/>{?s ?p ?o}}",
    "SELECT * { ?s ?p 'it' . SERVICE <http://x/> { ?s ?p 'is' } }",
    "SELECT * { ?s ?p ?o # a comment\n SERVICE <http://x/> { } }",
    "SELECT * { ?s ?p ?o # a comment\r SERVICE <http://x/> { } }",
    "PREFIX x: <http://x/> SELECT * { ?s x:o\\'brien ?o . SERVICE <http://x/> { ?s x:o\\'brien ?o } }",
    "PREFIX x: <http://x/> SELECT * { ?s x:a\\#b ?o . SERVICE <http://x/> { } }",
    "SELECT * { ?s ?p '''a 'quoted' ''' SERVICE <http://x/> { ?s ?p '''b''' } }",
    "SELECT * { ?s ?p ?o FILTER(?o<?p)SERVICE<http://x/>{ ?s ?p ?o FILTER(?o>?p) } }",
    "SELECT * { ?s <http://x/it's> ?o . SERVICE <http://x/it's> { } }",
    "SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <http://x/> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <http://x/> { ?s ?p ?o } } } }",
]
FINE = [
    "SELECT * { ?service ?p ?o }",
    "SELECT * { $SERVICE ?p ?o }",
    "SELECT * { ?s ?p 'SERVICE' }",
    'SELECT * { ?s ?p "a \\" SERVICE" }',
    "SELECT * { ?s ?p '''SERVICE\n'SERVICE' ''' }",
    'SELECT * { ?s ?p """"SERVICE" """ }',
    "SELECT * { ?s ?p <http://x/SERVICE> }",
    "SELECT * { ?s ?p <http://x/#SERVICE> }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { }",
    "PREFIX service: <http://x/> SELECT * { ?s service:x ?o }",
    "PREFIX x: <http://x/> SELECT * { ?s x:SERVICE ?o . ?s x:a.service ?o . ?s x:service-x ?o }",
    "SELECT * { ?s ?p 'x'@service }",
    "SELECT * { ?s ?p _:service }",
    "SELECT * { ?s ?p 'insert load delete' }",
]
UPDATES = [
    "LOAD <http://x/>",
    "load <http://x/>",
    "INSERT DATA { <x:a> <x:b> <x:c> }",
    "PREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }",
    "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "# harmless\nCLEAR ALL",
    "DROP GRAPH <x:g>",
    "MOVE <x:a> TO <x:b>",
]


@pytest.mark.parametrize("sparql", REFUSED)
def test_service_is_refused(sparql: str) -> None:
    with pytest.raises(UsageError) as caught:
        check(sparql)
    assert caught.value.code == "query-service"


@pytest.mark.parametrize("sparql", FINE)
def test_what_only_looks_like_service_is_not_refused(sparql: str) -> None:
    assert check(sparql) == "select"
    ox.Store().query(sparql)  # it is SPARQL, so the case means something


@pytest.mark.parametrize("sparql", UPDATES)
def test_updates_are_refused(sparql: str) -> None:
    with pytest.raises(UsageError) as caught:
        check(sparql)
    assert caught.value.code == "query-update"


@pytest.mark.parametrize("form", ["select", "ask", "construct", "describe"])
def test_the_form_is_told(form: str) -> None:
    assert check(f"BASE <http://x/> PREFIX a: <http://x/select> # ask\n{form.upper()} {{ ?s ?p ?o }}") == form


_PIECES = [
    "'",
    '"',
    "'''",
    "\\'",
    "\\",
    "#",
    "\n",
    "<",
    ">",
    "<x:a>",
    "?a",
    " ",
    "{",
    "}",
    "x:a",
    "(",
    ")",
    "''",
    "\\u0027",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=12))
def test_no_text_before_it_hides_service(pieces: list[str]) -> None:
    """Whatever stands before: if the engine sees a SERVICE, so do we (it fails to reach a closed port)."""
    sparql = f"SELECT * {{ {''.join(pieces)} SERVICE <http://127.0.0.1:9/> {{ ?s ?p ?o }} }}"
    try:
        ox.Store().query(sparql)
    except OSError:
        with pytest.raises(UsageError):
            check(sparql)
    except (SyntaxError, RuntimeError):
        pass  # the engine does not take it for a query


HELD = {
    "groups": ("SELECT * { ", "{", "?s ?p ?o", "}", " }"),
    "brackets": ("SELECT * { ?s ?p ?o FILTER(", "(", "1 = 1", ")", ") }"),
    "anonymous nodes": ("SELECT * { ?s ?p ", "[ ?p ", "?o", " ]", " }"),
    "lists": ("SELECT * { ?s ?p ", "(", "1", ")", " }"),
    "exists": ("SELECT * { ?s ?p ?o ", "FILTER EXISTS { ", "?s ?p ?o", " }", " }"),
    "functions": ("SELECT * { ?s ?p ?o FILTER(", "STR(", "?s", ")", " = '') }"),
    "paths": ("SELECT * { ?s ", "(", "<x:y>", ")*", " ?o }"),
    "triple terms": ("SELECT * { ?s ?p ", "<<( ?s ?p ", "?o", " )>>", " }"),
    "behind what looks like an IRI": ("SELECT * { ?s ?p ?o FILTER(1<", "(", "2>1", ")", ") }"),
    "escaped": ("SELECT * { ?s ?p ?o FILTER(", "\\u0028", "1 = 1", ")", ") }"),
    "a few at a time": ("SELECT * { ?s ?p ?o FILTER(", "('a)' = '(' || (", "true", "))", ") }"),
}
CHAINS = {
    "union": ("SELECT * { {?s ?p ?o}", " UNION {?s ?p ?o}", "}"),
    "optional": ("SELECT * { ?s ?p ?o", " OPTIONAL {?s ?p ?o}", "}"),
    "minus": ("SELECT * { ?s ?p ?o", " MINUS {?s <x:y> ?o}", "}"),
    "filter": ("SELECT * { ?s ?p ?o", " FILTER(?s = 1)", "}"),
    "bind": ("SELECT * { ?s ?p ?o", " BIND(1 AS ?b)", "}"),
    "or": ("SELECT * { ?s ?p ?o FILTER(true", " || true", ") }"),
    "and": ("SELECT * { ?s ?p ?o FILTER(true", "&&true", ") }"),
    "plus": ("SELECT * { ?s ?p ?o FILTER(1", "+1", " = 1) }"),
    "minus sign": ("SELECT * { ?s ?p ?o FILTER(1", "-1", " = 1) }"),
    "minus sign between variables": ("SELECT * { ?s ?p ?o FILTER(?o", "-?o", " = 1) }"),
    "not": ("SELECT * { ?s ?p ?o FILTER(", "!", "true) }"),
    "steps of a path": ("SELECT * { ?s <x:y>", "/<x:y>", " ?o }"),
    "other paths": ("SELECT * { ?s <x:y>", "|<x:y>", " ?o }"),
    "behind what looks like an IRI": ("SELECT * { ?s ?p ?o FILTER(1<x:y", "&&true", "&&2>1) }"),
}


@pytest.mark.parametrize("held", HELD.values(), ids=HELD.keys())
def test_what_is_nested_too_deep_is_refused(held: tuple[str, ...]) -> None:
    before, opened, inside, closed, after = held
    deep = max(1, opened.count("("))
    for times in (DEEPEST + 1, 50_000):
        with pytest.raises(UsageError) as caught:
            check(before + opened * times + inside + closed * times + after)
        assert caught.value.code == "query-deep"
    times = (DEEPEST - 2) // deep
    check(before + opened * times + inside + closed * times + after)


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS.keys())
def test_a_chain_that_is_too_long_is_refused(chain: tuple[str, str, str]) -> None:
    before, link, after = chain
    for times in (PARTS + OF_AN_IRI + 1, 50_000):
        with pytest.raises(UsageError) as caught:
            check(before + link * times + after)
        assert caught.value.code == "query-parts"
    check(before + link * (PARTS - 10) + after)


def test_what_is_long_and_flat_is_no_chain() -> None:
    check("SELECT * { VALUES ?s { " + "<http://x/a_(b)?c=1&d=2+3-4#e> ex:a-b-c '- || + {(' " * 20_000 + "} }")
    check("SELECT * { VALUES (?s ?o) { " + "(1 2) " * 20_000 + "} }")
    check("SELECT * { ?s ?p ?o FILTER(?s IN (" + ", ".join(["1"] * 20_000) + ")) }")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        check("SELECT * { ?s ?p '\udcff' }")
    assert caught.value.code == "query-unreadable"
