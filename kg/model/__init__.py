"""The model: ontology and shapes, read once, which everything else asks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import ModelError
from kg.model.types import VALUE_TYPES

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model.types import Model


@lru_cache(maxsize=4)
def load(ontology: tuple[Path, ...] = (), shapes: tuple[Path, ...] = ()) -> Model:
    """The built-in model together with further ontology and shapes files or folders.

    Raises ``ModelError`` if a file can't be read; all faults of shapes and ontology are its ``faults``.

    >>> load().classes["Investment"].fields["amount"].path
    'https://schema.org/amount'
    """
    # imported here, since who needs only the types needs no linter
    from kg.model.compile import compile_model  # noqa: PLC0415
    from kg.model.files import builtin, read  # noqa: PLC0415
    from kg.model.lint import lint  # noqa: PLC0415

    terms = read((builtin("ontology"), *ontology))
    rules = read((builtin("shapes"), *shapes))
    faults = lint({**terms.files, **rules.files}, VALUE_TYPES)
    if any(fault.severity == "error" for fault in faults):
        raise ModelError("model-wrong", faults=faults)
    return compile_model(terms, rules)
