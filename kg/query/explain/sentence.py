"""Sentences from templates: what a claim says, for each class and status, in each language.

``sentences.toml`` has them. In a template ``{investor}`` is the names of a field, ``{investor|은/는}`` with
the postposition that fits, ``{investor#plans/plan}`` the first word for one and the second for more; what
stands in ``[…]`` is left out where a field in it has nothing; in ``[…|…]`` the second stands for it then.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from kg.query.explain.josa import PAIRS, josa

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Values = Mapping[str, Sequence[str]]

ACTUAL: Final = "actual"
ENDED: Final = "ended"
"""How an actual claim is told that is over when its source speaks of it."""
_OPTIONAL: Final = re.compile(r"\[([^\[\]]*)\]")
_ELSE: Final = re.compile(r"\|(?![^{}]*\})")
_FIELD: Final = re.compile(r"\{(\w+(?:,\w+)*)(?:\|([^}#]+)|#([^}/]*)/([^}]*))?\}")


@cache
def _templates() -> dict[str, Any]:
    text = (resources.files("kg.query.explain") / "sentences.toml").read_text("utf-8")
    return tomllib.loads(text)


def template(classes: Sequence[str], status: str, language: str, present: frozenset[str]) -> str:
    """The template for the first of the classes that has one; "" if none has.

    ``present`` are the fields that have a value: a class may have another template (``without``) for
    claims whose subject is not named.
    """
    for name in classes:
        of_class = _templates().get(name, {}).get(language)
        if of_class:
            frames = _templates()["frames"][language]
            if of_class["who"] not in present:
                of_class = {**of_class, **of_class.get("without", {})}
                if of_class["who"] not in present and "without" not in of_class:
                    return ""
            if status == ENDED and ENDED not in of_class:
                status = ACTUAL
            if status in of_class:
                return str(of_class[status])
            return str(_framed(frames[status], of_class))
    return ""


def _framed(frame: str, of_class: Mapping[str, str]) -> str:
    """A frame, such as ``{who} plans to {do}``, around the words of a class."""
    words = {key: str(value) for key, value in of_class.items() if key != "without"}
    return re.sub(r"<(\w+)>", lambda m: words.get(m[1], ""), frame)


def fill(text: str, values: Values, language: str, plural: frozenset[str] = frozenset()) -> str:
    """A template with its fields filled in; a field in ``plural`` takes a plural verb in any case.

    >>> fill("{a|은/는} {b}에 투자한다[ ({c})]", {"a": ["삼성전자", "TSMC"], "b": ["오픈AI"]}, "ko")
    '삼성전자와 TSMC는 오픈AI에 투자한다'
    """

    def optional(match: re.Match[str]) -> str:
        shown, _, otherwise = _ELSE.sub("\0", match[1], count=1).partition("\0")
        return shown if all(_values(found[1], values) for found in _FIELD.finditer(shown)) else otherwise

    before = ""
    while before != text:
        before, text = text, _OPTIONAL.sub(optional, text)
    return _FIELD.sub(lambda m: _filled(m, values, language, plural), text)


def used(text: str) -> set[str]:
    """The fields that a template shows."""
    return {name for found in _FIELD.finditer(text) if found[3] is None for name in found[1].split(",")}


def _values(names: str, values: Values) -> Sequence[str]:
    return next((values[name] for name in names.split(",") if values.get(name)), ())


def _filled(match: re.Match[str], values: Values, language: str, plural: frozenset[str]) -> str:
    found = _values(match[1], values)
    if match[3] is not None:
        return match[3] if len(found) == 1 and match[1] not in plural else match[4]
    said = listed(found, language)
    return josa(said, match[2]) if match[2] in PAIRS else said


def listed(items: Sequence[str], language: str) -> str:
    """Names in a row.

    >>> listed(["손정의", "샘 올트먼"], "ko"), listed(["a", "b", "c"], "en")
    ('손정의와 샘 올트먼', 'a, b and c')
    """
    if len(items) <= 1:
        return "".join(items)
    *first, last = items
    if language == "ko":
        return f"{josa(first[0], '과/와')} {last}" if len(first) == 1 else ", ".join(items)
    return f"{', '.join(first)} and {last}"
