"""Numbers and signs around an amount that are of something else: *30 aircraft*, *a 26% stake*, SU7.

Each becomes a label, so that what is left is the amount and the words around it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import compares, denies
from kg.values.money.compounds import is_within_word
from kg.values.money.counted import is_year
from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS
from kg.values.vocabulary import of_tables, tables, with_gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

WORDS: Final = frozenset({"unknown", "label", "filler", "country", "change"})
LINKS: Final = frozenset({"article", "join", "range", "from"})
"""Kinds of words and signs that are parts of an amount only between two of its tokens."""
NUMBERS: Final = KINDS - {"article", "join"}
VALUES: Final = NUMBERS | CURRENCIES
TIMES: Final = frozenset({"multiple", "scale", "group", "half"})
COUNTED: Final = "counted"
"""The value of a label that is a number."""
OF: Final = ("의", "の", "的", "of")
"""What makes the share after an amount one of it: 5억원의 30%."""
ON: Final = "on"
_MARKS: Final = frozenset({"bound", "approximate", "until"})
_COUNTS: Final = frozenset({"digits", "count"})
_SHARES: Final = ("%", "percent", "pct")
_PER_CENT: Final = ["per", "cent"]
_BEFORE: Final = frozenset({"under", "over"})
"""What is a bound before an amount, and says something else before a word: under the CHIPS Act."""
_STOPS: Final = frozenset(",;、，)")
_SHORT: Final = 4
"""Digits of a number after a name: Phase 3, Falcon 9."""
_FOLD: Final = "fold"
_OFF: Final = "off"
_WORD: Final = re.compile(r"(?:[^\W\d_]|[-'’&.,;:/!?“”\"()、。·・「」『』《》]| )+")


def set_aside(tokens: Sequence[Token], language: str, *, remarks: bool = False) -> list[Token]:
    """The tokens with what is of something else as labels; ``remarks``: also labels in brackets."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        count = _marked(tokens, at, language) or _count(tokens, at, language)
        end = (
            _compound(tokens, at)
            or _remark(tokens, at, language, known=remarks)
            or _share(tokens, at, language)
            or count
        )
        if end:
            words = with_gaps(tokens[at:end])
            value = COUNTED if end == count else words
            found.append(tokens[at]._replace(kind="label", value=value, text=words, end=tokens[end - 1].end))
        else:
            found.append(_alone(tokens, at))
        at = end or at + 1
    return found


def say_nothing(tokens: Sequence[Token], language: str) -> bool:
    """Whether tokens around the amount are words that say nothing of it."""
    unknown: list[Token] = []
    for at, token in enumerate(tokens):
        word = token.text.lower()
        if token.kind not in LINKS and token.kind not in WORDS:
            return False
        if token.kind != "unknown":
            if compares(word, language) and word in listed("risky"):
                return False
        elif word not in listed("parts"):
            if denies(word) or word.endswith(_FOLD) or (at and _denies_after(tokens[at - 1], token)):
                return False
            unknown.append(token)
    words = with_gaps(unknown).lower()
    return not words or (_WORD.fullmatch(words) is not None and not tells(words, language))


def tells(words: str, language: str) -> bool:
    """Whether words may say something of an amount."""
    return denies(words) or compares(words, language)


@of_tables
def listed(name: str) -> frozenset[str]:
    """The words of a list of ``[label]``, of all languages."""
    return frozenset(word for table in tables().values() for word in table.get("label", {}).get(name, ()))


def is_one_word(before: Token, after: Token) -> bool:
    """Whether two tokens are written as one word in Latin letters and digits: ₹14L."""
    ends = before.text[-1], after.text[0]
    return before.end == after.start and all(end.isalnum() and end.isascii() for end in ends)


def _denies_after(label: Token, token: Token) -> bool:
    """Whether a lone character makes a label a denial: 変更前."""
    return len(token.text) == 1 and denies(label.text + token.text) and not denies(label.text)


def _alone(tokens: Sequence[Token], at: int) -> Token:
    """A token; a label where it is no part of an amount: *under* the CHIPS Act, L&*T*, *Dollar* General."""
    token = tokens[at]
    lone = not _is_value(tokens, at + 1) and not (at and tokens[at - 1].kind in VALUES)
    aside = (
        (token.kind == "bound" and token.text in _BEFORE and _leads_to_word(tokens, at + 1))
        or (token.kind == "fraction" and _is_of_word(tokens, at + 1))
        or (token.kind in _MARKS and _is_behind(tokens, at))
        or (lone and token.kind == "each")  # quarterly dividend of
        or (token.kind == "bound" and token.text == "+" and at and _is_label_before(tokens, at))
        or (lone and token.kind == "multiple" and len(token.text) == 1)
        or (lone and token.kind in CURRENCIES and token.text[-1].isascii() and _is_name(tokens, at + 1))
    )
    if aside:
        return token._replace(kind="label")
    within = is_within_word(tokens, at) and not _is_value(tokens, at + 1)
    return token._replace(kind="unknown") if within else token


def _is_behind(tokens: Sequence[Token], at: int) -> bool:
    """Whether a mark is one of what stands before it, or of a count: 上場*前後*に15億円, *約*30社が."""
    after = tokens[at + 1 : at + 2]
    counts = bool(after) and after[0].kind == "label" and after[0].text[:1].isdigit()
    before = at > 0 and tokens[at - 1].kind in VALUES
    return not before and (counts or tokens[at].text in listed("behind"))


