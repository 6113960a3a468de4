"""The codec of ``Duration``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import NotUnderstood
from kg.rdf import XSD, literal
from kg.values.characters import LONGEST_NAME, checked, kind_of, unreadable
from kg.values.codec import Context, Written
from kg.values.duration.grammar import read as read_text
from kg.values.duration.meaning import written

if TYPE_CHECKING:
    from kg.model.types import Concept, Field
    from kg.values.codec import Read


class DurationCodec:
    """ISO 8601 or text as a source writes it."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read one duration into the datatype of its units and its companions."""
        head = f'<{field.path}> "'
        companion = f"<{field.companions}{field.name}"
        as_written = f"{companion}AsWritten> "
        approximate = f'{companion}Approximate> "true"^^<{XSD}boolean>'

        def read(value: object, context: Context) -> Written:
            if not isinstance(value, str):
                raise unreadable("duration-expected", value, args={"kind": kind_of(value)})
            checked(value, LONGEST_NAME)
            try:
                found = read_text(value, context.lexicon, context.language)
            except NotUnderstood as error:
                error.kept = Written([f"{as_written}{literal(' '.join(value.split()))}"])
                raise
            lexical, datatype = written(found)
            tails = [f'{head}{lexical}"^^<{XSD}{datatype}>']
            if found.approximate:
                tails.append(approximate)
            text = value.strip()
            return Written(tails, [] if text == lexical else [as_written + literal(text)])

        return read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of the text."""
        description = "ISO 8601 or as written: “PT2H”, “P6M”, “약 2시간”, “about 2 hours”, “6개월”"
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "description": description}
