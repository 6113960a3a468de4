"""Mapping alone: records per second, beside a hand-written loop of f-strings that gives the same bytes.

100,000 Investment records between 5,000 organizations. Times are processor time of one process,
the best of several rounds, since machines are shared.
"""

from __future__ import annotations

import base64
import gc
import hashlib
import random
import sys
import time
from typing import TYPE_CHECKING, Any, Final

from kg import model
from kg.identity.entities import Registrar, settle_all
from kg.identity.index import Index
from kg.identity.iris import Iris
from kg.mapping.mapper import Mapper
from kg.reading import from_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.reading.record import Record, Source

ORGANIZATIONS: Final = 5_000
INVESTMENTS: Final = 100_000
ROUNDS: Final = 3
BASE: Final = "https://kg.example/"
KG: Final = "https://w3id.org/kg-loader/ontology#"
RDF_TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
DECIMAL: Final = "<http://www.w3.org/2001/XMLSchema#decimal>"
GOAL: Final = 40_000


def facts(count: int, *, as_text: bool) -> Iterable[dict[str, Any]]:
    """The header, a document, the organizations, the investments."""
    rng = random.Random(20250204)
    yield {"ids": "shared", "dataset": "bench", "defaults": {"source": "doc"}}
    yield {"type": "NewsArticle", "id": "doc", "published": "2025-02-04"}
    for n in range(ORGANIZATIONS):
        yield {"type": "Company", "id": f"c{n}", "name": {"en": f"Company {n}"}}
    for n in range(count):
        low = rng.randrange(1, 500)
        spelled = {"min": str(low * 10**8), "max": str(low * 2 * 10**8), "currency": "USD"}
        yield {
            "type": "Investment",
            "id": f"i{n}",
            "investor": f"c{rng.randrange(ORGANIZATIONS)}",
            "investee": f"c{rng.randrange(ORGANIZATIONS)}",
            "amount": f"{low}억~{low * 2}억달러" if as_text else spelled,
            "status": "planned",
        }


def by_hand(data: dict[str, Any]) -> str:
    """The same triples by f-strings: for these records, and for nothing else."""
    s = f"{BASE}investment/bench/{data['id']}"
    investor = f"<{KG}investor> <{BASE}organization/{data['investor']}>"
    investee = f"<{KG}investee> <{BASE}organization/{data['investee']}>"
    parties = "\n".join((f"<{KG}Investment>", *sorted((investor, investee))))
    matter = base64.b32encode(hashlib.sha256(parties.encode()).digest()[:20]).decode().lower()
    amount = data["amount"]
    return (
        f"<{s}> <http://purl.org/dc/terms/isPartOf> <{BASE}dataset/bench> .\n"
        f"<{s}> <http://purl.org/dc/terms/source> <{BASE}document/doc> .\n"
        f"<{s}> {RDF_TYPE} <{KG}Investment> .\n"
        f"<{s}> <https://schema.org/amount> <{s}#amount> .\n"
        f"<{s}> <{KG}certainty> <{KG}stated> .\n"
        f"<{s}> {investee} .\n"
        f"<{s}> {investor} .\n"
        f"<{s}> <{KG}says> <{BASE}matter/~{matter}> .\n"
        f"<{s}> <{KG}status> <{KG}{data['status']}> .\n"
        f"<{s}#amount> {RDF_TYPE} <https://schema.org/MonetaryAmount> .\n"
        f'<{s}#amount> <https://schema.org/currency> "{amount["currency"]}" .\n'
        f'<{s}#amount> <https://schema.org/maxValue> "{amount["max"]}"^^{DECIMAL} .\n'
        f'<{s}#amount> <https://schema.org/minValue> "{amount["min"]}"^^{DECIMAL} .\n'
    )


def prepared(source: Source) -> tuple[Mapper, list[Record]]:
    """A mapper whose index knows all records, and the investments."""
    compiled = model.load()
    index, iris = Index(compiled), Iris(BASE)
    registrar = Registrar(index, source.header, iris)
    records = list(source)
    for record in records:
        registrar.see(record)
    settle_all([registrar])
    return Mapper(compiled, index, source.header, iris), records[1 + ORGANIZATIONS :]


def best(work: Callable[[Record], object], records: list[Record]) -> float:
    """Records per second of processor time, in the best of the rounds."""
    work(records[0])
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for record in records:
            work(record)
        times.append(time.process_time() - start)
    return len(records) / min(times)


def main() -> None:
    """Print the table; exit 1 if the goal is missed or the two disagree."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else INVESTMENTS
    mapper, records = prepared(from_records(facts(count, as_text=False)))
    gc.freeze()
    for record in records[:: max(1, count // 1000)]:
        mapped = "".join(block.text for block in mapper.map(record).blocks)
        if mapped != by_hand(record.data):
            sys.exit(f"not the same triples:\n{mapped}\n{by_hand(record.data)}")
    hand = best(lambda record: by_hand(record.data), records)
    ours = best(mapper.map, records)
    text_mapper, text_records = prepared(from_records(facts(count, as_text=True)))
    text = best(text_mapper.map, text_records)
    print(f"mapping alone, {count:,} Investment records, {ORGANIZATIONS:,} organizations")
    print(f"{'':34}{'records/s':>12}{'of by hand':>12}")
    print(f"{'f-strings by hand':34}{hand:>12,.0f}{1:>12.2f}")
    print(f"{'kg, amounts spelled out':34}{ours:>12,.0f}{ours / hand:>12.2f}")
    print(f"{'kg, amounts as text (억 … 달러)':33}{text:>12,.0f}{text / hand:>12.2f}")
    if ours < GOAL:
        sys.exit(f"below {GOAL:,} records/s")


if __name__ == "__main__":
    main()
