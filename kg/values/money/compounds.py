"""Words that end in a label are labels, and so are words before one.

*Übernahmepreis*, 수주계약금액은, 营业收入 are compounds: an unknown word whose last part is a noun of the
list ``end`` (of ``[label]``). *Restructuring costs of*, 보이스피싱 피해액, 防衛装備品の契約額 are phrases:
unknown words that such a noun ends, before the number, or after a word that joins them to it
(in CHIPS Act grants). A word right before or after the number that is no part of either stays
unknown. So does what says "not" (the list ``never``): 未融资.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import denies
from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS as NUMBERS
from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_SAYING_NOTHING: Final = frozenset({"label", "filler"})
_JOINED: Final = frozenset({"label", "filler", "join", "unknown", "article", "each", "change", "country"})
_ELSEWHERE: Final = NUMBERS | {
    "band",
    "between",
    "third",
    "currency",
    "assumed",
    "approximate",
    "tenth",
    "subunit",
    "country",
}
_AMOUNT: Final = (NUMBERS - {"article"}) | CURRENCIES | {"approximate", "bound", "between", "minus"}
"""What an amount begins with."""
_APOSTROPHES: Final = frozenset("'’-‐・")
_JOINING: Final = frozenset({"filler", "approximate"})
_HAN: Final = re.compile("[\u3400-\u9fff]")
_HANS: Final = re.compile("[\u3400-\u9fff]+")
_KANA: Final = re.compile("[\u3041-\u309f]+")
_CJK: Final = re.compile("[가-힣\u3400-\u9fff]")
_HANGUL: Final = re.compile("[가-힣]+")
_LETTER: Final = re.compile(r"[^\W\d_]|&")
_LONGEST: Final = 24
"""Characters of a compound; what is longer is a sentence."""
_LONGEST_PHRASE: Final = 48


def labelled(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with compounds and phrases as labels, where they end in a noun that is one."""
    return _phrases(_compounds(tokens))


def _compounds(tokens: Sequence[Token]) -> list[Token]:
    """Words of scripts without spaces come as one unknown token a character: put together again."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        end = _end(tokens, at)
        if end > at:
            run = tokens[at:end]
            word = "".join(token.text for token in run).lower()
            label = _is_label(word) or _is_form(word)
            if len(word) <= _LONGEST and label and not denies(word):
                found.append(run[0]._replace(kind="label", text=word, value=word, end=run[-1].end))
            elif _HANGUL.fullmatch(word) and any(token.kind == "unknown" for token in run):
                found.append(run[0]._replace(kind="unknown", text=word, value=word, end=run[-1].end))
            else:
                found += run
            at = end
        else:
            found.append(tokens[at])
            at += 1
    return found


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where the compound with an unknown word ends that begins here; ``at`` if none does.

    What is in Hangul right after an unknown word in Latin letters belongs to it: LNG선.
    """
    end, unknown = at, False
    while end < len(tokens) and (end == at or tokens[end].start == tokens[end - 1].end):
        token = tokens[end]
        first = end == at
        unknown = unknown or token.kind == "unknown"
        known = token.kind != "unknown" and not _may_be_within(token, first=first)
        known = known and not (unknown and _HANGUL.fullmatch(token.text) and tokens[end - 1].text.isascii())
        if known and (unknown or not _may_begin(tokens, at, end)):
            break
        end += 1
    return end if unknown or _begins_like_number(tokens[at:end]) else at


def _begins_like_number(run: Sequence[Token]) -> bool:
    """Whether known words are one word though the first is a number elsewhere: 공적자금 is no 0."""
    kinds = [token.kind for token in run]
    begins = kinds[:1] != [] and kinds[0] in NUMBERS and _HANGUL.fullmatch(run[0].text) is not None
    return begins and len(kinds) > 1 and _SAYING_NOTHING.issuperset(kinds[1:])


def _may_be_within(token: Token, *, first: bool) -> bool:
    """Whether a known word may be in a compound: a label at its end, or a lone Han character (营业外)."""
    if token.kind == "band" and not first:
        return token.text in _ends()
    if token.kind not in _SAYING_NOTHING:
        return False
    if _HAN.fullmatch(token.text) is not None:
        return True
    within = token.kind == "label" or _is_label(token.text)
    return not first and (token.text in _ends() or bool(within and _HANS.fullmatch(token.text)))


