"""Writing a backup, while others read and one may write.

What is taken is the state of the last committed change: the journal up to it, and files that nobody changes
once they are there (versions, judgements and corrections by digest). The records that were not taken and the
journals of pushes are replaced whole or appended to, so they are opened and held against the journal.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import version
from io import SEEK_END, BytesIO
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

from kg.errors import StoreError
from kg.identity.judgements import FILE
from kg.store import aside
from kg.store.archive import Archive
from kg.store.backup import form
from kg.store.backup.form import Member
from kg.store.journal import COMMITTED, PREPARED, UNDONE, Journal, as_lines
from kg.store.ledger import BEGUN
from kg.store.reading import open_journal
from kg.store.state import CORRECTIONS, State, replay, versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.store.journal import Entry
    from kg.store.layout import Layout

_LEVEL: Final = 3
_TRIES: Final = 10


class Taken(NamedTuple):
    """What a backup holds."""

    members: int
    bytes: int
    datasets: int
    entry: int
    """The number of the journal's last entry in it."""


@dataclass
class _Files:
    """The files to be taken, by name: open, or, if nobody changes them, by their paths."""

    stack: ExitStack
    opened: dict[str, IO[bytes]] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)

    def add(self, name: str, path: Path, *, must: bool = True) -> None:
        if path.is_file():
            self.paths[name] = path
        elif must:
            raise StoreError("store-damaged", file=str(path), reason="-")

    def open(self, name: str, path: Path) -> str:
        """Take a file as it is now; gives its digest, "" if there is none."""
        try:
            file = self.stack.enter_context(path.open("rb"))
        except FileNotFoundError:
            self.opened.pop(name, None)
            return ""
        self.opened[name] = file
        return hashlib.file_digest(file, "sha256").hexdigest()

    def take(self, name: str, path: Path, waiting: Mapping[Path, Path]) -> str:
        """The same of what is to be in its place, if that is not there yet; an empty file stands for none."""
        beside = waiting.get(path)
        digest = self.open(name, beside) if beside is not None else ""
        if beside is None or not digest:  # a writer has brought it meanwhile
            return self.open(name, path)
        if self.opened[name].seek(0, SEEK_END):
            return digest
        del self.opened[name]
        return ""

    def names(self) -> list[str]:
        """In the order of the backup: the settings first, the journal last, so that no half looks whole."""
        last = form.SETTINGS, ".kg/journal"
        rest = sorted({*self.opened, *self.paths}.difference(last))
        return [last[0], *rest, last[1]]

    def read(self, name: str) -> Iterator[bytes]:
        """What is in a file."""
        if name in self.opened:
            file = self.opened[name]
            file.seek(0)
            while chunk := file.read(form.CHUNK):
                yield chunk
            return
        with self.paths[name].open("rb") as file:
            while chunk := file.read(form.CHUNK):
                yield chunk


def backup(layout: Layout, beside: Iterable[Path], out: BinaryIO) -> Taken:
    """Write the backup of a project. ``beside`` are files in its folder that ``kg.toml`` names.

    Raises ``StoreError`` for damage of what is needed; nothing is changed.
    """
    import zstandard  # noqa: PLC0415 - only where it is needed

    with ExitStack() as stack:
        files = _Files(stack)
        entries = _consistent(layout, files)
        state = replay(entries)
        files.opened[".kg/journal"] = BytesIO(as_lines(entries))
        _archives(layout, entries, state, files)
        _by_digest(layout, state, files)
        _pushes(layout, files)
        files.open(form.SETTINGS, layout.project / form.SETTINGS)
        for path in beside:
            name = path.relative_to(layout.project).as_posix()
            if form.is_allowed(name):
                files.open(name, path)
        members = [_member(files, name) for name in files.names()]
        more: dict[str, Any] = {"kg": version("kg-loader"), "entry": entries[-1].seq}
        options = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
        with options.stream_writer(out, closefd=False) as packed:
            _write(packed, form.LIST, [form.listed(members, more)])
            for member in members:
                _write(packed, member.name, files.read(member.name), member)
            packed.write(bytes(form.END))
        total = sum(member.bytes for member in members)
        return Taken(len(members), total, len(state.loaded), entries[-1].seq)


