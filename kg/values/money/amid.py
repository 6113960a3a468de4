"""One amount amid the words of a phrase: *raised* €22m *in fresh equity from existing shareholders*.

There must be one run of tokens with a number and a currency. What stands around it becomes labels, with the
numbers that are of something else (``aside``): *purchase of 30 aircraft worth* $4.4bn. The text is left as it
is, to be refused, if a word denies or compares (``kg.values.denials``), if a bound, a fraction or another
number stands where nobody can tell what it belongs to, or if the amount may be a part of another one, a
difference, a price for each, or the beginning of a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import denies
from kg.values.money.aside import set_aside
from kg.values.money.counted import DASHES, is_year
from kg.values.money.side import CURRENCIES
from kg.values.money.telling import (
    COUNTED,
    LINKS,
    NUMBERS,
    TIMES,
    VALUES,
    WORDS,
    is_apart,
    is_one_word,
    listed,
    say_nothing,
)
from kg.values.money.vocabulary import plain_units
from kg.values.vocabulary import of_tables, with_gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.values.vocabulary import Token

KINDS: Final = frozenset({"unknown", "label"})
"""The kinds of token that are looked at here."""
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_MARKS: Final = frozenset({"bound", "approximate"})
_CONVERTS: Final = frozenset({"convert", "convert-about"})
_NUMBER: Final = "(?:[0-9]+|[一二三四五六七八九十两兩几幾数數]+)"
_NAME: Final = re.compile("[A-Za-z ]{3,}").fullmatch
"""The name of a currency, no sign as Rs or US$."""
_COUNTS: Final = frozenset({"digits", "digit", "count"})
_LATIN: Final = re.compile("[A-Za-z]")
_HANGUL: Final = re.compile("[가-힣]")
_CLOSE: Final = 3
"""How many tokens beside an amount are close to it."""
_NEAR: Final = 4
"""Tokens in which a count and the word before the price of one stand: 10 new shares at."""
_SYMBOL: Final = 2
"""Characters of a currency that other words may begin with."""
_LONGEST: Final = 160


def amid_words(tokens: list[Token], language: str) -> list[Token]:
    """The tokens with all that stands around the only amount as labels, if it says nothing of that."""
    if tokens[-1].end - tokens[0].start > _LONGEST:
        return tokens
    found = _parted(set_aside(tokens, language), language)
    if not found and _has_words(tokens):
        found = _parted(set_aside(tokens, language, remarks=True), language)
    return found or tokens


def _has_words(tokens: Sequence[Token]) -> bool:
    """Whether there are brackets, and words that are no labels yet, or dashes between spaces."""
    opened = next((at for at, token in enumerate(tokens) if token.kind == "open"), -1)
    if opened < 0:
        return False
    words = any(token.kind == "unknown" or _is_word_or_dash(tokens, at) for at, token in enumerate(tokens))
    inner = {token.kind for token in tokens[opened:]}
    dated = {"label", "digits"} <= inner and inner.isdisjoint(CURRENCIES | TIMES)  # (2월 3일 종가 기준)
    return words or dated


def _is_word_or_dash(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].kind != "range":
        return False
    return tokens[at].text.isalpha() or (0 < at < len(tokens) - 1 and is_apart(tokens, at))


def _parted(tokens: Sequence[Token], language: str) -> list[Token]:
    """The tokens with labels around the amount; none if there are more amounts, or words that tell."""
    runs = [run for run in _runs(tokens) if _is_money(tokens[run.start : run.stop])]
    if len(runs) != 1:
        return []
    [run] = runs
    before, amount, after = tokens[: run.start], tokens[run.start : run.stop], tokens[run.stop :]
    if TIMES.isdisjoint(token.kind for token in amount[:2]) and _is_part(before):
        return [before[0]._replace(kind="unknown"), *tokens[1:]]
    if after and (after[0].text in _onwards() or (len(after) == 1 and after[0].text in listed("onwards"))):
        return [*before, *amount, after[0]._replace(kind="unknown"), *after[1:]]
    close = range(len(before) - _CLOSE, len(before)), range(_CLOSE)
    if not all(map(say_nothing, (before, after), (language, language), close)) or _is_open(after):
        return []
    if any(token.text.lower() in listed("risky-before") for token in before):
        return []
    if _is_origin(before, amount) or _is_each(before, amount, after):
        return []
    if _is_led(before, amount) or _is_continued(amount, after):
        return []
    own = int(bool(after) and after[0].kind == "country" and after[0].text.isascii())  # $45m Canadian
    return [*map(_label, before), *amount, *after[:own], *map(_label, after[own:])]


def _is_open(after: Sequence[Token]) -> bool:
    """Whether a word for a range ends the text, as から does: 月額2,980円(税込)から."""
    return bool(after) and after[-1].kind == "range" and after[-1].text in listed("onwards")


@of_tables
def _onwards() -> frozenset[str]:
    """The words for a range that join a noun: 980円からのプラン."""
    return frozenset(word + of for word in listed("onwards") for of in listed("of") if not of.isascii())


def _runs(tokens: Sequence[Token]) -> Iterator[range]:
    """The longest stretches without words, but for what links at their ends."""
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and (
            tokens[end].kind not in WORDS or (end > at and _is_particle(tokens, end))
        ):
            end += 1
        start, stop = at, end
        while start < stop and (_is_link(tokens[start:stop]) or _is_link_before(tokens, start)):
            start += 1
        while start < stop and _is_link_after(tokens, stop - 1):
            stop -= 1
        if start < stop:
            yield range(start, stop)
        at = end + 1


def _is_particle(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word stands only between an amount and its mark, or what it comes to: 300억원*을* 넘는."""
    after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    if tokens[at].text in listed("of") and tokens[at - 1].kind == "fraction" and after == "article":
        return tokens[at + 2 : at + 3] != [] and tokens[at + 2].kind in TIMES  # a quarter of a billion
    if tokens[at].text == ":" and after == "digits":
        return tokens[at - 1].kind == "close" and _is_unit_head(tokens[:at])  # (EURm): 42.5
    glued = tokens[at].kind == "filler" and tokens[at - 1].end == tokens[at].start
    if tokens[at].kind == "filler" and tokens[at - 1].kind in _MARKS and after in VALUES:
        return True  # 最多可达12亿
    return glued and (after in _MARKS or (after in _CONVERTS and tokens[at].text == ","))


