"""From a SHACL result to the record and the field that caused it, in words for their reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import NOTHING, Problem, Severity
from kg.messages import LANGUAGES, text
from kg.model.types import ConceptRange, Reference, written_as
from kg.rdf import XSD, compact, local_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

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
OF_SHAPES: Final = frozenset({*CODES.values(), "too-few-values", "later", _OTHER})
"""The codes of what shapes find, but for those of rules with a name of their own."""
_DAY: Final = f"^^<{XSD}date>"


def problem(
    result: Result,
    model: Model,
    class_: Class | None = None,
    trace: Trace | None = None,
    called: Callable[[str], str] = compact,
    values: Callable[[str, str], Collection[str]] | None = None,
) -> Problem:
    """One result as a problem; the pointer is "" where the result is about no field of the record.

    ``class_`` is that of the focus node, ``trace`` the record that is to be told. ``called`` says
    how the record's reader calls an IRI, ``values`` which terms a property of a node has; without it
    these are what the trace knows.
    """
    field = class_.by_path.get(result.path) if class_ else None
    rule = model.codes.get(result.shape)
    pointer = _pointer(result, field, trace, whole=rule is not None) if trace else ""
    values = values or (trace.values if trace else _none)
    args = _args(result, model, field, values, called)
    code = _code(result, args)
    message = _said(result, str(args["value"])) or None
    if rule is not None and message is None:
        message = {language: text(code, args, language) for language in LANGUAGES}
    return Problem(
        rule or code,
        pointer,
        args=args,
        severity=SEVERITY.get(result.severity, "error"),
        received=args["value"] if result.value else NOTHING,
        allowed=_allowed(model, field, result.component),
        message=message,
    )


def _none(_node: str, _path: str) -> tuple[str, ...]:
    return ()


def _said(result: Result, value: str) -> dict[str, str]:
    """The texts of ``sh:message``, in which the value is named as the record's reader names it."""
    if not result.value.startswith("<"):
        return dict(result.messages)
    return {language: said.replace(result.value[1:-1], value) for language, said in result.messages.items()}


def _code(result: Result, args: Mapping[str, object]) -> str:
    """The message of the component; of a few it depends on what is there."""
    if result.component == "MinCount" and args["count"]:
        return "too-few-values"
    if result.component in {"LessThan", "LessThanOrEquals"} and result.value.endswith(_DAY):
        return "later"
    return CODES.get(result.component, _OTHER)


def _pointer(result: Result, field: Field | None, trace: Trace, *, whole: bool) -> str:
    """The field that has the value; of a rule about the node of a value, the whole value."""
    focus = result.focus[1:-1]
    if whole and focus not in trace.classes:
        return trace.nodes.get(focus, "")
    return trace.pointer(focus, result.path, result.value, field.name if field else "") or ""


def _args(
    result: Result,
    model: Model,
    field: Field | None,
    values: Callable[[str, str], Collection[str]],
    called: Callable[[str], str],
) -> dict[str, object]:
    """What the texts of the components can name."""
    constraint = model.constraint(result.shape)
    args: dict[str, object] = {
        "label": (label := model.names.get(result.shape) or _label(model, field, result.path)),
        "key": written_as(field.name if field else "", label),
        "component": result.component,
        "shape": compact(result.shape),
        "value": called(result.value[1:-1]) if result.value.startswith("<") else _plain(result.value),
        "count": len(values(result.focus[1:-1], result.path)),
        "description": _description(result, model, field),
    }
    for key in ("minCount", "maxCount", "pattern", "minLength", "maxLength"):
        args[key] = constraint.get(key, "")
    for key in ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive"):
        args["bound"] = constraint.get(key) or args.get("bound", "")
    for key in ("lessThan", "lessThanOrEquals", "equals", "disjoint"):
        if key in constraint:
            args["other"] = _label(model, None, constraint[key])
            args["other_value"] = ", ".join(map(_plain, values(result.focus[1:-1], constraint[key])))
    if "datatype" in constraint:
        args["datatype"] = constraint["datatype"].removeprefix(XSD)
    wanted = constraint.get("class", "")
    args["class"] = model.labels.get(wanted, {"en": local_name(wanted)})
    return args


def _description(result: Result, model: Model, field: Field | None) -> Labels:
    """What the shape says of itself; a shape that only tightens a field says what the field does."""
    own = model.descriptions.get(result.shape, {})
    return own if own or field is None or result.shape in model.codes else field.descriptions


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
    """A literal as a person reads it."""
    if term.startswith('"'):
        return term[1 : term.rindex('"')].replace('\\"', '"').replace("\\\\", "\\")
    return term
