"""Amounts of money: what every form means, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.values.money import grammar, saying, spelled, wording
from kg.values.money.cutting import tokens
from kg.values.money.meaning import Money
from kg.values.money.writing import written
from tests.values.conftest import node, rows, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.codec import Written

TABLES = [*rows("money.ko.tsv"), *rows("money.en.tsv")]


def shown(money: Money) -> str:
    ends = [("-" if n is None else format(Decimal(n).normalize(), "f")) for n in (money.min, money.max)]
    marks = [">" * money.min_exclusive, "<" * money.max_exclusive, "~" * money.approximate]
    whole = " ".join([money.currency, *ends, *filter(None, marks)])
    return whole if money.converted is None else f"{whole} | {shown(money.converted)}"


def expected(text: str) -> str:
    parts = []
    for word in text.split(" "):
        number = word[:1].isdigit() or (word[:1] == "-" and len(word) > 1)
        parts.append(format(Decimal(word).normalize(), "f") if number else word)
    return " ".join(parts)


@pytest.mark.parametrize(("text", "want"), TABLES)
def test_an_amount_in_text_is_read_as_people_mean_it(text: str, want: str) -> None:
    if want.startswith("!"):
        with pytest.raises(Unreadable) as caught:
            grammar.read(text)
        assert [p.code for p in caught.value.problems] == [want[1:]]
    else:
        assert shown(grammar.read(text)) == expected(want)


PIECES = st.sampled_from(
    [
        *(
            "",
            " ",
            "$",
            "€",
            "약 ",
            "약",
            "about ",
            "USD",
            "usd ",
            "US$",
            "R$ ",
            "¥",
            "元",
            "억",
            "억원",
            "조 원",
            "원",
            "bn",
            "m",
        ),
        *(
            " billion",
            " Mio. €",
            "kr",
            "TRY",
            "try",
            ".",
            ",",
            "-",
            "~",
            "총 ",
            "%",
            "ドル",
            "万円",
            "万元",
            "₫",
            " mil",
        ),
        *(" million dollars", "달러", "대", " 이상", "(", " AUD", "c"),
    ]
)
DIGITS = st.sampled_from(
    ["5", "1,234", "12.345", "12.34", "1.234.567,89", "1,2,3", "0", "007", "1,5", "5.", "15", "0.001", "1e5"]
)


@given(PIECES, DIGITS, PIECES, PIECES, st.sampled_from(["", "en", "ko", "ja", "zh-TW", "de", "en-AU", "da"]))
def test_the_usual_amounts_are_read_at_once_as_the_grammar_reads_them(
    head: str, number: str, scale: str, tail: str, language: str
) -> None:
    text = head + number + scale + tail

    def by_grammar() -> Money:
        return grammar.read_tokens(tokens(text, language), text, language)

    said = _said(lambda: wording.read(text, language))
    assert said is None or said == _said(by_grammar)


def _said(read: Callable[[], Money | None]) -> object:
    try:
        return read()
    except Unreadable as error:
        return error.problems


def test_a_text_becomes_a_node_with_bounds_and_the_text_itself(read: Callable[..., Written]) -> None:
    found = node(read("Money", "150억~250억달러"))
    assert found.types == ("https://schema.org/MonetaryAmount",)
    assert said(found.tails) == {"currency": "USD", "minValue": "15000000000", "maxValue": "25000000000"}
    assert said(found.notes) == {"asWritten": "150억~250억달러"}


def test_a_converted_amount_is_a_node_below_the_first(read: Callable[..., Written]) -> None:
    found = node(read("Money", "5000억달러(약 729조원)"))
    [(predicate, fragment, converted)] = found.parts
    assert (predicate, fragment) == ("<https://w3id.org/kg-loader/ontology#convertedAs>", "converted")
    assert said(converted.tails) == {
        "currency": "KRW",
        "value": "729000000000000",
        "approximate": "true",
        "converted": "true",
    }
    assert said(found.tails) == {"currency": "USD", "value": "500000000000"}


def test_an_open_end_is_missing_and_not_zero(read: Callable[..., Written]) -> None:
    assert said(node(read("Money", "150억달러 이상")).tails) == {"currency": "USD", "minValue": "15000000000"}


def test_a_symbol_with_several_meanings_is_said_to_be_assumed(read: Callable[..., Written]) -> None:
    [info] = read("Money", "$15bn").info
    assert (info.code, info.severity) == ("money-currency-assumed", "info")
    assert info.args == {"symbol": "$", "currency": "USD"}
    assert read("Money", "USD 15bn").info == ()
    assert read("Money", "$15 AUD").info == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("주당 5만원", "주당"),
        ("1주당 5만원", "1 주당"),
        ("USD 23.50 per share", "per share"),
        ("12.5美元/股", "/股"),
        ("EUR 5m a year", "a year"),
    ],
)
def test_an_amount_for_each_is_read_with_a_warning(
    read: Callable[..., Written], text: str, words: str
) -> None:
    [info] = read("Money", text).info
    assert (info.code, info.severity) == ("money-each", "warning")
    assert str(info.received).replace(" ", "") == words.replace(" ", "")


def test_a_label_of_another_language_does_not_tell_the_language() -> None:
    # "obligations" stands in the French table, where a billion is a million millions
    for language in ("en", ""):
        assert grammar.read("obligations of $97 billion", language).min == 97 * 10**9
    assert grammar.read("obligations of $1.234 billion", "en").min == Decimal("1.234e9")


@pytest.mark.parametrize(
    ("value", "tails"),
    [
        ({"value": 15, "currency": "USD"}, {"value": "15"}),
        ({"value": "15e9", "currency": "USD"}, {"value": "15000000000"}),
        ({"value": Decimal("1.50"), "currency": "USD"}, {"value": "1.5"}),
        ({"value": "-0", "currency": "USD"}, {"value": "0"}),
        ({"min": "15", "max": "25", "currency": "USD"}, {"minValue": "15", "maxValue": "25"}),
        ({"min": "25", "max": "15", "currency": "USD"}, {"minValue": "25", "maxValue": "15"}),
        ({"min": -5, "currency": "USD"}, {"minValue": "-5"}),
        (
            {"max": 5, "maxExclusive": True, "approximate": False, "currency": "USD"},
            {"maxValue": "5", "maxExclusive": "true"},
        ),
    ],
)
def test_an_object_spells_the_amount_out(
    read: Callable[..., Written], value: object, tails: dict[str, str]
) -> None:
    assert said(node(read("Money", value)).tails) == {"currency": "USD", **tails}


def test_all_that_is_wrong_with_an_object_is_said_at_once(codes: Callable[..., Any]) -> None:
    value = {
        "min": "many",
        "max": 1.5,
        "curency": "USD",
        "approximate": "yes",
        "converted": 3,
        "asWritten": "",
    }
    assert set(codes("Money", value)) == {
        ("money-key", "/curency"),
        ("money-no-currency", ""),
        ("number-unreadable", "/min"),
        ("number-float", "/max"),
        ("boolean-expected", "/approximate"),
        ("money-converted", "/converted"),
        ("empty-text", "/asWritten"),
    }


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (15, ("money-no-currency", "")),
        (Decimal("1.5"), ("money-no-currency", "")),
        (True, ("money-expected", "")),
        (None, ("money-expected", "")),
        ([], ("money-expected", "")),
        ({"currency": "USD"}, ("money-no-value", "")),
        ({"currency": "usd", "value": 1}, ("money-currency", "/currency")),
        ({"currency": 1, "value": 1}, ("string-expected", "/currency")),
        ({"currency": "USD", "value": 1, "min": 1}, ("money-value-and-bounds", "")),
        ({"currency": "USD", "value": True}, ("number-expected", "/value")),
        ({"currency": "USD", "value": "1e999999"}, ("number-too-large", "/value")),
        ({"currency": "USD", "value": Decimal("1e999999999")}, ("number-too-large", "/value")),
        ({"currency": "USD", "value": "1e-999999"}, ("number-too-precise", "/value")),
        ({"currency": "USD", "value": "1" + "0" * 20}, ("number-too-large", "/value")),
        ({"currency": "USD", "value": 10**5000}, ("number-too-large", "/value")),
        ({"currency": "USD", "value": "0." + "1" * 19}, ("number-too-precise", "/value")),
        ({"currency": "USD", "value": Decimal("NaN")}, ("number-not-finite", "/value")),
        ({"currency": "USD", "value": "1" * 1001}, ("text-too-long", "/value")),
        ("", ("empty-text", "")),
        ("$" + "1" * 21, ("number-too-large", "")),
        ("$1" + " " * 1000, ("text-too-long", "")),
    ],
)
def test_what_is_no_amount_is_refused(
    codes: Callable[..., Any], value: object, code: tuple[str, str]
) -> None:
    assert codes("Money", value) == [code]


def test_the_largest_numbers_are_kept_exactly(read: Callable[..., Written]) -> None:
    value = "9" * 20 + "." + "9" * 18
    assert said(node(read("Money", {"value": value, "currency": "USD"})).tails)["value"] == value
    assert said(node(read("Money", f"USD {value}")).tails)["value"] == value


NUMBERS = st.one_of(
    st.integers(-(10**20) + 1, 10**20 - 1),
    st.decimals(min_value=-(10**12), max_value=10**12, places=6, allow_nan=False),
)


@given(low=st.none() | NUMBERS, high=st.none() | NUMBERS, more=st.booleans(), about=st.booleans())
def test_what_is_written_reads_back_the_same(
    low: int | Decimal | None, high: int | Decimal | None, *, more: bool, about: bool
) -> None:
    if low is None and high is None:
        low = high = 5
    first = written(Money("KRW", low, high, min_exclusive=more, approximate=about)).node
    assert first is not None
    back: dict[str, object] = {}
    keys = {"minValue": "min", "maxValue": "max"}
    for name, text in said(first.tails).items():
        back[keys.get(name, name)] = True if text == "true" else text
    second = written(spelled.read(back)).node
    assert second is not None
    assert second.tails == first.tails


def test_a_label_is_passed_over_and_explained() -> None:
    steps = [str(step) for step in saying.explained("취득금액 120억원", "ko")]
    assert steps == ["취득 = label", "금액 = label", "120억 = 12,000,000,000", "원 = KRW"]


@pytest.mark.parametrize(("text", "number"), [("500.000 €", "500000"), ("12.345 USD", "12.345")])
def test_what_three_digits_after_a_point_were_taken_for_is_said(text: str, number: str) -> None:
    [info] = written(grammar.read(text, "en")).info
    assert (info.code, info.args["number"]) == ("money-number-assumed", number)


@pytest.mark.parametrize(
    ("text", "currency", "want"),
    [
        ("30", "KRW", "KRW 30 30"),
        ("약 30억", "KRW", "KRW 3000000000 3000000000 ~"),
        ("15-25 million", "USD", "USD 15000000 25000000"),
        ("USD 7m", "KRW", "USD 7000000 7000000"),
    ],
)
def test_an_amount_as_written_takes_the_currency_told_beside_it_if_it_names_none(
    read: Callable[..., Written], text: str, currency: str, want: str
) -> None:
    plain = f"{text} {currency}" if currency in want else text
    told = read("Money", {"asWritten": text, "currency": currency})
    assert shown(grammar.read(plain)) == want
    assert node(told).tails == node(read("Money", plain)).tails
    assert said(node(told).notes) == {"asWritten": text}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"asWritten": "soon", "currency": "KRW"}, ("money-word", "")),
        ({"asWritten": "30", "currency": "KRX"}, ("money-currency", "/currency")),
        ({"asWritten": 30, "currency": "KRW"}, ("string-expected", "/asWritten")),
    ],
)
def test_an_amount_as_written_is_refused_as_text_is(
    codes: Callable[..., list[tuple[str, str]]], value: object, code: tuple[str, str]
) -> None:
    assert codes("Money", value) == [code]


@pytest.mark.parametrize("text", ["1.9兆ドルを処理し", "1兆9000億円を処理", "2千億ドル台"])
def test_the_name_of_a_currency_tells_that_a_text_is_japanese(text: str) -> None:
    assert grammar.read(text) == grammar.read(text, "ja")
