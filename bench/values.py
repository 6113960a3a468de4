"""Values read from text: accuracy and values per second for each kind, beside what else a user would pick.

Both tools are asked the same question about the same rows, each with its best settings: price-parser
is given separators where a row has them, dateparser the reference date and the language, python-stdnum
the scheme, langcodes whether it is a tag or a name. A value is *exact*, *wrong*, or *unread*: for a row
that holds none, unread is exact. Of ranges and precision a peer is asked for as much as it can say. What
is timed is the call that reads the text: what it is called with is made ready before, and what it says is
made comparable after. Rows: public cases (``../shared/cases``, where they are at hand) and the tables of
``tests/values``, each text once. Nothing is kept of a text that was read. Times are processor time of one
process.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from kg import model
from kg.errors import Unreadable
from kg.values import kinds
from kg.values.identifier.scheme import schemes_of
from kg.values.identifier.spelling import normal_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from of_values.peers import Read

    from kg.model.types import Concept

from of_values.peers import (
    STDNUM,
    Dateparser,
    babel_names,
    babel_number,
    langcodes,
    of_country,
    of_language,
    of_name,
    of_period,
    of_price,
    of_quantity,
    of_seconds,
    of_stdnum,
    pint_quantity,
    price_parser,
    pycountry,
    pytimeparse,
    stdnum,
)
from of_values.rows import (
    Answer,
    Row,
    date_cases,
    date_tables,
    durations,
    identifiers,
    money_cases,
    money_tables,
    number,
    number_cases,
    quantities,
    simple,
)

ROUNDS: Final = 10
_ROUNDED: Final = 13
"""Digits of a rounded fraction that are compared."""
LONGEST: Final = 12.0
"""Seconds that one tool may take for one set of rows; it then counts only those that it came to."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One way to read a kind of value."""

    name: str
    asked: Callable[[Row], Read]
    """The call that reads a row; it says None or raises if it can't."""
    answer: Callable[[Any, Row], Answer] = lambda found, _: found
    """What was read, made comparable; None if that is nothing."""
    same: Callable[[Answer, Answer], bool] = lambda found, want: found == want


def ours(kind: str, answer: Callable[[Any], Answer]) -> Tool:
    """``kg read`` of a kind."""
    schemes = kinds.schemes(model.load()) if kind in kinds.OF_THE_MODEL else ()
    read_text = kinds.kind(kind).read

    @cache
    def beside(language: str, reference: str | None) -> kinds.Beside:
        return kinds.Beside(language, reference, schemes)

    def asked(row: Row) -> Read:
        return partial(read_text, row.text, beside(row.language, row.given.get("reference")))

    return Tool("kg", asked, lambda found, _: answer(found))


def of_money(amount: Any) -> Answer:  # noqa: ANN401 - Money
    """Currency and both bounds."""
    return amount.currency, number(amount.min), number(amount.max)


def told_the_scheme(concepts: tuple[Concept, ...]) -> Callable[[Row], Read]:
    """What kg reads where the scheme is said apart, which is what python-stdnum is asked."""
    of = schemes_of(concepts).of
    return lambda row: partial(normal_form, row.text, of[row.given["scheme"]])


def measured(tool: Tool, rows: list[Row]) -> tuple[int, int, int, int, float]:
    """(rows, exact, wrong, unread, rows a second) of a tool."""
    asked = [tool.asked(row) for row in rows]
    said(tool.asked(Row("warm up 1", rows[0].language, None, dict(rows[0].given))))
    found: list[Any] = []
    began = time.process_time()
    for ask in asked:
        found.append(said(ask))
        if time.process_time() - began > LONGEST:
            break
    seconds = time.process_time() - began
    if seconds < LONGEST / 2:
        seconds = min(seconds, _seconds(asked))
    if seconds < 1:
        seconds = min(seconds, *(_seconds(asked) for _ in range(ROUNDS)))
    answers = [None if f is None else tool.answer(f, row) for f, row in zip(found, rows, strict=False)]
    exact = sum(tool.same(answer, row.want) for answer, row in zip(answers, rows, strict=False))
    unread = sum(a is None and row.want is not None for a, row in zip(answers, rows, strict=False))
    return len(answers), exact, len(answers) - exact - unread, unread, len(answers) / max(seconds, 1e-9)


def _seconds(asked: list[Read]) -> float:
    began = time.process_time()
    for ask in asked:
        said(ask)
    return time.process_time() - began


