"""Marks that are the beginning of a longer word: 逾期贷款 is overdue, not more than; 负极材料 is no minus.

In scripts without spaces the scanner can't tell them. A word of the list ``begins`` (of ``[label]``), or
before the number one of ``begins-first``, is a part of the word that it stands right before; before a
number, a currency or another mark it is the mark: 逾3亿元.

In Korean and Japanese the amount by which something else is exceeded stands between that, as an object, and
the verb (the lists ``object`` and ``exceeds``): 전망치를 1000억원 웃도는 bounds no amount, 1000억원을 웃도는
does. So it is with what is not reached (``reached``, ``falls-short``): 目標に3億円届かない.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS
from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

MISPLACED: Final = "misplaced"
"""The kind of a bound that compares with something else: 超过预算2000万元 is no amount."""
MARKS: Final = frozenset({"bound", "approximate", "minus", "assumed", "subunit", "tenth"})
"""The kinds of token that are looked at here."""
_WORDS: Final = frozenset({"unknown", "label", "change", "each", "country"})
_COUNTED: Final = KINDS - {"article", "join"}
_AMOUNT: Final = _COUNTED | CURRENCIES | {"approximate"}


def parted(tokens: Sequence[Token], language: str) -> list[Token]:
    """The tokens, with marks that only begin a longer word as unknown ones."""
    first = next((at for at, token in enumerate(tokens) if token.kind in _COUNTED), len(tokens))
    found = list(tokens)
    for at in range(len(tokens) - 2, -1, -1):
        token, after = found[at], found[at + 1]
        if token.kind not in MARKS:
            continue
        begins = _list(language or token.language, "begins")
        early = at < first and token.text in _list(language or token.language, "begins-first")
        mark = early or token.text in begins
        if token.end != after.start or not (after.kind in _WORDS or after.text in _words()):
            continue
        if mark:
            found[at] = token._replace(kind="unknown", value=token.text)
        elif at < first and token.text in _list(language or token.language, "compares"):
            found[at] = token._replace(kind=MISPLACED)
    return _exceeding(found)


def _exceeding(tokens: list[Token]) -> list[Token]:
    """The tokens, with a bound right after the amount misplaced where an object stands right before it."""
    start = next((at for at, token in enumerate(tokens) if token.kind in _AMOUNT), 0)
    end = next((at for at in range(start + 1, len(tokens)) if tokens[at].kind not in _AMOUNT), start)
    if not start:
        return tokens
    before = tokens[start - 1].text
    exceeded, reached = before.endswith(_all("object")), before.endswith(_all("reached"))
    if exceeded and tokens[end].kind == "filler" and not tokens[end].text.endswith(_all("object")):
        end = min(end + 1, len(tokens) - 1)  # 1000억원이나 웃도는
    last = tokens[end]
    compares = (exceeded and last.text.startswith(_all("exceeds"))) or (
        reached and last.text.startswith(_all("falls-short"))
    )
    moves = exceeded and last.kind == "change" and any(token.kind == "bound" for token in tokens[:start])
    if not moves and not (compares and last.kind == "bound"):
        return tokens
    return [*tokens[:end], last._replace(kind=MISPLACED), *tokens[end + 1 :]]


@of_tables
def _list(language: str, name: str) -> frozenset[str]:
    return frozenset(tables().get(language, {}).get("label", {}).get(name, ()))


@of_tables
def _all(name: str) -> tuple[str, ...]:
    """The words of a list, of all languages."""
    return tuple(word for table in tables().values() for word in table.get("label", {}).get(name, ()))


@of_tables
def _words() -> frozenset[str]:
    """Other words that are nouns after a mark: 以上合计, 低于预期."""
    return frozenset(
        word for table in tables().values() for word in table.get("label", {}).get("begun", ()) if word
    )
