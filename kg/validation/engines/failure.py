"""What an engine says when it fails, as one ``EngineError``."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def told(engine: str, doing: str) -> Iterator[None]:
    """Turn whatever an engine raises into an ``EngineError`` that carries its words.

    ``doing`` is ``compile`` or ``check``. Engines raise nearly anything, a ``RecursionError`` or a
    panic of Rust code (a ``BaseException``) included; only what the user does, and want
    of memory, is let through.
    """
    try:
        yield
    except EngineError:
        raise
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:
        raise failure(engine, doing, error) from error


def failure(engine: str, doing: str, error: object) -> EngineError:
    """The ``EngineError`` of an engine that failed."""
    words = f"{type(error).__name__}: {error}" if isinstance(error, BaseException) else str(error)
    return EngineError(f"engine-failed-{doing}", engine=engine, words=one_line(words))


def one_line(words: str) -> str:
    r"""An engine's words on one line, without the name of our temporary file.

    >>> one_line("parse error:\n  /x/y/kg-abc/data.nt: line 3")
    'parse error: data: line 3'
    """
    return re.sub(r"\S*kg-\w+[/\\]data\.nt", "data", " ".join(words.split()))
