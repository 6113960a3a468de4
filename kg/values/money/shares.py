"""Shares before an amount: ``지분 30%를 1200억원에``, ``5.2% 늘어난 3000억원``.

A share before the amount, and before a word in Hangul, Han or Kana, says what the amount is for or how
it has changed, and is a label. After the amount it may be one of it (``1200억원의 30%``), and so it may
be where an English word follows (30% of $5m): that is left as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

SIGN: Final = "%"
_WORD: Final = re.compile("[가-힣\u3041-\u30ff\u3400-\u9fff]")
_MARKS: Final = frozenset({"approximate", "bound", "band"})
_BEFORE: Final = frozenset({"approximate", "bound", "minus"})
_AMOUNT: Final = CURRENCIES | KINDS | {"range"}
_SAYING_MORE: Final = _AMOUNT | _MARKS | {"until"}
"""What may say more of the share, or of the amount: no word that tells them apart."""


def labelled(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with shares before the amount as labels."""
    found: list[Token] = []
    after = 0
    for at, token in enumerate(tokens):
        if at < after:
            continue
        found.append(token)
        end = _end(tokens, at) if token.text == SIGN else at
        start = _start(found) if end > at else len(found)
        if start < len(found):
            words = "".join(part.text for part in (*found[start:], *tokens[at + 1 : end]))
            share = token._replace(kind="label", value=words, text=words)
            found[start:] = [share._replace(start=found[start].start, end=tokens[end - 1].end)]
            after = end
    return found


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where a share ends whose sign is at a place, with a mark joined to it: 30%이상; ``at`` if it is none."""
    end = at + 1
    if end < len(tokens) and tokens[end].kind in _MARKS and tokens[end].start == tokens[at].end:
        end += 1
    following = tokens[end : end + 1]
    parted = bool(following) and following[0].kind not in _SAYING_MORE and _WORD.match(following[0].text)
    return end if parted else at


def _start(found: Sequence[Token]) -> int:
    """Where the share begins that the last token ends; the number of tokens if something of the amount stands before."""
    start = len(found) - 2
    if start < 0 or found[start].kind != "digits":
        return len(found)
    while start and found[start - 1].kind in _BEFORE:
        start -= 1
    return len(found) if any(token.kind in _AMOUNT for token in found[:start]) else start
