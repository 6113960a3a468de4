"""What all tests share: where things are, and when a skip is a failure."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

ROOT = Path(__file__).resolve().parents[1]

# The same examples on every run; KG_FUZZ=1 looks for new ones.
hypothesis.settings.register_profile("kg", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("fuzz", deadline=None, database=None, max_examples=5000)
hypothesis.settings.load_profile("fuzz" if os.environ.get("KG_FUZZ") else "kg")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of test data beside the repository, for tests that need it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared")
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    """Where ontology or shapes are wrong, one message says so, instead of every test that needs them."""
    if not (ROOT / "kg").is_dir():  # a copy of this file that is tried elsewhere
        return
    import kg.model  # noqa: PLC0415 - whatever is wrong with it is to be told here
    from kg.errors import ModelError, Place  # noqa: PLC0415
    from kg.validation.finding import Finding  # noqa: PLC0415

    try:
        kg.model.load()
    except ModelError as error:
        faults = [str(Finding(fault, fault.place or Place(""))) for fault in error.faults]
        pytest.exit("\n".join(["the model can't be read", *faults, str(error)]), returncode=2)


def _needs_something(report: pytest.TestReport | pytest.CollectReport) -> str:
    """The reason of a skip for want of something that CI has, else nothing."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return ""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    return reason if reason.startswith("needs ") and os.environ.get("KG_CI") else ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With KG_CI set, a test skipped for want of something fails: CI must have it."""
    report = yield
    if reason := _needs_something(report):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that skips itself."""
    report = yield
    if reason := _needs_something(report):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {reason}"
    return report
