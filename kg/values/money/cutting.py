"""Text cut into the tokens of an amount: scanned, then rewritten step by step.

A step is a rule for words that say together what they don't say alone. It is taken where one of its kinds of
token is found, so that most texts meet few of them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kg.language_tags import primary_language
from kg.values.denials import is_told
from kg.values.money import amid, beginnings, counted, each
from kg.values.money.brackets import negative, with_minus, without_earlier, without_gloss, without_inset
from kg.values.money.captions import captioned
from kg.values.money.compounds import labelled
from kg.values.money.conversion import with_about
from kg.values.money.countries import joined
from kg.values.money.dashes import marked, opened, unlisted, with_nothing, without_dash
from kg.values.money.endings import without_remarks
from kg.values.money.grown import without_growth, without_size
from kg.values.money.lone import own, whole_words
from kg.values.money.rates import without_rates
from kg.values.money.rest import without_asides, without_rest
from kg.values.money.scales import pointed, thousands, unlinked, with_one, without_counters
from kg.values.money.taxed import with_tax
from kg.values.money.vocabulary import MERE_WORDS, keeps, scan, speech, spoken
from kg.values.notes import without_note
from kg.values.steps import Step, rewritten
from kg.values.vocabulary import BASE, habit, of_tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.values.vocabulary import Token

_ENGLISH: Final = "en"
_UNKNOWN: Final = frozenset({"unknown"})
_OPEN: Final = frozenset({"open"})
_RANGE: Final = frozenset({"range"})


def tokens(text: str, language: str) -> list[Token]:
    """The tokens of an amount.

    A word that only another language has tells that the text is in that language, where
    others of its words may mean something else: *mil* is a thousand in Spanish.
    """
    found = scan(language)(text)
    told = _told(found, language)
    if told and not any(token.text in keeps(language) for token in found):
        found = scan(told)(text)
    main = primary_language(language)
    if not main and (main := spoken(found)):
        found = scan(main)(text)
    return rewritten(found, _steps(main or _english(found)))


def _english(tokens: Iterable[Token]) -> str:
    """``en`` where all words that are known are English, "" otherwise."""
    known = {token.language for token in tokens} - {""}
    return _ENGLISH if known == {_ENGLISH} else ""


@of_tables
def _steps(language: str) -> tuple[Step, ...]:
    """The rules for texts in a language, "" if nobody knows in which; each sees what those before it left."""
    caption = [Step(_UNKNOWN, partial(captioned, language=language))] if habit("captions", language) else []
    rest = [
        Step(_UNKNOWN, partial(without_rest, language=language)),
        Step(_OPEN, partial(without_asides, language=language)),
        Step(amid.KINDS, partial(amid.amid_words, language=language)),
    ]
    lone = [Step(None, partial(own, main=language))] if language else []
    wave = [Step(_RANGE, opened)] if habit("wave", language) else []
    return (
        Step(frozenset({"multiple"}), partial(thousands, language=language)),
        Step(frozenset({"scale"}), without_counters),
        Step(MERE_WORDS, partial(unlinked, language=language)),
        Step(_UNKNOWN, without_note),
        *lone,
        Step(frozenset({"digit"}), pointed),
        Step(_OPEN, without_earlier),
        Step(frozenset({"digits"}), counted.dated),
        Step(_UNKNOWN, whole_words),
        Step(frozenset({"unknown", "country"}), without_remarks),
        Step(counted.KINDS | {"unknown", "each-one", "each"}, counted.joined),
        Step(each.KINDS | _UNKNOWN, each.joined),
        Step(frozenset({"article"}), each.at_end),
        Step(frozenset({"vague"}), without_size),
        Step(frozenset({"digits"}), without_growth),
        Step(beginnings.MARKS, partial(beginnings.parted, language=language)),
        Step(frozenset({"unknown", "country", "digit"}), labelled),
        *caption,
        *(rest if is_told(language) else ()),
        Step(frozenset({"digits"}), without_rates),
        Step(frozenset({"convert-about"}), with_about),
        Step(frozenset({"bound"}), with_tax),
        Step(frozenset({"country"}), joined),
        Step(_OPEN, without_inset),
        Step(_OPEN, without_gloss),
        Step(_OPEN, with_minus),
        Step(_OPEN, negative),
        Step(frozenset({"minus"}), unlisted),
        Step(_RANGE, with_nothing),
        *wave,
        Step(_RANGE, marked),
        Step(_RANGE, without_dash),
        Step(frozenset({"scale"}), with_one),
    )


def _told(tokens: list[Token], language: str) -> str:
    """The other language that a word of the text belongs to alone, "" if there is none."""
    main = primary_language(language)
    english = bool(main) or any(token.language == "en" for token in tokens)
    for token in tokens:
        if english and token.kind in MERE_WORDS:
            continue  # "obligations" is in the French table, too
        other = token.language
        if token.kind == "currency" and not other:
            other = speech(token.value)
        if other and other != main and other not in BASE:
            return other
    return ""
