"""The model: ontology and shapes, read once, which everything else asks."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import ModelError
from kg.model.value_types import VALUE_TYPES

if TYPE_CHECKING:
    from pathlib import Path

    from kg.config import Config
    from kg.model.types import Model


@lru_cache(maxsize=4)
def load(
    ontology: tuple[Path, ...] = (), shapes: tuple[Path, ...] = (), languages: tuple[str, ...] = ()
) -> Model:
    """The built-in model together with further ontology and shapes files or folders.

    Raises ``ModelError`` if a file can't be read; all faults of shapes and ontology are its ``faults``.
    What else should be looked at in the further files are the model's ``warnings``; ``languages``
    are those that their words should be in, English and Korean if none is given.

    >>> load().classes["Investment"].fields["amount"].path
    'https://schema.org/amount'
    """
    # imported here, since who needs only the types needs no linter
    from kg.model.compile import compile_model  # noqa: PLC0415
    from kg.model.files import builtin, read  # noqa: PLC0415
    from kg.model.lint import LANGUAGES, lint  # noqa: PLC0415

    terms = read((builtin("ontology"), *ontology))
    rules = read((builtin("shapes"), *shapes))
    faults = lint(
        {**terms.files, **rules.files},
        VALUE_TYPES,
        terms.added | rules.added,
        terms.prefixes | rules.prefixes,
        tuple(dict.fromkeys(("en", *languages))) if languages else LANGUAGES,
    )
    if errors := [fault for fault in faults if fault.severity == "error"]:
        raise ModelError("model-wrong", faults=errors)
    return replace(compile_model(terms, rules), warnings=tuple(faults))


def of_project(config: Config) -> Model:
    """The model that a project's settings name."""
    return load(config.ontology, config.shapes, config.languages)
