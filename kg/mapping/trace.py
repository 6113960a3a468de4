"""Where every triple of a record comes from; asked only when something is to be said about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import value_at
from kg.mapping.draft import Draft, Mark, Placed, placed
from kg.model.types import ValueType
from kg.model.value_types import VALUE_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.identity.iris import Iris
    from kg.model.types import Class


@dataclass
class Trace:
    """JSON pointers by what they gave: nodes and their triples."""

    nodes: dict[str, str] = field(default_factory=dict)
    """IRI of a record's node, or of a part of it -> pointer."""
    classes: dict[str, Class] = field(default_factory=dict)
    """IRI of an entity or a claim -> its class."""
    tails: dict[str, dict[str, str]] = field(default_factory=dict)
    """Node -> tail (``<predicate> object``) of each of its triples -> pointer."""

    def add(self, node: str, tail: str, pointer: str) -> None:
        """Note where a triple comes from; the first place counts."""
        self.tails.setdefault(node, {}).setdefault(tail, pointer)

    def brought(self, node: str, path: str, value: str) -> bool:
        """Whether the record has this triple; IRIs without brackets, ``value`` a term."""
        return f"<{path}> {value}" in self.tails.get(node, {})

    def pointer_to(self, iri: str) -> str:
        """The pointer of the first reference to an entity or a claim, "" if there is none."""
        end = f" <{iri}>"
        return next(
            (p for tails in self.tails.values() for tail, p in tails.items() if tail.endswith(end)), ""
        )

    def values(self, node: str, path: str) -> list[str]:
        """The terms that the record gives a property of a node."""
        head = f"<{path}> "
        return [tail[len(head) :] for tail in self.tails.get(node, {}) if tail.startswith(head)]

    def pointer(self, node: str, path: str, value: str, name: str) -> str | None:
        """The pointer of a value of a node; of the place where it would stand, if it is missing.

        ``node`` and ``path`` are IRIs, ``value`` is a term or "", ``name`` the name of the field
        that has this path, if any. None if the node is not of this record.
        """
        if node not in self.nodes:
            return None
        tails = self.tails.get(node, {})
        found = tails.get(f"<{path}> {value}")
        if found is None and not value and name:
            return f"{self.nodes[node]}/{name}"
        if found is None and path:
            # the field as a whole: all its values have one pointer, or share its beginning
            same = [pointer for tail, pointer in tails.items() if tail.startswith(f"<{path}> ")]
            found = _common(same) if same else None
        if found is None:
            found = self.nodes[node] + (f"/{name}" if name else "")
        return found


def trace(draft: Draft, iris: Iris) -> Trace:
    """The trace of a draft that was made with ``marks``, and of all it describes in place."""
    found = Trace()
    _into(found, draft, iris, "")
    return found


def _into(found: Trace, draft: Draft, iris: Iris, prefix: str) -> None:
    found.nodes.setdefault(draft.iri, prefix)
    found.classes.setdefault(draft.iri, draft.class_)
    parts: dict[int, list[Placed]] = {}
    for part in placed(draft, iris):
        parts.setdefault(part.number, []).append(part)
    for pointer, (t0, p0, c0), (t1, p1, c1) in _ranges(draft):
        for tail in draft.tails[t0:t1]:
            found.add(draft.iri, tail, prefix + pointer)
        for part in (part for number in range(p0, p1) for part in parts.get(number, ())):
            found.nodes.setdefault(part.iri, prefix + pointer)
            keys = _inner(draft, part.number, pointer)
            for tail in part.tails:
                key = keys.get(tail[1 : tail.index(">")])
                found.add(part.iri, tail, prefix + pointer + (f"/{key}" if key else ""))
            if part.path:
                found.add(draft.iri, f"<{part.path}> <{part.iri}>", prefix + pointer)
        for child in draft.children[c0:c1]:
            _into(found, child, iris, prefix + pointer)


def _inner(draft: Draft, number: int, pointer: str) -> Mapping[str, str]:
    """Property -> key of the JSON object that a value was spelled out in."""
    field = draft.class_.fields[draft.parts[number][1]]
    value = value_at(draft.data, pointer)
    keys = VALUE_TYPES[field.range.name].keys if isinstance(field.range, ValueType) else {}
    return {path: key for path, key in keys.items() if isinstance(value, dict) and key in value}


def _ranges(draft: Draft) -> Iterator[tuple[str, tuple[int, int, int], tuple[int, int, int]]]:
    marks = draft.marks or [Mark("", 0, 0, 0)]
    ends = [(m.tails, m.parts, m.children) for m in marks[1:]]
    ends.append((len(draft.tails), len(draft.parts), len(draft.children)))
    for mark, end in zip(marks, ends, strict=True):
        yield mark.pointer, (mark.tails, mark.parts, mark.children), end


def _common(pointers: list[str]) -> str:
    """The longest pointer that all of them begin with."""
    steps = [p.split("/") for p in pointers]
    shared = []
    for level in zip(*steps, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return "/".join(shared)
