"""What a mapping says of a field, compiled to a function from a row to the field's value.

Text is a template: ``"{Amount} {Currency}"``. A list and an object hold values. An object with ``from``,
``for each`` or ``give`` is an instruction: where to take a value from, and what to do with it, in this order:
``from``, ``split``, ``replace``, ``case``, ``map``, ``join``, ``currency``, ``date-order``.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Problem, Unreadable, pointer_token
from kg.reading.foreign import changes
from kg.reading.foreign.changes import MOST
from kg.reading.foreign.templates import WrongTemplate, pieces
from kg.reading.header import DATE_ORDERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.reading.foreign.loops import Loop
    from kg.reading.foreign.names import Names
    from kg.reading.foreign.paths import Get
    from kg.reading.foreign.tables import Table
    from kg.reading.foreign.tree import Node

TAKING: Final = ("from", "split", "replace", "case", "map", "else", "join", "currency", "date-order")
IF: Final = ("where", "needs", "let", "give", "else")
LOOPING: Final = ("for each", "let", "where", "needs", "key", "give")
CASES: Final[dict[str, Callable[[str], str]]] = {"lower": str.lower, "upper": str.upper}


@dataclass
class Made:
    """A compiled value: ``get`` gives it; ``constant`` if no row changes it; what it names, for messages."""

    get: Get
    constant: bool
    used: set[str] = field(default_factory=set)


@dataclass
class Compiler:
    """Compiles the values of one record."""

    names: Names
    tables: Mapping[str, Table]
    loop: Callable[[Compiler, Mapping[str, Node], set[str]], Loop]
    """Compiles ``for each`` and ``where``."""
    places: dict[str, tuple[Node, frozenset[str]]] = field(default_factory=dict)
    """Pointer in the record -> the line of the mapping that makes it, and what that names of the row."""

    def fault(self, code: str, node: Node, **more: Any) -> None:  # noqa: ANN401 - what a problem holds
        """Note something that is wrong with the mapping."""
        self.names.faults.append(Problem(code, node.pointer, place=node.place, **more))

    def unquoted(self, node: Node) -> bool:
        """Whether it is a path in braces without quotation marks, which YAML takes for an object."""
        if not node.items or any(below.value is not None for below in node.items.values()):
            return False
        self.fault("template-unquoted", node, received=", ".join(node.items))
        return True

    def value(self, node: Node, pointer: str) -> Made:
        """Any value of the mapping; ``pointer`` is where in the record it goes."""
        value = node.value
        if self.unquoted(node):
            return Made(changes.constant(None), constant=True)
        if isinstance(value, str):
            made = self.template(node)
        elif isinstance(value, list):
            made = self._list(node, pointer)
        elif isinstance(value, dict):
            if "from" in value:
                made = self._taken(node)
            elif "for each" in value:
                made = self._looped(node, pointer)
            elif "give" in value:
                made = self._if(node)
            else:
                made = self._object(node, pointer)
        else:
            made = Made(changes.constant(value), constant=True)
        if pointer:
            self.places[pointer] = (node, frozenset(made.used))
        return made

    def template(self, node: Node) -> Made:
        """A text with paths in braces; one path alone gives what is there, as it is."""
        try:
            parts = pieces(node.value)
        except WrongTemplate as wrong:
            self.fault("template-wrong", node, received=node.value, args={"position": wrong.position + 1})
            return Made(changes.constant(None), constant=True)
        used: set[str] = set()
        gets = [part.text if part.literal else self.names.path(part.text, node, used) for part in parts]
        if not used:
            return Made(changes.constant("".join(part.text for part in parts) or None), constant=True)
        if len(gets) == 1 and callable(gets[0]):
            return Made(gets[0], constant=False, used=used)
        return Made(changes.joined(gets, node.value), constant=False, used=used)

    def path(self, node: Node, used: set[str]) -> Get:
        """A path that stands without braces."""
        if self.unquoted(node):
            return changes.constant(None)
        if not isinstance(node.value, str):
            self.fault("map-path-expected", node, received=node.data())
            return changes.constant(None)
        return self.names.path(node.value.removeprefix("{").removesuffix("}"), node, used)

    def _list(self, node: Node, pointer: str) -> Made:
        items = [self.value(item, "") for item in node.value]
        used = set().union(*(item.used for item in items)) if items else set()
        gets = [item.get for item in items]
        dynamic = [item.get for item in items if not item.constant]

        def get(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
            if dynamic and all(d(scope) is None for d in dynamic):
                return None
            values: list[Any] = []
            for value in (g(scope) for g in gets):
                if type(value) is list:
                    values += value
                elif value is not None:
                    values.append(value)
            return values or None

        self.places[pointer] = (node, frozenset(used))
        return Made(get, constant=not dynamic, used=used)

    def _object(self, node: Node, pointer: str) -> Made:
        members = {
            key: self.value(below, pointer + pointer_token(key) if pointer else "")
            for key, below in node.items.items()
        }
        used = set().union(*(m.used for m in members.values())) if members else set()
        gets = [(key, made.get, made.constant) for key, made in members.items()]
        constant = all(made.constant for made in members.values())

        def get(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
            said: dict[str, Any] = {}
            filled = constant
            for key, member, fixed in gets:
                try:
                    value = member(scope)
                except Unreadable as wrong:
                    raise Unreadable(*(p.below(pointer_token(key)) for p in wrong.problems)) from wrong
                if value is not None:
                    said[key] = value
                    filled = filled or not fixed
            return said if filled and said else None

        return Made(get, constant=constant, used=used)

    def _known(self, node: Node, known: tuple[str, ...]) -> None:
        for key, below in node.items.items():
            if key not in known:
                near = difflib.get_close_matches(key, known, n=3, cutoff=0.6)
                self.fault("mapping-key", below, args={"near": tuple(near)}, received=key, allowed=known)

    def _looped(self, node: Node, pointer: str) -> Made:
        self._known(node, LOOPING)
        if "give" not in node.items:
            self.fault("mapping-needs", node, args={"key": "give"})
            return Made(changes.constant(None), constant=True)
        used: set[str] = set()
        outside = dict(self.names.slots)
        through = self.loop(self, node.items, used)
        given = self.value(node.items["give"], "")
        keyed = self.value(node.items["key"], "") if "key" in node.items else None
        self.names.leave(outside)
        used |= given.used | (keyed.used if keyed else set())
        if keyed is not None:
            return Made(changes.by_key(through, keyed.get, given.get), constant=False, used=used)

        def get(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
            values: list[Any] = []
            for _ in through(scope):
                value = given.get(scope)
                if value is not None and value not in values:
                    values.append(value)
                if len(values) > MOST:
                    raise Unreadable(Problem("map-too-many", args={"limit": MOST}))
            return values or None

        self.places[pointer] = (node, frozenset(used))
        return Made(get, constant=False, used=used)

    def _if(self, node: Node) -> Made:
        """A value that is given only where a condition holds."""
        self._known(node, IF)
        told = node.items
        used: set[str] = set()
        outside = dict(self.names.slots)
        once = self.loop(self, told, used)
        given = self.value(told["give"], "")
        self.names.leave(outside)
        other = (
            self.value(told["else"], "") if "else" in told else Made(changes.constant(None), constant=True)
        )
        used |= given.used | other.used

        def get(scope: list[Any]) -> Any:  # noqa: ANN401 - JSON
            for _ in once(scope):
                return given.get(scope)
            return other.get(scope)

        return Made(get, constant=False, used=used)

    def _taken(self, node: Node) -> Made:
        self._known(node, TAKING)
        told = node.items
        source = told["from"]
        choices = source.value if isinstance(source.value, list) else [source]
        mades = [self.value(choice, "") for choice in choices]
        used = set().union(*(m.used for m in mades)) if mades else set()
        get = mades[0].get if len(mades) == 1 else changes.first([m.get for m in mades])
        if "split" in told:
            several = told["split"].value
            parts = several if isinstance(several, list) and several else [told["split"]]
            get = changes.split(get, [self._text(part) for part in parts])
        if "replace" in told:
            get = changes.each(
                get,
                changes.replaced([(a, self._text(b, empty=True)) for a, b in told["replace"].items.items()]),
            )
        if "case" in told:
            case = self._text(told["case"])
            if case not in CASES:
                self.fault("mapping-key", told["case"], received=case, allowed=tuple(CASES))
            get = changes.each(get, CASES.get(case, str.lower))
        if "map" in told:
            get = self._mapped(get, node, used)
        elif "else" in told:
            get = changes.first([get, self.value(told["else"], "").get])
        if "join" in told:
            get = changes.rejoined(get, self._text(told["join"], empty=True))
        return Made(self._told(get, told, used), constant=False, used=used)

    def _told(self, get: Get, told: Mapping[str, Node], used: set[str]) -> Get:
        """A value with what its text leaves open."""
        if "currency" in told:
            currency = self.value(told["currency"], "")
            used |= currency.used
            get = changes.told_with("currency", get, currency.get)
        if "date-order" in told:
            order = self._text(told["date-order"])
            if order not in DATE_ORDERS:
                self.fault("mapping-key", told["date-order"], received=order, allowed=DATE_ORDERS)
            get = changes.told_with("order", get, changes.constant(order))
        return get

    def _text(self, node: Node, *, empty: bool = False) -> str:
        if isinstance(node.value, str) and (node.value or empty):
            return node.value
        if node.value is None and empty:
            return ""
        self.fault("mapping-text", node, received=node.data())
        return " "

    def _mapped(self, get: Get, node: Node, used: set[str]) -> Get:
        told = node.items
        name = told["map"]
        if isinstance(name.value, dict):
            table: Mapping[str, Any] = {key: below.data() for key, below in name.items.items()}
        elif isinstance(name.value, str) and name.value in self.tables:
            table = self.tables[name.value].values
        else:
            near = difflib.get_close_matches(str(name.value), self.tables, n=3, cutoff=0.5)
            args = {"near": tuple(near)}
            self.fault("map-name", name, args=args, received=name.data(), allowed=tuple(self.tables))
            return changes.constant(None)
        other = None
        if "else" in told:
            otherwise = self.value(told["else"], "")
            used |= otherwise.used
            other = otherwise.get
        return changes.looked_up(get, table, other)
