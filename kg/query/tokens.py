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
    | \|\| | && | .
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LAST: Final = 0x10FFFF
_UPDATES: Final = frozenset(
    ("insert", "delete", "load", "clear", "drop", "create", "copy", "move", "add", "with")
)
DEEPEST: Final = 100
"""So many brackets may be open at once: the engine goes down with each, and has so much of a stack."""
PARTS: Final = 1_000
"""So many parts may hang on each other, each of which the engine works out within the next."""
OF_AN_IRI: Final = 20
"""An IRI has not more of one sign."""
_OPEN: Final = frozenset("([{")
_CLOSED: Final = frozenset(")]}")
_SIGNS: Final = frozenset(("||", "&&", *"|+*/!^-"))
_CHAINED: Final = frozenset(("union", "optional", "minus", "filter", "bind", "graph", "lateral"))
_SHOWN: Final = 60
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

    Raises ``UsageError`` for what would reach the network or change the graph, and for what is nested so
    deep, or has so many parts, that the engine might not get to its end.

    >>> check('PREFIX x: <http://x/> ASK { ?service x:p "SERVICE" }')
    'ask'
    """
    try:
        sparql.encode()
    except UnicodeEncodeError as error:
        received = sparql.encode("utf-8", "replace").decode()[:_SHOWN]
        raise UsageError("query-unreadable", received=received, reason="UTF-8") from error
    for text in (sparql, _resolved(sparql)):
        if "service" in words(text):
            raise UsageError("query-service")
        _measure(text)
    form = ""
    for word in words(sparql):
        if word in _UPDATES and not form:
            raise UsageError("query-update", received=word.upper())
        if word in _FORMS:
            form = form or word
    return form


def _measure(sparql: str) -> None:
    """Refuse what is too deep, or has too many parts in a row."""
    depth = parts = 0
    for found in _TOKEN.finditer(sparql):
        token = found[0]
        if word := found["word"]:
            # in a prefixed name it is no sign
            signs = word.count("-") if word[0] in "?$-" or word[0].isdecimal() else 0
            parts += signs + (word.lower() in _CHAINED)
        elif token in _OPEN:
            depth += 1
        elif token in _CLOSED:
            depth -= 1
        elif token in _SIGNS:
            parts += 1
        elif token[0] == "<":
            # what looks like an IRI may be a comparison with more behind it
            depth += max(token.count("(") + token.count("[") - token.count(")") - token.count("]"), 0)
            parts += max(max(map(token.count, ("&&", *"+*!-/"))) - OF_AN_IRI, 0)
        if depth > DEEPEST:
            raise UsageError("query-deep", allowed=DEEPEST)
        if parts > PARTS:
            raise UsageError("query-parts", allowed=f"{PARTS:,}")


def _resolved(sparql: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= _LAST else match[0]

    return _ESCAPED.sub(character, sparql)
