"""What judgements come to: which entities are one, and by which IRI the graph knows them.

"Same" holds along chains, so judgements make clusters; that two of one cluster are different is a
contradiction. Nothing here depends on the order in which judgements were given.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.identity.iris import digest
from kg.identity.judgements import DIFFERENT, SAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.identity.judgements import Judgement, Judgements


def rank(iri: str) -> tuple[bool, bool, int, str]:
    """Orders the IRIs of one entity, that by which the graph knows it first.

    A strong identifier, then an id that is the same everywhere, then one of a dataset, then a name; then
    the smallest by code point.

    >>> base = "https://kg.example/organization/"
    >>> names = ["d/~arm", "d/arm", "arm", "wikidata:Q1", "lei:X"]
    >>> sorted((base + name for name in names), key=rank) == [base + name for name in reversed(names)]
    True
    """
    last = iri.rpartition("/")[2]
    return ":" not in last, last.startswith("~"), iri.count("/"), iri


@dataclass(frozen=True)
class Clusters:
    """Entities that are one. Those that nobody has judged are themselves."""

    canonical: Mapping[str, str] = field(default_factory=dict)
    """Every entity that is the same as another -> the IRI by which the graph knows it."""
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """That IRI -> all that it stands for, itself among them, sorted."""

    def __bool__(self) -> bool:
        """Whether any are one."""
        return bool(self.members)

    def of(self, iri: str) -> str:
        """The IRI by which the graph knows an entity."""
        return self.canonical.get(iri, iri)

    def digest(self) -> str:
        """What names the same clusters; "" for none."""
        return digest(map(" ".join, sorted(self.canonical.items()))) if self else ""

    def all_of(self, canonical: str) -> tuple[str, ...]:
        """All that an IRI of the graph stands for."""
        return self.members.get(canonical, (canonical,))


def clusters(judgements: Judgements) -> Clusters:
    """What is one by judgements; raises ``UsageError`` for a contradiction, naming the chain."""
    parent: dict[str, str] = {}

    def root(iri: str) -> str:
        while (above := parent.setdefault(iri, iri)) != iri:
            parent[iri] = iri = parent[above]
        return iri

    for judgement in judgements:
        if judgement.verdict == SAME:
            one, other = map(root, judgement.pair)
            parent[max(one, other)] = min(one, other)
    for judgement in judgements:
        one, other = judgement.pair
        if judgement.verdict == DIFFERENT and one in parent and other in parent and root(one) == root(other):
            raise _contradiction(judgement, chain(judgements, one, other))
    together = defaultdict(list)
    for iri in sorted(parent):
        together[root(iri)].append(iri)
    members = {min(found, key=rank): tuple(found) for found in together.values()}
    return Clusters({iri: name for name, found in members.items() for iri in found}, members)


def chain(judgements: Iterable[Judgement], one: str, other: str) -> list[Judgement]:
    """The shortest way along "same" between two entities, the first by code point; [] if there is none."""
    beside: dict[str, list[tuple[str, Judgement]]] = defaultdict(list)
    for judgement in judgements:
        if judgement.verdict == SAME:
            a, b = judgement.pair
            beside[a].append((b, judgement))
            beside[b].append((a, judgement))
    came: dict[str, Judgement | None] = {one: None}
    waiting = deque([one])
    while waiting and other not in came:
        here = waiting.popleft()
        for there, judgement in sorted(beside[here]):
            if there not in came:
                came[there] = judgement
                waiting.append(there)
    way: list[Judgement] = []
    here = other
    while (step := came.get(here)) is not None:
        way.append(step)
        a, b = step.pair
        here = a if here == b else b
    return way[::-1]


def _contradiction(different: Judgement, way: list[Judgement]) -> UsageError:
    return UsageError(
        "judgement-contradiction",
        one=different.pair[0],
        other=different.pair[1],
        by=different.by or "–",
        reason=different.reason or "–",
        chain=tuple(said(judgement) for judgement in way),
    )


def said(judgement: Judgement) -> str:
    """A judgement as a message shows it.

    >>> from kg.identity.judgements import Judgement
    >>> said(Judgement("same", ("x:a", "x:b"), "kim", "one website"))
    'x:a = x:b (kim: one website)'
    """
    sign = "=" if judgement.verdict == SAME else "≠" if judgement.verdict == DIFFERENT else "?"
    why = ": ".join(part for part in (judgement.by, judgement.reason) if part)
    return f"{judgement.pair[0]} {sign} {judgement.pair[1]}" + (f" ({why})" if why else "")
