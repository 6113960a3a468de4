"""Durations: what every form means, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.values.duration.grammar import read as read_duration
from kg.values.duration.meaning import canonical, written
from tests.values.conftest import rows, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.codec import Written


@pytest.mark.parametrize(("text", "want"), rows("duration.tsv"))
def test_a_duration_in_text_is_read_as_people_mean_it(text: str, want: str) -> None:
    if want.startswith("!"):
        with pytest.raises(Unreadable) as caught:
            read_duration(text)
        assert [p.code for p in caught.value.problems] == [want[1:]]
    else:
        found = read_duration(text)
        assert written(found)[0] + "~" * found.approximate == want


def test_a_duration_is_written_in_canonical_form_with_its_text(read: Callable[..., Written]) -> None:
    written = read("Duration", "약 2시간")
    assert said(written.tails) == {"x": "PT2H", "xApproximate": "true"}
    assert said(written.notes) == {"xAsWritten": "약 2시간"}
    assert read("Duration", "PT2H").notes == []


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (2, "duration-expected"),
        (None, "duration-expected"),
        ("", "empty-text"),
        ("P" + "9" * 30 + "D", "number-too-large"),
        ("1" * 1001, "text-too-long"),
    ],
)
def test_what_is_no_duration_is_refused(codes: Callable[..., Any], value: object, code: str) -> None:
    assert codes("Duration", value) == [(code, "")]


@given(st.decimals(min_value=0, max_value=10**15, places=6))
def test_what_is_written_reads_back_the_same(seconds: Any) -> None:
    assert read_duration(canonical(seconds)).seconds == seconds
