"""Which languages a text can be in, by its script."""

from __future__ import annotations

import re
from typing import Final

_HANGUL: Final = re.compile("[가-힣ㄱ-ㅎ]")
_KANA: Final = re.compile("[\u3040-\u30ff]")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_OF: Final = {"ko": "hangul", "ja": "kana", "zh": "han", "ru": "cyrillic", "uk": "cyrillic", "bg": "cyrillic"}
"""Languages that are not written in Latin letters."""
_FIRST: Final = ("en", "ko", "ja", "zh")
"""The languages that are tried before the others of their script."""


def of_script(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The known languages that a text's script admits, in the order in which they are tried.

    >>> of_script("약 3억 달러", ("de", "en", "ko", "und", "zh"))
    ('ko',)
    >>> of_script("3亿", ("de", "ja", "zh")), of_script("$5bn", ("de", "en", "ko"))
    (('zh', 'ja'), ('en', 'de'))
    """
    scripts: tuple[str, ...]
    if text.isascii():
        scripts = ("latin",)
    elif _HANGUL.search(text):
        scripts = ("hangul",)
    elif _KANA.search(text):
        scripts = ("kana",)
    elif _HAN.search(text):
        scripts = ("kana", "han") if "円" in text else ("han", "kana")
    elif _CYRILLIC.search(text):
        scripts = ("cyrillic",)
    else:
        scripts = ("latin",)
    ranked = sorted(known, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    return tuple(
        name for script in scripts for name in ranked if name != "und" and _OF.get(name, "latin") == script
    )
