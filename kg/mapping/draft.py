"""What a record becomes while it is mapped, and what comes out: blocks of N-Triples."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.identity.iris import digest
from kg.rdf import DCTERMS, KG, RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem
    from kg.identity.iris import Iris
    from kg.model.types import Class
    from kg.values.codec import Node

_TYPE = f"<{RDF}type> "


@dataclass(frozen=True, slots=True)
class Block:
    """One entity, claim or piece of evidence with its parts: sorted N-Triples lines.

    ``root`` is the IRI without brackets; a part's IRI is the root's with a fragment.
    """

    root: str
    text: str

    def lines(self) -> list[str]:
        """The lines, without their line ends."""
        return self.text.split("\n")[:-1]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which entity a name took: recorded, since a name says less than an id."""

    name: str
    iri: str


@dataclass(frozen=True, slots=True)
class Mark:
    """How much of a draft was there before the value at ``pointer`` was read."""

    pointer: str
    tails: int
    parts: int
    children: int


@dataclass(slots=True)
class Draft:
    """One record, or one described in place, on its way to triples.

    ``tails`` are ``<predicate> object`` of the record's node; ``key`` those of them that make
    a claim's identity, ``matter`` those that name its parties. ``parts`` are nodes of values.
    """

    class_: Class
    data: dict[str, Any]
    pointer: str = ""
    iri: str = ""
    tails: list[str] = field(default_factory=list)
    key: list[str] = field(default_factory=list)
    matter: list[str] = field(default_factory=list)
    parts: list[tuple[str, str, Node, bool]] = field(default_factory=list)
    """(property, field name, node, whether it belongs to the key)"""
    refs: list[str] = field(default_factory=list)
    """IRIs, without brackets, of the entities and claims that the record names."""
    children: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    marks: list[Mark] | None = None
    """Kept only by a trace: which lengths the lists had before each value was read."""

    def at(self, pointer: str) -> None:
        """Note that what follows comes from the value at ``pointer`` of this record."""
        if self.marks is not None:
            self.marks.append(Mark(pointer, len(self.tails), len(self.parts), len(self.children)))


def key_parts(draft: Draft) -> list[str]:
    """What a claim's digest is made of: its type and the RDF values of its key fields."""
    parts = list(draft.key)
    for path, _, node, is_key in draft.parts:
        if is_key:
            parts.append(" ".join((f"<{path}>", *_node_key(node))))
    return [f"<{draft.class_.iri}>", *sorted(set(parts))]


def _node_key(node: Node) -> list[str]:
    below = [f"{path} ({' '.join(_node_key(part))})" for path, _, part in node.parts]
    return sorted(node.tails + below)


def blocks(draft: Draft, iris: Iris, dataset: str) -> list[Block]:
    """The blocks of a draft whose IRI is settled: its own first, then its evidence.

    A claim also names its dataset and its bare matter.
    """
    root = draft.iri
    tails = {_TYPE + f"<{c}>" for c in draft.class_.types}
    tails.update(draft.tails)
    if draft.class_.is_claim:
        tails.add(f"<{DCTERMS}isPartOf> <{iris.dataset(dataset)}>")
        matter = iris.matter([f"<{draft.class_.iri}>", *sorted(set(draft.matter))])
        tails.add(f"<{KG}says> <{matter}>")
    below: dict[str, list[str]] = {}
    for part in placed(draft, iris):
        if part.path:
            tails.add(f"<{part.path}> <{part.iri}>")
        below[part.iri] = part.tails
    # "#" sorts before the ">" that closes the root's own IRI
    inside = sorted((i for i in below if i.startswith(root + "#")), key=lambda i: i + ">")
    text = "".join(_text(i, below[i]) for i in inside) + _text(root, sorted(tails))
    outside = sorted(i for i in below if not i.startswith(root + "#"))
    return [Block(root, text), *(Block(i, _text(i, below[i])) for i in outside)]


@dataclass(frozen=True, slots=True)
class Placed:
    """A value's node with its IRI; ``path`` is empty for one below another value's node."""

    path: str
    iri: str
    tails: list[str]
    number: int
    """Which of the draft's parts it belongs to."""


def placed(draft: Draft, iris: Iris) -> Iterator[Placed]:
    """Every node of the draft's values: a fragment of the record, or named by its contents."""
    count: dict[str, int] = {}
    for number, (path, name, node, _) in enumerate(draft.parts):
        if node.by_digest:
            tails = _node_tails(node)
            yield Placed(path, f"{iris.base}{node.by_digest}/~{digest(tails)}", tails, number)
            continue
        count[name] = count.get(name, 0) + 1
        fragment = name if count[name] == 1 else f"{name}-{count[name]}"
        yield from _fragments(path, node, f"{draft.iri}#{fragment}", number)


def _fragments(path: str, node: Node, iri: str, number: int) -> Iterator[Placed]:
    tails = _node_tails(node)
    for inner, suffix, part in node.parts:
        tails.append(f"{inner} <{iri}-{suffix}>")
        yield from _fragments("", part, f"{iri}-{suffix}", number)
    yield Placed(path, iri, sorted(tails), number)


def _node_tails(node: Node) -> list[str]:
    return sorted({*node.tails, *node.notes, *(_TYPE + f"<{c}>" for c in node.types)})


def _text(iri: str, tails: list[str]) -> str:
    subject = f"<{iri}> "
    return subject + f" .\n{subject}".join(tails) + " .\n"
