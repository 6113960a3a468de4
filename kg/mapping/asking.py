"""What mapping learns from the index: asked once, and kept with the answers.

With the same answers records give the same triples: a later load of the same file asks again, and maps
only what would be another.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kg.errors import Unreadable
from kg.identity.entities import iri_by_name, publication_date
from kg.identity.entry import PUBLISHED
from kg.identity.iris import digest
from kg.mapping.question import BY_ID, BY_NAME, PUBLISHED_ON, REFERENCE, TEXT_OF, Answer, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.identity.entry import Entry, Rest
    from kg.identity.index import Index
    from kg.identity.iris import Iris
    from kg.model.types import Class, Model
    from kg.reading.record import Header
    from kg.values.quotes import Passages

    Texts = Callable[[str, Entry | None], tuple[Passages, ...]]
    Found = tuple[str, str, Rest | None]
    """An IRI, how it was found, and what says so."""

TEXTS_KEPT: Final = 16
"""So many documents' texts are kept in memory."""


class Asking:
    """The questions of the records of one facts file."""

    def __init__(self, index: Index, header: Header, iris: Iris, model: Model, texts: Texts) -> None:
        """``texts`` gives the passages of a document, by its IRI and what is known of it."""
        self.asked: dict[Question, Answer] = {}
        """What was asked, and what the index said."""
        self._index = index
        self._header = header
        self._iris = iris
        self._classes = model.by_iri
        self._texts = texts
        self._references: dict[str, dict[str, Found]] = {}
        self._read: dict[str, tuple[Passages, ...]] = {}

    def references(self, class_iri: str) -> dict[str, Found]:
        """What texts were found to mean within the range of a class: most references come again."""
        return self._references.setdefault(class_iri, {})

    def reference(self, text: str, class_iri: str) -> Found:
        """What a text means within the range of a class; raises ``Unreadable`` if that can't be said."""
        entry, how, rest = self._index.resolve(text, class_iri, self._header.dataset)
        found = (entry.iri if entry else text, how, rest)
        self.references(class_iri)[text] = found
        said = Answer(found[0], entry.class_.iri if entry else "", how)
        self.asked[Question(REFERENCE, class_iri, text)] = said
        return found

    def by_id(self, id_: str, class_: Class) -> tuple[str, Rest | None]:
        """The IRI that a class and an id mean together; raises ``Unreadable`` if there is none."""
        entry, rest = self._index.typed(id_, class_, self._header.dataset)
        self.asked[Question(BY_ID, class_.iri, id_)] = Answer(entry.iri, entry.class_.iri)
        return entry.iri, rest

    def by_name(self, names: tuple[str, ...], class_: Class) -> tuple[str, Rest | None]:
        """The IRI of an entity that is known by its names, and the record that decided it if another did."""
        iri, rest = iri_by_name(names, class_, self._header, self._iris, self._index)
        self.asked[Question(BY_NAME, class_.iri, json.dumps(names))] = Answer(iri)
        return iri, rest

    def published(self, document: str) -> tuple[str | None, Rest | None]:
        """When a document was published, if that is known."""
        entry = self._index.by_iri.get(document)
        date = publication_date(entry) if entry else None
        self.asked[Question(PUBLISHED_ON, "", document)] = Answer(date or "")
        return date, entry.rest(PUBLISHED) if entry else None

    def passages(self, document: str) -> tuple[Passages, ...]:
        """The texts of a document; those that were asked for last are kept."""
        found = self._read.get(document)
        if found is None:
            if len(self._read) == TEXTS_KEPT:
                del self._read[next(iter(self._read))]
            found = self._read[document] = self._texts(document, self._index.by_iri.get(document))
            said = digest([text.text for text in found]) if found else ""
            self.asked[Question(TEXT_OF, "", document)] = Answer(said)
        return found

    def again(self, question: Question) -> Answer | None:
        """What the index says to a question now; None if there is no answer any more."""
        kind, class_iri, text = question
        class_ = self._classes.get(class_iri)
        try:
            if kind == REFERENCE:
                self.reference(text, class_iri)
            elif kind == PUBLISHED_ON:
                self.published(text)
            elif kind == TEXT_OF:
                self.passages(text)
            elif class_ is not None and kind == BY_ID:
                self.by_id(text, class_)
            elif class_ is not None:
                self.by_name(tuple(json.loads(text)), class_)
        except Unreadable:
            return None
        return self.asked.get(question)
