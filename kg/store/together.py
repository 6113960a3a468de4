"""What judgements make of lines: each member of a cluster is written as the IRI that stands for all.

The archive and the datasets' named graphs keep what was said before judgements; the default graph is this
function of it. So a judgement that is taken back leaves nothing behind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kg.identity.clusters import Clusters
from kg.identity.iris import digest
from kg.rdf import KG, OWL, TYPE
from kg.store.derivation import derived

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_OBJECT: Final = re.compile(rb" <([^<>\n]*)> \.$", re.MULTILINE)
_SAYS: Final = f"<{KG}says>"
_MATTER: Final = "matter/~"
_PART: Final = 8
"""Characters of the digest that keeps the parts of members apart."""


@dataclass(frozen=True)
class Together:
    """Lines before judgements -> lines of the default graph."""

    clusters: Clusters

    def __bool__(self) -> bool:
        """Whether anything is changed."""
        return bool(self.clusters)

    def names(self, text: bytes) -> bool:
        """Whether N-Triples have a member of a cluster as an object."""
        canonical = self.clusters.canonical
        return bool(canonical) and any(o.decode() in canonical for o in _OBJECT.findall(text))

    def block(self, text: bytes, parties: Mapping[str, Sequence[str]]) -> bytes:
        """The block of a claim, in the order of the archive; the same object if it names no member.

        ``parties`` is class -> the properties of its parties, which with the class are a claim's matter.
        """
        if not self.names(text):
            return text
        return "\n".join(self.claim(text.decode().split("\n"), parties)).encode()

    def claim(self, lines: Sequence[str], parties: Mapping[str, Sequence[str]]) -> list[str]:
        """The lines of a claim with its parts and evidence, each node's sorted."""
        after = self.lines(lines)
        says = [line for line in lines if line.split(" ", 2)[1] == _SAYS]
        if says and after != list(lines):
            moved = {line: _said_anew(line, lines, after, parties) for line in says}
            after = [moved.get(line, line) for line in after]
        pieces = groupby(dict.fromkeys(after), key=lambda line: line.partition(" ")[0])
        return [line for _, piece in pieces for line in sorted(piece)]

    def lines(self, lines: Iterable[str]) -> list[str]:
        """Each line for itself."""
        canonical = self.clusters.canonical
        if not canonical:
            return list(lines)
        found = []
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            found.append(f"{self._term(subject)} {predicate} {self._term(rest[:-2])} .")
        return found

    def _term(self, term: str) -> str:
        if term[0] != "<":
            return term
        iri = term[1:-1]
        root, sharp, part = iri.partition("#")
        canonical = self.clusters.canonical.get(iri) or self.clusters.canonical.get(root)
        if canonical is None or canonical == root:
            return term
        # two members may each have a part of one name
        return f"<{canonical}#{part}~{digest((root,))[:_PART]}>" if sharp and part else f"<{canonical}>"

    def entity(self, canonical: str, told: Mapping[str, Mapping[str, Sequence[str]]]) -> list[str]:
        """The lines of an entity: what all datasets say of all that it is.

        ``told`` is member -> dataset -> lines. Each dataset has one vote for a name.
        """
        by_dataset: dict[str, list[str]] = {}
        for member in sorted(told):
            for dataset, lines in told[member].items():
                by_dataset.setdefault(dataset, []).extend(self.lines(lines))
        return derived(canonical, [by_dataset[dataset] for dataset in sorted(by_dataset)])

    def links(self, canonical: str, described: Iterable[str]) -> list[str]:
        """That members are what the canonical IRI is; only of those that somebody describes."""
        return [f"<{m}> <{OWL}sameAs> <{canonical}> ." for m in sorted(described) if m != canonical]


NOTHING: Final = Together(Clusters())


def _said_anew(
    line: str, before: Sequence[str], after: Sequence[str], parties: Mapping[str, Sequence[str]]
) -> str:
    """The matter of a claim with its parties after judgements; as it was if the parties are not known."""
    subject, predicate, rest = line.split(" ", 2)
    base, found, _ = rest[1:-3].rpartition(_MATTER)
    for class_iri in _types(subject, before):
        paths = parties.get(class_iri)
        if paths is None or not found:
            continue
        was, now = (_matter(base, class_iri, _tails(subject, paths, lines)) for lines in (before, after))
        if rest[1:-3] == was:
            return f"{subject} {predicate} <{now}> ."
    return line


def _types(subject: str, lines: Iterable[str]) -> list[str]:
    head = f"{subject} {TYPE} <"
    return sorted(line[len(head) : -3] for line in lines if line.startswith(head))


def _tails(subject: str, paths: Iterable[str], lines: Iterable[str]) -> list[str]:
    heads = tuple(f"{subject} <{path}> " for path in paths)
    return sorted({line[len(subject) + 1 : -2] for line in lines if line.startswith(heads)})


def _matter(base: str, class_iri: str, tails: Iterable[str]) -> str:
    return f"{base}{_MATTER}{digest((f'<{class_iri}>', *tails))}"
