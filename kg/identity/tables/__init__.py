"""Tables of what names are made of: legal forms, titles, family names, variants of letters, common words."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """One of the files beside this one, read when it is first asked for."""
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text("utf-8"))
