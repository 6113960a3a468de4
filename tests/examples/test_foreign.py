"""Each data set of ``../shared/data`` is read whole by its example mapping, and answers as its source does.

The books balance, what is quarantined is of the kinds that are listed here and nothing else, and three questions
get from the graph what a direct count over the source gives.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyoxigraph as ox
import pytest

from kg import config, model, pipeline
from kg.rdf import PREFIXES
from kg.reading.foreign import read_foreign, read_mapping, read_together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAGE = Path(__file__).resolve().parents[2] / "docs" / "foreign.md"
DECLARED = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
BASE = config.EXAMPLE_BASE
Answer = set[tuple[str, ...]]


class Loaded:
    """A data set: what came of it, and its graph."""

    def __init__(self, root: Path, name: str, files: list[Path], *, together: bool) -> None:
        self.name = name
        compiled = model.load()
        how = read_mapping(str(root / "examples" / name / "mapping.yaml"))
        paths = [str(p) for p in files]
        sources = (
            [read_together(paths, how, compiled)]
            if together
            else [read_foreign(path, how, compiled) for path in paths]
        )
        self.store = ox.Store()
        with pipeline.run(compiled, config.Config(), sources) as run:
            self.outcome = run.outcome
            text = "\n".join(line for _, lines in run.blocks() for line in lines)
        self.store.bulk_load(text.encode(), format=ox.RdfFormat.N_TRIPLES)
        self.codes = Counter(f.problem.code for f in self.outcome.findings if f.problem.severity == "error")

    def ask(self, query: str) -> Answer:
        """The rows of a SELECT, IRIs by their last step."""
        found = self.store.query(DECLARED + query)
        assert isinstance(found, ox.QuerySolutions)
        return {tuple(short(term) for term in row) for row in found}

    def books(self) -> tuple[int, int, int]:
        """Rows, used and filtered; those of the records are the ones that the page tells."""
        rows, books = self.outcome.rows, self.outcome.books
        assert rows is not None
        assert books is not None
        assert books.balanced
        told = re.search(
            rf"{self.name}/mapping.yaml.*?\| ([\d,]+(?: [\d,]+){{3}}) \|", PAGE.read_text("utf-8")
        )
        assert told is not None
        counts = books.accepted, books.duplicate, books.quarantined, books.waiting
        assert told[1] == ", ".join(f"{count:,}" for count in counts)
        return rows.rows, rows.used, rows.filtered


def short(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return re.split("[/#]", term.value)[-1]
    return term.value if isinstance(term, ox.Literal) else ""


def json_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


# GLEIF


@pytest.fixture(scope="module")
def gleif_files(shared: Path) -> list[Path]:
    api = shared / "data" / "gleif" / "api"
    parts = ("lei_records", "relationships", "reporting_exceptions", "isins")
    return [path for part in parts for path in json_files(api / part)]


@pytest.fixture(scope="module")
def gleif(root: Path, gleif_files: list[Path]) -> Loaded:
    return Loaded(root, "gleif", gleif_files, together=True)


def gleif_rows(files: list[Path], kind: str) -> Iterator[dict[str, Any]]:
    for path in files:
        data = json.loads(path.read_text("utf-8"))["data"]
        for row in data if isinstance(data, list) else [data] if data else []:
            if row["type"] == kind:
                yield row["attributes"]


def test_gleif_is_read_whole(gleif: Loaded) -> None:
    assert gleif.books() == (345, 345, 0)
    # relationships of 44 subsidiaries of which no record is among the files
    assert gleif.codes == {"reference-unknown": 44}


def test_gleif_names(gleif: Loaded, gleif_files: list[Path]) -> None:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for row in gleif_rows(gleif_files, "lei-records"):
        entity = row["entity"]
        every = [entity["legalName"], *entity["otherNames"], *entity["transliteratedOtherNames"]]
        names[row["lei"]].update(name["name"].strip() for name in every)
    asked = gleif.ask(
        "SELECT ?lei ?name { ?e skos:prefLabel|skos:altLabel ?name . FILTER (CONTAINS(STR(?e), '/lei:'))"
        " BIND (STRAFTER(STR(?e), '/lei:') AS ?lei) }"
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for lei, name in asked:
        found[lei].add(name)
    assert len(found) == 94
    assert found == names
    assert any(re.search("[一-龥]", name) for said in found.values() for name in said)


def test_gleif_countries_of_registration(gleif: Loaded, gleif_files: list[Path]) -> None:
    rows = gleif_rows(gleif_files, "lei-records")
    expected = {(row["lei"], row["entity"]["legalAddress"]["country"]) for row in rows}
    asked = gleif.ask(
        "SELECT ?lei ?place { ?c a kg:Location ; kg:relation kg:registeredLocation ; kg:located ?e ; kg:place ?place ."
        " BIND (STRAFTER(STR(?e), '/lei:') AS ?lei) }"
    )
    assert asked == expected


def test_gleif_parents(gleif: Loaded, gleif_files: list[Path]) -> None:
    known = {row["lei"] for row in gleif_rows(gleif_files, "lei-records")}
    expected = set()
    for row in gleif_rows(gleif_files, "relationship-records"):
        told = row["relationship"]
        ends = told["endNode"]["id"], told["startNode"]["id"]
        if known.issuperset(ends):
            kind = "parent" if told["type"] == "IS_DIRECTLY_CONSOLIDATED_BY" else "ultimateParent"
            since = next(p["startDate"][:10] for p in told["periods"] if p["type"] == "RELATIONSHIP_PERIOD")
            expected.add((*ends, f"{kind}Ownership", since))
    asked = gleif.ask(
        "SELECT ?owner ?owned ?kind ?since { ?c a kg:Ownership ; kg:owner ?a ; kg:owned ?b ; kg:relation ?kind ;"
        " schema:startDate ?since . BIND (STRAFTER(STR(?a), '/lei:') AS ?owner)"
        " BIND (STRAFTER(STR(?b), '/lei:') AS ?owned) }"
    )
    assert asked == expected
    assert len(expected) == 77


# BODS


@pytest.fixture(scope="module")
def bods_files(shared: Path) -> list[Path]:
    return json_files(shared / "data" / "bods" / "examples")


@pytest.fixture(scope="module")
def bods(root: Path, bods_files: list[Path]) -> Loaded:
    return Loaded(root, "bods", bods_files, together=False)


def latest(files: Iterable[Path], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The last statement of each record of each file: its file, and what it says."""
    for path in files:
        said: dict[str, dict[str, Any]] = {}
        for row in json.loads(path.read_text("utf-8")):
            other = said.get(row["recordId"])
            if other is None or row["statementDate"] >= other["statementDate"]:
                said[row["recordId"]] = row
        yield from ((path.stem, row) for row in said.values() if row["recordType"] == kind)


