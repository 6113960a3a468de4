"""Names brought to one form for comparison: Unicode, case, spaces and legal forms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_BEFORE_OR_AFTER: Final = (
    *("(주)", "주식회사", "(유)", "유한회사", "(재)", "재단법인", "(사)", "사단법인"),
    *("株式会社", "(株)", "有限会社", "股份有限公司", "有限公司"),
)
_AFTER: Final = (
    *("incorporated", "inc", "corporation", "corp", "company", "co", "limited", "ltd", "llc", "llp"),
    *("lp", "plc", "gmbh", "ag", "se", "kg", "kgaa", "sa", "sas", "sarl", "spa", "srl", "nv", "bv"),
    *("ab", "oy", "oyj", "as", "asa", "pte", "pty", "pvt", "kk"),
)
_DOTTED: Final = re.compile(r"\b(?:[a-z]\.){2,}")
_TAIL: Final = re.compile(rf"[\s,.]+(?:{'|'.join(_AFTER)})\.?$")
_SPACES: Final = re.compile(r"\s+")


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """The form in which names are compared; two names with one key are the same name.

    >>> name_key("㈜삼성전자"), name_key("SAMSUNG Electronics Co., Ltd.")
    ('삼성전자', 'samsung electronics')
    >>> name_key("OpenAI, L.L.C."), name_key("  SoftBank   Group Corp. ")
    ('openai', 'softbank group')
    """
    key = _SPACES.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()
    bare = _DOTTED.sub(lambda m: m.group().replace(".", ""), key)
    for form in _BEFORE_OR_AFTER:
        bare = bare.removeprefix(form).removesuffix(form).strip()
    before = None
    while before != bare:
        before, bare = bare, _TAIL.sub("", bare)
    return bare.strip(" ,.") or key
