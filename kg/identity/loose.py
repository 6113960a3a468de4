"""A name as it is compared with others that are spelt otherwise: what is rare in it, what many names have.

Looser than the key by which names are looked up, so that what it makes equal is only proposed to be one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kg.identity.names import name_key
from kg.identity.sounds import english, folded, romanised, sound, spoken
from kg.identity.tables import table
from kg.identity.titles import families, family_of, without_titles

_RUN: Final = re.compile(
    r"[\uac00-\ud7a3]+|[\u3041-\u3096\u30a1-\u30fa\u30fc]+|[\u3400-\u9fff々]+|\d+"
    r"|[^\W\d_\uac00-\ud7a3\u3041-\u30fa\u30fc\u3400-\u9fff々]+"
)
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]+")
_NO_SPACES: Final = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_NUMERALS: Final = {n: str(v) for v, n in enumerate("ii iii iv v vi vii viii ix x xi xii".split(), 2)}  # noqa: SIM905
_EMPTY: Final = frozenset({"the", "of", "and"})
_SPELT: Final = 2
"""So many letters at the least are spelt out in Hangul."""
_KOREAN_WORDS: Final = (2, 3)


class Loose(NamedTuple):
    """A name made ready for comparison."""

    key: str
    """By which it is looked up."""
    core: tuple[str, ...]
    """The words that are its own, sorted; those that many have if it has no other."""
    words: tuple[str, ...]
    """The same in the order of the name."""
    text: str
    """These together, sorted."""
    common: frozenset[str]
    """The words that many names have, whatever their language."""
    numbers: tuple[str, ...]
    latin: str
    """Its own words in Latin letters."""
    sound: str
    spoken: str
    family: str
    """Of a person in Hangul, the family name; of others ""."""
    given: str
    """And the given name."""
    initials: str
    scripts: frozenset[str]


@cache
def _words() -> dict[str, str]:
    """How a common word is written -> the word."""
    return {
        _respelt(folded(form)): word
        for word, forms in table("words")["words"].items()
        for form in map(_han, forms)
    }


@cache
def _endings() -> dict[str, str]:
    """Common words of scripts without spaces, longest first."""
    found = {form: word for form, word in _words().items() if _NO_SPACES.match(form)}
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def _letters() -> dict[str, str]:
    found = {form: letter for letter, forms in table("words")["letters"].items() for form in forms}
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def _variants() -> dict[int, str]:
    lines = table("han")["variants"].split()
    return {ord(c): group[0] for group in reversed(lines) for c in group[1:]}


@cache
def _glides() -> dict[int, str]:
    """A syllable of ㅈ, ㅉ or ㅊ with a glide, which is not heard there -> the same without it."""
    return {
        0xAC00 + (initial * 21 + glide) * 28 + final: chr(0xAC00 + (initial * 21 + plain) * 28 + final)
        for initial in (12, 13, 14)
        for glide, plain in ((2, 0), (3, 1), (6, 4), (7, 5), (12, 8), (17, 13))
        for final in range(28)
    }


def _respelt(text: str) -> str:
    """Loan words in Hangul as the rules spell them: 벤쳐 is 벤처."""
    return text if text.isascii() else text.translate(_glides())


def _han(text: str) -> str:
    return text if text.isascii() else text.translate(_variants())


@lru_cache(maxsize=300_000)
def loose(name: str, *, person: bool = False) -> Loose:
    """Make a name ready.

    >>> found = loose("삼성전자 주식회사")
    >>> found.core, sorted(found.common), found.sound
    (('삼성',), ['electronics'], 'SMSN')
    >>> loose("Samsung Electronics Co., Ltd.").common == found.common
    True
    >>> loose("에스케이하이닉스").core, loose("東京電力").text == loose("东京电力").text
    (('sk', '하이닉스'), True)
    >>> loose("한빛벤쳐스").text == loose("한빛벤처스").text
    True
    """
    key = name_key(name)
    bare = folded(_han(without_titles(key) if person else key))
    bare = bare if person else _respelt(bare)
    bare = bare.replace("'", "").replace("’", "")
    runs = _RUN.findall(bare)
    common: list[str] = []
    core: list[str] = []
    for run in runs:
        if person:
            core.append(run)
            continue
        for piece in _pieces(run):
            word = _words().get(piece)
            (core if word is None else common).append(piece if word is None else word)
    common = [word for word in common if word not in _EMPTY]
    if "life" in common:
        common = [word for word in common if word != "insurance"]
    if not core:
        core, common = common or runs, []
    numbers = tuple(sorted(_NUMERALS.get(w, w) for w in core if w.isdigit() or w in _NUMERALS))
    own = tuple(sorted(core))
    latin = [romanised(word) for word in core]
    family = family_of(bare) if person else ""
    return Loose(
        key,
        own,
        tuple(core),
        "".join(own),
        frozenset(common),
        numbers,
        "".join(latin),
        "".join(map(sound, latin)),
        "".join(spoken(word) if person else spoken(english(word)) for word in latin),
        family,
        bare.replace(" ", "")[len(family) :] if family else "",
        "".join(sorted(word[0] for word in core if word)),
        frozenset(map(_script, core)),
    )


def _pieces(run: str) -> list[str]:
    """A run of one script in pieces: letters that are spelt out, then what is its own, then common words."""
    if not _NO_SPACES.match(run):
        return [run]
    pieces: list[str] = []
    while run and (form := next((f for f in _endings() if run.endswith(f)), "")):
        pieces.insert(0, form)
        run = run[: -len(form)]
    if _HANGUL.fullmatch(run):
        spelt, run = _spelt(run)
        pieces = [*([spelt] if spelt else []), *([run] if run else []), *pieces]
    elif run:
        pieces.insert(0, run)
    return pieces


def _spelt(run: str) -> tuple[str, str]:
    """(Latin letters that Hangul spells out at the beginning, the rest)."""
    letters, rest, long = "", run, False
    while rest:
        form = next((f for f in _letters() if rest.startswith(f)), "")
        if not form:
            break
        letters += _letters()[form]
        long = long or len(form) > 1
        rest = rest[len(form) :]
    return (letters, rest) if len(letters) >= _SPELT and long else ("", run)


def _script(word: str) -> str:
    c = word[0]
    if "\uac00" <= c <= "\ud7a3":
        return "hangul"
    if "\u3041" <= c <= "\u30ff":
        return "kana"
    if "\u3400" <= c <= "\u9fff":
        return "han"
    return "latin" if c.isascii() else "other"


def person_in_latin(one: Loose, other: Loose) -> bool:
    """Whether a Korean name in Hangul may be one in Latin letters: family name, and how the given one sounds.

    >>> hangul, latin = loose("이재용", person=True), loose("Lee Jae-yong", person=True)
    >>> person_in_latin(hangul, latin), person_in_latin(hangul, loose("Lee Jae-myung", person=True))
    (True, False)
    """
    if bool(one.family) == bool(other.family):
        return False
    return not set(koreans(one)).isdisjoint(koreans(other))


@lru_cache(maxsize=100_000)
def koreans(name: Loose) -> tuple[str, ...]:
    """The Korean names, family name and sounds of the given one, that a name may be in either script.

    >>> koreans(loose("정현", person=True))
    ('정 hyuN',)
    >>> koreans(loose("Hyun Jung", person=True))
    ('정 hyuN', '현 JuG')
    """
    if name.family:
        return (f"{name.family} {''.join(spoken(romanised(s)) for s in name.given)}",)
    if not name.scripts <= {"latin"} or len(name.core) not in _KOREAN_WORDS:
        return ()
    found = set()
    for word, rest in ((name.words[0], name.words[1:]), (name.words[-1], name.words[:-1])):
        found |= {f"{family} {''.join(map(spoken, rest))}" for family in _by_latin().get(word, ())}
    return tuple(sorted(found))


@cache
def _by_latin() -> dict[str, list[str]]:
    """A family name in Latin letters -> those in Hangul that are so written."""
    found: dict[str, list[str]] = {}
    for family, written in sorted(families().items()):
        for latin in written:
            found.setdefault(latin, []).append(family)
    return found
