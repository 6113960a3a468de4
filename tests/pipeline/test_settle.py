"""Who stays: the rules by which records are taken out, wait, and are found in circles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import EngineError, Place
from kg.mapping.spool import Kept
from kg.validation.settle import Owners, Row, State, books, circles, wait

if TYPE_CHECKING:
    from collections.abc import Sequence


def row(number: int, refs: Sequence[str] = (), iri: str = "", *, claim: bool = True) -> Row:
    iri = iri or f"x:{number}"
    return Row(
        number=number,
        source=0,
        place=Place("f.jsonl", number + 1),
        iri=iri,
        is_claim=claim,
        kind="claim",
        id="",
        anchored=True,
        raw=Kept("", 0, 0),
        kept=(Kept(iri, 0, 0),),
        named=(iri,),
        refs=tuple(refs),
    )


def settled(rows: list[Row], out: set[int]) -> list[State]:
    for number in out:
        rows[number].state = State.QUARANTINED
    wait(rows, Owners(rows))
    return [r.state for r in rows]


def test_what_names_something_quarantined_waits_and_so_does_what_names_that() -> None:
    rows = [row(0), row(1, ["x:0"]), row(2, ["x:1"]), row(3)]
    assert settled(rows, {0}) == [State.QUARANTINED, State.WAITING, State.WAITING, State.ACCEPTED]
    assert rows[2].waits_for == ("x:1",)


def test_nothing_waits_while_another_record_describes_it() -> None:
    rows = [row(0, iri="x:a"), row(1, iri="x:a"), row(2, ["x:a"])]
    assert settled(rows, {0})[2] is State.ACCEPTED
    assert settled(rows, {0, 1})[2] is State.WAITING


def test_what_nobody_describes_is_not_waited_for() -> None:
    assert settled([row(0), row(1, ["x:elsewhere"])], {0})[1] is State.ACCEPTED


@given(
    st.lists(st.lists(st.integers(0, 11), max_size=3), min_size=1, max_size=12), st.sets(st.integers(0, 11))
)
def test_waiting_is_exactly_what_can_be_reached_from_what_is_out(
    refs: list[list[int]], out: set[int]
) -> None:
    out = {n for n in out if n < len(refs)}
    rows = [row(n, [f"x:{m}" for m in below if m < len(refs)]) for n, below in enumerate(refs)]
    states = settled(rows, out)
    reached, before = set(out), set[int]()
    while reached != before:
        before = set(reached)
        reached |= {n for n, below in enumerate(refs) if reached.intersection(below)}
    assert {n for n, s in enumerate(states) if s is not State.ACCEPTED} == reached
    assert books(len(rows), rows).balanced


@given(st.lists(st.lists(st.integers(0, 9), max_size=3), min_size=1, max_size=10))
def test_circles_hold_every_claim_that_leads_back_to_itself(refs: list[list[int]]) -> None:
    rows = [row(n, [f"x:{m}" for m in below if m < len(refs)]) for n, below in enumerate(refs)]
    found = set(circles(rows, {r.iri: r.number for r in rows}))

    def reaches_itself(start: int) -> bool:
        seen: set[int] = set()
        todo = [m for m in refs[start] if m < len(refs)]
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo += [m for m in refs[node] if m < len(refs)]
        return start in seen

    circular = {n for n in range(len(refs)) if reaches_itself(n)}
    assert circular <= found
    assert bool(found) == bool(circular)


def test_a_circle_of_a_hundred_thousand_is_found_without_recursion() -> None:
    count = 100_000
    rows = [row(n, [f"x:{(n + 1) % count}"]) for n in range(count)]
    found = circles(rows, {r.iri: r.number for r in rows})
    assert len(found) == count
    assert found[0][:3] == [0, 1, 2]


def test_books_that_do_not_balance_are_an_error() -> None:
    with pytest.raises(EngineError, match="balance"):
        books(3, [row(0), row(1)])
