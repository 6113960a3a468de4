"""Proposals to people and to programs: text, JSON, and lines that can be edited to judgements."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.identity.judgements import UNSURE
from kg.messages import harmless, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.identity.proposing import Conflict, Proposal, Proposals
    from kg.identity.things import Reason, Thing

CUT_SHOWN = 3
CONFLICTS_SHOWN = 5


def said(reason: Reason, language: str) -> str:
    """A reason in words."""
    return text(reason.code, dict(zip("abc", reason.said, strict=False)), language)


def _named(thing: Thing) -> str:
    return harmless(f"{thing.class_name} “{thing.label}”")


def one_as_text(proposal: Proposal, language: str) -> Iterator[str]:
    """A proposal in three lines: how likely and why, and the two IRIs with their names."""
    why = "; ".join(said(reason, language) for reason in proposal.reasons)
    yield f"{proposal.score:.2f}  {why}"
    for thing in (proposal.one, proposal.other):
        yield f"      {_named(thing)}  {thing.iri}"


def as_text(found: Proposals, limit: int, language: str) -> Iterator[str]:
    """The best proposals, and what was not proposed, or not looked at."""
    for proposal in found.proposals[:limit]:
        yield from one_as_text(proposal, language)
        yield ""
    args: dict[str, Any] = {"count": len(found.proposals), "shown": min(limit, len(found.proposals))}
    yield text("resolve-count", args, language)
    if found.conflicts:
        yield text("resolve-conflicts", {"count": len(found.conflicts)}, language)
        yield from (f"    {_conflict(c, language)}" for c in found.conflicts[:CONFLICTS_SHOWN])
    if found.cut:
        most = ", ".join(f"{harmless(key)} ({count})" for key, count in found.cut[:CUT_SHOWN])
        yield text("resolve-cut", {"count": len(found.cut), "most": most}, language)


def _conflict(found: Conflict, language: str) -> str:
    return f"{found.one.iri} – {found.other.iri}: {said(found.reason, language)}"


def as_json(found: Proposals, limit: int, language: str) -> str:
    """All of it as one JSON object."""
    data = {
        "proposals": [
            {"score": p.score, **_sides(p), "reasons": [_reason(r, language) for r in p.reasons]}
            for p in found.proposals[:limit]
        ],
        "conflicts": [
            {"score": c.score, **_sides(c), "reason": _reason(c.reason, language)}
            for c in found.conflicts[:limit]
        ],
        "proposed": len(found.proposals),
        "compared": found.compared,
        "cut": [{"key": key, "count": count} for key, count in found.cut],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_lines(found: Proposals, limit: int, language: str) -> Iterator[str]:
    """Each as a judgement that is still unsure, to be edited and given back."""
    for proposal in found.proposals[:limit]:
        reason = "; ".join(said(r, language) for r in proposal.reasons)
        names = " / ".join(thing.label for thing in (proposal.one, proposal.other))
        line = {UNSURE: [proposal.one.iri, proposal.other.iri], "reason": f"{reason} ({names})"}
        yield json.dumps(line, ensure_ascii=False)


def _sides(found: Proposal | Conflict) -> dict[str, Any]:
    return {side: _thing(thing) for side, thing in (("one", found.one), ("other", found.other))}


def _thing(thing: Thing) -> dict[str, Any]:
    return {"iri": thing.iri, "type": thing.class_name, "names": thing.names}


def _reason(reason: Reason, language: str) -> dict[str, Any]:
    return {"code": reason.code, "said": list(reason.said), "message": said(reason, language)}
