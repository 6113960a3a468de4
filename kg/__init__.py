"""From extracted facts to a knowledge graph that can be trusted.

>>> import kg
>>> report = kg.validate([{"type": "Company", "id": "openai", "name": {"en": "OpenAI"}}])
>>> report.conforms, report.books.accepted
(True, 1)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import Facts, Graph, Report, convert, validate

__all__ = ["Facts", "Graph", "Report", "convert", "validate"]


def __getattr__(name: str) -> object:
    """Load what is asked for: ``import kg`` alone loads no library."""
    if name in __all__:
        from kg import api  # noqa: PLC0415 - see above

        return getattr(api, name)
    raise AttributeError(name)
