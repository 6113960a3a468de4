"""A dataset as it is without its file: what is archived and what was not taken, in the order of the file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Self

from kg.errors import Place, UsageError
from kg.mapping.repair import Repairer, repaired
from kg.pipeline import corrections, load, manifests
from kg.pipeline.before import archived_pieces
from kg.pipeline.kept import entries
from kg.pipeline.piece import Piece
from kg.reading.decode import decoder
from kg.reading.header import Given, read_header
from kg.reading.record import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from kg.config import Config
    from kg.model.types import Model
    from kg.pipeline.corrections import Correction
    from kg.pipeline.kept import Entry
    from kg.reading.record import Header, Record
    from kg.store import DatasetInfo, Store


@dataclass(frozen=True)
class Whole:
    """A dataset as it is: what is archived and what was not taken."""

    info: DatasetInfo
    header: Header
    archived: Callable[[], Iterator[Piece]]
    entries: Sequence[Entry]
    corrections: tuple[Correction, ...]

    @classmethod
    def of(cls, store: Store, info: DatasetInfo) -> Self:
        """The whole of a dataset; raises ``UsageError`` if its header is not known."""
        if "header" not in info.manifest:
            raise UsageError("replay-header-unknown", dataset=info.name, file=info.source)
        data = decoder()(str(info.manifest["header"]).encode())
        given = Given(data, Place(info.source, 1), lambda _pointer: Place(info.source, 1))
        header, _ = read_header(info.source, given if data else None, info.name)
        archive = store.archive(info.name)
        known = manifests.corrections_of(store, info)

        def archived() -> Iterator[Piece]:
            return archived_pieces(archive)

        there = entries(store, info.name)
        return cls(info, header, archived, _without_stale(there, archived, known), known)

    def pieces(self) -> Iterator[Piece]:
        """All records, as they stood in their files."""
        return _in_order(self.archived(), [_piece(entry) for entry in self.entries])

    def read(self, pieces: Iterable[Piece], model: Model) -> Iterator[Record]:
        """Records of it as its load took them: without nulls, and repaired, where it did so."""
        found = corrections.read(pieces, 0, nulls=self.header.nulls)
        return map(Repairer(model).record, found) if self.info.manifest.get("repair") else found

    def with_(
        self,
        new: Sequence[Correction],
        model: Model,
        config: Config,
        options: load.Options,
        back: Collection[str] = (),
    ) -> load.Given:
        """What is to be loaded; of what was taken back some records, by their keys, are so no more."""
        all_ = (*corrections.without(self.corrections, back), *new)
        what = corrections.applied(new, None)
        rest = [_piece(entry) for entry in self.entries if entry.key not in what.gone]

        def pieces() -> Iterator[Piece]:
            held = (piece for piece in self.archived() if piece.key not in what.gone)
            return chain(_in_order(held, rest), what.added)

        source = Source(
            self.info.source,
            self.header,
            (),
            lambda number: corrections.read(pieces(), number, nulls=self.header.nulls),
            texts=None if self.header.nulls else lambda: ((piece.place, piece.raw) for piece in pieces()),
            retracted=corrections.retracted(all_),
        )
        repair = options.repair or bool(self.info.manifest.get("repair"))
        says = manifests.manifest(source, model, config, repair=repair, corrections=all_)
        says["digests"]["input"] = self.info.digests["input"]
        return load.Given(repaired(source, model) if repair else source, says, all_, again=True)


def tidy(store: Store, info: DatasetInfo) -> None:
    """Take out of the quarantine what a dataset has taken, where the command that did it was cut off."""
    there = store.quarantined(info.name)
    if there and "header" in info.manifest:
        left = [entry.line for entry in Whole.of(store, info).entries]
        if left != there:
            store.quarantine(info.name, (line + b"\n" for line in left))


def _without_stale(
    there: Sequence[Entry], archived: Callable[[], Iterator[Piece]], known: Iterable[Correction]
) -> list[Entry]:
    """What one that was cut off has taken, and could not take out of the quarantine, is left out."""
    what = corrections.applied(known, None)
    replaced = what.gone - {piece.key for piece in what.added}
    at = {(entry.place.file, entry.place.line, entry.key) for entry in there}
    taken = {where for piece in archived() if (where := _where(piece)) in at} if at else set()
    once = {(entry.place.file, entry.place.line, entry.key): entry for entry in there}
    return [entry for where, entry in once.items() if entry.key not in replaced and where not in taken]


def _piece(entry: Entry) -> Piece:
    return Piece(Place(entry.place.file, entry.place.line, 1), entry.raw)


def _where(piece: Piece) -> tuple[str, int, str]:
    return piece.place.file, piece.place.line, piece.key


def _in_order(archived: Iterable[Piece], rest: Sequence[Piece]) -> Iterator[Piece]:
    """Both as they stood in their files, file after file."""
    left: dict[str, list[Piece]] = defaultdict(list)
    for piece in rest:
        left[piece.place.file].append(piece)
    for of_file in left.values():
        of_file.sort(key=lambda piece: -piece.place.line)
    file = ""
    for piece in archived:
        if piece.place.file != file:
            yield from reversed(left.pop(file, []))
            file = piece.place.file
        before = left.get(file, [])
        while before and before[-1].place.line < piece.place.line:
            yield before.pop()
        yield piece
    for of_file in list(left.values()):
        yield from reversed(of_file)
