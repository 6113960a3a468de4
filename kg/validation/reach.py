"""How far shapes look: what of one node the check of another node may read.

A change of a node is checked with the node itself. What refers to it need only be checked again if
something has changed that a shape can see from there, by a path, by a shape for its values, or in SPARQL.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.rdf import RDF
from kg.validation.view import sight

if TYPE_CHECKING:
    from kg.validation.view import View


@lru_cache(maxsize=8)
def seen_from_elsewhere(shapes: str) -> frozenset[str] | None:
    """The properties of a node that the check of another one may read; None if that may be any.

    The class of a node is always among them. A check that goes against the direction of a property
    may read what nothing of the other node tells, so that is any too.
    """
    seen = sight(shapes)
    far = _beyond_one_link(seen.root)
    read = {p for view in far for p in (*view.reads, *(link for link, _ in view.links))}
    if seen.beyond or seen.objects_of or seen.goes_against or "" in read:
        return None
    return frozenset(read | {f"{RDF}type"})


def _beyond_one_link(root: View) -> set[View]:
    """The views that may be of another node than the focus node."""
    found: set[View] = set()
    same, todo = {root}, [root]
    while todo:
        view = todo.pop()
        after = {end for ends in view.links.values() for end in ends}
        if view in found:
            after.update(view.also)
        else:
            new = set(view.also) - same
            same |= new
            todo += new
        todo += after - found
        found |= after
    return found
