"""The vocabulary of money, made ready for the scanner once for each language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kg.language_tags import primary_language
from kg.values.numeral import NUMBER
from kg.values.scanner import scanner
from kg.values.vocabulary import ANY, of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.values.vocabulary import Token

MERE_WORDS: Final = frozenset({"label", "filler", "change", "each", "each-of", "each-one", "per", "numbered"})
"""Kinds whose words say little about the language of a text: many are in several tables."""
SECTIONS: Final = ("money", "mark", "number")
_JAPANESE: Final = "ja"
_NAMED: Final = frozenset({"currency", "assumed"})
_KOREAN: Final = "ko"
_HANGUL: Final = re.compile("[가-힣]")
_TAG: Final = 2


@of_tables
def _known() -> dict[str, Any]:
    known: dict[str, Any] = tables()[ANY]["currency"]
    return known


@of_tables
def codes() -> frozenset[str]:
    """The currency codes of ISO 4217, and some that are no longer in use."""
    return frozenset(tables()[ANY]["money"]["code"])


@of_tables
def groups_by_point() -> frozenset[str]:
    """The currencies of which ``12.500`` is twelve thousand: no smaller unit is in use."""
    return frozenset(_known()["whole"])


@of_tables
def tenths_after() -> frozenset[str]:
    """The words after which a lone digit counts tenths: 9块9."""
    return frozenset(_known()["tenths-after"])


@of_tables
def plain_units() -> frozenset[str]:
    """The words that count any currency which is named before the number: 美金300萬元."""
    return frozenset(_known()["plain-units"])


@of_tables
def plus() -> frozenset[str]:
    """What may add a tax to an amount, where no bound is meant: + VAT."""
    return frozenset(_known()["plus"])


@of_tables
def thousand_before() -> frozenset[str]:
    """The letters that are a thousand where a currency is joined to them: TEUR, TSEK."""
    return frozenset(_known()["thousand-before"])


@of_tables
def keeps(language: str) -> frozenset[str]:
    """The words that stay those of a language, whatever other words its text has: billion."""
    table = tables().get(primary_language(language), {})
    return frozenset(table.get("language", {}).get("keeps", ()))


@of_tables
def taxes() -> frozenset[str]:
    """The labels of taxes that come on top of an amount."""
    return frozenset(_known()["tax"])


@of_tables
def rated() -> tuple[str, ...]:
    """How words begin that say in which currency a rate is, right after its number: 150円換算."""
    return tuple(
        sorted(word for table in tables().values() for word in table.get("label", {}).get("rated", ()))
    )


@of_tables
def rate_names() -> tuple[str, ...]:
    """The words that a rate follows: 환율 1450원."""
    return tuple(
        sorted(word for table in tables().values() for word in table.get("label", {}).get("rate", ()))
    )


@of_tables
def of_which(name: str) -> frozenset[str]:
    """The words of a part of an amount in brackets after the whole.

    ``part``: what it begins with (うち, of which); ``part-end``: what it ends with (포함).
    """
    return frozenset(word for table in tables().values() for word in table.get("label", {}).get(name, ()))


@of_tables
def counters() -> frozenset[str]:
    """What a number in brackets after an amount counts, where it is none: %, 주, 명."""
    words = (word for table in tables().values() for word in table.get("label", {}).get("counts", ()))
    return frozenset({"%", *words})


@of_tables
def ends(name: str) -> tuple[str, ...]:
    """The words of a list of ``[label]``, of all languages, that other words may end with."""
    return tuple(sorted({w for table in tables().values() for w in table.get("label", {}).get(name, ())}))


@of_tables
def _digits() -> dict[str, int]:
    return {code: int(count) for count, found in _known()["digits"].items() for code in found}


def minor_digits(currency: str) -> int:
    """How many decimals an amount in the currency has: 0, 2 or 3."""
    return _digits().get(currency, 2)


@of_tables
def family(currency: str) -> frozenset[str]:
    """The other currencies that the symbol or word of this one may stand for."""
    return frozenset(_known()["family"].get(currency, ()))


@of_tables
def home(language: str) -> str:
    """The currency of the region or language of a BCP 47 tag, "" if there is none.

    >>> home("en-AU"), home("da"), home("zh-Hant"), home("en")
    ('AUD', 'DKK', 'TWD', '')
    """
    main, *rest = language.split("-")
    region = next((tag.upper() for tag in rest if len(tag) == _TAG), "")
    script = next((tag.title() for tag in rest if len(tag) > _TAG), "")
    homes: dict[str, str] = _known()["home"]
    return homes.get(region) or homes.get(f"{main.lower()}-{script}") or homes.get(main.lower(), "")


def speech(currency: str) -> str:
    """The language that the name of a currency tells, "" if it tells none."""
    told: str = _known()["speech"].get(currency, "")
    return told


def spoken(tokens: Iterable[Token]) -> str:
    """The language of a text that nobody has named, or "": Hangul is Korean, and 円 or ドル Japanese."""
    found = list(tokens)
    if any(_HANGUL.match(token.text) for token in found):
        return _KOREAN
    named = {token.language for token in found if token.kind in _NAMED} - {""}
    return _JAPANESE if named == {_JAPANESE} else ""


def scan(language: str) -> Callable[[str], list[Token]]:
    """The scanner for amounts; words of ``language`` win where languages differ."""
    return scanner(SECTIONS, NUMBER, language)
