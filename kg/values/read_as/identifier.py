"""Identifiers: ``LEI: 529900T8BM49AURSDO55``, ``사업자번호 124-81-00998``, ``{"dart": "00126380"}``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kg.values.characters import unreadable
from kg.values.explanation import Step
from kg.values.identifier import reading
from kg.values.identifier.check_digits import fit
from kg.values.identifier.scheme import schemes_of
from kg.values.identifier.spelling import normal_form
from kg.values.nearest import nearest

if TYPE_CHECKING:
    from kg.values.identifier.reading import Identifier
    from kg.values.kinds import Beside

COLUMNS: Final = ("scheme", "value")
NOTHING: Final[frozenset[str]] = frozenset()


def read(text: str, beside: Beside) -> Identifier:
    """The identifier that a text says, or an object with one scheme."""
    schemes = schemes_of(beside.schemes)
    pair = _pair(text)
    if pair is None:
        return reading.read(text, schemes)
    notation, written = pair
    if notation not in schemes.of:
        raise unreadable("identifier-scheme", notation, nearest(notation, schemes.of))
    return reading.Identifier(notation, normal_form(written, schemes.of[notation]), "name")


def _pair(text: str) -> tuple[str, str] | None:
    if not text.lstrip().startswith("{"):
        return None
    try:
        [(notation, written)] = json.loads(text).items()
    except (ValueError, RecursionError, AttributeError):
        return None
    return (notation, written) if isinstance(written, str) else None


def explained(text: str, beside: Beside) -> list[Step]:
    """The scheme, and how it is known; the normal form; whether check digits were looked at."""
    found = read(text, beside)
    concept = schemes_of(beside.schemes).of[found.scheme].concept
    label = concept.labels.get("en", found.scheme)
    steps = [Step(text.strip(), f"{label} {found.value}", assumed=found.by == "form")]
    if fit(found.scheme, found.value):
        steps.append(Step(found.value, "its check digits fit"))
    return steps


def said(value: Identifier, language: str, beside: Beside) -> str:  # noqa: ARG001 - contract  # noqa: ARG001 - the same in all languages
    """The scheme and the identifier."""
    return f"{value.scheme}:{value.value}"


def spelled(value: Identifier) -> dict[str, Any]:
    """The scheme and the identifier."""
    return {"scheme": value.scheme, "value": value.value}
