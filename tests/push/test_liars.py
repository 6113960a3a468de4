"""Servers that say that all went well, break off, or answer in another way than asked."""

from __future__ import annotations

import re
import threading
from dataclasses import replace

import pytest

from kg.config import Config
from kg.errors import ServerError, UsageError
from kg.messages import text
from kg.push import Pushed, find_target, push
from tests.push.scripted import Heard, Said, Scripted

LINES = [f'<https://data.example.org/s{i}> <https://data.example.org/p> "{i}" .' for i in range(30)]


def pushed(scripted: Scripted, **options: object) -> Pushed:
    return push(find_target(scripted.url, Config()), lambda: LINES, **options)  # type: ignore[arg-type]


def failed(scripted: Scripted, **options: object) -> ServerError:
    with pytest.raises(ServerError) as caught:
        pushed(scripted, **options)
    assert caught.value.exit_code == 4
    return caught.value


def test_one_that_does_nothing(scripted: Scripted) -> None:
    assert failed(scripted).code == "push-count"
    assert [h.method for h in scripted.heard].count("PUT") == 3


def test_one_that_only_counts_right(scripted: Scripted) -> None:
    scripted.count = 30
    error = failed(scripted)
    assert error.code == "push-differs"
    assert error.args_shown["missing"] == 30
    assert pushed(scripted, verify="counts").found == 30


def test_one_that_changes_a_word(scripted: Scripted) -> None:
    scripted.count = 30
    scripted.contents = "\n".join(LINES).replace('"7"', '"8"')
    error = failed(scripted)
    assert (error.args_shown["missing"], error.args_shown["extra"]) == (1, 1)
    assert "/s7>" in str(error)


def test_one_that_cuts_off_what_it_gives_back(scripted: Scripted) -> None:
    scripted.count = 30

    def cut(heard: Heard) -> Said | None:
        """Ten triples at most, with status 200; pages are honest."""
        if heard.method == "GET" and "store?" in heard.path:
            return Said(body="\n".join(LINES[:10]) + "\n")
        if page := re.search(r"LIMIT (\d+) OFFSET (\d+)", heard.query):
            start = int(page[2])
            return Said(body="\n".join(LINES[start : start + min(int(page[1]), 10)]) + "\n")
        return None

    scripted.answer = cut
    assert pushed(scripted).verified == "full"
    assert sum("OFFSET" in h.query for h in scripted.heard) == 4  # the last in search of kg's mark


@pytest.mark.parametrize(
    "body", ["", "{}", "[]", "<html>", '{"head":{},"results":{"bindings":[{"n":{"value":"many"}}]}}']
)
def test_one_that_does_not_count(scripted: Scripted, body: str) -> None:
    scripted.answer = lambda heard: Said(body=body) if heard.query.startswith("SELECT") else None
    assert failed(scripted).code == "push-not-sparql"
    assert "PUT" not in {h.method for h in scripted.heard}


def test_one_that_gives_back_no_rdf(scripted: Scripted) -> None:
    scripted.count = 30
    scripted.contents = "<html>Welcome!</html>"
    assert failed(scripted).code == "push-not-rdf"


def test_one_that_breaks_off_in_the_middle(scripted: Scripted) -> None:
    scripted.count = 30

    def broken(heard: Heard) -> Said | None:
        if heard.method != "GET" or "store?" not in heard.path:
            return None
        return Said(body="\n".join(LINES[:9]) + "\n", headers={"Content-Length": "5000"})

    scripted.answer = broken
    assert failed(scripted).code == "push-no-answer"


def test_what_it_says_when_it_fails_is_passed_on_but_can_do_nothing(scripted: Scripted) -> None:
    page = "<html><title>no</title><body>\x1b[2J<h1>Disk   full &amp; more</h1>" + "x" * 100_000
    scripted.answer = lambda heard: Said(500, page) if heard.method == "PUT" else None
    error = failed(scripted)
    assert error.code == "push-failed"
    assert "Disk full & more" in str(error)
    assert "\x1b" not in str(error)
    assert len(str(error)) < 1000
    assert "held 0 triples before, and holds 0 of 30 now" in str(error)


def test_a_server_without_the_graph_store_protocol_gets_updates(scripted: Scripted) -> None:
    scripted.answer = lambda heard: Said(405, "no") if heard.method == "PUT" else None
    assert failed(scripted).code == "push-count"
    updates = [h.body for h in scripted.heard if h.path == "/update" and h.method == "POST"]
    assert updates[0].startswith("CLEAR SILENT DEFAULT ;\nINSERT DATA {")
    assert all(line in updates[0] for line in LINES)


