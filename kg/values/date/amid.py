"""One date amid the words of a phrase: *listed on the ASX in* June 2018, *effective date* 1 April 2025.

Between two unknown words there must be one run of tokens that say when; all around it is left out. The text
is left as it is, to be refused, if a word may move the day (the list ``risky`` of ``[date-label]``), or if
another number or a bound stands there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import denies
from kg.values.vocabulary import finder, of_tables, tables, with_gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.values.vocabulary import Token

_WORDS: Final = frozenset({"unknown", "filler", "label", "event", "of", "open", "close"})
"""What may stand around the date."""
_LINKS: Final = frozenset({"range", "join", "from-to"})
_NO_DATES: Final = frozenset({"on", "distance", "time", "clock", "term"})
"""What is no date by itself: on, in, at before other words; words for hours and terms (地点)."""
_TOLD: Final = frozenset({"relative", "direction", "month"})
"""Kinds of words that leave no doubt what a number beside them is."""
_JOINS: Final = frozenset({"of", "filler"})
"""What may join a word to the day before it: 9月27日開催*の*取締役会."""
_UNITS: Final = frozenset({"unit", "clock", "term"})
_APART: Final = frozenset({"unknown", "event"})
KINDS: Final = _APART
"""The kinds of token that are looked at here."""
_YEAR: Final = 4
_WHOLE: Final = 7
"""What is longer than that and a number has a year, a month and a day."""
_ENGLISH: Final = "en"
"""The language that is asked for texts in Latin letters of which nobody said in which they are."""
_LONGEST: Final = 120
_HAN: Final = re.compile("[\u3400-\u9fff]")
_HANGUL: Final = re.compile("[가-힣]")
_WORD: Final = re.compile(r"[^\W\d_]+|[-–—'’&.,;:/“”\"()|]")


def is_told(language: str) -> bool:
    """Whether the table of a language says what may move a day."""
    return bool(_risky(language))


def amid_words(tokens: list[Token], language: str) -> list[Token]:
    """The tokens of the only date, if the words around it say nothing of it; else all."""
    if tokens[-1].end - tokens[0].start > _LONGEST:
        return tokens
    if not language:
        if not any(token.language == _ENGLISH for token in tokens) or any(map(_is_foreign, tokens)):
            return tokens
        language = _ENGLISH
    parts = _parted(_joined(tokens))
    dated = _dated(parts)
    if len(dated) != 1:
        return tokens
    part = parts[dated[0]]
    start = next(at for at, token in enumerate(part) if _is_of_date(token))
    end = next(at for at in range(len(part), start, -1) if _is_of_date(part[at - 1]))
    before = [token for other in parts[: dated[0]] for token in other] + part[:start]
    after = part[end:] + [token for other in parts[dated[0] + 1 :] for token in other]
    if not (_say_nothing(before, language) and _say_nothing(after, language)):
        return tokens
    found = part[start:end]
    linked = before and before[-1].kind in _LINKS and before[-1].text.isalpha()
    return tokens if linked or _is_continued(found, after) or _may_count(before, found, after) else found


def _is_continued(dated: list[Token], after: list[Token]) -> bool:
    """Whether the word after a date is glued to it, but for what happens: 明年3月动工, 10月10日開会."""
    if not after or after[0].start != dated[-1].end or not after[0].text[0].isalnum():
        return False
    whole = any(token.kind == "era" or len(token.text) == _YEAR for token in dated)
    day = dated[-1].kind == "unit" and dated[-1].value == "day"
    word = after[0].kind in _JOINS or _HAN.match(after[0].text) is not None
    return not (after[0].kind == "event" or (whole and day and word))


def _is_foreign(token: Token) -> bool:
    """Whether a word is one of another language than English."""
    return token.language not in {"", _ENGLISH} or not token.text.isascii()


def _joined(tokens: list[Token]) -> list[Token]:
    """The tokens with words in Hangul put together again of which a part is not known: 시리즈A, 제출."""
    found: list[Token] = []
    tokens = [t._replace(kind="unknown") if _is_within_word(tokens, at) else t for at, t in enumerate(tokens)]
    for word in _words(tokens):
        unknown = any(token.kind == "unknown" or _is_counting(token) for token in word[1:])
        unknown = unknown or (len(word) > 1 and word[0].kind == "unknown")
        if unknown and not any(map(str.isdigit, with_gaps(word))):
            text = with_gaps(word)
            word = [word[0]._replace(kind="unknown", value=text, text=text, end=word[-1].end)]  # noqa: PLW2901
        found += word
    return found


def _is_within_word(tokens: list[Token], at: int) -> bool:
    """Whether what is a unit elsewhere begins a word in Han characters: *日*本経済新聞."""
    token, after = tokens[at], tokens[at + 1 : at + 2]
    if token.kind not in _UNITS or _HAN.match(token.text) is None or not after or after[0].kind != "unknown":
        return False
    return after[0].start == token.end and (not at or tokens[at - 1].kind in _WORDS)


def _is_counting(token: Token) -> bool:
    """Whether a word is a number elsewhere: the 한 of 상용화한."""
    return token.kind == "digits" and not token.text[0].isdigit()


def _words(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens by what is written as one word, if that begins in Hangul."""
    word: list[Token] = []
    for token in tokens:
        glued = (
            word and word[-1].end == token.start and token.text[0].isalnum() and _HANGUL.match(word[0].text)
        )
        if word and not glued:
            yield word
            word = []
        word.append(token)
    yield word


