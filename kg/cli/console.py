"""What goes to the terminal besides data: messages, books, progress. All of it to stderr."""

from __future__ import annotations

import contextlib
import os
import sys
import time
import traceback
from typing import TYPE_CHECKING, Final, TextIO

from kg.errors import UsageError
from kg.messages import LANGUAGES, hint, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.errors import KgError, Problem
    from kg.validation.finding import Finding

_QUIET_FOR: Final = 1.0
"""Seconds before progress is shown."""

_chosen: list[str] = []


def choose_language(language: str | None) -> None:
    """Say messages in this language from now on; raises ``UsageError`` if there are none in it."""
    if language and language not in LANGUAGES:
        raise UsageError("language-unknown", received=language, allowed=LANGUAGES)
    _chosen[:] = [language] if language else []


def language() -> str:
    """The language of messages: ``--lang``, else the locale's if there are texts in it, else English."""
    if _chosen:
        return _chosen[0]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value[:2] if value[:2] in LANGUAGES else LANGUAGES[0]
    return LANGUAGES[0]


def colour(stream: TextIO) -> bool:
    """Whether a stream is shown in colour: a terminal, unless NO_COLOR or FORCE_COLOR says otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _to_stderr(line: str, end: str = "\n") -> None:
    with contextlib.suppress(OSError, ValueError):  # nobody hears: that must not change how a command ends
        sys.stderr.write(line + end)
        sys.stderr.flush()


def say(code: str, args: Mapping[str, object] | None = None, **more: object) -> None:
    """Print a message that is no error, with what its text shows."""
    _to_stderr(text(code, {**(args or {}), **more}, language()))


def warn(problems: Iterable[Problem]) -> None:
    """Print what is no error of the command, but should be looked at in a file."""
    from kg.errors import Place  # noqa: PLC0415 - only when something is to be said
    from kg.validation.finding import Finding  # noqa: PLC0415

    for problem in problems:
        _to_stderr(Finding(problem, problem.place or Place("")).text(language()))


def found(findings: Iterable[Finding]) -> None:
    """Print what was found, at its place."""
    for finding in findings:
        _to_stderr(finding.text(language()))


def fail(error: KgError, *, debug: BaseException | None = None) -> None:
    """Print an error that ends the command; with KG_DEBUG set, also where in the program it was."""
    from kg.errors import MappingError, ModelError  # noqa: PLC0415 - only when something is wrong

    warn(error.faults if isinstance(error, ModelError | MappingError) else ())
    args = error.args_shown
    _to_stderr(f"error[{error.code}]: {text(error.code, args, language())}")
    if more := hint(error.code, args, language()):
        _to_stderr(f"    {text('word-hint', {}, language())}: {more}")
    if debug is not None and os.environ.get("KG_DEBUG"):
        traceback.print_exception(debug)


class Progress:
    """One line on a terminal that says what is going on; nothing for what takes less than a second."""

    def __init__(self) -> None:
        """Start the clock."""
        self._start = self._last = self._since = time.monotonic()
        self._stage = ""
        self._shown = False

    def __call__(self, stage: str, count: int, total: int = 0) -> None:
        """Show a stage and how many records it has done; if it is known of how many, also how fast."""
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._since = stage, now
        if not sys.stderr.isatty() or now - self._start < _QUIET_FOR or now - self._last < _QUIET_FOR / 10:
            return
        self._last, self._shown = now, True
        shown = text("progress-" + stage, {"count": count}, language())
        if total and count and now > self._since:
            rate = count / (now - self._since)
            left = {"total": total, "rate": round(rate), "seconds": round(max(0, total - count) / rate)}
            shown += text("progress-left", left, language())
        _to_stderr(f"\r\x1b[K{shown}", end="")

    def done(self) -> None:
        """Clear the line."""
        if self._shown:
            _to_stderr("\r\x1b[K", end="")
