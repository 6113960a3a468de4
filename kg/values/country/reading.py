"""A country in text: ``KR``, ``KOR``, ``한국``, ``South Korea``, ``Korea, Republic of``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from kg.language_tags import primary_language
from kg.values import cldr
from kg.values.characters import LONGEST_NAME, checked, unreadable

NO_COUNTRIES: Final = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ")
)
"""Codes that CLDR names beside those of ISO 3166-1; ``XK`` (Kosovo) is taken, since everybody uses it."""

_FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_FLAG_A: Final = 0x1F1E6
_CODE: Final = re.compile(r"[A-Za-z]{2,3}|[0-9]{3}", re.ASCII)
_TURNED: Final = re.compile(r"([^,]+),\s*(.+)")


@dataclass(frozen=True, slots=True)
class Country:
    """A country, by its two letters of ISO 3166-1."""

    code: str
    assumed: str = ""
    """The word that leaves it open, and was taken for this country; "" if there is none."""


def read(text: str, language: str = "") -> Country:
    """The country that a text names.

    Raises ``Unreadable``: ``country-ambiguous`` with the codes that fit, ``country-unknown``.

    >>> read("대한민국").code, read("North Korea").code, read("Korea").assumed
    ('KR', 'KP', 'Korea')
    """
    return _read(text, language)


def _read(text: str, language: str) -> Country:
    written = unicodedata.normalize("NFKC", checked(text, LONGEST_NAME)).strip()
    language = primary_language(language)
    if _FLAG.fullmatch(written):
        written = "".join(chr(ord(c) - _FLAG_A + ord("A")) for c in written)
    parts = cldr.inside_and_outside(written)
    found = _codes(written, language) or (_codes_of_parts(*parts, language) if parts else ())
    if len(found) == 1:
        return Country(found[0], written if cldr.key(written) in _table()["assumed"] else "")
    if found:
        raise unreadable("country-ambiguous", text, found)
    near = cldr.near(written, _known())
    raise unreadable("country-unknown", text, near, args={"near": near})


def _codes(written: str, language: str) -> tuple[str, ...]:
    """The countries that a word may mean."""
    code = _by_code(written.upper()) if _CODE.fullmatch(written) else None
    if code and not written.istitle():  # "Nga" is Russia in Vietnamese, "NGA" is Nigeria
        return (code,)
    for form in _forms(written):
        if found := _by_name(form, language):
            return found
    return (code,) if code else ()


def _codes_of_parts(outside: str, inside: str, language: str) -> tuple[str, ...]:
    """``Georgia (GE)``: what both parts may mean; nothing if one of them means none."""
    first, second = _codes(outside, language), _codes(inside, language)
    return tuple(code for code in first if code in second) or (first + second if first and second else ())


def _by_code(code: str) -> str | None:
    if code in cldr.territories():
        return code if code not in NO_COUNTRIES else None
    other = cldr.aliases("territory").get(code, ())
    return other[0] if len(other) == 1 and other[0] in cldr.territories() else None


def _forms(written: str) -> list[str]:
    """A name, turned round (``Korea, Republic of``), without what goes with it (``한국 국적``)."""
    found = [written]
    if turned := _TURNED.fullmatch(written):
        found.append(f"{turned[2]} {turned[1]}")
    found += [w for mark in _marks()["before"] if (w := written.removeprefix(mark)) != written]
    found += [w for mark in _marks()["after"] if (w := written.removesuffix(mark)) != written]
    return found


def _by_name(name: str, language: str) -> tuple[str, ...]:
    sought = cldr.key(name)
    return (_known(language).get(sought) or _known().get(sought, ())) if sought else ()


@cache
def _known(language: str = "") -> dict[str, tuple[str, ...]]:
    """Key of a name, in one language or in all -> the countries that it may mean; our table goes first."""
    if language and language not in cldr.LOCALES:
        return {}
    of_cldr = cldr.named("territories", language) if language else cldr.names("territories")
    found = {
        name: kept
        for name, codes in of_cldr.items()
        if (kept := tuple(c for c in codes if c.isalpha() and c not in NO_COUNTRIES))
    }
    table = _table()
    return found | table["names"] | table["people"] | table["assumed"] | table["ambiguous"]


@cache
def _table() -> dict[str, dict[str, tuple[str, ...]]]:
    """The tables of ``names.toml``: key of a name -> codes."""
    toml = _toml()
    made: dict[str, dict[str, tuple[str, ...]]] = {}
    for section in ("names", "people", "assumed"):
        made[section] = {cldr.key(n): (code,) for code, names in toml[section].items() for n in names}
    made["ambiguous"] = {cldr.key(n): tuple(codes) for n, codes in toml["ambiguous"].items()}
    return made


@cache
def _marks() -> dict[str, tuple[str, ...]]:
    return {place: tuple(marks) for place, marks in _toml()["marks"].items()}


@cache
def _toml() -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - read only when the first country is read

    return tomllib.loads((resources.files("kg.values.country") / "names.toml").read_text("utf-8"))


def said(country: Country, language: str) -> str:
    """The name in a language, where it is read as the same country; else the code.

    >>> said(Country("KP"), "ko"), said(Country("GE"), "en")
    ('북한', 'GE')
    """
    name = cldr.territory(country.code, language if language in cldr.LOCALES else "en")
    codes = _codes(name, "")
    return name if codes == (country.code,) and cldr.key(name) not in _table()["assumed"] else country.code
