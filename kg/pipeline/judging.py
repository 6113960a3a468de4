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
from kg.store.durable import remove, sync_folder, write_file
from kg.validation import check, locate
from kg.validation.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from kg.config import Config
    from kg.identity.judgements import Judgement
    from kg.model.types import Model
    from kg.pipeline.cascading import TakenOut
    from kg.store import Store
    from kg.store.judging import Touched
    from kg.validation.result import Result

_IDENTIFIER: Final = f"<{SCHEMA}identifier>"
HOPS: Final = 2
"""So many steps from what is checked shapes may look."""


@dataclass(frozen=True, slots=True)
class Given:
    """What became of judgements: nothing if there are ``findings``, else how many triples went and came."""

    findings: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    removed: int = 0
    added: int = 0
    taken_out: tuple[TakenOut, ...] = ()
    """What that took out of datasets, where that was wanted."""


def of_project(folder: Path) -> Judgements:
    """The judgements of a project's folder; raises ``UsageError`` for what can't be read."""
    path = folder / FILE
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
) -> Given:
    """Have judgements hold instead of those before, in the project's file and in the graph.

    With the settings for a ``cascade``, what can't stand with them is taken out of its dataset. Raises
    ``UsageError`` for a contradiction.
    """
    if cascade is not None:
        from kg.pipeline import cascading  # noqa: PLC0415 - it judges too

        return cascading.judge(store, model, cascade, judgements)
    touched = store.touched(judgements)
    findings = broken(store, model, touched)
    if findings:
        return Given(findings)
    keep(folder, judgements)
    return Given((), tuple(several_identifiers(model, touched)), *store.judge(judgements, touched))


def follow(store: Store, model: Model, folder: Path) -> None:
    """Bring what stands in the project's file into the graph, if it is not there yet.

    Raises ``UsageError`` for a contradiction, and for what shapes do not allow.
    """
    judgements = of_project(folder)
    if judgements.as_bytes() == store.judgements().as_bytes():
        return
    touched = store.touched(judgements)
    for finding in broken(store, model, touched):
        raise UsageError("judgements-break", file=str(folder / FILE), said=finding.text("en"))
    store.judge(judgements, touched)


def broken(store: Store, model: Model, touched: Touched) -> tuple[Finding, ...]:
    """What judgements would break: what shapes say of that which they touch, and did not say before."""
    after = _violations(store, model, touched.new, {*touched.entities, *touched.claims})
    if not after:
        return ()
    subjects = {line[1 : line.index(">")] for line in touched.old}
    before = {(r.focus, r.path, r.shape) for r in _violations(store, model, touched.old, subjects)}
    new = [r for r in after if (r.focus, r.path, r.shape) not in before]
    return tuple(_finding(result, model, touched) for result in new)


def several_identifiers(model: Model, touched: Touched) -> Iterator[Finding]:
    """What is one now and has two identifiers of a scheme in which a thing has one: somebody should look."""
    notations = {c.iri: c.notation for concepts in model.concepts.values() for c in concepts}
    found: dict[tuple[str, str], set[str]] = {}
    for line in touched.new:
        subject, predicate, rest = line.split(" ", 2)
        value, _, scheme = rest.removesuffix(" .").rpartition("^^")
        if predicate == _IDENTIFIER and (notation := notations.get(scheme[1:-1], "")):
            found.setdefault((subject, notation), set()).add(_plain(value))
    for (subject, notation), values in sorted(found.items()):
        about = f"{subject} {_IDENTIFIER} "
        was, now = (sum(line.startswith(about) for line in lines) for lines in (touched.old, touched.new))
        if len(values) > 1 and notation not in SEVERAL and now > was:
            members = tuple(_members(subject, touched))
            args = {"scheme": notation, "values": tuple(sorted(values)), "members": members}
            problem = Problem("judgement-identifiers", args=args, severity="warning")
            yield Finding(problem, Place(subject[1:-1]))


def _members(subject: str, touched: Touched) -> list[str]:
    """What was judged to be an entity, beside itself."""
    end = f"#sameAs> {subject} ."
    return sorted(line[1 : line.index(">")] for line in touched.new if line.endswith(end))


def _violations(store: Store, model: Model, lines: Collection[str], focus: Collection[str]) -> list[Result]:
    data, seen = set(lines), {line[1 : line.index(">")] for line in lines}
    around = set(_objects(lines)) - seen
    for _ in range(HOPS):
        seen |= around
        found = store.describe(around)
        data.update(found)
        around = set(_objects(found)) - seen
    if not data:
        return []
    known = {*model.by_iri, *model.targets}
    classes = {o for line in data for o in _type_of(line)} & known
    results = check.check(model, sorted(data), classes).results
    return [r for r in results if _refuses(r) and r.focus[1:-1].partition("#")[0] in focus]


def _refuses(result: Result) -> bool:
    """A violation; and an order that can't be, such as of two birth dates, which is a warning elsewhere."""
    severity = locate.SEVERITY.get(result.severity, "error")
    return severity == "error" or (severity == "warning" and result.component.startswith("LessThan"))


def _objects(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        _, predicate, rest = line.split(" ", 2)
        if rest.startswith("<") and predicate != TYPE:
            yield rest[1:-3].partition("#")[0]


def _type_of(line: str) -> Iterator[str]:
    _, predicate, rest = line.split(" ", 2)
    if predicate == TYPE:
        yield rest[1:-3]


def _finding(result: Result, model: Model, touched: Touched) -> Finding:
    focus = result.focus[1:-1]
    about = [line for line in touched.new if line.startswith(f"{result.focus} ")]

    def values(node: str, path: str) -> list[str]:
        head = f"<{node}> <{path}> "
        return sorted(line[len(head) : -2] for line in about if line.startswith(head))

    class_ = model.classes.get(class_of([o for line in about for o in _type_of(line)], model))
    found = locate.problem(result, model, class_, values=values)
    members = _members(result.focus, touched)
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
