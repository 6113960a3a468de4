"""What RDF/XML is refused for before it is parsed.

XML entities can name files, and can grow a small file to gigabytes; nesting makes the parser's
time grow with the square of the depth. Expat, which only looks here, also knows
the line and column of a mistake, and the parser of RDF/XML does not.
"""

from __future__ import annotations

from typing import Final

from kg.errors import InputError
from kg.rdf_io.faults import where

DEEPEST: Final = 1_000
"""Levels of nested elements."""


def check(data: bytes, file: str, largest: int) -> None:
    """Raise ``InputError`` for XML that is not well-formed, or that is not safe to parse.

    Entities that stand for plain text are fine if the file with all of them written out is no larger
    than ``largest`` bytes: editors of ontologies use them to shorten IRIs.
    """
    from xml.parsers import expat  # noqa: PLC0415 - the guard itself; XML is rare

    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def here() -> str:
        return where(file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def entity(
        name: str, parameter: int, value: str | None, _base: str | None, _system: str | None,
        _public: str | None, _notation: str | None,
    ) -> None:  # fmt: skip
        if parameter or value is None or "&" in value or "%" in value:
            raise InputError("rdf-entity", where=here(), received=name)
        uses = data.count(f"&{name};".encode())
        if len(data) + uses * len(value.encode()) > largest:
            raise InputError("rdf-too-large", file=file, limit=largest)

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise InputError("rdf-depth", where=here(), limit=DEEPEST)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.EntityDeclHandler = entity
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by place: these are all the data
    except expat.ExpatError as error:
        place = where(file, error.lineno, error.offset + 1)
        said = expat.errors.messages[error.code]
        raise InputError("rdf-syntax", where=place, format="RDF/XML", said=said) from error
