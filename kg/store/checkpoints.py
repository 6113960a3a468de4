"""Copies of the embedded store for readers, one after each commit; the newest two are kept.

Beside each stand the digests of its files, which nobody changes. Most of them are hard links to files
of the copy before, whose digests are known.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from kg.store.durable import digest_of, make_folder, remove, rename, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.store.embedded import Embedded

KEPT: Final = 2
DIGESTS: Final = ".digests"
"""What the name of the file with the digests has more than that of the copy."""


def numbers(folder: Path) -> list[int]:
    """The checkpoints that there are, oldest first."""
    return sorted(int(p.name) for p in folder.iterdir() if p.name.isdigit()) if folder.is_dir() else []


def make(folder: Path, number: int, embedded: Embedded) -> Path:
    """Make the checkpoint of a commit, and take the oldest ones away.

    On Unix a reader that has an old one open keeps its files until it closes them.
    """
    make_folder(folder)
    part, whole = folder / f"{number}.part", folder / str(number)
    remove(part)
    remove(whole)
    embedded.backup(part)
    before = [known for known in numbers(folder) if known < number]
    digests = dict(_digested(part, folder / str(before[-1]) if before else None))
    told = json.dumps(digests, indent=1, sort_keys=True).encode()
    write_file(beside(whole), (_checksum(told), told))
    rename(part, whole)
    prune(folder)
    return whole


def _digested(made: Path, before: Path | None) -> Iterator[tuple[str, str]]:
    known = digests(before) if before is not None else None
    for path in sorted(made.iterdir()):
        same = before is not None and known is not None and path.name in known and _is_one(path, before)
        yield path.name, known[path.name] if same and known is not None else digest_of(path)


def _is_one(path: Path, before: Path) -> bool:
    """Whether a file is that of another folder, and not just one like it."""
    other = before / path.name
    return other.exists() and path.samefile(other)


def beside(checkpoint: Path) -> Path:
    """The file with the digests of a checkpoint."""
    return checkpoint.with_name(checkpoint.name + DIGESTS)


def digests(checkpoint: Path) -> Mapping[str, str] | None:
    """File name -> SHA-256, as they were when it was made; None if that is not known."""
    try:
        data = beside(checkpoint).read_bytes()
    except OSError:
        return None
    told = data[len(_checksum(b"")) :]
    if not told or data != _checksum(told) + told:
        return None
    found: dict[str, str] = json.loads(told)
    return found


def damaged(checkpoint: Path) -> Path | None:
    """The first of its files that is not what it was; None if all are, or if that can't be told.

    A writer may be taking the copy away, unless it is the newest.
    """
    for name, digest in (digests(checkpoint) or {}).items():
        found = digest_of(checkpoint / name)
        if found != digest and (found or checkpoint.name in map(str, numbers(checkpoint.parent)[-1:])):
            return checkpoint / name
    return None


def _checksum(told: bytes) -> bytes:
    """The first line of the file with the digests."""
    return sha256(told).hexdigest().encode() + b"\n"


def prune(folder: Path, kept: int = KEPT) -> None:
    """Keep the newest, and nothing that is unfinished."""
    for number in numbers(folder)[:-kept]:
        remove(folder / str(number))
    for path in folder.glob("*.part"):
        remove(path)
    for path in folder.glob(f"*{DIGESTS}"):
        if not path.with_suffix("").exists():
            remove(path)
