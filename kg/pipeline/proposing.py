"""What the graph knows of entities that tells whether two are one, and the pairs that may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kg.errors import Unreadable
from kg.identity.judgements import SAME
from kg.identity.proposing import THRESHOLD, Proposals, propose
from kg.identity.things import Thing
from kg.query.explain.node import class_of
from kg.rdf import FOAF, KG, RDF, SCHEMA, SKOS, local_name
from kg.store.entities import text_of
from kg.values.country.reading import read as country_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.identity.clusters import Clusters
    from kg.identity.judgements import Judgements
    from kg.model.types import Model
    from kg.store import Store

NAMES: Final = (f"{SKOS}prefLabel", f"{SKOS}altLabel")
COUNTRY: Final = f"{KG}iso3166"
_LOCATED: Final = f"{KG}located"
_PLACE: Final = f"{KG}place"
_RELATION: Final = f"{KG}relation"
_TELLING: Final = frozenset(
    KG + name
    for name in ("headquartersLocation", "registeredLocation", "countryLocation", "nationalityLocation")
)
"""Of these an entity has one: others say where it also is."""
_DEEP: Final = 8
"""Steps from a place up to its country."""


def proposed(
    store: Store, model: Model, judgements: Judgements, *, class_: str = "", threshold: float = THRESHOLD
) -> Proposals:
    """The pairs of the graph's entities that may be one, those of a class if it is named."""
    things = [
        thing
        for thing in things_of(store, model).values()
        if not class_ or model.classes[class_].iri in model.classes[thing.class_name].ancestors
    ]
    return propose(things, threshold, told_apart(judgements, store.clusters()))


def told_apart(judgements: Judgements, clusters: Clusters) -> Callable[[str, str], bool]:
    """Whether something is judged of two entities of the graph, or of what they are one with."""
    known = {
        tuple(sorted(map(clusters.of, judgement.pair)))
        for judgement in judgements
        if judgement.verdict != SAME
    }

    def judged(one: str, other: str) -> bool:
        return (one, other) in known or (other, one) in known

    return judged


def things_of(store: Store, model: Model) -> dict[str, Thing]:
    """All entities of the graph that have a name, by IRI."""
    things: dict[str, Thing] = {}
    unnamed = {iri for iri, term in store.pairs(f"{KG}unnamed") if term.startswith('"true"')}
    for iri, types in _types(store, model).items():
        class_ = model.classes.get(class_of(types, model))
        if class_ is not None and not class_.is_claim and iri not in unnamed:
            things[iri] = Thing(iri, class_.kind, class_.name)
    for predicate in NAMES:
        for iri, name in sorted((iri, text_of(term)[1]) for iri, term in store.pairs(predicate)):
            if iri in things and name not in things[iri].names:
                things[iri].names.append(name)
    _add_identifiers(store, model, things)
    _add_links(store, things)
    _add_births(store, things)
    _add_countries(store, things)
    return things


def _types(store: Store, model: Model) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for iri, term in store.pairs(f"{RDF}type"):
        if term[1:-1] in model.by_iri:
            found.setdefault(iri, []).append(term[1:-1])
    return found


def _add_identifiers(store: Store, model: Model, things: Mapping[str, Thing]) -> None:
    notations = {c.iri: c.notation for concepts in model.concepts.values() for c in concepts}
    for iri, term in store.pairs(f"{SCHEMA}identifier"):
        value, _, datatype = term.rpartition("^^")
        if iri in things and datatype:
            scheme = notations.get(datatype[1:-1], local_name(datatype[1:-1]))
            things[iri].identifiers.setdefault(scheme, set()).add(value[1:-1])


def _add_links(store: Store, things: Mapping[str, Thing]) -> None:
    for iri, term in store.pairs(f"{FOAF}homepage"):
        if iri in things and (site := website(term[1:-1])):
            things[iri].websites.add(site)
    for iri, term in store.pairs(f"{SCHEMA}sameAs"):
        if iri in things:
            things[iri].same_as.add(term[1:-1])


def website(url: str) -> str:
    """What two addresses of one website have in common.

    >>> website("https://www.softbank.jp/"), website("http://softbank.jp/index.html"), website("urn:x")
    ('softbank.jp', 'softbank.jp/index.html', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" if host else ""


def _add_births(store: Store, things: Mapping[str, Thing]) -> None:
    ends: list[dict[str, str]] = []
    for end in ("Earliest", "Latest"):
        found: dict[str, str] = {}
        for iri, term in store.pairs(f"{KG}birthDate{end}"):
            day = text_of(term.partition("^^")[0])[1]
            # what several datasets say is the narrower, the more they say
            kept = found.get(iri, day)
            found[iri] = max(kept, day) if end == "Earliest" else min(kept, day)
        ends.append(found)
    for iri in ends[0].keys() & ends[1].keys() & things.keys():
        things[iri].born = ends[0][iri], ends[1][iri]


def _add_countries(store: Store, things: Mapping[str, Thing]) -> None:
    """From claims of where something is: the codes of countries."""
    located, relation = ({s: o[1:-1] for s, o in store.pairs(p)} for p in (_LOCATED, _RELATION))
    country = _countries(store, things)
    for claim, place in store.pairs(_PLACE):
        iri = located.get(claim, "")
        if iri in things and relation.get(claim) in _TELLING and (code := country(place[1:-1])):
            things[iri].countries.setdefault(local_name(relation[claim]), set()).add(code)


def named_country(names: Iterable[str]) -> str:
    """The code of the country that names mean; "" if they mean none, or it is open which.

    >>> named_country(["Korea", "대한민국"]), named_country(["Seoul"])
    ('KR', '')
    """
    for name in names:
        try:
            country = country_of(name)
        except Unreadable:
            continue
        if not country.assumed:
            return country.code
    return ""


def _countries(store: Store, things: Mapping[str, Thing]) -> Callable[[str], str]:
    """From a place to its country's code; "" where none is known of it or of what it is in."""
    above = {iri: term[1:-1] for iri, term in store.pairs(f"{SCHEMA}containedInPlace")}

    def country(place: str) -> str:
        for _ in range(_DEEP):
            thing = things.get(place)
            codes = thing.identifiers.get("iso-3166", set()) if thing is not None else set()
            if codes:
                return min(codes)[:2]
            if place not in above:
                return named_country(thing.names) if thing is not None else ""
            place = above[place]
        return ""

    return country
