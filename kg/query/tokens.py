r"""The words of a SPARQL text, to refuse what may not run before anything runs.

Strings, IRIs and comments are stepped over, as https://www.w3.org/TR/sparql11-query/#sparqlGrammar
has them; a text is looked at both as it is written and with its ``\uXXXX`` resolved.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(
    r"""
      <[^<>"{}|^`\\\x00-\x20]*>                    # an IRI; quotation marks and # may stand in it
    | \"\"\"(?:\\.|\"{0,2}[^"\\])*\"\"\" | '''(?:\\.|'{0,2}[^'\\])*'''
    | "(?:\\.|[^"\\\n\r])*" | '(?:\\.|[^'\\\n\r])*'
    | \#[^\n\r]*                                   # a comment
    | (?P<word>[?$@]?(?:\w|[:-]|\\[^\n]|\.(?=[\w:-])|%)+)
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LAST: Final = 0x10FFFF
_UPDATES: Final = frozenset(
    ("insert", "delete", "load", "clear", "drop", "create", "copy", "move", "add", "with")
)
_FORMS: Final = frozenset(("select", "ask", "construct", "describe"))


def words(sparql: str) -> Iterator[str]:
    r"""The words of a text in lower case; variables, prefixed names and language tags whole.

    >>> list(words('SELECT ?x { ?x a <http://x/SERVICE> } # SERVICE'))
    ['select', '?x', '?x', 'a']
    """
    return map(str.lower, written(sparql))


def written(sparql: str) -> Iterator[str]:
    """The words of a text as they are written."""
    return (word for found in _TOKEN.finditer(sparql) if (word := found["word"]))


def check(sparql: str) -> str:
    """The form of a query: ``select``, ``ask``, ``construct`` or ``describe``; "" if there is none.

    Raises ``UsageError`` for what would reach the network or change the graph.

    >>> check('PREFIX x: <http://x/> ASK { ?service x:p "SERVICE" }')
    'ask'
    """
    for text in (sparql, _resolved(sparql)):
        if "service" in words(text):
            raise UsageError("query-service")
    form = ""
    for word in words(sparql):
        if word in _UPDATES and not form:
            raise UsageError("query-update", received=word.upper())
        if word in _FORMS:
            form = form or word
    return form


def _resolved(sparql: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= _LAST else match[0]

    return _ESCAPED.sub(character, sparql)
