"""Which entities are compared at all: those that share a key that few have.

Each entity has a bounded number of keys and each block a bounded size, so the work grows with the entities,
not with their pairs. Of a block that is too large only neighbours in order are compared, and that is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.identity.loose import koreans, loose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.identity.loose import Loose
    from kg.identity.things import Thing

BLOCK: Final = 50
"""So many are compared with each other; of more only those that stand close in order."""
WINDOW: Final = 6
NAMES_AT_MOST: Final = 12
"""Names of one entity that are looked at."""
_RARE: Final = 2
"""Rare words of a name that are keys of their own."""
_LONG: Final = range(5, 16)
"""Letters of a word of which one may be missing."""
_MARKS: Final = "~^@-"
"""Keep apart the keys of sounds, initials, people, and words with a letter left out."""
_ACRONYM: Final = range(2, 6)
_SOUND: Final = 3
"""Sounds that a key has at the least."""


@dataclass
class Blocks:
    """The pairs to be compared, and which blocks were too large."""

    pairs: set[tuple[int, int]] = field(default_factory=set)
    cut: list[tuple[str, int]] = field(default_factory=list)
    """(what is common to too many, how many have it)."""


def names_of(thing: Thing) -> list[Loose]:
    """The names of an entity, made ready, each once."""
    ready = [loose(name, person=thing.person) for name in thing.names[:NAMES_AT_MOST]]
    return list({found.key: found for found in ready}.values())


def blocks(things: Sequence[Thing], ready: Sequence[Sequence[Loose]]) -> Blocks:
    """The pairs of entities that may be one."""
    counts = Counter(word for names in ready for word in {w for name in names for w in name.core})
    members: dict[str, list[int]] = defaultdict(list)
    for number, (thing, names) in enumerate(zip(things, ready, strict=True)):
        for key in _keys(thing, names, counts):
            members[key].append(number)
    found = Blocks()
    cut: dict[str, int] = {}
    for key, numbers in members.items():
        if len(numbers) > BLOCK:
            said = key.partition(" ")[2].lstrip(_MARKS).strip()
            cut[said] = max(cut.get(said, 0), len(numbers))
            numbers.sort(key=lambda n: _order(ready[n]))
        _add(found.pairs, numbers, WINDOW if len(numbers) > BLOCK else BLOCK)
    for reverse in (False, True):
        order = sorted(_ordered(things, ready, reverse=reverse))
        _add(found.pairs, [number for _, _, number in order], WINDOW)
    found.cut = sorted(cut.items(), key=lambda item: (-item[1], item[0]))
    return found


def _add(pairs: set[tuple[int, int]], numbers: Sequence[int], window: int) -> None:
    for at, one in enumerate(numbers):
        for other in numbers[at + 1 : at + window]:
            if one != other:
                pairs.add((one, other) if one < other else (other, one))


def _order(names: Sequence[Loose]) -> str:
    return min((name.text for name in names), default="")


def _ordered(
    things: Sequence[Thing], ready: Sequence[Sequence[Loose]], *, reverse: bool
) -> Iterator[tuple[str, str, int]]:
    """Each name by kind and letters, from the front or from behind."""
    for number, (thing, names) in enumerate(zip(things, ready, strict=True)):
        for text in {name.text for name in names}:
            yield thing.kind, text[::-1] if reverse else text, number


def _keys(thing: Thing, names: Sequence[Loose], counts: Counter[str]) -> set[str]:
    """Everything that an entity shares with those that may be the same."""
    found: set[str] = set()
    for scheme, values in thing.identifiers.items():
        found.update(f"identifier {scheme}:{value}" for value in values)
    found.update(f"website {site}" for site in thing.websites)
    found.update(f"same {iri}" for iri in thing.same_as)
    for name in names:
        found.update(f"{thing.kind} {key}" for key in _name_keys(name, counts, person=thing.person))
    return found


def _name_keys(name: Loose, counts: Counter[str], *, person: bool) -> Iterator[str]:
    yield name.text
    common = "".join(sorted(name.common))
    if len(name.sound) >= _SOUND:
        yield f"~{name.sound} {common}"
        yield f"~{name.sound}"
    if len(name.spoken) >= _SOUND and not person:
        yield f"~{name.spoken} {common}"
    long = (word for word in name.core if len(word) > 1)
    rare = sorted(long, key=lambda word: (counts[word], -len(word), word))[:_RARE]
    yield from rare
    if rare and len(rare[0]) in _LONG:
        # a word with one letter wrong shares with the right one all that is left without it
        yield from {f"-{rare[0][:at]}{rare[0][at + 1 :]}" for at in range(len(rare[0]))}
        yield f"-{rare[0]}"
    if person:
        yield from (f"@{korean}" for korean in koreans(name))
        yield from (f"@{word} {other[:1]}" for word in name.core for other in name.core if other != word)
    elif len(name.core) > 1:
        yield f"^{name.initials} {common}"
    elif len(name.text) in _ACRONYM and name.scripts == {"latin"}:
        yield f"^{''.join(sorted(name.text))} "
