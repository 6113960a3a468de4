"""The codec of ``Percent``."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.errors import NotUnderstood, Problem
from kg.rdf import XSD, literal
from kg.values.characters import LONGEST_NAME, kind_of, unreadable
from kg.values.codec import Context, Written
from kg.values.grammar.interval import Interval
from kg.values.grammar.limits import exact, plain
from kg.values.percent.grammar import read as read_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model.types import Concept, Field
    from kg.values.codec import Read

_DIGITS: Final = re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?\s*", re.ASCII)


class PercentCodec:
    """A number of hundredths (49 is 49 percent), or text as a source writes it."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read one share into ``xsd:decimal``, a range into the companions of the field."""
        write = _writer(field)
        as_written = f"<{field.companions}{field.name}AsWritten> "

        def read(value: object, context: Context) -> Written:
            if isinstance(value, str) and _DIGITS.fullmatch(value) is None:
                try:
                    return write(read_text(value, context.lexicon, context.language), value.strip())
                except NotUnderstood as error:
                    error.kept = Written([f"{as_written}{literal(' '.join(value.split()))}"])
                    raise
            if isinstance(value, str | int | Decimal | float) and not isinstance(value, bool):
                number = exact(value)
                written = write(Interval(number, number, None), "")
                if 0 < number < 1:
                    args = {"times": plain(number * 100)}
                    doubt = Problem("percent-below-one", "", args, received=value, severity="warning")
                    written = replace(written, info=(doubt,))
                return written
            raise unreadable("number-expected-text", value, args={"kind": kind_of(value)})

        return read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of the number or the text."""
        description = (
            "a share as written: “49%”, “지분 49%”, “3할 2푼”, “up to 30 percent”, “25 basis points”"
        )
        number = {"type": "number", "description": "in percent: 49"}
        text = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "description": description}
        return {"anyOf": [number, text]}


def _writer(field: Field) -> Callable[[Interval, str], Written]:
    head = f'<{field.path}> "'
    companion = f"<{field.companions}{field.name}"
    end = f'"^^<{XSD}decimal>'
    approximate = f'{companion}Approximate> "true"^^<{XSD}boolean>'

    def write(share: Interval, text: str) -> Written:
        low = None if share.min is None else plain(share.min)
        high = None if share.max is None else plain(share.max)
        if low == high and not (share.min_exclusive or share.max_exclusive):
            tails = [f"{head}{low}{end}"]
        else:
            tails = []
            if low is not None:
                tails.append(f'{companion}{"MoreThan" if share.min_exclusive else "AtLeast"}> "{low}{end}')
            if high is not None:
                tails.append(f'{companion}{"LessThan" if share.max_exclusive else "AtMost"}> "{high}{end}')
        if share.approximate:
            tails.append(approximate)
        return Written(tails, [f"{companion}AsWritten> {literal(text)}"] if text else [])

    return write
