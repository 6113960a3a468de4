"""Where crashes happen: projects to be copied, a graph to push to, and what undisturbed commands come to."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.crash import children, project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.crash.children import Told
    from tests.crash.graph import Graph
    from tests.crash.project import Doing


@dataclass(frozen=True)
class Undisturbed:
    """What a command comes to when nothing disturbs it."""

    old: dict[str, Any]
    new: dict[str, Any]
    export: str
    told: Told
    seconds: float


@dataclass
class World:
    """A folder, the project that everything begins with, and the graph that is pushed to."""

    folder: Path
    graph: Graph | None = None
    runs: int = 0

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    @property
    def base(self) -> Path:
        return self.folder / "base"

    def fresh(self, doing: Doing) -> Path:
        """The project as it is before it is done, and the graph on the server too."""
        self.runs += 1
        target = self.folder / str(self.runs)
        project.copy(self.folder / doing.begins_with, target)
        for source, replaced in doing.files:
            shutil.copyfile(target / source, target / replaced)
        if doing.pushes and self.graph is not None:
            self.graph.put(doing.begins_with)
        self.log.write_text("")
        return target

    def seen(self, folder: Path, doing: Doing) -> dict[str, Any]:
        found: dict[str, Any] = children.answer(lambda: project.seen(folder), self.log)
        return {**found, "server": self.on_server(doing)}

    def on_server(self, doing: Doing) -> list[str]:
        return self.graph.held() if doing.pushes and self.graph is not None else []


_known: dict[str, Undisturbed] = {}


def undisturbed(world: World, doing: Doing) -> Undisturbed:
    """Do it once, and look before and after."""
    if doing.name not in _known:
        folder = world.fresh(doing)
        old = world.seen(folder, doing)
        ended = children.run(lambda tell: project.do(folder, doing, tell), world.log)
        assert ended.code == doing.exit_code, world.log.read_text("utf-8")
        new = world.seen(folder, doing)
        export = children.answer(lambda: project.exported(folder), world.log)
        _known[doing.name] = Undisturbed(old, new, export, ended.told, ended.seconds)
        shutil.rmtree(folder)
    return _known[doing.name]
