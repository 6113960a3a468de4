"""The codec of ``Country``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import Problem
from kg.rdf import literal
from kg.values.characters import LONGEST_NAME, kind_of, unreadable
from kg.values.codec import Context, Written
from kg.values.country.reading import read as read_text

if TYPE_CHECKING:
    from kg.model.types import Concept, Field
    from kg.values.codec import Read


class CountryCodec:
    """A name in one of several languages, or a code of ISO 3166-1."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read one country into a literal of its two letters."""
        head = f"<{field.path}> "

        def read(value: object, context: Context) -> Written:
            if not isinstance(value, str):
                raise unreadable("country-expected", value, args={"kind": kind_of(value)})
            found = read_text(value, context.language)
            info = (_assumption(found.assumed, found.code),) if found.assumed else ()
            return Written([head + literal(found.code)], info=info)

        return read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of the text."""
        description = "a country by code or name: “KR”, “KOR”, “대한민국”, “South Korea”"
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "description": description}


def _assumption(word: str, code: str) -> Problem:
    return Problem("country-assumed", args={"word": word, "code": code}, severity="info", received=word)
