"""Languages: ``한국어``, ``Korean``, ``kor``, ``zh-Hant``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.values import cldr
from kg.values.explanation import Step
from kg.values.language import reading

if TYPE_CHECKING:
    from kg.values.kinds import Beside
    from kg.values.language.reading import Language

COLUMNS: Final = ("tag",)
NOTHING: Final[frozenset[str]] = frozenset()


def read(text: str, beside: Beside) -> Language:
    """The language that a text names."""
    return reading.read(text, beside.language)


def explained(text: str, beside: Beside) -> list[Step]:
    """The tag with its English name; assumed where no such language is known."""
    found = read(text, beside)
    name = cldr.language(found.tag, "en")
    return [Step(text.strip(), f"{found.tag} ({name})" if name else found.tag, assumed=not found.known)]


def said(value: Language, language: str, beside: Beside) -> str:  # noqa: ARG001 - contract
    """The name in a language, or the tag where the name may mean another."""
    return reading.said(value, language)


def spelled(value: Language) -> dict[str, Any]:
    """The tag of BCP 47."""
    return {"tag": value.tag}
