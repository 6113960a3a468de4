"""Values read from text: accuracy and values per second for each kind, beside what else a user would pick.

Both tools are asked the same question about the same rows, each with its best settings: price-parser
is given separators where a row has them, dateparser the reference date and the language, python-stdnum
the scheme. A value is *exact*, *wrong*, or *unread*: for a row that holds none, unread is exact. Of
ranges and precision a peer is asked for as much as it can say. Rows: public cases (``../shared/cases``,
where they are at hand) and the tables of ``tests/values``. Times are processor time of one process.

kg keeps what the words of a text said, and reads its digits anew. So of amounts, numbers, shares and names
three speeds are shown: of the rows read again and again, of the same rows with other digits each time, and
of the first time, when nothing is kept yet.
"""

from __future__ import annotations

import json
import random
import re
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Context, Decimal
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg import model
from kg.errors import Unreadable
from kg.values import cldr, kinds, vocabulary
from kg.values.identifier.scheme import schemes_of
from kg.values.identifier.spelling import normal_form
from kg.values.money import finding, grammar

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model.types import Concept

ROOT: Final = Path(__file__).parents[1]
CASES: Final = ROOT.parent / "shared" / "cases"
TABLES: Final = ROOT / "tests" / "values"
REFERENCE: Final = "2025-02-04"
ROUNDS: Final = 10
_ROUNDED: Final = 13
"""Digits of a rounded fraction that are compared."""
LONGEST: Final = 12.0
"""Seconds that one tool may take for one set of rows; it then counts only those that it came to."""

_SYMBOLS: Final = {
    "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "원": "KRW", "円": "JPY",
    "元": "CNY", "₹": "INR", "₽": "RUB", "руб": "RUB", "zł": "PLN", "₺": "TRY", "₫": "VND", "R$": "BRL",
    "CHF": "CHF", "A$": "AUD", "C$": "CAD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "Kč": "CZK",
    "грн": "UAH", "₴": "UAH",
}  # fmt: skip
"""What price-parser gives for a currency -> ISO 4217, as its user would have to."""

Answer = tuple[object, ...] | str | None
"""What was read, comparable with what is expected; None if nothing was."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text, and what is expected."""

    text: str
    language: str
    want: Answer
    given: dict[str, Any]
    """What else the row says: the reference date, separators, the scheme."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One way to read a kind of value."""

    name: str
    read: Callable[[Row], Answer]
    same: Callable[[Answer, Answer], bool] = lambda found, want: found == want


def ours(kind: str, answer: Callable[[Any], Answer]) -> Tool:
    """``kg read`` of a kind."""
    schemes = kinds.schemes(model.load()) if kind in kinds.OF_THE_MODEL else ()
    read_text = kinds.kind(kind).read

    @cache
    def beside(language: str, reference: str | None) -> kinds.Beside:
        return kinds.Beside(language, reference, schemes)

    def read(row: Row) -> Answer:
        try:
            return answer(read_text(row.text, beside(row.language, row.given.get("reference"))))
        except Unreadable:
            return None

    return Tool("kg", read)


def _of_money(amount: Any) -> Answer:  # noqa: ANN401 - Money
    least = _number(amount.min)
    return amount.currency, least, least if amount.max is amount.min else _number(amount.max)


def found_in_text(row: Row) -> Answer:
    """The first amount in the text of a page; the whole of a text that is said to be an amount."""
    try:
        if row.given["source"].startswith("price-parser"):
            return _of_money(finding.find(row.text, row.language).value)
        return _of_money(grammar.read(row.text, row.language))
    except Unreadable:
        return None


# ---- rows


def table(*names: str) -> list[tuple[str, str, str]]:
    """(language, text, expected) of our own tables; the language is in a table's name."""
    found = []
    for pattern in names:
        for path in sorted(TABLES.glob(pattern)):
            language = path.name.split(".")[1]
            for line in path.read_text("utf-8").splitlines():
                if line and line[0] != "#":
                    text, want = line.split("\t")
                    found.append(({"news": "en", "tsv": ""}.get(language, language), text, want))
    return found


