"""JSON-LD: expanded by library, compacted here by the context that the caller gives.

Libraries' compaction turns ``"03"^^xsd:integer`` into ``3`` and orders by hash; so the small part of it
that contexts like ours need is done here, and what was written is read back and compared before
it is given out. The forms are those of https://www.w3.org/TR/json-ld11/.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, UsageError
from kg.export.terms import Terms
from kg.rdf import RDF
from kg.rdf_io import read_rdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TYPE = f"{RDF}type"


def expanded(lines: Iterable[str]) -> Iterator[str]:
    """The expanded form, keys sorted; lines of one subject stand together."""
    yield _text(_nodes(lines))


def compacted(lines: Iterable[str], context: Mapping[str, Any]) -> Iterator[str]:
    """The form that ``context`` makes short, keys sorted.

    Raises ``UsageError`` if the context is not valid, or would change a triple.
    """
    wanted = sorted(set(lines))
    terms = Terms(context)
    graph = [_compact(node, terms) for node in _nodes(wanted)]
    text = _text({"@context": dict(context), "@graph": graph})
    try:
        found = set(read_rdf(text.encode(), "jsonld", name="@context").lines)
    except InputError as error:
        raise UsageError("export-context", said=str(error)) from error
    changed = sorted(found.symmetric_difference(wanted))
    if changed:
        raise UsageError("export-context", said=changed[0])
    yield text


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _nodes(lines: Iterable[str]) -> list[dict[str, Any]]:
    """The node objects in expanded form, in the order of the lines."""
    import pyoxigraph as ox  # noqa: PLC0415 - only who writes JSON-LD needs it

    triples = (q.triple for q in ox.parse("\n".join(lines), ox.RdfFormat.N_TRIPLES, lenient=True))
    nodes: list[dict[str, Any]] = json.loads(ox.serialize(triples, format=ox.RdfFormat.JSON_LD) or b"[]")
    for node in nodes:
        types = node.pop(_TYPE, None)
        if types is None:
            continue
        if all("@id" in value for value in types):
            node["@type"] = [value["@id"] for value in types]
        else:
            node[_TYPE] = types
    return nodes


def _compact(node: dict[str, Any], terms: Terms) -> dict[str, Any]:
    short: dict[str, Any] = {terms.keyword("@id"): node.pop("@id")}
    types = [terms.vocabulary(t) for t in node.pop("@type", [])]
    if types:
        short[terms.keyword("@type")] = types[0] if len(types) == 1 else types
    for predicate, values in node.items():
        for value in values:
            key, language, written = terms.property(predicate, value)
            if language:
                holder, key = short.setdefault(key, {}), language
            else:
                holder = short
            if key not in holder:
                holder[key] = written
            elif isinstance(holder[key], list):
                holder[key].append(written)
            else:
                holder[key] = [holder[key], written]
    return short
