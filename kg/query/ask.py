"""A question from start to end: what was given is bound, the query is asked, and how to show it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.query.bind import bindings, given
from kg.query.misspelt import clearer, unknown_terms
from kg.query.named import Named
from kg.query.render import View, labels
from kg.query.session import Traits
from kg.rdf import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.model.types import Model
    from kg.query.session import Answer, Session


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for all questions of a reader: the model, the base of IRIs, the language."""

    model: Model
    base: str = ""
    language: str = "en"
    names: bool = True
    """Whether names of things are wanted besides their IRIs."""


def ask(session: Session, meant: Named | str, words: Sequence[str], setting: Setting) -> tuple[Answer, View]:
    """Ask a named query with the options of a command line (``--into``, ``stargate``), or SPARQL with none.

    SPARQL may use the prefixes of the project and of its model without declaring them.
    """
    if isinstance(meant, Named):
        return ask_named(session, meant, given(meant, words), setting)
    if words:
        raise UsageError("query-words", received=words[0])
    prefixes = _prefixes(setting)
    named = setting.language if setting.names else ""
    try:
        answer = session.ask(meant, language=named, base=setting.base, prefixes=prefixes)
    except UsageError as error:
        raise clearer(error, meant, prefixes) from error
    return answer, View(setting.language, setting.base, labels(setting.model))


def unknown(sparql: str, setting: Setting) -> list[tuple[str, tuple[str, ...]]]:
    """The terms of SPARQL in kg's own namespace that the model does not have, each with the nearest."""
    return list(unknown_terms(sparql, setting.model, _prefixes(setting)))


def _prefixes(setting: Setting) -> dict[str, str]:
    return {**PREFIXES, **setting.model.prefixes}


def ask_named(
    session: Session, query: Named, values: Mapping[str, str], setting: Setting
) -> tuple[Answer, View]:
    """Ask a named query; ``values`` are texts by the names of its parameters."""
    language, base = setting.language, setting.base
    bound = bindings(query, values, session, setting.model, base=base, language=language)
    only = [
        (lookup, {f"_{name}": bound[f"_{name}"]})
        for name, lookup in query.lookups.items()
        if f"_{name}" in bound
    ]
    inner = {variable: term for variable, term in bound.items() if variable[1:] in query.inner}
    traits = Traits(query.separators, query.iris, query.subject, only)
    named = language if setting.names else ""
    try:
        answer = session.ask(query.sparql, inner, language=named, base=base, traits=traits)
    except UsageError as error:
        raise clearer(error, query.sparql, {}) from error
    hidden = frozenset(name for name in answer.variables if name.startswith("_"))
    return answer, View(language, base, labels(setting.model), query, hidden)
