"""Text cut into the tokens of an amount.

A country's name before that of a currency says which one is meant: ``UAE 디르함``, ``印ルピー``.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from kg.values.characters import is_dash
from kg.values.interval.side import MINUS
from kg.values.money import beginnings, counted, each
from kg.values.money.captions import captioned
from kg.values.money.compounds import labelled
from kg.values.money.grown import without_growth
from kg.values.money.rates import without_rates
from kg.values.money.side import CURRENCIES
from kg.values.money.taxed import with_tax
from kg.values.money.vocabulary import MERE_WORDS, family, keeps, large, scan, speech, spoken
from kg.values.notes import without_note
from kg.values.numeral import KINDS as NUMBERS
from kg.values.numeral import NUMBER
from kg.values.scanner import scanner
from kg.values.vocabulary import BASE, Token, habit

_SIGNS: Final = frozenset({"currency", "assumed"})
_NOT_EXACT: Final = frozenset({"approximate", "bound"})
_CHINESE: Final = "zh"
_JAPANESE: Final = "ja"
_OF_HAN: Final = frozenset({"ja", "zh"})
_LONE: Final = re.compile("[\u3400-\u9fff]")
_KEPT: Final = NUMBERS | CURRENCIES | {"country"}
_KATAKANA: Final = re.compile("[ァ-ヺー]+")
_NAME: Final = re.compile("[ァ-ヺー\u3400-\u9fff]+")
_LETTERS: Final = frozenset({"multiple", "article"})
_DOT: Final = "・"
_IN_WORDS: Final = frozenset({"digit", "group"})
_FIGURES: Final = frozenset({"digits", "digit", "count", "half", "fraction"})
_LABELS: Final = frozenset({"label", "filler"})
_WAVES: Final = frozenset("~∼〜")
_WORDS: Final = frozenset({"label", "filler", "unknown"})
_ABBREVIATION: Final = re.compile("[A-Z][A-Za-z&]{0,7}")
_COUNTERS: Final = frozenset("个個")
_REMARK: Final = 2
_LARGE: Final = 8
"""The power of a scale that is counted: 亿."""
_LOWER: Final = frozenset({">", ">="})


def tokens(text: str, language: str) -> list[Token]:
    """The tokens of an amount.

    A word that only another language has tells that the text is in that language, where
    others of its words may mean something else: *mil* is a thousand in Spanish.
    """
    found = scan(language)(text)
    told = _told(found, language)
    if told and not any(token.text in keeps(language) for token in found):
        found = scan(told)(text)
    main = language.partition("-")[0].lower()
    if not main and (main := spoken(found)):
        found = scan(main)(text)
    found = _own(without_note(_without_counters(found)), main)
    found = _words(_pointed(found), text, main)
    return _signs(captioned(found) if habit("captions", main) else found, main)


def _own(tokens: list[Token], main: str) -> list[Token]:
    """The tokens without lone characters of Han that are words in another language only: the 料 of 出演料."""
    if main not in _OF_HAN:
        return tokens
    return [
        token._replace(kind="unknown", language="")
        if token.language not in {"", main} and token.kind not in _KEPT and _LONE.fullmatch(token.text)
        else token
        for token in tokens
    ]


def _pointed(found: list[Token]) -> list[Token]:
    """``一・五兆円``: a dot between digits in words parts the fraction."""
    for at in range(1, len(found) - 1):
        if found[at].text == _DOT and found[at - 1].kind in _IN_WORDS and found[at + 1].kind == "digit":
            found[at] = found[at]._replace(kind="point")
    return found


def _without_counters(found: list[Token]) -> list[Token]:
    """3个亿: between a number and a large scale the counter says nothing."""
    return [
        token
        for at, token in enumerate(found)
        if token.text not in _COUNTERS or not 0 < at < len(found) - 1 or not _counts(*found[at - 1 : at + 2])
    ]


def _counts(number: Token, counter: Token, scale: Token) -> bool:
    """Whether a counter stands amid a number, with no space around it."""
    close = number.end == counter.start and counter.end == scale.start
    return close and number.kind in NUMBERS and scale.kind == "scale" and scale.value >= _LARGE


def _words(found: list[Token], text: str, language: str) -> list[Token]:
    """The tokens with words put together that say one thing: when, of each, of what."""
    if len(found) > 2 and "digits" in {*(token.kind for token in found[:3]), found[-1].kind}:  # noqa: PLR2004 - an amount, and when
        found = counted.dated(found)
    kinds = {token.kind for token in found}
    if "unknown" in kinds:
        found = _whole_words(found)
    if kinds & counted.KINDS or (kinds & {"unknown", "each-one", "each"} and "digits" in kinds):
        found = counted.joined(found)
        kinds = {token.kind for token in found}
    if kinds & each.KINDS or ("/" in text and "unknown" in kinds):
        found = each.joined(found)
        kinds = {token.kind for token in found}
    if "vague" in kinds and kinds & CURRENCIES and kinds & NUMBERS:
        found = [token._replace(kind="filler") if token.text in large() else token for token in found]
    found = without_growth(found)
    if kinds & beginnings.MARKS:
        found = beginnings.parted(found, language)
        kinds = {token.kind for token in found}
    named = kinds & {"unknown", "country"} or {"digit", "label"} <= kinds
    return labelled(found) if named else found


def _whole_words(tokens: list[Token]) -> list[Token]:
    """The tokens without currencies and scales that are parts of names: ディズニーランド, ソフトバンクG."""
    return [
        token._replace(kind="unknown", language="")
        if (at and token.kind in CURRENCIES and _continues(tokens[at - 1], token)) or _is_initial(tokens, at)
        else token
        for at, token in enumerate(tokens)
    ]


def _is_initial(tokens: list[Token], at: int) -> bool:
    """Whether a letter that counts elsewhere is one of a name in Kana or Han: A社, ソフトバンクG."""
    token = tokens[at]
    if token.kind not in _LETTERS or len(token.text) > 1 or not token.text.isascii():
        return False
    before, after = tokens[at - 1 : at], tokens[at + 1 : at + 2]
    if before and before[0].end == token.start:
        return before[0].kind == "unknown" and _NAME.fullmatch(before[0].text) is not None
    named = bool(after) and after[0].kind == "unknown" and after[0].start == token.end
    return named and _NAME.fullmatch(after[0].text) is not None


def _continues(before: Token, token: Token) -> bool:
    """Whether a word in Katakana goes on in the token after it."""
    kana = _KATAKANA.fullmatch(before.text) and _KATAKANA.fullmatch(token.text)
    return before.kind == "unknown" and before.end == token.start and kana is not None


def _signs(found: list[Token], language: str) -> list[Token]:
    """The tokens with what says more together than by itself: signs, brackets, countries."""
    kinds = {token.kind for token in found}
    if any(token.text == "1" for token in found):
        found = without_rates(found)
    if "convert-about" in kinds:
        found = [part for token in found for part in _converting(token)]
    if "bound" in kinds and "label" in kinds:
        found = with_tax(found)
    if "country" in kinds:
        found = joined(found)
    if "open" in kinds:
        found = _without_gloss(_without_inset(found))
        found = _negative(_with_minus(found))
    if "range" in kinds:
        found = _without_dash(_marked(_opened(_with_nothing(found), language)))
    return _with_one(found) if "scale" in kinds else found


def _with_nothing(tokens: list[Token]) -> list[Token]:
    """``－百万円``: in Japanese accounts a dash before the unit alone is no minus, but says "none"."""
    if tokens[0].text not in MINUS or any(token.kind in _FIGURES for token in tokens) or len(tokens) == 1:
        return tokens
    return [tokens[0]._replace(kind="nothing"), *tokens[1:]] if tokens[1].language == _JAPANESE else tokens


def _opened(tokens: list[Token], language: str) -> list[Token]:
    """``〜500万円``: where a language uses the sign for "from … to", it is "to" with no number before it."""
    at = next((n for n, token in enumerate(tokens) if token.kind not in _LABELS and token.text != ":"), 0)
    if tokens[at].text in _WAVES and habit("wave", language):
        return [*tokens[:at], tokens[at]._replace(kind="bound", value="<="), *tokens[at + 1 :]]
    return tokens


def _marked(tokens: list[Token]) -> list[Token]:
    """``- $44.99`` may be an item of a list: a hyphen with a space after it, at the beginning."""
    if len(tokens) < 2 or tokens[0].text not in MINUS or tokens[0].end == tokens[1].start:  # noqa: PLR2004
        return tokens
    return [tokens[0]._replace(kind="unknown"), *tokens[1:]]


def _without_dash(tokens: list[Token]) -> list[Token]:
    """``￥120,000-``: a dash at the end, or that of a bracket, says that nothing more comes."""
    end = len(tokens) - (tokens[-1].kind == "close")
    if [token.kind for token in tokens[-4:]] == ["range", "open", "label", "close"]:
        end -= _REMARK  # ￥120,000-(税込)
    last = tokens[max(end - 3, 0) : end]
    if [token.kind for token in last[1:]] != ["digits", "range"] or last[0].kind not in _SIGNS:
        return tokens
    alone = _LABELS.issuperset(token.kind for token in tokens[: end - 3]) or tokens[end - 4].kind == "open"
    glued = last[1].end == last[2].start and is_dash(last[2].text)
    return tokens[: end - 1] + tokens[end:] if alone and glued else tokens


def _negative(tokens: list[Token]) -> list[Token]:
    """``$(3.2) million``: accounts write what is below zero in brackets, right after the currency."""
    for at, (sign, start, digits, end) in enumerate(
        zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False)
    ):
        if (start.kind, digits.kind, end.kind) != ("open", "digits", "close") or sign.kind not in _SIGNS:
            continue
        if sign.end == start.start and not sign.text[-1].isalpha():
            minus = start._replace(kind="minus", value="-")
            return [*tokens[: at + 1], minus, digits, *tokens[at + 4 :]]
    return tokens


def _without_gloss(tokens: list[Token]) -> list[Token]:
    """``기업가치(EV) 1조원``: an abbreviation in brackets right after a label belongs to it."""
    for at, (label, start, short, end) in enumerate(
        zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False)
    ):
        kinds = (start.kind, short.kind, end.kind)
        named = label.kind in {"label", "filler"} and label.end == start.start
        if named and kinds == ("open", "unknown", "close") and _ABBREVIATION.fullmatch(short.text):
            return [*tokens[:at], label._replace(end=end.end), *tokens[at + 4 :]]
    return tokens


def _without_inset(tokens: list[Token]) -> list[Token]:
    """``권면(전자등록)총액``: a word in brackets within a compound that is a label belongs to it."""
    for at in range(len(tokens) - 4):
        run = tokens[at : at + 5]
        word, start, inner, end, last = run
        glued = all(left.end == right.start for left, right in pairwise(run))
        kinds = (start.kind, end.kind, last.kind)
        if glued and kinds == ("open", "close", "label") and {word.kind, inner.kind} <= _WORDS:
            return [*tokens[:at], word._replace(kind="label", end=last.end), *tokens[at + 5 :]]
    return tokens


def _with_minus(tokens: list[Token]) -> list[Token]:
    """``(-)120억원``: a minus in brackets by itself is that of the number after it."""
    for at, (start, sign, end) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if (start.kind, end.kind) == ("open", "close") and (sign.kind == "minus" or sign.text in MINUS):
            minus = sign._replace(kind="minus", start=start.start, end=end.end)
            return [*tokens[:at], minus, *tokens[at + 3 :]]
    return tokens


def _converting(token: Token) -> tuple[Token, ...]:
    """约合 is two things: the same amount in another currency, and about."""
    if token.kind != "convert-about":
        return (token,)
    return token._replace(kind="convert", end=token.start), token._replace(kind="approximate", value=True)


def _with_one(tokens: list[Token]) -> list[Token]:
    """近亿元, 超亿元: in Chinese a large scale after a bound or "about" is one of it."""
    found: list[Token] = []
    number = False
    for token in tokens:
        before = found[-1].kind if found else ""
        alone = token.kind == "scale" and token.language == _CHINESE and not number
        if alone and (before in _NOT_EXACT or (not found and _is_at_least(tokens))):
            found.append(Token("digits", "1", "1", token.start, token.start))
        number = token.kind in NUMBERS or (number and token.kind in _NOT_EXACT)
        found.append(token)
    return found


def _is_at_least(tokens: list[Token]) -> bool:
    """亿元以上: a scale, currencies, and a lower bound."""
    kinds = {token.kind for token in tokens[1:-1]}
    last = tokens[-1]
    return bool(kinds) and kinds <= _SIGNS and last.kind == "bound" and last.value in _LOWER


def _told(tokens: list[Token], language: str) -> str:
    """The other language that a word of the text belongs to alone, "" if there is none."""
    main = language.partition("-")[0].lower()
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


def joined(tokens: list[Token]) -> list[Token]:
    """The tokens with countries joined to the currencies after them; alone they say nothing."""
    found: list[Token] = []
    for at, token in enumerate(tokens := _named_after(tokens)):
        before = found[-1] if found else None
        if token.text == _DOT and _is_country_of(before, tokens[at + 1 : at + 2]):
            continue
        if before is not None and before.kind == "country" and _may_be(token, before.value):
            found[-1] = before._replace(kind="currency", end=token.end)
        else:
            found.append(token)
    return [part for token in found for part in (_number_in(token) if token.kind == "country" else (token,))]


def _number_in(token: Token) -> list[Token]:
    """``오만원``: fifty thousand won, though Oman is written so too; of other countries nothing is known."""
    words = scanner(("number",), NUMBER, token.language)(token.text)
    if not all(word.kind in NUMBERS for word in words):
        return [token._replace(kind="unknown")]
    return [word._replace(start=token.start + word.start, end=token.start + word.end) for word in words]


def _is_country_of(before: Token | None, following: list[Token]) -> bool:
    """``サウジアラビア・リヤル``: whether a dot stands between a country and its currency."""
    if before is None or before.kind != "country" or not following:
        return False
    return _may_be(following[0], before.value)


def _named_after(tokens: list[Token]) -> list[Token]:
    """``200億ペソ(フィリピン)``: the country of a currency in brackets after it."""
    kinds = [token.kind for token in tokens]
    for at in range(1, len(tokens) - 2):
        sign, country = tokens[at - 1], tokens[at + 1]
        if kinds[at : at + 3] == ["open", "country", "close"] and _may_be(sign, country.value):
            return [
                *tokens[: at - 1],
                sign._replace(kind="currency", value=country.value),
                *tokens[at + 3 :],
            ]
    return tokens


def _may_be(token: Token, currency: str) -> bool:
    """Whether the name of a currency may stand for that of the country."""
    if token.kind == "unsure":
        return currency in token.value
    named = token.kind in {"currency", "assumed"}
    return named and (token.value == currency or currency in family(token.value))
