"""Templates: text with paths in braces; ``{{`` and ``}}`` are braces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PIECE: Final = re.compile(r"([^{}]++)|(\{\{)|(\}\})|\{([^{}]+)\}")


class WrongTemplate(ValueError):
    """A brace that is not closed, or closes nothing."""

    def __init__(self, position: int) -> None:
        """``position`` counts characters from 0."""
        super().__init__(position)
        self.position = position


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a template: words as they are, or a path."""

    text: str
    literal: bool


def pieces(template: str) -> list[Piece]:
    """The pieces of a template.

    >>> [(p.text, p.literal) for p in pieces("{Amount} {{{Currency}}}")]
    [('Amount', False), (' ', True), ('{', True), ('Currency', False), ('}', True)]

    Raises ``WrongTemplate``.
    """
    found = []
    at = 0
    while at < len(template):
        match = _PIECE.match(template, at)
        if match is None:
            raise WrongTemplate(at)
        if match[4] is not None:
            found.append(Piece(match[4], literal=False))
        else:
            found.append(Piece(match[1] or match[0][0], literal=True))
        at = match.end()
    return found
