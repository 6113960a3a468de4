"""Language maps: what ``Names`` and ``Text`` share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import Problem, Unreadable, pointer_token
from kg.language_tags import PATTERN, is_tag, meant
from kg.values.characters import kind_of, shortened, unreadable
from kg.values.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def texts(value: object, language: str, check: Callable[[str], str], code: str) -> list[tuple[str, str]]:
    """(language, text) of every text in a string, a language map, or a list of these.

    In the order written, each once. Raises ``Unreadable`` with every problem found, under
    the pointer of its text; ``code`` is for values that are none of these.
    """
    problems = Problems()
    found: dict[tuple[str, str], None] = {}
    for pointer, tag, text in _items(value, language, "", code, problems):
        try:
            found[(tag.lower(), check(text))] = None
        except Unreadable as error:
            problems.extend(p.below(pointer) for p in error.problems)
    problems.refuse()
    if not found:
        raise unreadable("empty-text", value)
    return list(found)


def _items(  # noqa: PLR0913 - a recursion that carries where it stands
    value: object,
    tag: str,
    pointer: str,
    code: str,
    problems: Problems,
    *,
    lists: bool = True,
    maps: bool = True,
) -> Iterator[tuple[str, str, str]]:
    """(pointer, language, text); a list holds no lists, a map holds no maps."""
    if isinstance(value, str):
        yield pointer, tag, value
    elif isinstance(value, list | dict) and not value and pointer:
        problems.append(Problem("empty-text", pointer, received=value))
    elif isinstance(value, list) and lists:
        for i, item in enumerate(value):
            yield from _items(item, tag, f"{pointer}/{i}", code, problems, lists=False, maps=maps)
    elif isinstance(value, dict) and maps:
        for key, item in value.items():
            below = pointer + pointer_token(key)
            if is_tag(key):
                yield from _items(item, key, below, code, problems, maps=False)
            else:
                near = meant(key)
                problems.append(
                    Problem("language-tag", below, {"near": near}, received=shortened(key), allowed=near)
                )
    else:
        args = {"kind": kind_of(value)}
        problems.append(Problem(code, pointer=pointer, received=shortened(value), args=args))


def schema(limit: int) -> dict[str, Any]:
    """The JSON Schema of a text, a language map, or a list of these."""
    text = {"type": "string", "minLength": 1, "maxLength": limit, "pattern": "\\S"}
    several = {"type": "array", "minItems": 1, "items": text}
    by_language = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": PATTERN},
        "additionalProperties": {"anyOf": [text, several]},
    }
    return {
        "anyOf": [
            text,
            by_language,
            {"type": "array", "minItems": 1, "items": {"anyOf": [text, by_language]}},
        ]
    }
