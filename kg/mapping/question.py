"""What mapping asks the index, apart from the record itself."""

from __future__ import annotations

from typing import Final, NamedTuple

REFERENCE: Final = "reference"
"""Which entity of a class a text means."""
BY_ID: Final = "id"
"""Which entity of a class has an id."""
BY_NAME: Final = "name"
"""Which entity of a class is known by one of some names, given as a JSON list."""
TEXT_OF: Final = "text"
"""What the text of a document is; the answer is its digest."""
PUBLISHED_ON: Final = "published"
"""When a document was published."""


class Question(NamedTuple):
    """A question: its kind, the IRI of the class, and the text that is looked up."""

    kind: str
    class_iri: str
    text: str


class Answer(NamedTuple):
    """What the index says: an IRI or a date, the IRI of the entity's class, and how it was found."""

    said: str
    class_iri: str = ""
    how: str = ""
