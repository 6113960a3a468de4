"""The compiled plan: record -> triples.

Pure: the same record, header and index give the same bytes, in any order, anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from kg.errors import NOTHING, Problem, Unreadable, pointer_token
from kg.identity.entities import anchored_iri, checked_id, known_names
from kg.identity.iris import digest
from kg.mapping import repair
from kg.mapping.asking import Asking
from kg.mapping.draft import Block, Draft, Resolution, blocks, key_parts, type_tails
from kg.mapping.emit import Emit, emitter, refuse_shape
from kg.mapping.trace import Trace, trace
from kg.rdf import DCTERMS, KG
from kg.reading.header import is_header
from kg.values.codec import Context, Reading
from kg.values.nearest import choices

if TYPE_CHECKING:
    from kg.identity.entry import Rest
    from kg.identity.index import Index
    from kg.identity.iris import Iris
    from kg.mapping.asking import Texts
    from kg.model.types import Class, Concept, Model
    from kg.reading.record import Header, Record

RESERVED: Final = ("type", "id")
NEAREST_AT_MOST: Final = 100
"""For how many unknown fields of a record the nearest known one is looked up."""
_DOCUMENT: Final = f"{KG}Document"


@dataclass(slots=True)
class Mapped:
    """A record as triples, or what is wrong with it; often both.

    ``blocks`` holds the record's own block first, then its evidence, then what it describes
    in place. ``named`` says which of the roots are entities or claims, with their classes.
    """

    record: Record
    class_: Class | None = None
    iri: str = ""
    blocks: list[Block] = field(default_factory=list)
    named: dict[str, Class] = field(default_factory=dict)
    refs: list[str] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is known about a class before its first record."""

    emitters: dict[str, Emit]
    defaults: dict[str, str]
    """Field -> tail of the value that the shapes give it."""
    header: dict[str, Any]
    """Those of the header's defaults that are fields of the class."""
    fixed: tuple[str, ...]
    """Tails that all its records have: their types and, for a claim, the dataset."""


