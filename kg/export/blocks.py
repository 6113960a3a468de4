"""What every writer is given: blocks of triples, in the order in which they are to stand.

A block is one record's share of the graph: its root IRI and the N-Triples lines of the
root and of its parts. Parts are *fragments* of the root (``…#amount``), which no other block
has, and *shared* nodes such as evidence, which are named by their contents and may turn up in
several blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter

from kg.errors import UsageError

Block = tuple[str, Iterable[str]]
"""The text of the root's IRI (no brackets) and lines ``<s> <p> o .``, in any order."""

Subject = tuple[str, list[str]]
"""A subject's term and its distinct, sorted ``<p> o .``."""


def ordered(blocks: Iterable[Block]) -> Iterator[list[Subject]]:
    """The subjects of each block as they are to be written: root, fragments, shared parts.

    Neighbouring blocks of one root are taken together. Lines that are there twice are left out, and
    so is a shared part that an earlier block had with the same contents: 16 bytes for
    each shared part is all that is kept. Raises ``UsageError`` for a blank node.

    >>> list(ordered([("a:x", ["<a:x#n> <a:p> 1 .", "<a:x> <a:q> <a:x#n> ."])]))
    [[('<a:x>', ['<a:q> <a:x#n> .']), ('<a:x#n>', ['<a:p> 1 .'])]]
    """
    seen: set[bytes] = set()
    for root, same in groupby(blocks, key=itemgetter(0)):
        by_subject: dict[str, set[str]] = {}
        for _, lines in same:
            for line in lines:
                subject, _, rest = line.partition(" ")
                tails = by_subject.get(subject)
                if tails is None:
                    by_subject[_named(subject, line)] = tails = set()
                if " _:" in rest or not rest.endswith(" ."):
                    split(rest)
                tails.add(rest)
        block = _in_order(root, by_subject, seen)
        if block:
            yield block


def _in_order(root: str, by_subject: dict[str, set[str]], seen: set[bytes]) -> list[Subject]:
    head, fragment = f"<{root}>", f"<{root}#"
    own = [head] if head in by_subject else []
    # without the closing ">", so that a part comes before what is named after it
    others = sorted((s for s in by_subject if s != head), key=lambda s: s[:-1])
    own += (s for s in others if s.startswith(fragment))
    block = [(s, sorted(by_subject[s])) for s in own]
    for subject in others:
        if subject.startswith(fragment):
            continue
        part = (subject, sorted(by_subject[subject]))
        digest = blake2b("\n".join((subject, *part[1])).encode(), digest_size=16).digest()
        if digest not in seen:
            seen.add(digest)
            block.append(part)
    return block


def _named(subject: str, line: str) -> str:
    if subject.startswith("<"):
        return subject
    if subject.startswith("_:"):
        raise UsageError("export-blank-node", received=line)
    raise ValueError(f"not a line of N-Triples: {line!r}")


def split(tail: str) -> tuple[str, str]:
    """The predicate and the object of ``<p> o .``; raises ``UsageError`` for a blank node.

    >>> split('<a:p> "x y"@en .')
    ('<a:p>', '"x y"@en')
    """
    predicate, _, rest = tail.partition(" ")
    term = rest[:-2]
    if not rest.endswith(" .") or term[:1] not in '<"_' or predicate[:1] != "<" or not term:
        raise ValueError(f"not a line of N-Triples: {tail!r}")
    if term[0] == "_":
        raise UsageError("export-blank-node", received=tail)
    return predicate, term
