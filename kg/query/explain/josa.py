"""Korean postpositions: which form follows a word depends on how the word ends when it is said."""

from __future__ import annotations

import re
from typing import Final

PAIRS: Final = {
    "은/는": ("은", "는"),
    "이/가": ("이", "가"),
    "을/를": ("을", "를"),
    "과/와": ("과", "와"),
    "으로/로": ("으로", "로"),
    "이다/다": ("이다", "다"),
    "이었다/였다": ("이었다", "였다"),
    "이라고/라고": ("이라고", "라고"),
}
"""Pair -> the form after a consonant, the form after a vowel."""

_FIRST: Final = 0xAC00
_LAST: Final = 0xD7A3
_ENDINGS: Final = 28
_RIEUL: Final = 8
_DIGITS: Final = {
    "0": "consonant",
    "1": "rieul",
    "3": "consonant",
    "6": "consonant",
    "7": "rieul",
    "8": "rieul",
}
"""영, 일, 삼, 육, 칠, 팔; the others end in a vowel."""
_LETTERS: Final = {"l": "rieul", "r": "rieul", "m": "consonant", "n": "consonant"}
"""엘, 알, 엠, 엔: letters that are spelled out; the names of all others end in a vowel."""
_SPELLED: Final = re.compile(r"(?:^|[^A-Za-z])[A-Z]{1,5}$")
_SAID: Final = (
    (re.compile(r"(?:l|ll|le|rl)$"), "rieul"),
    (re.compile(r"(?:[mn]e?|ng|[mn][bs]?t?e?)$(?<![bst]e)(?<![bst])"), "consonant"),
    (re.compile(r"(?:^|[^aeiou])[aeiou](?:[ptb]|c?k)$|(?:oo|ou|ea)[pk]$"), "consonant"),
)
"""How English words end in Korean: 구글, 타임, 페이스북, 그룹; the others end in a vowel: 뱅크, 게이트."""


def josa(word: str, pair: str) -> str:
    """A word with the form of a postposition that fits it.

    >>> [josa(w, "은/는") for w in ("삼성전자", "소프트뱅크그룹", "OpenAI", "HBM", "2025", "Google")]
    ['삼성전자는', '소프트뱅크그룹은', 'OpenAI는', 'HBM은', '2025는', 'Google은']
    >>> josa("서울", "으로/로"), josa("평택 공장", "으로/로"), josa("“투자”", "이/가")
    ('서울로', '평택 공장으로', '“투자”가')
    >>> josa("大阪", "을/를"), josa("大阪", "으로/로")
    ('大阪을(를)', '大阪(으)로')
    """
    after_consonant, after_vowel = PAIRS[pair]
    end = _end(word)
    if not end:
        more = after_consonant.removesuffix(after_vowel)
        both = f"({more}){after_vowel}" if more != after_consonant else f"{after_consonant}({after_vowel})"
        return word + both
    takes_vowel_form = end == "vowel" or (end == "rieul" and pair == "으로/로")
    return word + (after_vowel if takes_vowel_form else after_consonant)


def _end(word: str) -> str:
    """How a word ends: in a vowel, in ㄹ, or in another consonant; "" if that is not known."""
    spoken = re.sub(r"\s*\([^()]*\)$", "", word)
    while spoken and not spoken[-1].isalnum():
        spoken = spoken[:-1]
    if not spoken:
        return ""
    last = spoken[-1]
    if _FIRST <= ord(last) <= _LAST:
        final = (ord(last) - _FIRST) % _ENDINGS
        return "vowel" if final == 0 else "rieul" if final == _RIEUL else "consonant"
    if last.isascii() and last.isdigit():
        return _DIGITS.get(last, "vowel")
    if last.isascii():
        return _latin(spoken)
    return ""


def _latin(word: str) -> str:
    if _SPELLED.search(word):
        return _LETTERS.get(word[-1].lower(), "vowel")
    low = word.lower()
    return next((end for pattern, end in _SAID if pattern.search(low)), "vowel")
