"""The data directory itself: who writes, what was left, what is not ours, rights, room."""

from __future__ import annotations

import os
import re
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import Place, Problem, StoreError
from kg.identity.judgements import FILE
from kg.store import aside
from kg.store.archive import ENTITIES, MANIFEST, RECORDS, RESOLUTIONS, TRIPLES
from kg.store.durable import GONE, PART
from kg.store.lock import WriterLock
from kg.store.state import parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack

    from kg.store.checkup.seen import Seen
    from kg.store.layout import Layout

_VERSION_FILES: Final = "|".join(map(re.escape, (ENTITIES, MANIFEST, RECORDS, RESOLUTIONS, TRIPLES)))
_OURS: Final = re.compile(
    r"lock(\.json)?|journal|journal\.copy|names(-journal)?"
    rf"|archive/[^/]+/\d+/({_VERSION_FILES})"
    r"|(store|checkpoints/\d+)/[^/]+|checkpoints/\d+\.digests"
    r"|(judged|corrections)/[0-9a-f]{64}\.jsonl|quarantine/[^/]+\.jsonl"
    r"|push/[0-9a-f]+\.(journal|patch|lock)"
)
_LEFT: Final = re.compile(
    rf"(.*/)?[^/]*({re.escape(PART)}|{re.escape(GONE)})(/.*)?|(store\.(new|old)|trial)(/.*)?|aside/[^/]+(/.*)?|push/[0-9a-f]+\.damaged"
)
_ROOM: Final = 64 << 20
_TIMES: Final = 2
"""A new store is made beside the old one, and while it is made its files are there up to twice."""


def anything(layout: Layout) -> bool:
    """Whether something was ever loaded."""
    folders = (layout.archive, layout.checkpoints, layout.store)
    return layout.journal_copy.exists() or any(f.is_dir() and any(f.iterdir()) for f in folders)


def count(layout: Layout) -> int:
    """How many files there are."""
    return sum(len(names) for _, _, names in os.walk(layout.data))


def _all(layout: Layout) -> Iterator[tuple[str, Path]]:
    """Each file with its path below the data directory."""
    for folder, folders, names in os.walk(layout.data):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            yield path.relative_to(layout.data).as_posix(), path


def lock(layout: Layout, stack: ExitStack, problems: list[Problem]) -> bool:
    """Whether nobody writes: the lock is then held until ``stack`` is closed."""
    left = layout.holder.exists()
    try:
        stack.callback(WriterLock(layout).release)
    except StoreError as error:
        args = {"file": str(layout.lock), **error.args_shown}
        code = "doctor-busy" if "pid" in args else "doctor-busy-unknown"
        problems.append(Problem(code, args=args, severity="info", place=Place(str(layout.lock))))
        return False
    except OSError as error:
        args = {"file": str(layout.lock), "reason": error.strerror}
        problems.append(Problem("store-disk", args=args, place=Place(str(layout.lock))))
        return True
    if left:
        place = Place(str(layout.holder))
        problems.append(Problem("doctor-lock-left", args={"file": str(place)}, severity="info", place=place))
    return True


def pending(seen: Seen) -> Iterator[Problem]:
    """What was begun and not finished."""
    path = seen.layout.journal
    if seen.journal.torn and not seen.busy:
        yield seen.problem("doctor-torn", path, "warning")
    entry = seen.state.pending
    if entry is not None and not seen.busy:
        names = ", ".join(part["dataset"] for part in parts(entry.facts))
        if names:
            yield seen.problem("doctor-pending", path, "warning", dataset=names)
        else:
            yield seen.problem("doctor-pending-judgements", path, "warning")
    if seen.waiting and not seen.busy:
        files = ", ".join(str(place.relative_to(seen.layout.project)) for place in sorted(seen.waiting))
        yield seen.problem("doctor-not-brought", seen.layout.aside, "warning", files=files)


def files(seen: Seen) -> Iterator[Problem]:
    """Leftovers of what was cut off, and what is not ours."""
    layout = seen.layout
    known = {layout.version(v.dataset, v.version) for v in seen.versions}
    needed = aside.changed(seen.journal.entries) | ({seen.state.pending.seq} if seen.state.pending else set())
    told: set[Path] = {layout.aside / str(number) for number in needed}
    for name, path in _all(layout):
        if _LEFT.fullmatch(name) and not seen.busy:
            top = _first_left(layout, path)
            if top not in told:
                yield seen.problem("doctor-left", top, "info")
            told.add(top)
        elif not _OURS.fullmatch(name) and not _LEFT.fullmatch(name):
            yield seen.problem("doctor-foreign", path, "info")
        elif name.startswith("archive/") and path.parent not in known | told and not seen.busy:
            told.add(path.parent)
            yield seen.problem("doctor-left", path.parent, "info")
    beside = layout.project / (FILE + PART)
    if beside.exists():
        yield seen.problem("doctor-left", beside, "info")


def _first_left(layout: Layout, path: Path) -> Path:
    """The file or the folder that was left as a whole."""
    for above in reversed([path, *path.parents]):
        if above.is_relative_to(layout.data) and above != layout.data:
            name = above.relative_to(layout.data).as_posix()
            if _LEFT.fullmatch(name) or _LEFT.fullmatch(f"{name}/"):
                return above
    return path


def permissions(layout: Layout) -> Iterator[Problem]:
    """What can't be read or written, and what anybody may write."""
    folders = [layout.data, *(p for p in sorted(layout.data.rglob("*")) if p.is_dir() and not p.is_symlink())]
    for path in (*folders, *(path for _, path in _all(layout))):
        args = {"file": str(path)}
        wanted = os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0)
        if not os.access(path, wanted):
            yield Problem("doctor-permission", args=args, place=Place(str(path)))
        elif path in folders and path.stat().st_mode & (stat.S_IWOTH | stat.S_ISVTX) == stat.S_IWOTH:
            yield Problem("doctor-writable", args=args, severity="warning", place=Place(str(path)))


def space(seen: Seen) -> Iterator[Problem]:
    """Whether there is room to make the store anew, which is also what a large load may need."""
    free = shutil.disk_usage(seen.layout.data).free
    store = seen.layout.store
    used = sum(path.stat().st_size for path in store.iterdir()) if store.is_dir() else 0
    needed = _TIMES * used + _ROOM
    if free < needed:
        yield seen.problem("doctor-space", seen.layout.data, "warning", free=free, needed=needed)
