"""Names of countries and languages in several languages, from Unicode's CLDR by way of babel."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.values.nearest import close

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALES: Final = (
    *("en", "ko", "ja", "zh", "zh_Hant", "de", "fr", "es", "it", "pt", "ru", "nl", "sv", "pl", "tr", "vi"),
    *("id", "ar", "cs", "da", "fi", "nb", "uk", "th", "el", "he", "hu"),
)
"""The languages in which names are known; the first are asked first where they differ."""

_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_NO_MARKS: Final = {code: None for code in range(128) if not chr(code).isalnum()}
_WHOLE: Final = re.compile("[가-힣\u3400-\u4db5\u4e00-\u9fa5ァ-ヴ]+")
"""Names that are compared as they are written."""
_BRACKETED: Final = re.compile(r"([^()（）]+)[(（]([^()（）]+)[)）]")


def key(name: str) -> str:
    """The form in which names are compared: no case, accents, spaces or punctuation.

    >>> key("Côte d’Ivoire"), key("대한 민국")
    ('cotedivoire', '대한민국')
    """
    if name.isascii():
        return name.lower().translate(_NO_MARKS)
    if _WHOLE.fullmatch(name):
        return name
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", name.casefold()))
    return "".join(c for c in unicodedata.normalize("NFKC", bare) if unicodedata.category(c)[0] in "LMN")


def inside_and_outside(text: str) -> tuple[str, str] | None:
    """The two parts of ``Georgia (GE)``, or None.

    >>> inside_and_outside("Georgia (GE)")
    ('Georgia', 'GE')
    """
    found = _BRACKETED.fullmatch(text.strip())
    return (found[1].strip(), found[2].strip()) if found else None


def territory(code: str, locale: str) -> str:
    """The name of a country in a locale, "" if there is none."""
    return _of("territories", locale).get(code, "")


def language(tag: str, locale: str) -> str:
    """The name of a language in a locale, "" if there is none."""
    return _of("languages", locale).get(tag.replace("-", "_"), "")


@cache
def territories() -> frozenset[str]:
    """All codes of two letters that CLDR has a name for."""
    return frozenset(code for code in _of("territories", "en") if code.isalpha())


@cache
def languages() -> frozenset[str]:
    """All languages that CLDR has a name for, as tags of one subtag."""
    return frozenset(tag for tag in _of("languages", "en") if "_" not in tag)


@cache
def aliases(kind: str) -> dict[str, tuple[str, ...]]:
    """Other codes -> those that they stand for; ``kind`` is ``territory`` or ``language``.

    >>> aliases("territory")["KOR"], aliases("language")["iw"]
    (('KR',), ('he',))
    """
    from babel.core import get_global  # noqa: PLC0415 - only when a code is looked up

    found = {"territory": get_global("territory_aliases"), "language": get_global("language_aliases")}[kind]
    return {code: (to,) if isinstance(to, str) else tuple(to) for code, to in found.items()}


def near(name: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The codes whose names are like a name that is not known, nearest first; they begin alike."""
    sought = key(name)
    alike = (
        [k for k in known if k[0] == sought[0] and abs(len(k) - len(sought)) < len(sought)] if sought else []
    )
    return tuple(dict.fromkeys(code for found in close(sought, alike) for code in known[found]))


@cache
def names(kind: str) -> dict[str, tuple[str, ...]]:
    """Key of a name -> the codes that it may mean: those of the first locale that has it.

    ``kind`` is ``territories`` or ``languages``.
    """
    found: dict[str, tuple[str, ...]] = {}
    for locale in reversed(LOCALES):
        found |= named(kind, locale)
    return found


@cache
def named(kind: str, locale: str) -> dict[str, tuple[str, ...]]:
    """The same of one locale; a part before or in brackets is a name too, if nothing else is called so."""
    whole: dict[str, dict[str, None]] = {}
    parts: dict[str, dict[str, None]] = {}
    for code, name in _of(kind, locale).items():
        whole.setdefault(key(name), {})[code] = None
        for part in inside_and_outside(name) or ():
            parts.setdefault(key(part), {})[code] = None
    return {form: tuple(codes) for form, codes in (parts | whole).items()}


@cache
def _of(kind: str, locale: str) -> Mapping[str, str]:
    from babel import Locale  # noqa: PLC0415 - only when a name is looked up

    found: Mapping[str, str] = getattr(Locale.parse(locale), kind)
    return found