def _is_unit_head(tokens: Sequence[Token]) -> bool:
    """Whether tokens end with brackets in which only a currency and a scale stand."""
    start = max(at for at, token in enumerate(tokens) if token.kind == "open")
    kinds = {token.kind for token in tokens[start + 1 : -1]}
    return not kinds.isdisjoint(CURRENCIES) and kinds <= CURRENCIES | TIMES | {"filler"}


def _is_link(run: Sequence[Token]) -> bool:
    """Whether a run begins with a word that is no part of it: *a* $5m deal, but a trillion dollars."""
    first, after = run[0], [token.kind for token in run[1:2]]
    if first.kind == "article":
        return not TIMES.issuperset(after)
    if first.kind == "from" and any(token.kind == "range" for token in run[1:]):
        return False
    return first.kind in LINKS and first.text[:1].isalpha()


def _is_link_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word for a conversion, or a dash between spaces, parts an amount from what goes before."""
    dash = tokens[at].text in DASHES and 0 < at < len(tokens) - 1 and is_apart(tokens, at)
    return tokens[at].kind == "convert" or (dash and tokens[at - 1].kind in WORDS)


def _is_link_after(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word or a dash between spaces parts an amount from what follows: $5m - Samsung."""
    if tokens[at].kind not in LINKS:
        return False
    dash = tokens[at].text in DASHES and 0 < at < len(tokens) - 1 and is_apart(tokens, at)
    return dash or tokens[at].kind == "join" or _LATIN.match(tokens[at].text) is not None


def _is_money(run: Sequence[Token]) -> bool:
    kinds = {token.kind for token in run}
    return not kinds.isdisjoint(CURRENCIES) and not kinds.isdisjoint(NUMBERS)


def _is_origin(before: Sequence[Token], amount: Sequence[Token]) -> bool:
    """Whether the amount is that from which something has changed, or a difference: up from $3bn, by $5m."""
    if not before:
        return False
    kinds = [token.kind for token in before if token.kind != "filler"]
    if kinds[-1:] == ["from"] or before[-1].text.lower() in listed("by"):
        return True
    return kinds[-1:] == ["range"] and ("from" in kinds or amount[0].kind not in VALUES)


def _is_part(before: Sequence[Token]) -> bool:
    """Whether the amount is less than what stands there: the first tranche of a $500m loan, all but $3m."""
    words = _LETTERS.findall(with_gaps(before).lower())
    while words and words[-1] in listed("whose"):
        words.pop()
    last = words[-1] if words else ""
    if words[-2:-1] and words[-2] in listed("amounts-of") and before[-1].text.lower().endswith(last):
        return False
    if last in listed("of"):
        return not listed("parts").isdisjoint(words[-2:-1]) and listed("per").isdisjoint(words[-3:-2])
    by = last in listed("by") and any(
        token.kind in _MARKS for token in before
    )  # exceeded the estimate by $5m
    return by or last in listed("but")


