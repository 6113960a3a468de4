"""The texts of documents that are at hand: a record's own, a file beside the facts, the store's.

Of a document without a ``text`` it is the file ``<id>.txt`` in the folder of the facts file; no id leads
out of that folder.
"""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Final

from kg.mapping.spool import Kept, Spool
from kg.rdf import SCHEMA
from kg.values.quotes import Passages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.identity.entry import Entry
    from kg.pipeline.known import Known

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of a text in a file."""
_NOT_IN_NAMES: Final = frozenset('/\\:*?"<>|')


class Texts:
    """The texts, kept on disk; none is read before a quote asks for it."""

    def __init__(self, known: Known) -> None:
        """Ask the records first, then the files, then what is known already."""
        self._known = known
        self._spool = Spool()

    def close(self) -> None:
        """Remove the temporary file."""
        self._spool.close()

    def keep(self, text: object) -> Kept:
        """Keep what a record writes as ``text``."""
        return self._spool.keep_text("", json.dumps(list(_strings(text))).encode())

    def of(self, iri: str, entry: Entry | None, folder: Path | None) -> tuple[Passages, ...]:
        """The texts of a document; none, if none is at hand."""
        name = (entry.id if entry else "") or iri
        if entry is not None and isinstance(entry.text, Kept):
            return tuple(Passages.of(name, text) for text in json.loads(self._spool.text(entry.text)))
        if entry is not None and entry.id and folder is not None:
            path = beside(folder, entry.id)
            if path is not None:
                text = path.read_bytes().decode("utf-8-sig", "replace")
                return (Passages.of(path.name, text),)
        return tuple(Passages.of(name, text) for text in self._stored(iri))

    def _stored(self, iri: str) -> Iterator[str]:
        head = f'<{iri}> <{SCHEMA}text> "'
        for line in self._known.describe((iri,)):
            if line.startswith(head):
                # what is escaped in canonical N-Triples is escaped in JSON in the same way
                yield json.loads(line[len(head) - 1 : line.rindex('"') + 1], strict=False)


def beside(folder: Path, id_: str) -> Path | None:
    """The file of a document's text; None if there is none, or if it is elsewhere or too large."""
    if id_.startswith(".") or not id_.isprintable() or _NOT_IN_NAMES.intersection(id_):
        return None
    for form in ("NFC", "NFD"):
        path = folder / f"{unicodedata.normalize(form, id_)}.txt"
        try:
            real = path.resolve(strict=True)
            if real.parent == folder.resolve() and real.is_file() and real.stat().st_size <= LARGEST:
                return path
        except OSError:
            continue
    return None


def _strings(text: object) -> Iterator[str]:
    """Every text in a string, a language map or a list of these."""
    if isinstance(text, str):
        yield text
    elif isinstance(text, dict | list):
        for item in text.values() if isinstance(text, dict) else text:
            yield from _strings(item)