def cases(name: str) -> list[dict[str, Any]]:
    """The rows of a public table; none, and said so, where it is not at hand."""
    path = CASES / name
    if not path.exists():
        print(f"  ({path.name}: not at hand, left out)")
        return []
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def money_cases() -> list[Row]:
    """Rows whose currency stands in the text."""
    rows = [r for r in cases("money.jsonl") if r["currency"] and r.get("currencyFrom") != "hint"]
    return [
        Row(
            r["text"],
            r["lang"],
            (r["currency"], *(_number(r[k] or r["value"] if k in r else None) for k in ("min", "max"))),
            r,
        )
        for r in rows
    ]


def money_tables() -> list[Row]:
    """Our own tables of amounts."""
    return [Row(t, lang, _money(want), {}) for lang, t, want in table("money.*.tsv", "tables/money.*.tsv")]


def date_cases() -> list[Row]:
    """Rows with a calendar value that name no holiday."""
    left_out = TABLES / "holidays.txt"
    holidays = set(left_out.read_text("utf-8").splitlines()) if left_out.exists() else set()
    rows = [r for r in cases("date.jsonl") if r["edtf"] is not None and r["text"] not in holidays]
    given = [{"reference": (r["reference"] or "")[:10] or None} for r in rows]
    return [Row(r["text"], r["lang"], _days(r["edtf"]), g) for r, g in zip(rows, given, strict=True)]


def date_tables() -> list[Row]:
    """Our own tables of dates."""
    found = table("date.*.tsv", "tables/date.*.tsv")
    return [Row(t, lang, _days(want), {"reference": REFERENCE}) for lang, t, want in found]


def number_cases(kind: str) -> list[Row]:
    """Numbers or shares with one exact value."""
    rows = [r for r in cases("number.jsonl") if r["kind"] == kind and r["value"] and "note" not in r]
    return [Row(r["text"], r["lang"], (_number(r["value"]),), r) for r in rows]


def simple(kind: str) -> list[Row]:
    """A table whose second column is the value itself."""
    found = []
    for _, text, want in table(f"{kind}.tsv"):
        value = None if want.startswith("!") else want.removesuffix(" ?").removesuffix("~")
        found.append(Row(text, "", (value,) if value else None, {}))
    return found


def identifiers() -> list[Row]:
    """Identifiers that can be read, with their scheme."""
    found = []
    for _, text, want in table("identifier.tsv"):
        scheme, _, value = want.partition(" ")
        found.append(Row(text, "", None if want[0] == "!" else (scheme, value), {"scheme": scheme}))
    return found


def _number(text: object) -> Decimal | None:
    if text is None:
        return None
    return (text if isinstance(text, Decimal) else Decimal(str(text))).normalize()


def _money(want: str) -> Answer:
    if want.startswith("!"):
        return None
    currency, low, high, *_ = want.split(" ")
    return currency, *(None if n == "-" else _number(n) for n in (low, high))


def _days(want: str) -> Answer:
    if want.startswith("!"):
        return None
    value = kinds.kind("date").read(want.rstrip("~"), kinds.Beside())
    return value.earliest, value.latest


# ---- the others


def price_parser(row: Row) -> Answer:
    """An amount and a symbol; a range or a bound is more than it can say."""
    from price_parser import Price  # noqa: PLC0415 - a peer

    found = Price.fromstring(
        row.text,
        currency_hint=row.given.get("hint"),
        decimal_separator=row.given.get("decimalSeparator"),
        digit_group_separator=row.given.get("digitGroupSeparator"),
    )
    if found.amount is None or found.currency is None:
        return None
    symbol = found.currency
    wanted = row.want[0] if isinstance(row.want, tuple) else ""
    code = wanted if symbol == row.given.get("unit") else _SYMBOLS.get(symbol, symbol)
    amount = _number(found.amount)
    return code, amount, amount


