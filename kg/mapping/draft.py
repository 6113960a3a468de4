"""What a record becomes while it is mapped, and what comes out: blocks of N-Triples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.rdf import KG, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.errors import Problem
    from kg.identity.entry import Rest
    from kg.identity.iris import Iris
    from kg.model.types import Class
    from kg.values.codec import Node


@dataclass(frozen=True, slots=True)
class Block:
    """One entity, claim or piece of evidence: N-Triples lines, first those of its root, then of its parts.

    ``root`` is the IRI without brackets; a part's IRI is the root's with a fragment. The lines of the
    root, and those of the parts, are sorted and each there once, as the archive has them.
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


class Draft:
    """One record, or one described in place, on its way to triples.

    ``tails`` are ``<predicate> object`` of the record's node; ``key`` those of them that make
    a claim's identity, ``matter`` those that name its parties. ``parts`` are the nodes of values:
    (property, field name, node, whether it belongs to the key). ``refs`` are the IRIs of the
    entities and claims that the record names; ``rests`` are what else it was understood by.
    ``marks`` are kept only by a trace.
    """

    __slots__ = (
        "children",
        "class_",
        "data",
        "dataset",
        "iri",
        "key",
        "marks",
        "matter",
        "parts",
        "problems",
        "refs",
        "resolutions",
        "rests",
        "tails",
    )

    def __init__(
        self,
        class_: Class,
        data: dict[str, Any],
        dataset: str,
        problems: list[Problem],
        *,
        marks: bool = False,
    ) -> None:
        """Begin a draft; what is wrong with it goes to ``problems``."""
        # written out, since a dataclass with list fields takes twice as long for every record
        self.class_ = class_
        self.data = data
        self.dataset = dataset
        self.problems = problems
        self.iri = ""
        self.tails: list[str] = []
        self.key: list[str] = []
        self.matter: list[str] = []
        self.parts: list[tuple[str, str, Node, bool]] = []
        self.refs: list[str] = []
        self.rests: list[Rest] = []
        self.children: list[Draft] = []
        self.resolutions: list[Resolution] = []
        self.marks: list[Mark] | None = [] if marks else None

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


def blocks(draft: Draft, iris: Iris, fixed: Iterable[str]) -> list[Block]:
    """The blocks of a draft whose IRI is settled: its own first, then its evidence.

    ``fixed`` are tails that all records of its class in its dataset have. A claim also names
    its bare matter.
    """
    root = draft.iri
    tails = {*draft.tails, *fixed}
    if draft.class_.is_claim:
        matter = iris.matter([f"<{draft.class_.iri}>", *sorted(set(draft.matter))])
        tails.add(f"<{KG}says> <{matter}>")
    inside, outside = "", {}
    for part in placed(draft, iris) if draft.parts else ():
        if part.path:
            tails.add(f"<{part.path}> <{part.iri}>")
        if part.shared:
            outside[part.iri] = _text(part.iri, part.tails)
        else:
            inside += _text(part.iri, part.tails)
    own = Block(root, _text(root, sorted(tails)) + inside)
    if not outside:
        return [own]
    return [own, *(Block(iri, outside[iri]) for iri in sorted(outside))]


class Placed(NamedTuple):
    """A value's node with its IRI."""

    path: str
    """The property that leads to it; empty for one below another value's node."""
    iri: str
    tails: list[str]
    number: int
    """Which of the draft's parts it belongs to."""
    shared: bool
    """Whether it is named by its contents and not a fragment of the record."""


def placed(draft: Draft, iris: Iris) -> list[Placed]:
    """Every node of the draft's values, fragments in the order of their lines."""
    found: list[Placed] = []
    count: dict[str, int] = {}
    for number, (path, name, node, _) in enumerate(draft.parts):
        if node.by_digest:
            tails = _node_tails(node)
            found.append(
                Placed(path, iris.digested(node.by_digest, draft.dataset, tails), tails, number, shared=True)
            )
            continue
        times = count[name] = count.get(name, 0) + 1
        fragment = name if times == 1 else f"{name}-{times}"
        _fragments(path, node, f"{draft.iri}#{fragment}", number, found)
    if len(found) > 1:
        # the ">" that closes an IRI in a line sorts after what may follow in a longer one
        found.sort(key=lambda part: part.iri + ">")
    return found


def _fragments(path: str, node: Node, iri: str, number: int, found: list[Placed]) -> None:
    tails = _node_tails(node)
    if node.parts:
        for inner, suffix, part in node.parts:
            tails.append(f"{inner} <{iri}-{suffix}>")
            _fragments("", part, f"{iri}-{suffix}", number, found)
        tails.sort()
    found.append(Placed(path, iri, tails, number, shared=False))


@cache
def type_tails(classes: tuple[str, ...]) -> tuple[str, ...]:
    """The tails that type a node."""
    return tuple(f"{TYPE} <{c}>" for c in classes)


def _node_tails(node: Node) -> list[str]:
    return sorted({*node.tails, *node.notes, *type_tails(node.types)})


def _text(iri: str, tails: list[str]) -> str:
    subject = f"<{iri}> "
    return subject + f" .\n{subject}".join(tails) + " .\n"
