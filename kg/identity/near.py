"""What was probably meant by a reference that names nothing: the known ids and names nearest to it.

Each search costs as much as the index is large, so only so many are made; what is searched is made
ready once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.identity.names import name_key
from kg.values.nearest import close

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.identity.entry import Entry

SEARCHES: Final = 500
"""For how many unknown names the nearest known ones are looked up."""
SHOWN: Final = 3
ELSEWHERE: Final = 5
"""How many of the same id in other datasets are told."""


@dataclass
class Near:
    """The spellings within a range, by the IRI of its class."""

    entries: Mapping[str, Entry]
    searches: int = 0
    _spellings: dict[str, dict[str, str]] = field(default_factory=dict)
    """Range -> key of each name and id -> how it is written, in order."""
    _ids: dict[str, list[str]] = field(default_factory=dict)
    _elsewhere: dict[str, dict[str, list[Entry]]] = field(default_factory=dict)

    def forget(self) -> None:
        """Make what is searched anew, since there are more entries."""
        self._spellings.clear()
        self._ids.clear()
        self._elsewhere.clear()

    def names(self, text: str, range_iri: str) -> tuple[str, ...]:
        """Ids and names within the range that are spelt almost like ``text``, best first."""
        if not self.may_search():
            return ()
        spellings = self._spellings.get(range_iri)
        if spellings is None:
            fitting = (e for e in self.entries.values() if range_iri in e.class_.ancestors)
            found = {name_key(s): s for e in fitting for s in (*e.all_names(), e.id) if s}
            spellings = self._spellings[range_iri] = dict(sorted(found.items()))
        return tuple(spellings[key] for key in close(name_key(text), list(spellings)))

    def ids(self, id_: str, range_iri: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(the ids within the range that are like this one, these and others: a few that are allowed)."""
        known = self._ids.get(range_iri)
        if known is None:
            ids = {e.id for e in self.entries.values() if e.id and range_iri in e.class_.ancestors}
            known = self._ids[range_iri] = sorted(ids)
        near = close(id_, known) if self.may_search() else ()
        return near, (*near, *(i for i in islice(known, 2 * SHOWN) if i not in near))[:SHOWN]

    def elsewhere(self, id_: str, range_iri: str) -> list[Entry]:
        """Some of what has the id in any dataset and is within the range."""
        if range_iri not in self._elsewhere:
            by_id = self._elsewhere[range_iri] = {}
            for entry in self.entries.values():
                if entry.id is not None and range_iri in entry.class_.ancestors:
                    same = by_id.setdefault(entry.id, [])
                    if len(same) < ELSEWHERE:
                        same.append(entry)
        return self._elsewhere[range_iri].get(id_, [])

    def may_search(self) -> bool:
        """Count a search, and say whether there were not too many."""
        self.searches += 1
        return self.searches <= SEARCHES
