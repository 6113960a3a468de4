"""Words that say that something is not so: 未, not, 없; the list ``never`` of ``[label]`` in all tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Callable


def is_denial(word: str) -> bool:
    """Whether a word by itself says that there is none."""
    return word in _never()


def denies(word: str) -> bool:
    """Whether a word says "not", or has such a word in it.

    >>> denies("未融資"), denies("not"), denies("融資")
    (True, True, False)
    """
    return word in _never() or _within()(word) is not None


@of_tables
def _never() -> frozenset[str]:
    return frozenset(
        word for table in tables().values() for word in table.get("label", {}).get("never", ()) if word
    )


@of_tables
def _within() -> Callable[[str], re.Match[str] | None]:
    """Finds what denies wherever it stands in a word, of scripts without spaces."""
    return re.compile("|".join(sorted(no for no in _never() if not no.isascii())) or "(?!)").search
