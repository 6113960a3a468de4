"""Names brought to one form for comparison: Unicode, case, spaces and legal forms."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import Final

from kg.identity import legal_forms
from kg.values.characters import INVISIBLE, LONGEST_NAME

_SPACES: Final = re.compile(r"\s+")
_MADE_BY: Final = (
    "identity/names.py",
    "identity/legal_forms.py",
    "identity/tables/legal_forms.toml",
    "values/characters.py",
)
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


def keys_version() -> str:
    """What names the way in which keys are made: of keys that are kept, whether they are still the same."""
    files = resources.files("kg")
    texts = (files.joinpath(name).read_bytes() for name in _MADE_BY)
    return hashlib.sha256(unicodedata.unidata_version.encode() + b"".join(texts)).hexdigest()


def _key(name: str) -> str:
    key = _SPACES.sub(" ", unicodedata.normalize("NFKC", name.translate(INVISIBLE)).casefold()).strip()
    return legal_forms.without(key).strip(" ,.") or key


_kept = lru_cache(maxsize=200_000)(_key)