def test_bods_is_read_whole(bods: Loaded) -> None:
    assert bods.books() == (119, 95, 24)
    # a nomination arrangement sits on a board, and a position is held by a person
    assert bods.codes == {"reference-class": 1}


def test_bods_persons(bods: Loaded, bods_files: list[Path]) -> None:
    expected = set()
    for _, row in latest(bods_files, "person"):
        for name in row["recordDetails"].get("names", []):
            if name.get("fullName"):
                expected.add((row["recordId"], name["fullName"]))
    asked = bods.ask(
        "SELECT ?p ?name { ?p a kg:Person ; skos:prefLabel|skos:altLabel ?name FILTER NOT EXISTS { ?p kg:unnamed true } }"
    )
    assert asked == expected
    assert len({record for record, _ in expected}) > 15


def test_bods_shares(bods: Loaded, bods_files: list[Path]) -> None:
    expected = set()
    for stem, row in latest(bods_files, "relationship"):
        details = row["recordDetails"]
        for interest in details.get("interests", []):
            exact = interest.get("share", {}).get("exact")
            if exact is not None and interest.get("type") == "shareholding":
                expected.add((stem, details["interestedParty"], details["subject"], str(exact)))
    asked = bods.ask(
        "SELECT ?file ?owner ?owned ?share { ?c a kg:Ownership ; kg:owner ?owner ; kg:owned ?owned ; kg:share ?share ;"
        " kg:relation kg:shareholderOwnership ; dcterms:isPartOf ?file }"
    )
    assert asked == expected
    assert len(expected) > 20


