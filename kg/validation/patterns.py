"""The triple patterns of a SPARQL query: which nodes it goes to, from which, by which properties.

A reader of as much of https://www.w3.org/TR/sparql11-query/#sparqlGrammar as constraints are made of.
What it does not know (``GRAPH``, ``SERVICE``, ``VALUES``, a query within the query, blank node lists,
functions of others) makes it give up, and never guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.rdf import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN: Final = re.compile(
    r"""
      \#[^\n]* | \s+
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<text>(?:\"\"\"(?:\\.|\"{0,2}[^"\\])*\"\"\"|'''(?:\\.|'{0,2}[^'\\])*'''
        |"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')(?:@[\w-]+|\^\^(?:<[^<>\s]*>|[\w.-]*:[\w.-]+))?)
    | (?P<variable>[?$]\w+)
    | (?P<number>[+-]?\d[\d.]*(?:[eE][+-]?\d+)?)
    | (?P<name>[A-Za-z][\w-]*:[\w.-]*\w|:[\w.-]*\w)
    | (?P<word>[A-Za-z]\w*)
    | (?P<sign>\|\||&&|!=|<=|>=|[{}()\[\].;,/|^*+?!=<>-])
    """,
    re.VERBOSE | re.DOTALL,
)
_UNKNOWN: Final = frozenset(("GRAPH", "SERVICE", "VALUES", "SELECT", "ASK", "CONSTRUCT"))
_REPEATED: Final = frozenset("*+?")

Token = tuple[str, str]
"""(kind, text)."""


class _GiveUpError(Exception):
    """Something that this reader does not know."""


@dataclass(frozen=True, slots=True)
class Step:
    """One property of a path; of a variable, ``property`` is ""."""

    property: str
    inverse: bool = False


Path = tuple["Part", ...]
"""Steps one after the other."""


@dataclass(frozen=True, slots=True)
class Part:
    """A choice of ways on, or of none if it is ``optional``; ``repeated`` any number of times."""

    choices: tuple[Step | Path, ...]
    optional: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Subject and object are variables with their sign as ``?``, or "" for a constant."""

    subject: str
    path: Path
    object: str


@dataclass
class Group:
    """What holds together. A variable means the same node in all of it, and in the groups that it holds."""

    patterns: list[Pattern] = field(default_factory=list)
    unions: list[list[Group]] = field(default_factory=list)
    """Of each of these one branch holds as well."""
    others: list[Group] = field(default_factory=list)
    """What may hold or not: what such a group binds is known in it alone."""


def patterns(query: str, prefixes: Mapping[str, str], path: Path | None = None) -> Group | None:
    """The triple patterns of a query; None if they can't be told. ``path`` is what stands for ``$PATH``.

    >>> found = patterns("SELECT $this { $this x:a/x:b ?c }", {"x": "http://x/"})
    >>> [(p.subject, p.object) for p in found.patterns]
    [('?this', '?c')]
    """
    try:
        tokens = _tokens(query)
        start = tokens.index(("sign", "{"))
        return _Reader(tokens, start + 1, dict(prefixes), path).group()
    except (_GiveUpError, ValueError, IndexError):
        return None


def _tokens(query: str) -> list[Token]:
    found, at = [], 0
    while at < len(query):
        match = _TOKEN.match(query, at)
        if match is None:
            raise _GiveUpError
        if match.lastgroup:
            found.append((match.lastgroup, match.group()))
        at = match.end()
    return found


