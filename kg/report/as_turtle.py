"""The report as the W3C validation report in Turtle, https://www.w3.org/TR/shacl/#validation-report."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kg.export.turtle import write_turtle
from kg.messages import LANGUAGES
from kg.validation.report import report_blocks

if TYPE_CHECKING:
    from kg.pipeline import Outcome


def write(outcome: Outcome, out: BinaryIO, language: str) -> None:
    """Write the results of shapes, and what else was found in the same form; all languages."""
    del language
    write_turtle(report_blocks(outcome.findings, LANGUAGES), out)