@pytest.mark.parametrize("batch", [1000, 20])
@pytest.mark.parametrize("one_step", [True, False])
@pytest.mark.parametrize(
    "no", [Said(413, "too large"), Said(400, "Virtuoso 37000 Error SP030: line 5: memory exhausted at")]
)
def test_what_is_too_much_is_halved(scripted: Scripted, no: Said, batch: int, *, one_step: bool) -> None:
    scripted.count, scripted.contents = 30, "\n".join(LINES) + "\n"
    target = replace(find_target(scripted.url, Config()), store="")
    target = replace(target, server=replace(target.server, batch=batch, one_step=one_step))

    def refuse(heard: Heard) -> Said | None:
        if one_step and heard.query.startswith("SELECT") and "urn:x-kg:coming" in heard.query:
            return Said(body='{"results":{"bindings":[{"n":{"value":"31"}}]}}')
        if one_step and heard.query.startswith("SELECT") and "urn:x-kg:going" in heard.query:
            return Said(body='{"results":{"bindings":[{"n":{"value":"0"}}]}}')
        return no if heard.path == "/update" and heard.body.count(" .\n") > 8 else None

    scripted.answer = refuse
    assert push(target, lambda: LINES, verify="counts").found == 30
    taken = [h.body for h in scripted.heard if h.path == "/update" and h.body.count(" .\n") <= 8]
    assert sorted({line for body in taken for line in LINES if line in body}) == sorted(LINES)


def test_one_that_never_ends(scripted: Scripted) -> None:
    """Neither what it counts nor what it gives back is read to its end."""
    scripted.count = 30
    endless = "".join(f'<https://data.example.org/s{i}> <https://x.example/> "y" .\n' for i in range(5000))
    scripted.answer = lambda h: Said(body=endless) if h.method == "GET" and "store?" in h.path else None
    assert failed(scripted).args_shown["extra"] == 1031
    scripted.answer = lambda h: Said(body=" " * 3_000_000) if h.query.startswith("SELECT") else None
    assert failed(scripted).code == "push-not-sparql"


def test_a_redirect_is_not_followed(scripted: Scripted) -> None:
    """It would become a GET, and be taken for a success."""
    moved = Said(301, headers={"Location": "https://elsewhere.example/store?token=1"})
    scripted.answer = lambda heard: moved if heard.method == "PUT" else None
    error = failed(scripted)
    assert "elsewhere.example/store?…" in str(error) + str(error.args_shown)
    assert "token=1" not in str(error)


def test_a_url_where_nothing_answers_queries(scripted: Scripted) -> None:
    scripted.name = "nginx"
    scripted.answer = lambda _heard: Said(404, "nothing here")
    with pytest.raises(UsageError) as caught:
        find_target(scripted.url, Config())
    assert caught.value.code == "push-no-endpoint"
    assert caught.value.exit_code == 2


def test_a_server_that_does_not_say_its_name_is_found_by_its_paths(scripted: Scripted) -> None:
    scripted.name = "proxy"
    scripted.answer = lambda heard: None if heard.path in {"/ds/query", "/ds/data"} else Said(404)
    target = find_target(scripted.url + "/ds", Config())
    assert target.query == scripted.url + "/ds/query"


def test_nobody_there() -> None:
    with pytest.raises(ServerError) as caught:
        find_target("http://127.0.0.1:1", Config())
    assert caught.value.code == "push-no-answer"
    assert "refused" in str(caught.value)


def test_a_target_that_can_not_be_written(scripted: Scripted) -> None:
    target = find_target(scripted.url, Config())
    with pytest.raises(UsageError, match="neither"):
        push(replace(target, update="", store=""), lambda: LINES)


def test_blazegraph_and_others_get_updates_as_a_form(scripted: Scripted) -> None:
    from kg.push.capabilities import SERVERS  # noqa: PLC0415

    blazegraph = next(s for s in SERVERS if s.name == "Blazegraph")
    target = replace(
        find_target(scripted.url, Config()), store="", server=blazegraph, graph="https://x.example/g"
    )
    with pytest.raises(ServerError):
        push(target, lambda: LINES)
    assert any(h.body.startswith("update=CLEAR+SILENT+GRAPH") for h in scripted.heard)


@pytest.mark.parametrize("when", ["before", "while it is sent", "in the middle of an answer"])
def test_one_that_falls_silent(scripted: Scripted, when: str) -> None:
    scripted.count = 30
    over = threading.Event()

    def silent(heard: Heard) -> Said | None:
        if when == "in the middle of an answer" and heard.method == "GET" and "store?" in heard.path:
            return Said(body=LINES[0], headers={"Content-Length": "1000"}, then=over)
        if (when == "before" and heard.query.startswith("SELECT")) or (
            when == "while it is sent" and heard.method == "PUT"
        ):
            over.wait(20)
        return None

    scripted.answer = silent
    target = replace(find_target(scripted.url, Config()), seconds=0.3)
    with pytest.raises(ServerError) as caught:
        push(target, lambda: LINES)
    over.set()
    assert caught.value.code == ("push-cut" if when == "while it is sent" else "push-timeout")
    assert "within 0.3 seconds" in str(caught.value)
    assert "0.3초 안에" in text(caught.value.code, caught.value.args_shown, "ko")
