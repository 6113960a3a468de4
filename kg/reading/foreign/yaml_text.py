"""Text as YAML: with quotation marks where it needs them."""

from __future__ import annotations

import json
import re
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z가-힣][A-Za-z0-9가-힣_-]*")
_WORDS: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def quoted(text: str) -> str:
    r"""A text as a YAML scalar; JSON's strings are YAML's too.

    >>> quoted("deals"), quoted("{Legal Name}"), quoted("no"), quoted("한빛")
    ('deals', '"{Legal Name}"', '"no"', '한빛')
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