class Mapper:
    """The plans of all classes, for the records of one facts file."""

    def __init__(
        self,
        model: Model,
        index: Index,
        header: Header,
        iris: Iris,
        reading: Reading | None = None,
        texts: Texts = lambda _iri, _entry: (),
    ) -> None:
        """Plans are compiled when the first record of their class comes."""
        self.model = model
        self.header = header
        self.index = index
        self.iris = iris
        self.asking = Asking(index, header, iris, model, texts)
        self.identifier_schemes: tuple[Concept, ...] = model.concepts.get(f"{KG}IdentifierScheme", ())
        self.reading = Reading() if reading is None else reading
        self.context = Context(
            language=header.language or self.reading.language,
            lexicon=self.reading.lexicon,
            date_order=header.date_order or self.reading.date_order,
            reference_date=lambda: self._reference_date(self._reading[-1]),
            resolve=lambda value, class_iri: f"<{self._resolve_any(value, class_iri, self._reading[-1])}>",
            source=self._source_term,
            passages=lambda document: self.asking.passages(document[1:-1]),
        )
        self.types: set[str] = set()
        """The classes of all nodes that were written."""
        self._dataset = (f"<{DCTERMS}isPartOf> <{iris.dataset(header.dataset)}>",)
        self._plans: dict[str, _Plan] = {}
        self._reading: list[Draft] = []
        """What is being read, innermost last: values may ask about the rest of their record."""
        self._in_default = False

    def map(self, record: Record) -> Mapped:
        """All triples of a record that could be made, and all that is wrong with it."""
        mapped = Mapped(record, problems=[*record.problems, *record.doubts, *record.repairs])
        draft = self._whole(record, mapped.problems)
        if draft is not None:
            mapped.class_, mapped.iri = draft.class_, draft.iri
            self._collect(draft, mapped)
        return mapped

    def trace(self, record: Record) -> Trace:
        """Where the triples of a record come from."""
        draft = self._whole(record, [], marks=True)
        return trace(draft, self.iris) if draft is not None else Trace()

    def key(self, record: Record) -> str:
        """The digest of what a claim says, whatever its id; "" if nothing can be said of it."""
        draft = self._whole(record, [])
        return digest(key_parts(draft)) if draft is not None else ""

    def in_place(self, data: dict[str, Any], class_iri: str, parent: Draft, problems: list[Problem]) -> str:
        """The IRI of what is described in place; its triples go along with the parent's.

        ``{"type": …, "id": …}`` alone describes nothing: it is a reference that says the class.
        Raises ``Unreadable`` if no IRI can be made; else what is wrong goes to ``problems``.
        """
        class_ = self._class_of(data.get("type"), class_iri)
        if set(data) == {"type", "id"}:
            return self._typed(data, class_, parent)
        if class_.is_claim:
            raise Unreadable(Problem("claim-in-place", args={"type": class_.name}, received=data))
        child = self._draft(data, class_, problems, marks=parent.marks is not None)
        if not child.iri:
            raise Unreadable(*problems)
        parent.children.append(child)
        return child.iri

    def _typed(self, data: dict[str, Any], class_: Class, draft: Draft) -> str:
        """The IRI that a class and an id mean together."""
        iri, rest = self.asking.by_id(checked_id(data["id"]), class_)
        if rest is not None:
            draft.rests.append(rest)
        return iri

    def _whole(self, record: Record, problems: list[Problem], *, marks: bool = False) -> Draft | None:
        """The draft of a record, or None if not even its class is known."""
        if record.problems:
            return None
        try:
            class_ = self._class_of(record.data.get("type"), "")
        except Unreadable as error:
            late = Problem("header-late", received=record.data)
            problems += (late,) if is_header(record.data) else error.problems
            return None
        draft = self._draft(record.data, class_, problems, marks=marks)
        if record.repairs:
            draft.tails += repair.notes(record)
        return draft

    def _class_of(self, name: object, range_iri: str) -> Class:
        """The class that ``type`` names; in place it may be left out where the range is one class."""
        class_ = self.model.classes.get(name) if isinstance(name, str) else None
        if class_ is None and name is None:
            class_ = self.model.by_iri.get(range_iri)
        if class_ is None:
            known = [c.name for c in self.model.below(range_iri)] if range_iri else list(self.model.classes)
            near, allowed = choices(name, known)
            code = "missing-type" if name is None else "unknown-type"
            received = NOTHING if name is None else name
            raise Unreadable(Problem(code, "/type", {"near": near}, received=received, allowed=allowed))
        if range_iri and range_iri not in class_.ancestors:
            raise Unreadable(self._does_not_fit(class_, range_iri))
        return class_

    def _does_not_fit(self, class_: Class, range_iri: str) -> Problem:
        known = tuple(c.name for c in self.model.below(range_iri))
        args = {"range": self.model.labels.get(range_iri, {"en": range_iri}), "classes": known}
        return Problem("type-does-not-fit", "/type", args, received=class_.name, allowed=known)

    def _plan(self, class_: Class) -> _Plan:
        plan = self._plans.get(class_.iri)
        if plan is None:
            fields = class_.fields
            plan = self._plans[class_.iri] = _Plan(
                {n: emitter(f, class_, self) for n, f in fields.items()},
                {n: f"<{f.path}> {f.default}" for n, f in fields.items() if f.default is not None},
                {n: v for n, v in self.header.defaults.items() if n in fields},
                type_tails(class_.types) + (self._dataset if class_.is_claim else ()),
            )
        return plan

    def _draft(
        self, data: dict[str, Any], class_: Class, problems: list[Problem], *, marks: bool = False
    ) -> Draft:
        """Read every field; what is wrong goes to ``problems``, what is right into the draft."""
        draft = Draft(class_, data, self.header.dataset, problems, marks=marks)
        plan = self._plan(class_)
        emitters = plan.emitters
        self._reading.append(draft)
        for name, value in data.items():
            emit = emitters.get(name)
            if emit is not None:
                if marks:
                    draft.at(pointer_token(name))
                try:
                    emit(value, draft)
                except Unreadable as error:
                    problems += [p.below(pointer_token(name)) for p in error.problems]
            elif name not in RESERVED:
                search = len(problems) < NEAREST_AT_MOST
                problems.append(_unknown_field(name, data, class_, search=search))
        self._defaults(draft, plan)
        try:
            iri = self._iri(draft)
            known = self.index.by_iri.get(iri)
            # the same object, since all that is remembered of a record is remembered for millions
            draft.iri = known.iri if known is not None else iri
        except Unreadable as error:
            problems += error.problems
        self._reading.pop()
        return draft

    def _defaults(self, draft: Draft, plan: _Plan) -> None:
        """What the record leaves out: the header's defaults, then those of the shapes."""
        # what a default describes in place has no defaults itself, or it would describe itself again
        header, self._in_default = ({} if self._in_default else plan.header), True
        for name, value in header.items():
            if name not in draft.data:
                draft.at(pointer_token(name))
                try:
                    plan.emitters[name](value, draft)
                except Unreadable as error:
                    prefix = "/defaults" + pointer_token(name)
                    draft.problems += [
                        replace(p.below(prefix), place=self.header.place) for p in error.problems
                    ]
        self._in_default = header is not plan.header
        for name, tail in plan.defaults.items():
            if name not in draft.data and name not in header:
                draft.at(pointer_token(name))
                draft.tails.append(tail)
                draft.key.append(tail)

    def _iri(self, draft: Draft) -> str:
        """An entity's by the rules of identity; a claim's by its id or the digest of what it says."""
        kind, dataset = draft.class_.kind, self.header.dataset
        if not draft.class_.is_claim:
            iri, rest = self._entity(draft.data, draft.class_)
            if rest is not None:
                draft.rests.append(rest)
            return iri
        if "id" in draft.data:
            return self.iris.own(kind, dataset, checked_id(draft.data["id"]))
        return self.iris.digested(kind, dataset, key_parts(draft))

    def _entity(self, data: dict[str, Any], class_: Class) -> tuple[str, Rest | None]:
        """The IRI of an entity record, and where another record's name decided it, what says so."""
        iri = anchored_iri(data, class_, self.header, self.iris, self.model)
        return (iri, None) if iri is not None else self.asking.by_name(known_names(data), class_)

    def _collect(self, draft: Draft, mapped: Mapped) -> None:
        if draft.iri:
            mapped.blocks += blocks(draft, self.iris, self._plan(draft.class_).fixed)
            mapped.named[draft.iri] = draft.class_
            self.types.add(draft.class_.iri)
            for _, _, node, _ in draft.parts:
                self.types.update(node.types)
        mapped.refs += draft.refs
        mapped.rests += draft.rests
        mapped.resolutions += draft.resolutions
        for child in draft.children:
            self._collect(child, mapped)

    def _resolve_any(self, value: object, class_iri: str, draft: Draft) -> str:
        """The IRI of a reference in any of its forms."""
        if isinstance(value, str):
            asking = self.asking
            iri, _, rest = asking.references(class_iri).get(value) or asking.reference(value, class_iri)
        elif isinstance(value, dict):
            class_ = self._class_of(value.get("type"), class_iri)
            if set(value) == {"type", "id"}:
                iri, rest = self._typed(value, class_, draft), None
            else:
                iri, rest = self._entity(value, class_)
        else:
            raise refuse_shape(value, "reference")
        if rest is not None:
            draft.rests.append(rest)
        draft.refs.append(iri)
        return iri

    def _source_term(self) -> str | None:
        source = self._source(self._reading[-1])
        return f"<{source}>" if source else None

    def _source(self, draft: Draft) -> str | None:
        """The IRI of a record's source document, if it names one that is known."""
        value = draft.data.get("source", self.header.defaults.get("source"))
        first = value[0] if isinstance(value, list) and value else value
        try:
            return self._resolve_any(first, _DOCUMENT, draft) if first is not None else None
        except Unreadable:
            return None  # said where the field itself is read

    def _reference_date(self, draft: Draft) -> str | None:
        """The date of publication of a record's source."""
        source = self._source(draft)
        date, rest = self.asking.published(source) if source else (None, None)
        if rest is not None:
            draft.rests.append(rest)
        return date


def _unknown_field(name: str, data: dict[str, Any], class_: Class, *, search: bool) -> Problem:
    """No field of the class; one that the record has already is not the one that was meant."""
    near, _ = choices(name if search else None, [f for f in class_.fields if f not in data])
    allowed = (*near, *(f for f in class_.fields if f not in near))
    args = {"field": name, "type": class_.name, "near": near}
    return Problem("unknown-field", pointer_token(name), args, received=data[name], allowed=allowed)
