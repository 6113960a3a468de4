"""``kg.toml``: what a project says about itself, read and checked once.

Without a project everything has a default; an unknown key is an error that names the
nearest known one.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from kg.errors import UsageError
from kg.language_tags import is_tag, meant
from kg.rdf import is_iri

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.errors import Severity

FILE: Final = "kg.toml"
FORMAT: Final = 1
EXAMPLE_BASE: Final = "https://kg.example/"
_KEYS: Final = (
    *("format", "base", "languages", "model", "identity", "rules", "limits", "targets", "fail-on"),
    *("mappings", "values"),
)
_MODEL_KEYS: Final = ("ontology", "shapes", "queries", "vocabulary")
_LIMIT_KEYS: Final = ("checking",)
_VALUE_KEYS: Final = ("unreadable", "date-order")
UNREADABLE: Final = ("keep", "reject")
"""What becomes of a text that is no expression of its type."""
DATE_ORDERS: Final = ("day", "month")
"""What stands first in a numeric date."""
_IDENTITY_KEYS: Final = ("rules",)
_TARGET_KEYS: Final = ("query", "update", "store", "graph", "auth", "timeout")
_RULE_KEYS: Final = ("severity",)
SEVERITIES: Final = ("error", "warning", "info", "off")
"""What a rule may be; ``off`` is not told."""
FAIL_ON: Final[dict[str, Severity]] = {"violation": "error", "warning": "warning", "info": "info"}
"""How bad a finding must be for a command to end with 1: as it is written -> severity."""
_AUTH_KEYS: Final = ("kind", "user", "file")
MOST_SECONDS: Final = 10_000_000
"""A time limit can't be longer, since systems count it in a small number."""
AUTH_KINDS: Final = ("none", "basic", "digest", "bearer")


