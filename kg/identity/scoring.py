"""How alike two entities are: from 0 to 1, each step with its reason."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA

from kg.identity.loose import person_in_latin
from kg.identity.sounds import jamo
from kg.identity.things import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.identity.loose import Loose
    from kg.identity.things import Thing

SAME: Final = 1.0
WORDS: Final = 0.97
SCRIPTS: Final = 0.93
SOUND: Final = 0.9
SHORTENED: Final = 0.9
ACRONYM: Final = 0.8
EXTRA_WORD: Final = 0.13
"""For each common word that only one has, ..."""
EMPTY_WORD: Final = 0.06
"""... and for one that says little."""
EMPTY_WORDS: Final = frozenset(
    ("group", "holdings", "international", "global", "technology", "systems", "solutions", "services")
)
_SPOKEN: Final = 0.65
FIRST_LETTER: Final = 0.05
"""Slips of the keyboard are rare at the beginning."""
OTHER_WORD: Final = 0.25
"""Where each has a common word that the other lacks."""
ONE_SLIP: Final = 5
"""Letters that are needed for one slip of the keyboard ..."""
TWO_SLIPS: Final = 10
"""... and for two."""
SLIP: Final = 0.75
"""For a slip, divided by the letters of the name."""
_SOUNDS: Final = 3
_INITIAL: Final = 0.87
IDENTIFIER: Final = 0.98
WEBSITE: Final = 0.95
_SOMEWHAT: Final = 0.5
COUNTRY: Final = 0.03
BORN: Final = 0.06

Scored = tuple[float, tuple[Reason, ...]]


def score(one: Thing, other: Thing, names: tuple[Sequence[Loose], Sequence[Loose]]) -> Scored:
    """How alike two entities are that are in no conflict, and why."""
    best, why = 0.0, Reason("")
    for a in names[0]:
        for b in names[1]:
            alike, reason = compare(a, b, person=one.person)
            if alike > best:
                best, why = alike, reason
        if best == SAME:
            break
    reasons = [why] if best else []
    best = _with_links(best, reasons, one, other)
    if best and one.class_name != other.class_name:
        best -= COUNTRY
    return min(best, SAME), tuple(reasons)


def _with_links(best: float, reasons: list[Reason], one: Thing, other: Thing) -> float:
    """What else they have in common."""
    shared = sorted(
        f"{scheme}:{value}"
        for scheme in one.identifiers.keys() & other.identifiers.keys()
        for value in one.identifiers[scheme] & other.identifiers[scheme]
    )
    if shared:
        reasons.insert(0, Reason("resolve-identifier", (shared[0],)))
        best = max(best, IDENTIFIER)
    if pages := sorted(one.same_as & other.same_as):
        reasons.insert(0, Reason("resolve-same-as", (pages[0],)))
        best = max(best, IDENTIFIER)
    if sites := sorted(one.websites & other.websites):
        reasons.append(Reason("resolve-website", (sites[0],)))
        best = max(best, WEBSITE if best >= _SOMEWHAT else _SOMEWHAT)
    if countries := _countries(one) & _countries(other):
        reasons.append(Reason("resolve-country", (min(countries),)))
        best = best + COUNTRY if best >= _SOMEWHAT else best
    if one.born and other.born:
        reasons.append(Reason("resolve-born", (max(one.born[0], other.born[0]),)))
        best = best + BORN if best >= _SOMEWHAT else best
    return best


def _countries(thing: Thing) -> set[str]:
    return {country for countries in thing.countries.values() for country in countries}


def compare(one: Loose, other: Loose, *, person: bool) -> tuple[float, Reason]:
    """How alike two names are."""
    if one.key == other.key:
        return SAME, Reason("resolve-name", (one.key,))
    if one.numbers != other.numbers:
        return 0.0, Reason("")
    alike, reason = _person(one, other) if person else _cores(one, other)
    if not alike:
        return 0.0, reason
    left, right = one.common - other.common, other.common - one.common
    if left and right:
        return alike - OTHER_WORD, reason
    extra = left | right
    return alike - sum(EMPTY_WORD if word in EMPTY_WORDS else EXTRA_WORD for word in extra), reason


def _cores(one: Loose, other: Loose) -> tuple[float, Reason]:
    """How alike the words are that are the names' own."""
    if one.text == other.text:
        return WORDS, Reason("resolve-words", (one.key, other.key))
    if one.scripts.isdisjoint(other.scripts):
        return _sounds(one, other)
    if slips := _slips(one.text, other.text):
        return slips
    if one.text.replace(" ", "") and _shortened(one.core, other.core):
        return SHORTENED, Reason("resolve-shortened", (one.key, other.key))
    if _acronym(one, other) or _acronym(other, one):
        return ACRONYM, Reason("resolve-acronym", (one.key, other.key))
    if len(one.scripts | other.scripts) > 1:
        return _sounds(one, other)
    return 0.0, Reason("")


