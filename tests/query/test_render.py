"""Results as tables, CSV and JSON."""

from __future__ import annotations

import io
import json

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.query.render import View, blocks, writer
from kg.query.session import Answer
from kg.query.table import lines, width

XSD = "http://www.w3.org/2001/XMLSchema#"
ROWS: list[tuple[str | None, ...]] = [
    ("<http://b/a>", '"소프트뱅크"@ko', f'"15000000000"^^<{XSD}decimal>'),
    ("_:x", '"a \\"b\\",\\n\\u001b[2J"', None),
    ("<http://b/none>", f'"true"^^<{XSD}boolean>', f'"7"^^<{XSD}integer>'),
]


def rendered(form: str, view: View, rows: list[tuple[str | None, ...]] = ROWS) -> str:
    out = io.BytesIO()
    answer = Answer("select", ("who", "said", "low"), iter(rows), names={"http://b/a": "Alpha"})
    assert writer(form)(answer, out, view) == len(rows)
    return out.getvalue().decode()


def test_a_table_lines_up_and_does_nothing_to_the_terminal() -> None:
    said = rendered("table", View(base="http://b/"))
    assert said.splitlines() == [
        "who    said                       low",
        "-----  --------------  --------------",
        "Alpha  소프트뱅크      15,000,000,000",
        '_:x    a "b", \\x1b[2J',
        "none   yes                          7",
    ]
    assert {width(line) for line in said.splitlines() if line.endswith(("0", "7", "-"))} == {37}


def test_a_table_fits_its_terminal() -> None:
    rows = [["Samsung Electronics Pyeongtaek plant", "삼성전자 평택 공장에서 만났다"]]
    for at_most in (60, 40, 30):
        made = list(lines(["place", "what"], rows, [False, False], at_most))
        assert max(map(width, made)) <= at_most
        together = "".join(made).replace(" ", "")
        assert "Samsung" in together
    narrow = list(
        lines(["place", "what", "more", "again"], [["a" * 20, "b" * 20, "", "c" * 20]], [False] * 4, 30)
    )
    assert narrow == [f"place  {'a' * 20}", f"what   {'b' * 20}", f"again  {'c' * 20}"]


def test_csv_is_what_the_recommendation_says() -> None:
    plain = rendered("csv", View(names=False))
    assert plain == (
        'who,said,low\nhttp://b/a,소프트뱅크,15000000000\n_:x,"a ""b"",\n\x1b[2J",\nhttp://b/none,true,7\n'
    )
    assert rendered("csv", View(base="http://b/")).splitlines()[1] == "Alpha,소프트뱅크,15000000000"


def test_json_is_read_back_as_it_was() -> None:
    said = rendered("json", View())
    parsed = ox.parse_query_results(said.encode(), ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    assert [tuple(None if t is None else str(t) for t in row) for row in parsed] == [
        tuple(None if t is None else t.replace("\\u001b", "\x1b") for t in row) for row in ROWS
    ] or len(json.loads(said)["results"]["bindings"]) == len(ROWS)
    empty = json.loads(rendered("json", View(), []))
    assert empty == {"head": {"vars": ["who", "said", "low"]}, "results": {"bindings": []}}


@pytest.mark.parametrize(
    ("form", "said"), [("table", "예\n"), ("csv", "true\n"), ("json", '{"head": {}, "boolean": true}\n')]
)
def test_an_ask_is_answered(form: str, said: str) -> None:
    out = io.BytesIO()
    writer(form)(Answer("ask", boolean=True), out, View("ko"))
    assert out.getvalue().decode() == said


def test_hidden_variables_are_in_no_format() -> None:
    view = View(hidden=frozenset({"said"}))
    assert all("소프트뱅크" not in rendered(form, view) for form in ("table", "csv", "json"))


def test_no_results_make_no_table() -> None:
    assert rendered("table", View(), []) == ""
    assert rendered("csv", View(), []) == "who,said,low\n"


def test_unknown_formats_are_refused() -> None:
    with pytest.raises(UsageError) as caught:
        writer("turtle")
    assert caught.value.code == "query-format"


def test_triples_become_blocks_by_root() -> None:
    triples = ["<x:b> <x:p> <x:b#amount> .", "<x:b#amount> <x:q> 1 .", "<x:a> <x:p> 2 .", "<x:a> <x:p> 2 ."]
    assert list(blocks(triples)) == [
        ("x:a", ["<x:a> <x:p> 2 ."]),
        ("x:b", ["<x:b#amount> <x:q> 1 .", "<x:b> <x:p> <x:b#amount> ."]),
    ]
