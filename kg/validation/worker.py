"""The process that SHACL engines run in (``kg.apart``): hostile shapes can be stopped there.

{"engine": "shacl", "shapes": N-Triples | "", "data": path, "memory": bytes}
→ {"result": [focus, path, value, component, shape, severity, {language: text}]} …
An answer ends with {"end": 1}, or with {"error": code, "args": {…}}. Shapes that are "" are those
of the request before.
"""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import apart
from kg.errors import EngineError
from kg.validation.engine import engine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.validation.engine import Checker
    from kg.validation.result import Result


def main() -> None:
    """Check one graph after another."""
    shapes = ""
    for line in apart.requests():
        request = json.loads(line)
        shapes = request["shapes"] or shapes
        _answer(request, shapes)


def _answer(request: Mapping[str, Any], shapes: str) -> None:
    try:
        apart.limit(request["memory"])
        results = _checker(request["engine"], shapes).check(Path(request["data"]))
        apart.limit(0)
        for result in results:
            _say(result=_listed(result))
        _say(end=1)
    except EngineError as error:
        apart.limit(0)
        _say(error=error.code, args=error.args_shown)
    sys.stdout.flush()


def _listed(found: Result) -> list[object]:
    return [
        found.focus,
        found.path,
        found.value,
        found.component,
        found.shape,
        found.severity,
        dict(found.messages),
    ]


def _say(**answer: object) -> None:
    sys.stdout.write(json.dumps(answer, separators=(",", ":"), default=str) + "\n")


@lru_cache(maxsize=4)
def _checker(name: str, shapes: str) -> Checker:
    return engine(name).compile(shapes)


if __name__ == "__main__":
    main()
