"""``for each``, ``let``, ``where`` and ``needs``: for what of a row something is made, and for what not."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.reading.foreign.changes import text_of
from kg.reading.foreign.paths import NUMBER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.reading.foreign.paths import Get
    from kg.reading.foreign.tree import Node
    from kg.reading.foreign.values import Compiler

Loop = Callable[[list[Any]], Iterator[None]]
"""Goes through a scope: each step has set the variables of the loop."""
Test = Callable[[Any, list[Any]], bool]
"""Whether a value, in a scope, is as a condition says."""
KINDS: Final = ("not", "contains", "starts", "in", "same")


@dataclass
class Left:
    """For how many rows a record was left out, since what it needs says nothing."""

    rows: int = 0
    last: int = 0
    """The number of the last of these rows."""

    def count(self, row: int) -> None:
        """Count a row, once."""
        self.rows += row != self.last
        self.last = row


def loop(compiler: Compiler, told: Mapping[str, Node], used: set[str], left: Left | None = None) -> Loop:
    """The loop of an object with ``for each``, ``let``, ``where`` and ``needs``, whichever it has.

    ``left`` counts what ``needs`` leaves out.
    """
    loops = []
    if "for each" in told and not compiler.unquoted(told["for each"]):
        for name, node in told["for each"].items.items():
            source = _source(compiler, node, used)
            loops.append((source, compiler.names.new(name)))
        if not loops:  # nothing to go through
            compiler.fault("mapping-object", told["for each"], received=told["for each"].data())
    lets = []
    if "let" in told:
        for name, node in told["let"].items.items():
            source = _source(compiler, node, used)
            lets.append((source, compiler.names.new(name)))
    needs = [_filled(compiler, n, used) for n in _several(told["needs"])] if "needs" in told else []
    tests = []
    if "where" in told:
        tests.append(_any([_all(compiler, node, used) for node in _several(told["where"])]))
    return _looping(loops, lets, tests, needs, left or Left())


def _looping(
    loops: list[tuple[Get, int]], lets: list[tuple[Get, int]], tests: list[Get], needs: list[Get], left: Left
) -> Loop:
    def once(scope: list[Any]) -> Iterator[None]:
        for get, slot in lets:
            scope[slot] = get(scope)
        if all(test(scope) for test in tests):
            if all(need(scope) for need in needs):
                yield
            else:
                left.count(scope[NUMBER])

    def through(scope: list[Any], depth: int) -> Iterator[None]:
        if depth == len(loops):
            yield from once(scope)
            return
        get, slot = loops[depth]
        found = get(scope)
        for number, item in enumerate(found if type(found) is list else () if found is None else (found,)):
            scope[slot], scope[slot + 1] = item, number
            yield from through(scope, depth + 1)

    return (lambda scope: through(scope, 0)) if loops else once


def _several(node: Node) -> list[Node]:
    return node.value if isinstance(node.value, list) else [node]


def _source(compiler: Compiler, node: Node, used: set[str]) -> Get:
    """A path, a list of them, or a value that is made."""
    if isinstance(node.value, str) and "{" not in node.value:
        return compiler.path(node, used)
    if isinstance(node.value, list):
        return _together([_source(compiler, item, used) for item in node.value])
    made = compiler.value(node, "")
    used |= made.used
    return made.get


def _together(gets: list[Get]) -> Get:
    """What several paths give, as one list."""

    def get(scope: list[Any]) -> list[Any]:
        found: list[Any] = []
        for one in gets:
            value = one(scope)
            found += value if type(value) is list else () if value is None else (value,)
        return found

    return get


def _filled(compiler: Compiler, node: Node, used: set[str]) -> Get:
    get = compiler.path(node, used)
    return lambda scope: get(scope) is not None


def _any(tests: list[Get]) -> Get:
    if len(tests) == 1:
        return tests[0]
    return lambda scope: any(test(scope) for test in tests)


def _all(compiler: Compiler, node: Node, used: set[str]) -> Get:
    """Paths with what they must be; all of it must hold."""
    if not node.items:
        compiler.fault("mapping-object", node, received=node.data())
    tests = []
    for path, condition in node.items.items():
        used.add(path)
        get = compiler.names.path(path.removeprefix("{").removesuffix("}"), condition)
        tests.append((get, _test(compiler, condition)))

    def holds(scope: list[Any]) -> bool:
        return all(test(get(scope), scope) for get, test in tests)

    return holds


def _test(compiler: Compiler, node: Node) -> Test:
    """Whether a value is as a condition says; of a list, whether one of it is."""
    value = node.value
    if value is None:
        return lambda said, _scope: said is None
    if isinstance(value, list):
        return _one_of([_test(compiler, item) for item in value])
    if isinstance(value, dict):
        if len(value) == 1:
            return _kind(compiler, node)
        compiler.fault("where-kind", node, allowed=KINDS)
        return lambda _said, _scope: False
    wanted = text_of(value)
    return _of_list(lambda said: text_of(said) == wanted)


def _kind(compiler: Compiler, node: Node) -> Test:
    ((kind, below),) = node.items.items()
    if kind == "not":
        test = _test(compiler, below)
        return lambda said, scope: not test(said, scope)
    if kind == "in":
        name = below.value if isinstance(below.value, str) else ""
        if name not in compiler.tables:
            near = difflib.get_close_matches(name, compiler.tables, n=3, cutoff=0.5)
            compiler.fault("map-name", below, received=below.data(), allowed=tuple(near or compiler.tables))
            return lambda _said, _scope: False
        table = compiler.tables[name].values
        return _of_list(lambda said: text_of(said) in table)
    if kind == "same":
        other = compiler.path(below, set())
        return lambda said, scope: said is not None and said == other(scope)
    if kind not in KINDS or not isinstance(below.value, str):
        compiler.fault("where-kind", below, received=kind, allowed=KINDS)
        return lambda _said, _scope: False
    text: str = below.value
    if kind == "starts":
        return _of_list(lambda said: text_of(said).startswith(text))
    return _of_list(lambda said: text in text_of(said))


def _one_of(tests: list[Test]) -> Test:
    return lambda said, scope: any(test(said, scope) for test in tests)


def _of_list(test: Callable[[Any], bool]) -> Test:
    def holds(said: Any, _scope: list[Any]) -> bool:  # noqa: ANN401 - JSON
        if said is None or type(said) is dict:
            return False
        if type(said) is list:
            return any(test(item) for item in said if type(item) not in {list, dict, type(None)})
        return test(said)

    return holds
