"""A question about something: the things that its rows may be about are looked up first.

A query names by ``# only into: ?claim kg:investee ?_into`` which claims are meant if ``--into`` is given, and
by ``VALUES ?claim { UNDEF }`` where that narrows its work. A free question has no such line and works
everything out at once: each ``{ SELECT * { … } }`` for itself, to be joined by hashing. A narrow one goes
from the few things meant to what hangs on them; there it is read as ``{ … }``, which means the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

FEW: Final = 5_000
"""Up to so many things are put into the query; if more are meant, all is worked out and the rest left out."""
_PLACE: Final = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}")
_AT_ONCE: Final = re.compile(r"\{\s*SELECT\s+\*\s*(?:WHERE\s*)?\{")
_PROLOGUE: Final = re.compile(r"^(?:PREFIX|BASE)\s[^\n]*$", re.MULTILINE | re.IGNORECASE)


def subjects(sparql: str) -> set[str]:
    """The variables that a query can be narrowed to.

    >>> subjects("SELECT ?a { VALUES ?a { UNDEF } ?a ?b ?c }")
    {'a'}
    """
    return set(_PLACE.findall(sparql))


def lookup(sparql: str, subject: str, parameter: str, pattern: str) -> str:
    """The query that finds what a parameter means, with the prefixes of the query that it narrows."""
    prologue = "\n".join(_PROLOGUE.findall(sparql))
    return f"{prologue}\nSELECT DISTINCT ?{subject} ?{parameter} WHERE {{ {pattern} }}"


def free(sparql: str) -> str:
    """The query for everything."""
    return _PLACE.sub("", sparql)


def narrowed(sparql: str, things: Collection[str]) -> str:
    """The query for some things, which are written as terms of N-Triples.

    >>> narrowed("SELECT ?a { VALUES ?a { UNDEF } { SELECT * { ?a ?b ?c } } }", ["<x:y>"])
    'SELECT ?a { VALUES ?a { <x:y> } { { ?a ?b ?c } } }'
    """
    listed = " ".join(things)
    return _PLACE.sub(lambda place: f"VALUES ?{place[1]} {{ {listed} }}", _AT_ONCE.sub("{ {", sparql))
