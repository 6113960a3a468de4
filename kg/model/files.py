"""Reading ontology and shapes files into one small graph that the compiler asks.

Files are Turtle. Blank nodes (lists, restrictions) get names from the file and the order
in which they appear, so that the same files always give the same text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import ModelError
from kg.rdf import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyoxigraph

    from kg.model.types import Labels

    Node = pyoxigraph.NamedNode | pyoxigraph.BlankNode
    Object = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal

PACKAGE: Final = Path(__file__).parent.parent


def builtin(folder: str) -> Path:
    """The project's own ``ontology`` or ``shapes``: in the wheel, or beside the package.

    >>> builtin("shapes").is_dir()
    True
    """
    packed = PACKAGE / folder
    return packed if packed.is_dir() else PACKAGE.parent / folder


@dataclass
class Graph:
    """Triples by subject and predicate. Subjects and predicates are the values of the terms."""

    files: dict[str, list[pyoxigraph.Triple]] = field(default_factory=dict)
    index: dict[str, dict[str, list[Object]]] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    """The names of the files other than the built-in ones."""
    prefixes: dict[str, str] = field(default_factory=dict)
    """Those that the added files declare."""
    by_type: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, file: str, triples: Iterable[pyoxigraph.Triple]) -> None:
        """Add triples as the contents of a file."""
        contents = self.files.setdefault(file, [])
        for t in triples:
            contents.append(t)
            subject, predicate = t.subject.value, t.predicate.value  # type: ignore[union-attr]
            self.index.setdefault(subject, {}).setdefault(predicate, []).append(t.object)  # type: ignore[arg-type]
            if predicate == f"{RDF}type":
                self.by_type[t.object.value].append(subject)  # type: ignore[union-attr]

    def objects(self, subject: str, predicate: str) -> list[Object]:
        """All objects of a subject and a predicate, in the order of the files."""
        return self.index.get(subject, {}).get(predicate, [])

    def values(self, subject: str, predicate: str) -> list[str]:
        """The objects as IRIs or lexical forms."""
        return [o.value for o in self.objects(subject, predicate)]

    def value(self, subject: str, predicate: str) -> str | None:
        """The first object, or None."""
        found = self.objects(subject, predicate)
        return found[0].value if found else None

    def labels(self, subject: str, *predicates: str) -> Labels:
        """Language -> text of the first of the predicates that is there."""
        for predicate in predicates:
            found = self.objects(subject, predicate)
            if found:
                return {getattr(o, "language", None) or "en": o.value for o in found}
        return {}

    def instances(self, *classes: str) -> list[str]:
        """The subjects typed with one of the classes, sorted."""
        return sorted({s for c in classes for s in self.by_type.get(c, ())})

    def items(self, head: str) -> list[str]:
        """The members of an RDF list; a broken or circular one ends where it breaks."""
        found, seen = [], set()
        while head != f"{RDF}nil" and head not in seen:
            seen.add(head)
            found += self.values(head, f"{RDF}first")[:1]
            head = self.value(head, f"{RDF}rest") or f"{RDF}nil"
        return found

    def lines(self) -> list[str]:
        """All triples as sorted N-Triples lines."""
        return sorted({f"{t} .\n" for triples in self.files.values() for t in triples})


def read(paths: Iterable[Path]) -> Graph:
    """Read files, and all ``*.ttl`` directly in folders, into one graph.

    Raises ``ModelError`` for a path that is not there, or a file that is not Turtle.
    """
    graph = Graph()
    own = {builtin("ontology"), builtin("shapes")}
    for number, path in enumerate(p for given in paths for p in _expand(given)):
        triples, prefixes = _parse(path, f"f{number}b")
        shown = f"{path.parent.name}/{path.name}" if path.parent in own else str(path)
        if path.parent not in own:
            # a user's folder may be called as ours
            shown = str(path.resolve()) if shown in graph.files else shown
            graph.prefixes |= prefixes
            graph.added.add(shown)
        graph.add(shown, triples)
    return graph


def _expand(path: Path) -> Sequence[Path]:
    if path.is_dir():
        return sorted(path.glob("*.ttl"), key=lambda p: p.name)
    if path.is_file():
        return [path]
    raise ModelError("model-missing", file=str(path))


def _parse(path: Path, prefix: str) -> tuple[list[pyoxigraph.Triple], dict[str, str]]:
    import pyoxigraph as ox  # noqa: PLC0415 - not needed for ``kg --help``

    names: dict[str, ox.BlankNode] = {}

    def stable(term: Object) -> Object:
        if not isinstance(term, ox.BlankNode):
            return term
        return names.setdefault(term.value, ox.BlankNode(f"{prefix}{len(names)}"))

    try:
        parser = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        parsed = list(parser)
    except SyntaxError as error:  # its text ends with the file and the line once more
        place = f"{path}:{error.lineno}" if error.lineno else str(path)
        reason = re.sub(r"^Parser error at [^:]*: ", "", error.msg)
        raise ModelError("model-unreadable", file=place, reason=reason) from error
    except (OSError, ValueError) as error:
        raise ModelError("model-unreadable", file=str(path), reason=str(error)) from error
    triples = [ox.Triple(stable(q.subject), q.predicate, stable(q.object)) for q in parsed]  # type: ignore[arg-type]
    return triples, dict(parser.prefixes)
