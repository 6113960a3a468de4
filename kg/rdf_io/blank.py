"""Blank nodes by what is said of them, so that the same file in another order has the same lines.

A node's name is a digest of all that hangs together with it, worked out by refinement: in each round the
name of a node follows from what is said with it and from the names of its neighbours before.
"""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TOGETHER: Final = 2_000
"""So many blank nodes may hang together."""
_DIGITS: Final = 32
_Said = tuple[str, str, str]
"""(">" for a node that is the subject or "<" for one that is the object, predicate, the other term)."""


def named(lines: Iterable[str], file: str) -> list[str]:
    """Lines of N-Triples with ``<_:…>`` in the place of blank nodes, sorted, each once.

    Raises ``InputError`` where too many hang together, or where some can't be told apart.

    >>> named(["_:a <x:p> _:b .", '_:b <x:q> "1" .'], "") == named(['_:x <x:q> "1" .', "_:y <x:p> _:x ."], "")
    True
    """
    triples = [line.removesuffix(" .").split(" ", 2) for line in lines]
    said: dict[str, set[_Said]] = defaultdict(set)
    for subject, predicate, obj in triples:
        if _is_blank(subject):
            said[subject].add((">", predicate, obj))
        if _is_blank(obj):
            said[obj].add(("<", predicate, subject))
    names: dict[str, str] = {}
    for nodes in _together(said):
        if len(nodes) > TOGETHER:
            raise InputError("rdf-blank-many", file=file, count=len(nodes), limit=TOGETHER)
        names.update(_names(nodes, said, file))
    return sorted({f"{names.get(s, s)} {p} {names.get(o, o)} ." for s, p, o in triples})


def _is_blank(term: str) -> bool:
    return term.startswith("_:")


def _together(said: Mapping[str, set[_Said]]) -> list[list[str]]:
    """The nodes that hang together over other blank nodes."""
    found: list[list[str]] = []
    seen: set[str] = set()
    for start in said:
        if start in seen:
            continue
        nodes = [start]
        seen.add(start)
        for node in nodes:
            more = {other for _, _, other in said[node] if _is_blank(other)} - seen
            seen |= more
            nodes += more
        found.append(nodes)
    return found


def _names(nodes: list[str], said: Mapping[str, set[_Said]], file: str) -> dict[str, str]:
    names = dict.fromkeys(nodes, "_:")
    kinds = 0
    while len(set(names.values())) > kinds:
        kinds = len(set(names.values()))
        names = {node: _name(said[node], names) for node in nodes}
    _refuse_alike(names, said, file)
    # all that hangs together with a node is in its name
    whole = "".join(sorted(names.values()))
    return {node: f"<_:{_digest(name + whole)}>" for node, name in names.items()}


def _name(said: set[_Said], names: Mapping[str, str]) -> str:
    return _digest("\n".join(sorted(f"{way} {p} {names.get(other, other)}" for way, p, other in said)))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _refuse_alike(names: Mapping[str, str], said: Mapping[str, set[_Said]], file: str) -> None:
    """Of two nodes of one name the same must be said, so that one of them says nothing more."""
    first: dict[str, str] = {}
    for node, name in names.items():
        other = first.setdefault(name, node)
        if said[node] != said[other]:
            raise InputError("rdf-blank-alike", file=file)
