"""The names of an entity, derived from what several datasets call it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kg.rdf import SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PREFERRED: Final = f"<{SKOS}prefLabel>"
OTHER: Final = f"<{SKOS}altLabel>"


def derived(root: str, told: Sequence[Iterable[str]]) -> list[str]:
    """The lines of an entity, sorted, from those of each dataset that describes it.

    In each language the preferred name that most datasets have, then the first by code point, is the
    preferred one; all other names are further ones, and none is both.

    >>> pref = '<a:x> <http://www.w3.org/2004/02/skos/core#prefLabel> '
    >>> for line in derived("a:x", [[pref + '"B"@en .'], [pref + '"A"@en .'], [pref + '"B"@en .']]):
    ...     print(line)
    <a:x> <http://www.w3.org/2004/02/skos/core#altLabel> "A"@en .
    <a:x> <http://www.w3.org/2004/02/skos/core#prefLabel> "B"@en .
    """
    preferred, other = f"<{root}> {PREFERRED} ", f"<{root}> {OTHER} "
    votes: Counter[str] = Counter()
    names: set[str] = set()
    lines: set[str] = set()
    for said in told:
        for line in set(said):
            if line.startswith(preferred):
                votes[line.removeprefix(preferred)] += 1
            elif line.startswith(other):
                names.add(line.removeprefix(other))
            else:
                lines.add(line)
    chosen: dict[str, str] = {}
    for name in sorted(votes, key=lambda n: (-votes[n], n.rpartition('"')[0])):
        chosen.setdefault(language_of(name), name)
    lines |= {preferred + name for name in chosen.values()}
    lines |= {other + name for name in names.union(votes) - set(chosen.values())}
    return sorted(lines)


def language_of(name: str) -> str:
    """What tells a literal's language, ``""`` if it has none.

    >>> language_of('"OpenAI"@en .'), language_of('"a@b" .')
    ('@en', '')
    """
    return name.rpartition('"')[2].removesuffix(" .")
