"""From extracted facts to a knowledge graph that can be trusted.

>>> import kg
>>> report = kg.validate([{"type": "Company", "id": "openai", "name": {"en": "OpenAI"}}])
>>> report.conforms, report.books.accepted
(True, 1)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import Facts, Graph, Report, convert, read, validate, validate_graph
    from kg.project import Project, Rows
    from kg.project import new_project as init
    from kg.project import open_project as open  # noqa: A004 - `kg.open` opens a project

_PROJECT = {"Project": "Project", "Rows": "Rows", "init": "new_project", "open": "open_project"}

__all__ = [
    "Facts", "Graph", "Project", "Report", "Rows", "convert", "init", "open", "read", "validate",
    "validate_graph",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Load what is asked for: ``import kg`` alone loads no library."""
    if name in _PROJECT:
        from kg import project  # noqa: PLC0415 - see above

        return getattr(project, _PROJECT[name])
    if name in __all__:
        from kg import api  # noqa: PLC0415 - see above

        return getattr(api, name)
    raise AttributeError(name)


def __dir__() -> list[str]:
    """What there is, for whoever completes a name; the rest is inside."""
    return sorted({*globals(), *__all__})
