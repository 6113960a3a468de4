"""What differs between two graphs: in words, for programs, and as an RDF Patch.

Each writer gives whether anything differs.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, BinaryIO, Final

from kg.errors import UsageError
from kg.messages import text
from kg.model.types import say
from kg.pipeline.diff import lines_of
from kg.pipeline.diff.facts import ADDED, CHANGED, CHANGES, OTHER, REMOVED
from kg.query.table import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.pipeline.diff import Diff
    from kg.pipeline.diff.facts import Counts, Fact, Field
    from kg.query.ask import Setting

SHOWN: Final = 20
"""So many facts of each kind are shown to people, unless they say otherwise."""
_SIGNS: Final = {ADDED: "+", REMOVED: "-", CHANGED: "~"}
_IN_MEMORY: Final = 1 << 18


def writer(name: str) -> Callable[[Diff, BinaryIO, int | None], bool]:
    """The writer of a format: (what is compared, where to, how many facts of each kind, 0 for all)."""
    known = {"text": as_text, "json": as_json, "patch": as_patch}
    if name not in known:
        raise UsageError("report-format", received=name, allowed=tuple(known))
    return known[name]


def as_text(diff: Diff, out: BinaryIO, limit: int | None) -> bool:
    """The facts by kind, each with what it says and what of it is another."""
    at_most = SHOWN if limit is None else limit
    setting = diff.setting
    with ExitStack() as stack:
        files: dict[str, IO[bytes]] = {}
        for fact in diff.facts(at_most):
            kind = fact.of.kind
            if kind not in files:
                files[kind] = stack.enter_context(SpooledTemporaryFile(_IN_MEMORY, prefix="kg-diff-"))
            files[kind].writelines(f"{line}\n".encode() for line in _shown(fact))
        out.writelines(f"{line}\n".encode() for line in summary(diff))
        for kind in _in_order(files, setting):
            counts = {change: diff.counts.facts[kind, change] for change in CHANGES}
            args = {"kind": _label(kind, setting), **counts}
            out.write(f"\n{text('diff-kind', args, setting.language)}\n".encode())
            files[kind].seek(0)
            out.writelines(files[kind])
            more = sum(counts.values()) - at_most
            if at_most and more > 0:
                out.write(f"  {text('diff-more', {'count': more}, setting.language)}\n".encode())
    return bool(diff.counts)


def summary(diff: Diff) -> Iterator[str]:
    """What was compared, and how much differs."""
    language = diff.setting.language
    yield safe(f"{diff.old.name} → {diff.new.name}")
    yield text("diff-counts" if diff.counts else "diff-same", _counted(diff.counts), language)


def _counted(counts: Counts) -> dict[str, int]:
    facts = {change: counts.of(change) for change in CHANGES}
    return {**facts, "triples_removed": counts.gone, "triples_added": counts.came}


def _in_order(kinds: dict[str, IO[bytes]], setting: Setting) -> list[str]:
    """Claims before entities, and what has no class at the end."""
    classes = setting.model.classes
    return sorted(kinds, key=lambda kind: (kind == OTHER, kind != OTHER and not classes[kind].is_claim, kind))


def _label(kind: str, setting: Setting) -> str:
    if kind == OTHER:
        label = text("diff-other", {}, setting.language)
    else:
        label = say(setting.model.classes[kind].labels, setting.language, kind)
    return label[:1].upper() + label[1:]


def _shown(fact: Fact) -> Iterator[str]:
    said = fact.said if fact.said == fact.shown else f"{fact.said} {fact.shown}"
    yield safe(f"  {_SIGNS[fact.of.change]} {said}")
    yield from (safe(f"      {_said(field)}") for field in fact.fields)


def _said(field: Field) -> str:
    was, now = ("; ".join(side) for side in (field.was, field.now))
    if was and now:
        return f"{field.label}: {was} → {now}"
    return f"{field.label}: {f'+ {now}' if now else f'- {was}'}"


def as_json(diff: Diff, out: IO[bytes], limit: int | None) -> bool:
    """The same for programs, written as it is found; lines of N-Triples beside the words."""
    head = json.dumps({"old": diff.old.name, "new": diff.new.name}, ensure_ascii=False)
    out.write(f'{head[:-1]}, "facts": ['.encode("utf-8", "backslashreplace"))
    start = "\n"
    for fact in diff.facts(limit or 0):
        out.write(
            f"{start} {json.dumps(_as_data(fact), ensure_ascii=False)}".encode("utf-8", "backslashreplace")
        )
        start = ",\n"
    out.write(f'\n], "counts": {json.dumps(_counted(diff.counts))}}}\n'.encode())
    return bool(diff.counts)


def _as_data(fact: Fact) -> dict[str, object]:
    of = fact.of
    fields = [{"field": f.label, "old": f.was, "new": f.now} for f in fact.fields]
    said = {"said": fact.said, "said_before": fact.was or None, "fields": fields}
    lines = {"removed": of.gone, "added": of.came}
    return {"change": of.change, "iri": of.iri, "type": of.kind or None, **said, **lines}


def as_patch(diff: Diff, out: BinaryIO, limit: int | None) -> bool:
    """An RDF Patch (https://afs.github.io/rdf-patch/): what is gone, then what came, each sorted.

    Raises ``UsageError`` for a limit: half a patch would be another change.
    """
    if limit is not None:
        raise UsageError("diff-limit-patch")
    with ExitStack() as stack:
        gone, came = diff.lines(stack)
        out.write(b"TX .\n")
        out.writelines(f"D {line}\n".encode() for line in lines_of(gone))
        out.writelines(f"A {line}\n".encode() for line in lines_of(came))
        out.write(b"TC .\n")
        return bool(gone.count or came.count)
