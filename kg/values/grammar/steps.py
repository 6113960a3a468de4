"""What each word of an expression was taken for, for a person who wants to know why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.errors import Unreadable
from kg.values.explanation import Step
from kg.values.grammar.cursor import Cursor
from kg.values.grammar.digits import digits
from kg.values.grammar.limits import plain
from kg.values.grammar.scanner import normalized

if TYPE_CHECKING:
    from kg.values.grammar.scanner import Token
    from kg.values.grammar.whole import Asked, Rules
    from kg.values.lexicon import Lexicon

_POWERS: Final = ("multiple", "scale", "group")
_WORDS: Final[dict[str, str]] = {
    "about": "about",
    "about-after": "about",
    "about-inside": "about",
    "range": "to",
    "from": "from",
    "between": "between",
    "and": "and",
    "but": "and",
    "band": "and less than the next",
    "convert": "the same amount",
    "minus": "minus",
}
_SAID: Final = ("bound", "bound-after", "count", "digit", "fraction", "times", "unit", "percent")


def steps(rules: Rules[Any], lexicon: Lexicon, asked: Asked) -> list[Step]:
    """The words of a text that is read, one after the other."""
    plain_text = normalized(asked.text)
    for language in lexicon.languages(plain_text, asked.language):
        scanner, habits = lexicon.reader(rules.type, language)
        tokens = scanner.scan(plain_text)
        try:
            found = rules.parse(Cursor(tokens, habits), asked if asked.language else asked.tried(language))
        except Unreadable:  # a notation without words, such as EDTF
            found = None
        if found is not None:
            return [step for token in tokens if (step := _step(token, comma=habits.comma)) is not None]
    return []


def _step(token: Token, *, comma: bool | None) -> Step | None:
    senses = token.senses
    if "digits" in senses:
        value = digits(token.text, comma=comma)
        return Step(token.text, token.text if value is None else f"{plain(value)}")
    for kind in _POWERS:
        if kind in senses:
            return Step(token.text, f"{10 ** senses[kind]:,}")
    for kind in ("currency", "subunit", "tenth"):
        if kind in senses:
            codes = senses[kind]
            several = not isinstance(codes, str)
            return Step(token.text, codes[0] if several else codes, assumed=several)
    for kind, meaning in _WORDS.items():
        if kind in senses:
            return Step(token.text, meaning)
    return next((Step(token.text, str(senses[kind])) for kind in _SAID if kind in senses), None)
