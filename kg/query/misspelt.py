"""What is wrong with a SPARQL text, by its words, where the engine only says what it expected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.errors import UsageError
from kg.query.tokens import written
from kg.rdf import KG
from kg.values.nearest import choices, close

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.model.types import Model

_LISTED: Final = """
SELECT ASK CONSTRUCT DESCRIBE PREFIX BASE DISTINCT REDUCED WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS
FILTER EXISTS BIND VALUES UNDEF GROUP HAVING ORDER LIMIT OFFSET ASC DESC COUNT SUM MIN MAX AVG SAMPLE
GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT
STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS
MINUTES SECONDS TIMEZONE NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE STRLANG STRDT SAMETERM
ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE NOT TRUE FALSE TRIPLE SUBJECT PREDICATE OBJECT
ISTRIPLE
"""
_KEYWORDS: Final = tuple(_LISTED.split())
_KEYWORD: Final = re.compile(r"[A-Za-z_]{3,20}")
_NAME: Final = re.compile(r"([^\W\d_][\w.-]*)?:(.*)", re.DOTALL)
_TERM: Final = re.compile(r"<" + re.escape(KG) + r"(\w+)>")

_EXPECTED: Final = re.compile(r"error at (\d+):(\d+): expected ")
_STANDS: Final = 30
"""Characters of what stands where it goes wrong."""


def clearer(error: UsageError, sparql: str, prefixes: Mapping[str, str]) -> UsageError:
    """The error of a text that can't be read: its undeclared prefix or misspelt keyword, if there is one."""
    if error.code != "query-syntax":
        return error
    known = {**prefixes, **_declared(sparql)}
    for prefix, _ in _names(sparql):
        if prefix not in known:
            near, allowed = choices(prefix, sorted(name for name in known if name))
            return UsageError("query-prefix", received=f"{prefix}:", near=near, allowed=near or allowed)
    for word in written(sparql):
        if _KEYWORD.fullmatch(word) and word.upper() not in _KEYWORDS and (near := close(word, _KEYWORDS)):
            return UsageError(
                "query-keyword", received=word, near=near, allowed=near[:1], place=_place(word, sparql)
            )
    found = _EXPECTED.match(str(error.args_shown.get("reason", "")))
    if not found:
        return error
    line, column = int(found[1]), int(found[2])
    where = f"{line}:{column}"
    rest = "\n".join(sparql.split("\n")[line - 1 :])[column - 1 :].strip()
    if rest:
        return UsageError("query-syntax-at", where=where, stands=rest.split("\n")[0][:_STANDS])
    return UsageError("query-syntax-end", where=where)


def _place(word: str, sparql: str) -> str:
    """Line and column of a word."""
    before = sparql[: sparql.find(word)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def unknown_terms(
    sparql: str, model: Model, prefixes: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The terms of kg's own namespace that the model does not have, each with the nearest that it has.

    >>> from kg import model
    >>> list(unknown_terms("SELECT * { ?x kg:investr ?y ; kg:status ?z }", model.load(), {"kg": KG}))
    [('kg:investr', ('kg:investor', 'kg:investee'))]
    """
    spaces = {**prefixes, **_declared(sparql)}
    used = [local for prefix, local in _names(sparql) if spaces.get(prefix) == KG]
    terms = {iri.removeprefix(KG) for iri in model.labels if iri.startswith(KG)}
    terms |= {c.iri.removeprefix(KG) for concepts in model.concepts.values() for c in concepts}
    for local in dict.fromkeys([*used, *_TERM.findall(sparql)]):
        if local and local not in terms:
            yield f"kg:{local}", tuple(f"kg:{near}" for near in close(local, sorted(terms)))


def _names(sparql: str) -> Iterator[tuple[str, str]]:
    """The prefixed names of a text, as (prefix, local name); not those that declare a prefix."""
    before = ""
    for word in written(sparql):
        if before.lower() != "prefix" and (found := _NAME.fullmatch(word)):
            yield found[1] or "", found[2].rstrip(".")
        before = word


def _declared(sparql: str) -> dict[str, str]:
    return dict(re.findall(r"(?i)\bprefix\s+([^\s:<>]*):\s*<([^<>\s]*)>", sparql))
