"""The side that asks: starts the worker, holds it to its time, and says what became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from kg.apart import EndedError, TookTooLongError, Worker
from kg.errors import InputError, KgError, StoreError, UsageError
from kg.query.soundness import Soundness
from kg.query.tokens import check

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

Row = tuple[str | None, ...]
"""One solution: terms of N-Triples in the order of the variables; None where nothing is bound."""

_OPEN_WITHIN: Final = 600
"""Seconds for opening what is asked, unless queries may take longer: reading large files is no query."""
_OF_DAMAGE: Final = frozenset({"query-memory", "query-store", "query-failed"})
"""What the worker says that a damaged store may be the cause of."""
_KINDS: Final[dict[str, type[KgError]]] = {"usage": UsageError, "input": InputError, "store": StoreError}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: seconds of waiting for it, and bytes of memory (0: no limit)."""

    seconds: float = 30
    memory: int = 2 << 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: a checkpoint of the store, or RDF files."""

    store: Path | None = None
    data: tuple[Path, ...] = ()
    change: Path | None = None
    """A file that holds a change (see ``kg.query.changes``), to be asked instead of the store beside it."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of a query besides its text."""

    lists: Mapping[str, str] = field(default_factory=dict)
    """The variables whose values are lists, to be sorted, with what stands between their items: a space
    for IRIs, a line feed for texts."""
    unnamed: Sequence[str] = ()
    """The variables whose IRIs are shown as they are, so that nobody need look up names."""
    subject: str = ""
    """The variable that may be narrowed (see ``kg.query.only``)."""
    only: Sequence[tuple[str, Mapping[str, str]]] = ()
    """Queries with their bindings: the subject is narrowed to what all of them find."""


@dataclass(slots=True)
class Answer:
    """What a query gives; rows and triples stream, and can be taken once."""

    form: Literal["select", "ask", "graph"]
    variables: tuple[str, ...] = ()
    rows: Iterator[Row] = field(default_factory=lambda: iter(()))
    boolean: bool = False
    triples: Iterator[str] = field(default_factory=lambda: iter(()))
    """Lines of N-Triples of a CONSTRUCT or DESCRIBE, as they come."""
    names: dict[str, str] = field(default_factory=dict)
    """IRI -> name, of the rows taken so far."""


@dataclass(frozen=True, slots=True)
class Found:
    """The things that a text may mean, as (IRI, name), and the nearest names if there is none."""

    things: tuple[tuple[str, str], ...]
    near: tuple[str, ...] = ()