def _is_each(before: Sequence[Token], amount: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether the amount may be for one of something: 10 shares at $5, $5m a contract."""
    if after and (after[0].kind == "article" or (after[0].text in listed("parts") and denies(after[0].text))):
        return True
    if any(map(_is_count, (*before, *after))):
        around = (*before, *amount, *after)
        if not listed("each-one-of").isdisjoint(token.text.lower().strip() for token in around):
            return True
        linked = zip(after, after[1:], after[2:], strict=False)
        paid = {what.text.lower() for link, count, what in linked if link.kind == "join" and _is_count(count)}
        if not paid.isdisjoint(listed("securities")):
            return True  # and 2 million shares
        priced = before[-1].text.lower() in listed("priced") - set(_close_by()) if before else False
        if priced and any(map(_is_count, before[-_NEAR:])):
            return True
    return _is_price(with_gaps(before[-3:]))


def _is_price(before: str) -> bool:
    """Whether a count stands right before the price of one: 3개에, 3個で, 四笔."""
    return _counts()(before) is not None


@of_tables
def _counts() -> Callable[[str], re.Match[str] | None]:
    ends, measures = "|".join(_close_by()) or "(?!)", "|".join(sorted(listed("measures"))) or "(?!)"
    return re.compile(rf"{_NUMBER}(?:[^\W\d_]{{1,3}}(?:{ends})|(?:{measures}))$").search


@of_tables
def _close_by() -> tuple[str, ...]:
    """The words before a price of one that stand close to what is counted: 3개에."""
    return tuple(sorted(word for word in listed("priced") if not word.isascii()))


def _is_count(token: Token) -> bool:
    year = "-" in token.text or is_year(token.text)  # 20-year, 2019
    return token.value == COUNTED or (token.text[0].isdigit() and not year)


def _is_led(before: Sequence[Token], amount: Sequence[Token]) -> bool:
    """Whether the amount begins before its run: 한 5억원; or a currency begins a name: 유로6, 동 10톤."""
    if amount[0].kind in CURRENCIES and _HANGUL.match(amount[0].text):
        return True
    if not before:
        return False
    last = before[-1]
    lone = last.kind == "unknown" and len(last.text) == 1 and _HANGUL.match(last.text) is not None
    return lone or is_one_word(last, amount[0])


def _is_continued(amount: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether the amount goes on in the word after it: ₹14L, 500円硬貨, 10亿元宇宙, 70 euro zone banks."""
    if not after:
        return False
    last, first = amount[-1], after[0]
    if last.end == first.start:
        counted = last.kind in NUMBERS and first.text[0].isalnum() and first.kind != "filler"
        compound = first.kind == "unknown" and not (_LATIN.match(first.text) or last.kind == "close")
        compound = compound and last.text[-1] not in listed("of")  # 3兆円超の装置大手
        named = last.text[-1] in plain_units() or len(last.text) > _SYMBOL  # 45亿兹罗提支持
        compound = compound and not (named and _is_scaled(amount) and _is_counted(amount))
        return counted or compound or is_one_word(last, first)
    if first.text.lower() in listed("off"):
        return True  # £500 off the list price
    if first.kind == "unknown" and (
        _is_small_change(amount) or not (_is_counted(amount) or last.text.isascii())
    ):
        return True  # 苹果 10 元 3 斤, 만원 버스
    worded = any(token.kind in CURRENCIES - {"code"} and _NAME(token.text) for token in amount)
    of = first.kind == "unknown" or first.text.lower() in listed("of")
    return worded and not _is_scaled(amount) and of


def _is_scaled(amount: Sequence[Token]) -> bool:
    """Whether a number counts thousands or more."""
    return any(token.kind in TIMES for token in amount)


def _is_counted(amount: Sequence[Token]) -> bool:
    """Whether a number says how many thousands there are: 5亿, not 百万."""
    return any(token.kind in _COUNTS for token in amount)


def _is_small_change(amount: Sequence[Token]) -> bool:
    """Whether a lone number after the currency counts cents, or something else."""
    kinds = [token.kind for token in amount]
    return kinds[-1] == "digits" and kinds[-2:-1] != [] and kinds[-2] in CURRENCIES and "digits" in kinds[:-2]


def _label(token: Token) -> Token:
    if token.kind in {"label", "filler", "change"}:
        return token
    return token._replace(kind="filler" if token.kind == "article" else "label")
