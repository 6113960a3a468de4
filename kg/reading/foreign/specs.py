"""The records of a mapping, compiled for one file: from a row to records."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Cell, Problem, Unreadable, pointer_token
from kg.reading.foreign.doubts import Doubts, doubts
from kg.reading.foreign.loops import Left, Loop, loop
from kg.reading.foreign.names import Columns, Names
from kg.reading.foreign.values import Compiler, Made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Table_

    from kg.model.types import Model
    from kg.reading.foreign.mapping import Mapping
    from kg.reading.foreign.tables import Table
    from kg.reading.foreign.tree import Node

TYPE: Final = "type"
NEAR: Final = 5
LOOPS: Final = frozenset({"for each", "let", "where", "needs"})


@dataclass
class Spec:
    """One kind of record that a mapping makes of a row."""

    node: Node
    fields: list[tuple[str, Any, bool]]
    """Name, what gives it, whether it is the same for every row; the type first."""
    loop: Loop | None
    constant: bool
    """Whether no row changes it: then it is made once, before all rows."""
    size: int
    """Places of a scope."""
    places: dict[str, tuple[Node, frozenset[str]]]
    never: set[str] = field(default_factory=set)
    """Fields that no record has filled so far."""
    used: bool = False
    """Whether a record was made."""
    left: Left = field(default_factory=Left)
    doubts: Doubts | None = None

    def begin(self) -> None:
        """A new pass over the rows: nothing is left out or told yet."""
        self.left.rows = self.left.last = 0
        if self.doubts is not None:
            self.doubts.told.clear()

    def make(self, scope: list[Any]) -> Iterator[tuple[dict[str, Any], list[Problem]]]:
        """The records of a row: their data, and what is wrong with them."""
        if self.loop is None:
            made = self._one(scope)
            if made is not None:
                yield made
            return
        try:
            for _ in self.loop(scope):
                made = self._one(scope)
                if made is not None:
                    yield made
        except Unreadable as wrong:  # what it goes through can't be made
            yield {}, list(wrong.problems)

    def _one(self, scope: list[Any]) -> tuple[dict[str, Any], list[Problem]] | None:
        """A record; None if no field of it says anything."""
        data: dict[str, Any] = {}
        problems: list[Problem] = []
        filled = self.constant
        for name, get, constant in self.fields:
            try:
                value = get(scope)
            except Unreadable as wrong:
                problems += [p.below(pointer_token(name)) for p in wrong.problems]
                filled = True
                continue
            if value is not None:
                data[name] = value
                if not constant:
                    filled = True
        if not filled:
            return None
        self.used = True
        if self.never:
            self.never.difference_update(data)
        return data, problems

    def cell(self, pointer: str, row: int) -> Cell:
        """What a field was made of; of a field that the mapping does not know, the record's own line."""
        while pointer and pointer not in self.places:
            pointer = pointer.rpartition("/")[0]
        node, used = self.places.get(pointer, (self.node, frozenset()))
        return Cell(row, tuple(sorted(used)), f"{node.place.file}:{node.place.line}")


@dataclass(slots=True, unsafe_hash=True)
class From:
    """Where a record comes from: a row, and which of its records it is (not frozen, which costs more)."""

    row: int
    number: int
    spec: Spec | None = field(compare=False, repr=False)

    def cell(self, pointer: str) -> Cell:
        """The columns and the line of the mapping that gave a field."""
        if self.spec is None:
            return Cell(self.row, (), "")
        return self.spec.cell(pointer, self.row)


@dataclass
class Compiled:
    """A mapping, compiled for the columns of one file."""

    specs: list[Spec]
    columns: Columns | None
    latest: tuple[Any, Any] | None
    """What gives the key of a row, and by what the latest of a key is told; for rows that replace others."""


