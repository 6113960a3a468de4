"""The line that says what is going on, how fast, and how long it will take."""

from __future__ import annotations

import io
import sys
import time

import pytest

from kg.cli import console


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which stands still until a test moves it."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    console.choose_language("en")
    return now


def test_how_fast_and_how_long(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    progress = console.Progress()
    progress("sending", 0, 1000)
    clock[0] += 4
    progress("sending", 200, 1000)
    progress("sending", 999, 1000)  # too soon to be shown
    clock[0] += 4
    progress("reading-back", 10)
    clock[0] += 1
    progress("reading-back", 500, 1000)
    progress.done()
    shown = terminal.getvalue().split("\r\x1b[K")
    assert shown == [
        "",
        "sending … 200 triples of 1000, 50 a second, 16 s to go",
        "reading back … 10 triples",
        "reading back … 500 triples of 1000, 500 a second, 1 s to go",
        "",
    ]


def test_nothing_where_nobody_looks(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    progress = console.Progress()
    clock[0] += 4
    progress("sending", 200, 1000)
    progress.done()
    assert not file.getvalue()
