"""Named queries: files ``<name>.rq`` that say in the comments at their head what they are.

    # summary@en: Who plans to invest how much into what?
    # summary@ko: 누가 무엇에 얼마를 투자할 계획인가?
    # param into: reference Organization Project required
    # param into@en: what the money goes into
    # param status: concept Status
    # default status@en: actual and planned
    # only into: ?claim kg:investee ?_into
    # column investor: list
    # column investor@ko: 투자자
    # word total@ko: 합계

The parameter ``into`` is the variable ``?_into``, which is bound before the query runs, as a term, never as
text. ``only`` says what a query is narrowed to where it is given (see ``kg.query.only``). Where the query
itself uses it, it stands in SELECT, and is free if it is not given: ``COALESCE(?role = ?_role, true)`` then
holds for all; ``COALESCE(STR(?_in) = "", true)`` says that it is not given. One with a ``default`` leaves
something out where it is not given, and is ``"any"`` where nothing is to be left out. (``BOUND(?_in)`` and
``(?_in AS ?x)`` are refused: Oxigraph works them out before it binds.) What begins with ``_`` is not shown.

A column that is a ``list`` holds IRIs with spaces between, one of ``texts`` texts with line feeds
between; both are sorted. ``iri`` shows the IRI and not the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.errors import UsageError
from kg.messages import LANGUAGES
from kg.query.only import lookup, subjects
from kg.values.nearest import close, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.model.types import Labels

TYPES: Final = ("reference", "date", "text", "integer", "concept", "language")
_COLUMNS: Final = ("list", "texts", "iri")
_KEYS: Final = ("summary", "data", "param", "default", "only", "column", "word")
_DATA: Final = {"changes": ("since", "until", "dataset")}
"""What a query may be asked of instead of the graph, and the parameters that choose it."""
_LANGUAGE_OF: Final = {"summary": True, "word": True, "default": True, "only": False, "data": False}
"""Whether a line of the head must, or must not, name a language."""
_LINE: Final = re.compile(r"#\s*(\w+)(?:[ \t]+([\w-]+))?(?:@([\w-]+))?:\s*(.*?)\s*")
ANY: Final = "any"
"""What is given for a parameter with a default, to leave nothing out."""
_NAME: Final = re.compile(r"\w[\w-]*")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a named query."""

    name: str
    type: str
    """One of ``TYPES``."""
    classes: tuple[str, ...] = ()
    """Of a reference the classes, of a concept the class of its scheme, by local name."""
    required: bool = False
    descriptions: Labels = field(default_factory=dict)
    defaults: Labels = field(default_factory=dict)
    """What alone is shown if it is not given, in words."""

    @property
    def variable(self) -> str:
        """The variable that it binds."""
        return f"_{self.name}"


@dataclass(frozen=True, slots=True)
class Named:
    """A named query as its file has it."""

    name: str
    file: Path
    sparql: str
    summaries: Labels
    params: tuple[Param, ...] = ()
    columns: Mapping[str, Labels] = field(default_factory=dict)
    """Variable -> heading by language."""
    lists: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    iris: tuple[str, ...] = ()
    words: Mapping[str, Labels] = field(default_factory=dict)
    """What the query itself writes as plain text -> how it is shown, by language."""
    data: str = ""
    """What it is asked of if not of the graph: ``changes`` (see ``kg.query.changes``)."""
    subject: str = ""
    """The variable that tells what a row is about, if a parameter narrows that."""
    lookups: Mapping[str, str] = field(default_factory=dict)
    """Parameter -> the query that finds the subjects that are meant where it is given."""
    inner: frozenset[str] = frozenset()
    """The parameters that the query itself uses."""

    @property
    def separators(self) -> dict[str, str]:
        """The columns that hold lists -> what stands between the items."""
        return {**dict.fromkeys(self.lists, " "), **dict.fromkeys(self.texts, "\n")}


def load(folders: Sequence[Path] = ()) -> dict[str, Named]:
    """The built-in queries and those of further folders or files, by name, sorted; a later one wins.

    Raises ``UsageError`` for a head that can't be read, with file and line, and for a path that is not there.

    >>> load()["investments"].params[0].name
    'into'
    """
    from kg.model.files import builtin  # noqa: PLC0415 - reads nothing; keeps the model out of the way

    found = {}
    for path in (builtin("queries"), *folders):
        if not path.exists():
            raise UsageError("queries-missing", received=str(path))
        for file in sorted(path.glob("*.rq")) if path.is_dir() else [path]:
            found[file.stem] = read(file)
    return dict(sorted(found.items()))


