"""What a shell may put after ``kg query``: names of queries, their options, and values for these.

A shell may carry out what it is given, so only words of letters, digits and a few signs are given to it,
and help in which everything else is a space.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.model.types import say
from kg.query.bind import below
from kg.query.session import Limits, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.query.ask import Setting
    from kg.query.named import Named, Param
    from kg.query.session import Asked

    Candidate = tuple[str, str]
    """A word, and what it means."""

SECONDS: Final = 3
"""Whoever presses a key does not wait longer."""
_WORD: Final = re.compile(r"[\w.:/%+-]+")
_STRANGE: Final = re.compile(r"[^\w .,?()·:/+-]+")
_HELP: Final = 80


def completions(
    words: Sequence[str],
    start: str,
    queries: Mapping[str, Named],
    setting: Callable[[], Setting],
    asked: Callable[[], Asked],
) -> list[Candidate]:
    """What may stand after some words (without ``kg query``), and begins with ``start``.

    ``setting`` and ``asked`` are called only where values come from the model or the graph. Raises
    what they and the query's process raise.
    """
    if not words:
        found = ((name, query.summaries) for name, query in queries.items() if name.startswith(start))
        return [(name, said) for name, summaries in found for said in [say(summaries, setting().language)]]
    query = queries.get(words[0])
    before = list(words[1:-1] if words[-1] == "=" else words[1:])  # bash takes --into=x apart
    if query is None:
        return []
    if start.startswith("-"):
        return list(_options(query, before, start, setting().language))
    param = _awaited(query, before)
    return _harmless(_values(param, start, setting(), asked)) if param else []


def _options(query: Named, before: Sequence[str], start: str, language: str) -> Iterator[Candidate]:
    given = {word.partition("=")[0] for word in before}
    for param in query.params:
        option = f"--{param.name}"
        if option.startswith(start) and option not in given:
            yield option, say(param.descriptions, language)


def _awaited(query: Named, before: Sequence[str]) -> Param | None:
    """The parameter whose value comes next: what a question is about needs no option."""
    if not before:
        return next((param for param in query.params[:1] if param.required), None)
    return next((param for param in query.params if before[-1] == f"--{param.name}"), None)


def _values(param: Param, start: str, setting: Setting, asked: Callable[[], Asked]) -> Iterator[Candidate]:
    model, language = setting.model, setting.language
    if param.type == "concept":
        for concepts in (
            c for scheme, c in model.concepts.items() if scheme.endswith(f"#{param.classes[0]}")
        ):
            for concept in concepts:
                if concept.notation.startswith(start):
                    yield concept.notation, say(concept.labels, language)
    elif param.type == "reference":
        with Session(asked(), Limits(seconds=SECONDS), checked=False) as session:
            yield from session.complete(start, below(model, param.classes), language)


def _harmless(found: Iterator[Candidate]) -> list[Candidate]:
    fit = ((word, " ".join(_STRANGE.sub(" ", said).split())) for word, said in found if _WORD.fullmatch(word))
    return [(word, said[:_HELP]) for word, said in fit]
