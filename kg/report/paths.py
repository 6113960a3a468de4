"""Names of files as editors and code hosts want them: relative to the folder in which the command runs."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

_SAFE = "/-._~"


@lru_cache(maxsize=64)
def is_file(name: str) -> bool:
    """Whether an input is a file, and not standard input, a store or a server."""
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def relative(name: str) -> str:
    """A file's path below this folder, with ``/`` between its parts; one elsewhere stays as it is.

    >>> relative("a/../b.jsonl"), relative("/etc/b.jsonl")
    ('b.jsonl', '/etc/b.jsonl')
    """
    if "\0" in name:
        return name
    try:
        return Path(name).resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError, RuntimeError):
        return name


def uri(name: str) -> str:
    """The same as a URI reference, https://www.rfc-editor.org/rfc/rfc3986#section-4.1.

    >>> uri("사실 1.jsonl"), uri("/data/a.jsonl"), uri("a:b")
    ('%EC%82%AC%EC%8B%A4%201.jsonl', 'file:///data/a.jsonl', 'a%3Ab')
    """
    path = relative(name)
    written = quote(path.encode("utf-8", "surrogateescape"), safe=_SAFE)
    return f"file://{written}" if path.startswith("/") else written
