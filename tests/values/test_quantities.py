"""Numbers, shares and quantities: what every form means, what is refused, and what is written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import Unreadable
from kg.values.number import grammar as number
from kg.values.number import ordinal
from kg.values.percent import grammar as percent
from kg.values.quantity import grammar as quantity
from tests.values.conftest import node, rows, said
from tests.values.test_money import expected

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.codec import Written
    from kg.values.interval.meaning import Interval


def shown(value: Interval, unit: str = "") -> str:
    ends = [("-" if n is None else format(Decimal(n).normalize(), "f")) for n in (value.min, value.max)]
    marks = [">" * value.min_exclusive, "<" * value.max_exclusive, "~" * value.approximate]
    return " ".join(filter(None, [unit, *ends, *marks]))


def of_number(text: str) -> str:
    return shown(number.read(text))


def of_percent(text: str) -> str:
    return shown(percent.read(text))


def of_quantity(text: str) -> str:
    found = quantity.read(text)
    return shown(found.number, found.unit)


@pytest.mark.parametrize(
    ("read", "text", "want"),
    [
        (read, text, want)
        for read in (of_number, of_percent, of_quantity)
        for text, want in rows(read.__name__.removeprefix("of_") + ".tsv")
    ],
)
def test_a_number_in_text_is_read_as_people_mean_it(read: Callable[[str], str], text: str, want: str) -> None:
    if want.startswith("!"):
        with pytest.raises(Unreadable) as caught:
            read(text)
        assert [p.code for p in caught.value.problems] == [want[1:]]
    else:
        assert read(text) == expected(want)


def test_a_last_digit_word_is_shorthand_in_chinese_only() -> None:
    assert number.read("一万五", "zh").min == 15_000
    assert number.read("一万五", "ja").min == 10_005
    with pytest.raises(Unreadable):
        number.read("一万五")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("third", 3),
        ("21st", 21),
        ("twenty-first", 21),
        ("제3", 3),
        ("3번째", 3),
        ("第三", 3),
        ("one hundredth", 100),
    ],
)
def test_an_ordinal_is_a_place_from_the_start(text: str, place: int) -> None:
    assert ordinal.read(text) == ordinal.Ordinal(place)


def test_a_place_may_count_from_the_end() -> None:
    assert ordinal.read("the last but one") == ordinal.Ordinal(-1, "end")


def test_a_share_is_a_decimal_and_what_was_written(read: Callable[..., Written]) -> None:
    assert said(read("Percent", 51).tails) == {"x": "51"}
    written = read("Percent", "지분 49%")
    assert said(written.tails) == {"x": "49"}
    assert said(written.notes) == {"xAsWritten": "지분 49%"}


def test_a_range_of_shares_stands_in_companions(read: Callable[..., Written]) -> None:
    assert said(read("Percent", "약 50% 초과 75% 이하").tails) == {
        "xMoreThan": "50",
        "xAtMost": "75",
        "xApproximate": "true",
    }
    assert said(read("Percent", "30~40%").tails) == {"xAtLeast": "30", "xAtMost": "40"}


def test_a_quantity_is_a_node_with_its_unit(read: Callable[..., Written]) -> None:
    found = node(read("Quantity", "over 10,000 employees"))
    assert said(found.tails) == {"unitText": "person", "minValue": "10000", "minExclusive": "true"}
    spelled: dict[str, Any] = {"value": 3, "unit": "nm", "approximate": True}
    assert said(node(read("Quantity", spelled)).tails) == {
        "unitText": "nm",
        "value": "3",
        "approximate": "true",
    }


@pytest.mark.parametrize("value", ["0.51", Decimal("0.51")])
def test_a_share_that_may_be_a_fraction_is_told(read: Callable[..., Written], value: object) -> None:
    (doubt,) = read("Percent", value).info
    assert (doubt.code, doubt.severity, doubt.args["times"]) == ("percent-below-one", "warning", "51")


@pytest.mark.parametrize("value", ["0.51%", 0, 1, "51", Decimal("1.5")])
def test_a_share_that_is_none_is_not(read: Callable[..., Written], value: object) -> None:
    assert read("Percent", value).info == ()
