"""What is given for the parameters of a named query → the terms that its variables are bound to."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from kg.errors import UsageError
from kg.identity.names import name_key
from kg.model.types import CLAIM, ENTITY
from kg.query.named import ANY, options
from kg.rdf import KG, XSD, iri, literal
from kg.values.nearest import choices, close

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.model.types import Model
    from kg.query.named import Named, Param
    from kg.query.session import Session

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,30}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def given(query: Named, words: Sequence[str]) -> dict[str, str]:
    """Parameter -> what the words of a command line give for it.

    Raises ``UsageError`` for an option that the query does not have, naming the nearest, one that is
    given twice, has no value, or is missing.
    """
    known = [param.name for param in query.params]
    found: dict[str, str] = {}
    for option, value in options(words):
        name = option
        if not name and not found and query.params and query.params[0].required:
            name = known[0]  # `kg query about softbank`: what the question is about needs no option
        if not name:
            raise UsageError("query-argument", received=value, query=query.name)
        if name not in known:
            raise _no_option(query, name)
        if value is None:
            raise UsageError("query-option-value", received=f"--{name}")
        if name in found:
            raise UsageError("query-option-twice", received=f"--{name}")
        found[name] = value
    refuse_others(query, found)
    return found


def refuse_others(query: Named | None, values: Mapping[str, str]) -> None:
    """Raise ``UsageError`` for a parameter that a query, or SPARQL, does not have, or that is missing."""
    params = query.params if query is not None else ()
    for name in values:
        if query is None:
            raise UsageError("query-words", received=name)
        if name not in [param.name for param in params]:
            raise _no_option(query, name)
    for param in params:
        if query is not None and param.required and param.name not in values:
            raise UsageError("query-option-missing", received=f"--{param.name}", query=query.name)


def _no_option(query: Named, name: str) -> UsageError:
    known = [param.name for param in query.params]
    near = close(name, known)
    allowed = tuple(f"--{k}" for k in (near or known))
    return UsageError("query-option", received=f"--{name}", query=query.name, near=near, allowed=allowed)


def bindings(
    query: Named, values: Mapping[str, str], session: Session, model: Model, *, base: str, language: str
) -> dict[str, str]:
    """Variable (``_into`` for ``into``) -> term of N-Triples.

    A language parameter that is not given is the reader's.
    """
    bound = {}
    for param in query.params:
        value = values.get(param.name)
        if value is None and param.type == "language":
            value = language
        if value is not None:
            bound[param.variable] = _term(param, value, session, model, base)
    return bound


def _term(param: Param, value: str, session: Session, model: Model, base: str) -> str:
    match param.type:
        case "reference":
            return iri(resolve(session, model, value, param.classes, base=base, option=f"--{param.name}"))
        case "concept" if param.defaults and value == ANY:
            return literal(ANY)
        case "concept":
            return iri(_concept(param, value, model))
        case "date":
            return literal(_date(param, value), f"{XSD}date")
        case "integer":
            if not _INTEGER.fullmatch(value):
                raise UsageError("query-integer", received=value, option=f"--{param.name}")
            return literal(str(int(value)), f"{XSD}integer")
        case "language":
            if not _LANGUAGE.fullmatch(value):
                raise UsageError("query-language", received=value, option=f"--{param.name}")
            return literal(value.lower())
        case _:
            return literal(value)


def resolve(
    session: Session, model: Model, value: str, classes: Sequence[str], *, base: str, option: str = ""
) -> str:
    """The one thing of some classes (by local name) that an IRI, an id or a name means.

    Raises ``UsageError`` that lists the candidates, or the nearest names.
    """
    found = session.find(value, below(model, classes), base)
    if len(found.things) == 1:
        return found.things[0][0]
    if found.things:
        listed = tuple(f"{name} <{thing}>" if name else f"<{thing}>" for thing, name in found.things)
        kinds = {thing.removeprefix(base).partition("/")[0] for thing, _ in found.things}
        entities = {name.lower() for name, of_class in model.classes.items() if not of_class.is_claim}
        near = tuple(thing for thing, _ in found.things) if len(kinds) == 1 and kinds <= entities else ()
        raise UsageError("query-ambiguous", received=value, option=option, allowed=listed, near=near)
    raise UsageError(
        "query-nothing",
        received=value,
        option=option,
        near=found.near,
        allowed=found.near,
        classes=tuple(classes),
    )


def below(model: Model, classes: Sequence[str]) -> list[str]:
    """The IRIs of the classes and of all below them; nodes may carry any of these as their type."""
    roots = {"Entity": ENTITY, "Claim": CLAIM}
    wanted = []
    for name in classes:
        known = model.classes.get(name)
        root = known.iri if known else roots.get(name, f"{KG}{name}")
        if root not in model.superclasses:
            near, allowed = choices(name, model.classes)
            raise UsageError("query-class", received=name, near=near, allowed=allowed)
        wanted.append(root)
    return sorted({c for c, above in model.superclasses.items() if not above.isdisjoint(wanted)})


def left_out(query: Named, values: Mapping[str, str]) -> dict[str, str]:
    """What must be given besides so that no default leaves anything out: parameter -> ``any``."""
    return {param.name: ANY for param in query.params if param.defaults and param.name not in values}


def _concept(param: Param, value: str, model: Model) -> str:
    scheme = next((c for c in model.concepts if c.rpartition("#")[2] == param.classes[0]), "")
    if not scheme:
        raise UsageError(
            "query-class", received=param.classes[0], near=(), allowed=tuple(sorted(model.concepts))
        )
    key = name_key(value)
    known = model.concepts[scheme]
    for concept in known:
        if value in {concept.notation, concept.iri}:
            return concept.iri
    for concept in known:
        if key in {name_key(word) for word in (*concept.labels.values(), *concept.aliases)}:
            return concept.iri
    words = [concept.notation for concept in known] + ([ANY] if param.defaults else [])
    near, allowed = choices(value, words)
    raise UsageError("query-concept", received=value, option=f"--{param.name}", near=near, allowed=allowed)


def _date(param: Param, value: str) -> str:
    try:
        if _DATE.fullmatch(value):
            return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise UsageError("query-date", received=value, option=f"--{param.name}")
