"""One amount amid the words of a phrase: *raised* €22m *in fresh equity from existing shareholders*.

Only for languages with spaces between words whose table says what relates an amount to another one
(``relates`` of ``[label]``). There must be one run of tokens with a number and a currency; words around it
become labels, and so do numbers that count something else: *purchase of 30 aircraft worth* $4.4bn, *a 26%
stake*. The text is left as it is, to be refused, if a word denies or relates, or if a bound, a fraction or
another number stands where nobody can tell what it belongs to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import denies
from kg.values.money.counted import is_year
from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS as NUMBERS
from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.values.vocabulary import Token

_WORDS: Final = frozenset({"unknown", "label", "filler", "country", "change"})
_LINKS: Final = frozenset({"article", "join", "range", "from"})
"""Kinds of words and signs that are parts of an amount only between two of its tokens."""
_COUNTS: Final = frozenset({"digits", "count"})
_VALUES: Final = (NUMBERS - {"article", "join"}) | CURRENCIES
_TIMES: Final = frozenset({"multiple", "scale", "group", "half"})
_SHARES: Final = frozenset({"%", "percent", "pct"})
_PER_CENT: Final = ["per", "cent"]
_BEFORE: Final = frozenset({"under"})
"""What is a bound before an amount, and says something else before a word: under the CHIPS Act."""
_AT: Final = "at"
_WORD: Final = re.compile(r"(?:[^\W\d_]|[-'’&.,;:/!?“”\"()]| )+")
_LONGEST: Final = 160


def amid_words(tokens: list[Token]) -> list[Token]:
    """The tokens with all that stands around the only amount as labels, if it says nothing of that."""
    if tokens[-1].end - tokens[0].start > _LONGEST:
        return tokens
    plain = _without_counts(tokens)
    runs = [run for run in _runs(plain) if _is_money(plain[run.start : run.stop])]
    if len(runs) != 1:
        return tokens
    [run] = runs
    before, amount, after = plain[: run.start], plain[run.start : run.stop], plain[run.stop :]
    if not all(map(_says_nothing, (*before, *after))) or _is_origin(before, amount) or _is_each(before, after):
        return tokens
    if _is_glued(before[-1:], amount[:1]) or _is_glued(amount[-1:], after[:1]):
        return tokens
    return [*map(_label, before), *amount, *map(_label, after)]


def _without_counts(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with shares, and with numbers that count what the next word names, as labels."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        end = _share(tokens, at) or _count(tokens, at)
        if end:
            words = " ".join(token.text for token in tokens[at:end])
            found.append(tokens[at]._replace(kind="label", value=words, text=words, end=tokens[end - 1].end))
            at = end
        else:
            token = tokens[at]
            under = token.kind == "bound" and token.text in _BEFORE and _leads_to_word(tokens, at + 1)
            found.append(token._replace(kind="label") if under else token)
            at += 1
    return found


def _share(tokens: Sequence[Token], at: int) -> int:
    """Where a share ends that is one of something else, and begins here, or 0: 26% stake."""
    if tokens[at].kind != "digits":
        return 0
    words = [token.text.lower() for token in tokens[at + 1 : at + 4]]
    end = at + (2 if words[:1] and words[0] in _SHARES else 3 if words[:2] == _PER_CENT else 0)
    if end == at:
        return 0
    end += end < len(tokens) and tokens[end].text == "."
    after = tokens[end].text.lower() if end < len(tokens) else ""
    return end if after[:1].isalpha() and not _relates(after) and not denies(after) else 0


def _count(tokens: Sequence[Token], at: int) -> int:
    """Where the number ends that begins here, after a word, and counts what the next one names, or 0."""
    if tokens[at].kind not in _COUNTS or (at and tokens[at - 1].kind not in _WORDS | {"article"}):
        return 0
    end = at + 1
    if at and is_year(tokens[at].text) and all(token.kind in _WORDS for token in tokens[end : end + 1]):
        return end
    hyphen = end < len(tokens) and tokens[end].text == "-"
    noun = tokens[end + hyphen : end + hyphen + 1]
    if not noun or noun[0].kind not in {"unknown", "label"} or not noun[0].text[:1].isalpha():
        return 0
    word = noun[0].text.lower()
    return 0 if word in _listed("names") or _relates(word) or denies(word) else end


def _leads_to_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether the next token that is no filler is a word."""
    while at < len(tokens) and tokens[at].kind == "filler":
        at += 1
    return at < len(tokens) and tokens[at].kind in _WORDS


def _runs(tokens: Sequence[Token]) -> Iterator[range]:
    """The longest stretches without words, but for what links at their ends."""
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and tokens[end].kind not in _WORDS:
            end += 1
        start, stop = at, end
        while start < stop and _is_link(tokens[start:stop]):
            start += 1
        while start < stop and tokens[stop - 1].kind in _LINKS:
            stop -= 1
        if start < stop:
            yield range(start, stop)
        at = end + 1


def _is_link(run: Sequence[Token]) -> bool:
    """Whether a run begins with a word that is no part of it: *a* $5m deal, but a trillion dollars."""
    first, after = run[0], [token.kind for token in run[1:2]]
    if first.kind == "article":
        return not _TIMES.issuperset(after)
    return first.kind in _LINKS and first.text[:1].isalpha() and not _is_range(run)


def _is_glued(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether two tokens are one word: ₹14L."""
    if not before or not after or before[0].end != after[0].start:
        return False
    return before[0].text[-1].isalnum() and after[0].text[0].isalnum()


def _is_range(tokens: Sequence[Token]) -> bool:
    """Whether a word or sign begins an interval: from $3bn to $5bn."""
    return tokens[0].kind == "from" and any(token.kind == "range" for token in tokens[1:])


def _is_money(run: Sequence[Token]) -> bool:
    kinds = {token.kind for token in run}
    return not kinds.isdisjoint(CURRENCIES) and not kinds.isdisjoint(NUMBERS - {"article", "join"})


def _says_nothing(token: Token) -> bool:
    """Whether a token around the amount is a word that says nothing of it."""
    if token.kind in _LINKS or token.kind in _WORDS - {"unknown"}:
        return True
    word = token.text.lower()
    return token.kind == "unknown" and not (denies(word) or _relates(word)) and _WORD.fullmatch(word) is not None


def _is_origin(before: Sequence[Token], run: Sequence[Token]) -> bool:
    """Whether the amount is that from which something has changed, or up to which: up from $3bn."""
    kinds = [token.kind for token in before]
    if kinds[-1:] == ["from"]:
        return True
    return kinds[-1:] == ["range"] and ("from" in kinds or run[0].kind not in _VALUES)


def _is_each(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether the amount may be for one of something: 10 shares at $5, $5m a contract."""
    if [token.kind for token in after[:1]] == ["article"]:
        return True
    priced = [token.text.lower() for token in before[-1:]] == [_AT]
    return priced and any(token.text[:1].isdigit() for token in before)


def _label(token: Token) -> Token:
    return token if token.kind in _WORDS - {"unknown", "country"} else token._replace(kind="label")


def _relates(word: str) -> bool:
    return word in _listed("relates")


@of_tables
def _listed(name: str) -> frozenset[str]:
    return frozenset(word for table in tables().values() for word in table.get("label", {}).get(name, ()))


def is_told(language: str) -> bool:
    """Whether the table of a language says what relates an amount to another one."""
    return "relates" in tables().get(language, {}).get("label", {})
