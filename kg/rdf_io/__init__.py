"""RDF files in, and rdflib graphs in and out: always as lines of N-Triples.

Literals keep their spelling (``1.50`` stays ``1.50``) and language tags become lower case, as
everywhere in ``kg``. Nothing is ever fetched: no remote JSON-LD context, no XML
entity, no ``owl:imports``.
"""

from __future__ import annotations

from kg.rdf_io.formats import FORMATS, RdfFormat, format_of
from kg.rdf_io.rdflib_graph import from_rdflib, to_rdflib
from kg.rdf_io.read import RdfInput, read_rdf, read_rdf_files

__all__ = [
    "FORMATS",
    "RdfFormat",
    "RdfInput",
    "format_of",
    "from_rdflib",
    "read_rdf",
    "read_rdf_files",
    "to_rdflib",
]