def read(file: Path) -> Named:
    """Read one named query."""
    try:
        sparql = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("query-unreadable", received=str(file), reason=str(error)) from error
    if not _NAME.fullmatch(file.stem):
        raise UsageError("query-name", received=file.stem, file=str(file))
    head = _Head(file)
    for number, line in enumerate(sparql.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            break
        head.take(number, line)
    return head.named(sparql)


def one(queries: Mapping[str, Named], name: str) -> Named:
    """A query by its name; raises ``UsageError`` that names the nearest."""
    if name not in queries:
        near = close(name, tuple(queries))
        raise UsageError("query-unknown", received=name, near=near, allowed=near or tuple(queries))
    return queries[name]


class _Head:
    """The head of one file while it is read."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._summaries: dict[str, str] = {}
        self._params: dict[str, Param] = {}
        self._columns: dict[str, dict[str, str]] = {}
        self._words: dict[str, dict[str, str]] = {}
        self._patterns: dict[str, str] = {}
        self._asked_of = ""
        self._kinds: dict[str, list[str]] = {kind: [] for kind in _COLUMNS}

    def take(self, number: int, line: str) -> None:
        """Read a line of comment; one that declares nothing is prose."""
        found = _LINE.fullmatch(line)
        if found is None:
            return
        key, name, language, value = found[1], found[2] or "", found[3] or "", found[4]
        if key not in _KEYS:
            if near := close(key, _KEYS):
                self._fault(number, "query-head-key", received=key, allowed=near)
            return
        if language and language not in LANGUAGES:
            self._fault(number, "query-head-language", received=language, allowed=LANGUAGES)
        if (
            not value
            or (key in {"summary", "data"}) == bool(name)
            or _LANGUAGE_OF.get(key, bool(language)) != bool(language)
        ):
            self._fault(number, "query-head", received=line)
        getattr(self, f"_{key}")(number, name, language, value)

    def _summary(self, _number: int, _name: str, language: str, value: str) -> None:
        self._summaries[language] = value

    def _data(self, number: int, _name: str, _language: str, value: str) -> None:
        if value not in _DATA:
            self._fault(number, "query-head-type", received=value, allowed=tuple(_DATA))
        self._asked_of = value

    def _word(self, _number: int, name: str, language: str, value: str) -> None:
        self._words.setdefault(name, {})[language] = value

    def _default(self, number: int, name: str, language: str, value: str) -> None:
        if name not in self._params:
            self._fault(number, "query-head-order", received=name)
        self._params[name].defaults[language] = value

    def _only(self, number: int, name: str, _language: str, value: str) -> None:
        if name not in self._params:
            self._fault(number, "query-head-order", received=name)
        self._patterns[name] = f"{self._patterns.get(name, '')} {value}".lstrip()

    def _column(self, number: int, name: str, language: str, value: str) -> None:
        if language:
            self._columns.setdefault(name, {})[language] = value
        elif value in _COLUMNS:
            self._kinds[value].append(name)
        else:
            self._fault(number, "query-head-type", received=value, allowed=_COLUMNS)

    def _param(self, number: int, name: str, language: str, value: str) -> None:
        if language:
            if name not in self._params:
                self._fault(number, "query-head-order", received=name)
            self._params[name].descriptions[language] = value
            return
        kind, *rest = value.split()
        required = "required" in rest
        classes = tuple(word for word in rest if word != "required")
        if kind not in TYPES:
            self._fault(number, "query-head-type", received=kind, allowed=nearest(kind, TYPES))
        if bool(classes) != (kind in {"reference", "concept"}) or (kind == "concept" and len(classes) != 1):
            self._fault(number, "query-head-classes", received=value)
        if name in self._params or not name.isidentifier():
            self._fault(number, "query-head", received=f"param {name}")
        self._params[name] = Param(name, kind, classes, required)

    def named(self, sparql: str) -> Named:
        """What the head said of the query that stands below it."""
        body = re.sub(r"^\s*#.*$", "", sparql, flags=re.MULTILINE)
        if "en" not in self._summaries:
            self._fault(1, "query-head-summary")
        for param in self._params.values():
            variable = rf"\(\s*[?$]{param.variable}"
            if re.search(rf"(?i)\bBOUND\s*{variable}\s*\)|{variable}\s+AS\b", body):
                self._fault(1, "query-head-bound", received=f"?{param.variable}")
            used = f"{self._patterns.get(param.name, '')} {body}"
            chooses = param.name in _DATA.get(self._asked_of, ())
            if not chooses and not re.search(rf"[?$]{param.variable}\b", used):
                self._fault(1, "query-head-unused", received=f"?{param.variable}")
        narrowed = subjects(body)
        if len(narrowed) != bool(self._patterns):
            self._fault(1, "query-head-subject", received=", ".join(f"?{name}" for name in sorted(narrowed)))
        subject = next(iter(narrowed), "")
        return Named(
            name=self._file.stem,
            file=self._file,
            sparql=sparql,
            summaries=self._summaries,
            params=tuple(self._params.values()),
            columns=self._columns,
            lists=tuple(self._kinds["list"]),
            texts=tuple(self._kinds["texts"]),
            iris=tuple(self._kinds["iri"]),
            words=self._words,
            data=self._asked_of,
            subject=subject,
            lookups={
                name: lookup(body, subject, f"_{name}", pattern) for name, pattern in self._patterns.items()
            },
            inner=frozenset(p.name for p in self._params.values() if re.search(rf"[?$]{p.variable}\b", body)),
        )

    def _fault(self, number: int, code: str, **args: object) -> None:
        raise UsageError(code, where=f"{self._file}:{number}", **args)


def options(words: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """The options among words of a command line, as (name, value); a word that is no option as ("", word).

    >>> list(options(["--into", "stargate", "--at=2025-01-01", "more", "--help"]))
    [('into', 'stargate'), ('at', '2025-01-01'), ('', 'more'), ('help', None)]
    """
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--") or word == "--":
            yield "", word
            continue
        name, given, value = word[2:].partition("=")
        if not given and rest and not rest[0].startswith("--"):
            yield name, rest.pop(0)
        else:
            yield name, value if given else None