class Session:
    """One worker, for one question after another; a context manager. A new question ends the answer before.

    The time limit holds for each question and counts only the waiting for the worker. When a question
    ends the worker, the session is over.
    """

    def __init__(self, asked: Asked, limits: Limits | None = None, *, checked: bool = True) -> None:
        """Start the worker and let it open what is asked; unless ``checked``, damage may go unnoticed."""
        self._limits = limits or Limits()
        self._worker = Worker("kg.query.worker", str(self._limits.memory))
        self._soundness: Soundness | None = None
        self._asked = 0
        self._allowed = self._left = self._limits.seconds
        try:
            if asked.store is not None and checked:
                self._soundness = Soundness(asked.store, self._worker.end)
            files = [str(path) for path in asked.data]
            store, change = (str(path) if path else None for path in (asked.store, asked.change))
            self._request({"do": "open", "store": store, "change": change, "data": files})
            self._allowed = self._left = max(self._limits.seconds, _OPEN_WITHIN)
            self._next()
        except BaseException:
            self.close()
            raise

    @property
    def pid(self) -> int:
        """The process of the worker."""
        return self._worker.pid

    def ask(
        self,
        sparql: str,
        bindings: Mapping[str, str] | None = None,
        *,
        language: str = "",
        base: str = "",
        prefixes: Mapping[str, str] | None = None,
        traits: Traits | None = None,
    ) -> Answer:
        """Ask a SPARQL query; ``bindings`` give variables terms of N-Triples.

        With a ``language``, the names of what is in the rows come with them.

        Raises ``UsageError`` for what is no query, may not run, or takes too much, and ``StoreError`` when
        the worker fails.
        """
        check(sparql)
        request: dict[str, object] = {"do": "ask", "query": sparql, "bindings": dict(bindings or {})}
        traits = traits or Traits()
        request |= {"lists": dict(traits.lists), "unnamed": list(traits.unnamed)}
        request |= {"subject": traits.subject, "only": list(traits.only)}
        request |= {"language": language, "base": base, "prefixes": dict(prefixes or {})}
        self._request(request)
        head = self._next()
        if head["form"] == "ask":
            self._next()
            return Answer("ask", boolean=head["boolean"])
        if head["form"] == "graph":
            return Answer("graph", triples=self._triples(self._asked))
        answer = Answer("select", tuple(head["variables"]))
        answer.rows = self._rows(answer.names, self._asked)
        return answer

    def find(self, text: str, classes: Sequence[str], base: str) -> Found:
        """The things of some classes that an IRI, an id or a name can mean."""
        self._request({"do": "find", "text": text, "classes": list(classes), "base": base})
        said = self._next()
        self._next()
        return Found(tuple((iri, name) for iri, name in said["found"]), tuple(said["near"]))

    def complete(self, start: str, classes: Sequence[str], language: str) -> list[tuple[str, str]]:
        """Ids and names of things of some classes that begin like a text, each with what it means."""
        self._request({"do": "complete", "text": start, "classes": list(classes), "language": language})
        said = self._next()
        self._next()
        return [(word, meaning) for word, meaning in said["found"]]

    def about(self, iris: Sequence[str], *, incoming: bool = False) -> list[str]:
        """The triples of nodes (and those that point at them) as sorted lines of N-Triples."""
        self._request({"do": "about", "iris": list(iris), "incoming": incoming})
        return list(self._triples(self._asked))

    def close(self) -> None:
        """End the worker."""
        self._worker.close()

    def __enter__(self) -> Self:
        """The session itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the worker."""
        self.close()

    def _request(self, request: Mapping[str, object]) -> None:
        self._allowed = self._left = self._limits.seconds
        self._asked += 1
        try:
            self._worker.say({**request, "number": self._asked})
        except EndedError as ended:
            raise self._crashed(ended) from None

    def _next(self, question: int = 0) -> dict[str, Any]:
        """The next line of the answer to a question (the last one); raises what it says went wrong."""
        if question not in {0, self._asked}:
            raise RuntimeError(
                "another question has been asked since: take an answer before the next question"
            )
        said: dict[str, Any] = {}
        while said.get("to") != self._asked:  # what is left of an answer that nobody took is passed over
            said = json.loads(self._line())
        if "error" in said:
            args = {k: tuple(v) if isinstance(v, list) else v for k, v in said["args"].items()}
            error = _KINDS[said["kind"]](said["error"], **self._memory_said(args, said["error"]))
            raise self._because(error) if error.code in _OF_DAMAGE else error
        if "end" in said and self._asked > 1 and (damage := self._damage()) is not None:
            raise damage
        return said

    def _line(self) -> bytes:
        try:
            line, waited = self._worker.line(self._left)
        except TookTooLongError:
            raise self._because(UsageError("query-timeout", seconds=f"{self._allowed:g}")) from None
        except EndedError as ended:
            raise self._crashed(ended) from None
        self._left -= waited
        return line

    def _rows(self, names: dict[str, str], question: int) -> Iterator[Row]:
        while "rows" in (said := self._next(question)):
            names.update(said["names"])
            yield from map(tuple, said["rows"])

    def _triples(self, question: int) -> Iterator[str]:
        while "triples" in (said := self._next(question)):
            yield from said["triples"]

    def _memory_said(self, args: dict[str, Any], code: str) -> dict[str, Any]:
        return {**args, "megabytes": self._limits.memory >> 20} if code == "query-memory" else args

    def _crashed(self, ended: EndedError) -> KgError:
        if ended.no_memory:
            return self._because(UsageError("query-memory", **self._memory_said({}, "query-memory")))
        return self._because(StoreError("query-crashed", reason=ended.words))

    def _because(self, error: KgError) -> KgError:
        """What ended a question; damage of the store, if there is any."""
        return self._damage() or error

    def _damage(self) -> StoreError | None:
        return self._soundness.damage() if self._soundness is not None else None
