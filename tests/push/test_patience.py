"""What is asked again, when, and what is not."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import pytest

from kg.config import Config
from kg.errors import ServerError
from kg.messages import text
from kg.push import find_target, patience, push
from kg.push.patience import Patience, may_pass
from tests.push.scripted import Heard, Said, Scripted

LINES = [f'<https://data.example.org/s{i}> <https://data.example.org/p> "{i}" .' for i in range(30)]
VIRTUOSO = "Virtuoso {} Error {}: something"
PASSES = [
    *((status, "busy") for status in (408, 425, 429, 500, 502, 503, 504)),
    (500, VIRTUOSO.format("40001", "SR172")),
    (500, VIRTUOSO.format("S1T00", "SR171")),
]
LASTS = [
    *((status, "no") for status in (400, 404, 405, 406, 409, 413, 415, 422, 501, 505, 507)),
    (500, VIRTUOSO.format("42000", "D1CTX")),
    (500, VIRTUOSO.format("37000", "SP030")),
]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits, which nobody waits for."""
    waited: list[float] = []
    monkeypatch.setattr(patience, "sleep", waited.append)
    return waited


def failing(scripted: Scripted, *answers: Said, method: str = "PUT") -> None:
    """Have the first requests of a kind answered so, the others honestly."""
    left = iter(answers)
    scripted.count, scripted.contents = len(LINES), "\n".join(LINES) + "\n"
    scripted.answer = lambda heard: next(left, None) if heard.method == method else None


def pushed(scripted: Scripted) -> None:
    target = replace(find_target(scripted.url, Config()), patience=Patience(seed=1))
    push(target, lambda: LINES)


def puts(scripted: Scripted) -> int:
    return [heard.method for heard in scripted.heard].count("PUT")


@pytest.mark.parametrize(("status", "said"), PASSES)
def test_what_may_pass_is_tried_again(scripted: Scripted, waits: list[float], status: int, said: str) -> None:
    failing(scripted, Said(status, said), Said(status, said))
    pushed(scripted)
    assert puts(scripted) == 3
    assert len(waits) == 2
    assert 0.25 <= waits[0] <= 0.5 <= waits[1] <= 1


@pytest.mark.parametrize(("status", "said"), LASTS)
def test_what_will_not_pass_is_not(scripted: Scripted, waits: list[float], status: int, said: str) -> None:
    failing(scripted, *itertools.repeat(Said(status, said), 20))
    with pytest.raises(ServerError):
        push(replace(find_target(scripted.url, Config()), update=""), lambda: LINES)
    assert puts(scripted) == 1
    assert waits == []


def test_it_gives_up_in_the_end(scripted: Scripted, waits: list[float]) -> None:
    failing(scripted, *itertools.repeat(Said(503, "busy"), 20))
    with pytest.raises(ServerError) as caught:
        pushed(scripted)
    assert caught.value.code == "push-failed"
    assert puts(scripted) == 6
    assert len(waits) == 5
    assert all(one < other for one, other in itertools.pairwise(waits))


def test_the_same_seed_gives_the_same_waits() -> None:
    one, other, another = (list(Patience(seed=seed).waits()) for seed in (1, 1, 2))
    assert one == other != another
    assert max(Patience(tries=50).waits()) <= 30


@pytest.mark.parametrize(
    ("after", "least", "most"),
    [("7", 7, 7), ("soon", 0.2, 0.5), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.2, 0.5), ("-5", 0.2, 0.5)],
)
def test_retry_after_is_obeyed(
    scripted: Scripted, waits: list[float], after: str, least: float, most: float
) -> None:
    failing(scripted, Said(429, "slower", {"Retry-After": after}))
    pushed(scripted)
    assert len(waits) == 1
    assert least <= waits[0] <= most


def test_retry_after_a_date(scripted: Scripted, waits: list[float]) -> None:
    then = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 60))
    failing(scripted, Said(503, "back soon", {"Retry-After": then}))
    pushed(scripted)
    assert 50 < waits[0] <= 60


@pytest.mark.parametrize("after", ["121", "86400", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_who_asks_for_too_much_time_is_told_to_the_user(
    scripted: Scripted, waits: list[float], after: str
) -> None:
    failing(scripted, Said(503, "back tomorrow", {"Retry-After": after}))
    with pytest.raises(ServerError) as caught:
        pushed(scripted)
    assert waits == []
    assert puts(scripted) == 1
    assert "back tomorrow" in str(caught.value)
    assert "only in " in str(caught.value)
    assert text(caught.value.code, caught.value.args_shown, "ko")


def test_an_answer_that_is_no_answer_is_asked_for_again(scripted: Scripted) -> None:
    left = iter([Said(200, "<html>Welcome!</html>")])
    scripted.count, scripted.contents = len(LINES), "\n".join(LINES) + "\n"

    def once(heard: Heard) -> Said | None:
        return next(left, None) if "COUNT" in heard.query else None

    scripted.answer = once
    pushed(scripted)


def test_where_nobody_listens_is_asked_once(waits: list[float]) -> None:
    with pytest.raises(ServerError):
        find_target("http://127.0.0.1:1", Config())
    assert waits == []
    error = ServerError("push-no-answer", connected=False)
    assert may_pass(error, Patience())
    assert not may_pass(error, Patience(refused=False))