def compiled(
    mapping: Mapping, columns: tuple[str, ...] | None, tables: Table_[str, Table], model: Model | None
) -> tuple[Compiled, list[Problem]]:
    """A mapping for a file with these columns (None for nested rows), and what does not fit."""
    faults: list[Problem] = []
    known = None if columns is None else Columns(columns)
    nulls = mapping.reading.nulls
    specs = []
    for node in mapping.records:
        compiler = Compiler(Names(known, nulls, faults), tables, loop)
        specs.append(_spec(compiler, node, model))
        if model is not None:
            faults += _unknown(node, model)
    latest = _latest(Compiler(Names(known, nulls, faults), tables, loop), mapping.reading.latest)
    return Compiled(specs, known, latest), faults


def _latest(compiler: Compiler, node: Node | None) -> tuple[Any, Any] | None:
    if node is None:
        return None
    of = node.items.get("of", node)
    by = node.items.get("by")
    if isinstance(of.value, dict):
        compiler.fault("mapping-needs", node, args={"key": "of"})
        return None
    return compiler.path(of, set()), compiler.path(by, set()) if by else lambda _scope: ""


def _spec(compiler: Compiler, node: Node, model: Model | None) -> Spec:
    told = node.items
    used: set[str] = set()
    left = Left()
    through = loop(compiler, told, used, left) if LOOPS & set(told) else None
    mades: dict[str, Made] = {}
    mades[TYPE] = compiler.value(told[TYPE], pointer_token(TYPE))
    for name, below in told["fields"].items.items():
        mades[name] = compiler.value(below, pointer_token(name))
    fields = [(name, made.get, made.constant) for name, made in mades.items()]
    constant = through is None and all(made.constant for made in mades.values())
    never = {name for name, made in mades.items() if not made.constant}
    type_ = told[TYPE].value
    looks = doubts(model.classes.get(type_) if model is not None and isinstance(type_, str) else None)
    size = compiler.names.size
    return Spec(node, fields, through, constant, size, compiler.places, never, left=left, doubts=looks)


def _unknown(node: Node, model: Model) -> Iterator[Problem]:
    """Types and fields that the model does not have, of the record and of what is described in it."""
    type_ = node.items[TYPE].value if TYPE in node.items else None
    fields = dict(node.items["fields"].items.items()) if "fields" in node.items else {}
    if isinstance(type_, str) and "{" not in type_:
        yield from _unknown_type(node.items[TYPE], type_, model)
    yield from _unknown_fields(type_, fields, model)
    for below in fields.values():
        for inside in below.walk():
            told = inside.items
            if TYPE in told and "from" not in told:
                yield from _unknown_type(told[TYPE], told[TYPE].value, model)
                yield from _unknown_fields(
                    told[TYPE].value, {k: n for k, n in told.items() if k != TYPE}, model
                )


def _unknown_type(node: Node, type_: object, model: Model) -> Iterator[Problem]:
    if isinstance(type_, str) and "{" not in type_ and type_ not in model.classes:
        near = difflib.get_close_matches(type_, model.classes, n=NEAR, cutoff=0.5)
        args = {"near": tuple(near)}
        allowed = tuple(dict.fromkeys((*near, *model.classes)))
        yield Problem("mapping-type", node.pointer, args, received=type_, allowed=allowed, place=node.place)


def _unknown_fields(type_: object, fields: Table_[str, Node], model: Model) -> Iterator[Problem]:
    if isinstance(type_, str) and type_ in model.classes:
        known = {"id", *model.classes[type_].fields}
    elif isinstance(type_, str) and "{" not in type_:
        return
    else:
        known = {"id", *(name for class_ in model.classes.values() for name in class_.fields)}
    for name, below in fields.items():
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=NEAR, cutoff=0.5)
            allowed = tuple(dict.fromkeys((*near, *sorted(known))))
            args = {
                "type": type_ if isinstance(type_, str) and type_ in model.classes else "",
                "near": tuple(near),
            }
            yield Problem(
                "mapping-field", below.pointer, args, received=name, allowed=allowed, place=below.place
            )
