"""Tickers: the exchange by its code, whatever the text calls it."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any, Final

_PARTS: Final = re.compile(r"([^:：]{1,40}?)\s*[:：]\s*([0-9A-Za-z][0-9A-Za-z.\-]{0,11})")
_ENDED: Final = re.compile(r"([0-9A-Z\-]{1,8})\.([A-Z]{1,2})")
SCHEME: Final = "ticker"


def plain_ticker(text: str) -> str:
    """A ticker with the code of its exchange before it, where the text names one that is known.

    >>> plain_ticker("코스피: 005930"), plain_ticker("9984.T"), plain_ticker("XETRA:SAP"), plain_ticker("x")
    ('KRX:005930', 'TSE:9984', 'XETRA:SAP', 'x')
    """
    text = text[1:-1].strip() if text[:1] + text[-1:] == "()" else text
    if found := _PARTS.fullmatch(text):
        exchange = _table("names").get(_key(found[1]), found[1].strip())
        return f"{exchange}:{found[2]}".upper()
    if (found := _ENDED.fullmatch(text)) and (exchange := _table("endings").get(_key(found[2]), "")):
        return f"{exchange}:{found[1]}".upper()
    return text


def says_exchange(text: str) -> bool:
    """Whether a text can be a ticker by its form: its exchange is known, or nothing is in small letters.

    >>> says_exchange("Nasdaq: aapl"), says_exchange("XETRA:SAP"), says_exchange("Note: see below")
    (True, True, False)
    """
    if ":" not in text and "." not in text:
        return False
    found = _PARTS.fullmatch(text)
    return text == text.upper() or bool(found and _key(found[1]) in _table("names"))


def _key(name: str) -> str:
    return "".join(name.split()).lower()


@cache
def _table(section: str) -> dict[str, str]:
    return {_key(name): code for code, names in _toml()[section].items() for name in (*names, code)}


@cache
def _toml() -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - read only when the first ticker is read

    return tomllib.loads((resources.files("kg.values.identifier") / "exchanges.toml").read_text("utf-8"))
