"""Check a data graph against the model's shapes: the engine's results, and proof that it looked."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from kg.errors import EngineError, Problem
from kg.rdf import compact
from kg.validation import joins, stoppable
from kg.validation.deeper import deeper_only
from kg.validation.engine import ENGINES, installed
from kg.validation.engine import engine as engine_named
from kg.validation.handover import beyond_default
from kg.validation.probe import probe, probe_shape, refuse_probes, targeted, without_probes
from kg.validation.result import sorted_unique

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from typing import BinaryIO

    from kg.model.types import Model
    from kg.validation.result import Result

DEFAULT: Final = ENGINES[0].name
_TAKES_OVER: Final = ("turbo", "pyshacl")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a run found, and how it was run."""

    results: tuple[Result, ...]
    """Sorted, each once, without probes; of a value that does not fit, what is wrong inside it."""
    engine: str
    """The engine that ran, which need not be the one that was asked for."""
    notes: tuple[Problem, ...] = ()
    """Why another engine took over."""
    untargeted: tuple[str, ...] = ()
    """Classes in the data that no shape targets: a node with no other class was not checked."""


def check(
    model: Model,
    data: Path | Iterable[str | bytes],
    classes: Collection[str],
    engine: str = DEFAULT,
    meanwhile: Callable[[], None] | None = None,
    seconds: float = 0,
) -> Checked:
    """Check data by the model's shapes.

    ``data`` is an N-Triples file, N-Triples lines, or pieces of several lines as bytes; ``classes``
    are the IRIs of all classes of its nodes. The engine is given the data with the slim ontology and
    the probes; ``meanwhile`` is called when it has begun. It may take ``seconds``,
    or if they are 0, as long as data of this size may ask for.

    Raises ``EngineError`` if the engine fails, and ``EngineError("not-checked")`` if it did not look
    at some class that a shape targets; ``UsageError`` for an unknown engine.
    """
    chosen, notes = choose(engine, model.shapes)
    joined, rest = joins.joins(model.shapes) if chosen == DEFAULT else ((), model.shapes)
    shapes = _probed(rest, model.targets)
    with TemporaryDirectory(prefix="kg-") as folder:
        file = Path(folder) / "data.nt"
        with file.open("wb") as out:
            _write(data, out)
            out.write(model.slim.encode())
            out.write(b"\n" + probe(model, classes)[1].encode())
        run = partial(stoppable.check, chosen, shapes, file, stoppable.limits(file.stat().st_size, seconds))
        if meanwhile is None:
            found = run()
        else:
            with ThreadPoolExecutor(max_workers=1, thread_name_prefix="kg-check") as beside:
                under_way = beside.submit(run)
                meanwhile()
                found = under_way.result()
        found += joins.results(joined, file)
    results, missing = without_probes(found, model, classes)
    if missing:
        raise EngineError("not-checked", engine=chosen, classes=tuple(compact(c) for c in missing))
    return Checked(
        results=tuple(deeper_only(sorted_unique(results), model.shapes)),
        engine=chosen,
        notes=notes,
        untargeted=tuple(sorted(set(classes) - set(targeted(model, classes)))),
    )


def choose(engine: str, shapes: str) -> tuple[str, tuple[Problem, ...]]:
    """The engine to run and why it is not the one asked for, if so.

    Only the default engine hands over: when it is not there, or can't do what the shapes use.
    """
    if engine != DEFAULT:
        return engine_named(engine).name, ()
    reasons = _beyond_default(shapes) if installed(DEFAULT) else ("engine-hand-over-not-installed",)
    if not reasons:
        return DEFAULT, ()
    heir = next((name for name in _TAKES_OVER if installed(name)), _TAKES_OVER[-1])
    return engine_named(heir).name, tuple(
        Problem(r, args={"engine": DEFAULT, "heir": heir}, severity="info") for r in reasons
    )


def _write(data: Path | Iterable[str | bytes], out: BinaryIO) -> None:
    if isinstance(data, Path):
        with data.open("rb") as lines:
            shutil.copyfileobj(lines, out)
        out.write(b"\n")
        return
    for piece in data:
        text = piece if isinstance(piece, bytes) else piece.encode()
        refuse_probes(text)
        out.write(text)
        if not text.endswith(b"\n"):
            out.write(b"\n")


@lru_cache(maxsize=8)
def _beyond_default(shapes: str) -> tuple[str, ...]:
    return beyond_default(shapes)


@lru_cache(maxsize=8)
def _probed(shapes: str, targets: frozenset[str]) -> str:
    # Shapes and targets are the model's own objects, whose hashes Python keeps: a look-up costs nothing.
    return shapes + probe_shape(targets)
