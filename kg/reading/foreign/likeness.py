"""How alike the names of columns and those of fields and classes are; which column is which field."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from kg.model.types import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model.types import Class, Field, Model
    from kg.reading.foreign.seen import Column

SHORTEST: Final = 3
"""Letters of a word that may lose the s of its plural."""
LEAST: Final = 0.5
"""Likeness that makes a column a field's."""
USUAL: Final = "Organization"
"""What a row is about if nothing speaks for anything else."""
UNIT: Final = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]\s*$")
_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+|[0-9]+")
_SKIPPED: Final = frozenset({"type", "id", "unnamed", "evidence", "unknown", "part"})


def words(text: str) -> frozenset[str]:
    """The words of a name, in lower case, without their plural.

    >>> sorted(words("dealSize_USD")), sorted(words("Company Names"))
    (['deal', 'size', 'usd'], ['company', 'name'])
    """
    found = (w.lower() for w in _WORDS.findall(text))
    return frozenset(
        w[:-1] if len(w) > SHORTEST and w.endswith("s") and not w.endswith("ss") else w for w in found
    )


def likeness(column: str, names: Iterable[str]) -> float:
    """How alike a column's name and the names of a field are, from 0 to 1: the words that they share."""
    column = UNIT.sub("", column)
    whole = "".join(column.split()).casefold()
    mine = words(column.rpartition(".")[2] if "." in column else column) or words(column)
    best = 0.0
    for name in names:
        theirs = words(name)
        if mine and theirs:
            best = max(best, 2 * len(mine & theirs) / (len(mine) + len(theirs)))
        part = "".join(name.split()).casefold()
        if len(part) > 1 and not part.isascii() and part in whole:  # words that are written together
            best = max(best, (1 + len(part) / len(whole)) / 2)
    return best


def names_of(thing: Class | Field) -> list[str]:
    """What a class or a field is called, in all languages, and what columns of it often are."""
    return [thing.name, *thing.labels.values(), *_usual().get(thing.name, ())]


def _all_names(model: Model) -> list[str]:
    """What fields are called, in all languages, and what columns of them often are."""
    fields = {f.name: f for c in model.classes.values() for f in c.fields.values()}
    return sorted({name for found in fields.values() for name in names_of(found)})


def is_known(cell: str, model: Model) -> bool:
    """Whether a cell is called as a field of the model is, or nearly so."""
    return likeness(cell, _all_names(model)) > LEAST


def status_of(value: str) -> str:
    """Which status a word of a list means, as lists have them; "" if it is none.

    >>> status_of("투자 예정"), status_of("In talks"), status_of("Seoul")
    ('planned', 'sought', '')
    """
    whole = "".join(value.split()).casefold()
    best = max(((len(w), to) for w, to in _statuses() if w in whole), default=(0, ""))
    return best[1] if best[0] * 2 >= len(whole) else ""


@cache
def _statuses() -> list[tuple[str, str]]:
    """Words without blanks, and which status they mean."""
    return [("".join(w.split()).casefold(), to) for to, said in _table()["statuses"].items() for w in said]


@cache
def _usual() -> dict[str, list[str]]:
    """Field -> what its columns are often called."""
    return {field: said for field, said in _table().items() if isinstance(said, list)}


@cache
def _table() -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - only where a draft is made

    return tomllib.loads((resources.files("kg.reading.foreign") / "columns.toml").read_text("utf-8"))


def matched(columns: list[Column], class_: Class) -> dict[str, str]:
    """Field -> the column that is most like it; each column once."""
    pairs = sorted(
        (
            (-likeness(column.name, names_of(found)), number, name)
            for name, found in class_.fields.items()
            for number, column in enumerate(columns)
            if name not in _SKIPPED
        )
    )
    made: dict[str, str] = {}
    taken: set[int] = set()
    for score, number, name in pairs:
        if -score >= LEAST and name not in made and number not in taken:
            made[name] = columns[number].name
            taken.add(number)
    return made


def with_parties(columns: list[Column], class_: Class, model: Model) -> dict[str, str]:
    """As ``matched``; a party for which no column is called takes one that is called as its class."""
    found = matched(columns, class_)
    for name, of in class_.fields.items():
        if of.party and of.min_count and name not in found and isinstance(of.range, Reference):
            fit = [c for c in model.classes.values() if of.range.class_iri in c.ancestors]
            for column in columns:
                named = max((likeness(column.name, names_of(c)) for c in fit), default=0)
                if column.name not in found.values() and named > LEAST:
                    found[name] = column.name
                    break
    return found


def likely(columns: list[Column], model: Model, stem: str) -> Class:
    """What a row is about: the claim all of whose parties are there, else the entity that is called so."""
    best, most = USUAL, 0.0
    for class_ in sorted(model.classes.values(), key=lambda c: (c.name != USUAL, len(c.ancestors))):
        found = with_parties(columns, class_, model)
        needed = [f.name for f in class_.fields.values() if f.party and f.min_count]
        if class_.is_claim and (not needed or not all(name in found for name in needed)):
            continue
        score = sum(likeness(column, names_of(class_.fields[name])) for name, column in found.items())
        if class_.is_claim:
            score += len(needed) - LEAST
        else:
            score += max((likeness(c.name, names_of(class_)) for c in columns), default=0)
        score += likeness(stem, names_of(class_))
        if score > most:
            best, most = class_.name, score
    return model.classes[best]
