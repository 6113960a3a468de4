"""A scheme made ready for reading: all that its concept says, compiled once."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kg.values.characters import LONGEST_NAME
from kg.values.identifier.check_digits import CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.model.types import Concept

SEPARATORS: Final = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\u2014\u2212\u00a0./")
_HYPHENS: Final = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
_GAPS: Final = _HYPHENS | {" "}
_CLASSES: Final = re.compile(r"\[(?:\\.|[^\]\\])*\]|\{[^}]*\}|\\[A-Za-z]|[()?*+|]")
_ONE: Final = re.compile(r"(\[(?:\\.|[^\]\\])*\]|\\.|[^\\()|\[\]{}?*+])(?:\{([0-9]+)(?:,([0-9]+))?\}|(\?))?")
_WEB: Final = re.compile(r"(?:https?:)?//(?:www\.)?|www\.", re.IGNORECASE)
_WORD: Final = r"(?:\s*(?:numbers?|no|nr|codes?|id|번호|코드)\.?(?![A-Za-z0-9]))?"


Layout = tuple[tuple[int, str], ...]
"""(how many letters and digits go before it, a space or a hyphen) of every separator."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme of identifiers."""

    concept: Concept
    matches: Callable[[str], object]
    """Whether a text has the pattern of the scheme."""
    literal: frozenset[str]
    """Characters that the pattern names one by one: by them the form alone tells the scheme."""
    layout: Layout
    """The spaces and hyphens of the usual layout."""
    places: tuple[Callable[[str], object], ...]
    """What each character must be, if the pattern is that simple; optional ones are at the end."""
    least: int
    """How many characters there are at the least; ``len(places)`` at the most."""

    @property
    def notation(self) -> str:
        """How records name the scheme."""
        return self.concept.notation

    @property
    def checked(self) -> bool:
        """Whether its identifiers have check digits that are known here."""
        return self.notation in CHECKS

    def laid_out(self, bare: str) -> str:
        """Letters and digits with the hyphens of the usual layout."""
        cuts = [0, *(at for at, _ in self.layout), len(bare)]
        return "-".join(bare[a:b] for a, b in itertools.pairwise(cuts))


class Schemes:
    """The schemes of a model, and how a text names one of them."""

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        """Compile the names and the addresses of all schemes."""
        self.of = {c.notation: scheme(c) for c in concepts}
        self._named = {_key(name): c.notation for c in reversed(concepts) for name in _names(c)}
        names = sorted(self._named, key=lambda n: (-len(n), n))
        spelled = "|".join(r"[\s_]*".join(map(re.escape, name)) for name in names)
        self._label = re.compile(f"({spelled}){_WORD}", re.IGNORECASE) if names else None
        self._addresses = [
            (_without_web(before).lower(), after, c.notation)
            for c in concepts
            for before, mark, after in (a.partition("{id}") for a in c.addresses)
            if mark
        ]

    def by_name(self, text: str) -> tuple[str, str] | None:
        """(notation, the rest) of a text that names a scheme at its beginning, or in brackets at its end."""
        found = self._label.match(text) if self._label else None
        if found is None:
            return self._by_name_after(text) if text.endswith((")", "]")) else None
        rest = text[found.end() :]
        if not rest or (rest[0].isalnum() and found.group()[-1].isascii()):
            return None
        return self._named[_key(found[1])], _unpacked(rest.lstrip(" \t:=#.-–—_"))

    def by_address(self, text: str) -> tuple[str, str] | None:
        """(notation, the identifier) of a web address of a scheme, or None."""
        address = _without_web(text)
        lower = address.lower()
        for before, after, notation in self._addresses:
            if lower.startswith(before):
                rest = address[len(before) :]
                rest = rest.removesuffix(after) if after else rest.rstrip("/")
                return notation, unquote(rest if notation == "doi" else re.split("[?#/]", rest)[0])
        return None

    def _by_name_after(self, text: str) -> tuple[str, str] | None:
        rest, _, name = text[:-1].rpartition("(" if text[-1] == ")" else "[")
        notation = self._named.get(_key(name))
        return (notation, rest.strip()) if notation is not None and rest.strip() else None


@lru_cache(maxsize=16)
def schemes_of(concepts: tuple[Concept, ...]) -> Schemes:
    """The schemes of a model, compiled once."""
    return Schemes(concepts)


@lru_cache(maxsize=256)
def scheme(concept: Concept) -> Scheme:
    """A scheme made ready."""
    pattern = concept.pattern or r".+"
    places, least = _places(pattern)
    return Scheme(
        concept,
        re.compile(pattern, re.ASCII).fullmatch,
        frozenset(_CLASSES.sub("", concept.pattern).replace("\\", "")),
        layout(concept.example),
        places,
        least,
    )


def layout(text: str) -> Layout:
    """The spaces and hyphens of a text, each with the count of other characters before it.

    >>> layout("124-81-00998")
    ((3, '-'), (5, '-'))
    """
    found = [(i, c) for i, c in enumerate(text) if c in _GAPS]
    return tuple((i - before, "-" if c in _HYPHENS else c) for before, (i, c) in enumerate(found))


def _places(pattern: str) -> tuple[tuple[Callable[[str], object], ...], int]:
    """What each character must be, and how many there must be; nothing for a pattern with more to it."""
    places: list[Callable[[str], object]] = []
    least = at = 0
    while at < len(pattern):
        found = _ONE.match(pattern, at)
        if found is None or least < len(places):
            return (), 0
        one, low, high, optional = found.groups()
        fewest, most = (0, 1) if optional else (int(low or 1), int(high or low or 1))
        if most > LONGEST_NAME:
            return (), 0
        places += [re.compile(one, re.ASCII).fullmatch] * most
        least += fewest
        at = found.end()
    return tuple(places), least


def _names(concept: Concept) -> Iterator[str]:
    yield concept.notation
    yield from concept.aliases


def _key(name: str) -> str:
    return re.sub(r"[\s_]+", "", name).lower()


def _without_web(address: str) -> str:
    found = _WEB.match(address)
    return address[found.end() :] if found else address


def _unpacked(text: str) -> str:
    """The text without the brackets around it."""
    text = text.strip()
    if len(text) > 1 and text[0] + text[-1] in {"()", "[]", "<>", "“”", '""'}:
        return text[1:-1].strip()
    return text
