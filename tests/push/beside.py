"""What is put beside a graph on a server: lines that it holds, shapes that look at it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings

from kg.model import load
from kg.push.http import Client
from kg.push.readback import store_url
from kg.rdf import KG

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from kg.model.types import Model
    from kg.push import Target

EXAMPLES = int(os.environ.get("KG_EXAMPLES", "15"))
SLOW = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def put(target: Target, held: Collection[str]) -> None:
    """Have the graph hold some lines."""
    with Client(target) as client:
        body = "".join(f"{line}\n" for line in held).encode()
        headers = {"Content-Type": "application/n-triples"}
        client.ask("PUT", store_url(target), body=body, headers=headers, wanted=range(200, 300))


def shaped(tmp_path: Path, shapes: str) -> Model:
    file = tmp_path / "own.ttl"
    prefixes = (
        f"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <{KG}> . @prefix s: <https://s.example/> ."
    )
    file.write_text(f"{prefixes}\n{shapes}", "utf-8")
    return load((), (file,))


INVERSE = """
    s:Into a sh:NodeShape ; sh:targetClass kg:Company ; sh:property s:into .
    s:into a sh:PropertyShape ; sh:path [ sh:inversePath kg:investee ] ; sh:maxCount 3 ;
        sh:name "investments into it"@en ; sh:severity sh:Violation .
"""
