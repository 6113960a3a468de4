"""Judgements: who is the same as whom, by whom or by which rule, and why; one line of JSON for each pair.

    {"same": ["https://…/organization/a", "https://…/organization/b"], "by": "kim", "reason": "one website"}

The file is sorted by pair and holds no clock, so that the same judgements give the same bytes in whatever
order they came, and two people's files merge under version control.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.errors import UsageError
from kg.rdf import is_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FILE: Final = "judgements.jsonl"
SAME: Final = "same"
DIFFERENT: Final = "different"
UNSURE: Final = "unsure"
VERDICTS: Final = (SAME, DIFFERENT, UNSURE)
RULE: Final = "rule: "
"""Begins ``by`` where a rule has judged."""
TEXT_AT_MOST: Final = 2000
"""Characters of a reason or a name."""
_TEXTS: Final = ("by", "reason", "date")

Pair = tuple[str, str]
"""Two IRIs, the smaller one first."""


class Judgement(NamedTuple):
    """What was judged of two entities."""

    verdict: str
    pair: Pair
    by: str = ""
    reason: str = ""
    date: str = ""
    """As it was given; nobody looks at a clock."""

    def line(self) -> str:
        """As the file has it, without the line's end."""
        fields: dict[str, Any] = {self.verdict: list(self.pair)}
        fields |= {name: said for name in _TEXTS if (said := getattr(self, name))}
        return json.dumps(fields, ensure_ascii=False)

    @property
    def rule(self) -> str:
        """The rule that has judged; "" for a person."""
        return self.by.removeprefix(RULE) if self.by.startswith(RULE) else ""


def pair_of(one: str, other: str) -> Pair:
    """Two IRIs in order.

    >>> pair_of("x:b", "x:a")
    ('x:a', 'x:b')
    """
    return (one, other) if one <= other else (other, one)


@dataclass(frozen=True)
class Judgements:
    """All that is judged, at most one judgement for each pair; a change makes others."""

    by_pair: Mapping[Pair, Judgement] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Judgement]:
        """In the order of the file."""
        return (self.by_pair[pair] for pair in sorted(self.by_pair))

    def __len__(self) -> int:
        """How many pairs are judged."""
        return len(self.by_pair)

    def of(self, one: str, other: str) -> Judgement | None:
        """What is judged of two entities themselves."""
        return self.by_pair.get(pair_of(one, other))

    def given(self, judgement: Judgement) -> Judgements:
        """These and one more; it takes the place of "unsure", and of the same verdict.

        Raises ``UsageError`` where the opposite is judged of the pair.
        """
        return self.all_given((judgement,))

    def all_given(self, judgements: Iterable[Judgement]) -> Judgements:
        """These and some more; see ``given``."""
        known = dict(self.by_pair)
        for judgement in judgements:
            _give(known, judgement)
        return Judgements(known)

    def withdrawn(self, one: str, other: str) -> Judgements:
        """These without what is judged of two entities; raises ``UsageError`` if nothing is."""
        pair = pair_of(one, other)
        if pair not in self.by_pair:
            raise UsageError("judgement-none", one=pair[0], other=pair[1])
        return Judgements({known: j for known, j in self.by_pair.items() if known != pair})

    def as_bytes(self) -> bytes:
        """The contents of the file."""
        return "".join([f"{judgement.line()}\n" for judgement in self]).encode("utf-8", "surrogatepass")


def _give(known: dict[Pair, Judgement], judgement: Judgement) -> None:
    before = known.get(judgement.pair)
    if before is not None and before.verdict not in {judgement.verdict, UNSURE}:
        raise UsageError(
            "judgement-opposite",
            one=before.pair[0],
            other=before.pair[1],
            known=before.verdict,
            received=judgement.verdict,
            by=before.by or "–",
            reason=before.reason or "–",
        )
    known[judgement.pair] = judgement


def judgement_of(data: object) -> Judgement:
    """The judgement that decoded JSON holds; raises ``ValueError`` with what is wrong, as a message's code.

    >>> judgement_of({"different": ["x:b", "x:a"], "reason": "two birth dates"}).pair
    ('x:a', 'x:b')
    """
    if not isinstance(data, dict):
        raise ValueError("judgement-not-object")  # noqa: TRY004 - it is the file's fault, not the caller's
    verdicts = [verdict for verdict in VERDICTS if verdict in data]
    if len(verdicts) != 1 or not data.keys() <= {*verdicts, *_TEXTS}:
        raise ValueError("judgement-keys")
    pair = data[verdicts[0]]
    if not isinstance(pair, list) or len(pair) != 2 or not all(map(_is_named, pair)):  # noqa: PLR2004 - a pair
        raise ValueError("judgement-pair")
    if pair[0] == pair[1]:
        raise ValueError("judgement-itself")
    texts = [data.get(name, "") for name in _TEXTS]
    if not all(isinstance(t, str) and len(t) <= TEXT_AT_MOST and t.isprintable() for t in texts):
        raise ValueError("judgement-text")
    return Judgement(verdicts[0], pair_of(*pair), *texts)


def _is_named(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= TEXT_AT_MOST


def decoded(data: bytes, file: str) -> Iterator[tuple[int, Judgement]]:
    """The judgements of a file with the numbers of their lines; blank lines are skipped.

    Raises ``UsageError`` for the first line that holds none. Names are taken as they are written.
    """
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            found = judgement_of(json.loads(line))
        except (ValueError, RecursionError) as error:
            code = str(error) if str(error).startswith("judgement-") else "judgement-not-json"
            shown = line.decode("utf-8", "replace").strip()
            raise UsageError(code, file=file, line=number, received=shown[:200]) from error
        yield number, found


def read(data: bytes, file: str) -> Judgements:
    """The judgements of a project's file; all are between IRIs.

    Raises ``UsageError`` for what can't be read, and for a pair that has two verdicts.
    """
    known: dict[Pair, Judgement] = {}
    lines: dict[Pair, int] = {}
    for number, found in decoded(data, file):
        if not all(map(is_iri, found.pair)):
            raise UsageError("judgement-no-iri", file=file, line=number, received=found.line())
        before = known.get(found.pair)
        if before is not None and before.verdict != found.verdict:
            raise UsageError("judgement-twice", file=file, line=number, other=lines[found.pair])
        # of two lines that say the same it is the smaller, whatever their order
        known[found.pair] = min(found, before or found)
        lines[found.pair] = number
    return Judgements(known)
