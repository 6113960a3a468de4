"""What a push did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from kg.errors import UsageError
from kg.push.secrets import redacted

if TYPE_CHECKING:
    from kg.push.target import Target

CAPABILITIES: Final = (
    *("tried", "default_graph", "batch", "batch_bytes", "whole", "one_step", "form", "rewrites"),
)
"""What of a server decides how it is pushed to."""

Verify = Literal["counts", "full"]
Way = Literal["nothing", "difference", "store", "update"]
"""Nothing was sent, since nothing had changed; the difference since the last push; the whole graph, by
the Graph Store Protocol or by updates."""


SENTENCES: Final = {
    "nothing": ("push-unchanged", "push-unchanged-counted", "push-unchanged-rewritten"),
    "difference": ("push-difference", "push-difference-counted", "push-difference-rewritten"),
    "whole": ("push-done", "push-done-counted", "push-done-rewritten"),
}
"""Way -> what is said if the graph read back is the same, was counted only, or has literals rewritten."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did; that it is there means that the graph was read back and is right."""

    target: Target
    triples: int
    """That the graph was to hold; repetitions count once."""
    found: int
    """Counted on the server afterwards; fewer where two literals are one to it."""
    before: int
    """Counted on the server before."""
    way: Way
    added: int
    """Triples that were sent to be put in."""
    removed: int
    """Triples that were sent to be taken out."""
    resumed: bool
    """Whether a push that had been cut off was gone on with."""
    verified: Verify
    requests: int
    """It took, with those that looked and read back."""
    bytes: int
    """The bodies of those held that sent the graph."""
    rewritten: int = 0
    """Triples whose literal the server writes in another form (known only if verified in full)."""

    @property
    def message(self) -> tuple[str, dict[str, object]]:
        """The sentence that says it: a code of the messages and its arguments."""
        same, counted, rewritten = SENTENCES.get(self.way, SENTENCES["whole"])
        code = counted if self.verified == "counts" else rewritten if self.rewritten else same
        keys = ("triples", "before", "added", "removed", "rewritten")
        where = {"server": self.target.shown, "graph": self.target.graph_shown}
        return code, {**{key: getattr(self, key) for key in keys}, **where}

    def as_data(self) -> dict[str, object]:
        """What was done, and what is known of the server, as JSON has it; no secrets."""
        target = self.target
        keys = ("triples", "before", "found", "way", "added", "removed", "resumed", "requests", "bytes")
        return {
            "target": target.name or None,
            "server": target.version or target.server.name,
            "graph": target.graph or None,
            **{what: redacted(getattr(target, what)) or None for what in ("query", "update", "store")},
            **{key: getattr(self, key) for key in (*keys, "verified", "rewritten")},
            "capabilities": {key: getattr(target.server, key) for key in CAPABILITIES},
        }


@dataclass(frozen=True, slots=True)
class Planned:
    """What a push would do."""

    target: Target
    triples: int
    """That the graph is to hold then."""
    before: int
    """Counted on the server now."""
    way: Way
    added: int
    """Triples that would be sent to be put in."""
    removed: int
    """Triples that would be sent to be taken out."""
    resumed: bool
    """Whether it would go on with a push that was cut off; what has changed since comes after that."""

    @property
    def message(self) -> tuple[str, dict[str, object]]:
        """The sentence that says it: a code of the messages and its arguments."""
        ways = {"nothing": "push-would-nothing", "difference": "push-would-difference"}
        code = "push-would-go-on" if self.resumed else ways.get(self.way, "push-would-whole")
        keys = ("triples", "before", "added", "removed")
        where = {"server": self.target.shown, "graph": self.target.graph_shown}
        return code, {**{key: getattr(self, key) for key in keys}, **where}

    def as_data(self) -> dict[str, object]:
        """What would be done, as JSON has it; no secrets."""
        keys = ("triples", "before", "way", "added", "removed", "resumed")
        return {
            "target": self.target.name or None,
            "graph": self.target.graph or None,
            "dry_run": True,
            **{key: getattr(self, key) for key in keys},
        }


def verify_of(text: str | None) -> Verify | None:
    """How to read back, of an option; raises ``UsageError`` for another word."""
    if text not in {None, *get_args(Verify)}:
        raise UsageError("push-verify", received=text, allowed=get_args(Verify))
    return cast("Verify | None", text)
