"""Which entity a record is: the IRI of an entity record, and its entry in the index.

In this order: a strong identifier, which is the same everywhere; an id, which is so in a curated
file (``"ids": "shared"``) and else the dataset's own; else the name, which means the one entity
that carries it here, and otherwise makes an IRI of the dataset.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Place, Problem, Unreadable
from kg.identity.entry import NO_RECORD, Entry, Rest
from kg.identity.faults import ambiguous
from kg.identity.names import name_key
from kg.rdf import KG
from kg.values.characters import LONGEST_NAME
from kg.values.codec import Context
from kg.values.date.codec import text as date_of
from kg.values.identifier import of_scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.identity.index import Index
    from kg.identity.iris import Iris
    from kg.model.types import Class, Concept, Field, Model
    from kg.reading.record import Header, Record

SCHEMES: Final = f"{KG}IdentifierScheme"
STRONG: Final = f"{KG}StrongIdentifierScheme"
DOCUMENT: Final = f"{KG}Document"
ID_AT_MOST: Final = 500


def checked_id(value: object) -> str:
    """An id that may stand in an IRI; raises ``Unreadable`` with the pointer ``/id``."""
    if not isinstance(value, str):
        raise Unreadable(Problem("id-not-text", "/id", received=value))
    if not value.strip() or value != value.strip() or len(value) > ID_AT_MOST or not value.isprintable():
        raise Unreadable(Problem("bad-id", "/id", args={"most": ID_AT_MOST}, received=value))
    if value.startswith("~"):
        raise Unreadable(Problem("id-tilde", "/id", received=value))
    return unicodedata.normalize("NFC", value)


def names_of(value: object) -> tuple[str, ...]:
    """All names in the forms that a record may write them in; what is none of these is left to the codec.

    >>> names_of({"ko": ["소프트뱅크그룹", "소프트뱅크"], "en": "SoftBank"})
    ('SoftBank', '소프트뱅크그룹', '소프트뱅크')
    """
    found: list[object] = []
    for item in value if isinstance(value, list) else (value,):
        for text in [item[language] for language in sorted(item)] if isinstance(item, dict) else (item,):
            # a list in a list of names is no name, a list in a language map is
            found += text if isinstance(text, list) and isinstance(item, dict) else [text]
    return tuple(t.strip()[:LONGEST_NAME] for t in found if isinstance(t, str) and t.strip())


def strong_identifier(data: dict[str, Any], model: Model) -> tuple[Concept, str] | None:
    """The first strong identifier of a record, in the order of the schemes, as the graph will hold it.

    Of several in one scheme it is the smallest, so that their order says nothing.
    """
    written = data.get("identifier")
    if written is not None:
        for scheme in model.concepts.get(STRONG, ()):
            if found := of_scheme(written, scheme, model.concepts[SCHEMES]):
                return scheme, found[0]
    return None


def anchored_iri(data: dict[str, Any], class_: Class, header: Header, iris: Iris, model: Model) -> str | None:
    """The IRI of an entity that has an id or a strong identifier, else None."""
    id_ = checked_id(data["id"]) if "id" in data else None
    if (strong := strong_identifier(data, model)) is not None:
        return iris.identified(class_.kind, strong[0].notation, strong[1])
    if id_ is not None and header.ids == "shared":
        return iris.shared(class_.kind, id_)
    return iris.own(class_.kind, header.dataset, id_) if id_ is not None else None


def known_names(data: dict[str, Any]) -> tuple[str, ...]:
    """The names by which a record without an id or an identifier is known.

    Raises ``Unreadable`` for an unnamed one: nothing would be known of it.
    """
    if data.get("unnamed") is True:
        raise Unreadable(Problem("unnamed-needs-id", "/id"))
    return names_of(data.get("name"))


def iri_by_name(
    names: tuple[str, ...], class_: Class, header: Header, iris: Iris, index: Index
) -> tuple[str, Rest | None]:
    """The one entity of the kind that carries one of the names, else an IRI made of the first.

    To be asked once the index knows all that have an id or an identifier. Where another record's name
    decided it, also what says so. Raises ``Unreadable`` for no name, and for one that fits several.
    """
    if not names:
        raise Unreadable(Problem("nothing-to-be-known-by", "/id", args={"type": class_.name}))
    known, rest = index.anchored(names, class_, header.dataset)
    if known.total > 1:
        raise Unreadable(ambiguous(names[0], known).below("/name"))
    if known.total:
        return known.first[0].iri, rest
    return iris.named(class_.kind, header.dataset, name_key(names[0])), None


class Registrar:
    """The first pass over the records of one file: what they describe is entered in the index."""

    def __init__(
        self, index: Index, header: Header, iris: Iris, keep: Callable[[Any], Any] = lambda _text: None
    ) -> None:
        """Enter the records of the file with this header; ``keep`` keeps the texts of documents."""
        self.keep = keep
        self.index = index
        self.header = header
        self.iris = iris
        self._later: list[Entry] = []

    def see_header(self) -> None:
        """Enter what the header's defaults describe in place."""
        fields = {name: f for of in self.index.model.references.values() for name, f in of.items()}
        for name, value in self.header.defaults.items():
            for item in value if isinstance(value, list) else (value,):
                if name in fields and isinstance(item, dict):
                    self._see_in_place(item, fields[name], self.header.place or Place(""), NO_RECORD)

    def see(self, record: Record) -> None:
        """Enter what a record describes: itself, and everything described in place."""
        name = record.data.get("type")
        class_ = self.index.model.classes.get(name) if isinstance(name, str) else None
        if class_ is not None:
            self._see(record.data, class_, record.place, record.number)
        elif name is not None:
            self._see_untyped(record.data, record.place)

    def _see_untyped(self, data: dict[str, Any], place: Place) -> None:
        """Remember what a record of no known type is called: whoever means it is told of that record."""
        keys = [name_key(name) for name in names_of(data.get("name"))]
        for key in (data.get("id"), *keys):
            if isinstance(key, str):
                self.index.untyped.setdefault(key, (self.header.dataset, place))

    def settle(self) -> None:
        """Enter those of which only a name is known; to be called when all files were seen."""
        for entry in self._later:
            try:
                entry.iri, _ = iri_by_name(entry.names, entry.class_, self.header, self.iris, self.index)
            except Unreadable:
                continue  # said when the record is mapped
            self.index.add(entry)

    def _see(self, data: dict[str, Any], class_: Class, place: Place, number: int) -> None:
        fields = self.index.model.references[class_.iri]
        for name, value in data.items():
            kind = type(value)
            if (kind is dict or kind is list) and name in fields:
                for item in value if kind is list else (value,):
                    if isinstance(item, dict):
                        self._see_in_place(item, fields[name], place, number)
        try:
            entry = self._entry(data, class_, place, number)
        except Unreadable:
            return  # said when the record is mapped
        if data.get("unnamed") is True:
            self.index.unnamed |= {name_key(name): entry for name in names_of(data.get("name"))}
        if entry.iri:
            self.index.add(entry)
        elif not class_.is_claim:
            self._later.append(entry)

    def _see_in_place(self, item: dict[str, Any], field: Field, place: Place, number: int) -> None:
        model = self.index.model
        name = item.get("type")
        if name is None:
            class_ = model.by_iri.get(field.range.class_iri)  # type: ignore[union-attr]
        else:
            class_ = model.classes.get(name) if isinstance(name, str) else None
        if class_ is not None and not class_.is_claim and set(item) != {"type", "id"}:
            self._see(item, class_, place, number)

    def _entry(self, data: dict[str, Any], class_: Class, place: Place, number: int) -> Entry:
        """The entry of a record; its IRI is empty where that waits for all other records."""
        dataset = self.header.dataset
        id_ = checked_id(data["id"]) if "id" in data else None
        if class_.is_claim:
            iri = self.iris.own(class_.kind, dataset, id_) if id_ is not None else ""
            return Entry(iri, class_, dataset, id_, (), place, number=number)
        found = anchored_iri(data, class_, self.header, self.iris, self.index.model)
        return Entry(
            found or "",
            class_,
            dataset,
            id_,
            () if data.get("unnamed") is True else names_of(data.get("name")),
            place,
            shared=self.header.ids == "shared",
            only_named=found is None,
            published=data.get("published"),
            text=self.keep(data["text"]) if "text" in data and DOCUMENT in class_.ancestors else None,
            number=number,
        )


def publication_date(entry: Entry) -> str | None:
    """The day on which a document was published, as an ISO date, if its record says one.

    >>> from kg.errors import Place
    >>> [publication_date(Entry("x:a", None, "d", None, (), Place(""), published=p)) for p in (
    ...     "2025-02-04", {"value": "2025년 2월 4일"}, "2025-02", "어제", None)]
    ['2025-02-04', '2025-02-04', None, None, None]
    """
    said = entry.published
    if isinstance(said, list) and len(said) == 1:
        said = said[0]
    if isinstance(said, dict):
        said = said.get("value")
    if not isinstance(said, str):
        return None
    try:
        found = date_of(said, Context())
    except Unreadable:
        return None  # said when the record is mapped
    return found.earliest.isoformat() if found.precision == "day" and found.earliest else None


def settle_all(registrars: Iterable[Registrar]) -> None:
    """End the first pass."""
    for registrar in registrars:
        registrar.settle()