class Dateparser:
    """dateparser, a parser for each language and day; months and years are taken as such."""

    def __init__(self, prefer: str) -> None:
        """Begin with no parser; ``prefer`` is where dates without a year are taken to be."""
        self._prefer = prefer
        self._parsers: dict[tuple[str, str], Any] = {}

    def __call__(self, row: Row) -> Answer:
        """First and last day of the period that it says."""
        key = (row.language, row.given["reference"])
        if key not in self._parsers:
            from dateparser.date import DateDataParser  # noqa: PLC0415 - a peer

            settings: dict[str, Any] = {"PREFER_DATES_FROM": self._prefer}
            if key[1]:
                settings["RELATIVE_BASE"] = datetime.fromisoformat(key[1])
            languages = [key[0]] if key[0] else None
            self._parsers[key] = DateDataParser(languages=languages, settings=settings)
        found = self._parsers[key].get_date_data(row.text)
        if found.date_obj is None:
            return None
        first = found.date_obj.date()
        if found.period == "year":
            return first.replace(month=1, day=1), first.replace(month=12, day=31)
        if found.period == "month":
            first = first.replace(day=1)
            return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return first, first


def babel_number(row: Row) -> Answer:
    """What babel reads strictly in the locale of the row; it knows no words and no scales."""
    from babel.numbers import NumberFormatError, parse_decimal  # noqa: PLC0415 - a peer

    try:
        return (
            _number(
                parse_decimal(row.text.strip().removesuffix("%").strip(), locale=row.language, strict=True)
            ),
        )
    except NumberFormatError:
        return None


_STDNUM: Final = {
    "lei": "lei", "isin": "isin", "brn": "kr.brn", "isni": "isni", "vat": "eu.vat", "jcn": "jp.cn",
    "orcid": "isni",
}  # fmt: skip


def stdnum(row: Row) -> Answer:
    """python-stdnum, which is told the scheme; it reads no names of schemes and no addresses."""
    module = _STDNUM[row.given["scheme"]]
    with suppress(Exception):  # its own, and those of rows that it was not made for
        return row.given["scheme"], import_module(f"stdnum.{module}").validate(row.text)
    return None


def told_the_scheme(concepts: tuple[Concept, ...]) -> Callable[[Row], Answer]:
    """What kg reads where the scheme is said apart, which is what python-stdnum is asked."""
    of = schemes_of(concepts).of

    def read(row: Row) -> Answer:
        scheme = of.get(row.given["scheme"])
        with suppress(Unreadable):
            return (scheme.notation, normal_form(row.text, scheme)) if scheme else None
        return None

    return read


def same_but_hyphens(found: Answer, want: Answer) -> bool:
    """python-stdnum leaves the hyphens of an ORCID out."""
    plain = [tuple(str(p).replace("-", "") for p in a) if isinstance(a, tuple) else a for a in (found, want)]
    return plain[0] == plain[1]


def babel_names(kind: str) -> Callable[[Row], Answer]:
    """A dictionary of babel's names in all the locales that kg asks, and its codes."""
    names: dict[str, str] = {}
    for locale in reversed(cldr.LOCALES):
        from babel import Locale  # noqa: PLC0415 - a peer

        found = getattr(Locale.parse(locale), kind)
        names |= {name.casefold(): code for code, name in found.items()}
        names |= {code.casefold(): code for code in found}

    def read(row: Row) -> Answer:
        code = names.get(row.text.strip().casefold())
        return (code.replace("_", "-"),) if code else None

    return read


# ---- the measure


def measured(tool: Tool, rows: list[Row]) -> tuple[int, int, int, int, float]:
    """(rows, exact, wrong, unread, rows a second) of a tool."""
    with suppress(Exception):
        tool.read(Row("warm up 1", rows[0].language, None, dict(rows[0].given)))
    answers: list[Answer] = []
    began = time.process_time()
    for row in rows:
        answers.append(_asked(tool, row))
        if time.process_time() - began > LONGEST:
            break
    seconds = time.process_time() - began
    if seconds < 1:
        seconds = min(seconds, *(_seconds(tool, rows) for _ in range(ROUNDS)))
    exact = sum(tool.same(found, row.want) for found, row in zip(answers, rows, strict=False))
    unread = sum(found is None and row.want is not None for found, row in zip(answers, rows, strict=False))
    return len(answers), exact, len(answers) - exact - unread, unread, len(answers) / max(seconds, 1e-9)


def _seconds(tool: Tool, rows: list[Row]) -> float:
    began = time.process_time()
    for row in rows:
        _asked(tool, row)
    return time.process_time() - began


def other_digits(rows: list[Row], seed: int) -> list[Row]:
    """The rows with other digits, and as many of them; a number begins with no zero that it did not have."""
    chosen = random.Random(seed)

    def other(digit: re.Match[str]) -> str:
        return digit[0] if digit[0] == "0" else str(chosen.randint(1, 9))

    return [replace(row, text=re.sub("[0-9]", other, row.text)) for row in rows]


