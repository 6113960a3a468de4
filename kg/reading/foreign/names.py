"""What a path may begin with: a column or a key of the row, or a variable of the mapping."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Problem
from kg.reading.foreign.paths import FIRST, NUMBER, ROW, Get, Path, WrongPath, follow, parse

if TYPE_CHECKING:
    from kg.reading.foreign.tree import Node

EMPTY: Final[tuple[Any, ...]] = ([], {})
NEAR: Final = 5
"""How many names a message proposes."""
LISTED: Final = 20
"""If there are no more columns, a message lists them all."""
LONGEST: Final = 100
"""Characters of a name that are compared."""


@dataclass
class Columns:
    """The columns of rows of cells; what is used of them, and what is wrong with how they are named."""

    names: tuple[str, ...]
    used: set[int] = field(default_factory=set)

    def find(self, name: str) -> list[int]:
        """The positions of the columns of that name."""
        return [number for number, known in enumerate(self.names) if known == name]

    def unused(self) -> list[str]:
        """The columns that no path names; one without a name by its number."""
        return [name or f"#{n + 1}" for n, name in enumerate(self.names) if n not in self.used]


@dataclass
class Names:
    """What paths of one record may begin with.

    ``columns`` is None where rows are objects. ``slots`` says where in the scope a variable stands;
    ``faults`` collects what is wrong with the paths.
    """

    columns: Columns | None
    nulls: frozenset[str]
    faults: list[Problem]
    slots: dict[str, int] = field(default_factory=dict)
    size: int = FIRST
    """How many places a scope has."""

    def new(self, name: str) -> int:
        """Where a new variable stands; the next place is that of its position in a list."""
        slot, self.size = self.size, self.size + 2
        self.slots[name] = slot
        return slot

    def leave(self, outside: dict[str, int]) -> None:
        """Forget the variables of a loop; ``outside`` are those that were there before it."""
        self.slots = outside

    def path(self, text: str, node: Node, used: set[str] | None = None) -> Get:
        """What a path of the mapping gives; ``used`` collects what it names, for messages."""
        text = text.strip()
        if used is not None:
            used.add(text)
        if self.columns is not None and text not in self.slots and (found := self.columns.find(text)):
            return self._column(text, found, node)
        try:
            return self._compiled(parse(text), node)
        except WrongPath:
            return self._fault(Problem("path-wrong", received=text), node)

    def _compiled(self, path: Path, node: Node) -> Get:
        if path.position:
            return self._position(path, node)
        if path.base in self.slots:
            slot = self.slots[path.base]
            get = _said(_in_slot(slot), self.nulls) if not path.steps else _in_slot(slot)
        elif self.columns is not None:
            found = self.columns.find(path.base)
            if not found:
                return self._unknown(path, node)
            get = self._column(path.base, found, node)
        else:
            get = _key(path.base)
        if not path.steps and path.base in self.slots:
            return get
        inner = follow(get, path.steps, lambda p: self._compiled(p, node)) if path.steps else get
        return _said(inner, self.nulls) if self.columns is None or path.steps else inner

    def _position(self, path: Path, node: Node) -> Get:
        if path.base == "#":
            return _in_slot(NUMBER)
        if path.base in self.slots:
            return _in_slot(self.slots[path.base] + 1)
        return self._unknown(replace(path, text=path.base), node)

    def _column(self, name: str, found: list[int], node: Node) -> Get:
        assert self.columns is not None  # noqa: S101 - for mypy; the caller has asked
        self.columns.used.update(found)
        if len(found) > 1:
            args = {"numbers": tuple(str(n + 1) for n in found)}
            return self._fault(Problem("column-twice", args=args, received=name), node)
        return _cell(found[0], self.nulls)

    def _unknown(self, path: Path, node: Node) -> Get:
        known = [name for name in (*self.slots, *(self.columns.names if self.columns else ())) if name]
        near = _nearest(path.text[:LONGEST], known)
        allowed = tuple(known if len(known) <= LISTED else near or known[:LISTED])
        args = {"near": tuple(near)}
        return self._fault(Problem("column-unknown", args=args, received=path.text, allowed=allowed), node)

    def _fault(self, problem: Problem, node: Node) -> Get:
        self.faults.append(replace(problem, place=node.place, pointer=node.pointer))
        return lambda _scope: None


def _nearest(name: str, known: list[str]) -> list[str]:
    """The names that may be meant: alike but for a few letters or for case, or one within the other."""
    folded = {other.casefold()[:LONGEST]: other for other in reversed(known)}
    mine = name.casefold()
    alike = difflib.get_close_matches(mine, folded, n=NEAR, cutoff=0.6)
    within = [other for other in folded if len(mine) > 1 < len(other) and (mine in other or other in mine)]
    return [folded[other] for other in dict.fromkeys((*alike, *sorted(within)))][:NEAR]


def _in_slot(slot: int) -> Get:
    return lambda scope: scope[slot]


def _key(name: str) -> Get:
    def get(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
        row = scope[ROW]
        return row.get(name) if type(row) is dict else None

    return get


def _cell(number: int, nulls: frozenset[str]) -> Get:
    def get(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
        value = scope[ROW][number]
        if type(value) is str:
            value = value.strip()
            return None if value in nulls else value
        return None if value in EMPTY else value

    return get


def _said(get: Get, nulls: frozenset[str]) -> Get:
    """Text that says nothing is nothing."""

    def said(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
        value = get(scope)
        if type(value) is str:
            return None if value.strip() in nulls else value
        return None if value in EMPTY else value

    return said
