"""``null`` as “left out”, for files whose header says so: ``"nulls": "left-out"``.

Programs that must fill in every field write ``null`` where they have nothing to say. Anywhere else it is an
error, since it may also be a value that was lost.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reading.record import Record


def left_out(records: Iterator[Record]) -> Iterator[Record]:
    """The records without the members that are null; what was written stays with them."""
    for record in records:
        if b"null" in record.raw and record.data:
            yield replace(record, data=without_nulls(record.data), written=record.data)
        else:
            yield record


def without_nulls(value: Any) -> Any:  # noqa: ANN401 - JSON
    """The value without members that are null, at any depth; an item of a list stays.

    >>> without_nulls({"a": None, "b": {"c": None, "d": [None, {"e": None}]}})
    {'b': {'d': [None, {}]}}
    """
    if type(value) is dict:
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if type(value) is list:
        return [without_nulls(item) for item in value]
    return value
