"""How SPARQL servers differ when they are written to: one row each.

``tried`` rows were run against the real server; the others say what is known of them, which nobody
has checked here. A server that is in no row gets ``UNKNOWN``: small batches, no assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Server:
    """What a kind of server can take.

    ``query``, ``update`` and ``store`` are paths below the URL that people know the server by (that of the
    dataset or repository, where it has several); ``store`` is "" where there is no Graph Store Protocol.
    """

    name: str
    query: str = "/sparql"
    update: str = "/sparql"
    store: str = ""
    tried: bool = False
    says: tuple[str, ...] = ()
    """How the ``Server`` header of its answers starts."""
    default_graph: Literal["own", "nil", "none"] = "own"
    """``own``: queries without GRAPH see the default graph and nothing else. ``nil``: only when asked
    ``FROM sesame:nil``. ``none``: it can't be written, or can't be read apart from the named graphs."""
    batch: int = 1000
    """Triples in one INSERT DATA, with a margin."""
    batch_bytes: int = MEGABYTE
    whole: bool = False
    """Whether a PUT that fails leaves the old graph as it was."""
    one_step: bool = False
    """Whether all operations of an update are one step for who reads, and done or not done together."""
    fast: str = ""
    """What is added to the URL of a PUT that need not be one step."""
    form: bool = False
    """Whether an update must come as a form field, not as a body of its own type."""
    private_query: str = ""
    """The path for queries of those who sign in, where it is another one."""
    rewrites: Literal["canonical", "virtuoso"] = "canonical"
    """Which rules of ``compare`` say when two literals are the same to it."""
    note: str = ""


UNKNOWN: Final = Server("SPARQL server")

SERVERS: Final = (
    Server(
        "Oxigraph",
        query="/query",
        update="/update",
        store="/store",
        tried=True,
        says=("Oxigraph",),
        batch=20_000,
        batch_bytes=8 * MEGABYTE,
        whole=True,
        one_step=True,
        fast="no_transaction",
    ),
    Server(
        "Virtuoso",
        update="/sparql-auth",
        store="/sparql-graph-crud-auth",
        tried=True,
        says=("Virtuoso",),
        default_graph="none",
        batch=2000,  # the compiler's memory ends at about 4,990 statements
        batch_bytes=4 * MEGABYTE,
        private_query="/sparql-auth",
        rewrites="virtuoso",
        note="a PUT that fails leaves a part of the new graph",
    ),
    Server(
        "Fuseki",
        query="/query",
        update="/update",
        store="/data",
        says=("Apache Jena Fuseki",),
        batch=10_000,
        batch_bytes=4 * MEGABYTE,
        whole=True,
        note="with tdb2:unionDefaultGraph, name a graph",
    ),
    Server(
        "GraphDB",
        query="",
        update="/statements",
        store="/rdf-graphs/service",
        says=("GraphDB",),
        default_graph="nil",
        whole=True,
    ),
    Server(
        "RDF4J",
        query="",
        update="/statements",
        store="/rdf-graphs/service",
        default_graph="nil",
        whole=True,
    ),
    Server(
        "Blazegraph",
        query="/sparql",
        update="/sparql",
        default_graph="none",
        form=True,
        note="its own REST API is not the Graph Store Protocol",
    ),
    Server("Stardog", query="/query", update="/update", says=("Stardog",), whole=True),
    Server(
        "Neptune",
        query="/sparql",
        update="/sparql",
        store="/sparql/gsp/",
        default_graph="none",
        form=True,
        note="signed requests (IAM) are not made; a request ends after its time limit",
    ),
    Server(
        "QLever",
        query="",
        update="",
        default_graph="none",
        note="updates want the access token: auth = bearer",
    ),
)


def recognized(header: str) -> Server | None:
    """The server that says this ``Server`` header.

    >>> recognized("Virtuoso/07.20.3239 (Linux) x86_64-pc-linux-gnu").name, recognized("nginx")
    ('Virtuoso', None)
    """
    return next((s for s in SERVERS for start in s.says if header.startswith(start)), None)
