"""Rules that a user turns on for a class: ``same name, same country, Company``.

What a rule finds becomes a judgement like any other, with the rule as its author. A rule never joins what
differs in an identifier, a birth date or a country, nor what somebody has judged different.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.errors import UsageError
from kg.identity.judgements import DIFFERENT, RULE, SAME, Judgement, pair_of
from kg.identity.names import name_key
from kg.identity.things import conflict
from kg.values.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from kg.identity.judgements import Judgements
    from kg.identity.things import Thing


def _names(thing: Thing) -> set[str]:
    return {name_key(name) for name in thing.names}


def _countries(thing: Thing) -> set[str]:
    return {code for codes in thing.countries.values() for code in codes}


def _identifiers(thing: Thing) -> set[str]:
    return {f"{scheme}:{value}" for scheme, values in thing.identifiers.items() for value in values}


def _births(thing: Thing) -> set[str]:
    # a year alone is no date that two people share by more than chance
    return {thing.born[0]} if thing.born and thing.born[0] == thing.born[1] else set()


CONDITIONS: Final[Mapping[str, Callable[[Thing], set[str]]]] = {
    "same name": _names,
    "same website": lambda thing: thing.websites,
    "same page": lambda thing: thing.same_as,
    "same identifier": _identifiers,
    "same birth date": _births,
    "same country": _countries,
}
"""Of what two must have something in common."""
_TELLING: Final = ("same name", "same website", "same page", "same identifier")
"""A rule has one of these: many have the others in common."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A class, and all that two of it must have in common to be one."""

    text: str
    class_name: str
    conditions: tuple[str, ...]


def rule(text: str, classes: Collection[str]) -> Rule:
    """Read a rule; raises ``UsageError`` naming what would be right.

    >>> rule("same name, same country, Company", ["Company"]).conditions
    ('same name', 'same country')
    """
    *conditions, class_name = [part.strip() for part in text.split(",")]
    if class_name not in classes:
        raise UsageError("identity-rule-class", received=text, allowed=nearest(class_name, classes))
    for condition in conditions:
        if condition not in CONDITIONS:
            raise UsageError("identity-rule", received=text, part=condition, allowed=tuple(CONDITIONS))
    if not set(conditions) & set(_TELLING):
        raise UsageError("identity-rule-wide", received=text, allowed=_TELLING)
    return Rule(text, class_name, tuple(conditions))


def judged_by(rule: Rule, things: Iterable[Thing], judgements: Judgements) -> Iterator[Judgement]:
    """What a rule judges of entities of its class, in the order of their IRIs."""
    first = min(rule.conditions, key=list(CONDITIONS).index)
    blocks: dict[tuple[str, str], list[Thing]] = {}
    for thing in sorted(things, key=lambda thing: thing.iri):
        for value in CONDITIONS[first](thing):
            blocks.setdefault((thing.kind, value), []).append(thing)
    groups = _Groups(judgements)
    for _, block in sorted(blocks.items()):
        heads: list[Thing] = []
        for thing in block:
            head = next(
                (h for h in heads if _fits(rule, groups.whole(h), thing) and groups.join(h, thing)), None
            )
            if head is None:
                heads.append(thing)
            else:
                reason = ", ".join(_said(rule, head, thing))
                yield Judgement(SAME, pair_of(head.iri, thing.iri), f"{RULE}{rule.text}", reason)


def _fits(rule: Rule, one: Thing, other: Thing) -> bool:
    return all(CONDITIONS[c](one) & CONDITIONS[c](other) for c in rule.conditions)


def _said(rule: Rule, one: Thing, other: Thing) -> Iterator[str]:
    for condition in rule.conditions:
        shared = CONDITIONS[condition](one) & CONDITIONS[condition](other)
        yield f"{condition} {min(shared)}" if shared else condition


class _Groups:
    """What is joined so far, as one thing each, and which may not be joined."""

    def __init__(self, judgements: Judgements) -> None:
        self._of: dict[str, str] = {}
        self._whole: dict[str, Thing] = {}
        self._apart = [j.pair for j in judgements if j.verdict == DIFFERENT]
        self._known = {j.pair for j in judgements}

    def whole(self, thing: Thing) -> Thing:
        """All that is joined with a thing."""
        return self._whole.get(self._root(thing.iri), thing)

    def join(self, one: Thing, other: Thing) -> bool:
        """Join two if nothing speaks against it."""
        a, b = self._root(one.iri), self._root(other.iri)
        if a == b or pair_of(one.iri, other.iri) in self._known:
            return False
        left, right = self.whole(one), self.whole(other)
        if conflict(left, right) or any({self._root(x), self._root(y)} == {a, b} for x, y in self._apart):
            return False
        self._of[max(a, b)] = min(a, b)
        self._whole[min(a, b)] = _together(left, right)
        return True

    def _root(self, iri: str) -> str:
        while iri in self._of:
            iri = self._of[iri]
        return iri


def _together(one: Thing, other: Thing) -> Thing:
    born = one.born or other.born
    if one.born and other.born:
        born = max(one.born[0], other.born[0]), min(one.born[1], other.born[1])
    return replace(
        one,
        names=[*one.names, *(name for name in other.names if name not in one.names)],
        identifiers=_union(one.identifiers, other.identifiers),
        websites=one.websites | other.websites,
        same_as=one.same_as | other.same_as,
        born=born,
        countries=_union(one.countries, other.countries),
    )


def _union(one: Mapping[str, set[str]], other: Mapping[str, set[str]]) -> dict[str, set[str]]:
    return {key: one.get(key, set()) | other.get(key, set()) for key in {**one, **other}}
