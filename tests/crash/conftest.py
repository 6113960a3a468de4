"""One project, and one server, for all tests of a file.

These tests fork, and a child has none of the threads that other tests may have left, such as those of an
embedded store. So they run in processes of their own, which tests/test_apart.py starts.
"""

from __future__ import annotations

import os
import shutil
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.crash import children, project, warm
from tests.crash.graph import Graph
from tests.crash.world import World
from tests.push import servers

if TYPE_CHECKING:
    from collections.abc import Iterator

collect_ignore_glob = [] if "KG_ALONE" in os.environ else ["test_*.py"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Everything imported, and a project with two datasets."""
    with warm.kept(tmp_path_factory.mktemp("warm")):
        made = World(tmp_path_factory.mktemp("crash"))
        project.new(made.base, made.log)
        yield made


@pytest.fixture(scope="module")
def server(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """A server with a graph, and a second project whose graph was pushed to it and has changed since."""
    for running in servers.oxigraph(tmp_path_factory.mktemp("server")):
        graph = Graph(running.url)
        graph.name_it(world.base)
        world.graph = graph
        graph.keep("base")
        later = world.folder / "later"
        project.copy(world.base, later)
        for one in (project.doing("push"), project.doing("replace")):
            for source, replaced in one.files:
                shutil.copyfile(later / source, later / replaced)
            ended = children.run(partial(project.do, later, one), world.log)
            assert ended.code == one.exit_code, world.log.read_text("utf-8")
        graph.keep("later")
        yield graph
