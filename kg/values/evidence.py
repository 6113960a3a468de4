"""``Evidence``: where in which document a fact stands, and in which words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Problem, Unreadable, pointer_token
from kg.rdf import DCTERMS, KG, OA, XSD, literal
from kg.values.characters import LONGEST_NAME, LONGEST_TEXT, checked, kind_of, unreadable
from kg.values.codec import Context, Node, Written
from kg.values.grammar.limits import exact, plain
from kg.values.nearest import choices
from kg.values.problems import Problems
from kg.values.quotes import check

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model.types import Concept, Field
    from kg.values.codec import Read

TYPES: Final = (f"{KG}Evidence", f"{OA}TextQuoteSelector")
DOCUMENT: Final = f"{KG}Document"


def _quote(value: object) -> str:
    return f"<{OA}exact> " + literal(_text(value, LONGEST_TEXT))


def _section(value: object) -> str:
    return f"<{KG}section> " + literal(_text(value, LONGEST_NAME).strip())


def _paragraph(value: object) -> str:
    return f"<{KG}paragraph> " + _count(value)


def _page(value: object) -> str:
    return f"<{KG}page> " + _count(value)


def _confidence(value: object) -> str:
    return f"<{KG}confidence> " + literal(plain(exact(value)), f"{XSD}decimal")


_KEYS: Final[dict[str, Callable[[object], str]]] = {
    "quote": _quote,
    "paragraph": _paragraph,
    "section": _section,
    "page": _page,
    "confidence": _confidence,
}


class EvidenceCodec:
    """A quote, or ``{"quote", "paragraph", "section", "page", "confidence", "source"}``.

    The document is the record's source unless given.
    """

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read one piece of evidence into a node named by its digest."""
        return _read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of a quote or of the object."""
        quote = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
        count = {"type": "integer", "minimum": 1}
        confidence = {
            "anyOf": [{"type": "number"}, {"type": "string", "pattern": "^\\s*[0-9.]+\\s*$"}],
            "description": "how sure the extractor is, 0 to 1",
        }
        spelled = {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {
                "quote": {**quote, "description": "the words of the document"},
                "paragraph": {**count, "description": "number of the paragraph, from 1"},
                "section": {"type": "string", "minLength": 1, "description": "as in “caption 1”"},
                "page": {**count, "description": "number of the page, from 1"},
                "confidence": confidence,
                "source": {"description": "a reference to the document, if it is not the source"},
            },
        }
        return {"anyOf": [quote, spelled]}


def _read(value: object, context: Context) -> Written:
    if isinstance(value, str):
        written = _spelled_out({"quote": value}, context)
        # a quote alone has no keys that a pointer could name
        written.info = tuple(replace(problem, pointer="") for problem in written.info)
        return written
    if not isinstance(value, dict):
        raise unreadable("evidence-expected", value, args={"kind": kind_of(value)})
    return _spelled_out(value, context)


def _spelled_out(value: dict[str, Any], context: Context) -> Written:
    problems = Problems()
    tails: list[str] = []
    for key, item in value.items():
        try:
            tails.append(_KEYS[key](item))
        except KeyError:
            if key == "source":
                continue
            near, allowed = ((), ()) if problems.full else choices(key, [*_KEYS, "source"])
            problems.append(
                Problem("evidence-key", pointer_token(key), {"near": near}, received=key, allowed=allowed)
            )
        except Unreadable as error:
            problems.extend(p.below(pointer_token(key)) for p in error.problems)
    document = _document(value, context, problems)
    problems.refuse()
    if not tails:
        raise unreadable("evidence-empty", value, tuple(key for key in _KEYS if key != "confidence"))
    if document:
        tails.append(f"<{DCTERMS}source> {document}")
    return Written(
        node=Node(TYPES, tails, by_digest="evidence"), info=_held_against(document, value, context)
    )


def _held_against(document: str | None, value: dict[str, Any], context: Context) -> tuple[Problem, ...]:
    """What is wrong with the quote or the paragraph beside the document's text, if that is at hand."""
    if document is None or not value.keys() & {"quote", "paragraph"}:
        return ()
    texts = context.passages(document)
    number = int(exact(value["paragraph"])) if "paragraph" in value else None
    problem = check(texts, value.get("quote"), number) if texts else None
    return () if problem is None else (problem,)


def _document(value: dict[str, object], context: Context, problems: Problems) -> str | None:
    if "source" not in value:
        return context.source()
    try:
        return context.resolve(value["source"], DOCUMENT)
    except Unreadable as error:
        problems.extend(p.below("/source") for p in error.problems)
        return None


def _text(value: object, limit: int) -> str:
    if not isinstance(value, str):
        raise unreadable("string-expected", value, args={"kind": kind_of(value)})
    return checked(value, limit)


def _count(value: object) -> str:
    number = exact(value)
    if isinstance(number, Decimal) and number != number.to_integral_value():
        raise unreadable("count-expected", value)
    text = plain(number)
    if text.startswith("-") or text == "0":
        raise unreadable("count-expected", value)
    return literal(text, f"{XSD}integer")
