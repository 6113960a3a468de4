"""Text cut into the tokens of an amount.

A country's name before that of a currency says which one is meant: ``UAE 디르함``, ``印ルピー``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.values.money.vocabulary import family, scan, speech
from kg.values.vocabulary import BASE, of_tables, tables

if TYPE_CHECKING:
    from kg.values.vocabulary import Token


def tokens(text: str, language: str) -> list[Token]:
    """The tokens of an amount.

    A word that only another language has tells that the text is in that language, where
    others of its words may mean something else: *mil* is a thousand in Spanish.
    """
    found = scan(language)(text)
    told = _told(found, language)
    if told:
        found = scan(told)(text)
    kinds = {token.kind for token in found}
    if "unknown" in kinds:
        found = [_labelled(token) for token in found]
    return joined(found) if "country" in kinds else found


def _told(tokens: list[Token], language: str) -> str:
    """The other language that a word of the text belongs to alone, "" if there is none."""
    main = language.partition("-")[0].lower()
    for token in tokens:
        other = token.language
        if token.kind == "currency" and not other:
            other = speech(token.value)
        if other and other != main and other not in BASE:
            return other
    return ""


def _labelled(token: Token) -> Token:
    """A compound whose last part is a label is one: *Übernahmepreis*, 수주계약금액."""
    if token.kind != "unknown" or not token.text.lower().endswith(_label_ends()):
        return token
    return token._replace(kind="label")


@of_tables
def _label_ends() -> tuple[str, ...]:
    return tuple(
        word for table in tables().values() for word in table.get("label", {}).get("end", ()) if word
    )


def joined(tokens: list[Token]) -> list[Token]:
    """The tokens with countries joined to the currencies after them; alone they say nothing."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        if before is not None and before.kind == "country" and _may_be(token, before.value):
            found[-1] = before._replace(kind="currency", end=token.end)
        else:
            found.append(token)
    return [token._replace(kind="unknown") if token.kind == "country" else token for token in found]


def _may_be(token: Token, currency: str) -> bool:
    """Whether the name of a currency may stand for that of the country."""
    if token.kind == "unsure":
        return currency in token.value
    named = token.kind in {"currency", "assumed"}
    return named and (token.value == currency or currency in family(token.value))
