"""A graph on a SPARQL 1.1 server made equal to ours, and read back before it is called done.

Read ``push.py`` first; then along the way: ``target`` (where to), ``guess`` (what a URL is),
``capabilities`` (how servers differ), ``past`` and ``mark`` (what was pushed before), ``patch`` and ``spool``
(what is sent), ``send`` (how), ``http``, ``failed``, ``patience`` and ``secrets``, ``readback`` and
``compare``. The protocols are https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

from __future__ import annotations

from kg.push.around import Served, served
from kg.push.fetch import fetched
from kg.push.push import FULL_BELOW, plan, push
from kg.push.pushed import Planned, Pushed, verify_of
from kg.push.target import Target, find_target

__all__ = [
    "FULL_BELOW",
    "Planned",
    "Pushed",
    "Served",
    "Target",
    "fetched",
    "find_target",
    "plan",
    "push",
    "served",
    "verify_of",
]
