"""The report as one JSON object."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from kg.pipeline import Outcome


_UNSAFE: Final = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def write(outcome: Outcome, out: BinaryIO, language: str) -> None:
    """Write books, engine and findings; numbers that JSON readers would round stay text."""
    data = {
        "conforms": not outcome.exit_code,
        "engine": outcome.engine,
        "rows": asdict(outcome.rows) if outcome.rows else None,
        "books": asdict(outcome.books) if outcome.books else None,
        "asBefore": outcome.as_before,
        "nodes": outcome.nodes,
        "findings": [finding.as_data(language) for finding in outcome.findings],
    }
    text = _UNSAFE.sub(_escaped, json.dumps(data, ensure_ascii=False, indent=2, default=str))
    out.write((text + "\n").encode())


def _escaped(match: re.Match[str]) -> str:
    """A character that a terminal or a reader could be misled by, as JSON can write it too."""
    return f"\\u{ord(match.group()):04x}"
