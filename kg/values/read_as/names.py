"""Names: ``소프트뱅크``, ``{"ko": "소프트뱅크", "en": ["SoftBank Group", "SoftBank"]}``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kg.values.explanation import Step
from kg.values.names import names_in
from kg.values.scripts import HAN, is_open, two_names

if TYPE_CHECKING:
    from kg.values.kinds import Beside
    from kg.values.names import Names

COLUMNS: Final = ("names",)
NOTHING: Final[frozenset[str]] = frozenset()


def read(text: str, beside: Beside) -> Names:
    """One name, or the names of a JSON object or list."""
    if text.lstrip()[:1] in {"{", "["}:
        try:
            return names_in(json.loads(text), beside.language)
        except (ValueError, RecursionError):
            pass  # a name may begin with a bracket
    return names_in(text, beside.language)


def explained(text: str, beside: Beside) -> list[Step]:
    """The language of each name, and whether it is said or told by the script."""
    steps = []
    for tag, name in read(text, beside):
        told = bool(tag) and not beside.language and names_in(name) == ((tag, name),)
        languages = f"in one of {', '.join(HAN)}" if not tag and is_open(name) else tag or "in no language"
        steps.append(Step(name, languages, assumed=told and not text.lstrip().startswith("{")))
        if both := two_names(name):
            steps.append(
                Step(name, f"one name, though it looks like two ({both[0]}, {both[1]})", assumed=True)
            )
    return steps


def said(value: Names, language: str, beside: Beside) -> str:  # noqa: ARG001 - contract  # noqa: ARG001 - the same in all languages
    """The name alone, where its language is told by its script; else JSON, by language."""
    if len(value) == 1 and names_in(value[0][1]) == value and value[0][1][:1] not in {"{", "["}:
        return value[0][1]
    return json.dumps(_by_language(value), ensure_ascii=False)


def spelled(value: Names) -> dict[str, Any]:
    """The names as a record spells them out."""
    return {"names": _by_language(value)}


def _by_language(value: Names) -> object:
    """Names without a language go before the others, which are by language."""
    found: dict[str, list[str]] = {}
    for tag, name in value:
        found.setdefault(tag, []).append(name)
    plain = found.pop("", [])
    named = {tag: names[0] if len(names) == 1 else names for tag, names in found.items()}
    return ([*plain, named] if named else plain) if plain else named