def _may_begin(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether what is a number or a label elsewhere begins a longer word here: 이용료, 경상수지, 인수가격."""
    token = tokens[end]
    if not _HANGUL.fullmatch(token.text) or (at and _is_glued(tokens[at - 1], tokens[at])):
        return False
    return token.kind in _SAYING_NOTHING or (len(token.text) == 1 and token.kind in _ELSEWHERE)


def _is_glued(before: Token, token: Token) -> bool:
    """Whether no space stands between two tokens, as in the first of them or after it: 월 이용료."""
    return before.end == token.start and not before.text.endswith(" ")


def _phrases(tokens: list[Token]) -> list[Token]:
    found: list[Token] = []
    at, counted = 0, False
    while at < len(tokens):
        token = tokens[at]
        begins = token.kind in {"unknown", "country"} or is_within_word(tokens, at)
        end = _phrase(tokens, at) if begins else at
        if counted and found[-1].kind not in _JOINING and not _is_rest(tokens, at, end):
            end = at
        if found and found[-1].kind in {"bound", "minus"}:
            end = at  # 최대 주주에게, マイナス幅は: that is of something else
        if end > at:
            found += _as_labels(tokens[at:end])
            at = end
        else:
            counted = counted or (token.kind in NUMBERS and token.kind != "article")
            found.append(token)
            at += 1
    return found


def _phrase(tokens: Sequence[Token], at: int) -> int:
    """Where the phrase ends that begins here; ``at`` if no label ends it."""
    end, last = at, at
    while end < len(tokens) and tokens[end].end - tokens[at].start <= _LONGEST_PHRASE:
        token = tokens[end]
        if token.kind == "range" and token.text in _leading() and _begins(tokens, end + 1):
            end = last = end + 1  # 銀行から100億円
            break
        if token.kind not in _JOINED and not is_within_word(tokens, end):
            break
        if token.kind == "unknown" and denies(token.text.lower()):
            break
        numbered = token.kind == "label" and token.text[:1].isdigit()  # など8社が
        if not (_LETTER.match(token.text) or token.text in _APOSTROPHES or token.kind == "each" or numbered):
            break
        end += 1
        if (
            numbered
            or (token.kind in _SAYING_NOTHING and _is_label(token.text.lower()))
            or (_leads(token) and _begins(tokens, end + (token.kind == "label" and _is_filler(tokens, end))))
        ):
            last = end
    words = "".join(" " if token.kind == "label" else token.text.lower() for token in tokens[at:last])
    return at if denies(words) else last


def _begins(tokens: Sequence[Token], at: int) -> bool:
    """Whether an amount begins at a place, but for words that say nothing."""
    while at < len(tokens) and tokens[at].kind == "filler":
        at += 1
    return at < len(tokens) and tokens[at].kind in _AMOUNT


def _is_filler(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word that adds nothing stands at a place: 批准*的*9.2亿欧元."""
    return at < len(tokens) and tokens[at].kind == "filler"


def _leads(token: Token) -> bool:
    """Whether a word before the amount ends a phrase as a label does: expense *of*, 법인*에*, 1인당."""
    if token.kind == "unknown":
        return _HANGUL.fullmatch(token.text) is not None and token.text.endswith(_leading())
    if token.kind in _SAYING_NOTHING and len(token.text) > 1 and _HANS.fullmatch(token.text):
        return True
    return token.kind == "each" or (token.kind in _SAYING_NOTHING and token.text in _leading())


def _is_rest(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a phrase right after the amount is all that is left of an English text: a $5m senior bond."""
    plain = all(token.kind != "country" and token.text.islower() for token in tokens[at:end])
    return end == len(tokens) and plain


def _as_labels(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a phrase: what says "of each" stays what it is, the rest is one label."""
    found: list[Token] = []
    for token in tokens:
        if token.kind == "each":
            found.append(token)
        elif found and found[-1].kind == "label":
            gap = " " if found[-1].end < token.start else ""
            words = found[-1].text + gap + token.text
            found[-1] = found[-1]._replace(text=words, value=words, end=token.end)
        else:
            found.append(token._replace(kind="label"))
    return found


def is_within_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether a lone character that is a number or the like elsewhere is a part of a word: 三菱, 半导体."""
    token = tokens[at]
    if token.kind not in _ELSEWHERE or len(token.text) > 1 or not _CJK.fullmatch(token.text):
        return False
    if at and tokens[at - 1].end == token.start and not _KANA.fullmatch(tokens[at - 1].text):
        return tokens[at - 1].kind in {"unknown", "label"} or _is_lone_band(tokens, at - 1)
    after = tokens[at + 1] if at + 1 < len(tokens) else token
    return after.kind in {"unknown", "label", "country"} and after.start == token.end


def _is_lone_band(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word for a band stands behind no number: the 台 of 台中."""
    return tokens[at].kind == "band" and (not at or tokens[at - 1].kind not in NUMBERS | CURRENCIES)


def _is_label(word: str) -> bool:
    return word.endswith(_ends_in_order()) or _without_tail(word).endswith(_ends_in_order())


def _is_form(word: str) -> bool:
    """Whether a word is a label with a particle or the end of a verb put behind it: 납부한."""
    return word.endswith(_tails()) and any(
        word.removesuffix(tail) in _labels() for tail in _tails() if word.endswith(tail)
    )


def _without_tail(word: str) -> str:
    """The word without what is put behind a noun: 금액은, 매출액이, 비용으로."""
    if not word.endswith(_tails()):
        return word
    return word.removesuffix(next(tail for tail in _tails() if word.endswith(tail)))


@of_tables
def _labels() -> frozenset[str]:
    """The labels of two or more characters, and of no single one: 한 is no verb of its own."""
    found = {word for table in tables().values() for word in table.get("money", {}).get("label", ())}
    return frozenset(word for word in found if len(word) > 1)


@of_tables
def _ends() -> frozenset[str]:
    return frozenset(_list("end"))


@of_tables
def _ends_in_order() -> tuple[str, ...]:
    return tuple(sorted(_list("end")))


@of_tables
def _leading() -> tuple[str, ...]:
    return tuple(sorted(_list("lead")))


@of_tables
def _tails() -> tuple[str, ...]:
    return tuple(sorted(_list("tail"), key=lambda tail: (-len(tail), tail)))


def _list(name: str) -> set[str]:
    return {word for table in tables().values() for word in table.get("label", {}).get(name, ()) if word}
