"""Characters and words that say something of an amount elsewhere, but are parts of other words here.

A lone character of Han that is a word in another language only (the 料 of 出演料), a currency at the end
of a longer word (the ランド of ディズニーランド), a letter of a name (ソフトバンクG): all are unknown words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS as NUMBERS
from kg.values.vocabulary import BASE

if TYPE_CHECKING:
    from kg.values.vocabulary import Token


_OF_HAN: Final = frozenset({"ja", "zh"})
_CHINESE, _JAPANESE, _KOREAN = "zh", "ja", "ko"
_MASKED: Final = "○"
"""Zero in Chinese, and in Korean what stands for something that is not told."""
_MARKS: Final = frozenset({"bound", "approximate"})
_HANS: Final = re.compile("[\u3400-\u9fff]+")
_LONE: Final = re.compile("[\u3400-\u9fff]")
_KEPT: Final = NUMBERS | CURRENCIES | {"country"}
_KATAKANA: Final = re.compile("[ァ-ヺー]+")
_NAME: Final = re.compile("[ァ-ヺー\u3400-\u9fff]+")
_LETTERS: Final = frozenset({"multiple", "article"})


def own(tokens: list[Token], main: str) -> list[Token]:
    """The tokens without lone characters that are words in another language only: the 料 of 出演料, 3000p."""
    own_or_none = {"", main}
    if all(token.language in own_or_none or not _is_foreign(token, main) for token in tokens):
        return tokens
    return [
        token._replace(kind="unknown", language="")
        if token.language not in own_or_none and _is_foreign(token, main)
        else token
        for token in tokens
    ]


def _is_foreign(token: Token, main: str) -> bool:
    if token.kind == "subunit":
        return len(token.text) == 1 and token.text.isascii()
    if main == _KOREAN and token.text == _MASKED:
        return True
    if token.kind == "count":
        return token.text.isascii() and token.language not in BASE  # SEIS is no six in English
    if main == _JAPANESE and token.language == _CHINESE and token.kind in _MARKS:
        return _HANS.fullmatch(token.text) is not None  # 未達
    return main in _OF_HAN and token.kind not in _KEPT and _LONE.fullmatch(token.text) is not None


def whole_words(tokens: list[Token]) -> list[Token]:
    """The tokens without currencies and scales that are parts of names: ディズニーランド, ソフトバンクG."""
    parts = [at for at in range(len(tokens)) if _is_end(tokens, at) or _is_initial(tokens, at)]
    if not parts:
        return tokens
    found = list(tokens)
    for at in parts:
        found[at] = found[at]._replace(kind="unknown", language="")
    return found


def _is_end(tokens: list[Token], at: int) -> bool:
    """Whether the name of a currency is the end of a longer word."""
    return at > 0 and tokens[at].kind in CURRENCIES and _continues(tokens[at - 1], tokens[at])


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
