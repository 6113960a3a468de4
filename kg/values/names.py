"""``Names``: the names of an entity, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.errors import Problem
from kg.rdf import SKOS, literal
from kg.values import by_language
from kg.values.characters import INVISIBLE, LONGEST_NAME, checked_name
from kg.values.codec import Context, Written
from kg.values.scripts import HAN, is_open, told_by_script, two_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model.types import Concept, Field
    from kg.values.codec import Read

Names = tuple[tuple[str, str], ...]
"""(language, name) in the order written, each once; the language is "" where it is open."""
_UNSEEN: Final = frozenset(chr(code) for code in INVISIBLE)


def names_in(value: object, language: str = "") -> Names:
    """The names in a string, ``{"en": "…" | ["…"]}``, or a list of these; raises ``Unreadable``.

    A plain string is in ``language``; if nobody said it, in that of its script (Hangul, kana, …).

    >>> names_in(["소프트뱅크", {"en": "SoftBank"}])
    (('ko', '소프트뱅크'), ('en', 'SoftBank'))
    """
    if isinstance(value, str):
        name = checked_name(value)
        return ((language or told_by_script(name), name),)
    found = by_language.texts(value, language, checked_name, "names-expected")
    return tuple(dict.fromkeys((tag or told_by_script(name), name) for tag, name in found))


class NamesCodec:
    """A string, ``{"en": "…" | ["…"]}``, or a list of these.

    Of each language the first is the preferred name (the field's property), the others are
    ``skos:altLabel``. White space at the ends is dropped, inner runs of it become one space.
    A plain string is in the language of the context; without one in that of its script, or in none.
    """

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read names into ``skos:prefLabel`` and ``skos:altLabel``."""
        preferred = f"<{field.path}> "
        other = f"<{SKOS}altLabel> "

        def read(value: object, context: Context) -> Written:
            names = names_in(value, context.language)
            if len(names) == 1:
                [(tag, name)] = names
                info = () if name.isascii() and name == value else tuple(remarks(value, names))
                return Written([preferred + literal(name, "", tag)], info=info)
            seen: set[str] = set()
            tails = []
            for tag, name in names:
                tails.append((other if tag in seen else preferred) + literal(name, "", tag))
                seen.add(tag)
            return Written(tails, info=tuple(remarks(value, names)))

        return read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of names."""
        return by_language.schema(LONGEST_NAME)


def remarks(value: object, names: Names) -> Iterator[Problem]:
    """What somebody should know: a language that is open, two names in one, characters left out."""
    for tag, name in names:
        if name.isascii():
            continue
        if not tag and is_open(name):
            yield Problem("names-language-open", severity="info", received=name, allowed=HAN)
        if isinstance(value, str) and (both := two_names(name)):
            yield Problem("names-two", args={"both": both}, severity="info", received=name)
    if isinstance(value, str) and not _UNSEEN.isdisjoint(value):
        yield Problem("names-invisible", severity="info", received=names[0][1])
