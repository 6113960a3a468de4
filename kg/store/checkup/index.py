"""The embedded store and its copies for readers, against the archive they are made from."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store import checkpoints, judged
from kg.store.checkup.files import lock
from kg.store.checkup.seen import of_state
from kg.store.contents import differences, given
from kg.store.durable import digest_of, is_corruption
from kg.store.embedded import CURRENT, Embedded
from kg.store.journal import Journal
from kg.store.state import replay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.errors import Problem
    from kg.store.checkup.seen import Seen
    from kg.store.contents import Sum
    from kg.store.state import State


def checkpoint_files(seen: Seen) -> Iterator[Problem]:
    """The files of the copies for readers, and those that the store shares with them."""
    folder = seen.layout.checkpoints
    there = checkpoints.numbers(folder)
    if seen.state.number not in there and not seen.busy and seen.state.pending is None:
        yield seen.problem("doctor-no-checkpoint", folder / str(seen.state.number), "warning")
    shared: dict[str, str] = {}
    for number in there:
        copy = folder / str(number)
        known = checkpoints.digests(copy)
        if known is None:
            if copy.is_dir():  # and not taken away by a writer in this moment
                yield seen.problem("doctor-no-digests", checkpoints.beside(copy), "warning")
            continue
        shared = dict(known)
        found = list(_changed(seen, copy, known, "doctor-checkpoint", must_exist=True))
        seen.sound |= set() if found else {number}
        yield from found
    store = seen.layout.store
    tables = {name: digest for name, digest in shared.items() if name.endswith(".sst")}
    yield from _changed(seen, store, tables, "doctor-store-file", must_exist=False)
    seen.unknown = any(path.name not in tables for path in store.glob("*.sst"))


def _changed(
    seen: Seen, folder: Path, known: Mapping[str, str], code: str, *, must_exist: bool
) -> Iterator[Problem]:
    for name, digest in known.items():
        found = digest_of(folder / name)
        if found != digest and (found or must_exist) and folder.is_dir():
            yield seen.problem(code, folder / name)


def contents(seen: Seen) -> Iterator[Problem]:
    """Whether the store and the newest copy hold exactly what the archive gives.

    A copy whose files are what they were holds what the store held when it was made.
    """
    compared = None
    settled = not seen.busy and seen.state.pending is None and not seen.journal.torn
    with ExitStack() as stack:
        if settled and lock(seen.layout, stack, []) and _now(seen) == seen.state:
            store = seen.layout.store
            if (store / CURRENT).is_file():
                compared = seen.state.number
                yield from _compared(seen, store, seen.state)
            elif seen.state.loaded:
                yield seen.problem("doctor-store-missing", store)
    there = [n for n in checkpoints.numbers(seen.layout.checkpoints) if n <= seen.journal.entries[-1].seq]
    if there and not (there[-1] == compared and there[-1] in seen.sound):
        state = replay(entry for entry in seen.journal.entries if entry.seq <= there[-1])
        yield from _compared(seen, seen.layout.checkpoints / str(there[-1]), state)


def _now(seen: Seen) -> State:
    """The state as it is now: somebody may have loaded meanwhile."""
    try:
        return replay(Journal.read(seen.layout.journal).entries)
    except StoreError:  # it is damaged, so nobody can have loaded
        return seen.state


def _compared(seen: Seen, folder: Path, state: State) -> Iterator[Problem]:
    wanted = list(of_state(state).values())
    if any(version not in seen.whole for version in wanted):
        yield seen.problem("doctor-unchecked", folder, "info")
        return
    try:
        wanted_triples = _given(seen, state)
    except StoreError:
        yield seen.problem("doctor-unchecked", folder, "info")
        return
    try:
        embedded = Embedded(folder, write=False)
        try:
            for found in differences(embedded, wanted_triples):
                args = {"graph": _shown(found.graph), "expected": found.expected, "found": found.found}
                yield seen.problem("doctor-index", folder, **args)
            if folder == seen.layout.store and seen.unknown:
                embedded.read_in_every_order()
        finally:
            embedded.close()
    except (OSError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and not is_corruption(error):
            raise
        yield seen.problem("store-corrupt", folder, folder=str(folder), reason=str(error))


def _given(seen: Seen, state: State) -> Mapping[str, Sum]:
    """What the archives of a state give, worked out once for the store and its copy."""
    made_of = (tuple(of_state(state).values()), state.judged)
    if made_of not in seen.given:
        together = judged.together(judged.kept(seen.layout, state.judged))
        seen.given[made_of] = given([seen.whole[version] for version in made_of[0]], together)
    return seen.given[made_of]


def _shown(graph: str) -> object:
    return f"<{graph}>" if graph else {"en": "the default graph", "ko": "기본 그래프"}
