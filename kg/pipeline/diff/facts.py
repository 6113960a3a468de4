"""What differs between two graphs, fact by fact, and each in words: a claim or an entity is one fact."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.model.types import say
from kg.query.explain.claim import Reader, as_written, places, sentence, standing, values
from kg.query.explain.names import names_of, own_facts
from kg.query.explain.node import Nodes, class_of
from kg.query.render import labels, short
from kg.rdf import TYPE
from kg.store.blocks import lines_of, subject_of
from kg.store.difference import compared
from kg.values.evidence import TYPES as EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kg.model.types import Class, Model
    from kg.pipeline.diff.sides import Side
    from kg.query.ask import Setting
    from kg.store.blocks import Difference

ADDED: Final = "added"
REMOVED: Final = "removed"
CHANGED: Final = "changed"
CHANGES: Final = (ADDED, REMOVED, CHANGED)
OTHER: Final = ""
"""The kind of what the model has no class for."""
DEPTH: Final = 3
"""Steps from a fact to all that its words need: claim → document → publisher."""
AT_ONCE: Final = 500
"""So many facts are put into words together."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A fact in which two graphs differ, with its lines before and after; none where it is not there."""

    iri: str
    kind: str
    """The name of its class, or ``OTHER``."""
    was: Sequence[str]
    now: Sequence[str]
    gone: Sequence[str]
    """The lines of its own that are no more."""
    came: Sequence[str]

    @property
    def change(self) -> str:
        """What became of it."""
        return CHANGED if self.was and self.now else ADDED if self.now else REMOVED


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is said differently of a fact: a label, what it was, what it is."""

    label: str
    was: Sequence[str]
    now: Sequence[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """The same in words."""

    of: Differing
    said: str
    """A claim's sentence and from whom it is, an entity's name; as it is, or was."""
    was: str
    """What was said of one that has changed, if that is another."""
    fields: Sequence[Field] = ()
    shown: str = ""
    """Its IRI in short."""


@dataclass
class Counts:
    """How much differs: facts by kind and change, and triples."""

    facts: Counter[tuple[str, str]] = field(default_factory=Counter)
    gone: int = 0
    came: int = 0

    def of(self, change: str) -> int:
        """So many facts came, went or changed."""
        return sum(count for (_, of), count in self.facts.items() if of == change)

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.gone or self.came)


def differing(old: Side, new: Side, model: Model, counts: Counts) -> Iterator[Differing]:
    """The facts in which two graphs differ, by IRI; ``counts`` is filled on the way."""

    def same(line: str) -> str:
        return new.same(old.same(line))

    for difference, moved in compared(old.raw(), new.raw, same):
        counts.gone += len(moved.gone)
        counts.came += len(moved.came)
        if difference is not None:
            fact = _fact(difference, moved.gone, moved.came, model)
            if fact is not None:
                counts.facts[fact.kind, fact.change] += 1
                yield fact


def _fact(difference: Difference, gone: Sequence[str], came: Sequence[str], model: Model) -> Differing | None:
    """What a block says; None for evidence, which is part of the claim that names it."""
    root, was, now = difference[0].decode(), lines_of(difference[1]), lines_of(difference[2])
    types = types_of(root, now or was)
    if not set(types).isdisjoint(EVIDENCE) and not (was and now):
        return None
    return Differing(root, class_of(types, model), was, now, gone, came)


def types_of(iri: str, lines: Iterable[str]) -> list[str]:
    """The classes of a node, sorted."""
    head = f"<{iri}> {TYPE} <"
    return sorted(line[len(head) : -3] for line in lines if line.startswith(head))


class AtHand:
    """Lines as what is read from: those of a fact before those that both sides know."""

    def __init__(self, own: Mapping[str, list[str]], others: Mapping[str, list[str]]) -> None:
        """Take lines by their subject."""
        self._own, self._others = own, others

    def about(self, iris: Sequence[str], *, incoming: bool = False) -> list[str]:
        """The lines about nodes; what points at them is not known."""
        if incoming:
            return []
        return sorted(line for iri in iris for line in self._own.get(iri) or self._others.get(iri, []))


@dataclass(frozen=True)
class Words:
    """Puts facts into words; both sides are asked for the names of what they mention."""

    old: Side
    new: Side
    setting: Setting

    def of(self, facts: Sequence[Differing]) -> Iterator[Fact]:
        """Some facts in words, in the same order."""
        known = labels(self.setting.model)
        others = self._mentioned(facts, known)
        for fact in facts:
            was, now = (
                Reader(
                    Nodes(
                        AtHand(_by_subject(lines), others), known, self.setting.language, self.setting.base
                    ),
                    self.setting.model,
                )
                for lines in (fact.was, fact.now)
            )
            for reader in (was, now):
                reader.nodes.read([fact.iri], DEPTH)
            yield self._fact(fact, was, now)

    def _mentioned(self, facts: Sequence[Differing], labels: Collection[str]) -> dict[str, list[str]]:
        """What is said of all that facts name, each other among it, and of what that names."""
        found = _by_subject(line for fact in facts for line in fact.now or fact.was)
        lines: Iterable[str] = [line for fact in facts for line in (*fact.was, *fact.now)]
        seen = {subject_of(line) for line in lines}
        for _ in range(DEPTH):
            wanted = _named(lines) - seen - {*labels}
            if not wanted:
                break
            seen |= wanted
            more = _by_subject(self.new.about(sorted(wanted)))
            missing = sorted(wanted - more.keys())
            more |= _by_subject(self.old.about(missing)) if missing else {}
            found |= more
            seen |= more.keys()
            lines = [line for of_one in more.values() for line in of_one]
        return found

    def _fact(self, fact: Differing, was: Reader, now: Reader) -> Fact:
        before, after = (_said(reader, fact.iri) for reader in (was, now))
        shown = short(fact.iri, self.setting.base)
        if fact.change != CHANGED:
            return Fact(fact, after if fact.now else before, "", (), shown)
        fields = _fields(_told(was, fact.iri), _told(now, fact.iri)) or _in_terms(fact, self.setting)
        return Fact(fact, after, before if before != after else "", fields, shown)


def _named(lines: Iterable[str]) -> set[str]:
    """The nodes that lines have as objects, but for classes."""
    found = set()
    for line in lines:
        _, predicate, rest = line.split(" ", 2)
        if rest.startswith("<") and predicate != TYPE and not rest.startswith("<_:"):
            found.add(rest[1:-3])
    return found


def _by_subject(lines: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(subject_of(line), []).append(line)
    return found


def _said(reader: Reader, iri: str) -> str:
    of_class = reader.class_of(iri)
    if of_class is None or not of_class.is_claim:
        return reader.nodes.name(iri)
    from_whom = standing(reader, iri)
    return sentence(reader, iri) + (f" [{from_whom}]" if from_whom else "")


def _told(reader: Reader, iri: str) -> dict[str, list[str]]:
    """All that is said of a fact: label -> what it says."""
    of_class = reader.class_of(iri)
    found: dict[str, list[str]] = {}
    if of_class is None:
        return found
    if of_class.is_claim:
        lines = [
            line for name, f in of_class.fields.items() for line in _of_field(reader, iri, name, of_class)
        ]
        lines += as_written(reader, iri, of_class)
    else:
        lines = [*names_of(reader, iri), *own_facts(reader, iri, of_class)]
    for label, said in lines:
        found.setdefault(label, []).append(said)
    return found


def _of_field(reader: Reader, iri: str, name: str, of_class: Class) -> list[tuple[str, str]]:
    of_field = of_class.fields[name]
    label = say(of_field.labels, reader.language, name)
    said = places(reader, iri) if name == "evidence" else values(reader, iri, of_field)
    return [(label, one) for one in said]


def _fields(was: Mapping[str, list[str]], now: Mapping[str, list[str]]) -> list[Field]:
    """What is said differently; of a list only what came and went."""
    found = []
    for label in dict.fromkeys((*now, *was)):
        before, after = was.get(label, []), now.get(label, [])
        if before != after:
            both = {*before} & {*after}
            gone, came = ([one for one in side if one not in both] for side in (before, after))
            found.append(Field(label, gone, came))
    return found


def _in_terms(fact: Differing, setting: Setting) -> list[Field]:
    """What differs only in terms that words do not tell, such as a digest."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for at, lines in enumerate((fact.gone, fact.came)):
        for line in lines:
            _, predicate, rest = line.split(" ", 2)
            term = rest.removesuffix(" .")
            shown = short(term[1:-1], setting.base) if term.startswith("<") else term
            found.setdefault(short(predicate[1:-1], setting.base), ([], []))[at].append(shown)
    return [Field(label, *sides) for label, sides in found.items()]
