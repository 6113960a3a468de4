"""``Names``: the names of an entity, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.rdf import SKOS, literal
from kg.values import by_language
from kg.values.characters import LONGEST_NAME, checked_name
from kg.values.codec import Context, Written

if TYPE_CHECKING:
    from kg.model.types import Concept, Field
    from kg.values.codec import Read


class NamesCodec:
    """A string, ``{"en": "…" | ["…"]}``, or a list of these.

    Of each language the first is the preferred name (the field's property), the others are
    ``skos:altLabel``. White space at the ends is dropped, inner runs of it become one space.
    A plain string is in the language of the context, without one in none.
    """

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read names into ``skos:prefLabel`` and ``skos:altLabel``."""
        preferred = f"<{field.path}> "
        other = f"<{SKOS}altLabel> "

        def read(value: object, context: Context) -> Written:
            if isinstance(value, str):
                return Written([preferred + literal(checked_name(value), "", context.language)])
            names = by_language.texts(value, context.language, checked_name, "names-expected")
            seen: set[str] = set()
            tails = []
            for tag, name in names:
                tails.append((other if tag in seen else preferred) + literal(name, "", tag))
                seen.add(tag)
            return Written(tails)

        return read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of names."""
        return by_language.schema(LONGEST_NAME)
