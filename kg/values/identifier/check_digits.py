"""The arithmetic of check digits: whether they fit, and what they would be.

Algorithms with a public description are those of python-stdnum where it has them. Schemes that
are not here (DART, CIK, D-U-N-S, MIC) have no check digits.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from operator import mul
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_BUSINESS: Final = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_NINE: Final = 9
_LETTERS: Final = {ord(c): str(10 + i) for i, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_DOUBLED: Final = tuple(2 * digit // 10 + 2 * digit % 10 for digit in range(10))
"""Twice a digit, its own digits added up."""
_ORCID: Final = (("0000000150000007", "0000000350000001"), ("0009000000000000", "0009999999999999X"))
_ROR: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_VAT: Final = {"EL": "gr", "XI": "gb", "GB": "gb", "CH": "ch", "NO": "no"}
_EUROPEAN: Final = frozenset(
    (
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT"),
        *("LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    )
)


@cache
def _module(name: str) -> Any:  # noqa: ANN401 - a module of python-stdnum
    return import_module(f"stdnum.{name}")


def _lei(text: str) -> bool:
    """ISO 7064 mod 97-10 over the digits and letters, A being 10."""
    return int(text.translate(_LETTERS)) % 97 == 1


def _isin(text: str) -> bool:
    """Luhn over the digits and letters, A being 10; python-stdnum knows the countries."""
    digits = text.translate(_LETTERS)[::-1]
    total = sum(map(int, digits[::2])) + sum(map(_DOUBLED.__getitem__, map(int, digits[1::2])))
    return total % 10 == 0 and _is_isin_country(text[:2])


@cache
def _is_isin_country(prefix: str) -> bool:
    """Whether some ISIN of a country is valid: its check digit is tried."""
    return any(_module("isin").is_valid(f"{prefix}000000000{digit}") for digit in range(10))


def _isni(text: str) -> bool:
    """ISO 7064 mod 11-2."""
    total = 0
    for c in text:
        total = (2 * total + (10 if c == "X" else int(c))) % 11
    return total == 1


def _jcn(text: str) -> bool:
    """Japanese corporate number: weights 1 and 2 in turn from the end; the first digit is the check."""
    digits = list(map(int, text))
    return digits[0] == _NINE - (sum(digits[12:0:-2]) + 2 * sum(digits[11:0:-2])) % _NINE


def _brn(text: str) -> bool:
    """Korean business registration number: weights, and the tens of the last product."""
    digits = list(map(int, text))
    total: int = sum(map(mul, digits, _BUSINESS)) + digits[8] * 5 // 10
    return (total + digits[9]) % 10 == 0


def _crn(text: str) -> bool:
    """Korean corporate registration number: weights 1 and 2 in turn, sums not reduced."""
    digits = list(map(int, text))
    return (sum(digits[:12:2]) + 2 * sum(digits[1:12:2]) + digits[12]) % 10 == 0


def _orcid(text: str) -> bool:
    """An ISNI of the blocks that are set aside for ORCID."""
    bare = text.replace("-", "")
    return _isni(bare) and any(low <= bare <= high for low, high in _ORCID)


def _ror(text: str) -> bool:
    """ISO 7064 mod 97-10 over the number that the characters before it write in base 32."""
    number = 0
    for c in text[:-2]:
        number = number * 32 + _ROR.index(c)
    return 98 - number * 100 % 97 == int(text[-2:])


def _vat(text: str) -> bool | None:
    """Of the European countries; None for any other, whose rules are not known here."""
    prefix = text[:2]
    country = _VAT.get(prefix) or (prefix.lower() if prefix in _EUROPEAN else None)
    if country is None:
        return None
    module = _vat_module(country)
    return None if module is None else bool(module.is_valid(text[2:] if country in {"gb", "gr"} else text))


@cache
def _vat_module(country: str) -> Any:  # noqa: ANN401 - a module of python-stdnum
    from stdnum import get_cc_module  # noqa: PLC0415 - one of many modules, by country

    return get_cc_module(country, "vat")


CHECKS: Final[dict[str, tuple[Callable[[str], bool | None], int, str]]] = {
    "brn": (_brn, 1, "0123456789"),
    "crn": (_crn, 1, "0123456789"),
    "isin": (_isin, 1, "0123456789"),
    "isni": (_isni, 1, "0123456789X"),
    "jcn": (_jcn, 0, ""),
    "lei": (_lei, 2, "0123456789"),
    "orcid": (_orcid, 1, "0123456789X"),
    "ror": (_ror, 2, "0123456789"),
    "vat": (_vat, 0, ""),
}
"""Notation -> whether an identifier of the right form fits; how many check digits end it, 0 if they
stand elsewhere; and what each may be."""


def fit(notation: str, text: str) -> bool | None:
    """Whether the check digits fit; None where there are none, or nobody knows how they are made.

    >>> fit("brn", "1248100998"), fit("crn", "1301110006247"), fit("dart", "00126380")
    (True, False, None)
    """
    known = CHECKS.get(notation)
    return None if known is None else known[0](text)


def right(notation: str, text: str) -> str:
    """What the check digits at the end would be for the characters before them; "" if that is not known.

    >>> right("lei", "529900T8BM49AURSDO54"), right("crn", "1301110006247")
    ('55', '6')
    """
    fits, count, alphabet = CHECKS[notation]
    if not count:
        return ""
    body = text[:-count]
    tails = alphabet if count == 1 else (a + b for a in alphabet for b in alphabet)
    return next((tail for tail in tails if fits(body + tail)), "")
