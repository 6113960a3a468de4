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
        "books": asdict(outcome.books) if outcome.books else None,
        "asBefore": outcome.as_before,
        "nodes": outcome.nodes,
        "findings": [finding.as_data(language) for finding in outcome.findings],
    }
    out.write((dumped(data, indent=2) + "\n").encode())


def dumped(data: object, indent: int | None = None) -> str:
    """JSON that can do nothing to a terminal; what it can't say is said as text."""
    return _UNSAFE.sub(_escaped, json.dumps(data, ensure_ascii=False, indent=indent, default=str))


def _escaped(match: re.Match[str]) -> str:
    """A character that a terminal or a reader could be misled by, as JSON can write it too."""
    return f"\\u{ord(match.group()):04x}"
