"""Killed at any instant, or without what was not synced: the old state or the new one, nothing lost, nothing doubled.

``KG_CRASH=2000`` (``make crash``) is the long form. What each kill hit is printed with ``pytest -s``.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.crash import children, project
from tests.crash.disk import Disk
from tests.crash.world import undisturbed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.crash.children import Ended, Told
    from tests.crash.project import Doing
    from tests.crash.world import Undisturbed, World

KILLS: Final = int(os.environ.get("KG_CRASH", "200"))
"""How many in all, without those that lose what was not synced, a quarter as many; in the short form 2 in each way."""
EACH: Final = KILLS // len(project.DOINGS)
LONG: Final = KILLS > 200
AGAIN: Final = 3 if LONG else 6
"""In each so-manieth run what mends the store is killed too."""
FINISHED: Final = 1 if LONG else 6
"""In each so-manieth run what was cut off is done again, and exported."""


@pytest.fixture(params=project.DOINGS, ids=lambda doing: doing.name)
def doing(request: pytest.FixtureRequest) -> Doing:
    found: Doing = request.param
    if found.pushes:
        request.getfixturevalue("server")
    return found


def test_after_a_kill_the_store_is_what_it_was_or_what_it_was_to_be(world: World, doing: Doing) -> None:
    chance = random.Random(doing.name)
    known = undisturbed(world, doing)
    hit: Counter[str] = Counter()
    became: Counter[str] = Counter()
    steps = len(known.told)
    for number in range(EACH):
        folder = world.fresh(doing)
        if number < min(steps, EACH // 2):
            ended = children.run(partial(_dying, folder, doing, number), world.log)
        else:
            ended = children.run(
                partial(project.do, folder, doing), world.log, kill=_at_random(chance, known)
            )
        assert ended.code in {children.KILLED, doing.exit_code}, world.log.read_text("utf-8")
        hit[_where(ended)] += 1
        became[_held(world, folder, doing, known, chance, finish=not number % FINISHED)] += 1
        shutil.rmtree(folder)
    sys.stdout.write(f"{doing.name}: {sum(hit.values())} kills: {_told(hit)}; then it was {_told(became)}\n")
    assert set(became) <= {"old", "new"}
    assert len(hit) > min(steps, EACH // 2) / 2


def test_without_what_was_not_synced_too(world: World, doing: Doing) -> None:
    chance = random.Random(doing.name)
    known = undisturbed(world, doing)
    folder = world.fresh(doing)
    ended = children.run(partial(_on_disk, folder, doing, None), world.log)
    assert ended.code == doing.exit_code, world.log.read_text("utf-8")
    shutil.rmtree(folder)
    instants = range(len(ended.told))
    count = EACH // 4 if LONG else 2
    chosen = (
        sorted(chance.sample(instants, count))
        if count < len(instants)
        else [*instants] * (count // len(instants))
    )
    became: Counter[str] = Counter()
    for number in chosen:
        folder = world.fresh(doing)
        lost = folder.with_suffix(".lost")
        keep = chance.choice((0.0, 0.5, 0.9))
        cut = (number, lost, random.Random(chance.random()), keep)
        died = children.run(partial(_on_disk, folder, doing, cut), world.log)
        assert died.code == children.KILLED, world.log.read_text("utf-8")
        shutil.rmtree(folder)
        lost.rename(folder)
        became[_held(world, folder, doing, known, chance)] += 1
        shutil.rmtree(folder)
    sys.stdout.write(
        f"{doing.name}: {len(chosen)} losses of power, at {len(set(chosen))} of {len(instants)} instants; "
        f"then it was {_told(became)}\n"
    )
    assert set(became) <= {"old", "new"}


def _held(
    world: World,
    folder: Path,
    doing: Doing,
    known: Undisturbed,
    chance: random.Random,
    *,
    finish: bool = True,
) -> str:
    """Which state the project is in, "old" or "new"; and, if it is to be finished, that it ends as it should."""
    if not chance.randrange(AGAIN):
        _kill_what_mends(world, folder, chance)
    graph = world.on_server(doing)
    found = children.answer(lambda: _mended(folder, doing, known, finish=finish), world.log)
    state = found["state"]
    wanted = {"old": known.old["server"], "new": known.new["server"]}
    if doing.pushes:
        state = (
            "new" if graph == known.new["server"] else "old" if graph == known.old["server"] else "neither"
        )
        assert graph in wanted.values(), "readers of the server see neither the old graph nor the new one"
    if not finish:
        return str(state)
    assert found["after"] == {k: v for k, v in known.new.items() if k != "server"}
    assert found["export"] == known.export
    assert world.on_server(doing) == known.new["server"]
    return str(state)


def _mended(folder: Path, doing: Doing, known: Undisturbed, *, finish: bool) -> dict[str, Any]:
    """In a child: what there is, then what there is when it is done again, and what is exported then."""
    found = project.seen(folder)
    # judgements.jsonl is the user's: what stands in it is brought into the graph by the next change
    asked = ("graph", "datasets", "quarantine", "judged")
    states = {"old": known.old, "new": known.new}
    state = next((n for n, s in states.items() if all(found[a] == s[a] for a in asked)), f"{found}")
    if not finish:
        return {"state": state}
    if state == "old" or doing.pushes:
        code = project.command(folder, doing.command)
        assert code == doing.exit_code, code
    return {"state": state, "after": project.seen(folder), "export": project.exported(folder)}


def _kill_what_mends(world: World, folder: Path, chance: random.Random) -> None:
    number = chance.randrange(6)

    def mend(tell: Callable[[str], None]) -> int:
        project.seen(folder, step=_dies_at(tell, number))
        return 0

    ended = children.run(mend, world.log)
    assert ended.code in {0, children.KILLED}, world.log.read_text("utf-8")


def _on_disk(
    folder: Path,
    doing: Doing,
    cut: tuple[int, Path, random.Random, float] | None,
    tell: Callable[[str], None],
) -> int:
    """In a child: do it on a disk that forgets, and lose power at an instant."""
    told = 0

    def instant(what: str) -> None:
        nonlocal told
        tell(what)
        if cut is not None and told == cut[0]:
            disk.lose_power(cut[1], cut[2], keep=cut[3])
            os.kill(os.getpid(), signal.SIGKILL)
        told += 1

    disk = Disk(folder, instant)
    return project.do(folder, doing, instant)


def _dying(folder: Path, doing: Doing, number: int, tell: Callable[[str], None]) -> int:
    """In a child: do it, and die at a step."""
    return project.do(folder, doing, _dies_at(tell, number))


def _dies_at(tell: Callable[[str], None], number: int) -> Callable[[str], None]:
    """Tells each step, and dies at one."""
    left = number

    def step(what: str) -> None:
        nonlocal left
        tell(what)
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    return step


def _at_random(chance: random.Random, known: Undisturbed) -> Callable[[Told], float | None]:
    """An instant between one step that is chosen and the next, or at most shortly after the last one."""
    number = chance.randrange(len(known.told))
    times = [*(when for when, _ in known.told), known.seconds]
    wait = chance.random() * max(times[number + 1] - times[number], 0.001)

    def kill(told: Told) -> float | None:
        return told[number][0] + wait if len(told) > number else None

    return kill


def _where(ended: Ended) -> str:
    return f"after {ended.last}" if ended.code == children.KILLED else "too late"


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in counts.items())
