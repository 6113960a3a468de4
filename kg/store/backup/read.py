"""Reading a backup, which somebody else may have made: nothing in it is believed before it is checked."""

from __future__ import annotations

import hashlib
import re
import shutil
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.errors import InputError, StoreError, UsageError
from kg.store.archive import ENTITIES, RECORDS, RESOLUTIONS, TRIPLES, Archive
from kg.store.backup import form
from kg.store.durable import make_folder, remove, sync_folder
from kg.store.journal import Journal
from kg.store.layout import Layout
from kg.store.state import parts, replay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.store.backup.form import Member
    from kg.store.journal import Entry

_TIMES: Final = 1000
"""No file expands to more times its size; triples become forty times as many."""
_SLACK: Final = 1 << 20
_MAGIC: Final = b"\x28\xb5\x2f\xfd"
"""With which any file in Zstandard begins (RFC 8878)."""


class _Packed:
    """The bytes in a backup, read in pieces, each only as large as it may be."""

    def __init__(self, stream: Any, file: str) -> None:  # noqa: ANN401 - a reader of zstandard
        self._stream = stream
        self.file = file

    def take(self, size: int) -> bytes:
        """Exactly so many bytes; raises ``InputError`` if there are fewer."""
        import zstandard  # noqa: PLC0415 - only where it is needed

        pieces = []
        while size:
            try:
                piece = self._stream.read(min(size, form.CHUNK))
            except zstandard.ZstdError as error:
                raise self.damaged() from error
            if not piece:
                raise self.damaged()
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def expect(self, data: bytes) -> None:
        """Raise ``InputError`` if other bytes come next."""
        if self.take(len(data)) != data:
            raise self.damaged()

    def ends(self) -> None:
        """Raise ``InputError`` if more comes."""
        import zstandard  # noqa: PLC0415 - only where it is needed

        try:
            if self._stream.read(1):
                raise self.damaged()
        except zstandard.ZstdError as error:
            raise self.damaged() from error

    def damaged(self) -> InputError:
        """The backup is not what was written."""
        return InputError("restore-damaged", file=self.file)


def verify(path: Path) -> int:
    """Read a backup to its end; gives how many members it has. Raises ``InputError`` for damage."""
    count = 0
    with path.open("rb") as file:
        for _member, chunks in members(file, str(path), path.stat().st_size):
            count += 1
            for _ in chunks:
                pass
    return count


def members(file: BinaryIO, name: str, size: int) -> Iterator[tuple[Member, Iterator[bytes]]]:
    """The members with what is in them, each to be read to its end; all checked at the end."""
    import zstandard  # noqa: PLC0415 - only where it is needed

    if size >= len(_MAGIC) and file.read(len(_MAGIC)) != _MAGIC:
        raise InputError("restore-not-one", file=name)
    file.seek(0)
    with zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=False, closefd=False) as stream:
        packed = _Packed(stream, name)
        found = form.read_list(_list(packed, size), name)
        if sum(member.bytes for member in found) > _TIMES * size + _SLACK:
            raise InputError("restore-bomb", file=name)
        for member in found:
            packed.expect(form.head(member.name, member.bytes))
            yield member, _contents(packed, member)
            packed.expect(bytes(form.padding(member.bytes)))
        packed.expect(bytes(form.END))
        packed.ends()
    if file.read(1):
        raise InputError("restore-damaged", file=name)


def _list(packed: _Packed, size: int) -> bytes:
    """The first member: its size stands in its header."""
    head = packed.take(form.BLOCK)
    try:
        length = int(head[124:135], 8)
    except ValueError as error:
        raise InputError("restore-not-one", file=packed.file) from error
    if head != form.head(form.LIST, length):
        raise InputError("restore-not-one", file=packed.file)
    if length > min(form.LIST_AT_MOST, _TIMES * size + _SLACK):
        raise InputError("restore-bomb", file=packed.file)
    data = packed.take(length)
    packed.expect(bytes(form.padding(length)))
    return data


def _contents(packed: _Packed, member: Member) -> Iterator[bytes]:
    digest = hashlib.sha256()
    left = member.bytes
    while left:
        chunk = packed.take(min(left, form.CHUNK))
        left -= len(chunk)
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != member.sha256:
        raise packed.damaged()


def restore(file: BinaryIO, name: str, size: int, folder: Path, told: Callable[[int], None]) -> int:
    """Write the files of a backup into an empty folder; gives how many.

    The embedded store is not among them: it is made when the store is opened. Raises ``InputError`` for what
    is no backup, is damaged or hostile, and ``StoreError`` for a folder that is not empty; then nothing is
    left.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("restore-not-empty", folder=str(folder))
    existed = folder.exists()
    make_folder(folder)
    count = 0
    try:
        for member, chunks in members(file, name, size):
            _room(folder, member)
            _write(folder / member.name, chunks)
            count += 1
            told(count)
        _archives(folder, name)
    except BaseException:
        for path in folder.iterdir():
            remove(path)
        if not existed:
            folder.rmdir()
        raise
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
    sync_folder(folder)
    return count


def _room(folder: Path, member: Member) -> None:
    if member.bytes > shutil.disk_usage(folder).free:
        raise StoreError("restore-space", folder=str(folder), needed=member.bytes)


def _write(path: Path, chunks: Iterator[bytes]) -> None:
    from os import fsync  # noqa: PLC0415 - here only

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as out:
        out.writelines(chunks)
        out.flush()
        fsync(out.fileno())


def _archives(folder: Path, file: str) -> None:
    """The journal, and each version that is loaded, read to its end, if none expands to too much.

    What journals and manifests say becomes the names of files, so it must be such as kg writes.
    """
    layout = Layout(folder)
    try:
        journals = [Journal.read(path) for path in (layout.journal, *layout.pushes.glob("*.journal"))]
        for journal in journals:
            if journal.torn or not all(map(_is_plain, journal.entries)):
                raise InputError("restore-damaged", file=file)
        state = replay(journals[0].entries)
        if state.pending is not None:
            raise InputError("restore-damaged", file=file)
        for name, known in state.loaded.items():
            _archive(Archive.read(layout.version(name, known.version), known.digest), file)
    except StoreError as error:
        if error.code in {"store-newer", "store-older"}:
            raise
        raise InputError("restore-damaged", file=file) from error
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError("restore-damaged", file=file) from error


def _archive(archive: Archive, file: str) -> None:
    if {*archive.manifest.files} != {RECORDS, RESOLUTIONS, TRIPLES, ENTITIES}:
        raise InputError("restore-damaged", file=file)
    for name, told in archive.manifest.files.items():
        if told.bytes > _TIMES * (archive.folder / name).stat().st_size + _SLACK:
            raise InputError("restore-bomb", file=file)
    archive.verify()


def _is_plain(entry: Entry) -> bool:
    """Whether an entry of a journal says nothing that would lead elsewhere as the name of a file."""
    facts = entry.facts
    origin = facts.get("origin") or {"datasets": {}, "judged": ""}
    told = [facts, *parts(facts)]
    versions = [part.get(key) for part in told for key in ("version", "replaces")]
    versions += [version for version, _ in origin["datasets"].values()]
    digests = [part.get(key) for part in told for key in ("digest", "judgements", "corrections", "patch")]
    return (
        all(v is None or re.fullmatch("[0-9]+", v) for v in versions)
        and all(not d or re.fullmatch("[0-9a-f]{64}", d) for d in (*digests, origin["judged"]))
        and all(isinstance(part.get("dataset", ""), str) for part in told)
    )