def test_bods_ranges_of_shares(bods: Loaded, bods_files: list[Path]) -> None:
    expected = set()
    for _, row in latest(bods_files, "relationship"):
        for interest in row["recordDetails"].get("interests", []):
            share = interest.get("share", {})
            if "exclusiveMaximum" in share:
                low = "AtLeast" if "minimum" in share else "MoreThan"
                least = share.get("minimum", share.get("exclusiveMinimum"))
                expected.add(
                    (row["recordDetails"]["subject"], low, str(least), str(share["exclusiveMaximum"]))
                )
    asked = bods.ask(
        "SELECT ?owned ?low ?least ?most { ?c kg:owned ?owned ; kg:shareLessThan ?most ; kg:shareAtLeast|kg:shareMoreThan ?least ."
        " BIND (IF(EXISTS { ?c kg:shareAtLeast ?least }, 'AtLeast', 'MoreThan') AS ?low) }"
    )
    assert asked == expected
    assert expected


def test_bods_nationalities(bods: Loaded, bods_files: list[Path]) -> None:
    expected = {
        (row["recordId"], nation["code"])
        for _, row in latest(bods_files, "person")
        for nation in row["recordDetails"].get("nationalities", [])
    }
    asked = bods.ask(
        "SELECT ?p ?place { ?c a kg:Location ; kg:relation kg:nationalityLocation ; kg:located ?p ; kg:place ?place }"
    )
    assert asked == expected
    assert expected


@pytest.mark.parametrize("name", ["valid_statements", "invalid_statements"])
def test_bods_statements_one_by_one(root: Path, shared: Path, tmp_path: Path, name: str) -> None:
    """Each line is a publication of its own; none may crash, and what is valid and whole must be accepted."""
    compiled = model.load()
    how = read_mapping(str(root / "examples" / "bods" / "mapping.yaml"))
    sources, whole = [], set()
    lines = (shared / "data" / "bods" / f"{name}.jsonl").read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        path = tmp_path / f"s{number:03}.jsonl"
        path.write_text(line + "\n", "utf-8")
        sources.append(read_foreign(str(path), how, compiled))
        statements = json.loads(line)["statements"]
        if all(s.get("recordType") in {"entity", "person"} for s in statements if isinstance(s, dict)):
            whole.add(str(path))
    with pipeline.run(compiled, config.Config(), sources) as run:
        books, rows = run.outcome.books, run.outcome.rows
        wrong = {f.place.file for f in run.outcome.findings if f.problem.severity == "error"}
    assert books is not None
    assert rows is not None
    assert books.balanced
    assert rows.rows == rows.used + rows.filtered
    if name == "valid_statements":
        assert not wrong & whole
        assert len(whole) == 94


# FinDKG


@pytest.fixture(scope="module")
def findkg(root: Path, shared: Path) -> Loaded:
    return Loaded(root, "findkg", [shared / "data" / "findkg" / "test_named.csv"], together=False)


@pytest.fixture(scope="module")
def findkg_rows(shared: Path) -> list[tuple[str, str, str, str]]:
    """(subject, relation, object) with the types of both: ``("Uber", "Operate_In", "China", "2>1")``."""
    types: dict[str, str] = {}
    for line in (shared / "data" / "findkg" / "entity2id.txt").read_text("utf-8").splitlines():
        name, _, _, kind = line.split("\t")
        types.setdefault(name, kind)
    with (shared / "data" / "findkg" / "test_named.csv").open(encoding="utf-8", newline="") as file:
        return [
            (r["subject"], r["relation"], r["object"], f"{types[r['subject']]}>{types[r['object']]}")
            for r in csv.DictReader(file)
        ]


