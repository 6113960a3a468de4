"""Countries: ``대한민국``, ``South Korea``, ``KOR``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.values import cldr
from kg.values.country import reading
from kg.values.explanation import Step

if TYPE_CHECKING:
    from kg.values.country.reading import Country
    from kg.values.kinds import Beside

COLUMNS: Final = ("code",)
NOTHING: Final[frozenset[str]] = frozenset()


def read(text: str, beside: Beside) -> Country:
    """The country that a text names."""
    return reading.read(text, beside.language)


def explained(text: str, beside: Beside) -> list[Step]:
    """The code with its English name."""
    found = read(text, beside)
    meaning = f"{found.code} ({cldr.territory(found.code, 'en')})"
    return [Step(text.strip(), meaning, assumed=bool(found.assumed))]


def said(value: Country, language: str, beside: Beside) -> str:  # noqa: ARG001 - contract
    """The name in a language, or the code where the name may mean another."""
    return reading.said(value, language)


def spelled(value: Country) -> dict[str, Any]:
    """The two letters of ISO 3166-1."""
    return {"code": value.code}
