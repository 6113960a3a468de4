"""The lists that ``kg query`` prints: all named queries, and the options of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.messages import text
from kg.model.types import say
from kg.query import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.query.named import Named, Param

_EXPECTED: Final = {
    "reference": "word-param-reference",
    "date": "word-param-date",
    "text": "word-param-text",
    "integer": "word-param-integer",
    "concept": "word-param-concept",
    "language": "word-param-language",
}


def listed(queries: Mapping[str, Named], language: str) -> Iterator[str]:
    """The lines of a list of all queries with what they answer."""
    widest = max(map(table.width, queries), default=0)
    for name, query in queries.items():
        gap = " " * (widest - table.width(name))
        yield f"{name}{gap}  {table.safe(say(query.summaries, language))}"


def described(query: Named, language: str) -> Iterator[str]:
    """The lines that say what a query answers and what can be given to it."""
    yield table.safe(say(query.summaries, language))
    yield ""
    usage = [f"--{p.name} …" if p.required else f"[--{p.name} …]" for p in query.params]
    yield " ".join(["kg query", query.name, *usage])
    options = [(f"--{p.name} {_expected(p, language)}", _said(p, language)) for p in query.params]
    widest = max((table.width(option) for option, _ in options), default=0)
    if options:
        yield ""
    for option, said in options:
        yield f"  {option}{' ' * (widest - table.width(option))}  {said}".rstrip()


def _expected(param: Param, language: str) -> str:
    what = text(_EXPECTED[param.type], {}, language)
    return f"{what} ({', '.join(param.classes)})" if param.classes else what


def _said(param: Param, language: str) -> str:
    said = table.safe(say(param.descriptions, language))
    needed = text("word-required", {}, language) if param.required else ""
    default = table.safe(say(param.defaults, language))
    default = text("word-param-default", {"default": default}, language) if default else ""
    return " · ".join(part for part in (said, needed, default) if part)
