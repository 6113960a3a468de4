"""The one triple that kg keeps in a graph besides what is pushed: its revision, and how many triples it has.

Whoever replaces the graph takes it away, whoever adds or removes something makes its number wrong: so
the next push notices. While a graph is changed in several steps, a second such triple says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

SUBJECT: Final = "<urn:x-kg:graph>"
PREDICATE: Final = "<urn:x-kg:revision>"
START: Final = f"{SUBJECT} {PREDICATE} "
_TEXT: Final = re.compile(r"([0-9a-f]{32}) ([0-9]{1,18})")
_PLACE: Final = re.compile(rf"becoming {_TEXT.pattern} [0-9]{{1,18}}")
"""Nothing else that a server says is written into a request again."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a graph holds: ``triples``, without the ``marks`` that kg keeps in it (what they say)."""

    triples: int
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """The graph that has so many ``triples``, as the server counts them, without the mark.

    >>> Mark("0123456789abcdef0123456789abcdef", 5).line
    '<urn:x-kg:graph> <urn:x-kg:revision> "0123456789abcdef0123456789abcdef 5" .'
    """

    revision: str
    triples: int

    @property
    def text(self) -> str:
        """What the triple says."""
        return f"{self.revision} {self.triples}"

    @property
    def line(self) -> str:
        """The triple."""
        return line_of(self.text)

    @property
    def seen(self) -> Seen:
        """What is seen of the graph if it is so."""
        return Seen(self.triples, frozenset({self.text}))


def line_of(text: str) -> str:
    """The triple that says ``text``."""
    return f'{START}"{text}" .'


def becoming(text: str) -> str:
    """How that begins which the graph says while it becomes the one whose mark says ``text``."""
    return f"becoming {text}"


def is_becoming(said: str, text: str = "") -> bool:
    """Whether a graph says that it is on its way to any other, or to the one whose mark says ``text``.

    >>> is_becoming("becoming 0123456789abcdef0123456789abcdef 5 60"), is_becoming('becoming " }')
    (True, False)
    """
    return _PLACE.fullmatch(said) is not None and said.startswith(becoming(text))


def read(text: str | None) -> Mark | None:
    """The mark that says ``text``; None if none does.

    >>> read("0123456789abcdef0123456789abcdef 5").triples, read("becoming x")
    (5, None)
    """
    found = _TEXT.fullmatch(text or "")
    return Mark(found[1], int(found[2])) if found else None
