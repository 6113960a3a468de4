"""By what a load is known again: the manifest of its version, and whether it still holds."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import unidata_version

from kg.errors import UsageError
from kg.identity.iris import Iris
from kg.messages import as_json
from kg.pipeline import correcting
from kg.pipeline.corrections import as_bytes, from_bytes
from kg.store.corrections import digest_of
from kg.values.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kg.config import Config
    from kg.model.types import Model
    from kg.pipeline.corrections import Correction
    from kg.reading.record import Source
    from kg.store import DatasetInfo, Store

CHUNK: Final = 1 << 20


def manifest(
    source: Source, model: Model, config: Config, *, repair: bool, corrections: Sequence[Correction] = ()
) -> dict[str, Any]:
    """By what a load is known again: the digests of the input, the model and the settings."""
    header = source.header
    order = [header.date_order] if header.date_order else []
    says = as_json([header.dataset, header.ids, header.language, header.defaults, *order])
    digests = {
        "input": _digest(source.path, *source.also),
        "header": hashlib.sha256(says.encode("utf-8", "surrogatepass")).hexdigest(),
        "model": model.digest,
        "settings": settings(config, repair=repair),
    }
    if corrections:
        digests["corrections"] = digest_of(as_bytes(corrections))
    # a header with something wrong in it says nothing
    more: dict[str, Any] = {} if source.problems else {"header": correcting.said(header)}
    if repair:
        more["repair"] = True
    return {"source": source.path, "digests": digests, "unicode": unidata_version, **more}


def settings(config: Config, *, repair: bool) -> str:
    """What names the settings, and the version of kg, by which records are mapped."""
    holds = [config.base, config.languages, sorted(config.rules.items()), repair, version("kg-loader")]
    tables = Lexicon.load(config.vocabulary).digest
    values = (
        [config.date_order, config.unreadable] if config.date_order or config.unreadable != "keep" else []
    )
    said = json.dumps([*holds, *values, tables] if tables or values else holds)
    return hashlib.sha256(said.encode()).hexdigest()


def refuse_another_base(known: Mapping[str, DatasetInfo], config: Config) -> None:
    """Raise ``UsageError`` where IRIs of two bases would come together in a store."""
    for name, info in known.items():
        if args := another_base(name, info.iri, config):
            raise UsageError("base-changed", **args)


def another_base(name: str, iri: str, config: Config) -> dict[str, str]:
    """What is to be told where the IRI of a dataset does not begin with today's base; else nothing."""
    now = Iris(config.base).dataset(name)
    was = iri.removesuffix(now.removeprefix(config.base))
    return {"base": config.base, "was": was, "dataset": name} if iri != now else {}


def otherwise(
    given: Mapping[str, Any], model: Model, config: Config, judgements: str | None
) -> tuple[str, ...]:
    """What of today is another than what a manifest says that its records were mapped with.

    Of ``model``, ``settings`` (with the version of kg), ``unicode`` and ``judgements``, whose digest is None
    where it is not known.
    """
    now = {
        "model": model.digest,
        "settings": settings(config, repair=bool(given.get("repair"))),
        "unicode": unidata_version,
        "judgements": judgements,
    }
    then = {
        **now,
        **given.get("digests", {}),
        **{k: given[k] for k in ("unicode", "judgements") if k in given},
    }
    return tuple(key for key, value in now.items() if value is not None and then[key] != value)


def corrections_of(store: Store, info: DatasetInfo) -> tuple[Correction, ...]:
    """What stands in the place of records of a dataset that were not taken."""
    return from_bytes(store.corrections(info.digests.get("corrections", "")))


def parties(model: Model) -> dict[str, list[str]]:
    """Class of a claim -> the properties of its parties, by which its matter is told after judgements."""
    return {
        class_.iri: sorted({field.path for field in class_.fields.values() if field.party})
        for class_ in model.classes.values()
        if class_.is_claim
    }


def _digest(path: str, *also: Path) -> str:
    """The digest of a file and of what it is read with; "" for what is no file and can't be known again."""
    found = hashlib.sha256()
    for file in (Path(path), *also):
        if not file.is_file():
            return ""
        if also:  # where one file ends is part of it
            found.update(b"%d " % file.stat().st_size)
        with file.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                found.update(chunk)
    return found.hexdigest()


def is_as_it_was(
    source: Source, told: dict[str, Any], known: dict[str, DatasetInfo], together: Collection[str]
) -> bool:
    """Whether the file, the model, the settings and the other datasets are what they were."""
    info = known.get(source.header.dataset)
    if info is None or not told["digests"]["input"] or info.manifest["digests"] != told["digests"]:
        return False
    if info.manifest.get("judgements", "") != told["judgements"]:
        return False
    then = {name: version for name, version in info.manifest["beside"].items() if name not in together}
    now = {i.name: i.version for i in known.values() if i.name not in together}
    return then == now and set(info.manifest["together"]).issubset(together)


def left(store: Store, source: Source) -> bool:
    """Whether records of a file were not taken: they are looked at again, and told as before."""
    taken = store.not_taken(source.header.dataset)
    return bool(taken.quarantined or taken.waiting)


def is_alike(source: Source, told: dict[str, Any], known: Mapping[str, DatasetInfo]) -> bool:
    """Whether the same record in the file would still be read in the same way as when it was loaded."""
    info = known.get(source.header.dataset)
    if info is None or source.problems or source.header.nulls:
        return False
    then = info.manifest["digests"]
    return all(then.get(key) == told["digests"][key] for key in ("header", "model", "settings"))
