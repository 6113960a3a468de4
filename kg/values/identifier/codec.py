"""The codec of ``Identifier``."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from kg.errors import Problem, Unreadable, pointer_token
from kg.rdf import literal
from kg.values.characters import LONGEST_NAME, kind_of, shortened, unreadable
from kg.values.codec import Context, Written
from kg.values.identifier.reading import Identifier
from kg.values.identifier.reading import read as read_text
from kg.values.identifier.scheme import schemes_of
from kg.values.identifier.spelling import normal_form, normalised
from kg.values.nearest import choices
from kg.values.problems import Problems

if TYPE_CHECKING:
    from kg.model.types import Concept, Field
    from kg.values.codec import Read
    from kg.values.identifier.scheme import Schemes


class IdentifierCodec:
    """``{"lei": "…", "wikidata": "Q1" | ["Q1", "Q2"]}``, a text that tells its scheme, or a list of these."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:
        """Read identifiers into literals whose datatype is the scheme."""
        head = f"<{field.path}> "
        schemes = {c.notation: c for c in concepts}
        ready = schemes_of(concepts)

        def read(value: object, context: Context) -> Written:  # noqa: ARG001 - contract
            problems = Problems()
            tails: dict[str, None] = {}
            for pointer, notation, text in _items(value, schemes, problems):
                try:
                    found = _identifier(text, notation, ready)
                    tails[head + literal(found.value, schemes[found.scheme].iri)] = None
                except Unreadable as error:
                    problems.extend(p.below(pointer) for p in error.problems)
            problems.refuse()
            if not tails:
                raise unreadable("identifier-expected", value, tuple(schemes), args={"kind": kind_of(value)})
            return Written(list(tails))

        return read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema: one property for each scheme."""
        one = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
        several = {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}
        by_scheme = {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {
                c.notation: {**several, "description": c.definitions.get("en") or c.labels.get("en", "")}
                for c in concepts
            },
        }
        plain = {**one, "description": "an identifier that tells its scheme: “LEI: …”, “Q312”, a web address"}
        item = {"anyOf": [by_scheme, plain]}
        return {"anyOf": [by_scheme, plain, {"type": "array", "minItems": 1, "items": item}]}


def _items(value: object, schemes: dict[str, Concept], problems: Problems) -> list[tuple[str, str, str]]:
    """(pointer, scheme or "" if the text is to tell it, identifier) of everything in the value."""
    found: list[tuple[str, str, str]] = []
    objects = enumerate(value) if isinstance(value, list) else [("", value)]
    for place, item in objects:
        above = pointer_token(place) if isinstance(place, int) else ""
        if isinstance(item, str):
            found.append((above, "", item))
            continue
        if not isinstance(item, dict) or (above and not item):
            args = {"kind": kind_of(item)}
            problems.append(
                Problem("identifier-expected", above, args, received=shortened(item), allowed=tuple(schemes))
            )
            continue
        for notation, written in item.items():
            pointer = above + pointer_token(notation)
            if notation not in schemes:
                allowed = () if problems.full else choices(notation, schemes)[1]
                problems.append(Problem("identifier-scheme", pointer, received=notation, allowed=allowed))
                continue
            several = isinstance(written, list) and bool(written)
            for i, text in enumerate(written if several else [written]):
                below = f"{pointer}/{i}" if several else pointer
                if isinstance(text, str):
                    found.append((below, notation, text))
                else:
                    args = {"kind": kind_of(text)}
                    problems.append(Problem("identifier-text", below, args, received=shortened(text)))
    return found


def _identifier(text: str, notation: str, schemes: Schemes) -> Identifier:
    if not notation:
        return read_text(text, schemes)
    return Identifier(notation, normal_form(text, schemes.of[notation]))


def of_scheme(value: object, concept: Concept, concepts: tuple[Concept, ...]) -> list[str]:
    """The identifiers of one scheme that can be read in any form of the value, as they are written out.

    ``concepts`` are all schemes of the model. In the order of their characters, each once; what
    is wrong with the others is for the reader to say.
    """
    found = set()
    for item in value if isinstance(value, list) else (value,):
        if isinstance(item, str):
            with suppress(Unreadable):
                read = read_text(item, schemes_of(concepts))
                found |= {read.value} if read.scheme == concept.notation else set()
            continue
        written = item.get(concept.notation) if isinstance(item, dict) else None
        for text in written if isinstance(written, list) else (written,):
            if isinstance(text, str):
                with suppress(Unreadable):
                    found.add(normalised(text, concept))
    return sorted(found)