class _Reader:
    """Reads one token after the other."""

    def __init__(self, tokens: list[Token], at: int, prefixes: dict[str, str], path: Path | None) -> None:
        self.tokens, self.at, self.prefixes, self.of_shape = tokens, at, prefixes, path

    def look(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def is_sign(self, *signs: str) -> bool:
        return self.look()[0] == "sign" and self.look()[1] in signs

    def group(self) -> Group:
        """What stands up to the closing brace, which is taken too."""
        found = Group()
        while not self.is_sign("}"):
            kind, text = self.look()
            word = text.upper() if kind == "word" else ""
            if word in _UNKNOWN:
                raise _GiveUpError
            if self.is_sign("."):
                self.at += 1
            elif self.is_sign("{"):
                found.unions.append(self.union())
            elif word in {"OPTIONAL", "MINUS"}:
                self.at += 1
                found.others.append(self.braced())
            elif word in {"FILTER", "BIND"}:
                self.at += 1
                if (inner := self.expression()) is not None:
                    found.others.append(inner)
            else:
                self.same_subject(found)
        self.at += 1
        return found

    def braced(self) -> Group:
        if self.take() != ("sign", "{"):
            raise _GiveUpError
        return self.group()

    def union(self) -> list[Group]:
        """Groups with ``UNION`` between them; one alone is just as good."""
        found = [self.braced()]
        while self.look()[0] == "word" and self.look()[1].upper() == "UNION":
            self.at += 1
            found.append(self.braced())
        return found

    def expression(self) -> Group | None:
        """Step over a filter; the group, if it is one that has to exist or not."""
        while self.look()[0] == "word" and self.look()[1].upper() in {"NOT", "EXISTS"}:
            self.at += 1
        if self.is_sign("{"):
            return self.braced()
        depth = 0
        while True:
            token = kind, text = self.take()
            if kind == "word" and text.upper() in {"EXISTS", *_UNKNOWN}:
                raise _GiveUpError
            if kind in {"iri", "name"} and self.is_sign("(") and not self.property_of(token).startswith(XSD):
                raise _GiveUpError  # a function that may look at anything
            if kind == "sign" and text in "()":
                depth += 1 if text == "(" else -1
                if not depth:
                    return None

    def same_subject(self, group: Group) -> None:
        """A subject with its properties and objects."""
        subject = self.term()
        while True:
            path = self.path()
            while True:
                group.patterns.append(Pattern(subject, path, self.term()))
                if not self.is_sign(","):
                    break
                self.at += 1
            while self.is_sign(";"):
                self.at += 1
                if not self.is_sign(";", ".", "}"):
                    break
            else:
                return
            if self.is_sign(".", "}"):
                return

    def term(self) -> str:
        kind, text = self.take()
        if kind == "variable":
            return f"?{text[1:]}"
        if kind in {"iri", "name", "text", "number"} or (kind, text.lower()) in _TRUTHS:
            return ""
        raise _GiveUpError

    def path(self) -> Path:
        if self.look()[0] == "variable":
            is_path = self.take()[1][1:] == "PATH"
            return self.of_shape if self.of_shape is not None and is_path else (Part((Step(""),)),)
        return self.sequence_of_choices()

    def sequence_of_choices(self) -> Path:
        choices = [self.sequence()]
        while self.is_sign("|"):
            self.at += 1
            choices.append(self.sequence())
        return choices[0] if len(choices) == 1 else (Part(tuple(choices)),)

    def sequence(self) -> Path:
        parts = [self.part()]
        while self.is_sign("/"):
            self.at += 1
            parts.append(self.part())
        return tuple(parts)

    def part(self) -> Part:
        inverse = self.is_sign("^")
        self.at += inverse
        if self.is_sign("("):
            self.at += 1
            inner = self.sequence_of_choices()
            if not self.is_sign(")") or inverse:
                raise _GiveUpError
            self.at += 1
            choices: tuple[Step | Path, ...] = (inner,)
        else:
            choices = (Step(self.property_of(self.take()), inverse),)
        if self.is_sign(*_REPEATED):
            sign = self.take()[1]
            return Part(choices, optional=sign in "*?", repeated=sign in "*+")
        return Part(choices)

    def property_of(self, token: Token) -> str:
        kind, text = token
        if kind == "iri":
            return text[1:-1]
        if (kind, text) == ("word", "a"):
            return f"{RDF}type"
        prefix, colon, name = text.partition(":")
        if kind == "name" and colon and prefix in self.prefixes:
            return self.prefixes[prefix] + name
        raise _GiveUpError


_TRUTHS: Final = {("word", "true"), ("word", "false")}
