"""Particles that look like number words: what follows the amount in ``7000만원이`` or ``₩5억이`` is no 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.numeral import KINDS
from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_LIKE_A_NUMBER: Final = frozenset({"digit", "scale"})
_NOUNS: Final = frozenset({"label", "filler", "approximate"})
_UNITS: Final = frozenset({"currency", "code", "assumed", "unsure", "subunit", "tenth", "percent", "unit"})


def without_particles(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens, with particles after a unit told from number words: they say nothing."""
    return [
        token._replace(kind="filler", value=token.text) if is_particle(tokens, at) else token
        for at, token in enumerate(tokens)
    ]


def is_particle(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at a place only looks like a number word: nothing of a number or unit follows it."""
    if tokens[at].kind not in _LIKE_A_NUMBER or tokens[at].text not in _particles() or not at:
        return False
    following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    within = at > 1 and tokens[at - 2].kind in KINDS  # 500여만
    noun = tokens[at - 1].kind in _NOUNS and tokens[at - 1].end == tokens[at].start
    if noun and following and not within:
        return tokens[at].end < tokens[at + 1].start
    if following in KINDS or following in _UNITS:
        return False
    before = tokens[at - 1].kind
    return before in _UNITS or (before == "scale" and tokens[0].kind in _UNITS)


def paired(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens, with what joins the two ends of "between" as a range: 3000억원과 5000억원 사이."""
    if not any(token.kind == "between" for token in tokens):
        return tokens
    return [
        token._replace(kind="range", value="~") if _is_pair(tokens, at) else token
        for at, token in enumerate(tokens)
    ]


def _is_pair(tokens: Sequence[Token], at: int) -> bool:
    """Whether a particle that means "and" stands right between two numbers or units."""
    if not 0 < at < len(tokens) - 1 or tokens[at].text not in _pairs():
        return False
    return all(tokens[beside].kind in KINDS | _UNITS for beside in (at - 1, at + 1))


def may_stand_first(token: Token) -> bool:
    """Whether a bound may stand before its number: 최대, not 넘는, which ends a clause about another one."""
    first = _first(token.language)
    return (not first or token.text in first) and token.text not in _behind(token.language)


@of_tables
def _behind(language: str) -> frozenset[str]:
    return frozenset(tables().get(language, {}).get("label", {}).get("behind", ()))


@of_tables
def _first(language: str) -> frozenset[str]:
    return frozenset(tables().get(language, {}).get("label", {}).get("before", ()))


def may_stand_last(token: Token) -> bool:
    """Whether a bound may stand behind its number: or more, not "above", which compares it there."""
    return not token.text.endswith(_forward(token.language)) or token.text.startswith(("or ", "and "))


@of_tables
def _forward(language: str) -> tuple[str, ...]:
    return tuple(sorted(tables().get(language, {}).get("label", {}).get("forward", ())))


def leads_on(tokens: Sequence[Token]) -> bool:
    """Whether a particle ends them that says where something went: 3조원에서 5조원으로."""
    return bool(tokens) and tokens[-1].kind == "filler" and tokens[-1].text in _towards()


@of_tables
def _towards() -> frozenset[str]:
    return frozenset(
        word for table in tables().values() for word in table.get("particle", {}).get("towards", ())
    )


@of_tables
def _pairs() -> frozenset[str]:
    return frozenset(
        word for table in tables().values() for word in table.get("particle", {}).get("pair", ())
    )


@of_tables
def _particles() -> frozenset[str]:
    return frozenset(
        word for table in tables().values() for word in table.get("particle", {}).get("number", ())
    )
