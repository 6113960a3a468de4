"""Runs ``kg`` inside the test process, as a shell would start it: arguments and stdin in, bytes and exit code out."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest.mock import patch

from kg.cli import main

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command leaves behind."""

    exit_code: int
    stdout: bytes
    stderr: str


def run(arguments: Sequence[str], stdin: bytes = b"") -> Outcome:
    """Run ``kg`` with the arguments; a traceback that it lets through fails the test that runs it."""
    output, errors = io.BytesIO(), io.BytesIO()
    with (
        patch.object(sys, "argv", ["kg", *arguments]),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")),
        patch.object(sys, "stdout", io.TextIOWrapper(output, encoding="utf-8", write_through=True)) as out,
        patch.object(sys, "stderr", io.TextIOWrapper(errors, encoding="utf-8", write_through=True)) as err,
    ):
        try:
            main()
        except SystemExit as stop:
            exit_code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        else:
            exit_code = 0
        for stream in (out, err):
            if not stream.closed:
                stream.flush()
                stream.detach()
    return Outcome(exit_code, output.getvalue(), errors.getvalue().decode())
