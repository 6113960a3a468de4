"""What `make demo` shows: facts of one article become a checked graph in Turtle."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FACTS = Path("examples/stargate/facts.jsonl")
TURTLE = Path("stargate.ttl")
CLAIM = "<investment/stargate/sb-openai"
BROKEN = (
    '{"type": "Investment", "id": "broken", "investor": "softbank", "investee": "스타게이트", '
    '"amount": {"min": 25, "max": 15, "currency": "USD"}, "status": "plannd", "date": "2025-02-30"}\n'
)
KG = Path(sys.executable).with_name("kg")


def main() -> None:
    """Convert, show the books, break a fact, show a piece of what was written."""
    title("The facts of the Stargate article, as a checked graph")
    kg("convert", str(FACTS), "-o", str(TURTLE))
    title("What a broken fact gets")
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / "broken.jsonl"
        broken.write_text((ROOT / FACTS).read_text("utf-8") + BROKEN, "utf-8")
        kg("validate", str(broken), shown_as="broken.jsonl")
    title(f"A piece of {TURTLE}: what SoftBank plans to put into OpenAI")
    print(piece((ROOT / TURTLE).read_text("utf-8"), CLAIM))
    title("What to type next")
    print("    . .venv/bin/activate          # or write .venv/bin/kg below")
    print(f"    less {TURTLE}")
    print("    kg schema Investment          # what a record may hold")
    print(f"    kg validate {FACTS} --format json")
    print("    kg --help                     # and README.md, docs/reference.md")


def title(text: str) -> None:
    """Print a heading."""
    print(f"\n\x1b[1m{text}\x1b[0m\n" if sys.stdout.isatty() else f"\n=== {text}\n", flush=True)


def kg(*args: str, shown_as: str = "") -> None:
    """Show a command and run it; an exit code above 1 ends the demo."""
    print("$ kg", *(shown_as or a if Path(a).is_absolute() else a for a in args), flush=True)
    done = subprocess.run([KG, *args], cwd=ROOT, check=False, capture_output=True, text=True)
    for stream in (done.stdout, done.stderr):
        for line in stream.splitlines():
            if "info[" not in line:
                print(line.replace(args[-1], shown_as) if shown_as else line)
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
