"""A push that is killed before or after any of its requests: the next one brings the graph to where it should be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kg.push.http import Client
from tests.push.test_difference import loaded, mark_of, pushed
from tests.push.test_faults import held
from tests.store.graphs import big

if TYPE_CHECKING:
    from pathlib import Path

    from kg.push import Target
    from tests.push.servers import Running


class Killed(BaseException):
    """Ends a push where a test wants it to end."""


class Killer:
    """Kills at the request whose number is ``at``, before it is sent or after it was answered."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.at, self.after, self.seen = -1, False, 0
        once = Client._once  # noqa: SLF001 - one request, sent and answered

        def killing(*args: Any, **more: Any) -> Any:
            number, self.seen = self.seen, self.seen + 1
            if number == self.at and not self.after:
                raise Killed
            answer = once(*args, **more)
            if number == self.at:
                raise Killed
            return answer

        patch.setattr(Client, "_once", killing)

    def kills(self, at: int, target: Target, project: Path, *, after: bool) -> bool:
        """Whether the push came so far that it was killed."""
        self.at, self.after, self.seen = at, after, 0
        try:
            pushed(target, project, verify="counts")
        except Killed:
            return True
        finally:
            self.at = -1
        return False


@pytest.fixture
def killer(monkeypatch: pytest.MonkeyPatch) -> Killer:
    return Killer(monkeypatch)


@pytest.fixture(params=["oxigraph", "virtuoso"])
def target(request: pytest.FixtureRequest, graph: str) -> Target:
    server: Running = request.getfixturevalue(request.param)
    found = server.target(graph)
    return replace(found, server=replace(found.server, batch=50))


@pytest.mark.parametrize("after", [False, True])
def test_in_a_difference(target: Target, killer: Killer, tmp_path: Path, *, after: bool) -> None:
    loaded(tmp_path, a=big(100))
    pushed(target, tmp_path)
    at = 0
    while True:
        wanted = loaded(tmp_path, a=big(100 + at, changed=(at * 50) % 99))
        if not killer.kills(at, target, tmp_path, after=after):
            break
        done = pushed(target, tmp_path)
        assert done.way in {"difference", "nothing"}
        assert held(target) == wanted
        assert len(mark_of(target)) == 1
        at += 1
    assert held(target) == wanted
    assert at > 5


@pytest.mark.parametrize("way", ["store", "update"])
@pytest.mark.parametrize("after", [False, True])
def test_in_the_whole(
    oxigraph: Running, graph: str, killer: Killer, tmp_path: Path, way: str, *, after: bool
) -> None:
    target = oxigraph.target(graph)
    target = replace(target, server=replace(target.server, batch=50, one_step=False))
    target = target if way == "store" else replace(target, store="")
    at = 0
    while True:
        project, one = tmp_path / str(at), replace(target, graph=f"{target.graph}/{at}")
        wanted = loaded(project, a=big(30))
        if not killer.kills(at, one, project, after=after):
            break
        # and what is there by then is another graph
        wanted = loaded(project, a=big(31)) if at % 2 else wanted
        pushed(one, project)
        assert held(one) == wanted
        assert len(mark_of(one)) == 1
        at += 1
    assert held(one) == wanted
    assert at > 3
