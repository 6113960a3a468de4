"""The report as one JSON object."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, BinaryIO

from kg.report.json_text import json_text

if TYPE_CHECKING:
    from kg.pipeline import Outcome
    from kg.report.how import How


def write(outcome: Outcome, out: BinaryIO, how: How) -> None:
    """Write books, engine and findings, all of them."""
    data = {
        "conforms": not outcome.exit_code,
        "engine": outcome.engine,
        "rows": asdict(outcome.rows) if outcome.rows else None,
        "books": asdict(outcome.books) if outcome.books else None,
        "asBefore": outcome.as_before,
        "nodes": outcome.nodes,
        "baseline": _baseline(outcome),
        "findings": [finding.as_data(how.language) for finding in outcome.findings],
    }
    out.write(json_text(data).encode())


def _baseline(outcome: Outcome) -> dict[str, object] | None:
    if outcome.gone is None:
        return None
    return {"known": outcome.known, "gone": [asdict(entry) for entry in outcome.gone]}
