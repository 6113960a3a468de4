"""Rows of texts and what is expected of them: public cases, where they are, and tables of our tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from kg.values import kinds

ROOT: Final = Path(__file__).parents[2]
CASES: Final = ROOT.parent / "shared" / "cases"
TABLES: Final = ROOT / "tests" / "values"
REFERENCE: Final = "2025-02-04"

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


def table(*names: str) -> list[tuple[str, str, str]]:
    """(language, text, expected) of our own tables; "" where a row names no language."""
    found = []
    for pattern in names:
        for path in sorted(TABLES.glob(pattern)):
            for line in path.read_text("utf-8").splitlines():
                if line and line[0] != "#":
                    text, want, *language = line.split("\t")
                    found.append((language[0] if language else "", text, want))
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
            (r["currency"], *(number(r[k] or r["value"] if k in r else None) for k in ("min", "max"))),
            r,
        )
        for r in rows
    ]


def money_tables() -> list[Row]:
    """Our own tables of amounts."""
    return [Row(t, lang, _money(want), {}) for lang, t, want in table("tables/money.*.tsv")]


def date_cases() -> list[Row]:
    """Rows with a calendar value that name no holiday."""
    left_out = TABLES / "holidays.txt"
    holidays = set(left_out.read_text("utf-8").splitlines()) if left_out.exists() else set()
    rows = [r for r in cases("date.jsonl") if r["edtf"] is not None and r["text"] not in holidays]
    given = [{"reference": (r["reference"] or "")[:10] or None} for r in rows]
    return [Row(r["text"], r["lang"], _days(r["edtf"]), g) for r, g in zip(rows, given, strict=True)]


def date_tables() -> list[Row]:
    """Our own tables of dates."""
    found = table("tables/date.*.tsv")
    return [Row(t, lang, _days(want), {"reference": REFERENCE}) for lang, t, want in found]


def number_cases(kind: str) -> list[Row]:
    """Numbers or shares with one exact value."""
    rows = [r for r in cases("number.jsonl") if r["kind"] == kind and r["value"] and "note" not in r]
    return [Row(r["text"], r["lang"], (number(r["value"]),), r) for r in rows]


def simple(kind: str) -> list[Row]:
    """A table whose second column is the value itself."""
    found = []
    for _, text, want in table(f"{kind}.tsv"):
        value = None if want.startswith("!") else want.removesuffix(" ?").removesuffix("~")
        found.append(Row(text, "", (value,) if value else None, {}))
    return found


def quantities() -> list[Row]:
    """Our table of quantities."""
    return [Row(text, language, _money(want), {}) for language, text, want in table("tables/quantity.tsv")]


def durations() -> list[Row]:
    """Our table of durations: seconds, and months before them where there are any."""
    found = []
    for language, text, want in table("tables/duration.tsv"):
        length = (
            None if want.startswith("!") else kinds.kind("duration").read(want.rstrip("~"), kinds.Beside())
        )
        value = (
            None
            if length is None
            else (length.months, length.seconds)
            if length.months
            else (number(length.seconds),)
        )
        found.append(Row(text, language, value, {}))
    return found


def identifiers() -> list[Row]:
    """Identifiers that can be read, with their scheme."""
    found = []
    for _, text, want in table("identifier.tsv"):
        scheme, _, value = want.partition(" ")
        found.append(Row(text, "", None if want[0] == "!" else (scheme, value), {"scheme": scheme}))
    return found


def number(text: object) -> Decimal | None:
    """A number as a row writes it, exact; None for none."""
    if text is None:
        return None
    return (text if isinstance(text, Decimal) else Decimal(str(text))).normalize()


def _money(want: str) -> Answer:
    if want.startswith("!"):
        return None
    currency, low, high, *_ = want.split(" ")
    return currency, *(None if n == "-" else number(n) for n in (low, high))


def _days(want: str) -> Answer:
    if want.startswith("!"):
        return None
    value = kinds.kind("date").read(want.rstrip("~"), kinds.Beside())
    return value.earliest, value.latest