def test_findkg_is_read_whole(findkg: Loaded) -> None:
    assert findkg.books() == (10013, 9614, 399)
    # facts about one thing and itself
    assert findkg.codes == {"ownership-self": 17, "too-few-values": 10}


NAMED = "SELECT ?x ?y {{ ?c a kg:{claim} ; kg:{a} ?a ; kg:{b} ?b {more} . ?a skos:prefLabel ?x . ?b skos:prefLabel ?y }}"


def test_findkg_investments(findkg: Loaded, findkg_rows: list[tuple[str, str, str, str]]) -> None:
    party = re.compile("[02567]>[02567]")
    expected = {(s, o) for s, r, o, kinds in findkg_rows if r == "Invests_In" and party.fullmatch(kinds)}
    asked = findkg.ask(NAMED.format(claim="Investment", a="investor", b="investee", more=""))
    assert asked == expected
    assert {investor for investor, investee in asked if investee == "FTX"} >= {
        "Sequoia Capital",
        "Thoma Bravo",
    }


def test_findkg_sectors(findkg: Loaded, findkg_rows: list[tuple[str, str, str, str]]) -> None:
    expected = {
        (s, o) for s, r, o, kinds in findkg_rows if r == "Operate_In" and re.fullmatch("[02567]>11", kinds)
    }
    assert findkg.ask(NAMED.format(claim="Operation", a="operator", b="sector", more="")) == expected
    assert len(expected) > 150


def test_findkg_products(findkg: Loaded, findkg_rows: list[tuple[str, str, str, str]]) -> None:
    expected = {
        (s, o) for s, r, o, kinds in findkg_rows if r == "Produce" and re.fullmatch("[02567]>10", kinds)
    }
    assert findkg.ask(NAMED.format(claim="Production", a="producer", b="product", more="")) == expected
    assert len(expected) > 30


# FIRE


@pytest.fixture(scope="module")
def fire(root: Path, shared: Path) -> Loaded:
    return Loaded(root, "fire", [shared / "data" / "fire" / "fire_dev.json"], together=False)


@pytest.fixture(scope="module")
def fire_pairs(shared: Path) -> dict[str, set[tuple[str, str]]]:
    pairs: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in json.loads((shared / "data" / "fire" / "fire_dev.json").read_text("utf-8")):
        for relation in row["relations"]:
            head, tail = row["entities"][relation["head"]], row["entities"][relation["tail"]]
            pairs[relation["type"]].add((head["text"], tail["text"]))
            pairs[f"{relation['type']} {head['type']} {tail['type']}"].add((head["text"], tail["text"]))
    return pairs


def by_id(found: Answer) -> set[tuple[str, ...]]:
    """Ids stand percent-encoded in IRIs."""
    return {tuple(unquote(part) for part in row) for row in found}


def test_fire_is_read_whole(fire: Loaded) -> None:
    assert fire.books() == (454, 355, 99)
    assert fire.codes == {}


FIRE_CLAIMS = {
    "Subsidiaryof": ("Ownership", "owned", "owner"),
    "Sector": ("Operation", "operator", "sector"),
    "Productof": ("Production", "product", "producer"),
}
"""Relation -> the claim that it becomes, and the fields of its head and its tail."""


@pytest.mark.parametrize("relation", FIRE_CLAIMS)
def test_fire_relations(fire: Loaded, fire_pairs: dict[str, set[tuple[str, str]]], relation: str) -> None:
    claim, head, tail = FIRE_CLAIMS[relation]
    asked = by_id(fire.ask(f"SELECT ?a ?b {{ ?c a kg:{claim} ; kg:{head} ?a ; kg:{tail} ?b }}"))
    assert asked == {(h.strip(), t.strip()) for h, t in fire_pairs[relation]}
    assert len(asked) > 20


