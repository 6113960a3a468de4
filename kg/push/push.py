"""A push from its start to its end.

look       how many triples the graph holds, and what its mark says
finish     the difference that an earlier push could not get through
decide     nothing, a difference, or the whole; or refuse, since somebody else has changed the graph
send       by one of the ways of ``send``
look       and send once more what is not there, although the server said that all went well
compare    triple by triple, if that is wanted
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import ServerError, StoreError, UsageError
from kg.push import mark, send
from kg.push.compare import compare, distinct_for, key, survives_update
from kg.push.http import Client
from kg.push.mark import Mark
from kg.push.past import Past
from kg.push.patch import Patch
from kg.push.patience import may_pass, patiently
from kg.push.pushed import Planned, Pushed
from kg.push.readback import contents, look
from kg.push.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.push.compare import Comparison
    from kg.push.mark import Seen
    from kg.push.past import Base
    from kg.push.pushed import Verify, Way
    from kg.push.target import Target
    from kg.store import Store

    Lines = Callable[[], Iterable[str]]
    Progress = Callable[[str, int, int], None]
    """Hears what is going on, and how many triples of how many are through."""

FULL_BELOW: Final = 200_000
"""Graphs with fewer triples are compared triple by triple when they were sent whole, unless the caller says
otherwise."""
ROUNDS: Final = 3
"""How often something is sent that is not there although the server said so."""


def push(
    target: Target,
    lines: Lines,
    *,
    store: Store | None = None,
    verify: Verify | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Pushed:
    """Make the graph of ``target`` equal to ``lines`` (canonical N-Triples), and read back that it is.

    ``store`` is the one whose graph the lines are, if there is one: then only what has changed since the last
    push is sent. ``force`` sends everything, whatever the graph holds and whoever has changed it. Raises
    ``UsageError`` for a blank node; ``ServerError`` if the server fails, with its words and what the
    graph then holds, if somebody else has changed the graph, or if what is read back is not what was sent.
    """
    _refuse_read_only(target)
    with ExitStack() as opened:
        past = opened.enter_context(Past(target, store))
        client = opened.enter_context(Client(target))
        return _Run(opened, client, past, lines, progress or _nobody).through(verify, force=force)


def plan(target: Target, lines: Lines, *, store: Store | None = None, force: bool = False) -> Planned:
    """What :func:`push` would send to a server; asks the server, and changes nothing.

    Raises what that does before it sends anything.
    """
    _refuse_read_only(target)
    with ExitStack() as opened:
        past = opened.enter_context(Past(target, store, noting=False))
        client = opened.enter_context(Client(target))
        return _Run(opened, client, past, lines, _nobody).plan(force=force)


def _refuse_read_only(target: Target) -> None:
    if not target.update and not target.store:
        raise UsageError("push-read-only", name=target.name)


class _Job(NamedTuple):
    """What is to be sent so that the graph becomes ``new``: a patch, or the whole where there is none."""

    way: Way
    new: Mark
    patch: Patch | None = None
    added: int = 0
    removed: int = 0


class _Run:
    """One push, and what it has found out and done."""

    def __init__(self, opened: ExitStack, client: Client, past: Past, lines: Lines, tell: Progress) -> None:
        self.opened, self.client, self.past, self.lines, self.tell = opened, client, past, lines, tell
        self.target = client.target
        self.bytes = self.added = self.removed = 0
        client.told = lambda wait, _error: tell("waiting", round(wait), 0)

    @cached_property
    def spool(self) -> Spool:
        """All lines, gone through when they are first needed."""
        return self.opened.enter_context(Spool(self.lines()))

    def plan(self, *, force: bool) -> Planned:
        """What would be sent."""
        seen = look(self.client)
        resumed = None if force else self.past.cut_off(seen)
        if resumed is not None:
            patch, new = resumed
            self.opened.enter_context(patch)
            return Planned(
                self.target, new.triples, seen.triples, "difference", patch.came, patch.gone, resumed=True
            )
        job = self.decide(seen, force=force)
        added = self.spool.triples if job.way in {"store", "update"} else job.added
        return Planned(self.target, job.new.triples, seen.triples, job.way, added, job.removed, resumed=False)

    def through(self, verify: Verify | None, *, force: bool) -> Pushed:
        """All of it."""
        before = seen = look(self.client)
        cut_off = None if force else self.past.cut_off(seen)
        if cut_off is not None:
            patch, new = cut_off
            seen, _ = self.carry_out(
                seen, _Job("difference", new, self.opened.enter_context(patch), patch.came, patch.gone)
            )
        job = self.decide(seen, force=force)
        if job.way != "nothing":
            seen, job = self.carry_out(seen, job)
        whole = job.way in {"store", "update"}
        how: Verify = verify or ("full" if whole and job.new.triples < FULL_BELOW else "counts")
        rewritten = self.compared(seen) if how == "full" else 0
        self.past.done(job.new)
        return Pushed(
            target=self.target,
            triples=self.spool.triples if "spool" in vars(self) else job.new.triples,
            found=seen.triples,
            before=before.triples,
            way="difference" if job.way == "nothing" and cut_off else job.way,
            added=self.added,
            removed=self.removed,
            resumed=cut_off is not None,
            verified=how,
            requests=self.client.requests,
            bytes=self.bytes,
            rewritten=rewritten,
        )

    def decide(self, seen: Seen, *, force: bool) -> _Job:
        """What is to be sent; raises ``ServerError`` if that would undo what somebody else has done."""
        base = self.past.base(seen)
        if base is not None and not force:
            revision = self.past.revision or self.spool.revision
            if base.mark.revision == revision and len(seen.marks) == 1:
                return _Job("nothing", base.mark)
            difference = self.difference(base, seen)
            if difference is not None:
                return difference
        elif seen.triples and not force and not self.past.is_ours(seen):
            raise self.changed(seen)
        return self.whole()

    def whole(self) -> _Job:
        """Everything, by the fastest way that the server has."""
        triples = distinct_for(self.spool, self.target.server.rewrites)
        new = Mark(self.past.revision or self.spool.revision, triples)
        return _Job("store", new) if self.target.store else self.by_updates(new)

    def by_updates(self, new: Mark) -> _Job:
        """Everything, for a server without the Graph Store Protocol."""
        patch = self.opened.enter_context(Patch.write(self.past.patch_file))
        patch.add([], self.spool.lines())
        patch.add([], [new.line])
        return _Job("update", new, patch, self.spool.triples)

    def difference(self, base: Base, seen: Seen) -> _Job | None:
        """What leads from what the graph holds to what it is to hold; None if the whole is less."""
        if base.origin is None or not self.target.update:
            return None
        rewrites = self.target.server.rewrites
        patch = self.opened.enter_context(Patch.write(self.past.patch_file))
        try:
            for moved in self.past.since(base.origin, lambda line: key(line, rewrites)):
                patch.add(*moved)
                if self.target.store and not all(survives_update(line, rewrites) for line in chain(*moved)):
                    return None
        except StoreError as error:
            if error.code not in {"store-damaged", "store-older"}:
                raise
            return None  # an old version is not kept any more
        new = Mark(self.past.revision, base.mark.triples + patch.came - patch.gone)
        added, removed = patch.came, patch.gone
        if added + removed > new.triples:
            return None
        patch.add([mark.line_of(text) for text in sorted(seen.marks - {new.text})], [new.line])
        return _Job("difference", new, patch, added, removed)

    def carry_out(self, seen: Seen, job: _Job) -> tuple[Seen, _Job]:
        """Send until the graph is what it is to be; give what was seen last, and how it was done."""
        try:
            return self.sent(seen, job), job
        except ServerError as error:
            refused = error.code == "push-refused" and not may_pass(error, self.target.patience)
            if refused and job.way == "difference" and self.target.store:
                # there may be values that a server takes in a body, and not in an update
                return self.carry_out(look(self.client), self.whole())
            if job.way == "store" and self.target.update and error.args_shown.get("status") in send.NO_STORE:
                return self.carry_out(seen, self.by_updates(job.new))
            raise _with_what_is_left(error, self.client, seen, job.new) from error

    def sent(self, seen: Seen, job: _Job) -> Seen:
        at = self.past.got_through(job.patch, seen) if job.patch is not None else 0
        if not at:
            self.past.begin(job.new, seen, job.patch, whole=job.way != "difference")
        found = seen
        for _ in range(ROUNDS):
            before = self.client.bytes
            self.send(job, at, empty=not seen.triples)
            self.bytes += self.client.bytes - before
            found = look(self.client)
            if found == job.new.seen:
                return found
            at = 0
        raise ServerError("push-count", sent=job.new.triples, found=found.triples, **_where(self.target))

    def send(self, job: _Job, at: int, *, empty: bool) -> None:
        if job.patch is None:
            self.added = total = self.spool.triples
            self.spool.end_with(job.new.line)
            send.put(self.client, self.spool, lambda n: self.tell("sending", n, total), empty=empty)
            return
        self.added, self.removed = job.added, job.removed
        total = len(job.patch)

        def told(lines: int) -> None:
            self.past.acknowledge(lines)
            self.tell("sending", lines, total)

        send.change(self.client, job.patch, job.new, at, told, clear=job.way == "update")

    def compared(self, seen: Seen) -> int:
        """Compare every triple; give how many the server writes in another form."""
        total = seen.triples

        def read() -> Comparison:
            found = contents(
                self.client, total + len(seen.marks), lambda n: self.tell("reading-back", n, total)
            )
            return compare(self.spool, found, self.target.server.rewrites)

        result = patiently(self.target.patience, self.target.seconds, read, self.client.told)
        if not result.same:
            raise ServerError(
                "push-differs",
                missing=result.missing_count,
                extra=result.extra_count,
                first=(result.missing + result.extra)[0],
                **_where(self.target),
            )
        return result.rewritten

    def changed(self, seen: Seen) -> ServerError:
        """The error for a graph that is not as kg has left it, or that kg has never seen."""
        known = self.past.left
        code = "push-changed" if known is not None else "push-foreign"
        expected = known.triples if known is not None else 0
        return ServerError(code, found=seen.triples, expected=expected, **_where(self.target))


def _where(target: Target) -> dict[str, object]:
    return {"server": target.shown, "graph": target.graph_shown}


def _with_what_is_left(error: ServerError, client: Client, before: Seen, new: Mark) -> ServerError:
    """The error with a count of what the graph holds now, if the server still says it."""
    left: object
    if "url" not in error.args_shown or error.code == "push-later":
        return error
    try:
        left = look(client).triples
    except ServerError:
        left = {"en": "an unknown number of", "ko": "알 수 없는 개수의"}
    if error.code in _NOTHING_SENT and left == before.triples:
        return error
    code = "push-failed" if "status" in error.args_shown else "push-cut"
    told = {"before": before.triples, "left": left, "sent": new.triples, **_where(client.target)}
    return ServerError(code, **{**error.args_shown, **told})


_NOTHING_SENT: Final = frozenset({"push-wrong-secret", "push-sign-in", "push-no-rights", "push-redirect"})
"""Said before anything is changed."""


def _nobody(_stage: str, _count: int, _total: int) -> None:
    """Nobody wants to know."""
