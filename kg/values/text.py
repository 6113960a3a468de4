"""``Text``: text for people, by language, kept as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.rdf import literal
from kg.values import by_language
from kg.values.characters import LONGEST_TEXT, checked
from kg.values.codec import Context, Written

if TYPE_CHECKING:
    from kg.model.types import Concept, Field
    from kg.values.codec import Read


class TextCodec:
    """A string, ``{"en": "…" | ["…"]}``, or a list of these: one literal for each text."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read texts into language-tagged literals of the field's property."""
        head = f"<{field.path}> "

        def read(value: object, context: Context) -> Written:
            if isinstance(value, str):
                return Written([head + literal(checked(value), "", context.language)])
            found = by_language.texts(value, context.language, checked, "text-expected")
            return Written([head + literal(text, "", tag) for tag, text in found])

        return read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of texts."""
        return by_language.schema(LONGEST_TEXT)
