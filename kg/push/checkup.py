"""The targets of ``kg.toml`` without a push: what they say, their secrets, and the servers if asked."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from kg.errors import KgError, Place, Problem, UsageError
from kg.push import mark
from kg.push.http import Client
from kg.push.readback import look
from kg.push.secrets import find_secret, variable
from kg.push.target import check_url, find_target
from kg.store.ledger import PUSHED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from kg.config import Config, TargetSettings
    from kg.store.journal import Journal

_SIGNS_IN: Final = ("basic", "digest", "bearer")


def targets(config: Config) -> Iterator[Problem]:
    """What is wrong with targets, as far as that can be told here. Secrets are looked for, and not shown."""
    place = Place(str(config.path))
    for name, settings in sorted(config.targets.items()):
        try:
            for url in filter(None, (settings.query, settings.update, settings.store)):
                check_url(url)
            yield from _secret(name, settings, place)
        except UsageError as error:
            yield _said(name, error, place)


def _secret(name: str, settings: TargetSettings, place: Place) -> Iterator[Problem]:
    file = settings.auth_file
    if file is not None and file.exists() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        about = {"target": name, "file": str(file)}
        yield Problem("doctor-secret-readable", args=about, severity="warning", place=Place(str(file)))
    if settings.auth not in _SIGNS_IN:
        return
    if not find_secret(name, settings.store or settings.update or settings.query, settings.auth_user, file):
        wanted = ("TOKEN",) if settings.auth == "bearer" else ("USER", "PASSWORD")
        names = tuple(v for what in wanted if not os.environ.get(v := variable(name, what)))
        args = {"target": name, "kind": settings.auth, "variables": names}
        yield Problem("doctor-no-secret", args=args, severity="warning", place=place)


def servers(config: Config, revision: str, ledger: Callable[[str], Journal | None]) -> Iterator[Problem]:
    """What each target's server says that its graph holds; ``ledger`` is by the key of a target.

    ``revision`` names the graph of the project, "" if that is not known.
    """
    place = Place(str(config.path))
    for name in sorted(config.targets):
        try:
            target = find_target(name, config)
            with Client(target) as client:
                seen = look(client)
        except KgError as error:
            yield _said(name, error, place)
            continue
        pushed = _pushed(ledger(target.key))
        found = mark.read(next(iter(seen.marks))) if len(seen.marks) == 1 else None
        honest = found is not None and found.triples == seen.triples
        args = {"target": name, "server": target.shown, "triples": seen.triples}
        if honest and found is not None and found.revision == revision:
            yield Problem("doctor-target-current", args=args, severity="info", place=place)
        elif (honest and found is not None and (pushed is None or pushed["mark"] == found.text)) or (
            pushed is None and not seen.triples
        ):
            yield Problem("doctor-target-behind", args=args, severity="warning", place=place)
        else:
            yield Problem("doctor-target-changed", args=args, severity="warning", place=place)


def _pushed(journal: Journal | None) -> Mapping[str, Any] | None:
    entries = journal.entries if journal is not None else []
    return next((entry.facts for entry in reversed(entries) if entry.state == PUSHED), None)


def _said(name: str, error: KgError, place: Place) -> Problem:
    """What a push to the target would say."""
    from kg.messages import LANGUAGES, text  # noqa: PLC0415 - only where something is wrong

    message = {language: text(error.code, error.args_shown, language) for language in LANGUAGES}
    return Problem("doctor-target", args={"target": name, "message": message}, place=place)
