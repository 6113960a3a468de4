"""The codec of ``Language``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import Problem
from kg.rdf import literal
from kg.values.characters import LONGEST_NAME, kind_of, unreadable
from kg.values.codec import Context, Written
from kg.values.language.reading import read as read_text

if TYPE_CHECKING:
    from kg.model.types import Concept, Field
    from kg.values.codec import Read


class LanguageCodec:
    """A tag of BCP 47, or a name in one of several languages."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read one language into a literal of its tag."""
        head = f"<{field.path}> "

        def read(value: object, context: Context) -> Written:
            if not isinstance(value, str):
                raise unreadable("language-expected", value, args={"kind": kind_of(value)})
            found = read_text(value, context.language)
            info = () if found.known else (_doubt(value),)
            return Written([head + literal(found.tag)], info=info)

        return read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of the text."""
        description = "a language by tag (BCP 47) or name: “ko”, “zh-Hant”, “한국어”, “Korean”"
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "description": description}


def _doubt(written: str) -> Problem:
    return Problem("language-unregistered", severity="warning", received=written)
