"""What can be said of a SPARQL constraint's query before it runs."""

from __future__ import annotations

import re
from typing import Final

_NOT_SYNTAX: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""' + r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|\#[^\n]*",
    re.DOTALL,
)


def bare(query: str) -> str:
    """A query without its comments, and with empty strings and IRIs.

    What is left can be searched for keywords and variables.

    >>> bare('SELECT ?a { ?a <http://x/GRAPH> "GRAPH" } # GRAPH')
    'SELECT ?a { ?a <> "" } '
    """
    return _NOT_SYNTAX.sub(lambda m: {"<": "<>", "#": ""}.get(m.group()[0], '""'), query)


def has_word(bare_query: str, word: str) -> bool:
    """Whether a keyword stands in a bare query (not as a variable or the name of a term).

    >>> has_word("SELECT * { graph ?g {} }", "GRAPH"), has_word("SELECT ?graph { ?s ex:graph 1 }", "GRAPH")
    (True, False)
    """
    return re.search(rf"(?<![?$:\w-]){word}(?![:\w-])", bare_query, re.IGNORECASE) is not None
