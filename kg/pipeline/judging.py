"""Judging: a project's judgements given, withdrawn, and brought into the graph, if shapes allow it.

``judgements.jsonl`` is what holds; the store follows it. The file is written first, so that a change that is
cut off is finished by the next load.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import Place, Problem, UsageError
from kg.identity.judgements import FILE, Judgements, read
from kg.identity.things import SEVERAL
from kg.query.explain.node import class_of
from kg.rdf import SCHEMA, TYPE, compact
from kg.store.around import triples
from kg.store.durable import remove, sync_folder, write_file
from kg.store.embedded import SAME_AS
from kg.validation import check, locate
from kg.validation.change import surroundings, touched
from kg.validation.finding import Finding
from kg.validation.view import sight

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from kg.config import Config
    from kg.identity.judgements import Judgement
    from kg.model.types import Model
    from kg.pipeline.cascading import TakenOut
    from kg.store import Store
    from kg.store.around import Triple
    from kg.store.judging import Touched
    from kg.validation.result import Result

_IDENTIFIER: Final = f"<{SCHEMA}identifier>"


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of judgements: nothing if there are ``findings``, else how many triples went and came."""

    findings: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    removed: int = 0
    added: int = 0
    taken_out: tuple[TakenOut, ...] = ()
    """What that took out of datasets, where that was wanted."""


def of_project(folder: Path, beside: Path | None = None) -> Judgements:
    """The judgements of a project's folder, or what is ``beside`` them; raises ``UsageError`` for damage."""
    path = beside or folder / FILE
    try:
        return read(path.read_bytes(), str(path)) if path.exists() else Judgements()
    except OSError as error:
        raise UsageError("judgements-unreadable", file=str(path), reason=error.strerror) from error


def keep(folder: Path, judgements: Judgements) -> None:
    """Write a project's judgements, whole or not at all; without any there is no file."""
    path = folder / FILE
    if judgements:
        write_file(path, (judgements.as_bytes(),))
    elif path.exists():
        remove(path)
        sync_folder(folder)


def give(
    store: Store, model: Model, folder: Path, judgements: Judgements, cascade: Config | None = None
) -> Judged:
    """Have judgements hold instead of those before, in the project's file and in the graph.

    With the settings for a ``cascade``, what can't stand with them is taken out of its dataset. Raises
    ``UsageError`` for a contradiction.
    """
    if cascade is not None:
        from kg.pipeline import cascading  # noqa: PLC0415 - it judges too

        return cascading.judge(store, model, cascade, judgements)
    moved = store.touched(judgements)
    findings = broken(store, model, judgements, moved)
    if findings:
        return Judged(findings)
    keep(folder, judgements)
    return Judged((), tuple(several_identifiers(model, moved)), *store.judge(judgements, moved))


def follow(store: Store, model: Model, folder: Path) -> None:
    """Bring what stands in the project's file into the graph, if it is not there yet.

    Raises ``UsageError`` for a contradiction, and for what shapes do not allow.
    """
    judgements = of_project(folder)
    if judgements.as_bytes() == store.judgements().as_bytes():
        return
    moved = store.touched(judgements)
    for finding in broken(store, model, judgements, moved):
        raise UsageError("judgements-break", file=str(folder / FILE), said=finding.text("en"))
    store.judge(judgements, moved)


def broken(store: Store, model: Model, judgements: Judgements, moved: Touched) -> tuple[Finding, ...]:
    """What judgements would break: what shapes say of that which they touch, and did not say before.

    ``moved`` is what ``Store.touched`` says of them.
    """
    seen = sight(model.shapes)
    if seen.beyond:
        graph, before = (triples(line for _, lines in g for line in lines) for g in store.judging(judgements))
        nodes = None
    else:
        around = store.around_judging(moved)
        nodes = touched(around.changed, seen, around)
        graph = frozenset(surroundings(nodes, seen, around))
        before = frozenset(surroundings(nodes, seen, around.as_it_is()))
    after = [r for r in _violations(model, graph) if nodes is None or r.focus in nodes]
    new = _new(after, _violations(model, before), moved) if after else []
    return tuple(_finding(result, model, [t for t in graph if t[0] == result.focus], moved) for result in new)


def _new(after: Iterable[Result], before: Iterable[Result], moved: Touched) -> list[Result]:
    """What is wrong and was not, neither of a thing nor of one that it was or is one with."""
    was, is_now = (_canonical(lines) for lines in (moved.old, moved.new))
    known = {(focus, r.path, r.shape) for r in before for focus in (r.focus, is_now.get(r.focus, r.focus))}
    return [r for r in after if (was.get(r.focus, r.focus), r.path, r.shape) not in known]


