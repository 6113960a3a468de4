"""The report as SARIF 2.1.0, which editors and code hosts show at its lines.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.errors import NOTHING
from kg.messages import LANGUAGES, catalogue, harmless
from kg.report.json_text import json_text
from kg.report.paths import is_file, uri
from kg.validation.fingerprint import NAME, fingerprints

if TYPE_CHECKING:
    from kg.errors import Place
    from kg.pipeline import Outcome
    from kg.report.how import How
    from kg.validation.finding import Finding

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVEL: Final = {"error": "error", "warning": "warning", "info": "note"}
ROOT: Final = "%SRCROOT%"
_LONGEST: Final = 4_000
_BRACES: Final = re.compile(r"\{\w+\}")


def write(outcome: Outcome, out: BinaryIO, how: How) -> None:
    """Write one run with all findings; its rules are described in every language."""
    codes = sorted({finding.problem.code for finding in outcome.findings})
    likes = {finding.problem.code: finding for finding in reversed(outcome.findings)}
    index = {code: number for number, code in enumerate(codes)}
    rules = {language: [_rule(likes[code], language) for code in codes] for language in LANGUAGES}
    first, *others = (how.language, *(language for language in LANGUAGES if language != how.language))
    # with a baseline, what it accepts is left out
    state = {} if outcome.gone is None else {"baselineState": "new"}
    driver = {"name": "kg", "version": version("kg-loader"), "language": first, "rules": rules[first]}
    run = {
        "tool": {"driver": driver},
        "translations": [
            {"name": "kg", "language": language, "contents": ["localizedData"], "rules": rules[language]}
            for language in others
        ],
        "originalUriBaseIds": {ROOT: {"description": {"text": "where the command was run"}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "exitCode": outcome.exit_code}],
        "results": [
            _result(finding, index[finding.problem.code], mark, how.language) | state
            for finding, mark in fingerprints(outcome.findings)
        ],
    }
    out.write(json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}).encode())


def _rule(like: Finding, language: str) -> dict[str, Any]:
    """What a code means: its message and its hint with … for what each finding fills in."""
    code, described = like.problem.code, like.problem.args.get("description")
    entry = catalogue().get(code)
    if entry is None:
        of_shape = (described if isinstance(described, dict) else {}) or like.problem.message or {}
        said = _BRACES.sub("…", str(of_shape.get(language) or of_shape.get(LANGUAGES[0]) or code))
        hint = ""
    else:
        said, hint = (_dotted(text) for text in (entry[language], entry.get("hint", {}).get(language, "")))
    rule: dict[str, Any] = {"id": code, "shortDescription": {"text": _text(said)}}
    if hint.strip("…"):  # else each finding has a hint of its own, and there is none for all
        rule["help"] = {"text": _text(hint)}
    rule["defaultConfiguration"] = {"level": LEVEL[like.problem.severity]}
    return rule


class _Dots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _dotted(template: str) -> str:
    """The text of a message with … for what is filled in."""
    return template.format_map(_Dots())


def _result(finding: Finding, index: int, mark: str, language: str) -> dict[str, Any]:
    problem = finding.problem
    hint = finding.hint(language)
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": LEVEL[problem.severity],
        "message": {"text": _text(finding.message(language) + (f" ({hint})" if hint else ""))},
        "locations": _locations(finding),
        "partialFingerprints": {NAME: mark},
        "properties": _properties(finding),
    }
    if problem.others:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _physical(place, None)}
            for number, place in enumerate(problem.others, 1)
            if is_file(place.file)
        ]
    return result


def _locations(finding: Finding) -> list[dict[str, Any]]:
    location: dict[str, Any] = {}
    if is_file(finding.place.file):
        location["physicalLocation"] = _physical(finding.place, finding.end, finding.snippet)
    if name := f"{finding.record}{finding.problem.pointer}":
        location["logicalLocations"] = [{"fullyQualifiedName": harmless(name, _LONGEST), "kind": "member"}]
    return [location] if location else []


def _physical(place: Place, end: Place | None, snippet: str = "") -> dict[str, Any]:
    artifact = {"uri": uri(place.file)}
    if not artifact["uri"].startswith("file:"):
        artifact["uriBaseId"] = ROOT
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if place.line:
        region: dict[str, Any] = {"startLine": place.line}
        if place.column:
            region["startColumn"] = place.column
            if end is not None:
                region |= {"endLine": end.line, "endColumn": end.column}
        if snippet:
            region["snippet"] = {"text": harmless(snippet, _LONGEST)}
        physical["region"] = region
    return physical


def _properties(finding: Finding) -> dict[str, Any]:
    """What a program may want to know besides."""
    problem = finding.problem
    given = {
        "pointer": problem.pointer,
        "record": finding.record or None,
        "received": None if problem.received is NOTHING else problem.received,
        "allowed": list(problem.allowed) or None,
    }
    return {key: value for key, value in given.items() if value is not None}


def _text(said: str) -> str:
    """A text in which nothing is a placeholder or a link (sections 3.11.5 and 3.11.6)."""
    said = harmless(said, _LONGEST).replace("{", "{{").replace("}", "}}")
    return said.replace("](", "] (")
