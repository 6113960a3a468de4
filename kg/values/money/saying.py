"""An amount in a normal form of a language, and how a text was read as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language_tags import primary_language
from kg.values.explanation import Step
from kg.values.interval import saying
from kg.values.interval.explaining import steps
from kg.values.interval.meaning import Interval
from kg.values.money import grammar
from kg.values.money.amounts import habit
from kg.values.money.cutting import tokens as cut
from kg.values.money.side import CURRENCIES
from kg.values.money.vocabulary import groups_by_point, minor_digits
from kg.values.numeral import style
from kg.values.numeral.digits import ambiguous
from kg.values.scanner import normal
from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.money.meaning import Money
    from kg.values.vocabulary import Token


def said(money: Money, language: str) -> str:
    """The amount in a normal form of ``language``, which reads back to the same value.

    >>> said(grammar.read("$15-25bn"), "ko"), said(grammar.read("약 1조2000억원"), "en")
    ('150억 미 달러~250억 미 달러', 'about KRW 1.2 trillion')
    """
    pattern: str = saying.wording(language)["money"]
    currency = _name(money.currency, language)
    point = "," if saying.wording(language).get("comma") else "."

    def amount(number: str) -> str:
        # nobody pays parts of these currencies, so three digits after a point would be a group
        whole = not minor_digits(money.currency) or money.currency in groups_by_point()
        grouped = whole and point in number and ambiguous(number)
        return pattern.format(number=f"{number}0" if grouped else number, currency=currency)

    main = saying.interval(_bounds(money), language, amount)
    return main if money.converted is None else f"{main} ({said(money.converted, language)})"


def explained(text: str, language: str = "") -> list[Step]:
    """How a text was read as an amount, in the order of the text.

    Raises ``Unreadable`` as :func:`kg.values.money.grammar.read` does.

    >>> print(*explained("150억 달러 이상"), sep="; ")
    150억 = 15,000,000,000; 달러 = USD, assumed; 이상 = ≥
    """
    money = grammar.read(text, language)
    tokens = cut(text, language)
    how = style(habit(tokens, language))
    first, second = _halves(tokens, money)
    found = steps(first, normal(text), _bounds(money), how, _unit(normal(text), money))
    if money.converted is not None:
        other = money.converted
        found += steps(second, normal(text), _bounds(other), how, _unit(normal(text), other))
    return found


def _bounds(money: Money) -> Interval:
    return Interval(
        money.min, money.max, money.min_exclusive, money.max_exclusive, money.approximate, money.digits
    )


def _halves(tokens: list[Token], money: Money) -> tuple[list[Token], list[Token]]:
    """The tokens of the amount, and those of the converted one."""
    if money.converted is None:
        return tokens, []
    kinds = [token.kind for token in tokens]
    if "open" in kinds:
        start, end = kinds.index("open"), kinds.index("close")
        return tokens[:start] + tokens[end + 1 :], tokens[start + 1 : end]
    at = kinds.index("convert")
    return tokens[:at], tokens[at + 1 :]


def _unit(text: str, money: Money) -> Callable[[Token], Step | None]:
    def unit(token: Token) -> Step | None:
        if token.kind in {"label", "change"}:
            return Step(text[token.start : token.end], "label")
        if token.kind == "each":
            return Step(text[token.start : token.end], "for each")
        if token.kind not in CURRENCIES:
            return None
        words = text[token.start : token.end]
        assumed = bool(money.assumed) and token.text == money.assumed
        if token.kind == "subunit":
            return Step(words, f"0.01 {money.currency}", assumed)
        if token.kind == "tenth":
            return Step(words, f"0.1 {money.currency}", assumed)
        return Step(words, money.currency, assumed)

    return unit


@of_tables
def _name(currency: str, language: str) -> str:
    """The first word of the language's own table, where its wording uses words; else the code."""
    if not saying.wording(language).get("words"):
        return currency
    own = tables().get(primary_language(language), {}).get("money", {}).get("currency", {})
    return next((word for word, code in own.items() if code == currency), currency)
