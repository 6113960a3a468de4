"""Language tags (BCP 47): their shape, and the codes that are easily taken for one another."""

from __future__ import annotations

import re
from typing import Final

PATTERN: Final = "^([A-Za-z]{2,3}|[xX]-[A-Za-z0-9]{1,8})(-[A-Za-z0-9]{1,8})*$"
"""No language has a code of more than three letters, https://www.rfc-editor.org/rfc/rfc5646#section-2.2.1"""

_LONGEST: Final = 64
_SHAPE: Final = re.compile(PATTERN, re.ASCII)
_TWO_LETTERS: Final = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu
    hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb
    lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om
    or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905 - a list of 184 strings is not easier to read
)
"""ISO 639-1."""

_COUNTRIES: Final = {
    "cn": "zh", "cz": "cs", "dk": "da", "gb": "en", "gr": "el", "jp": "ja", "kp": "ko", "kr": "ko",
    "ua": "uk", "us": "en", "vn": "vi",
}  # fmt: skip
"""Codes of countries -> the languages that are meant by them. ``kr`` is also Kanuri, which is ``kau`` too."""


def primary_language(tag: str) -> str:
    """The language of a tag, whatever the script or the region.

    >>> primary_language("zh-Hant-TW"), primary_language("EN")
    ('zh', 'en')
    """
    return tag.partition("-")[0].lower()


def is_tag(text: str) -> bool:
    """Whether ``text`` is a language tag; a country's code is none.

    >>> is_tag("ko"), is_tag("zh-Hant-TW"), is_tag("fil"), is_tag("x-klingon")
    (True, True, True, True)
    >>> is_tag("kr"), is_tag("jp"), is_tag("korean"), is_tag("korean language"), is_tag("")
    (False, False, False, False, False)
    """
    if len(text) > _LONGEST or _SHAPE.fullmatch(text) is None:
        return False
    first = primary_language(text)
    return first not in _COUNTRIES and (len(first) != 2 or first in _TWO_LETTERS)  # noqa: PLR2004 - ISO 639-1


def meant(text: str) -> tuple[str, ...]:
    """The tag that was probably meant.

    >>> meant("kr"), meant("Korean"), meant("qq")
    (('ko',), ('ko',), ())
    """
    lower = text.lower()
    words = {"korean": "ko", "english": "en", "japanese": "ja", "chinese": "zh", "한국어": "ko", "영어": "en"}
    found = _COUNTRIES.get(lower.partition("-")[0]) or words.get(lower)
    return (found,) if found else ()
