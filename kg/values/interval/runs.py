"""What single runs of digits say: ``2,000``, ``1.5``, ``1 234``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.values.interval.wording import OTHER_SPACES
from kg.values.numeral import raised
from kg.values.numeral.digits import digits, is_rest

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.numeral import Number, Style

_PLAIN_SPACES: Final = str.maketrans(OTHER_SPACES, " " * len(OTHER_SPACES))
_FORM: Final = re.compile(
    r"([0-9]{1,30},[0-9]{1,2})"
    r"|([0-9]{1,3}(?:,[0-9]{3}){1,9}\.[0-9]{1,20}|[0-9]{1,3}(?:,[0-9]{3}){2,9})"
    r"|([1-9][0-9]{0,2}[.,][0-9]{3})"
).fullmatch
"""A fraction where a comma may part one; groups; what is either."""
_SHORT, _GROUPED = 1, 2
_CENTS: Final = (1, 2)
"""How many digits are a fraction in any language, since fewer than three are no group."""
_LONGEST_WHOLE: Final = 30
_LONGEST_RUN: Final = 60


def plain(run: str) -> Number | None:
    """What a run of digits says that is the same in any language: no separator, or one or two decimals."""
    if run.isdigit():
        return int(run) if len(run) <= _LONGEST_RUN else None
    whole, _, rest = run.partition(".")
    if len(rest) in _CENTS and rest.isdigit() and whole.isdigit() and len(whole) <= _LONGEST_WHOLE:
        return Decimal(run)
    return None


def separated(run: str, style: Style) -> Number | None:
    """What a run of digits with separators says in a style of writing; None where that takes the grammar."""
    if is_rest(run) or run.isdigit():
        return None
    form = _FORM(run)
    if form is None:
        run = with_plain_spaces(run)
        return digits(run, comma=style.comma) if style.admits(run) else None
    if form.lastindex == _SHORT:
        return Decimal(run.replace(",", ".")) if style.admits(run) else None
    if form.lastindex == _GROUPED:
        run = run.replace(",", "")
        return Decimal(run) if "." in run else int(run)
    group = "." if style.comma else ","
    return int(run.replace(group, "")) if group in run else None


def with_plain_spaces(run: str) -> str:
    """A run of digits with plain spaces where others group it."""
    return run.translate(_PLAIN_SPACES)


def counted(run: str, power: int, factor: int, read: Callable[[str], Number | None]) -> Number | None:
    """What a run of digits says that counts a power of ten; ``read`` reads what is not :func:`plain`."""
    if factor and run.isdigit() and len(run) <= _LONGEST_RUN:
        return int(run) * factor
    found = plain(run)
    if found is None and (found := read(run)) is None:
        return None
    return scaled(found, power, factor)


def scaled(number: Number, power: int, factor: int) -> Number:
    """A number times ten to a power, which is ``factor`` where that is whole."""
    return number * factor if factor and isinstance(number, int) else raised(number, power)
