"""What `make demo` shows: facts of one article become a checked graph that can be asked and pushed."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
FACTS = Path("examples/stargate/facts.jsonl")
TURTLE = Path("stargate.ttl")
CLAIM = "<investment/stargate/sb-openai"
BROKEN = (
    '{"type": "Investment", "id": "broken", "investor": "softbank", "investee": "스타게이트", '
    '"amount": {"min": 25, "max": 15, "currency": "USD"}, "status": "plannd", "date": "2025-02-30"}\n'
)
BIN = Path(sys.executable).parent
QUESTION = ("investments", "--into", "stargate")


def main() -> None:
    """Convert, break a fact, show the Turtle, load, ask, explain, push."""
    title("The facts of the Stargate article, as a checked graph")
    kg("convert", str(FACTS), "-o", str(TURTLE))
    with tempfile.TemporaryDirectory(prefix="kg-demo-") as folder:
        title("What a broken fact gets")
        broken = Path(folder) / "broken.jsonl"
        broken.write_text((ROOT / FACTS).read_text("utf-8") + BROKEN, "utf-8")
        kg("validate", str(broken), hide=folder + "/")
        title(f"A piece of {TURTLE}: what SoftBank plans to put into OpenAI")
        print(piece((ROOT / TURTLE).read_text("utf-8"), CLAIM))
        in_a_project(folder)
    title("What to type next")
    print("    . .venv/bin/activate          # or write .venv/bin/kg below")
    print(f"    less {TURTLE}")
    print("    kg schema Investment          # what a record may hold")
    print(f"    kg init news && kg load {FACTS} --project news && kg query --project news")
    print("    kg --help                     # and README.md, docs/records.md, docs/graph.md")


def in_a_project(folder: str) -> None:
    """Load into a store, ask it, explain, and push to a server of our own."""
    project = ("--project", folder)
    title("The same facts in a store, asked and explained")
    kg("init", folder, "--base", "https://data.example.org/", "--language", "ko", hide=folder)
    kg("load", str(FACTS), *project, hide=folder)
    for question in (QUESTION, ("capabilities", "--technology", "3nm-process"), ("roles",)):
        kg("query", *question, *project, hide=folder)
    kg("explain", "sb-total", *project, hide=folder)
    title("The same question to a SPARQL server, after a push")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [BIN / "oxigraph", "serve", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(url)
        kg("push", url, *project, hide=folder)
        print(f"\n$ the answer of {url}/query to: {ASKED}\n")
        print(asked(url))
    finally:
        server.terminate()
        server.wait()


ASKED = (
    "SELECT ?investor ?low WHERE { ?c kg:investee/skos:prefLabel 'Stargate'@en ; kg:status kg:planned ; "
    "kg:investor/skos:prefLabel ?investor ; schema:amount/(schema:value|schema:minValue) ?low . "
    "FILTER(LANG(?investor) = 'en') } ORDER BY ?investor ?low"
)
PREFIXES = (
    "PREFIX kg: <https://w3id.org/kg-loader/ontology#> PREFIX schema: <https://schema.org/> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)


def asked(url: str) -> str:
    """The server's own answer, as CSV."""
    request = urllib.request.Request(  # noqa: S310 - the server that was started above
        f"{url}/query",
        data=(PREFIXES + ASKED).encode(),
        headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
        return str(answer.read().decode())


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str) -> None:
    """Until the server answers, ten seconds at the most."""
    for _ in range(100):
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310 - the server that was started above
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"no answer from {url}")


def title(text: str) -> None:
    """Print a heading."""
    print(f"\n\x1b[1m{text}\x1b[0m\n" if sys.stdout.isatty() else f"\n=== {text}\n", flush=True)


def kg(*args: str, hide: str = "") -> None:
    """Show a command and run it; an exit code above 1 ends the demo. ``hide`` is a folder's name."""

    def shown(text: str) -> str:
        return text.replace(hide, "" if hide.endswith("/") else "news") if hide else text

    print("$ kg", *(shown(a) for a in args), flush=True)
    done = subprocess.run([BIN / "kg", *args], cwd=ROOT, check=False, capture_output=True, text=True)
    for stream in (done.stdout, done.stderr):
        for line in stream.splitlines():
            if "info[" not in line:
                print(shown(line))
    print(flush=True)
    if done.returncode > 1:
        sys.exit(done.returncode)


def piece(turtle: str, subject: str) -> str:
    """The subjects that begin like this, with the evidence that follows."""
    subjects = turtle.split("\n\n")
    first = next(n for n, s in enumerate(subjects) if s.startswith(subject))
    last = first + 1
    while last < len(subjects) and subjects[last].startswith((subject, "<evidence/")):
        last += 1
    return "\n\n".join(subjects[first:last])


if __name__ == "__main__":
    main()
