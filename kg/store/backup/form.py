"""The form of a backup: what may be in it, under which names, and the bytes around each member."""

from __future__ import annotations

import json
import re
import tarfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.errors import InputError
from kg.identity.judgements import FILE
from kg.store.archive import ENTITIES, MANIFEST, RECORDS, RESOLUTIONS, TRIPLES
from kg.store.layout import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT: Final = 1
LIST: Final = "kg-backup.json"
SETTINGS: Final = "kg.toml"
BLOCK: Final = tarfile.BLOCKSIZE
END: Final = 2 * BLOCK
"""Zeros after the last member."""
CHUNK: Final = 1 << 20
MEMBERS_AT_MOST: Final = 5_000_000
LIST_AT_MOST: Final = 1 << 30
"""Bytes of the list."""
NAME_AT_MOST: Final = 1000
MODEL_FILES: Final = (".ttl", ".rq", ".yaml", ".yml", ".toml", ".json")
"""What the files are called that ``kg.toml`` may name."""
_VERSION: Final = "|".join(map(re.escape, (ENTITIES, MANIFEST, RECORDS, RESOLUTIONS, TRIPLES)))
_SEGMENT: Final = r"(?!\.)[^/\\\0]+"
_NAME: Final = r"(?!\.{1,2}/)[^/\\\0]+"
_DATA: Final = re.compile(
    rf"{re.escape(DATA)}/(journal|archive/{_NAME}/\d+/({_VERSION})|quarantine/{_NAME}\.jsonl"
    r"|(judged|corrections)/[0-9a-f]{64}\.jsonl|push/[0-9a-f]+\.(journal|patch))"
)
_BESIDE: Final = re.compile(rf"({_SEGMENT}/)*{_SEGMENT}")


class Member(NamedTuple):
    """A file in a backup."""

    name: str
    """Its path below the project's folder, with slashes."""
    bytes: int
    sha256: str


def is_allowed(name: str) -> bool:
    """Whether a file of that name may be in a backup: one of ours, or a model file beside it.

    >>> is_allowed(".kg/journal"), is_allowed("own/own.ttl"), is_allowed("../x.ttl"), is_allowed(".x/x.ttl")
    (True, True, False, False)
    """
    if len(name) > NAME_AT_MOST or any(ord(c) < ord(" ") for c in name):
        return False
    if name in {SETTINGS, FILE} or _DATA.fullmatch(name):
        return True
    return bool(_BESIDE.fullmatch(name)) and name.lower().endswith(MODEL_FILES) and name != LIST


def head(name: str, size: int) -> bytes:
    """The bytes before a member: its header in ``tar``, the same wherever and whenever it is made."""
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o644, 0
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")


def padding(size: int) -> int:
    """How many zeros come after a member."""
    return -size % BLOCK


def listed(members: Iterable[Member], more: Mapping[str, Any]) -> bytes:
    """The first member."""
    fields = {"format": FORMAT, **more, "members": [list(member) for member in members]}
    return json.dumps(fields, ensure_ascii=False, indent=0, sort_keys=True).encode() + b"\n"


def read_list(data: bytes, file: str) -> list[Member]:
    """The members that a list names.

    Raises ``InputError`` for a list that is none, of a newer format, or that names what may not be there.
    """
    try:
        fields = json.loads(data)
        version = fields["format"]
        members = [Member(*member) for member in fields["members"]] if version == FORMAT else []
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("restore-not-one", file=file) from error
    if version != FORMAT:
        raise InputError("restore-format", file=file, received=version, allowed=FORMAT)
    seen: set[str] = set()
    for member in members:
        checked(member, seen, file)
    folders = {str(above) for name in seen for above in PurePosixPath(name).parents}
    if SETTINGS not in seen or not seen.isdisjoint(folders):
        raise InputError("restore-not-one", file=file)
    return members


def checked(member: Member, seen: set[str], file: str) -> None:
    """Raise ``InputError`` for a member that may not be there, or that comes twice."""
    types = [type(value) for value in member]
    if types != [str, int, str] or member.bytes < 0 or not is_allowed(member.name):
        raise InputError("restore-member", file=file, member=str(member.name)[:NAME_AT_MOST])
    if member.name in seen or len(seen) >= MEMBERS_AT_MOST:
        raise InputError("restore-member", file=file, member=member.name)
    seen.add(member.name)
