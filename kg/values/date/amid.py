"""One date amid the words of a phrase: *listed on the ASX in* June 2018, *effective date* 1 April 2025.

Between two unknown words there must be one run of tokens that say when; all around it is left out. The text
is left as it is, to be refused, if a word may move the day (the list ``risky`` of ``[date-label]``), or if
another number or a bound stands there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import denies
from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from kg.values.vocabulary import Token

_WORDS: Final = frozenset({"unknown", "filler", "label", "event", "of", "open", "close"})
"""What may stand around the date."""
_LINKS: Final = frozenset({"range", "join", "from-to"})
_PREPOSITIONS: Final = frozenset({"on", "distance", "time"})
"""On, in, at: before other words, too."""
_LONGEST: Final = 120
_WORD: Final = re.compile(r"[^\W\d_]+|[-–—'’&.,;:/“”\"()|]")


def is_told(language: str) -> bool:
    """Whether the table of a language says what may move a day."""
    return bool(_risky(language))


def amid_words(tokens: list[Token], language: str) -> list[Token]:
    """The tokens of the only date, if the words around it say nothing of it; else all."""
    if tokens[-1].end - tokens[0].start > _LONGEST:
        return tokens
    parts = _parted(tokens)
    dated = [at for at, part in enumerate(parts) if any(token.kind == "digits" for token in part)]
    if len(dated) != 1:
        return tokens
    part = parts[dated[0]]
    start = next(at for at, token in enumerate(part) if _is_of_date(token))
    end = next(at for at in range(len(part), start, -1) if _is_of_date(part[at - 1]))
    before = [token for other in parts[: dated[0]] for token in other] + part[:start]
    after = part[end:] + [token for other in parts[dated[0] + 1 :] for token in other]
    if not all(_says_nothing(token, language) for token in (*before, *after)):
        return tokens
    found = part[start:end]
    linked = before and before[-1].kind in _LINKS and before[-1].text.isalpha()
    glued = after and after[0].start == found[-1].end and after[0].text[0].isalnum()
    return tokens if linked or glued or _may_count(before, found, after) else found


def _parted(tokens: list[Token]) -> list[list[Token]]:
    """The tokens parted where there are unknown words, each of which is a part by itself."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == "unknown":
            parts += [[token], []]
        else:
            parts[-1].append(token)
    return parts


def _may_count(before: list[Token], dated: list[Token], after: list[Token]) -> bool:
    """Whether a lone number may count something: 2027 units."""
    said = before and before[-1].kind == "filler" and not any(token.kind == "unknown" for token in after[:1])
    return len(dated) == 1 and not said


def _is_of_date(token: Token) -> bool:
    return token.kind not in _WORDS and token.kind not in _LINKS


def _says_nothing(token: Token, language: str) -> bool:
    if token.kind != "unknown":
        return not _is_of_date(token) or token.kind in _PREPOSITIONS
    word = token.text.lower()
    return not denies(word) and word not in _risky(language) and _WORD.fullmatch(word) is not None


@of_tables
def _risky(language: str) -> frozenset[str]:
    return frozenset(tables().get(language, {}).get("date-label", {}).get("risky", ()))
