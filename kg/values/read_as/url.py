"""Addresses of pages: ``www.softbank.jp``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.values import url
from kg.values.explanation import Step

if TYPE_CHECKING:
    from kg.values.kinds import Beside
    from kg.values.url import Url

COLUMNS: Final = ("value",)
NOTHING: Final[frozenset[str]] = frozenset()


def read(text: str, beside: Beside) -> Url:  # noqa: ARG001 - contract
    """The address that a text is."""
    return url.read(text)


def explained(text: str, beside: Beside) -> list[Step]:
    """The whole, and the scheme if the text has none."""
    found = read(text, beside)
    return [Step(text.strip(), found.value, assumed=bool(found.assumed))]


def said(value: Url, language: str, beside: Beside) -> str:  # noqa: ARG001 - contract  # noqa: ARG001 - the same in all languages
    """The address."""
    return value.value


def spelled(value: Url) -> dict[str, Any]:
    """The address."""
    return {"value": value.value}
