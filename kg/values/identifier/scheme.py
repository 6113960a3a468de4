"""A scheme made ready for reading: all that its concept says, compiled once."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
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
_HEAD: Final = re.compile("[^0-9]{0,32}(?=[0-9])").match
_FEW: Final = 3
_KEPT: Final = 1024
_WORD: Final = r"(?:\s*(?:numbers?|no|nr|codes?|id|번호|코드)\.?(?![A-Za-z0-9]))?"


Layout = tuple[tuple[int, str], ...]
"""(how many letters and digits go before it, a space or a hyphen) of every separator."""


@dataclass(frozen=True)
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

    @cached_property
    def notation(self) -> str:
        """How records name the scheme."""
        return self.concept.notation

    @cached_property
    def own(self) -> Schemes:
        """The scheme by itself, to be named once more."""
        return Schemes((self.concept,))

    @cached_property
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
        self._digits = tuple(name[:_FEW] for name in names if re.search("[0-9]", name))
        self._by_head = lru_cache(_KEPT)(self._named_by)
        self._by_length = lru_cache(_KEPT)(self._of_length)
        self._addresses = [
            (_without_web(before).lower(), after, c.notation)
            for c in concepts
            for before, mark, after in (a.partition("{id}") for a in c.addresses)
            if mark
        ]
        self._in_paths = all("/" in before for before, _, _ in self._addresses)

    def of_length(self, length: int) -> tuple[Scheme, ...]:
        """The schemes whose identifiers may have so many letters and digits."""
        return self._by_length(min(length, LONGEST_NAME))

    def _of_length(self, length: int) -> tuple[Scheme, ...]:
        return tuple(
            of
            for of in self.of.values()
            if not of.places or of.least - len(of.layout) <= length <= len(of.places)
        )

    def by_name(self, text: str) -> tuple[str, str] | None:
        """(notation, the rest) of a text that names a scheme at its beginning, or in brackets at its end."""
        found = self._name(text)
        if found is None:
            return self._by_name_after(text) if text.endswith((")", "]")) else None
        notation, end = found
        rest = text[end:]
        if not rest or (rest[0].isalnum() and text[end - 1].isascii()):
            return None
        return notation, _unpacked(rest.lstrip(" \t:=#.-–—_"))

    def _name(self, text: str) -> tuple[str, int] | None:
        """(notation, where its name ends) of a text that begins with one; what goes before digits is kept."""
        head = _HEAD(text)
        if head is None or text[:_FEW].lower().startswith(self._digits):
            return self._named_by(text)
        return self._by_head(f"{head.group()}0")

    def _named_by(self, text: str) -> tuple[str, int] | None:
        found = self._label.match(text) if self._label else None
        return None if found is None else (self._named[_key(found[1])], found.end())

    def by_address(self, text: str) -> tuple[str, str] | None:
        """(notation, the identifier) of a web address of a scheme, or None."""
        if self._in_paths and "/" not in text:
            return None
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


def schemes_of(concepts: tuple[Concept, ...]) -> Schemes:
    """The schemes of a model, compiled once."""
    known, ready = _last.get(id(concepts), (None, None))
    if known is not concepts or ready is None:  # to compare two models takes longer than to read a value
        ready = _schemes(concepts)
        if len(_last) >= _MODELS:
            _last.clear()
        _last[id(concepts)] = concepts, ready
    return ready


_MODELS: Final = 16
_last: dict[int, tuple[tuple[Concept, ...], Schemes]] = {}


@lru_cache(maxsize=_MODELS)
def _schemes(concepts: tuple[Concept, ...]) -> Schemes:
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
