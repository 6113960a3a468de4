"""Names brought to one form for comparison: Unicode, case, spaces and legal forms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from kg.values.characters import INVISIBLE, LONGEST_NAME

_BEFORE_OR_AFTER: Final = (
    *("(주)", "주식회사", "(유)", "유한회사", "(재)", "재단법인", "(사)", "사단법인"),
    *("株式会社", "(株)", "有限会社", "股份有限公司", "有限公司"),
)
_AFTER: Final = (
    *("incorporated", "inc", "corporation", "corp", "company", "co", "limited", "ltd", "llc", "llp"),
    *("lp", "plc", "gmbh", "ag", "se", "kg", "kgaa", "sa", "sas", "sarl", "spa", "srl", "nv", "bv"),
    *("ab", "oy", "oyj", "as", "asa", "pte", "pty", "pvt", "kk"),
)
_LEGAL: Final = frozenset(_AFTER)
_DOTTED: Final = re.compile(r"\b(?:[a-z]\.){2,}")
_SPACES: Final = re.compile(r"\s+")
_PARTED: Final = str.maketrans(",.", "  ")
_REMEMBERED: Final = 200
"""Keys of names up to this length are kept, since most names come again; no name is as long in earnest."""


def name_key(name: str) -> str:
    """The form in which names are compared; two names with one key are the same name.

    Of a name that is longer than a name may be, only as much counts as a name may have.

    >>> name_key("㈜삼성전자"), name_key("SAMSUNG Electronics Co., Ltd.")
    ('삼성전자', 'samsung electronics')
    >>> name_key("OpenAI, L.L.C."), name_key("  SoftBank   Group Corp. ")
    ('openai', 'softbank group')
    """
    return _kept(name) if len(name) <= _REMEMBERED else _key(name[:LONGEST_NAME])


def _key(name: str) -> str:
    key = _SPACES.sub(" ", unicodedata.normalize("NFKC", name.translate(INVISIBLE)).casefold()).strip()
    bare = _DOTTED.sub(lambda m: m.group().replace(".", ""), key)
    for form in _BEFORE_OR_AFTER:
        bare = bare.removeprefix(form).removesuffix(form).strip()
    return _without_legal_forms(bare).strip(" ,.") or key


_kept = lru_cache(maxsize=200_000)(_key)


def _without_legal_forms(name: str) -> str:
    """The name without the legal forms that it ends in; one that is nothing else is left as it is."""
    parted = name.translate(_PARTED)
    words = parted.split()
    legal = 0
    while legal < len(words) - 1 and words[-1 - legal] in _LEGAL:
        legal += 1
    # what is parted is as long as the name
    return name[: len(parted.rsplit(None, legal)[0])] if legal else name
