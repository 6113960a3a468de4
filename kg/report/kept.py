"""What was not taken, to people and to programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from kg.messages import as_json as one_line
from kg.messages import harmless, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.pipeline.kept import Entry, Kept

STATES: Final = ("quarantine-quarantined", "quarantine-waiting-record")
RECORD_SHOWN: Final = 2_000
"""Characters of a record."""


def as_text(found: Sequence[Kept], language: str) -> Iterator[str]:
    """The causes of each dataset, the most frequent first."""
    for kept in found:
        yield text("quarantine-dataset", _counts(kept), language)
        for cause in kept.causes:
            args = {**asdict(cause), "field": harmless(cause.field)}
            line = text("quarantine-cause", args, language).rstrip()
            yield f"    {line}" + (text("quarantine-waiting", args, language) if cause.waiting else "")
    if not found:
        yield text("quarantine-nothing", {}, language)


def as_json(found: Sequence[Kept]) -> str:
    """The same for programs."""
    datasets = [{**_counts(kept), "causes": [asdict(cause) for cause in kept.causes]} for kept in found]
    return json.dumps({"datasets": datasets}, ensure_ascii=False, indent=2)


def _counts(kept: Kept) -> dict[str, Any]:
    waiting = kept.waiting
    return {"dataset": kept.dataset, "quarantined": len(kept.entries) - waiting, "waiting": waiting}


def entries_as_text(entries: Sequence[Entry], limit: int, language: str) -> Iterator[str]:
    """Each record, where it stood, and what is wrong with it; so many at most, 0 for all."""
    for entry in entries[:limit] if limit else entries:
        where = {"dataset": entry.dataset, "place": harmless(str(entry.place)), "state": entry.state}
        yield text(STATES[entry.waits], where, language)
        yield "    " + harmless(entry.raw.decode("utf-8", "surrogateescape"), RECORD_SHOWN)
        for finding in entry.findings():
            yield finding.text(language)
        yield ""
    if 0 < limit < len(entries):
        yield text("quarantine-more", {"count": len(entries) - limit}, language)


def entries_as_json(entries: Sequence[Entry], limit: int) -> str:
    """The same for programs, as it is kept."""
    told = [
        {
            "dataset": entry.dataset,
            "file": entry.place.file,
            "line": entry.place.line or None,
            "state": entry.state,
            "record": entry.data,
            "reasons": entry.reasons,
        }
        for entry in (entries[:limit] if limit else entries)
    ]
    return one_line({"count": len(entries), "records": told})