def _canonical(lines: Iterable[str]) -> dict[str, str]:
    """Each thing that is judged to be another -> that, as terms."""
    same = (line[:-2].split(" ", 2) for line in lines if f" <{SAME_AS}> " in line)
    return {subject: object_ for subject, _, object_ in same}


def several_identifiers(model: Model, moved: Touched) -> Iterator[Finding]:
    """What is one now and has two identifiers of a scheme in which a thing has one: somebody should look."""
    notations = {c.iri: c.notation for concepts in model.concepts.values() for c in concepts}
    found: dict[tuple[str, str], set[str]] = {}
    for line in moved.new:
        subject, predicate, rest = line.split(" ", 2)
        value, _, scheme = rest.removesuffix(" .").rpartition("^^")
        if predicate == _IDENTIFIER and (notation := notations.get(scheme[1:-1], "")):
            found.setdefault((subject, notation), set()).add(_plain(value))
    for (subject, notation), values in sorted(found.items()):
        about = f"{subject} {_IDENTIFIER} "
        was, now = (sum(line.startswith(about) for line in lines) for lines in (moved.old, moved.new))
        if len(values) > 1 and notation not in SEVERAL and now > was:
            members = tuple(_members(subject, moved))
            args = {"scheme": notation, "values": tuple(sorted(values)), "members": members}
            problem = Problem("judgement-identifiers", args=args, severity="warning")
            yield Finding(problem, Place(subject[1:-1]))


def _members(subject: str, moved: Touched) -> list[str]:
    """What was judged to be an entity, beside itself."""
    end = f"#sameAs> {subject} ."
    return sorted(line[1 : line.index(">")] for line in moved.new if line.endswith(end))


def _violations(model: Model, data: Collection[Triple]) -> list[Result]:
    if not data:
        return []
    known = {*model.by_iri, *model.targets}
    classes = {o[1:-1] for _, p, o in data if f"<{p}>" == TYPE} & known
    lines = [f"{s} <{p}> {o} ." for s, p, o in sorted(data)]
    return [r for r in check.check(model, lines, classes).results if _refuses(r)]


def _refuses(result: Result) -> bool:
    """A violation; and an order that can't be, such as of two birth dates, which is a warning elsewhere."""
    severity = locate.SEVERITY.get(result.severity, "error")
    return severity == "error" or (severity == "warning" and result.component.startswith("LessThan"))


def _finding(result: Result, model: Model, about: Collection[Triple], moved: Touched) -> Finding:
    """``about`` is what will be said of the node."""
    focus = result.focus[1:-1]

    def values(node: str, path: str) -> list[str]:
        return sorted(o for s, p, o in about if (s, p) == (f"<{node}>", path))

    class_ = model.classes.get(class_of([o[1:-1] for _, p, o in about if f"<{p}>" == TYPE], model))
    found = locate.problem(result, model, class_, values=values)
    members = _members(result.focus, moved)
    saying = Finding(found, Place(""))
    shown = [_plain(value) for value in values(focus, result.path)]
    args = {
        "entity": compact(focus),
        "members": tuple(members),
        "said": {language: saying.message(language) for language in ("en", "ko")},
        "values": tuple(shown),
    }
    code = "judgement-breaks" if members else "judgement-breaks-claim"
    return Finding(Problem(code, args=args), Place(focus), result=result)


def _plain(term: str) -> str:
    return term[1 : term.rindex('"')] if term.startswith('"') else term


def by_rules(store: Store, model: Model, config: Config, known: Judgements) -> list[Judgement]:
    """What the rules of ``kg.toml`` judge; raises ``UsageError`` for a rule that is none, or for no rule."""
    if not config.identity_rules:
        raise UsageError("identity-no-rules")
    entities = [name for name, class_ in model.classes.items() if not class_.is_claim]
    from kg.identity.rules import judged_by, rule  # noqa: PLC0415 - not needed to load
    from kg.pipeline.proposing import things_of  # noqa: PLC0415 - the same

    rules = [rule(text, entities) for text in config.identity_rules]
    things = things_of(store, model).values()
    found: list[Judgement] = []
    for one in rules:
        iri = model.classes[one.class_name].iri
        of_class = [thing for thing in things if iri in model.classes[thing.class_name].ancestors]
        found += judged_by(one, of_class, known.all_given(found))
    return found
