"""``kg doctor``: what is wrong with a project, and what to do; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg import config as configuration
from kg import model as models
from kg.errors import (
    DOES_NOT_CONFORM,
    DONE,
    STORE_OR_SERVER,
    WRONG_USAGE,
    KgError,
    ModelError,
    Place,
    Problem,
    StoreError,
    UsageError,
)
from kg.identity.judgements import FILE
from kg.pipeline import judging
from kg.pipeline.manifests import another_base, otherwise
from kg.store import checkup, judged
from kg.store.difference import Made
from kg.store.journal import Journal
from kg.store.layout import Layout
from kg.validation.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.config import Config
    from kg.model.types import Model
    from kg.store.checkup.seen import Seen


@dataclass
class Health:
    """What was found: of the settings, and of the store and the servers; the worst first in each."""

    settings: list[Problem] = field(default_factory=list)
    store: list[Problem] = field(default_factory=list)
    datasets: int = 0
    versions: int = 0
    triples: int = 0
    files: int = 0

    @property
    def findings(self) -> list[Finding]:
        """All of it, with places."""
        return [Finding(p, p.place or Place("")) for p in (*self.settings, *self.store)]

    def count(self, severity: str) -> int:
        """How many there are of a severity."""
        return sum(problem.severity == severity for problem in (*self.settings, *self.store))

    @property
    def exit_code(self) -> int:
        """4 for damage, 2 for wrong settings, 1 for what should be looked after, else 0."""
        if any(problem.severity == "error" for problem in self.store):
            return STORE_OR_SERVER
        if self.count("error"):
            return WRONG_USAGE
        return DOES_NOT_CONFORM if self.count("warning") else DONE

    @property
    def counts(self) -> dict[str, int]:
        """How much was looked at."""
        return {
            "datasets": self.datasets,
            "versions": self.versions,
            "triples": self.triples,
            "files": self.files,
        }


def doctor(folder: Path, *, online: bool, told: Callable[[str], None]) -> Health:
    """Check a project's folder: its settings, its store, its targets; and ask their servers if ``online``."""
    health = Health()
    config, model = _settings(folder, health)
    layout = Layout(folder)
    checked = checkup.checkup(layout, told)
    health.store, health.files = checked.problems, checked.files
    seen = checked.seen
    if seen is not None:
        health.datasets, health.versions = len(seen.state.loaded), len(seen.whole)
        health.triples = seen.triples
        health.settings += _judgements(folder, seen)
        if config is not None and model is not None:
            health.settings += _mapped_otherwise(seen, model, config)
    if online and config is not None:
        from kg.push.checkup import servers  # noqa: PLC0415 - only when a server is asked

        told("targets")
        health.store += servers(config, _revision(seen), lambda key: _ledger(layout, key))
    return health


def _settings(folder: Path, health: Health) -> tuple[Config | None, Model | None]:
    """The settings and the model, as far as they can be read."""
    try:
        config = configuration.read(folder / configuration.FILE)
    except KgError as error:
        health.settings.append(_said(error, folder / configuration.FILE))
        return None, None
    if config.targets:
        from kg.push.checkup import targets  # noqa: PLC0415 - only where there are some

        health.settings += targets(config)
    try:
        model = models.of_project(config)
    except ModelError as error:
        health.settings += error.faults or [_said(error, folder / configuration.FILE)]
        return config, None
    health.settings += model.warnings
    return config, model


def _said(error: KgError, path: Path) -> Problem:
    return Problem(error.code, args=error.args_shown, place=Place(str(path)))


def _judgements(folder: Path, seen: Seen) -> Iterator[Problem]:
    path = folder / FILE
    try:
        given = judging.of_project(folder, seen.waiting.get(path))
        judged.together(given)
    except UsageError as error:
        yield _said(error, path)
        return
    if judged.digest_of(given) != seen.state.judged:
        args = {"file": str(path)}
        yield Problem("doctor-judgements", args=args, severity="warning", place=Place(str(path)))


def _mapped_otherwise(seen: Seen, model: Model, config: Config) -> Iterator[Problem]:
    """The datasets that were mapped with another model, other settings or another Unicode."""
    names = {
        "model": {"en": "model", "ko": "모델"},
        "settings": {"en": "settings or version of kg", "ko": "설정이나 kg 버전"},
        "unicode": {"en": "version of Unicode", "ko": "유니코드 버전"},
    }
    for name, version in seen.loaded.items():
        archive = seen.whole.get(version)
        if archive is None:
            continue
        given = archive.manifest.given
        if based := another_base(name, archive.manifest.iri, config):
            yield Problem("doctor-base", args=based, severity="warning", place=Place(str(archive.folder)))
            continue
        what = [names[key] for key in otherwise(given, model, config, None)]
        if what:
            told = {language: ", ".join(w[language] for w in what) for language in ("en", "ko")}
            args = {"dataset": name, "what": told, "source": given.get("source", name)}
            place = Place(str(archive.folder))
            yield Problem("doctor-remap", args=args, severity="warning", place=place)


def _revision(seen: Seen | None) -> str:
    if seen is None:
        return ""
    archives = {name: seen.whole[version] for name, version in seen.loaded.items() if version in seen.whole}
    try:
        together = judged.together(judged.kept(seen.layout, seen.state.judged))
    except StoreError:
        return ""
    whole = len(archives) == len(seen.loaded)
    return Made(archives, together, seen.state.judged).revision if whole else ""


def _ledger(layout: Layout, key: str) -> Journal | None:
    path = layout.pushes / f"{key}.journal"
    try:
        return Journal.read(path) if path.exists() else None
    except StoreError:
        return None