def said(ask: Read) -> Any:  # noqa: ANN401 - of several kinds
    """What a tool says, None where it can't read the text; a peer that stumbles has read nothing."""
    try:
        return ask()
    except (Unreadable, ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError, ValueError):
        return None


def compare(title: str, given: list[Row], *tools: Tool) -> None:
    """One block of the table: our reader, then the others with how much faster we are."""
    rows = list({(row.text, row.language): row for row in given}.values())
    print(f"\n{title}: {len(rows):,} rows")
    if not rows:
        return
    first = 0.0
    for tool in tools:
        count, exact, wrong, unread, speed = measured(tool, rows)
        first = first or speed
        ratio = first / speed
        ahead, behind = f"kg is {ratio:,.1f} times as fast", f"{1 / ratio:,.1f} times as fast as kg"
        faster = f"   {ahead if ratio > 1 else behind}"
        beside = "" if speed == first else faster
        few = "" if count == len(rows) else f"   first {count:,} rows only"
        shares = f"exact {exact / count:6.1%}  wrong {wrong / count:6.1%}  unread {unread / count:6.1%}"
        print(f"  {tool.name:16}{shares}  {speed:>10,.0f} values/s{beside}{few}")


def main() -> None:
    """Print the table."""
    print("values read from text; each tool with its best settings, on the same rows")
    money = ours("money", of_money)
    price = Tool("price-parser", price_parser, of_price)
    compare("money, public cases", money_cases(), money, price)
    compare("money, our tables of sixteen languages", money_tables(), money, price)
    for kind in ("number", "percent"):
        rows = number_cases(kind)
        babel = Tool("babel", babel_number, lambda n, _: (number(n),), nearly)
        compare(f"{kind}, public cases", rows, replace(ours(kind, _amount), same=nearly), babel)
    quantity = ours("quantity", lambda q: (q.unit, number(q.number.min), number(q.number.max)))
    compare("quantity, our table", quantities(), quantity, Tool("pint", pint_quantity(), of_quantity))
    date = ours("date", lambda d: (d.earliest, d.latest))
    future, current = (Tool("dateparser", Dateparser(p), of_period) for p in ("future", "current_period"))
    compare("date, public cases", date_cases(), date, future)
    compare("date, our tables of sixteen languages", date_tables(), date, current)
    duration = ours("duration", lambda d: (number(d.seconds),) if not d.months else (d.months, d.seconds))
    compare("duration, our table", durations(), duration, Tool("pytimeparse", pytimeparse, of_seconds))
    rows = identifiers()
    identifier = ours("identifier", lambda i: (i.scheme, i.value))
    compare("identifier, our table", rows, identifier)
    told = Tool(
        "kg, told scheme",
        told_the_scheme(kinds.schemes(model.load())),
        lambda found, row: (row.given["scheme"], found),
    )
    known = [row for row in rows if row.given["scheme"] in STDNUM]
    stdnums = Tool("python-stdnum", stdnum, of_stdnum)
    compare("identifier, schemes that python-stdnum has", known, told, stdnums, identifier)
    for kind, peer, of_babel in (
        ("country", Tool("pycountry", pycountry, of_country), "territories"),
        ("language", Tool("langcodes", langcodes, of_language), "languages"),
    ):
        tool = ours(kind, lambda v: (getattr(v, "code", None) or v.tag,))
        names = Tool("a dictionary", babel_names(of_babel), of_name)
        compare(f"{kind}, our table", simple(kind), tool, peer, names)
    compare("url, our table (no peer here)", simple("url"), ours("url", lambda u: (u.value,)))


def nearly(found: Answer, want: Answer) -> bool:
    """The same number; of what never ends the sources give 15 digits."""
    numbers = [answer[0] if isinstance(answer, tuple) else None for answer in (found, want)]
    if all(isinstance(n, Decimal) for n in numbers) and len(str(numbers[1])) > _ROUNDED:
        numbers = [Context(prec=_ROUNDED).plus(n) for n in numbers if isinstance(n, Decimal)]
        return numbers[0] == numbers[1]
    return found == want


def _amount(value: Any) -> Answer:  # noqa: ANN401 - of several kinds
    low, high = value.min, value.max
    return (number(low),) if low == high else (number(low), number(high))


if __name__ == "__main__":
    main()
