"""Asking the graph: SPARQL in a process of its own, named queries, results shown, things explained."""

from __future__ import annotations

from kg.query import changes
from kg.query.bind import bindings, given, resolve
from kg.query.named import Named, Param, load, one, read
from kg.query.session import Answer, Asked, Limits, Session

__all__ = [
    "Answer",
    "Asked",
    "Limits",
    "Named",
    "Param",
    "Session",
    "bindings",
    "changes",
    "given",
    "load",
    "one",
    "read",
    "resolve",
]
