"""A graph on a server, put back before each push."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import requests

from kg.push import mark

if TYPE_CHECKING:
    from pathlib import Path

GRAPH: Final = "https://data.example.org/graph"
NTRIPLES: Final = "application/n-triples"
TARGET: Final = """
[targets.server]
query = "{url}/query"
update = "{url}/update"
store = "{url}/store"
graph = "{graph}"
"""


class Graph:
    """One graph of an Oxigraph server, and what it was at some times."""

    def __init__(self, url: str) -> None:
        """Nothing yet."""
        self.url = url
        self._kept: dict[str, bytes] = {}

    def name_it(self, project: Path) -> None:
        """Name it in the settings of a project."""
        with (project / "kg.toml").open("a", encoding="utf-8") as out:
            out.write(TARGET.format(url=self.url, graph=GRAPH))

    def _all(self) -> bytes:
        answer = requests.get(f"{self.url}/store", {"graph": GRAPH}, headers={"Accept": NTRIPLES}, timeout=30)
        return answer.content if answer.ok else b""

    def keep(self, name: str) -> None:
        """Remember what it holds."""
        self._kept[name] = self._all()

    def put(self, name: str) -> None:
        """Have it hold what it did, and nothing be beside it."""
        requests.post(f"{self.url}/update", {"update": "DROP ALL"}, timeout=30).raise_for_status()
        if self._kept[name]:
            url = f"{self.url}/store?graph={GRAPH}"
            requests.put(
                url, self._kept[name], headers={"Content-Type": NTRIPLES}, timeout=30
            ).raise_for_status()

    def held(self) -> list[str]:
        """What readers see, without the mark; and the graphs that are left beside it."""
        lines = sorted(self._all().decode().splitlines())
        return [line for line in lines if mark.PREDICATE not in line]
