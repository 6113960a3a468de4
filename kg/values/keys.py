"""The keys of an object that spells a value out, each read by itself: all that is wrong is told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import Problem, Unreadable
from kg.values.characters import kind_of, shortened
from kg.values.grammar.limits import exact, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.values.grammar.digits import Number
    from kg.values.problems import Problems


def number(value: Mapping[str, object], key: str, problems: Problems) -> Number | None:
    """An exact number; None, with its problems among the others, if it is none."""
    try:
        found = exact(value[key])
        plain(found)
    except Unreadable as error:
        problems.extend(p.below(f"/{key}") for p in error.problems)
        return None
    return found


def flag(value: Mapping[str, object], key: str, problems: Problems) -> bool:
    """True or false; false, with its problem among the others, if it is neither."""
    said = value[key]
    if not isinstance(said, bool):
        args = {"kind": kind_of(said)}
        allowed = ("true", "false")
        problems.append(
            Problem("boolean-expected", f"/{key}", args, received=shortened(said), allowed=allowed)
        )
    return said is True
