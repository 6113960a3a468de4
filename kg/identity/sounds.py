"""How names sound, roughly: Hangul and kana in Latin letters, and a code that is alike across scripts.

What this makes equal is only proposed to be one, never looked up as one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_INITIALS: Final = "g kk n d tt r m b pp s ss _ j jj ch k t p h".replace("_", "").split(" ")
_VOWELS: Final = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()  # noqa: SIM905 - a table
_FINALS: Final = "_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t".replace("_", "").split(" ")
_FIRST: Final = 0xAC00
_LAST: Final = 0xD7A3
_SILENT: Final = 11
"""The initial that has no sound."""
_JOINED: Final = {1: "g", 4: "n", 7: "d", 8: "r", 16: "m", 17: "b", 19: "s", 20: "ss", 22: "j", 23: "ch"}
"""Finals that are spoken with the vowel after them."""

_KANA: Final = {
    **dict(zip("アイウエオ", ["a", "i", "u", "e", "o"], strict=True)),
    **dict(zip("カキクケコ", ["ka", "ki", "ku", "ke", "ko"], strict=True)),
    **dict(zip("サシスセソ", ["sa", "shi", "su", "se", "so"], strict=True)),
    **dict(zip("タチツテト", ["ta", "chi", "tsu", "te", "to"], strict=True)),
    **dict(zip("ナニヌネノ", ["na", "ni", "nu", "ne", "no"], strict=True)),
    **dict(zip("ハヒフヘホ", ["ha", "hi", "fu", "he", "ho"], strict=True)),
    **dict(zip("マミムメモ", ["ma", "mi", "mu", "me", "mo"], strict=True)),
    **dict(zip("ヤユヨワヲン", ["ya", "yu", "yo", "wa", "o", "n"], strict=True)),
    **dict(zip("ラリルレロ", ["ra", "ri", "ru", "re", "ro"], strict=True)),
    **dict(zip("ガギグゲゴ", ["ga", "gi", "gu", "ge", "go"], strict=True)),
    **dict(zip("ザジズゼゾ", ["za", "ji", "zu", "ze", "zo"], strict=True)),
    **dict(zip("ダヂヅデド", ["da", "ji", "zu", "de", "do"], strict=True)),
    **dict(zip("バビブベボ", ["ba", "bi", "bu", "be", "bo"], strict=True)),
    **dict(zip("パピプペポ", ["pa", "pi", "pu", "pe", "po"], strict=True)),
    **dict(zip("ァィゥェォャュョ", ["a", "i", "u", "e", "o", "ya", "yu", "yo"], strict=True)),
    "ヴ": "vu",
    "ッ": "",
    "ー": "",
}
_TO_KATAKANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "ng"}
)

_DIGRAPHS: Final = re.compile(r"ph|th|tch|sch|sh|ch|ck|ng|qu|ce|ci|cy|r[aeiouyr]|[a-z]")
_CLASS: Final = {
    **dict.fromkeys(("p", "b", "f", "v", "ph"), "P"),
    **dict.fromkeys(("t", "d", "th"), "T"),
    **dict.fromkeys(("k", "g", "q", "c", "ck", "qu"), "K"),
    **dict.fromkeys(("s", "z", "j", "sh", "sch", "ch", "tch"), "S"),
    **dict.fromkeys(("ce", "ci", "cy"), "S"),
    **dict.fromkeys(("ra", "re", "ri", "ro", "ru", "ry", "rr", "l"), "L"),
    "m": "M",
    "n": "N",
    "ng": "N",
    "x": "KS",
}


def folded(text: str) -> str:
    """Latin letters without what stands above and below them; Hangul stays whole.

    >>> folded("société générale łódź ørsted 삼성")
    'societe generale lodz orsted 삼성'
    """
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    bare = "".join(c for c in parts if not unicodedata.combining(c) or c in "\u3099\u309a")
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=100_000)
def romanised(text: str) -> str:
    """Hangul in Revised Romanisation and kana in Hepburn's, roughly; all else as it is.

    >>> romanised("소프트뱅크"), romanised("이재용"), romanised("トヨタ"), romanised("삼일")
    ('sopeuteubaengkeu', 'ijaeyong', 'toyota', 'samil')
    """
    if text.isascii():
        return text
    out: list[str] = []
    text = text.translate(_TO_KATAKANA)
    for at, c in enumerate(text):
        code = ord(c)
        if not _FIRST <= code <= _LAST:
            out.append(_KANA.get(c, c))
            continue
        initial, vowel, final = _jamo(code)
        out += [_INITIALS[initial], _VOWELS[vowel]]
        after = ord(text[at + 1]) if at + 1 < len(text) else 0
        joined = _FIRST <= after <= _LAST and _jamo(after)[0] == _SILENT
        out.append(_JOINED.get(final, _FINALS[final]) if joined else _FINALS[final])
    return "".join(out)


def _jamo(code: int) -> tuple[int, int, int]:
    """(initial, vowel, final) of a syllable, as numbers."""
    number = code - _FIRST
    return number // 588, number % 588 // 28, number % 28


@lru_cache(maxsize=100_000)
def sound(latin: str) -> str:
    """The consonants of Latin letters, those that scripts confuse as one; no two alike beside each other.

    An r that no vowel follows is silent, as it is when a name comes to Hangul or kana.

    >>> sound("softbank") == sound(romanised("소프트뱅크")), sound("google") == sound(romanised("구글"))
    (True, True)
    >>> sound("samsung"), sound(romanised("삼성")), sound("hyundai"), sound(romanised("현대"))
    ('SMSN', 'SMSN', 'NT', 'NT')
    """
    out = ""
    for letters in _DIGRAPHS.findall(latin):
        for code in _CLASS.get(letters, ""):
            if not out.endswith(code):
                out += code
    return out


_SPOKEN: Final = re.compile(
    r"ph|th|tch|sch|sh|ch|ck|ng|qu|ce|ci|cy|kk|tt|pp|ss|jj|ae|ai|ay|ei|eo|eu|ee|ie|oo|ou|uh|ui|woo|wu"
    r"|ah(?![aeiouwy])|oh(?![aeiouwy])|[a-z]"
)
_VOWEL: Final = {
    **dict.fromkeys(("ae", "ai", "ay", "ei", "e"), "e"),
    **dict.fromkeys(("eo", "ou", "uh", "u", "oo", "woo", "wu"), "u"),
    **dict.fromkeys(("i", "ee", "ui", "ie"), "i"),
    **dict.fromkeys(("a", "ah"), "a"),
    **dict.fromkeys(("o", "oh"), "o"),
    "eu": "",
}
_FULL: Final = {
    **{letters: code for letters, code in _CLASS.items() if letters[0] != "r" and len(code) == 1},
    **dict.fromkeys(("j", "jj", "z", "ch", "tch"), "J"),
    **dict.fromkeys(("ce", "ci", "cy"), "Se"),
    **dict(zip(("kk", "tt", "pp", "ss", "r", "n", "ng"), "KTPSLNG", strict=True)),
    **dict(zip("hy", "hy", strict=True)),
    "x": "KS",
}


@lru_cache(maxsize=100_000)
def spoken(latin: str) -> str:
    """Consonants and vowels of Latin letters, those that romanisations of Korean confuse as one.

    >>> [spoken(s) for s in ("jeong", "jung", "chung", "yong", "young", "yeong", "hyun", "hyeon")]
    ['JuG', 'JuG', 'JuG', 'yoG', 'yuG', 'yuG', 'hyuN', 'hyuN']
    >>> spoken("posco"), spoken(romanised("포스코")), spoken("daewoong"), spoken(romanised("대웅"))
    ('PoSKo', 'PoSKo', 'TeuG', 'TeuG')
    """
    out = ""
    for letters in _SPOKEN.findall(latin):
        code = _VOWEL[letters] if letters in _VOWEL else _FULL.get(letters, "")
        out += "" if code and out.endswith(code) else code
    return out


_ENGLISH: Final = [
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"^wh", "w"),
        (r"igh(?=t|$)", "ai"),
        (r"ow$|ow(?=[^aeiouwy])", "ou"),
        (r"dge", "tji"),
        (r"ue$", "u"),
        (r"(?<=[^aeiouy])er(?=s?$)", "eo"),
        (r"(?<=[^aeiouy])le$", "l"),
        (r"a([bdfgklmnpstvz])e(?=s?$)", r"ei\1"),
        (r"i([bdfgklmnpstvz])e(?=s?$)", r"ai\1"),
        (r"o([bdfgklmnpstvz])e(?=s?$)", r"o\1"),
    )
]
"""How English is spelt -> how Hangul, which goes by ear, is when put into Latin letters."""


@lru_cache(maxsize=100_000)
def english(latin: str) -> str:
    """An English word in the letters that its spelling in Hangul has when romanised.

    Names of other languages are hardly changed by it.

    >>> english("whale"), romanised("웨일"), english("light"), romanised("라이트"), english("hanwha")
    ('weil', 'weil', 'lait', 'raiteu', 'hanwha')
    >>> spoken(english("silver")) == spoken(romanised("실버")), spoken(english("apple"))
    (True, 'aPL')
    """
    for pattern, heard in _ENGLISH:
        latin = pattern.sub(heard, latin)
    return latin


def jamo(text: str) -> str:
    """Text with Hangul taken apart, so that one key that was missed is one difference.

    >>> len(jamo("삼성")), jamo("ab")
    (6, 'ab')
    """
    return text if text.isascii() else unicodedata.normalize("NFD", text)
