"""A change of the graph before it is made: what goes and comes, and how the rest looks after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.store.embedded import Embedded

    Triple = tuple[str, str, str]
    """Subject, IRI of the property without brackets, object: terms of N-Triples."""


@dataclass(frozen=True)
class Around:
    """The default graph as it will be; as it is, if nothing goes or comes."""

    embedded: Embedded
    gone: frozenset[Triple] = frozenset()
    came: frozenset[Triple] = frozenset()
    _by_subject: dict[str, list[Triple]] = field(default_factory=dict, init=False)
    _by_object: dict[str, list[Triple]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Find what comes by its ends."""
        for triple in self.came:
            self._by_subject.setdefault(triple[0], []).append(triple)
            self._by_object.setdefault(triple[2], []).append(triple)

    @property
    def changed(self) -> frozenset[Triple]:
        """What goes and what comes."""
        return self.gone | self.came

    def as_it_is(self) -> Around:
        """The graph without the change."""
        return Around(self.embedded)

    def about(self, nodes: Collection[str]) -> Iterator[Triple]:
        """The triples whose subject is one of some nodes."""
        for node in nodes:
            yield from self._kept(self.embedded.matching(node, "", ""))
            yield from self._by_subject.get(node, ())

    def pointing(self, nodes: Collection[str], properties: Collection[str]) -> Iterator[Triple]:
        """Those whose object is, with one of some properties; "" among these is any."""
        asked = [""] if "" in properties else sorted(properties)
        for node in nodes:
            for property_ in asked:
                yield from self._kept(self.embedded.matching("", property_, node))
            yield from (t for t in self._by_object.get(node, ()) if "" in properties or t[1] in properties)

    def _kept(self, found: Iterable[Triple]) -> Iterator[Triple]:
        return (triple for triple in found if triple not in self.gone and triple not in self.came)


def triples(lines: Iterable[str]) -> frozenset[Triple]:
    """Lines of N-Triples as triples."""
    found = set()
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        found.add((subject, predicate[1:-1], rest.removesuffix(" .")))
    return frozenset(found)