def _slips(one: str, other: str, letters: int = 0) -> tuple[float, Reason] | None:
    """One or two letters that are wrong, missing, too many or swapped; the shorter the names the less alike.

    ``letters`` are those of the whole name, where a part of it is compared.
    """
    left, right = jamo(one), jamo(other)
    length = letters or min(len(left), len(right))
    allowed = (length >= ONE_SLIP) + (length >= TWO_SLIPS)
    if not allowed or abs(len(left) - len(right)) > allowed:
        return None
    found = OSA.distance(left, right, score_cutoff=allowed)
    if found > allowed:
        return None
    first = 0.0 if left[0] == right[0] else FIRST_LETTER
    return WORDS - SLIP * found / length - first, Reason("resolve-slip", (one, other))


def _sounds(one: Loose, other: Loose) -> tuple[float, Reason]:
    """How alike names in two scripts are when spoken."""
    if not (_alike(one.sound, other.sound) or _alike(one.spoken, other.spoken)):
        return 0.0, Reason("")
    if OSA.normalized_similarity(one.spoken, other.spoken) < _SPOKEN:
        return 0.0, Reason("")
    return SOUND, Reason("resolve-sound", (one.key, other.key))


def _alike(one: str, other: str) -> bool:
    return one == other and len(one) >= _SOUNDS


def _shortened(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the words are the same but for one that is the beginning of its like."""
    if len(one) != len(other):
        return False
    left, right = sorted(set(one) - set(other)), sorted(set(other) - set(one))
    if len(left) != 1 or len(right) != 1 or len(one) < 2:  # noqa: PLR2004 - something must be the same
        return False
    short, long = sorted((left[0], right[0]), key=len)
    return len(short) >= _SOUNDS and long.startswith(short)


def _acronym(short: Loose, long: Loose) -> bool:
    """Whether a name of one word is made of the first letters of the words of the other."""
    words = len(long.core) + len(long.common)
    letters = sorted(long.initials + "".join(word[0] for word in long.common))
    return len(short.core) == 1 and words > 2 and sorted(short.text) == letters  # noqa: PLR2004 - IBM


def _person(one: Loose, other: Loose) -> tuple[float, Reason]:
    said = (one.key, other.key)
    if one.text == other.text:
        return WORDS, Reason("resolve-words", said)
    if person_in_latin(one, other):
        return SCRIPTS, Reason("resolve-scripts", said)
    if one.family or other.family:
        # another syllable in Hangul is another person
        return 0.0, Reason("")
    if one.scripts.isdisjoint(other.scripts):
        return _sounds(one, other) if min(len(one.sound), len(other.sound)) > _SOUNDS else (0.0, Reason(""))
    same = Counter(one.core) & Counter(other.core)
    left, right = (sorted((Counter(name.core) - same).elements()) for name in (one, other))
    if "".join(sorted(left)) == "".join(sorted(right)):
        return WORDS, Reason("resolve-words", said)
    if _initialled(same, left, right):
        return _INITIAL, Reason("resolve-initials", said)
    if len(left) == len(right) == 1 and same and min(len(left[0]), len(right[0])) >= _SOUNDS:
        return _slips(left[0], right[0], min(len(one.text), len(other.text))) or (0.0, Reason(""))
    return 0.0, Reason("")


def _initialled(same: Iterable[str], left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether what is not the same is initials of the other's words, or an initial that only one has."""
    whole = [word for word in same if len(word) > 1]
    short, long = sorted((left, right), key=lambda words: sum(map(len, words)))
    if not short:
        return len(whole) > 1 and all(len(word) == 1 for word in long)
    fits = all(len(word) == 1 for word in short) and sorted(short) == sorted(word[0] for word in long)
    return bool(whole) and fits and any(len(word) > 1 for word in long)
