"""A project's own model files, as ``kg.toml`` names them: what is said about settings and about files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.command import Outcome, run

if TYPE_CHECKING:
    from pathlib import Path

CLASS = """
@prefix kg: <https://w3id.org/kg-loader/ontology#> .
@prefix law: <https://law.example.org/#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
law:OwnKind a owl:Class ; rdfs:subClassOf kg:Claim ; rdfs:label "grant"@en .
"""


def schema(folder: Path, settings: str, ontology: str = CLASS, *options: str) -> Outcome:
    (folder / "kg.toml").write_text(settings, "utf-8")
    (folder / "grant.ttl").write_text(ontology, "utf-8")
    return run(["schema", "OwnKind", "--project", str(folder), "--lang", "en", *options])


def test_what_should_be_looked_at_goes_to_stderr_and_nothing_is_refused(tmp_path: Path) -> None:
    outcome = schema(tmp_path, 'format = 1\n[model]\nontology = ["grant.ttl"]\n')
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith(b"{")
    assert "grant.ttl: warning[words-missing]: law:OwnKind: there is no rdfs:label in: ko" in outcome.stderr
    assert "grant.ttl: warning[class-undefined]: law:OwnKind" in outcome.stderr


def test_words_are_expected_in_the_languages_of_the_project(tmp_path: Path) -> None:
    outcome = schema(tmp_path, 'format = 1\nlanguages = ["en"]\n[model]\nontology = ["grant.ttl"]\n')
    assert "words-missing" not in outcome.stderr


def test_faults_name_the_users_terms_by_the_users_prefixes(tmp_path: Path) -> None:
    wrong = CLASS.replace("kg:Claim", "kg:Clam")
    outcome = schema(tmp_path, 'format = 1\n[model]\nontology = ["grant.ttl"]\n', wrong)
    assert outcome.exit_code == 2
    assert "error[class-above-undeclared]: law:OwnKind: " in outcome.stderr
    assert "nearest: kg:Claim" in outcome.stderr
    assert "faults in the shapes and the ontology: 1\n" in outcome.stderr


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('format = 1\n[model]\nontology = "grant.ttl"\n', ["model.ontology", 'ontology = ["grant.ttl"]']),
        ("format = 1\n[model]\nshapes = [1]\n", ["model.shapes", "[1]", "list"]),
        ('[model]\nontology = ["grant.ttl"]\n', ["format is missing", "format = 1"]),
        ('format = 1\n[model]\nontology = ["other.ttl"]\n', ["other.ttl", "the folder of kg.toml"]),
        ('format = 1\n[model]\nontolgy = ["grant.ttl"]\n', ["model.ontolgy", "did you mean model.ontology?"]),
        ('format = 1\nbase = "data"\n', ["“data”", 'base = "https://']),
    ],
)
def test_wrong_settings_are_named_with_what_to_write(tmp_path: Path, settings: str, said: list[str]) -> None:
    outcome = schema(tmp_path, settings)
    assert outcome.exit_code == 2
    assert "null" not in outcome.stderr
    for part in said:
        assert part in outcome.stderr
