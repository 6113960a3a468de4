"""A full disk, one that can only be read, no rights, too few files, signals, a clock that goes back, another writer.

Each command says in a sentence what is wrong and ends with the code that is documented; the store is as it was.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import pytest

from kg.errors import STORE_OR_SERVER, WRONG_USAGE
from kg.store import Store, journal
from tests.crash import children, project
from tests.crash.world import undisturbed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.crash.project import Doing
    from tests.crash.world import World

EXPORT: Final = project.Doing("export", ("export", "-o", "graph.ttl"))
WRITERS: Final = tuple(
    project.doing(name) for name in ("load", "replace", "retract", "judge", "replay", "rebuild")
)
PUSHES: Final = (project.doing("push"), project.doing("push of a change"))
NOBODY: Final = 65534
LONG: Final = "KG_CRASH" in os.environ
"""More of each, and each command is run again afterwards."""
INTERRUPTED, TERMINATED, HUNG_UP = 130, 143, 129

every_writer = pytest.mark.parametrize("doing", WRITERS, ids=lambda doing: doing.name)
every_command = pytest.mark.parametrize("doing", [*WRITERS, *PUSHES, EXPORT], ids=lambda doing: doing.name)


@pytest.fixture(autouse=True)
def _server(request: pytest.FixtureRequest) -> None:
    """A server for those that push."""
    if "doing" in request.fixturenames and request.getfixturevalue("doing").pushes:
        request.getfixturevalue("server")


def ends(
    world: World, folder: Path, doing: Doing, before: Callable[[], None] = lambda: None
) -> tuple[int, str]:
    """The exit code of a command that starts under some condition, and what it says."""
    world.log.write_text("")

    def work(tell: Callable[[str], None]) -> int:
        before()
        return project.do(folder, doing, tell)

    code = children.run(work, world.log).code
    said = world.log.read_text("utf-8")
    assert "Traceback" not in said
    assert "error[internal]" not in said, said
    return code, said


def is_whole(world: World, folder: Path, doing: Doing, *, allowed: tuple[str, ...] = ("old",)) -> None:
    """The project is in one of the states, and when nothing is in the way any more all is as it should be."""
    known = undisturbed(world, doing)
    found = world.seen(folder, doing)
    states = {"old": known.old, "new": known.new}
    assert any(_same(found, states[name]) for name in allowed), found
    if not LONG:
        return
    if not _same(found, known.new) or doing.pushes:
        code, said = ends(world, folder, doing)
        assert code == doing.exit_code, said
    assert _same(world.seen(folder, doing), known.new)


def _same(found: dict[str, Any], known: dict[str, Any]) -> bool:
    return all(found[key] == known[key] for key in ("graph", "datasets", "quarantine", "judged", "server"))


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of its own."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs"]
    if subprocess.run(["mount", *options, str(folder)], check=False, capture_output=True).returncode:
        pytest.skip("a file system can't be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("free", [0, 24, 96] if LONG else [24])
@every_command
def test_a_full_disk(world: World, tmp_path: Path, doing: Doing, free: int) -> None:
    with small_disk(tmp_path / "disk", 16_000) as disk:
        folder = disk / "project"
        shutil.move(world.fresh(doing), folder)
        temporary = disk / "tmp"
        temporary.mkdir()
        space = os.statvfs(disk)
        with (disk / "ballast").open("wb") as ballast:
            ballast.write(bytes(space.f_bavail * space.f_frsize - free * 1024))

        code, said = ends(world, folder, doing, lambda: _temporary_files_in(temporary))
        (disk / "ballast").unlink()
        if code != doing.exit_code:
            assert code in {STORE_OR_SERVER, WRONG_USAGE if doing is EXPORT else STORE_OR_SERVER}, said
            assert "No space left on device" in said
        else:
            assert free, said
        is_whole(world, folder, doing, allowed=("old", "new"))


def _temporary_files_in(folder: Path) -> None:
    import tempfile  # noqa: PLC0415 - of the child

    tempfile.tempdir = str(folder)


@pytest.mark.parametrize("kilobytes", [2, 8, 32] if LONG else [8])
@every_writer
def test_a_limit_on_the_size_of_files(world: World, doing: Doing, kilobytes: int) -> None:
    folder = world.fresh(doing)
    code, said = ends(world, folder, doing, lambda: _limited(resource.RLIMIT_FSIZE, kilobytes << 10))
    if code != doing.exit_code:
        assert code == STORE_OR_SERVER, said
        assert "File too large" in said
    is_whole(world, folder, doing, allowed=("old", "new"))


def _limited(what: int, most: int) -> None:
    resource.setrlimit(what, (most, resource.getrlimit(what)[1]))


@pytest.mark.parametrize("files", [9, 12, 16, 24, 40] if LONG else [12])
@every_command
def test_a_limit_on_open_files(world: World, doing: Doing, files: int) -> None:
    folder = world.fresh(doing)
    code, said = ends(world, folder, doing, lambda: _limited(resource.RLIMIT_NOFILE, files))
    if code != doing.exit_code:
        assert code in {STORE_OR_SERVER, WRONG_USAGE}, said
        assert "Too many open files" in said or "ulimit" in said
    is_whole(world, folder, doing, allowed=("old", "new"))


@every_writer
def test_a_disk_that_can_only_be_read(world: World, tmp_path: Path, doing: Doing) -> None:
    with small_disk(tmp_path / "disk", 16_000) as disk:
        folder = disk / "project"
        shutil.move(world.fresh(doing), folder)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        code, said = ends(world, folder, doing)
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        assert code == STORE_OR_SERVER, said
        assert "Read-only file system" in said
        is_whole(world, folder, doing)


def test_a_disk_that_can_only_be_read_is_enough_for_readers(world: World, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 16_000) as disk:
        folder = disk / "project"
        shutil.move(world.fresh(EXPORT), folder)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        out = tmp_path / "out.ttl"
        for command in (("export", "-o", str(out)), ("status",), ("query", "investments"), ("quarantine",)):
            code, said = ends(world, folder, project.Doing("read", command))
            assert code in {0, 1}, said
        assert out.stat().st_size > 1000


@every_writer
def test_no_right_to_write(world: World, doing: Doing) -> None:
    folder = world.fresh(doing)
    _open_the_way_to(folder)
    with _rights(folder / ".kg", 0o555):
        code, said = ends(world, folder, doing, _become_nobody)
    assert code == STORE_OR_SERVER, said
    assert "Permission denied" in said
    is_whole(world, folder, doing)


@every_command
def test_no_right_to_read(world: World, doing: Doing) -> None:
    folder = world.fresh(doing)
    _open_the_way_to(folder)
    with _rights(folder / ".kg", 0o000):
        code, said = ends(world, folder, doing, _become_nobody)
    assert code == STORE_OR_SERVER, said
    assert "Permission denied" in said
    is_whole(world, folder, doing)


def _open_the_way_to(folder: Path) -> None:
    for above in folder.parents[:4]:
        if above.stat().st_uid == os.getuid() and above.name.startswith(("pytest", "crash")):
            above.chmod(0o755)


@contextmanager
def _rights(folder: Path, mode: int) -> Iterator[None]:
    inside = [folder, *folder.rglob("*")]
    before = {path: path.stat().st_mode for path in inside}
    for path in reversed(inside):
        path.chmod(mode)
    try:
        yield
    finally:
        for path, was in before.items():
            path.chmod(was)


def _become_nobody() -> None:
    """The rights of files do not hold root."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


