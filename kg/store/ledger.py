"""What is known of a graph that was pushed to a server: a journal of its own for each target.

It says what the graph held after the last push, which push is under way, and how much of that the server has
acknowledged. When a push is done, the journal begins anew with that. One push at a time, by a lock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from kg.errors import StoreError
from kg.store.durable import PART, make_folder, remove, said
from kg.store.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store.layout import Layout

BEGUN: Final = "begun"
ACKNOWLEDGED: Final = "acknowledged"
PUSHED: Final = "pushed"


class Ledger:
    """The journal of one target, held by one push until it is closed."""

    def __init__(self, layout: Layout, key: str) -> None:
        """Take hold of the journal that has the name ``key``.

        Raises ``StoreError`` if another push to the target is under way. A journal that is damaged is set
        aside (``damaged``): what the server says of itself must then do.
        """
        from filelock import FileLock, Timeout  # noqa: PLC0415 - only who pushes needs it

        self.path = layout.pushes / f"{key}.journal"
        self.patch = layout.pushes / f"{key}.patch"
        """What is under way to the server."""
        with said(layout.pushes):
            make_folder(layout.pushes)
            self._lock = FileLock(layout.pushes / f"{key}.lock", timeout=0)
            try:
                self._lock.acquire()
            except Timeout as error:
                raise StoreError("push-under-way", folder=str(layout.project)) from error
        self.damaged = False
        self._journal: Journal | None = None
        try:
            remove(self.path.with_name(self.path.name + PART))  # of a push that was cut off
            self._journal = self._read()
        except BaseException:
            self._lock.release()
            raise

    def _read(self) -> Journal | None:
        with said(self.path):
            if not self.path.exists():
                return None
            try:
                journal = Journal.read(self.path)
            except StoreError as error:
                if error.code != "store-journal-damaged":
                    raise
                self.damaged = True
                self.path.replace(self.path.with_suffix(".damaged"))
                return None
            if journal.torn:
                journal.cut()
            return journal

    def __enter__(self) -> Self:
        """Use as a context, so that the lock is let go."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let others push."""
        self._lock.release()

    @property
    def pushed(self) -> Mapping[str, Any] | None:
        """What was noted when the last push was done."""
        return self._last(PUSHED)

    @property
    def begun(self) -> Mapping[str, Any] | None:
        """What was noted when the push began that is under way."""
        return self._last(BEGUN)

    @property
    def acknowledged(self) -> int:
        """How much of the push that is under way the server has acknowledged."""
        noted = self._last(ACKNOWLEDGED)
        return noted["lines"] if noted else 0

    def begin(self, **facts: Any) -> None:  # noqa: ANN401 - what JSON can hold
        """Note that a push begins."""
        self._append(BEGUN, facts)

    def acknowledge(self, lines: int) -> None:
        """Note how many lines of it the server has."""
        self._append(ACKNOWLEDGED, {"lines": lines})

    def done(self, **facts: Any) -> None:  # noqa: ANN401 - what JSON can hold
        """Note what the graph holds now, and forget how that came about."""
        with said(self.path):
            self._journal = Journal.create(self.path, (PUSHED, facts))
            remove(self.patch)

    def _append(self, state: str, facts: Mapping[str, Any]) -> None:
        with said(self.path):
            if self._journal is None:
                self._journal = Journal.create(self.path)
            self._journal.append(state, **facts)

    def _last(self, state: str) -> Mapping[str, Any] | None:
        """The facts of the newest such entry since the last push began, or of that push."""
        for entry in reversed(self._journal.entries if self._journal is not None else ()):
            if entry.state == state:
                return entry.facts
            if entry.state == BEGUN and state == ACKNOWLEDGED:
                return None
        return None
