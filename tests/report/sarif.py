"""What SARIF 2.1.0 asks of the parts of a document that ``kg`` writes, as JSON Schema.

Written from the sections named, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def closed(required: str, **properties: Schema) -> Schema:
    """An object with these properties and no others."""
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def many(item: Schema, **more: object) -> Schema:
    """A list."""
    return {"type": "array", "items": item, **more}


TEXT: Schema = {"type": "string", "minLength": 1}
COUNT: Schema = {"type": "integer", "minimum": 1}
INDEX: Schema = {"type": "integer", "minimum": 0}
LEVEL: Schema = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = closed("text", text=TEXT)  # 3.11, 3.12
# RFC 3986: what is not reserved, percent-encoded
URI: Schema = {"type": "string", "pattern": r"^(file:///)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"}
ARTIFACT = closed("uri", uri=URI, uriBaseId=TEXT)  # 3.4
REGION = closed(  # 3.30
    "startLine", startLine=COUNT, startColumn=COUNT, endLine=COUNT, endColumn=COUNT, snippet=MESSAGE
)
PHYSICAL = closed("artifactLocation", artifactLocation=ARTIFACT, region=REGION)  # 3.29
LOGICAL = closed("fullyQualifiedName", fullyQualifiedName=TEXT, kind=TEXT)  # 3.33
LOCATION = closed("", id=INDEX, physicalLocation=PHYSICAL, logicalLocations=many(LOGICAL))  # 3.28
RULE = closed(  # 3.49
    "id shortDescription",
    id=TEXT,
    shortDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=closed("level", level=LEVEL),
)
LANGUAGE: Schema = {"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"}
COMPONENT = closed(  # 3.19
    "name",
    name=TEXT,
    version=TEXT,
    language=LANGUAGE,
    rules=many(RULE, uniqueItems=True),
    contents=many({"enum": ["localizedData", "nonLocalizedData"]}, uniqueItems=True),
)
RESULT = closed(  # 3.27
    "ruleId ruleIndex level message locations partialFingerprints",
    ruleId=TEXT,
    ruleIndex=INDEX,
    level=LEVEL,
    message=MESSAGE,
    locations=many(LOCATION),
    relatedLocations=many(LOCATION, uniqueItems=True),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    properties={"type": "object"},
    baselineState={"enum": ["new", "unchanged", "updated", "absent"]},
)
RUN = closed(  # 3.14
    "tool results",
    tool=closed("driver", driver=COMPONENT),
    translations=many(COMPONENT),
    originalUriBaseIds={"type": "object", "additionalProperties": closed("", description=MESSAGE)},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations=many(
        closed("executionSuccessful", executionSuccessful={"type": "boolean"}, exitCode={"type": "integer"})
    ),
    results=many(RESULT),
)
ESSENTIAL = closed(  # 3.13
    "version runs",
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs=many(RUN),
)
