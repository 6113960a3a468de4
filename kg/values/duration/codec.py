"""The codec of ``Duration``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.rdf import XSD, literal
from kg.values.characters import LONGEST_NAME, kind_of, unreadable
from kg.values.codec import Context, Written
from kg.values.duration.grammar import read as read_text
from kg.values.duration.meaning import canonical

if TYPE_CHECKING:
    from kg.model.types import Concept, Field
    from kg.values.codec import Read


class DurationCodec:
    """ISO 8601 or text as a source writes it."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read one duration into ``xsd:dayTimeDuration`` and its companions."""
        head = f'<{field.path}> "'
        end = f'"^^<{XSD}dayTimeDuration>'
        companion = f"<{field.companions}{field.name}"
        as_written = f"{companion}AsWritten> "
        approximate = f'{companion}Approximate> "true"^^<{XSD}boolean>'

        def read(value: object, context: Context) -> Written:
            if not isinstance(value, str):
                raise unreadable("duration-expected", value, args={"kind": kind_of(value)})
            found = read_text(value, context.language)
            lexical = canonical(found.seconds)
            tails = [f"{head}{lexical}{end}"]
            if found.approximate:
                tails.append(approximate)
            text = value.strip()
            return Written(tails, [] if text == lexical else [as_written + literal(text)])

        return read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of the text."""
        description = "ISO 8601 or as written: “PT2H”, “약 2시간”, “about 2 hours”"
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "description": description}
