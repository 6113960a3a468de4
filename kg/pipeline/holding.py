"""What stands must hold: a change that would break what another dataset says is found before it is made.

A load takes out those of its own records that are wrong. What is left may still break others: it takes away
an entity that they name, or makes it something that does not fit there. Only what the change touches is
checked (``kg.validation.change``), unless a shape can look anywhere, or so much changes that the whole is
sooner checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import Place, Problem
from kg.query.explain.node import class_of
from kg.query.explain.origin import origin_in
from kg.rdf import TYPE, compact
from kg.validation import check, locate
from kg.validation.change import surroundings, touched
from kg.validation.finding import Finding
from kg.validation.policy import Policy
from kg.validation.view import sight

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.config import Config
    from kg.model.types import Model
    from kg.store import Store
    from kg.store.around import Around, Triple
    from kg.store.store import Prepared
    from kg.validation.result import Result


def broken(
    store: Store, model: Model, config: Config, dataset: str, prepared: Prepared | None
) -> list[Finding]:
    """What a version of a dataset, or with None its retraction, would break of what others say.

    What is wrong already is not broken by it.
    """
    seen = sight(model.shapes)
    around = None
    if not seen.beyond:
        # what is judged to be one can set a claim against itself: its investor is its investee
        against = bool(seen.objects_of) or seen.goes_against or bool(store.clusters())
        around = store.around(dataset, prepared, entities_only=not against)
    if around is None:
        return _of_whole(store, model, config, dataset, prepared)
    if not around.changed:
        return []
    nodes = touched(around.changed, seen, around)
    after = _errors(model, surroundings(nodes, seen, around), config)
    found = {result for result in after if result.focus in nodes}
    if found:
        as_it_is = around.as_it_is()
        before = _errors(model, surroundings(nodes, seen, as_it_is), config)
        found -= set(before)
    return _findings(store, model, found, around)


def failing(store: Store, model: Model, config: Config, nodes: Collection[str]) -> list[Finding]:
    """What is wrong now with some nodes, given as terms."""
    seen = sight(model.shapes)
    around = store.as_it_is()
    if seen.beyond:
        data = _triples(line for _, lines in store.blocks() for line in lines)
    else:
        data = surroundings(nodes, seen, around)
    found = {result for result in _errors(model, data, config) if result.focus in nodes}
    return _findings(store, model, found, around)


def _of_whole(
    store: Store, model: Model, config: Config, dataset: str, prepared: Prepared | None
) -> list[Finding]:
    """The same by a check of all that will be there; what of it is the dataset's own has been checked."""
    if {*store.names} <= {dataset}:
        return []
    after = [line for _, lines in store.after(dataset, prepared) for line in lines]
    found = set(_errors(model, _triples(after), config))
    if found:
        found -= set(_errors(model, _triples(_before(store, dataset)), config))
    return _findings(store, model, found, None)


def _before(store: Store, dataset: str) -> list[str]:
    """The graph as it is, without the dataset if that is damaged."""
    damaged = dataset in store.names and not store.is_whole(dataset)
    names = [name for name in store.names if not (damaged and name == dataset)]
    return [line for _, lines in store.blocks(names) for line in lines] if names else []


def _triples(lines: Iterable[str]) -> set[Triple]:
    from kg.store.around import triples  # noqa: PLC0415 - rarely needed

    return set(triples(lines))


def _errors(model: Model, data: Collection[Triple], config: Config) -> list[Result]:
    """What is an error in this project."""
    if not data:
        return []
    known = {*model.by_iri, *model.targets}
    classes = {o[1:-1] for _, p, o in data if f"<{p}>" == TYPE} & known
    lines = [f"{s} <{p}> {o} ." for s, p, o in sorted(data)]
    results = check.check(model, lines, classes, seconds=config.checking).results
    policy = Policy.of(config, model)
    found = ((r, policy.problem(locate.problem(r, model), of_shape=True)) for r in results)
    return [result for result, problem in found if problem is not None and problem.severity == "error"]


def _findings(store: Store, model: Model, found: Collection[Result], around: Around | None) -> list[Finding]:
    """Each as an error at the record that would break."""
    origin = origin_in(store) if found else None
    findings = []
    for result in sorted(found):
        root = result.focus[1:-1].partition("#")[0]
        about = list(around.about([result.focus])) if around is not None else []

        def values(node: str, path: str, about: list[Triple] = about) -> list[str]:
            return [o for s, p, o in about if (s, p) == (f"<{node}>", path)]

        class_ = model.classes.get(class_of([o[1:-1] for _, p, o in about if f"<{p}>" == TYPE], model))
        saying = Finding(locate.problem(result, model, class_, values=values), Place(""))
        args = {
            "thing": compact(root),
            "said": {language: saying.message(language) for language in ("en", "ko")},
        }
        place = (origin.written(root) if origin is not None else None) or Place(root)
        findings.append(Finding(Problem("change-breaks", args=args), place, root, result=result))
    return findings
