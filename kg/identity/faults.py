"""Why a reference can't be taken: it fits several, or nothing, or something of another class."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from kg.errors import Problem
from kg.identity.names import name_key
from kg.identity.titles import is_family_name, may_be_of_family, named_without_titles, without_titles

if TYPE_CHECKING:
    from kg.identity.entry import Entry
    from kg.identity.index import Fitting, Index
    from kg.model.types import Class

SHOWN: Final = 5
"""How many entities a message lists."""


def ambiguous(text: str, fits: Fitting) -> Problem:
    """The problem of a name that fits several entities: lists them, and how to say which."""
    shown = fits.first[:SHOWN]
    args: dict[str, object] = {
        "candidates": tuple(e.described() for e in shown),
        "example": _example(shown[0]),
    }
    if fits.total > SHOWN:
        args["more"] = fits.total - SHOWN
    return Problem(
        "reference-ambiguous-many" if "more" in args else "reference-ambiguous",
        args=args,
        received=text,
        allowed=tuple(e.id or e.iri for e in shown),
        others=tuple(e.place for e in shown),
    )


def unknown(index: Index, text: str, range_iri: str, dataset: str) -> Problem:
    """The problem of a reference that nothing within its range answers to."""
    key = name_key(text)
    unnamed = index.unnamed.get(key)
    if unnamed is not None:
        return Problem("reference-unnamed", args={"id": unnamed.id}, received=text, others=(unnamed.place,))
    args: dict[str, object] = {"range": index.model.labels.get(range_iri, {"en": range_iri})}
    other = index.near.elsewhere(text, range_iri)
    if other:
        args |= {"dataset": other[0].dataset, "iri": other[0].iri}
        places = tuple(e.place for e in other)
        return Problem("reference-other-dataset", args=args, received=text, others=places)
    found = next(chain(*index.same_id(text, dataset), index.by_name.get(key, ())), None)
    if found is not None:
        args["found"] = found.described()
        args["classes"] = tuple(c.name for c in index.model.below(range_iri))
        return Problem("reference-class", args=args, received=text, others=(found.place,))
    if text in index.untyped or key in index.untyped:
        return untyped(index, text, key)
    if people := _of_family(index, text, range_iri, dataset):
        return Problem(
            "reference-family",
            args={"candidates": tuple(e.described() for e in people)},
            received=text,
            allowed=tuple(e.id or e.iri for e in people),
            others=tuple(e.place for e in people),
        )
    near = index.near.names(text, range_iri)
    args["near"] = near
    args["name"] = _as_written(text, named_without_titles(text))
    code = "claim-unknown" if range_iri in index.model.claims else "reference-unknown"
    return Problem(code, args=args, received=text, allowed=near)


def untyped(index: Index, text: str, key: str) -> Problem:
    """The problem of a reference to what a record describes whose type is not known."""
    _, place = index.untyped[text if text in index.untyped else key]
    return Problem("reference-untyped", args={"at": str(place)}, received=text, others=(place,))


def may_be_untyped(index: Index, key: str, fits: Fitting, dataset: str) -> bool:
    """Whether a name that fits is also that of a record of no known type, to which it would else be lost."""
    said = index.untyped.get(key)
    return said is not None and (said[0] == dataset or not fits.own)


def _as_written(text: str, key: str) -> str:
    """The part of a text that has a key, or all of it."""
    at = text.casefold().find(key) if key else -1
    return text[at : at + len(key)] if at >= 0 else text


def _of_family(index: Index, text: str, range_iri: str, dataset: str) -> list[Entry]:
    """Who may be meant by a mere family name with a title, those of the dataset first."""
    family = without_titles(name_key(text))
    if not is_family_name(family) or not index.near.may_search():
        return []
    return [
        entry
        for entry in sorted(index.by_iri.values(), key=lambda e: (e.dataset != dataset, e.iri))
        if range_iri in entry.class_.ancestors
        and entry.class_.kind == "person"
        and any(may_be_of_family(without_titles(name_key(name)), family) for name in entry.all_names())
    ][:SHOWN]


def no_such_id(index: Index, id_: str, class_: Class, dataset: str) -> Problem:
    """The problem of a class and an id that nothing has together."""
    same_id = chain(*index.same_id(id_, dataset))
    found = tuple(dict.fromkeys(e.described() for e in islice(same_id, SHOWN)))
    near, allowed = index.near.ids(id_, class_.iri)
    args = {"type": class_.name, "near": near, "found": found}
    code = "reference-typed-other" if found else "reference-typed"
    return Problem(code, "/id", args, received=id_, allowed=allowed)


def _example(entry: Entry) -> str:
    """How to say which one is meant."""
    return f'{{"type": "{entry.class_.name}", "id": "{entry.id}"}}' if entry.id else entry.iri
