"""The check of a change: of the nodes that it touches, with exactly what their checks look at.

A node has to be checked again if a triple came or went that its check may have looked at. From each
changed triple the ways of all shapes are gone back to the focus nodes that they begin at; from these,
forwards, everything is gathered that their checks will look at. What an engine finds in that for these
nodes is what it would have found for them in the whole graph.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

from kg.validation.view import views

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.validation.view import Link, Sight, View

    Place = tuple[str, View]
    """A node, as a term, and the view that it is seen in."""

Triple = tuple[str, str, str]
"""Subject, IRI of the property without brackets, object: terms of N-Triples."""


class Graph(Protocol):
    """The graph after the change."""

    def about(self, nodes: Collection[str]) -> Iterable[Triple]:
        """The triples whose subject is one of some nodes."""

    def pointing(self, nodes: Collection[str], properties: Collection[str]) -> Iterable[Triple]:
        """Those whose object is, with one of some properties; "" among these is any."""


def touched(changed: Iterable[Triple], seen: Sight, graph: Graph) -> set[str]:
    """The nodes whose check may find something else than before; nodes that are gone are among them."""
    ways = _Backwards(seen.root)
    triples = set(changed)
    found = set(seen.nodes)
    todo: list[Place] = []
    for subject, property_, object_ in triples:
        found.add(subject)
        if property_ in seen.objects_of:
            found.add(object_)
        todo += [(subject, view) for view in ways.reading((property_, False))]
        todo += [(object_, view) for view in ways.reading((property_, True))]
    reached = set(todo)
    while todo:
        found |= {node for node, view in todo if view is seen.root}
        new = {place for place in ways.back(todo, graph) if place not in reached}
        reached |= new
        todo = sorted(new, key=lambda place: place[0])
    return found


def surroundings(nodes: Iterable[str], seen: Sight, graph: Graph) -> set[Triple]:
    """The triples that the checks of some nodes look at, and those by which they are checked at all."""
    ways = _Forwards(graph)
    todo: set[Place] = {(node, seen.root) for node in nodes}
    if seen.objects_of:
        ways.found.update(graph.pointing(sorted({node for node, _ in todo}), seen.objects_of))
    reached = set(todo)
    while todo:
        ways.know({node for node, _ in todo})
        todo = set(ways.on(todo)) - reached
        reached |= todo
    return ways.found


class _Forwards:
    """What has been looked at so far."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.about: dict[str, list[Triple]] = {}
        self.found: set[Triple] = set()
        self.against: dict[View, bool] = {}

    def know(self, nodes: set[str]) -> None:
        """Look at some nodes."""
        new = sorted(nodes - self.about.keys())
        self.about.update((node, []) for node in new)
        for triple in self.graph.about(new) if new else ():
            self.about[triple[0]].append(triple)
            self.found.add(triple)

    def on(self, places: Iterable[Place]) -> Iterator[Place]:
        """The places that are one step after some places."""
        at: dict[View, set[str]] = defaultdict(set)
        for node, view in places:
            at[view].add(node)
        for view, nodes in at.items():
            for other in view.also:
                yield from ((node, other) for node in nodes)
            for (property_, inverse), ends in view.links.items():
                for triple in self._along(nodes, property_, inverse=inverse):
                    node = triple[0] if inverse else triple[2]
                    yield from ((node, end) for end in ends if self._goes_on(node, end))

    def _goes_on(self, node: str, view: View) -> bool:
        """Whether anything is looked at from there on; from a literal only what has it too can be."""
        if node.startswith(("<", "_:")):
            return bool(view.reads or view.links or view.also)
        if view not in self.against:
            self.against[view] = any(inverse for v in _same(view) for _, inverse in v.links)
        return self.against[view]

    def _along(self, nodes: set[str], property_: str, *, inverse: bool) -> Iterator[Triple]:
        if inverse:
            for triple in self.graph.pointing(sorted(nodes), {property_}):
                self.found.add(triple)
                yield triple
            return
        for node in nodes:
            yield from (t for t in self.about[node] if property_ in {"", t[1]})


def _same(view: View) -> set[View]:
    """All views of the node that stands there."""
    found, todo = {view}, [view]
    while todo:
        new = {other for other in todo.pop().also if other not in found}
        found |= new
        todo += new
    return found


class _Backwards:
    """The views of a sight with their links turned round."""

    def __init__(self, root: View) -> None:
        self.views = views(root)
        self.same: dict[View, list[View]] = defaultdict(list)
        self.links: dict[View, list[tuple[Link, View]]] = defaultdict(list)
        for view in self.views:
            for other in view.also:
                self.same[other].append(view)
            for link, ends in view.links.items():
                for end in ends:
                    self.links[end].append((link, view))

    def reading(self, link: Link) -> Iterator[View]:
        """The views from which a triple is looked at, from its subject or (inverse) from its object."""
        property_, inverse = link
        for view in self.views:
            read = not inverse and not view.reads.isdisjoint({property_, ""})
            if read or link in view.links or ("", inverse) in view.links:
                yield view

    def back(self, places: Iterable[Place], graph: Graph) -> Iterator[Place]:
        """The places that are one step before some places."""
        pointed: dict[Link, dict[View, set[str]]] = defaultdict(lambda: defaultdict(set))
        for node, view in places:
            for before in self.same[view]:
                yield node, before
            for link, before in self.links[view]:
                pointed[link][before].add(node)
        for (property_, inverse), by_view in pointed.items():
            for before, nodes in by_view.items():
                if inverse:
                    for _, name, object_ in graph.about(sorted(nodes)):
                        if property_ in {"", name}:
                            yield object_, before
                else:
                    for subject, _, _ in graph.pointing(sorted(nodes), {property_}):
                        yield subject, before
