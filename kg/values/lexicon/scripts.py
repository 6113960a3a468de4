"""Which languages a text can be in, by its script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_HANGUL: Final = re.compile("[가-힣ㄱ-ㅎ]")
_KANA: Final = re.compile("[\u3040-\u30ff]")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_OF: Final = {"ko": "hangul", "ja": "kana", "zh": "han", "ru": "cyrillic", "uk": "cyrillic", "bg": "cyrillic"}
"""Languages that are not written in Latin letters."""
_FIRST: Final = ("en", "ko", "ja", "zh")
"""The languages that are tried before the others of their script."""
_WITH: Final = {"han": ("han", "kana"), "kana": ("kana", "han")}
"""Scripts whose characters another one shares."""


def script(text: str) -> str:
    """The script of a text; ``円`` is for Han characters in Japanese.

    >>> script("약 3억 달러"), script("3亿"), script("500万円"), script("$5bn")
    ('hangul', 'han', 'kana', 'latin')
    """
    if text.isascii():
        return "latin"
    if _HANGUL.search(text):
        return "hangul"
    if _KANA.search(text):
        return "kana"
    if _HAN.search(text):
        return "kana" if "円" in text else "han"
    return "cyrillic" if _CYRILLIC.search(text) else "latin"


def is_in_script(language: str, name: str) -> bool:
    """Whether a language is written in a script.

    >>> is_in_script("ja", "han"), is_in_script("ko", "latin")
    (True, False)
    """
    return _OF.get(language, "latin") in _WITH.get(name, (name,))


def of_script(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known languages that are written in a script, in the order in which they are tried.

    >>> of_script("han", ("de", "ja", "zh")), of_script("latin", ("de", "en", "ko", "und"))
    (('zh', 'ja'), ('en', 'de'))
    """
    ranked = sorted(known, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    return tuple(
        language
        for one in _WITH.get(name, (name,))
        for language in ranked
        if language != "und" and _OF.get(language, "latin") == one
    )