def _member(files: _Files, name: str) -> Member:
    digest, size = hashlib.sha256(), 0
    for chunk in files.read(name):
        digest.update(chunk)
        size += len(chunk)
    return Member(name, size, digest.hexdigest())


def _write(
    packed: Any,  # noqa: ANN401 - a writer of zstandard
    name: str,
    chunks: Iterable[bytes],
    member: Member | None = None,
) -> None:
    if member is None:
        chunks = list(chunks)
        member = Member(name, sum(map(len, chunks)), "")
    packed.write(form.head(name, member.bytes))
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        packed.write(chunk)
    if member.sha256 and (size != member.bytes or digest.hexdigest() != member.sha256):
        raise StoreError("store-damaged", file=name, reason="SHA-256")
    packed.write(bytes(form.padding(size)))


def _consistent(layout: Layout, files: _Files) -> list[Entry]:
    """The journal up to the last committed change, and the records that were not taken as it says."""
    if not layout.journal.exists():
        raise StoreError("backup-nothing", folder=str(layout.project))
    wrong = layout.journal
    for _ in range(_TRIES):
        entries = settled(open_journal(layout).entries)
        state, waiting = replay(entries), aside.waiting(layout, entries)
        noted = {layout.quarantine(name): state.not_taken.get(name) for name in state.loaded}
        found = {path: files.take(f".kg/quarantine/{path.name}", path, waiting) for path in noted}
        files.take(FILE, layout.project / FILE, waiting)
        others = [path for path, digest in found.items() if noted[path] not in {digest, None}]
        # a writer may have gone on
        if not others and replay(settled(open_journal(layout).entries)) == state:
            return entries
        files.opened.clear()
        wrong = next(iter(others), layout.journal)
    raise StoreError("store-damaged", file=str(wrong), reason="SHA-256")


def settled(entries: Sequence[Entry]) -> list[Entry]:
    """The entries up to the last one after which nothing was under way."""
    whole = list(entries)
    waiting = 0
    for number, entry in enumerate(whole, 1):
        if entry.state == PREPARED and not waiting:
            waiting = number
        elif entry.state in {COMMITTED, UNDONE}:
            waiting = 0
    return whole[: waiting - 1] if waiting else whole


def _archives(layout: Layout, entries: Sequence[Entry], state: State, files: _Files) -> None:
    for facts in versions(entries):
        known = state.loaded.get(facts["dataset"])
        must = known is not None and known.version == facts["version"]
        folder = layout.version(facts["dataset"], facts["version"])
        if not folder.is_dir() and not must:
            continue  # it was pruned
        try:
            archive = Archive.read(folder, facts["digest"])
        except StoreError:
            if must:
                raise
            continue
        for name in ("manifest.json", *archive.manifest.files):
            files.add(f".kg/archive/{folder.parent.name}/{folder.name}/{name}", folder / name, must=must)
        digest = facts.get(CORRECTIONS) or archive.manifest.given.get("digests", {}).get(CORRECTIONS)
        if digest:
            files.add(f".kg/corrections/{digest}.jsonl", layout.corrections(digest), must=must)


def _by_digest(layout: Layout, state: State, files: _Files) -> None:
    folder = layout.judged("-").parent
    for path in sorted(folder.glob("*.jsonl")) if folder.is_dir() else ():
        if hashlib.sha256(path.read_bytes()).hexdigest() == path.stem:
            files.add(f".kg/judged/{path.name}", path)
    if state.judged:
        files.add(f".kg/judged/{state.judged}.jsonl", layout.judged(state.judged))


def _pushes(layout: Layout, files: _Files) -> None:
    """What is known of graphs on servers, as far as it is whole; a push can do without."""
    for path in sorted(layout.pushes.glob("*.journal")):
        try:
            journal = Journal.read(path)
        except (StoreError, FileNotFoundError):
            continue
        files.opened[f".kg/push/{path.name}"] = BytesIO(as_lines(journal.entries))
        begun = next((e.facts for e in reversed(journal.entries) if e.state == BEGUN), None)
        patch = path.with_suffix(".patch")
        name = f".kg/push/{patch.name}"
        if begun is not None and begun.get("patch") and files.open(name, patch) != begun["patch"]:
            files.opened.pop(name, None)