def test_fire_takeovers(fire: Loaded, fire_pairs: dict[str, set[tuple[str, str]]]) -> None:
    expected = fire_pairs["ActionBuy Company Company"] | fire_pairs["ActionBuy Company BusinessUnit"]
    assert by_id(fire.ask("SELECT ?a ?b { ?c a kg:Acquisition ; kg:acquirer ?a ; kg:target ?b }")) == expected


# Re-DocRED


@pytest.fixture(scope="module")
def redocred(root: Path, shared: Path) -> Loaded:
    return Loaded(root, "redocred", [shared / "data" / "redocred" / "dev_revised_200.json"], together=False)


@pytest.fixture(scope="module")
def redocred_labels(shared: Path) -> list[tuple[str, str, str, str, str, str]]:
    """(property, id of head, id of tail, type of head, type of tail, first name of tail)."""
    found = []
    for row in json.loads((shared / "data" / "redocred" / "dev_revised_200.json").read_text("utf-8")):
        for label in row["labels"]:
            head, tail = row["vertexSet"][label["h"]], row["vertexSet"][label["t"]]
            ids = f"{row['title']}/{label['h']}", f"{row['title']}/{label['t']}"
            found.append((label["r"], *ids, head[0]["type"], tail[0]["type"], tail[0]["name"]))
    return found


def test_redocred_is_read_whole(redocred: Loaded) -> None:
    assert redocred.books() == (200, 200, 0)
    # dates of birth that the tokens spoil (“1952-”, “15 October 18934 April 1953”); others wait for their persons
    assert set(redocred.codes) == {"date-unreadable", "date-word"}
    assert sum(redocred.codes.values()) == 5


def test_redocred_nationalities(redocred: Loaded, redocred_labels: list[tuple[str, ...]]) -> None:
    expected = {(h, t) for r, h, t, a, b, _ in redocred_labels if r == "P27" and (a, b) == ("PER", "LOC")}
    asked = by_id(
        redocred.ask(
            "SELECT ?a ?b { ?c a kg:Location ; kg:relation kg:nationalityLocation ; kg:located ?a ; kg:place ?b }"
        )
    )
    gone = quarantined(redocred)
    assert asked == {pair for pair in expected if not gone & set(pair)}
    assert len(expected) > 200


def test_redocred_siblings_and_parents(redocred: Loaded, redocred_labels: list[tuple[str, ...]]) -> None:
    family = {"P26", "P40", "P22", "P25", "P3373"}
    expected = {
        frozenset((h, t)) for r, h, t, a, b, _ in redocred_labels if r in family and (a, b) == ("PER", "PER")
    }
    asked = by_id(
        redocred.ask(
            "SELECT ?a ?b { ?c a kg:Relationship ; kg:relation kg:familyRelationship ; kg:party ?a , ?b FILTER (?a != ?b) }"
        )
    )
    gone = quarantined(redocred)
    assert {frozenset(pair) for pair in asked} == {pair for pair in expected if not gone & pair}


def test_redocred_births(redocred: Loaded, redocred_labels: list[tuple[str, ...]]) -> None:
    """Of those whose date has one year: spans such as “1903–1952” are bounds, and no date."""
    years: defaultdict[str, set[str]] = defaultdict(set)
    for r, h, _, a, b, name in redocred_labels:
        if r == "P569" and (a, b) == ("PER", "TIME"):
            years[h].update(re.findall(r"\b[0-9]{4}\b", name))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for person, date in by_id(redocred.ask("SELECT ?p ?date { ?p schema:birthDate ?date }")):
        found[person].add(date[:4])
    gone = quarantined(redocred)
    assert {person: said for person, said in found.items() if len(years[person]) == 1} == {
        person: said for person, said in years.items() if len(said) == 1 and person not in gone
    }
    assert len(found) > 50


def quarantined(loaded: Loaded) -> set[str]:
    return {f.record for f in loaded.outcome.findings if f.problem.severity == "error"}
