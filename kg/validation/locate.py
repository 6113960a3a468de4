"""From a SHACL result to the record and the field that caused it, in words for their reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import NOTHING, Problem, Severity
from kg.messages import LANGUAGES, text
from kg.model.types import ConceptRange, Reference
from kg.rdf import XSD, compact, local_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.mapping.trace import Trace
    from kg.model.types import Class, Field, Labels, Model
    from kg.validation.result import Result

SEVERITY: Final[Mapping[str, Severity]] = {"Violation": "error", "Warning": "warning", "Info": "info"}
"""What a message calls SHACL's severities; any other IRI counts as an error."""

CODES: Final[Mapping[str, str]] = {
    "Class": "wrong-class",
    "Datatype": "wrong-datatype",
    "NodeKind": "wrong-node-kind",
    "MinCount": "missing-field",
    "MaxCount": "too-many-values",
    "MinInclusive": "too-small",
    "MinExclusive": "too-small",
    "MaxInclusive": "too-large",
    "MaxExclusive": "too-large",
    "MinLength": "too-short",
    "MaxLength": "too-long",
    "Pattern": "pattern",
    "LanguageIn": "language-not-allowed",
    "UniqueLang": "two-in-one-language",
    "LessThan": "not-less",
    "LessThanOrEquals": "not-less-or-equal",
    "Equals": "not-equal",
    "Disjoint": "same-in-both",
    "HasValue": "value-missing",
    "In": "not-in-list",
    "Closed": "not-allowed-here",
    "Node": "value-does-not-fit",
    "Not": "must-not-fit",
    "And": "value-does-not-fit",
    "Or": "value-does-not-fit",
    "Xone": "value-does-not-fit",
    "QualifiedMinCount": "value-missing",
    "QualifiedMaxCount": "too-many-values",
}
"""Constraint component -> code of its message."""

_OTHER: Final = "constraint"


def problem(result: Result, model: Model, class_: Class | None, trace: Trace | None) -> Problem:
    """One result as a problem; the pointer is "" where the result is about no field of the record.

    ``class_`` is that of the focus node, ``trace`` the record that is to be told.
    """
    field = class_.by_path.get(result.path) if class_ else None
    focus = result.focus[1:-1]
    pointer = trace.pointer(focus, result.path, result.value, field.name if field else "") if trace else None
    code = CODES.get(result.component, _OTHER)
    args = _args(result, model, field, trace)
    rule = model.codes.get(result.shape)
    message = dict(result.messages) if result.messages else None
    if rule is not None and message is None:
        message = {language: text(code, args, language) for language in LANGUAGES}
    return Problem(
        rule or code,
        pointer or "",
        args=args,
        severity=SEVERITY.get(result.severity, "error"),
        received=_plain(result.value) if result.value else NOTHING,
        allowed=_allowed(model, field, result.component),
        message=message,
    )


def _args(result: Result, model: Model, field: Field | None, trace: Trace | None) -> dict[str, object]:
    """What the texts of the components can name."""
    constraint = model.constraint(result.shape)
    args: dict[str, object] = {
        "label": _label(model, field, result.path),
        "component": result.component,
        "shape": compact(result.shape),
        "value": _plain(result.value),
        "description": model.descriptions.get(result.shape, {}),
    }
    for key in ("minCount", "maxCount", "pattern", "minLength", "maxLength"):
        args[key] = constraint.get(key, "")
    for key in ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive"):
        args["bound"] = constraint.get(key) or args.get("bound", "")
    for key in ("lessThan", "lessThanOrEquals", "equals", "disjoint"):
        if key in constraint:
            args["other"] = _label(model, None, constraint[key])
            found = trace.values(result.focus[1:-1], constraint[key]) if trace else []
            args["other_value"] = ", ".join(map(_plain, found))
    if "datatype" in constraint:
        args["datatype"] = constraint["datatype"].removeprefix(XSD)
    wanted = constraint.get("class", "")
    args["class"] = model.labels.get(wanted, {"en": local_name(wanted)})
    return args


def _label(model: Model, field: Field | None, path: str) -> Labels:
    if field is not None and field.labels:
        return field.labels
    return model.labels.get(path) or {"en": compact(path)}


def _allowed(model: Model, field: Field | None, component: str) -> tuple[str, ...]:
    """The classes or notations that a reference may have."""
    if field is None or component not in {"Class", "MinCount"}:
        return ()
    if isinstance(field.range, ConceptRange):
        return tuple(c.notation for c in model.concepts[field.range.class_iri])
    if isinstance(field.range, Reference) and component == "Class":
        return tuple(c.name for c in model.below(field.range.class_iri))
    return ()


def _plain(term: str) -> str:
    """A term as a person reads it: the text of a literal, the IRI of a node."""
    if term.startswith('"'):
        return term[1 : term.rindex('"')].replace('\\"', '"').replace("\\\\", "\\")
    return term[1:-1] if term.startswith("<") else term
