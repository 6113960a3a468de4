"""Every error of ``kg``, by whose fault it is, and the ``Problem`` that says what is wrong.

An exception ends a command and carries its exit code. A ``Problem`` is about one
place of one record and is data: it is collected, located and printed.
The texts live in ``kg/messages.d/``, in English and Korean, by code.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Severity = Literal["error", "warning", "info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "info")
"""The worst first."""

DONE: Final = 0
DOES_NOT_CONFORM: Final = 1
WRONG_USAGE: Final = 2
UNREADABLE_INPUT: Final = 3
STORE_OR_SERVER: Final = 4


class KgError(Exception):
    """What ends a command: a code of ``kg/messages.d/`` with its arguments."""

    exit_code = STORE_OR_SERVER

    def __init__(self, code: str, **args: object) -> None:
        """Name the message ``code`` and the values that its text shows."""
        super().__init__(code, args)
        self.code = code
        self.args_shown = args

    def __str__(self) -> str:
        """Render the message in English, for a traceback or a log."""
        from kg.messages import text  # noqa: PLC0415 - messages are read only when shown

        return text(self.code, self.args_shown, "en")


class UsageError(KgError):
    """The command, an option or ``kg.toml`` is wrong: exit code 2."""

    exit_code = WRONG_USAGE


class ModelError(KgError):
    """The ontology or the shapes are wrong: exit code 2. ``faults`` are all that was found."""

    exit_code = WRONG_USAGE

    def __init__(self, code: str, *, faults: Sequence[Problem] = (), **args: object) -> None:
        """Name the message and, where files could be read, their faults."""
        super().__init__(code, count=len(faults), **args)
        self.faults = faults


class MappingError(UsageError):
    """A mapping file is wrong: exit code 2. ``faults`` are all that was found, with their places."""

    def __init__(self, code: str, *, faults: Sequence[Problem] = (), **args: object) -> None:
        """Name the message and what is wrong in the file."""
        super().__init__(code, count=len(faults), **args)
        self.faults = faults


class InputError(KgError):
    """A file can't be read at all: exit code 3."""

    exit_code = UNREADABLE_INPUT


class StoreError(KgError):
    """The store failed: exit code 4."""


class ServerError(KgError):
    """A SPARQL server failed, or does not hold what it was sent: exit code 4."""


class EngineError(KgError):
    """A SHACL engine failed, or did not check what it was given: exit code 4."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Which part of a foreign row a field was made of, and by which line of the mapping."""

    row: int
    """Counts from 1, the header not counted."""
    columns: tuple[str, ...]
    """The columns, or the paths in a nested row; none if the mapping alone says the field."""
    mapping: str
    """``file:line``."""


class Origin(Protocol):
    """Where a record that a mapping made comes from."""

    def cell(self, pointer: str) -> Cell:
        """What the field at a JSON pointer was made of."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input something stands; lines and columns count from 1, 0 is unknown."""

    file: str
    line: int = 0
    column: int = 0
    origin: Origin | None = field(default=None, repr=False)
    """Of a row of foreign data; None for a facts file."""

    def __str__(self) -> str:
        """``file:line`` or ``file``."""
        return f"{self.file}:{self.line}" if self.line else self.file


NOTHING: Final = object()
"""Stands for "no value was received", since ``None`` is a JSON value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with, or should be known about, one place of a record.

    ``code`` names the message; ``args`` are the values in its text; ``pointer`` is the
    JSON pointer (RFC 6901) of the field, "" for the record; ``allowed`` lists what
    would be right, nearest first; ``others`` are further places that the message names.
    ``message`` is set only where the text comes from a shape: language -> text.
    """

    code: str
    pointer: str = ""
    args: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"
    received: object = NOTHING
    allowed: tuple[str, ...] = ()
    place: Place | None = None
    others: tuple[Place, ...] = ()
    message: Mapping[str, str] | None = None

    def below(self, prefix: str) -> Problem:
        """The same problem seen from an enclosing value: ``prefix`` goes before its pointer."""
        return replace(self, pointer=prefix + self.pointer)


class Unreadable(Exception):
    """A value that can't be read; ``problems`` have pointers relative to the value."""

    def __init__(self, *problems: Problem) -> None:
        """Carry at least one problem."""
        super().__init__(*(p.code for p in problems))
        self.problems = problems

    def __str__(self) -> str:
        """Say what is wrong in English, after its code, for a traceback or a log."""
        from kg.messages import text  # noqa: PLC0415 - messages are read only when shown

        shown = []
        for problem in self.problems:
            received = "" if problem.received is NOTHING else problem.received
            args = {"received": received, "allowed": problem.allowed, **problem.args}
            place = f" at {problem.pointer}" if problem.pointer else ""
            shown.append(f"{problem.code}{place}: {text(problem.code, args, 'en')}")
        return "; ".join(shown)


class NotUnderstood(Unreadable):
    """A text that is no expression of its type, as against one that is understood and impossible.

    An optional field keeps the text, and the problem becomes a warning; ``kept`` is what is written for it,
    None where a type of value has no place for a text alone.
    """

    kept: Any = None


def pointer_token(key: str | int) -> str:
    """One step of a JSON pointer, escaped as RFC 6901 asks.

    >>> pointer_token("a/b~c"), pointer_token(0)
    ('/a~1b~0c', '/0')
    """
    return "/" + str(key).replace("~", "~0").replace("/", "~1")


def value_at(data: object, pointer: str) -> object:
    """The value that a JSON pointer names in decoded data, or ``NOTHING``.

    >>> value_at({"a/b": [1, 2]}, "/a~1b/1"), value_at({}, "/a") is NOTHING
    (2, True)
    """
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        if isinstance(data, list) and key.isdigit() and int(key) < len(data):
            data = data[int(key)]
        elif isinstance(data, dict) and key in data:
            data = data[key]
        else:
            return NOTHING
    return data
