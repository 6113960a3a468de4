"""The report as one JSON object."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from kg.pipeline import Outcome


def write(outcome: Outcome, out: BinaryIO, language: str) -> None:
    """Write books, engine and findings; numbers that JSON readers would round stay text."""
    data = {
        "conforms": not outcome.exit_code,
        "engine": outcome.engine,
        "books": asdict(outcome.books) if outcome.books else None,
        "nodes": outcome.nodes,
        "findings": [finding.as_data(language) for finding in outcome.findings],
    }
    out.write((json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n").encode())
