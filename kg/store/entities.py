"""What the identity index needs of entities; a row for each is archived beside the triples.

So the index is filled without looking at claims, of which there are many more.
"""

from __future__ import annotations

import json
import re
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from kg.rdf import KG, SCHEMA, TYPE
from kg.store.archive import ENTITIES, Archive
from kg.store.derivation import OTHER, PREFERRED
from kg.store.state import EntityRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_UNNAMED: Final = f"<{KG}unnamed>"
_PUBLISHED: Final = f"<{SCHEMA}datePublished>"
_ESCAPE: Final = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([tbnrf"\'\\]))')
_PLAIN: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}

Row = list[Any]
"""[IRI, types, preferred names, other names, unnamed, dates of publication]; all lists sorted."""


def row(root: str, lines: Sequence[str]) -> bytes:
    """The row of an entity, from the lines of its block, as a line of JSON."""
    types, preferred, others, published = [], [], [], []
    unnamed = False
    cut = len(root) + 3
    for line in lines:
        if not line.startswith(f"<{root}> "):
            continue
        predicate, _, rest = line[cut:].partition(" ")
        if predicate == TYPE:
            types.append(rest[1:-3])
        elif predicate == PREFERRED:
            preferred.append(text_of(rest[:-2]))
        elif predicate == OTHER:
            others.append(text_of(rest[:-2]))
        elif predicate == _UNNAMED:
            unnamed = rest.startswith('"true"')
        elif predicate == _PUBLISHED:
            published.append(text_of(rest[:-2])[1])
    found = [root, types, sorted(preferred), sorted(others), unnamed, sorted(published)]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def row_of(root: str, lines: Sequence[str]) -> EntityRow:
    """The row of an entity, from the lines about it."""
    iri, types, preferred, others, unnamed, published = json.loads(row(root, lines))
    names = tuple((language, name) for language, name in (*preferred, *others))
    return EntityRow(iri, tuple(types), names, unnamed, published[0] if published else "")


def entities(archives: Iterable[Archive]) -> Iterator[EntityRow]:
    """The entities that datasets describe, by IRI; names that some dataset prefers come first."""
    streams = [map(json.loads, archive.lines(ENTITIES)) for archive in archives]
    rows: Iterator[Row] = merge(*streams, key=itemgetter(0))
    for _, same in groupby(rows, key=itemgetter(0)):
        yield entity_row(same)


def entity_row(same: Iterable[Row]) -> EntityRow:
    """What some datasets, one at the least, say of an entity."""
    first, *more = same
    for other in more:
        first = _together(first, other)
    iri, types, preferred, others, unnamed, published = first
    names = [(language, name) for language, name in preferred]
    known = {*names}
    names += [(language, name) for language, name in others if (language, name) not in known]
    return EntityRow(iri, tuple(types), tuple(names), unnamed, published[0] if published else "")


def _together(one: Row, other: Row) -> Row:
    """One row that says what both say."""
    iri, *_ = one
    lists = [[list(x) for x in sorted({tuple(x) for x in one[n] + other[n]})] for n in (2, 3)]
    types, published = (sorted({*one[n], *other[n]}) for n in (1, 5))
    return [iri, types, *lists, one[4] or other[4], published]


def text_of(term: str) -> tuple[str, str]:
    r"""(language or "", text) of a literal.

    >>> text_of('"\\uC0BC\\"성"@ko'), text_of('"2024"^^<http://www.w3.org/2001/XMLSchema#gYear>')
    (('ko', '삼"성'), ('', '2024'))
    """
    text, _, tail = term.rpartition('"')
    text = text[1:]
    if "\\" in text:
        text = _ESCAPE.sub(_unescaped, text)
    return tail[1:] if tail.startswith("@") else "", text


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])
