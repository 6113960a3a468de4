"""Single words and signs that are parts of an amount elsewhere, and here of others: *near* Rome, L&*T*."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import denies
from kg.values.interval.particles import may_stand_first
from kg.values.money.cut_words import NOUNS, is_hangul
from kg.values.money.side import CURRENCIES
from kg.values.money.telling import MARKS, TIMES, WORDS, is_glued, listed
from kg.values.money.vocabulary import plus

if TYPE_CHECKING:
    from kg.values.money.others import Numbers

_SIGNS: Final = frozenset("&'’・")
"""Signs behind a number in a name: Seven & i."""
_NOUN: Final = 4
"""Letters of a noun at least, in English."""
_LATIN: Final = re.compile("[A-Za-z]")


def is_single(of: Numbers, at: int) -> bool:
    """Whether a token of a text is no part of the amount, but of a name or of another noun."""
    kind = of.kind(at)
    found = _ASIDE.get(kind)
    if found is not None and found(of, at):
        return True
    return (kind in MARKS and _is_of_count(of, at)) or (kind in CURRENCIES and _is_of_name(of, at))


def is_lone(of: Numbers, at: int) -> bool:
    """Whether no number or currency stands beside a token."""
    return not of.is_value(at + 1) and not of.is_value(at - 1)


def is_behind(of: Numbers, at: int) -> bool:
    """Whether a mark is one of what stands before it: 上場*前後*に."""
    before = at - 2 if of.text(at - 1) == "-" else at - 1  # $500 million-plus
    return of.kind(at) in MARKS and not of.is_value(before) and of.text(at) in listed("behind")


def begins_word(of: Numbers, at: int) -> bool:
    """Whether a lone character begins a word that is not known: 半导体."""
    token = of.tokens[at]
    lone = len(token.text) == 1 and not token.text.isascii() and of.text(at + 1) not in listed("no-nouns")
    return lone and of.kind(at + 1) == "unknown" and of.start(at + 1) == token.end


def _is_other_bound(of: Numbers, at: int) -> bool:
    """Under the CHIPS Act, but not $5m over budget; Series A+; $5m plus expenses."""
    if of.text(at) in plus() and of.is_value(at - 1):
        return _is_more(of, at)
    if of.text(at) == "+":
        return of.kind(at - 1) == "label" and of.is_glued_to(at)
    if of.text(at - 1) == "," and of.text(at) in listed("forward"):
        return of.leads_to_word(at + 1)  # , above target
    leads = of.leads_to_word(at + 1) or of.counted(at + 1) > 0  # over six rounds
    if of.text(at) not in listed("prepositions") or not leads:
        return False
    after = of.kind(at + 1) in {"article", "filler"} or of.text(at + 1) not in listed("exceeded")
    return after or not of.is_value(at - 1)


def _is_more(of: Numbers, at: int) -> bool:
    """Whether something comes on top of the amount; a $100 million plus deal, and a $5m+ one, are bounds."""
    if of.kind(at + 1) not in WORDS | {"article"}:
        return False
    if of.is_glued_to(at):
        return of.is_glued_to(at + 1)  # 1200万ユーロ+出来高
    start = at
    while of.is_value(start - 1):
        start -= 1
    return of.kind(start - 1) != "article"


def _is_other_about(of: Numbers, at: int) -> bool:
    """About a $3bn sale, near Rome."""
    if of.kind(at + 1) == "article" and of.kind(at + 2) not in TIMES:
        return True
    return of.kind(at + 1) == "unknown" and not of.is_value(at - 1)


def _is_other_share(of: Numbers, at: int) -> bool:
    """A third of the shares, in its fourth quarter."""
    if of.text(at + 1) in listed("of"):
        return of.leads_to_word(at + 1)
    unknown = of.text(at).isascii() and of.kind(at - 1) == "unknown"
    return unknown and of.kind(at + 1) in WORDS | {"", "close"}


def _is_other_each(of: Numbers, at: int) -> bool:
    """Quarterly dividend of, 매월 25일."""
    return is_lone(of, at) or of.counted(at + 1) > 0


def _is_letter(of: Numbers, at: int) -> bool:
    """L&T, M&A."""
    return is_lone(of, at) and len(of.tokens[at].text) == 1


def _is_other_vague(of: Numbers, at: int) -> bool:
    """A previously undisclosed payment, 수십 차례; valuation undisclosed, behind the amount."""
    if at > of.amount and _is_noun(of, at - 1) and not of.is_value(at + 1):
        return not denies(of.text(at - 1))
    glued = at > 0 and is_glued(of.tokens[at - 1], of.tokens[at])
    return (of.kind(at + 1) == "unknown" or _is_noun(of, at + 1)) and not (
        glued or denies(of.tokens[at].text)
    )


def _is_noun(of: Numbers, at: int) -> bool:
    """Whether a token is a label, or a word that adds nothing as *cash*, no *of*."""
    return of.kind(at) == "label" or (of.kind(at) == "filler" and len(of.text(at)) >= _NOUN)


def _is_other_count(of: Numbers, at: int) -> bool:
    """Seven & i, Point Nine."""
    point = of.kind(at - 1) == "point" and not of.is_value(at - 2)
    return is_lone(of, at) and (point or of.text(at + 1) in _SIGNS)


def _is_other_point(of: Numbers, at: int) -> bool:
    return not of.is_value(at - 1)


def _is_between_others(of: Numbers, at: int) -> bool:
    """Between the Gulf and the Sea."""
    return of.text(at).isascii() and of.leads_to_word(at + 1)


def _is_hyphen(of: Numbers, at: int) -> bool:
    """20-year-old airline, of which the parts are known."""
    words = of.kind(at - 1) in WORDS and of.kind(at + 1) in WORDS
    return words and of.is_glued_to(at) and of.is_glued_to(at + 1)


def _is_other_conversion(of: Numbers, at: int) -> bool:
    """Or, before the amount or before no other one: ; 130 new jobs."""
    if of.is_only_or(at):
        return of.share(at + 1) > 0  # or 1.9% of the shares
    counted = of.text(at) == ";" and (of.kind(at + 1) in WORDS or of.count(at + 1) > 0)
    return counted or not of.is_value(at + 1) or at < of.amount


def _is_contract(of: Numbers, at: int) -> bool:
    """合约 before what it names."""
    return of.kind(at + 1) in NOUNS and not of.is_value(at - 1)


def _is_of_name(of: Numbers, at: int) -> bool:
    """*Won* by, *Dollar* General, レアル・."""
    if not is_lone(of, at) or of.text(at + 1) == "・":
        return is_lone(of, at)
    if _is_named_twice(of, at):
        return True
    if is_hangul(of, at):
        return of.kind(at - 1) in WORDS | {""} and of.kind(at + 1) in WORDS
    latin = _LATIN.match(of.tokens[at].text) is not None
    return latin and of.text(at - 1) != "-" and of.kind(at + 1) in WORDS


def _is_named_twice(of: Numbers, at: int) -> bool:
    """*美元*债4.5亿美元: it begins a noun, and is that of the amount."""
    same = at != of.amount < len(of.tokens) and of.tokens[at].value == of.tokens[of.amount].value
    return same and of.kind(at + 1) in NOUNS and of.is_glued_to(at + 1) and not of.text(at).isascii()


def _is_of_count(of: Numbers, at: int) -> bool:
    """*約*30社が, 10년 *이상* 근속자."""
    token = of.tokens[at]
    if of.kind(at + 1) == "label" and of.text(at + 1)[:1].isdigit():
        return not of.is_value(at - 1)
    counted = of.kind(at - 1) == "label" and any(map(str.isdigit, of.text(at - 1)))
    behind = token.kind == "bound" and not may_stand_first(token)
    return counted and (behind or (of.kind(at + 1) in WORDS | {""} and not token.text.isascii()))


_ASIDE: Final = {
    "bound": _is_other_bound,
    "approximate": _is_other_about,
    "fraction": _is_other_share,
    "each": _is_other_each,
    "multiple": _is_letter,
    "vague": _is_other_vague,
    "count": _is_other_count,
    "convert-about": _is_contract,
    "third": _is_other_point,
    "point": _is_other_point,
    "between": _is_between_others,
    "range": _is_hyphen,
    "convert": _is_other_conversion,
}
