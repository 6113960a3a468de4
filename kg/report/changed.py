"""What a change of the store comes to, for programs: what differs, and what became of it."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Self

from kg.report.diff import as_json
from kg.report.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.pipeline.cascading import TakenOut
    from kg.pipeline.diff import Diff
    from kg.validation.finding import Finding

_IN_MEMORY: Final = 1 << 18


class Report:
    """What differs is kept beside until the rest is known, so that a program is given all or nothing."""

    def __init__(self) -> None:
        """Nothing differs yet."""
        self._differences = SpooledTemporaryFile(_IN_MEMORY, prefix="kg-diff-")  # noqa: SIM115 - closed at the end

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget it."""
        self._differences.close()

    def add(self, diff: Diff) -> None:
        """Keep what differs in a dataset."""
        if self._differences.tell():
            self._differences.write(b",\n")
        as_json(diff, self._differences, None)

    def write(self, told: Mapping[str, object], out: BinaryIO) -> None:
        """Write one JSON object: what is told of the change, and all that differs."""
        rest = json_text(told).rstrip().removesuffix("}").rstrip()
        out.write(f'{rest},\n  "differences": ['.encode())
        self._differences.seek(0)
        shutil.copyfileobj(self._differences, out)
        out.write(b"]\n}\n")


def findings(found: Iterable[Finding], language: str) -> list[dict[str, Any]]:
    """Findings as all reports have them."""
    return [finding.as_data(language) for finding in found]


def taken_out(found: Iterable[TakenOut]) -> list[dict[str, Any]]:
    """What a change takes out of other datasets, with the books after it."""
    return [
        {
            "dataset": one.dataset,
            "quarantined": one.quarantined,
            "waiting": one.waiting,
            "books": asdict(one.books),
        }
        for one in found
    ]
