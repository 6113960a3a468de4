"""Words in the other forms of their characters: Chinese is written in simplified and in traditional ones.

A table lists under ``[forms]`` what each character is written as; each of its words then stands in
these forms too, so that none has to be listed twice: 总投资 is 總投資. A word that is listed itself
keeps its own meaning.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

Entries = dict[str, Any] | list[str]
_LABELS: Final = frozenset({"label", "date-label"})
_LISTS: Final = frozenset(
    {
        "end",
        "tail",
        "told",
        "bounds",
        "leads",
        "no-lead",
        "no-event",
        "begins",
        "begins-first",
        "begun",
        "compares",
        "risky",
        "risky-alone",
        "behind",
        "measures",
    }
)
"""The kinds of ``[label]`` and ``[date-label]`` with these forms; ``never`` is for all languages."""


def with_forms(
    table: Mapping[str, Any], forms: Mapping[str, str], sections: frozenset[str]
) -> dict[str, Any]:
    """The table with the words of some sections in the other forms of their characters, too.

    ``forms`` maps a character to those that stand for it; one that may stay as it is has itself among
    them.

    >>> with_forms({"mark": {"filler": ["总投资"]}}, {"总": "總", "资": "資"}, frozenset({"mark"}))
    {'mark': {'filler': ['总投资', '總投資']}}
    """
    if not forms:
        return dict(table)
    return {
        section: _section(kinds, forms, kinds.keys() if section in sections else _LISTS)
        if section in sections or section in _LABELS
        else kinds
        for section, kinds in table.items()
    }


def other_forms(word: str, forms: Mapping[str, str]) -> Iterator[str]:
    """The word as it is written with other forms of its characters."""
    if forms.keys().isdisjoint(word):
        return
    for characters in product(*(forms.get(character, character) for character in word)):
        other = "".join(characters)
        if other != word:
            yield other


def of_table(table: Mapping[str, Any]) -> dict[str, str]:
    """Character -> the characters that stand for it, by the section ``[forms]`` of a table."""
    return {entry[0]: entry[1:] for entry in table.get("forms", {}).get("characters", ())}


def _section(kinds: Mapping[str, Any], forms: Mapping[str, str], wanted: Collection[str]) -> dict[str, Any]:
    listed = {word for entries in kinds.values() if isinstance(entries, dict | list) for word in entries}
    return {
        kind: _kind(entries, forms, listed)
        if kind in wanted and isinstance(entries, dict | list)
        else entries
        for kind, entries in kinds.items()
    }


def _kind(entries: Entries, forms: Mapping[str, str], listed: set[str]) -> Entries:
    """The entries, and those of their words in other forms that are not listed."""
    more = {other: word for word in entries for other in other_forms(word, forms) if other not in listed}
    if isinstance(entries, list):
        return [*entries, *more]
    return entries | {other: entries[word] for other, word in more.items()}
