"""RDF files in, and rdflib graphs in and out: always as lines of N-Triples.

Literals keep their spelling (``1.50`` stays ``1.50``) and language tags become lower case, as
everywhere in ``kg``. Nothing is ever fetched: no remote JSON-LD context, no XML
entity, no ``owl:imports``.
"""

from __future__ import annotations

from kg.rdf_io.rdflib_graph import from_rdflib, to_rdflib
from kg.rdf_io.read import RdfInput, read_rdf, read_rdf_files
from kg.rdf_io.stream import RdfStream
from kg.rdf_io.syntaxes import SYNTAXES, Syntax, syntax_of

__all__ = [
    "SYNTAXES",
    "RdfInput",
    "RdfStream",
    "Syntax",
    "from_rdflib",
    "read_rdf",
    "read_rdf_files",
    "syntax_of",
    "to_rdflib",
]