def first_and_others(tool: Tool, rows: list[Row]) -> tuple[float, float]:
    """Rows a second with nothing kept of any text, and with other digits each time."""
    first = []
    for _ in range(ROUNDS):
        vocabulary.forget_texts()
        first.append(_seconds(tool, rows))
    others = [_seconds(tool, other_digits(rows, seed)) for seed in range(ROUNDS + 1)]
    return len(rows) / min(first), len(rows) / min(others)


def _asked(tool: Tool, row: Row) -> Answer:
    try:
        return tool.read(row)
    except (ArithmeticError, ValueError, TypeError, IndexError, KeyError, OverflowError):
        return None  # a peer that stumbles has read nothing


def compare(title: str, rows: list[Row], *tools: Tool, kept: bool = False) -> None:
    """One block of the table: our reader, then the others with how much faster we are.

    ``kept``: something of the texts is kept, so there are three speeds.
    """
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
        if kept:
            new, others = first_and_others(tool, rows)
            print(f"  {'':16}{'with other digits each time':49}{others:>10,.0f} values/s")
            print(f"  {'':16}{'the first time, with nothing kept':49}{new:>10,.0f} values/s")


def main() -> None:
    """Print the table."""
    print("values read from text; each tool with its best settings, on the same rows")
    money = ours("money", _of_money)
    price = Tool("price-parser", price_parser)
    compare("money, public cases", money_cases(), Tool("kg", found_in_text), price, kept=True)
    compare("money, our tables (ko, en, ja, zh, news)", money_tables(), money, price, kept=True)
    for kind in ("number", "percent"):
        rows = number_cases(kind)
        if kind in kinds.KINDS:
            tools = (replace(ours(kind, _amount), same=nearly), Tool("babel", babel_number, nearly))
            compare(f"{kind}, public cases", rows, *tools, kept=True)
        else:
            print(f"\n{kind}: not a kind of kg read yet")
    date = ours("date", lambda d: (d.earliest, d.latest))
    compare("date, public cases", date_cases(), date, Tool("dateparser", Dateparser("future")))
    compare(
        "date, our tables (ko, en, ja, zh, news)",
        date_tables(),
        date,
        Tool("dateparser", Dateparser("current_period")),
    )
    duration = ours("duration", lambda d: (kinds.kind("duration").spelled(d)["value"],))
    compare("duration, our table (no peer here)", simple("duration"), duration)
    identifier = ours("identifier", lambda i: (i.scheme, i.value))
    told = Tool("kg, told scheme", told_the_scheme(kinds.schemes(model.load())))
    peer = Tool("python-stdnum", stdnum, same_but_hyphens)
    rows = identifiers()
    compare("identifier, our table", rows, identifier)
    known = [row for row in rows if row.given["scheme"] in _STDNUM]
    compare("identifier, schemes that python-stdnum has", known, identifier, told, peer)
    for kind, of_babel in (("country", "territories"), ("language", "languages")):
        tool = ours(kind, lambda v: (getattr(v, "code", None) or v.tag,))
        compare(
            f"{kind}, our table", simple(kind), tool, Tool("babel's names", babel_names(of_babel)), kept=True
        )
    compare("url, our table (no peer here)", simple("url"), ours("url", lambda u: (u.value,)))
    print("\nno peer was at hand for quantities (quantulum3 is not locked here), durations, addresses")


def nearly(found: Answer, want: Answer) -> bool:
    """The same number; of what never ends the sources give 15 digits."""
    numbers = [answer[0] if isinstance(answer, tuple) else None for answer in (found, want)]
    if all(isinstance(n, Decimal) for n in numbers) and len(str(numbers[1])) > _ROUNDED:
        numbers = [Context(prec=_ROUNDED).plus(n) for n in numbers if isinstance(n, Decimal)]
        return numbers[0] == numbers[1]
    return found == want


def _amount(value: Any) -> Answer:  # noqa: ANN401 - of several kinds
    low, high = value.min, value.max
    return (_number(low),) if low == high else (_number(low), _number(high))


if __name__ == "__main__":
    main()
