"""A push from its start to its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from kg.errors import ServerError, UsageError
from kg.push.compare import compare, distinct_for
from kg.push.http import Client
from kg.push.readback import contents, count
from kg.push.secrets import redacted
from kg.push.send import Way, send
from kg.push.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.push.target import Target

    Progress = Callable[[str, int], None]

FULL_BELOW: Final = 200_000
"""Graphs with fewer triples are compared triple by triple unless the caller says otherwise."""

CAPABILITIES: Final = ("tried", "default_graph", "batch", "batch_bytes", "whole", "form", "rewrites")
"""What of a server decides how it is pushed to."""

Verify = Literal["counts", "full"]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did; that it is there means that the graph was read back and is right."""

    target: Target
    triples: int
    """Sent; repetitions count once."""
    found: int
    """Counted on the server afterwards; fewer where two literals are one to it."""
    before: int
    """Counted on the server before."""
    way: Way
    verified: Verify
    requests: int
    """It took to send the graph."""
    bytes: int
    """Their bodies held."""
    rewritten: int = 0
    """Triples whose literal the server writes in another form (known only if verified in full)."""

    @property
    def message(self) -> tuple[str, dict[str, object]]:
        """The sentence that says it: a code of the messages and its arguments."""
        code = "push-done-counted" if self.verified == "counts" else "push-done"
        if self.rewritten:
            code = "push-done-rewritten"
        numbers = {"triples": self.triples, "before": self.before, "rewritten": self.rewritten}
        return code, {**numbers, **_where(self.target)}

    def as_data(self) -> dict[str, object]:
        """What was done, and what is known of the server, as JSON has it; no secrets."""
        target = self.target
        keys = ("triples", "before", "found", "way", "requests", "bytes", "verified", "rewritten")
        return {
            "target": target.name or None,
            "server": target.version or target.server.name,
            "graph": target.graph or None,
            **{what: redacted(getattr(target, what)) or None for what in ("query", "update", "store")},
            **{key: getattr(self, key) for key in keys},
            "capabilities": {key: getattr(target.server, key) for key in CAPABILITIES},
        }


def verify_of(text: str | None) -> Verify | None:
    """How to read back, of an option; raises ``UsageError`` for another word."""
    if text not in {None, *get_args(Verify)}:
        raise UsageError("push-verify", received=text, allowed=get_args(Verify))
    return cast("Verify | None", text)


def push(
    target: Target,
    lines: Callable[[], Iterable[str]],
    *,
    verify: Verify | None = None,
    progress: Progress | None = None,
) -> Pushed:
    """Make the graph of ``target`` equal to ``lines`` (canonical N-Triples), and read back that it is.

    Nothing is sent before all lines were seen and the server has answered a query. Raises ``UsageError``
    for a blank node, ``ServerError`` if the server fails, with its words and what the graph then holds, or
    if what is read back is not what was sent.
    """
    tell = progress or _nobody
    if not target.update and not target.store:
        raise UsageError("push-read-only", name=target.name)
    with Spool(lines()) as spool, Client(target) as client:
        wanted = distinct_for(spool, target.server.rewrites)
        before = count(client)
        asked, size = client.requests, client.bytes
        try:
            way = send(client, spool, lambda n: tell("sending", n))
        except ServerError as error:
            raise _with_what_is_left(error, client, before, wanted) from error
        asked, size = client.requests - asked, client.bytes - size
        found = count(client)
        if found != wanted:
            raise ServerError("push-count", sent=wanted, found=found, **_where(target))
        how: Verify = verify or ("full" if spool.triples < FULL_BELOW else "counts")
        rewritten = _verified(client, spool, found, tell) if how == "full" else 0
        return Pushed(target, spool.triples, found, before, way, how, asked, size, rewritten)


def _verified(client: Client, spool: Spool, found: int, tell: Progress) -> int:
    target = client.target
    read = contents(client, found, lambda n: tell("reading-back", n))
    result = compare(spool, read, target.server.rewrites)
    if not result.same:
        raise ServerError(
            "push-differs",
            missing=result.missing_count,
            extra=result.extra_count,
            first=(result.missing + result.extra)[0],
            **_where(target),
        )
    return result.rewritten


def _where(target: Target) -> dict[str, object]:
    return {"server": target.shown, "graph": target.graph_shown}


def _with_what_is_left(error: ServerError, client: Client, before: int, wanted: int) -> ServerError:
    """The error with a count of what the graph holds now, if the server still says it."""
    left: object
    try:
        left = count(client)
    except ServerError:
        left = {"en": "an unknown number of", "ko": "알 수 없는 개수의"}
    if error.code in _NOTHING_SENT and left == before:
        return error
    code = "push-failed" if "status" in error.args_shown else "push-cut"
    told = {"before": before, "left": left, "sent": wanted, **_where(client.target)}
    return ServerError(code, **{**error.args_shown, **told})


_NOTHING_SENT: Final = frozenset({"push-wrong-secret", "push-sign-in", "push-no-rights", "push-redirect"})
"""Said before anything is changed."""


def _nobody(_stage: str, _count: int) -> None:
    """Nobody wants to know."""
