"""The archive: the records, resolutions and triples of one version of a dataset.

A version is a folder with four compressed files and a manifest that holds the digest of what is in
each; one of the four has a row for each entity, so that the index need not read the triples.
It is written under another name, synced, and renamed, so a version that is there is whole; the journal
knows the digest of the manifest. Every reading to the end is checked.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Self

from kg.errors import StoreError
from kg.store.durable import PART, make_folder, remove, rename, sync_folder
from kg.store.journal import check_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

FORMAT: Final = 1
UPGRADES: Final[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""From a format to the next: the fields of a manifest, without that of the format."""
RECORDS: Final = "records.jsonl.zst"
RESOLUTIONS: Final = "resolutions.jsonl.zst"
TRIPLES: Final = "triples.nt.zst"
ENTITIES: Final = "entities.jsonl.zst"
MANIFEST: Final = "manifest.json"
CHUNK: Final = 1 << 20
"""Bytes that are compressed at once."""
_COMPRESSED: Final = 1 << 14
"""Bytes that are decompressed at once; triples become forty times as many."""
_LEVEL: Final = 3


@dataclass(frozen=True, slots=True)
class FileDigest:
    """What is in a file, uncompressed."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a version holds; ``triples`` counts each once."""

    records: int = 0
    claims: int = 0
    entities: int = 0
    triples: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version says about itself; ``given`` comes from whoever loads."""

    dataset: str
    iri: str
    version: str
    files: Mapping[str, FileDigest]
    counts: Counts
    given: Mapping[str, Any]

    def same_contents(self, other: Manifest) -> bool:
        """Whether both say the same of the same input."""
        return (self.iri, self.files, self.given) == (other.iri, other.files, other.given)

    @property
    def parties(self) -> Mapping[str, Sequence[str]]:
        """Class of a claim -> the properties of its parties; empty where whoever loaded it did not say."""
        found: Mapping[str, Sequence[str]] = self.given.get("parties", {})
        return found

    def as_bytes(self) -> bytes:
        """As it is written; the same contents give the same bytes."""
        fields = {"format": FORMAT, **asdict(self)}
        return json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


class Writer:
    """One file: compressed, with a checksum, its digest taken on the way, synced when closed."""

    def __init__(self, path: Path) -> None:
        """Create the file."""
        import zstandard  # noqa: PLC0415 - only where an archive is written or read

        self._file = path.open("xb")
        # one thread beside this one: the digest and the triples are made while it compresses
        options = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True, threads=1)
        self._out = options.stream_writer(self._file, closefd=False)
        self._digest = hashlib.sha256()
        self._size = 0
        self._gathered: list[bytes] = []
        self._waiting = 0

    def __enter__(self) -> Self:
        """Write within a ``with``."""
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Finish and sync, but after a fault only let go."""
        with self._file:
            if kind is None:
                self._send()
                self._out.close()  # type: ignore[no-untyped-call]  # zstandard's types lack it
                self._file.flush()
                os.fsync(self._file.fileno())

    def write(self, data: bytes) -> None:
        """Take the next bytes."""
        self._gathered.append(data)
        self._waiting += len(data)
        if self._waiting >= CHUNK:
            self._send()

    def _send(self) -> None:
        data = b"".join(self._gathered)
        self._gathered.clear()
        self._waiting = 0
        self._size += len(data)
        self._digest.update(data)
        self._out.write(data)

    @property
    def digest(self) -> FileDigest:
        """What was written; to be asked for when it is closed."""
        return FileDigest(self._digest.hexdigest(), self._size)


def chunks(path: Path, expected: FileDigest) -> Iterator[bytes]:
    """What is in a file; raises ``StoreError`` at the latest at its end if that is not what it was."""
    import zstandard  # noqa: PLC0415 - only where an archive is written or read

    digest = hashlib.sha256()
    left = expected.bytes
    # unlike a stream reader this sees the frame's own checksum, and what comes after the frame
    frame = zstandard.ZstdDecompressor().decompressobj()
    try:
        with path.open("rb") as file:
            while left >= 0 and (data := file.read(_COMPRESSED)):
                chunk = frame.decompress(data)
                left -= len(chunk)
                digest.update(chunk)
                yield chunk
    except (OSError, zstandard.ZstdError) as error:
        raise StoreError("store-damaged", file=str(path), reason=str(error)) from error
    if left or not frame.eof or frame.unused_data or digest.hexdigest() != expected.sha256:
        raise StoreError("store-damaged", file=str(path), reason=f"SHA-256 {digest.hexdigest()}")


@dataclass(frozen=True, slots=True)
class Archive:
    """One version of a dataset, whole."""

    folder: Path
    manifest: Manifest

    @classmethod
    def read(cls, folder: Path, digest: str) -> Archive:
        """Read the manifest; ``digest`` is the one that the journal knows of it.

        Raises ``StoreError`` if it is not there, damaged, or of another format.
        """
        fields = _fields(folder / MANIFEST, digest)
        check_format(fields.pop("format", None), FORMAT, folder / MANIFEST)
        return cls(folder, _manifest(fields))

    @property
    def digest(self) -> str:
        """The digest of the manifest, for the journal."""
        return hashlib.sha256(self.manifest.as_bytes()).hexdigest()

    def chunks(self, name: str) -> Iterator[bytes]:
        """One of the files, uncompressed."""
        return chunks(self.folder / name, self.manifest.files[name])

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of one of the files, without their ends."""
        rest = b""
        for chunk in self.chunks(name):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole

    def verify(self) -> None:
        """Read all files to the end; raises ``StoreError`` for the first that is damaged."""
        for name in self.manifest.files:
            for _ in self.chunks(name):
                pass


def _fields(path: Path, digest: str) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError("store-damaged", file=str(path), reason=error.strerror) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise StoreError("store-damaged", file=str(path), reason="SHA-256")
    found: dict[str, Any] = json.loads(data)
    return found


def _manifest(fields: dict[str, Any]) -> Manifest:
    files = {name: FileDigest(**known) for name, known in fields.pop("files").items()}
    return Manifest(files=files, counts=Counts(**fields.pop("counts")), **fields)


def upgraded(folder: Path, digest: str, new: Path) -> Archive:
    """Make a version of an older format once more, as the version ``new`` of today's.

    Raises ``StoreError`` if it is damaged, or of a format that nothing leads on from.
    """
    fields = _fields(folder / MANIFEST, digest)
    found = fields.pop("format", None)
    while found in UPGRADES:
        fields = UPGRADES[found](fields)
        found += 1
    check_format(found, FORMAT, folder / MANIFEST)
    manifest = replace(_manifest(fields), version=new.name)
    part = begin(new)
    for name in manifest.files:
        try:
            os.link(folder / name, part / name)
        except OSError:
            shutil.copyfile(folder / name, part / name)
    return finish(part, manifest)


def finish(part: Path, manifest: Manifest) -> Archive:
    """Write the manifest and give the version its name; all is synced when this returns."""
    with (part / MANIFEST).open("xb") as file:
        file.write(manifest.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    sync_folder(part)
    folder = part.with_name(manifest.version)
    rename(part, folder)
    return Archive(folder, manifest)


def begin(folder: Path) -> Path:
    """An empty folder to write a version in."""
    part = folder.with_name(folder.name + PART)
    make_folder(part.parent)
    remove(part)
    part.mkdir()
    return part