def _is_label_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sign ends a name: Series A+."""
    return tokens[at - 1].kind == "label" and tokens[at - 1].end == tokens[at].start


def _compound(tokens: Sequence[Token], at: int) -> int:
    """Where a word with hyphens ends that begins here and is none of the vocabulary, or 0: below-market."""
    end, unknown = at, tokens[at].kind in _MARKS | {"unknown", "fraction"}
    while end + 2 < len(tokens) and tokens[end + 1].text == "-" and _is_hyphenated(tokens[end : end + 3]):
        end += 2
        unknown = unknown or tokens[end].kind == "unknown"
    last = tokens[end]
    if end == at or not unknown or last.kind in VALUES or last.text.lower() in listed("parts"):
        return 0
    return end + 1


def _is_hyphenated(three: Sequence[Token]) -> bool:
    first, hyphen, second = three
    glued = first.end == hyphen.start and hyphen.end == second.start
    return glued and first.text[-1].isalpha() and second.text[0].isalpha()


def _remark(tokens: Sequence[Token], at: int, language: str, *, known: bool) -> int:
    """Where brackets end that begin here, if no amount stands in them, or 0: (Mar 2023), (before costs)."""
    if tokens[at].kind != "open":
        return 0
    end = next((n for n in range(at + 1, len(tokens)) if tokens[n].kind == "close"), 0)
    inner = tokens[at + 1 : end]
    told = WORDS if known else {"unknown"}
    if not any(token.kind in told for token in inner):
        return 0
    return end + 1 if say_nothing(set_aside(inner, language), language) else 0


def _share(tokens: Sequence[Token], at: int, language: str) -> int:
    """Where a share ends that is one of something else, and begins here, or 0: 26% stake, 同比增长12.3%."""
    if tokens[at].kind != "digits":
        return 0
    words = [token.text.lower() for token in tokens[at + 1 : at + 4]]
    end = at + (2 if words[:1] and words[0].startswith(_SHARES) else 3 if words[:2] == _PER_CENT else 0)
    if end == at or (at and tokens[at - 1].text.endswith(OF[:-1])):
        return 0
    end += end < len(tokens) and tokens[end].text == "."
    if end == len(tokens):
        return end if at and tokens[at - 1].kind in WORDS and tokens[at - 1].text != OF[-1] else 0
    after = tokens[end].text.lower()
    follows = tokens[end].kind in WORDS | LINKS and after[0].isalpha()
    return end if follows and after not in (*OF, ON, _OFF) and not tells(after, language) else 0


def _marked(tokens: Sequence[Token], at: int, language: str) -> int:
    """Where a count ends that begins with its mark here, or 0: over 300 angels, 约二十名员工."""
    if tokens[at].kind not in _MARKS or (at and tokens[at - 1].kind in VALUES):
        return 0
    return _counted(tokens, at + 1, language) if at + 1 < len(tokens) else 0


def _count(tokens: Sequence[Token], at: int, language: str) -> int:
    """Where the number ends that begins here, after a word, and counts what the next one names, or 0."""
    if tokens[at].kind not in _COUNTS or (at and tokens[at - 1].kind not in WORDS | LINKS):
        return 0
    end = at + 1
    if at and is_one_word(tokens[at - 1], tokens[at]) and not _is_value(tokens, end):
        return end  # SU7, a16z
    if at and is_year(tokens[at].text) and all(token.kind in WORDS for token in tokens[end : end + 1]):
        return end
    ended = end == len(tokens) or tokens[end].text in _STOPS
    named = (
        at
        and tokens[at - 1].kind == "unknown"
        and (tokens[at - 1].text[0].isupper() or tokens[at].kind == "count")
    )
    if named and ended and len(tokens[at].text) <= _SHORT:
        return end  # March 14
    return _counted(tokens, at, language)


def _counted(tokens: Sequence[Token], at: int, language: str) -> int:
    """Where a number ends with the mark of what it counts, if the next word names that, or 0: 5년 이상."""
    if tokens[at].kind not in _COUNTS:
        return 0
    end = at + 1
    hyphen = end < len(tokens) and tokens[end].text == "-"
    noun = tokens[end + hyphen : end + hyphen + 1]
    if not noun or noun[0].kind not in {"unknown", "label"} or not noun[0].text[:1].isalpha():
        return 0
    word = noun[0].text.lower()
    if word in listed("names") or tells(word, language):
        return 0
    mark = end + hyphen + 1
    marked = mark + 1 < len(tokens) and tokens[mark].kind in _MARKS and tokens[mark + 1].kind in WORDS
    return mark + 1 if marked and not tokens[mark].text[0].isascii() else end


def _leads_to_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word follows, but for fillers, or an article before an amount: under a $5m contract."""
    if at < len(tokens) and tokens[at].kind == "article":
        return at + 1 < len(tokens) and tokens[at + 1].kind not in TIMES
    while at < len(tokens) and tokens[at].kind == "filler":
        at += 1
    return at < len(tokens) and tokens[at].kind in WORDS


def _is_of_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether a fraction is one of what a word names: half of the wind farm."""
    return at < len(tokens) and tokens[at].text.lower() == OF[-1] and _leads_to_word(tokens, at)


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether the rest of a name follows: Dollar General."""
    return at < len(tokens) and tokens[at].kind == "unknown" and tokens[at].text[0].isupper()


def _is_value(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind in VALUES
