"""``Identifier``: what registers call an entity, by scheme, checked by pattern and check digits."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Problem, Unreadable, pointer_token
from kg.rdf import literal
from kg.values.characters import LONGEST_NAME, checked, kind_of, shortened, unreadable
from kg.values.codec import Context, Written
from kg.values.nearest import choices
from kg.values.problems import Problems

if TYPE_CHECKING:
    from kg.model.types import Concept, Field
    from kg.values.codec import Read

_CHECKED_BY: Final = {
    "brn": "stdnum.kr.brn",
    "isin": "stdnum.isin",
    "lei": "stdnum.lei",
}
"""Notation of a scheme -> the module of python-stdnum that knows its check digits."""
_SEPARATORS: Final = str.maketrans("", "", " -\u2010\u2011\u2013\u00a0")


class IdentifierCodec:
    """``{"lei": "…", "wikidata": "Q1" | ["Q1", "Q2"]}``, or a list of such objects."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:
        """Read identifiers into literals whose datatype is the scheme."""
        head = f"<{field.path}> "
        schemes = {c.notation: c for c in concepts}

        def read(value: object, context: Context) -> Written:  # noqa: ARG001 - contract
            problems = Problems()
            tails: dict[str, None] = {}
            for pointer, notation, text in _items(value, schemes, problems):
                try:
                    concept = schemes[notation]
                    tails[head + literal(normalised(text, concept), concept.iri)] = None
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
        return {"anyOf": [by_scheme, {"type": "array", "minItems": 1, "items": by_scheme}]}


def _items(value: object, schemes: dict[str, Concept], problems: Problems) -> list[tuple[str, str, str]]:
    """(pointer, scheme, identifier) of everything in the value."""
    found: list[tuple[str, str, str]] = []
    objects = enumerate(value) if isinstance(value, list) else [("", value)]
    for place, item in objects:
        above = pointer_token(place) if isinstance(place, int) else ""
        if not isinstance(item, dict):
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
            several = isinstance(written, list)
            for i, text in enumerate(written if several else [written]):
                below = f"{pointer}/{i}" if several else pointer
                if isinstance(text, str):
                    found.append((below, notation, text))
                else:
                    args = {"kind": kind_of(text)}
                    problems.append(Problem("identifier-text", below, args, received=shortened(text)))
    return found


def of_scheme(value: object, concept: Concept) -> list[str]:
    """The identifiers of one scheme that can be read in any form of the value, as they are written out.

    In the order of their characters, each once; what is wrong with the others is for the reader to say.
    """
    found = set()
    for item in value if isinstance(value, list) else (value,):
        written = item.get(concept.notation) if isinstance(item, dict) else None
        for text in written if isinstance(written, list) else (written,):
            if isinstance(text, str):
                with suppress(Unreadable):
                    found.add(normalised(text, concept))
    return sorted(found)


def normalised(written: str, concept: Concept) -> str:
    """An identifier in the spelling that its scheme asks for; raises ``Unreadable`` if it has none."""
    text = checked(written, LONGEST_NAME).strip()
    if concept.pattern:
        # re keeps the patterns that it compiled
        found = next((s for s in _spellings(text) if re.fullmatch(concept.pattern, s, re.ASCII)), None)
        if found is None:
            args = {"scheme": concept.notation, "pattern": concept.pattern}
            raise unreadable("identifier-pattern", written, args=args)
        text = found
    digits = _CHECKED_BY.get(concept.notation)
    if digits is not None and not _has_right_check_digits(digits, text):
        raise unreadable("identifier-check-digits", written, args={"scheme": concept.notation})
    return text


def _spellings(text: str) -> tuple[str, ...]:
    """The identifier, also without spaces and hyphens, also in capitals."""
    bare = text.translate(_SEPARATORS)
    return text, bare, text.upper(), bare.upper()


def _has_right_check_digits(module: str, text: str) -> bool:
    from importlib import import_module  # noqa: PLC0415 - one of many modules, by scheme

    return bool(import_module(module).is_valid(text))
