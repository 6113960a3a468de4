"""What the first word after ``kg query`` means: a named query, a file, ``-``, or SPARQL itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import UsageError
from kg.query.named import one, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.query.named import Named

_ENDS: Final = (".rq", ".sparql")
_SPARQL: Final = re.compile(r"[\s{}]")


def query_of(word: str, queries: Mapping[str, Named], stdin: Callable[[], str]) -> Named | str:
    """The named query, or the text of SPARQL, that a word means.

    A file whose head declares something is a named query too. Raises ``UsageError`` that names
    the nearest query for a word that is nothing of these.
    """
    if word == "-":
        try:
            return stdin()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError("query-unreadable", received=word, reason=str(error)) from error
    if word in queries:
        return queries[word]
    if word.lower().endswith(_ENDS):
        return _file(Path(word))
    if _SPARQL.search(word):
        return word
    return one(queries, word)


def _file(path: Path) -> Named | str:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UsageError("query-unreadable", received=str(path), reason=reason) from error
    return read(path) if re.search(r"^#\s*summary@en:", text, re.MULTILINE) else text