@dataclass(frozen=True, slots=True)
class TargetSettings:
    """A ``[targets.NAME]``: URLs of a SPARQL server, the graph, how to sign in; no secrets.

    ``auth`` is "" for what the server asks for; ``timeout`` seconds are waited for an answer, 0 for as
    many as ``kg.push`` thinks right.
    """

    query: str
    update: str = ""
    store: str = ""
    graph: str = ""
    auth: str = ""
    auth_user: str = ""
    auth_file: Path | None = None
    timeout: float = 0


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a project.

    ``base`` ends in ``/`` and begins every IRI that is made. ``languages``: the
    first is that of plain strings; empty means that nobody said. ``ontology`` and
    ``shapes`` are further files and folders for the model, ``queries`` of named queries,
    ``vocabulary`` of tables of words that values are written with. ``rules`` say when
    entities of a class are one.
    """

    base: str = EXAMPLE_BASE
    languages: tuple[str, ...] = ()
    ontology: tuple[Path, ...] = ()
    shapes: tuple[Path, ...] = ()
    queries: tuple[Path, ...] = ()
    vocabulary: tuple[Path, ...] = ()
    checking: float = 0
    """Seconds that a SHACL engine may take for one check; 0 is as many as the data asks for."""
    identity_rules: tuple[str, ...] = ()
    """The rules that judge entities to be one."""
    targets: Mapping[str, TargetSettings] = field(default_factory=dict)
    mappings: Mapping[str, Path] = field(default_factory=dict)
    """Name of a file of rows, or a pattern of names (``*.csv``) -> its mapping file."""
    rules: Mapping[str, str] = field(default_factory=dict)
    """Code of a finding -> its severity in this project, or ``off``."""
    fail_on: str = "violation"
    unreadable: str = "keep"
    """What becomes of a text that is no expression of its type: ``keep`` or ``reject``."""
    date_order: str = ""
    """``day`` or ``month``: what stands first in numeric dates, "" if nobody said."""
    path: Path | None = field(default=None, compare=False)

    def mapping_of(self, name: str) -> str:
        """The mapping of a file of that name, by the name or the first pattern that fits; "" for none."""
        if name in self.mappings:
            return str(self.mappings[name])
        return next((str(path) for pattern, path in self.mappings.items() if fnmatchcase(name, pattern)), "")


def find(start: Path) -> Path | None:
    """The ``kg.toml`` of ``start`` or of the nearest folder above it."""
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder / FILE
    return None


def read(path: Path) -> Config:
    """Read a ``kg.toml``.

    Raises ``UsageError`` naming the file and the key for anything that is not as it must be.
    """
    import tomllib  # noqa: PLC0415 - only where there is a project

    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UsageError("config-unreadable", file=str(path), reason=reason) from error
    _known(path, data, _KEYS, "")
    if "format" not in data:
        raise UsageError("config-no-format", file=str(path), allowed=FORMAT)
    if data.get("format") != FORMAT or not isinstance(data["format"], int) or data["format"] is True:
        raise UsageError("config-format", file=str(path), received=data.get("format"), allowed=FORMAT)
    base = data.get("base", EXAMPLE_BASE)
    if not isinstance(base, str) or not is_iri(base) or "#" in base or base[-1] != "/":
        raise UsageError("config-base", file=str(path), received=base)
    model = _table(path, data, "model", _MODEL_KEYS)
    identity = _table(path, data, "identity", _IDENTITY_KEYS)
    checking = _table(path, data, "limits", _LIMIT_KEYS).get("checking", 0)
    if checking and not _is_seconds(checking):
        raise UsageError("config-seconds", file=str(path), key="limits.checking", received=checking)
    values = _table(path, data, "values", _VALUE_KEYS)
    targets = data.get("targets", {})
    if not isinstance(targets, dict):
        raise UsageError("config-value", file=str(path), key="targets", received=targets)
    languages = _strings(path, data, "languages")
    for language in languages:
        if not is_tag(language):
            raise UsageError("config-language", file=str(path), received=language, near=meant(language))
    return Config(
        base=base,
        languages=languages,
        ontology=tuple(path.parent / p for p in _strings(path, model, "ontology", "model.")),
        shapes=tuple(path.parent / p for p in _strings(path, model, "shapes", "model.")),
        queries=tuple(path.parent / p for p in _strings(path, model, "queries", "model.")),
        vocabulary=tuple(path.parent / p for p in _strings(path, model, "vocabulary", "model.")),
        checking=checking,
        identity_rules=_strings(path, identity, "rules", "identity."),
        targets={name: _target(path, name, table) for name, table in targets.items()},
        mappings=_mappings(path, data.get("mappings", {})),
        rules=_rules(path, data.get("rules", {})),
        fail_on=_choice(path, "fail-on", data.get("fail-on", "violation"), tuple(FAIL_ON)),
        unreadable=_choice(path, "values.unreadable", values.get("unreadable", "keep"), UNREADABLE),
        date_order=_choice(path, "values.date-order", values["date-order"], DATE_ORDERS)
        if "date-order" in values
        else "",
        path=path,
    )


def written(base: str, language: str) -> str:
    """A new ``kg.toml``; raises ``UsageError`` for what it may not hold."""
    if not is_iri(base) or "#" in base or not base.endswith("/"):
        raise UsageError("init-base", received=base)
    if not is_tag(language):
        raise UsageError("config-language", file=FILE, received=language, near=meant(language))
    return f'format = {FORMAT}\nbase = "{base}"\nlanguages = ["{language}"]\n'


def _rules(path: Path, tables: object) -> dict[str, str]:
    if not isinstance(tables, dict):
        raise UsageError("config-value", file=str(path), key="rules", received=tables)
    found = {}
    for code, table in tables.items():
        key = f"rules.{code}"
        if not isinstance(table, dict):
            raise UsageError("config-value", file=str(path), key=key, received=table)
        _known(path, table, _RULE_KEYS, f"{key}.")
        if table:
            found[code] = _choice(path, f"{key}.severity", table["severity"], SEVERITIES)
    return found


def _choice(path: Path, key: str, value: object, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise UsageError("config-choice", file=str(path), key=key, allowed=allowed)
    return value


def _mappings(path: Path, table: object) -> dict[str, Path]:
    if not isinstance(table, dict):
        raise UsageError("config-value", file=str(path), key="mappings", received=table)
    for name, value in table.items():
        if not isinstance(value, str) or not value:
            raise UsageError("config-value", file=str(path), key=f"mappings.{name}", received=value)
    return {name: path.parent / value for name, value in table.items()}


def _target(path: Path, name: str, table: object) -> TargetSettings:
    key = f"targets.{name}"
    if not isinstance(table, dict):
        raise UsageError("config-value", file=str(path), key=key, received=table)
    _known(path, table, _TARGET_KEYS, f"{key}.")
    auth = table.get("auth", "")
    auth = {"kind": auth} if isinstance(auth, str) else auth
    if not isinstance(auth, dict):
        raise UsageError("config-value", file=str(path), key=f"{key}.auth", received=auth)
    _known(path, auth, _AUTH_KEYS, f"{key}.auth.")
    timeout = table.get("timeout", 0)
    if "timeout" in table and not _is_seconds(timeout):
        raise UsageError("config-seconds", file=str(path), key=f"{key}.timeout", received=timeout)
    texts = {k: v for k, v in table.items() if k not in {"auth", "timeout"}}
    for part, value in (*texts.items(), *((f"auth.{k}", v) for k, v in auth.items())):
        if not isinstance(value, str):
            raise UsageError("config-value", file=str(path), key=f"{key}.{part}", received=value)
    if not texts.get("query"):
        raise UsageError("config-missing", file=str(path), key=f"{key}.query")
    if texts.get("graph") and not is_iri(texts["graph"]):
        raise UsageError("config-value", file=str(path), key=f"{key}.graph", received=texts["graph"])
    if auth.get("kind") and auth["kind"] not in AUTH_KINDS:
        raise UsageError("config-choice", file=str(path), key=f"{key}.auth", allowed=AUTH_KINDS)
    file = path.parent / auth["file"] if auth.get("file") else None
    user = auth.get("user", "")
    how = {"auth": auth.get("kind", ""), "auth_user": user, "auth_file": file, "timeout": timeout}
    return TargetSettings(**texts, **how)


def _table(path: Path, data: Mapping[str, Any], key: str, known: tuple[str, ...]) -> Mapping[str, Any]:
    """A table of settings, empty if it is not there."""
    table = data.get(key, {})
    if not isinstance(table, dict):
        raise UsageError("config-value", file=str(path), key=key, received=table)
    _known(path, table, known, f"{key}.")
    return table


def _is_seconds(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= MOST_SECONDS


def _known(path: Path, table: Mapping[str, Any], known: tuple[str, ...], prefix: str) -> None:
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1, 0.5) or known
            allowed = tuple(prefix + k for k in near)
            raise UsageError("config-key", file=str(path), received=prefix + key, allowed=allowed)


def _strings(path: Path, table: Mapping[str, Any], key: str, prefix: str = "") -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        example = value if isinstance(value, str) and value else "…"
        args = {"received": value, "example": f'{key} = ["{example}"]'}
        raise UsageError("config-list", file=str(path), key=prefix + key, **args)
    return tuple(value)
