"""A graph on a server as what facts may refer to: what is known there by the words of the facts.

An entity is found by its IRI, by the IRI that its id or identifier makes, or by a name as it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from kg.identity.clusters import Clusters
from kg.identity.iris import Iris
from kg.language_tags import is_tag
from kg.messages import LANGUAGES
from kg.model.types import Reference
from kg.pipeline.in_store import class_of_row, entry_of
from kg.rdf import OWL, SKOS, is_iri, literal
from kg.store.entities import row_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import ExitStack

    from kg.config import Config
    from kg.errors import Problem
    from kg.identity.beyond import Beyond
    from kg.identity.entry import Entry
    from kg.model.types import Class, Model
    from kg.pipeline.before import Before
    from kg.pipeline.state import Run
    from kg.reading.record import Source
    from kg.validation.change import Triple

SAID_AT_MOST: Final = 200
"""Characters of a text by which something may be meant."""
NAMES: Final = (f"{SKOS}prefLabel", f"{SKOS}altLabel")
_SAME: Final = f"{OWL}sameAs"


class Asked(Protocol):
    """A graph that is asked."""

    config: Config

    @property
    def url(self) -> str:
        """Its server, for messages."""

    def ask(self, nodes: Collection[str]) -> list[Triple]:
        """What it says of some nodes."""

    def named(self, literals: Collection[str], properties: Collection[str]) -> list[Triple]:
        """Its triples with some literals."""


def lines(found: Iterable[Triple]) -> list[str]:
    """Triples as lines of N-Triples, sorted."""
    return [f"{s} <{p}> {o} ." for s, p, o in sorted(found)]


class InServer:
    """A served graph as what facts may refer to: what is known there under the texts of the facts."""

    before: Sequence[Before | None] = ()
    fallen: Mapping[str, Problem] = {}

    def __init__(self, checking: Asked, sources: Sequence[Source]) -> None:
        """Ask nothing yet."""
        self._checking = checking
        self._config = checking.config
        self._sources = sources
        self.clusters = Clusters()

    def entries(self, model: Model) -> Iterator[Entry]:
        """The entities that are named as the facts name some, or have the IRI that their ids make."""
        said = Said(model, Iris(self._config.base), set(self._config.languages))
        for source in self._sources:
            said.hear(source)
        named = self._checking.named(said.literals(), NAMES)
        nodes = {*(f"<{iri}>" for iri in said.iris), *(subject for subject, _, _ in named)}
        about: dict[str, list[str]] = {}
        for s, p, o in self._checking.ask(sorted(nodes)):
            about.setdefault(s[1:-1], []).append(f"{s} <{p}> {o} .")
        for iri, lines in sorted(about.items()):
            row = row_of(iri, lines)
            class_ = class_of_row(row, model)
            if class_ is not None and not class_.is_claim:
                yield entry_of(row, class_, Iris(self._config.base), self._checking.url)

    def beyond(self, model: Model, until: ExitStack) -> Beyond | None:
        """They are asked for all at once."""
        del model, until
        return None

    def describe(self, iris: Collection[str]) -> list[str]:
        """The lines of some nodes and their parts; one that is judged to be another is what that is."""
        found = self._with_parts(iris)
        one = [(s, o) for s, p, o in sorted(found) if p == _SAME]
        self._checking.ask([o for _, o in one])
        for s, o in one:
            found |= {(s, name, value) for _, name, value in self._checking.ask([o])}
        return lines(found)

    def _with_parts(self, iris: Iterable[str]) -> set[Triple]:
        found: set[Triple] = set()
        todo = {f"<{iri}>" for iri in iris}
        seen = set(todo)
        while todo:
            new = self._checking.ask(sorted(todo))
            found.update(new)
            todo = {o for s, _, o in new if o.startswith(f"{s[:-1].partition('#')[0]}#")} - seen
            seen |= todo
        return found

    def told(self, root: str) -> list[list[str]]:
        """What the graph says of an entity, as one dataset that stays as it is."""
        found = lines(self._with_parts((root,)))
        return [found] if found else []

    def while_checking(self, facts: Run) -> None:
        """Nothing is to be done."""


class Said:
    """By what facts may mean entities: IRIs, ids, identifiers, names."""

    def __init__(self, model: Model, iris: Iris, languages: set[str]) -> None:
        """``languages`` are those that names may be in, beside those of the facts."""
        self.model = model
        self.languages = {"", *LANGUAGES, *languages}
        self.iris: set[str] = set()
        self.names: set[str] = set()
        self._iris = iris
        self._kinds: dict[str, tuple[str, ...]] = {}

    def hear(self, source: Source) -> None:
        """Go through the records of a file."""
        if is_tag(source.header.language):
            self.languages.add(source.header.language)
        for class_ in self.model.classes.values():
            self._fields(source.header.defaults, class_)
        for record in source.pass_through(0):
            known = self.model.classes.get(str(record.data.get("type")))
            if known is not None:
                self._record(record.data, known)

    def literals(self) -> list[str]:
        """The names as literals, in every language that is thought of."""
        return sorted(literal(name, "", tag) for name in self.names for tag in self.languages)

    def _record(self, data: Mapping[str, Any], class_: Class) -> None:
        for text in _texts([data.get(key) for key in ("id", "name")]):
            self._text(text, (class_.kind,))
        identifiers = data.get("identifier")
        for scheme, value in identifiers.items() if isinstance(identifiers, dict) else ():
            for text in _texts(value):
                self.iris.add(self._iris.identified(class_.kind, str(scheme), text))
        names = data.get("name")
        self.languages.update(tag for tag in (names if isinstance(names, dict) else ()) if is_tag(str(tag)))
        self._fields(data, class_)

    def _fields(self, data: Mapping[str, Any], class_: Class) -> None:
        for name, value in data.items():
            known = class_.fields.get(name)
            if known is None or not isinstance(known.range, Reference):
                continue
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict):
                    inner = self.model.classes.get(str(item.get("type"))) or self.model.by_iri.get(
                        known.range.class_iri
                    )
                    if inner is not None:
                        self._record(item, inner)
                elif isinstance(item, str):
                    self._text(item, self._kinds_of(known.range.class_iri))

    def _kinds_of(self, class_iri: str) -> tuple[str, ...]:
        if class_iri not in self._kinds:
            below = {c.kind for c in self.model.below(class_iri) if not c.is_claim}
            self._kinds[class_iri] = tuple(sorted(below))
        return self._kinds[class_iri]

    def _text(self, text: str, kinds: Iterable[str]) -> None:
        if len(text) > SAID_AT_MOST:
            return
        if is_iri(text):
            self.iris.add(text)
            return
        self.names.add(text)
        scheme, colon, value = text.partition(":")
        for kind in kinds:
            self.iris.add(self._iris.shared(kind, text))
            if colon and value:
                self.iris.add(self._iris.identified(kind, scheme, value))


def _texts(value: object) -> Iterator[str]:
    """The texts in a value."""
    if isinstance(value, str):
        if len(value) <= SAID_AT_MOST:
            yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