def _parted(tokens: list[Token]) -> list[list[Token]]:
    """The tokens parted where there are unknown words, or what happens: each of these is a part by itself."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind in _APART:
            parts += [[token], []]
        else:
            parts[-1].append(token)
    return parts


def _dated(parts: list[list[Token]]) -> list[int]:
    """The parts with a number, or with a time that needs none; a lone number before a word counts that."""
    figures = [at for at, part in enumerate(parts) if any(token.kind == "digits" for token in part)]
    if not figures:
        return [0] if parts[0] and parts[0][0].kind == "relative" and not parts[0][0].text.isascii() else []
    if len(figures) == 1:
        return figures
    dated = [at for at in figures if not (_is_number(parts[at]) and at + 1 < len(parts))]
    for at in set(figures).difference(dated):
        share = int(parts[at + 1][0].text == "%")  # 40% 감축
        for part in parts[at : at + 1 + share]:
            part[:] = [token._replace(kind="label") for token in part]
    return dated


def _is_number(part: list[Token]) -> bool:
    """Whether a part is a short number by itself: the 5 of 5G, 제38기."""
    kinds = [token.kind for token in part if token.kind not in {"ordinal-mark", "term", "filler", "open"}]
    return kinds == ["digits"] and all(
        token.kind != "digits" or (token.text.isdigit() and len(token.text) < _YEAR) for token in part
    )


def _may_count(before: list[Token], dated: list[Token], after: list[Token]) -> bool:
    """Whether a number may count something, or from another day: 2027 units, 계약일 3일 전."""
    if len(dated) == 1 and (dated[0].kind == "relative" or len(dated[0].text) > _WHOLE):
        return False  # 2025.3.26
    if len(dated) == 1:
        said = before and before[-1].kind == "filler"
        return not said or any(token.kind == "unknown" for token in after[:1])
    numbers = [token.text for token in dated if token.kind == "digits"]
    year = any(len(number) == _YEAR for number in numbers)
    return not (year or len(numbers) > 1 or any(token.kind in _TOLD for token in dated))


def _is_of_date(token: Token) -> bool:
    return token.kind not in _WORDS and token.kind not in _LINKS


def _say_nothing(tokens: list[Token], language: str) -> bool:
    known = (token for token in tokens if token.kind != "unknown")
    if any(_is_of_date(token) and token.kind not in _NO_DATES for token in known):
        return False
    unknown = [token for token in tokens if token.kind == "unknown"]
    if not all(_WORD.fullmatch(token.text) and not denies(token.text.lower()) for token in unknown):
        return False
    words = with_gaps(unknown).lower()
    return not denies(words) and _moves(language)(f" {words} ") is None


@of_tables
def _moves(language: str) -> Callable[[str], re.Match[str] | None]:
    """Finds what may move a day."""
    return finder(_risky(language))


@of_tables
def _risky(language: str) -> tuple[str, ...]:
    return tuple(sorted(tables().get(language, {}).get("date-label", {}).get("risky", ())))
