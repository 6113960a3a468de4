"""Names in rows that may be none: “and 2 others”, or several that were not split."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Problem, pointer_token
from kg.model.types import ValueType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model.types import Class

MOST: Final = 1_000
"""So many names of one kind are told; a mapping that is wrong has told enough by then."""
LONGEST: Final = 300
"""Characters of a name that are looked at for signs ..."""
TAIL: Final = 60
"""... and at its end for words."""
NAME: Final = "name"
PARTY: Final = "#Party"
"""Documents and events have titles rather than names."""
BODY: Final = "#Organization"
"""Of these, commas and strokes are looked for too; a place, a person or a project may have them."""
_SIGNS: Final = re.compile(r"[;；、,/\r\n]")
_LAST: Final = frozenset("0123456789곳사명인외등수관社名人他か家位等")
_WORDS: Final = frozenset({
    "other", "others", "more", "al", "investor", "investors", "individuals", "angels", "people", "persons",
    "companies", "weitere", "andere", "u.a", "autre", "autres", "otros", "altri",
})  # fmt: skip
"""How words for others end: a letter, or a word. Few names do, and only those are looked at."""
_HARD: Final = re.compile(r"[\r\n;；、]")
_STROKE: Final = re.compile(r"(?<=\w\w)\s?/\s?(?=\w\w)")


@dataclass
class Doubts:
    """Looks at the names of one kind of record."""

    names: tuple[str, ...]
    """The fields that hold names, or entities that are described in place."""
    of_body: bool
    told: set[str] = field(default_factory=set)

    def of(self, data: dict[str, Any]) -> Iterator[Problem]:
        """What is doubtful in a record; each name is told once."""
        for name in self.names:
            value = data.get(name)
            if type(value) is str:
                if _SIGNS.search(value) or _may_be_others(value):
                    yield from self._name(value, pointer_token(name))
            elif value is not None:
                yield from self._inside(value, pointer_token(name))

    def _inside(self, value: Any, pointer: str) -> Iterator[Problem]:  # noqa: ANN401 - JSON
        """Names by language, several names, entities described in place."""
        pairs: Iterable[tuple[Any, Any]] = ()
        if type(value) is dict:
            pairs = [(NAME, value[NAME])] if NAME in value else value.items()
        elif type(value) is list:
            pairs = enumerate(value)
        for key, below in pairs:
            if type(below) is str:
                yield from self._name(below, pointer + pointer_token(key))
            elif type(below) is dict or type(below) is list:
                yield from self._inside(below, pointer + pointer_token(key))

    def _name(self, name: str, pointer: str) -> Iterator[Problem]:
        if name in self.told or len(self.told) >= MOST:
            return
        if described(name):
            self.told.add(name)
            yield Problem("name-described", pointer, severity="warning", received=name)
        elif sign := several(name, of_body=self.of_body):
            self.told.add(name)
            yield Problem("name-several", pointer, {"sign": sign}, severity="warning", received=name)


def doubts(class_: Class | None) -> Doubts | None:
    """What looks at the names of records of a class; None where there are none."""
    if class_ is None or not any(iri.endswith(PARTY) for iri in class_.ancestors):
        return None
    found = [
        n for n, f in class_.fields.items() if isinstance(f.range, ValueType) and f.range.name == "Names"
    ]
    of_body = any(iri.endswith(BODY) for iri in class_.ancestors)
    return Doubts(tuple(found), of_body) if found else None


def _may_be_others(name: str) -> bool:
    end = name.rstrip(" .)）")
    return end[-1:] in _LAST or end.rpartition(" ")[2].lower() in _WORDS


def described(name: str) -> bool:
    """Whether a name only says how many others there are.

    >>> [described(n) for n in ("외 2곳", "Acme and 3 others", "他2社", "Studio 54", "Three Others Ltd")]
    [True, True, True, False, False]
    """
    return _may_be_others(name) and _ends().search(name[-TAIL:]) is not None


def several(name: str, *, of_body: bool) -> str:
    """The sign that may stand between several names; "" if there is none.

    >>> [several(n, of_body=True) for n in ("한빛; 노부스", "Gamma Co., Ltd.", "A/S Dan", "Gamma, Delta")]
    [';', '', '', ',']
    """
    if hard := _HARD.search(name.strip()):
        return "↵" if hard[0] in "\r\n" else hard[0]
    if of_body and _STROKE.search(name[:LONGEST]):
        return "/"
    if of_body and "," in name and any(map(_is_name, name[:LONGEST].split(",")[1:])):
        return ","
    return ""


def signs(text: str) -> list[str]:
    """All signs that may stand between several names in one cell.

    >>> signs("한빛; 노부스、KKR/Carlyle"), signs("Gamma Co., Ltd.")
    ([';', '、', '/'], [])
    """
    text = text.strip()[:LONGEST]
    found = ["\n" if sign in "\r\n" else sign for sign in _HARD.findall(text)]
    found += ["/"] if _STROKE.search(text) else []
    parts = text.split(",")[1:]
    found += [","] if parts and all(map(_is_name, parts)) else []
    return list(dict.fromkeys(found))


def _is_name(part: str) -> bool:
    """Whether what follows a comma is more than a legal form or a number."""
    return any(map(str.isalpha, part)) and _forms().match(part) is None


@cache
def _table() -> dict[str, list[str]]:
    import tomllib  # noqa: PLC0415 - only where there are rows

    return tomllib.loads((resources.files("kg.reading.foreign") / "doubts.toml").read_text("utf-8"))


@cache
def _ends() -> re.Pattern[str]:
    ends, joined = ("|".join(_table()[key]).replace("#", "[0-9]{1,4}") for key in ("ends", "joined"))
    return re.compile(rf"(?:(?:^|[\s,;(（])(?:{ends})|(?:{joined}))[\s)）.]*$", re.IGNORECASE)


@cache
def _forms() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(_table()['forms'])})\b", re.IGNORECASE)
