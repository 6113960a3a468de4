"""Small graphs for the tests of the store, and what they must come to, worked out the plain way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from hypothesis import strategies as st

from kg.identity.iris import segment
from kg.rdf import DCTERMS, KG, OA, SCHEMA, SKOS, TYPE, XSD, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.store import Block, Change, Store

BASE = "https://kg.example/"
ORGANIZATIONS = 4
QUOTES = ("짧은 인용", "a quote", 'tab\t"x"')
NAMES = ("삼성", "Samsung", "SK", "B", "B!", "줄\u2028끝", 'q"\\')
PREF, ALT = f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>"


@dataclass(frozen=True)
class Claim:
    """A claim: its amount is a part of it, its quotes are evidence that other claims may share."""

    number: int
    investor: int
    amount: int
    quotes: tuple[int, ...]

    def block(self, dataset: str) -> Block:
        dataset_segment = segment(dataset)
        root = f"{BASE}investment/{dataset_segment}/i{self.number}"
        s, amount = f"<{root}>", f"<{root}#amount>"
        lines = [
            f"{s} {TYPE} <{KG}Investment> .",
            f"{s} <{DCTERMS}isPartOf> <{iri(dataset)}> .",
            f"{s} <{KG}investor> <{organization(self.investor)}> .",
            f"{s} <{SCHEMA}amount> {amount} .",
            f"{amount} <{SCHEMA}value> {literal(str(self.amount), XSD + 'decimal')} .",
        ]
        for quote in self.quotes:
            e = f"<{BASE}evidence/{dataset_segment}/~{quote}>"
            lines += [f"{s} <{KG}evidence> {e} .", f"{e} {TYPE} <{KG}Evidence> ."]
            lines.append(f"{e} <{OA}exact> {literal(QUOTES[quote])} .")
        return root, lines


@dataclass(frozen=True)
class Entity:
    """An entity that datasets share: preferred names, others, and a part."""

    number: int
    preferred: Mapping[str, int]
    others: tuple[tuple[str, int], ...] = ()
    part: int | None = None

    def block(self) -> Block:
        root = organization(self.number)
        lines = [f"<{root}> {TYPE} <{KG}Company> ."]
        lines += [f"<{root}> {PREF} {literal(NAMES[n], '', tag)} ." for tag, n in self.preferred.items()]
        lines += [f"<{root}> {ALT} {literal(NAMES[n], '', tag)} ." for tag, n in self.others]
        if self.part is not None:
            lines.append(f"<{root}> <{KG}x> <{root}#x> .")
            lines.append(f"<{root}#x> <{KG}y> {literal(str(self.part), XSD + 'integer')} .")
        return root, lines


@dataclass(frozen=True)
class Dataset:
    """What one dataset holds."""

    claims: tuple[Claim, ...] = ()
    entities: tuple[Entity, ...] = ()

    def blocks(self, name: str) -> list[Block]:
        return sorted([*(c.block(name) for c in self.claims), *(e.block() for e in self.entities)])


def iri(dataset: str) -> str:
    return f"{BASE}dataset/{segment(dataset)}"


def organization(number: int) -> str:
    return f"{BASE}organization/o{number}"


def load(store: Store, name: str, dataset: Dataset, **given: Any) -> Change:
    records = [b'{"line": 1, "data": {"amount": 1.50}}']
    return store.replace(
        name, iri(name), records, [], dataset.blocks(name), {"source": f"{name}.jsonl", **given}
    )


def big(claims: int, *, changed: int = 0) -> Dataset:
    """Enough for what is done in bulk; ``changed`` of the claims have another amount."""
    names = tuple(Entity(n, {"en": n}) for n in range(ORGANIZATIONS))
    return Dataset(
        tuple(Claim(n, n % ORGANIZATIONS, n + (n < changed), (n % 3,)) for n in range(claims)), names
    )


_claims = st.builds(
    Claim,
    st.integers(0, 4),
    st.integers(0, ORGANIZATIONS - 1),
    st.integers(1, 3),
    st.lists(st.integers(0, len(QUOTES) - 1), max_size=2, unique=True).map(tuple),
)
_tags = st.sampled_from(("en", "ko", ""))
_names = st.integers(0, len(NAMES) - 1)
_entities = st.builds(
    Entity,
    st.integers(0, ORGANIZATIONS - 1),
    st.dictionaries(_tags, _names, max_size=3),
    st.lists(st.tuples(_tags, _names), max_size=3).map(tuple),
    st.none() | st.integers(0, 2),
)
datasets = st.builds(
    Dataset,
    st.lists(_claims, max_size=5, unique_by=lambda c: c.number).map(tuple),
    st.lists(_entities, max_size=4, unique_by=lambda e: e.number).map(tuple),
)


def default_graph(loaded: Mapping[str, Dataset]) -> set[str]:
    """The default graph, recomputed from scratch, with names by counting."""
    lines: set[str] = set()
    told: dict[str, list[list[str]]] = defaultdict(list)
    for name, dataset in loaded.items():
        for claim in dataset.claims:
            lines |= set(claim.block(name)[1])
        for entity in dataset.entities:
            root, said = entity.block()
            told[root].append(said)
    for root, all_said in told.items():
        lines |= _named(root, all_said)
    return lines


def _named(root: str, all_said: list[list[str]]) -> set[str]:
    lines = {line for said in all_said for line in said}
    names: dict[str, set[str]] = defaultdict(set)
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in sorted(lines):
        for predicate in (PREF, ALT):
            head = f"<{root}> {predicate} "
            if line.startswith(head):
                lines.discard(line)
                term = line.removeprefix(head).removesuffix(" .")
                tag = term.rpartition('"')[2]
                names[tag].add(term)
                if predicate == PREF:
                    votes[tag][term] = sum(line in said for said in all_said)
    for tag, terms in names.items():
        ranked = sorted(votes[tag], key=lambda t: (-votes[tag][t], t.rpartition('"')[0]))
        chosen = ranked[0] if ranked else None
        lines |= {f"<{root}> {PREF if t == chosen else ALT} {t} ." for t in terms}
    return lines


def named_graph(dataset: Dataset) -> set[str]:
    return {line for entity in dataset.entities for line in entity.block()[1]}


def stored(path: Any) -> dict[str, list[str]]:
    """Graph -> its lines, as they are in an embedded store or a checkpoint; "" is the default graph."""
    found: dict[str, list[str]] = {"": []}
    store = ox.Store.read_only(str(path))
    found |= {str(graph)[1:-1]: [] for graph in store.named_graphs()}
    for quad in store:
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        found[graph].append(f"{quad.subject} {quad.predicate} {quad.object} .")
    return {graph: sorted(lines) for graph, lines in found.items()}


def expected(loaded: Mapping[str, Dataset]) -> dict[str, list[str]]:
    """What ``stored`` must give."""
    graphs = {iri(name): sorted(named_graph(d)) for name, d in loaded.items() if d.entities}
    return {"": sorted(default_graph(loaded)), **graphs}


def exported(blocks: Iterable[Block]) -> bytes:
    """The bytes of the graph as it is streamed out."""
    return "".join(f"# {root}\n" + "".join(f"{x}\n" for x in lines) for root, lines in blocks).encode()
