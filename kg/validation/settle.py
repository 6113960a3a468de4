"""Which records stay: those that violate are quarantined, those that rest on them wait."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kg.errors import EngineError
from kg.identity.entry import Rest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.errors import Place
    from kg.mapping.spool import Kept


WALK_AT_MOST: Final = 20
"""How many records of a circle are named."""


class State(StrEnum):
    """What became of a record; every record that was read is in exactly one state."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    WAITING = "waiting"


_TAKEN: Final = frozenset({State.ACCEPTED, State.DUPLICATE})


@dataclass(slots=True)
class Row:
    """What is remembered of a record between the stages."""

    number: int
    source: int
    """Which of the sources it was read from."""
    place: Place
    iri: str
    is_claim: bool
    kind: str
    id: str
    anchored: bool
    """Whether the record has more than a name to be known by."""
    raw: Kept
    """Its text."""
    kept: tuple[Kept, ...]
    named: tuple[str, ...]
    """The entities and claims that it describes."""
    refs: tuple[str, ...]
    """The entities and claims that it names."""
    rests: tuple[Rest, ...] = ()
    """What else it was understood by: names, ids and dates that some records say."""
    state: State = State.ACCEPTED
    waits_for: tuple[str, ...] = ()

    @property
    def taken(self) -> bool:
        """Whether what it says is in the graph: by itself, or since others say it too."""
        return self.state in _TAKEN

    def evidence(self, root: str) -> Iterator[Kept]:
        """The blocks of evidence that follow the block of ``root``."""
        after = False
        for kept in self.kept:
            if kept.root in self.named:
                after = kept.root == root
            elif after:
                yield kept


@dataclass(frozen=True, slots=True)
class Books:
    """The count of records by state."""

    read: int
    accepted: int
    duplicate: int
    quarantined: int
    waiting: int

    @property
    def taken(self) -> int:
        """How many are loaded."""
        return self.accepted + self.duplicate

    @property
    def balanced(self) -> bool:
        """Whether every record that was read is accounted for."""
        return self.read == self.accepted + self.duplicate + self.quarantined + self.waiting


def books(read: int, rows: Iterable[Row], as_before: tuple[int, int] = (0, 0)) -> Books:
    """Count the rows; ``read`` is counted where records are read.

    ``as_before`` counts accepted records and duplicates that were not looked at again.

    Raises ``EngineError`` if a record is in no state, or in two: then something is lost or doubled.
    """
    count = dict.fromkeys(State, 0)
    for row in rows:
        count[row.state] += 1
    count[State.ACCEPTED] += as_before[0]
    count[State.DUPLICATE] += as_before[1]
    made = Books(read, *(count[state] for state in State))
    if not made.balanced:
        raise EngineError("books-unbalanced", **asdict(made))
    return made


@dataclass
class Owners:
    """Which rows describe an entity, a claim or a piece of evidence."""

    rows: Sequence[Row]
    of: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Collect the roots of every row's blocks."""
        for row in self.rows:
            for root in {kept.root for kept in row.kept}:
                if root in self.of:
                    self.of[root].append(row.number)
                else:
                    self.of[root] = [row.number]

    def find(self, node: str) -> list[int]:
        """The rows that describe a node: a root, or a fragment of one."""
        return self.of.get(node) or self.of.get(node.partition("#")[0], [])

    def shared(self) -> list[str]:
        """The roots that several rows describe, sorted."""
        return sorted(root for root, numbers in self.of.items() if len(numbers) > 1)


Cause = str | Rest
"""What a row may rest on: an entity or a claim, by its IRI, or one thing that an entity is known by."""


