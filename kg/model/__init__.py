"""The model: ontology and shapes, read once, which everything else asks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model.compile import compile_model
from kg.model.load import builtin, read

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model.types import Model


@lru_cache(maxsize=4)
def load(ontology: tuple[Path, ...] = (), shapes: tuple[Path, ...] = ()) -> Model:
    """The built-in model together with further ontology and shapes files or folders.

    Raises ``ModelError`` if a file can't be read or the shapes break a rule.

    >>> load().classes["Investment"].fields["amount"].path
    'https://schema.org/amount'
    """
    return compile_model(read((builtin("ontology"), *ontology)), read((builtin("shapes"), *shapes)))
