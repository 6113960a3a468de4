"""A language in text: ``ko``, ``kor``, ``ko_kr``, ``한국어``, ``Korean``, ``Korean (ko)``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from kg.language_tags import is_tag, meant, primary_language
from kg.values import cldr
from kg.values.characters import LONGEST_NAME, checked, unreadable

_TAG: Final = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:[-_](?P<script>[A-Za-z]{4}))?(?:[-_](?P<region>[A-Za-z]{2}|[0-9]{3}))?"
    r"(?P<more>(?:[-_][A-Za-z0-9]{1,8})*)",
    re.ASCII,
)
"""The tags of RFC 5646 but for extended languages and those that are only private; ``_`` as in locales."""
_PRIVATE: Final = re.compile(r"[xX](?:-[A-Za-z0-9]{1,8})+", re.ASCII)
_LONGEST: Final = 64


@dataclass(frozen=True, slots=True)
class Language:
    """A language, with script and region as far as they are said."""

    tag: str
    """BCP 47, in the usual case of letters: ``zh-Hant-TW``."""
    known: bool = True
    """Whether CLDR has a name for the language; if not, the code may be a slip."""


def read(text: str, language: str = "") -> Language:
    """The language that a text names; ``language`` is that of the text.

    Raises ``Unreadable``: ``language-tag`` for the code of a country and the like,
    ``language-ambiguous`` with the tags that fit, ``language-name``.

    >>> read("한국어").tag, read("kor").tag, read("ZH_hant_tw").tag
    ('ko', 'ko', 'zh-Hant-TW')
    """
    return _read(text, language)


def _read(text: str, language: str) -> Language:
    written = unicodedata.normalize("NFKC", checked(text, LONGEST_NAME)).strip()
    language = primary_language(language)
    if found := by_tag(written):
        return found
    codes = _codes(written, language)
    parts = cldr.inside_and_outside(written)
    if not codes and parts:
        first, second = (_codes(part, language) or _tags(part) for part in parts)
        codes = tuple(tag for tag in first if tag in second) or (first + second if first and second else ())
    if len(codes) == 1:
        return Language(codes[0])
    if codes:
        raise unreadable("language-ambiguous", text, codes)
    if near := meant(written):
        raise unreadable("language-tag", text, near, args={"near": near})
    near = cldr.near(written, _known())
    raise unreadable("language-name", text, near, args={"near": near})


def _tags(text: str) -> tuple[str, ...]:
    found = by_tag(text)
    return (found.tag,) if found else ()


def by_tag(text: str) -> Language | None:
    """The canonical form of a language tag, or None if the text is none."""
    if len(text) > _LONGEST:
        return None
    if _PRIVATE.fullmatch(text):
        return Language(text.lower())
    found = _TAG.fullmatch(text)
    if found is None:
        return None
    primary = found["language"].lower()
    script, region = (found["script"] or "").title(), (found["region"] or "").upper()
    aliases = cldr.aliases("language")
    if primary not in cldr.languages() and primary not in aliases and not is_tag(primary):
        return None
    if other := aliases.get("_".join(filter(None, (primary, region)))) if region else None:
        primary, region = other[0], ""
    first, *rest = aliases.get(primary, (primary,))[0].split("_")
    script = script or next((part for part in rest if len(part) == len("Latn")), "")
    regions = cldr.aliases("territory").get(region, (region,))
    region = regions[0] if len(regions) == 1 else region
    more = found["more"].replace("_", "-").lower()
    tag = "-".join(filter(None, (first.replace("_", "-"), script, region))) + more
    return Language(tag, first in cldr.languages() and (primary in aliases or is_tag(primary)))


def _codes(name: str, language: str) -> tuple[str, ...]:
    sought = cldr.key(name)
    if not sought:
        return ()
    own = _named(language).get(sought, ()) if language in cldr.LOCALES else ()
    return own or _known().get(sought, ())


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """Key of a name -> the tags that it may mean; our own table goes first."""
    import tomllib  # noqa: PLC0415 - read only when the first name is read

    text = (resources.files("kg.values.language") / "names.toml").read_text("utf-8")
    own = {cldr.key(n): (tag,) for tag, names in tomllib.loads(text)["names"].items() for n in names}
    return {name: _hyphens(tags) for name, tags in cldr.names("languages").items()} | own


@cache
def _named(locale: str) -> dict[str, tuple[str, ...]]:
    return {name: _hyphens(tags) for name, tags in cldr.named("languages", locale).items()}


def _hyphens(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tag.replace("_", "-") for tag in tags)


def said(language: Language, in_language: str) -> str:
    """The name in a language, where it is read as the same tag; else the tag.

    >>> said(Language("ko"), "ko"), said(Language("zh-Hant-TW"), "en")
    ('한국어', 'zh-Hant-TW')
    """
    name = cldr.language(language.tag, in_language if in_language in cldr.LOCALES else "en")
    return name if name and by_tag(name) is None and _codes(name, "") == (language.tag,) else language.tag