SIGNALS = {signal.SIGINT: INTERRUPTED, signal.SIGTERM: TERMINATED, signal.SIGHUP: HUNG_UP}


@pytest.mark.parametrize("sent", SIGNALS, ids=lambda number: number.name)
@every_command
def test_a_signal_in_the_middle(world: World, doing: Doing, sent: signal.Signals) -> None:
    steps = [what for _, what in undisturbed(world, doing).told]
    middle = len(steps) // 2
    for number in range(1, len(steps) - 1, 3) if LONG else (middle + list(SIGNALS).index(sent),):
        folder = world.fresh(doing)
        left = number

        def work(tell: Callable[[str], None], folder: Path = folder) -> int:
            def step(what: str) -> None:
                nonlocal left
                tell(what)
                left -= 1
                if left == -1:
                    os.kill(os.getpid(), sent)

            return project.do(folder, doing, step)

        ended = children.run(work, world.log)
        said = world.log.read_text("utf-8")
        assert ended.code == SIGNALS[sent], (steps[number], said)
        assert "Traceback" not in said
        assert not list(folder.glob(".graph.ttl*"))
        is_whole(world, folder, doing, allowed=("old", "new"))


@every_command
def test_a_clock_that_goes_back(world: World, doing: Doing) -> None:
    folder = world.fresh(doing)
    for path in folder.rglob("*"):
        os.utime(path, (1e9, 4e9))
    code, said = ends(world, folder, doing, _clock_backwards)
    assert code == doing.exit_code, said
    is_whole(world, folder, doing, allowed=("new",))


def _clock_backwards() -> None:
    """Each look at the clock in the child tells an earlier day."""
    import time  # noqa: PLC0415 - of the child

    days = count()
    start = datetime(1999, 12, 31, tzinfo=UTC)

    class Backwards(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return (start - timedelta(days=next(days))).astimezone(tz)

    vars(journal)["datetime"] = Backwards
    time.time = lambda: start.timestamp() - 86_400 * next(days)


@every_command
def test_another_writer(world: World, doing: Doing) -> None:
    folder = world.fresh(doing)
    here, there = os.pipe()
    inherited, quits = os.pipe()

    pid = os.fork()
    if not pid:
        os.close(quits)
        with Store.open(folder, write=True):
            os.write(there, b"x")
            os.read(inherited, 1)
        os._exit(0)
    os.read(here, 1)
    code, said = ends(world, folder, doing)
    for fd in (quits, inherited, here, there):
        os.close(fd)
    os.waitpid(pid, 0)
    if doing in WRITERS:
        assert code == STORE_OR_SERVER, said
        assert f"process {pid}" in said
        is_whole(world, folder, doing)
    else:
        assert code == 0, said


def test_many_writers_at_once_are_one_after_another_or_refused(world: World) -> None:
    doing = project.doing("load")
    folder = world.fresh(doing)
    pids = []
    for _ in range(5):
        pid = os.fork()
        if not pid:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            os._exit(project.do(folder, doing, lambda _what: None))
        pids.append(pid)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    assert set(codes) <= {doing.exit_code, STORE_OR_SERVER}
    assert doing.exit_code in codes
    is_whole(world, folder, doing, allowed=("new",))