class _Ground:
    """What rows rest on, and how many accepted rows say it."""

    def __init__(self, rows: Sequence[Row], owners: Owners) -> None:
        self.rows = rows
        self.alive: dict[Cause, int] = {
            root: sum(rows[n].state is State.ACCEPTED for n in numbers) for root, numbers in owners.of.items()
        }
        self.resting: dict[Cause, list[int]] = {}
        self.said: dict[int, list[Rest]] = {}
        for row in rows:
            for ref in row.refs:
                self.resting.setdefault(ref, []).append(row.number)
            for rest in row.rests:
                if rest not in self.alive:
                    self._say(rest)
                self.resting.setdefault(rest, []).append(row.number)

    def _say(self, rest: Rest) -> None:
        self.alive[rest] = sum(stands(n, self.rows) for n in rest.numbers)
        for number in rest.numbers:
            self.said.setdefault(number, []).append(rest)

    def of(self, row: Row) -> tuple[Cause, ...]:
        """What a row says that others may rest on."""
        return (*row.named, *self.said.get(row.number, ()))

    def take_out(self, row: Row) -> list[Cause]:
        """Let a row wait; what nobody says any longer."""
        row.state = State.WAITING
        gone = []
        for cause in self.of(row):
            self.alive[cause] -= 1
            if not self.alive[cause]:
                gone.append(cause)
        return gone


def wait(rows: Sequence[Row], owners: Owners) -> None:
    """Let every accepted row wait that rests on something which only rows out of the game say.

    That is an entity or a claim that it names, or what it was understood by. What no row of this
    input describes at all is not waited for: validation has said so.
    """
    out = [row for row in rows if not row.taken]
    if not out:
        return
    ground = _Ground(rows, owners)
    todo = [cause for row in out for cause in ground.of(row) if not ground.alive.get(cause)]
    waits_for: dict[int, set[str]] = {}
    while todo:
        cause = todo.pop()
        for number in ground.resting.pop(cause, ()):
            row = rows[number]
            if row.state is State.ACCEPTED:
                todo += ground.take_out(row)
            if row.state is State.WAITING and isinstance(cause, str):
                waits_for.setdefault(number, set()).add(cause)
    for number, roots in waits_for.items():
        rows[number].waits_for = tuple(sorted(roots.union(rows[number].waits_for)))


def stands(number: int, rows: Sequence[Row]) -> bool:
    """Whether what a record says holds; what no record says does."""
    return number < 0 or rows[number].state is State.ACCEPTED


def wait_for_shared(rows: Sequence[Row], owners: Owners) -> None:
    """Let every accepted row wait that describes something which a row out of the game describes too."""
    todo = [row for row in rows if not row.taken]
    seen: set[str] = set()
    while todo:
        for root in todo.pop().named:
            if root not in seen:
                seen.add(root)
                for number in owners.of.get(root, ()):
                    if rows[number].state is State.ACCEPTED:
                        rows[number].state = State.WAITING
                        rows[number].waits_for = (root,)
                        todo.append(rows[number])


def circles(rows: Sequence[Row], claims: Mapping[str, int]) -> dict[int, list[int]]:
    """Rows whose claims refer to each other in a circle -> the circle, from the row on.

    ``claims`` is claim IRI -> number of a row that describes it. Rows that refer to nothing,
    and rows that nothing refers to, are taken away until none is left: what stays is a circle,
    or lies between two.
    """
    below = {
        row.number: sorted({claims[ref] for ref in row.refs if ref in claims})
        for row in rows
        if row.iri in claims and any(ref in claims for ref in row.refs)
    }
    above: dict[int, list[int]] = {}
    for number, refs in below.items():
        for ref in refs:
            above.setdefault(ref, []).append(number)
    left = _peel(set(below) | set(above), below, above)
    left = _peel(left, above, below)
    return {number: _walk(number, below, left) for number in sorted(left)}


def _peel(nodes: set[int], down: Mapping[int, list[int]], up: Mapping[int, list[int]]) -> set[int]:
    """What is left when nodes without a way down within the set are taken away, again and again."""
    degree = {n: sum(m in nodes for m in down.get(n, ())) for n in nodes}
    todo = [n for n, d in degree.items() if not d]
    left = set(nodes)
    while todo:
        node = todo.pop()
        left.discard(node)
        for other in up.get(node, ()):
            if other in left:
                degree[other] -= 1
                if not degree[other]:
                    todo.append(other)
    return left


def _walk(start: int, below: Mapping[int, list[int]], left: set[int]) -> list[int]:
    """From a row along its references until a row comes again."""
    path: list[int] = []
    node = start
    while node not in path and len(path) < WALK_AT_MOST:
        path.append(node)
        node = next(m for m in below[node] if m in left)
    return path
