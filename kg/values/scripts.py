"""The language that the script of a name tells, where nobody says it."""

from __future__ import annotations

import re
from typing import Final

_OF_ONE_LANGUAGE: Final = (
    ("ko", re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa1-\uffdc]")),
    ("ja", re.compile("[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff9d]")),
    ("th", re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]")),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]{2}")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("hy", re.compile("[\u0531-\u0587]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
)
"""Scripts that are used for one language almost alone; α alone stands in names of anything."""
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]{2}")
_BRACKETED: Final = re.compile(r"([^()（）]+)[(（]([^()（）]+)[)）]")
_SHORTEST: Final = 2
HAN: Final = ("ja", "ko", "zh")
"""The languages that a name in Chinese characters alone may be in."""


def language_of(name: str) -> str:
    """The language of a name by its script, "" if that is open.

    Latin, Cyrillic, Arabic and other scripts of many languages tell none.

    >>> language_of("소프트뱅크"), language_of("SBIホールディングス"), language_of("三星")
    ('ko', 'ja', '')
    """
    if name.isascii():
        return ""
    found = [language for language, letters in _OF_ONE_LANGUAGE if letters.search(name)]
    return found[0] if len(found) == 1 else ""


def is_open(name: str) -> bool:
    """Whether a name is in Chinese characters that Japanese, Korean and Chinese share.

    >>> is_open("三星電子"), is_open("SBI")
    (True, False)
    """
    return not name.isascii() and not language_of(name) and _HAN.search(name) is not None


def told_by_script(name: str) -> str:
    """The language of a name where nobody says it, "" if that is open or there seem to be two names."""
    return "" if name.isascii() or two_names(name) else language_of(name)


def two_names(name: str) -> tuple[str, str] | None:
    """The two names of ``SoftBank Group (소프트뱅크그룹)``: one in Latin letters, one not; else None.

    >>> two_names("SoftBank Group (소프트뱅크그룹)"), two_names("삼성전자(주)"), two_names("Apple (US)")
    (('SoftBank Group', '소프트뱅크그룹'), None, None)
    """
    found = None if name.isascii() else _BRACKETED.fullmatch(name)
    if found is None:
        return None
    outside, inside = found[1].strip(), found[2].strip()
    if len(inside) < _SHORTEST or bool(_LATIN.search(outside)) == bool(_LATIN.search(inside)):
        return None
    other = inside if _LATIN.search(outside) else outside
    return (outside, inside) if language_of(other) or is_open(other) else None
