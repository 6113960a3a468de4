"""A text is one whole expression of a type, or it is refused with the words that were not understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from kg.errors import NotUnderstood, Problem, Unreadable
from kg.values.characters import shortened, unreadable
from kg.values.grammar.cursor import Cursor
from kg.values.grammar.scanner import LONGEST, normalized

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.values.grammar.scanner import Token
    from kg.values.lexicon import Lexicon

_MOST: Final = 40
"""Tokens of a text in which the piece that would be read is looked for: the cost is its square."""
Value = TypeVar("Value")


class Asked(NamedTuple):
    """The text that is read, and what is known beside it."""

    text: str
    language: str = ""
    """The language that it is read in: the declared one, else one after the other of those of its script."""
    declared: bool = False
    reference: Callable[[], str | None] = lambda: None
    """Asked for the ISO date that relative dates count from; None if there is none."""
    date_order: str = ""
    """``day`` or ``month``: what stands first in numeric dates, "" if nobody said."""
    currency: str = ""
    """The currency of amounts that name none."""

    def tried(self, language: str) -> Asked:
        """The same, read in a language that nobody declared."""
        return self._replace(language=language)


@dataclass(frozen=True, slots=True)
class Rules(Generic[Value]):
    """The grammar of one type of value."""

    type: str
    """The key of ``SECTIONS`` of the lexicon."""
    word: str
    """The code for words that are not understood."""
    parse: Callable[[Cursor, Asked], Value | None]
    """The first rule: the value with every token consumed, or None; raises ``Unreadable`` for what is
    understood and impossible."""
    canonical: Callable[[Value, Lexicon, str], str]
    """The canonical form in a language."""
    codes: Mapping[str, str]
    """Kinds of words that make a text something else (``rate``) -> code; the first one decides."""


def read(rules: Rules[Value], lexicon: Lexicon, beside: Asked) -> Value:
    """The value that the whole text is, read in one language at a time.

    Raises ``NotUnderstood`` for a text that is no expression of the type, ``Unreadable`` for one that is
    impossible or too long.
    """
    text = beside.text
    if beside.language == "und":
        beside = Asked(text, "", False, *beside[3:])  # noqa: FBT003 - nobody declared it
    if len(text) > LONGEST:
        raise unreadable("text-too-long", text, args={"length": len(text), "limit": LONGEST})
    plain = normalized(text)
    first = ""
    for language in lexicon.languages(plain, beside.language):
        scanner, habits = lexicon.reader(rules.type, language)
        if first and beside.language:  # words of another language, and the separators of the declared one
            habits = habits._replace(comma=lexicon.comma(beside.language))
        tokens = scanner.scan(plain)
        value = rules.parse(Cursor(tokens, habits), beside if beside.language else beside.tried(language))
        if value is not None:
            return value
        first = first or language
        if any(kind in token.senses for token in tokens for kind in rules.codes):
            first = language  # a word says that it is something else: no other language is asked
            break
    raise refusal(rules, plain, lexicon, beside.tried(first or "en"))


def refusal(rules: Rules[Value], plain: str, lexicon: Lexicon, asked: Asked) -> NotUnderstood:
    """What is outside the longest piece of a normalized text that would be read, and that piece's value."""
    scanner, habits = lexicon.reader(rules.type, asked.language)
    tokens = scanner.scan(plain)

    def parse(piece: Sequence[Token]) -> Value | None:
        try:
            return rules.parse(Cursor(piece, habits), asked)
        except Unreadable:
            return None

    found = _longest(tokens[:_MOST], parse)
    if found is None:
        return _refused(_code(rules, tokens), asked.text, _unknown(tokens, plain), "")
    start, end, value = found
    rest = (tokens[:start], tokens[end:])
    code = _code(rules, [*rest[0], *rest[1]])
    if code == rules.word and any(_longest(part[:_MOST], parse) is not None for part in rest):
        code = rules.codes.get("two", code)
    words = tuple(piece for part in rest if (piece := _piece(part, plain)))
    return _refused(code, asked.text, words, rules.canonical(value, lexicon, "en"))


def _refused(code: str, text: str, words: Sequence[str], without: str) -> NotUnderstood:
    quoted = ", ".join(f"“{word}”" for word in words)
    rest = {"en": f"; without these: {without}", "ko": f"; 이를 빼면: {without}"} if without else ""
    return NotUnderstood(Problem(code, args={"word": quoted, "without": rest}, received=shortened(text)))


def _longest(
    tokens: Sequence[Token], parse: Callable[[Sequence[Token]], Value | None]
) -> tuple[int, int, Value] | None:
    """The longest piece that is read, the first of several."""
    for size in range(len(tokens), 0, -1):
        for start in range(len(tokens) - size + 1):
            found = parse(tokens[start : start + size])
            if found is not None:
                return start, start + size, found
    return None


def _code(rules: Rules[Value], tokens: Sequence[Token]) -> str:
    kinds = {kind for token in tokens for kind in token.senses}
    return next((code for kind, code in rules.codes.items() if kind in kinds), rules.word)


def _unknown(tokens: Sequence[Token], text: str) -> tuple[str, ...]:
    """The runs of words that no table knows; all of the text if it has none."""
    runs: list[list[Token]] = []
    before: int | None = None
    for at, token in enumerate(tokens):
        if token.senses:
            continue
        if before == at - 1 and runs:
            runs[-1].append(token)
        else:
            runs.append([token])
        before = at
    return tuple(_piece(run, text) for run in runs) or (text,)


def _piece(tokens: Sequence[Token], text: str) -> str:
    return text[tokens[0].start : tokens[-1].end].strip(" ,.;") if tokens else ""
