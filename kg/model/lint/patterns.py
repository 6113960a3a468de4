r"""Regular expressions in shapes and datatypes.

SHACL takes the language of XPath (https://www.w3.org/TR/xpath-functions-31/#regex-syntax): that of
XML Schema with ``^``, ``$``, reluctant quantifiers and back-references. It is translated as far as
Python needs it (``\p{…}``, ``\i``, ``\c``) and compiled. Look-around and back-references are
refused, since the default engine has none; so is the subtraction of classes (``[a-z-[aeiou]]``),
which every engine reads in its own way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.model.lint.graph import is_literal, name
from kg.rdf import SH, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem
    from kg.model.lint.graph import Graph

_FLAGS: Final = frozenset("smixq")
_CATEGORY: Final = re.compile(
    r"C[cfno]?|L[mlotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?|Is[A-Za-z0-9-]+"
)
_ESCAPES: Final = frozenset("nrt\\|.?*+(){}$-[]^sSiIcCdDwW")

_SET_SIGNS: Final = ("[", "--", "&&", "~~")


def patterns(graph: Graph) -> Iterator[Problem]:
    """Every ``sh:pattern`` (and ``xsd:pattern`` of a datatype) is one that the engines understand."""
    for predicate in (f"{SH}pattern", f"{XSD}pattern"):
        for subject, found in graph.having(predicate):
            for term in found:
                pattern = name(term)
                fault = fault_of(pattern) if is_literal(term) else "it is not text"
                if fault in {"look-around", "back-reference"}:
                    yield graph.problem(f"shape-pattern-{fault}", subject, received=pattern)
                elif fault:
                    yield graph.problem("shape-bad-pattern", subject, received=pattern, reason=fault)
    for subject, found in graph.having(f"{SH}flags"):
        for flags in map(name, found):
            if not _FLAGS.issuperset(flags):
                yield graph.problem("shape-bad-flags", subject, sorted(_FLAGS), received=flags)


def fault_of(pattern: str) -> str:
    r"""What is wrong with a pattern: ``look-around``, ``back-reference``, a reason, or "".

    >>> fault_of(r"^\p{L}+(-\p{Nd}{2,4})?$"), fault_of("^(?!a)"), fault_of(r"^(a)\1$"), fault_of("(a")
    ('', 'look-around', 'back-reference', 'missing ), unterminated subpattern at position 0')
    >>> fault_of(r"\p{Hangul}"), fault_of(r"\z")
    ('unknown category \\p{Hangul}', 'unknown escape \\z')
    """
    try:
        re.compile(_translated(pattern))
    except _Fault as fault:
        return str(fault)
    except (re.error, OverflowError, RecursionError) as error:
        return str(error)
    return ""


class _Fault(Exception):
    """Why a pattern can't be taken."""


def _translated(pattern: str) -> str:
    out: list[str] = []
    position, in_class = 0, False
    while position < len(pattern):
        char = pattern[position]
        if char == "\\":
            text, position = _escape(pattern, position, in_class=in_class)
            out.append(text)
            continue
        if in_class and pattern.startswith(_SET_SIGNS, position):
            raise _Fault(f"“{char}” inside […] is read differently by different engines: escape it")
        if char == "[":
            in_class = True
        elif char == "]":
            in_class = False
        elif char == "(" and not in_class and pattern[position + 1 : position + 2] == "?":
            if re.match(r"\(\?(?:[=!]|<[=!])", pattern[position:]):
                raise _Fault("look-around")
            if not pattern.startswith("(?:", position):
                raise _Fault(f"unknown group {pattern[position : position + 4]}")
        out.append(char)
        position += 1
    return "".join(out)


def _escape(pattern: str, position: int, *, in_class: bool) -> tuple[str, int]:
    """The translation of the escape that starts at ``position``, and where it ends."""
    kind = pattern[position + 1 : position + 2]
    if kind in {"p", "P"}:
        braces = re.compile(r"\{([^{}]*)\}").match(pattern, position + 2)
        if braces is None or not _CATEGORY.fullmatch(braces[1]):
            raise _Fault(f"unknown category {pattern[position : braces.end() if braces else position + 2]}")
        return "\\w", braces.end()
    if kind.isdigit() and kind != "0" and not in_class:
        raise _Fault("back-reference")
    if kind in {"i", "c", "I", "C"}:
        return "\\w", position + 2
    if kind not in _ESCAPES:
        raise _Fault(f"unknown escape \\{kind}")
    return pattern[position : position + 2], position + 2
