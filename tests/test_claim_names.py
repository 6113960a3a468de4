"""What names a claim that has no id: a digest over its type and the RDF values of its key fields, and nothing else."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from tests.command import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Record = dict[str, Any]

HEADER: Record = {"language": "en", "defaults": {"source": "article"}}
WORLD: list[Record] = [
    {"type": "NewsArticle", "id": "article", "published": "2025-02-04"},
    {"type": "NewsArticle", "id": "other", "published": "2025-02-04"},
    {
        "type": "Company",
        "id": "softbank",
        "name": {"en": ["SoftBank Group", "SoftBank"], "ko": "소프트뱅크그룹"},
    },
    {"type": "Company", "id": "openai", "name": "OpenAI"},
    {"type": "Company", "id": "oracle", "name": "Oracle"},
    {"type": "Place", "id": "usa", "name": "USA"},
    {"type": "Event", "id": "talks"},
    {"type": "Investment", "id": "part", "investor": "softbank", "investee": "openai", "status": "sought"},
]
CLAIM: Record = {
    "type": "Investment",
    "investor": "softbank",
    "investee": ["openai", "oracle"],
    "amount": "$15bn-25bn",
    "date": "2024-01",
    "status": "planned",
}

# Change one thing and it is the same claim.
SAME: dict[str, Record] = {
    "amount in Korean": {"amount": "150억~250억달러"},
    "amount in other English words": {"amount": "15 to 25 billion US dollars"},
    "amount spelled out": {"amount": {"min": "15000000000", "max": "25000000000", "currency": "USD"}},
    "amount as a number with an exponent": {"amount": {"min": 15e9, "max": 25e9, "currency": "USD"}},
    "date in words": {"date": "January 2024"},
    "date in Korean words, relative": {"date": "지난해 1월"},
    "party by name": {"investor": "SoftBank"},
    "party by Korean name": {"investor": "소프트뱅크그룹"},
    "party by IRI": {"investor": "https://kg.example/organization/facts/softbank"},
    "one party in a list": {"investor": ["softbank"]},
    "parties in another order": {"investee": ["oracle", "openai"]},
    "the same party twice": {"investee": ["openai", "oracle", "OpenAI"]},
    "default written out": {"certainty": "stated", "source": "article"},
    "evidence": {"evidence": {"paragraph": 3, "quote": "150억~250억달러", "confidence": 0.9}},
    "note": {"note": "directly and in addition"},
    "part": {"part": ["part"]},
}

# Change one of these and it is another claim.
OTHER: dict[str, Record] = {
    "another class": {"type": "Acquisition", "acquirer": "softbank", "target": ["openai", "oracle"]},
    "another party": {"investor": "oracle", "investee": "openai"},
    "one party fewer": {"investee": ["openai"]},
    "another lower bound": {"amount": "$16bn-25bn"},
    "no upper bound": {"amount": "at least $15bn"},
    "more than, not at least": {"amount": "more than $15bn"},
    "about": {"amount": "about $15bn"},
    "another currency": {"amount": "EUR 15bn-25bn"},
    "a more exact date": {"date": "2024-01-15"},
    "no date": {"date": []},
    "another status": {"status": "requested"},
    "another certainty": {"certainty": "rumoured"},
    "another source": {"source": "other"},
    "who is quoted": {"attributedTo": "oracle"},
    "a purpose": {"purpose": "data centres"},
    "a place": {"place": "usa"},
    "an event": {"event": "talks"},
    "said to be unknown": {"unknown": ["share"]},
}


@pytest.fixture
def name_of(tmp_path: Path) -> Callable[[Record], str]:
    """The IRI of a claim without id, as it comes out of a file that holds it beside what it refers to."""

    def convert(claim: Record) -> str:
        facts = tmp_path / "facts.jsonl"
        lines = [json.dumps(record, ensure_ascii=False) for record in [HEADER, *WORLD, claim]]
        facts.write_text("\n".join(lines), encoding="utf-8")
        outcome = run(["convert", str(facts), "--to", "ntriples", "--lang", "en"])
        assert outcome.exit_code == 0, outcome.stderr
        claims = {
            line.split()[0]
            for line in outcome.stdout.decode().splitlines()
            if "<http://purl.org/dc/terms/isPartOf>" in line
        }
        (made,) = [iri for iri in claims if "/~" in iri]
        return made

    return convert


def test_it_stands_in_the_dataset_and_begins_with_a_tilde(name_of: Callable[[Record], str]) -> None:
    assert name_of(CLAIM).startswith("<https://kg.example/investment/facts/~")


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_the_same_claim(name_of: Callable[[Record], str], change: Record) -> None:
    assert name_of(CLAIM | change) == name_of(CLAIM)


def test_the_same_claim_with_its_fields_in_another_order(name_of: Callable[[Record], str]) -> None:
    assert name_of(dict(reversed(CLAIM.items()))) == name_of(CLAIM)


def test_the_same_claim_in_another_unicode_form(name_of: Callable[[Record], str]) -> None:
    korean = CLAIM | {"investor": "소프트뱅크그룹", "purpose": "데이터센터"}
    decomposed = korean | {
        "investor": unicodedata.normalize("NFD", "소프트뱅크그룹"),
        "purpose": unicodedata.normalize("NFD", "데이터센터"),
    }
    assert name_of(decomposed) == name_of(korean)


@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER)
def test_another_claim(name_of: Callable[[Record], str], change: Record) -> None:
    changed = CLAIM | change
    if changed["type"] == "Acquisition":
        changed = {field: value for field, value in changed.items() if field not in {"investor", "investee"}}
    assert name_of(changed) != name_of(CLAIM)
