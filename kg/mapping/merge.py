"""One block from several records of one entity or claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.mapping.draft import Block
from kg.rdf import SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

_PREFERRED: Final = f" <{SKOS}prefLabel> "
_OTHER: Final = f" <{SKOS}altLabel> "


def merge(root: str, describing: Iterable[Block], mentioning: Iterable[Block] = ()) -> Block:
    """All lines once, sorted. Of several preferred names in a language one stays, the others are aliases.

    It is one that the records which describe the entity give, rather than one that others mention in
    passing; then the first by code point.

    >>> line = '<x:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "{}"@en .' + chr(10)
    >>> print(merge("x:a", [Block("x:a", line.format("B"))], [Block("x:a", line.format("A"))]).text, end="")
    <x:a> <http://www.w3.org/2004/02/skos/core#altLabel> "A"@en .
    <x:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "B"@en .
    """
    lines: set[str] = set()
    preferred: dict[str, str] = {}
    for blocks in (describing, mentioning):
        for line in sorted({line for block in blocks for line in block.lines()}):
            subject, found, name = line.partition(_PREFERRED)
            if not found:
                lines.add(line)
                continue
            language = name.removesuffix(" .").rpartition('"')[2]
            chosen = preferred.setdefault(language, line)
            lines.add(line if line == chosen else subject + _OTHER + name)
    lines -= {line.replace(_PREFERRED, _OTHER, 1) for line in preferred.values()}
    return Block(root, "".join(f"{line}\n" for line in sorted(lines)))
