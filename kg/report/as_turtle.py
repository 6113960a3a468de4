"""The report as the W3C validation report in Turtle, https://www.w3.org/TR/shacl/#validation-report."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from kg.export.turtle import write_turtle
from kg.messages import LANGUAGES
from kg.validation.report import report_blocks

if TYPE_CHECKING:
    from kg.pipeline import Outcome
    from kg.report.how import How


def write(outcome: Outcome, out: BinaryIO, how: How) -> None:
    """Write the results of shapes, and what else is wrong in the same form; all languages.

    What was assumed in reading is no result, or a graph would not conform for it.
    """
    del how
    findings = [f for f in outcome.findings if f.result is not None or f.problem.severity != "info"]
    text = io.BytesIO()
    write_turtle(report_blocks(findings, LANGUAGES), text)
    # only within a literal, where a build server could take it for a command
    out.write(text.getvalue().replace(b"##[", b"\\u0023#["))
