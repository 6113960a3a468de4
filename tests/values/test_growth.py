"""No text takes more than linear work: twice the text, about twice the calls."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.values.characters import LONGEST_NAME
from kg.values.money import finding
from kg.values.money import grammar as money
from kg.values.number import grammar as number
from kg.values.percent import grammar as percent
from kg.values.quantity import grammar as quantity
from kg.values.vocabulary import tables

if TYPE_CHECKING:
    from collections.abc import Callable

PIECES = sorted(
    {
        word
        for table in tables().values()
        for section in ("number", "ordinal", "mark", "percent", "unit", "money")
        for kind in table.get(section, {}).values()
        for word in kind
    }
    | {"1", "12", "1,234", "1.5", "12.345", "$", "(", ")", "-", "~", "x", "한글", "1 234", ".", "½", "1/2"}
)
READERS: dict[str, Callable[[str], object]] = {
    "money": money.read,
    "number": number.read,
    "percent": percent.read,
    "quantity": quantity.read,
    "find": finding.find,
}
SLACK = 3_000
"""Calls that do not depend on the length."""


def calls(read: Callable[[str], object], text: str) -> int:
    """How many functions are called, Python's own too."""
    count = 0

    def counted(_frame: object, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        read(text)
    except Unreadable:
        pass
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", READERS)
def test_work_grows_with_the_length(name: str) -> None:
    read = READERS[name]
    longest = LONGEST_NAME if name != "find" else 6 * LONGEST_NAME

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8), st.sampled_from(["", " "]))
    def grows(pieces: list[str], between: str) -> None:
        unit = between.join(pieces) + between
        whole = max(4, longest // len(unit) // 4 * 4)
        read_once = calls(read, unit)  # what is built once is built before
        few, many = calls(read, unit * (whole // 4)), calls(read, unit * whole)
        assert many <= 5 * few + SLACK + read_once

    grows()


@pytest.mark.parametrize(
    "text", ["9" * 1000, "1," * 500, "1 234 " * 160, "$" * 1000, "조" * 1000, "(" * 1000, "1/" * 500]
)
@pytest.mark.parametrize("name", READERS)
def test_a_long_run_of_one_sign_is_refused_or_read(name: str, text: str) -> None:
    assert calls(READERS[name], text) < 100_000
