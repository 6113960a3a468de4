"""The terms of a JSON-LD context, looked up by what they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIMPLE: Final = frozenset({"@id", "@type", "@container", "@protected", "@prefix"})
"""The keys of the term definitions that are understood; terms with others are not used."""
_ENDS_PREFIX: Final = tuple(":/?#[]@")


@dataclass(frozen=True, slots=True)
class _Term:
    name: str
    type: str
    """What values are taken as: ``@id``, ``@vocab``, a datatype, or "" for nothing."""
    by_language: bool


class Terms:
    """What a context can shorten.

    >>> terms = Terms({"schema": "https://schema.org/", "amount": {"@id": "schema:amount", "@type": "@id"}})
    >>> terms.property("https://schema.org/amount", {"@id": "http://x/a#amount"})
    ('amount', '', 'http://x/a#amount')
    >>> terms.property("https://schema.org/amount", {"@value": "1"})
    ('schema:amount', '', '1')
    """

    def __init__(self, context: Mapping[str, Any]) -> None:
        """Read the definitions; what is wrong with them is found when the result is read back."""
        self._context = context
        self._vocab = context["@vocab"] if isinstance(context.get("@vocab"), str) else ""
        self._untagged_is_plain = context.get("@language") is None
        self._keywords: dict[str, str] = {}
        self._prefixes: list[tuple[str, str]] = []
        self._terms: dict[str, list[_Term]] = {}
        for name, definition in context.items():
            if not name.startswith("@"):
                self._define(name, definition)
        self._prefixes.sort(key=lambda p: (-len(p[0]), p[1]))
        for terms in self._terms.values():
            terms.sort(key=lambda t: (not t.type, not t.by_language, t.name))

    def keyword(self, keyword: str) -> str:
        """The alias of a keyword, or the keyword."""
        return self._keywords.get(keyword, keyword)

    def vocabulary(self, iri: str) -> str:
        """The shortest form of a type, or of a value that is taken from the vocabulary."""
        terms = self._terms.get(iri)
        return min(t.name for t in terms) if terms else self._prefixed(iri)

    def property(self, predicate: str, value: dict[str, str]) -> tuple[str, str, Any]:
        """The key, the language below it ("" if it has no language map), and the value."""
        for term in self._terms.get(predicate, ()):
            if term.by_language:
                if "@language" in value:
                    return term.name, value["@language"], value["@value"]
            elif not term.type:
                return term.name, "", self._value(value)
            elif "@id" in value and term.type in {"@id", "@vocab"}:
                iri = value["@id"]
                return term.name, "", iri if term.type == "@id" else self.vocabulary(iri)
            elif value.get("@type") == term.type:
                return term.name, "", value["@value"]
        return self._prefixed(predicate), "", self._value(value)

    def _value(self, value: dict[str, str]) -> Any:  # noqa: ANN401 - a JSON value
        if list(value) == ["@value"] and self._untagged_is_plain:
            return value["@value"]
        if "@id" in value:
            return {self.keyword("@id"): value["@id"]}
        return {k if k != "@type" else self.keyword(k): self._typed(k, v) for k, v in value.items()}

    def _typed(self, key: str, text: str) -> str:
        return self.vocabulary(text) if key == "@type" else text

    def _prefixed(self, iri: str) -> str:
        for namespace, prefix in self._prefixes:
            short = f"{prefix}:{iri[len(namespace) :]}"
            if iri.startswith(namespace) and iri != namespace and short not in self._context:
                return short
        rest = iri[len(self._vocab) :]
        if self._vocab and iri.startswith(self._vocab) and rest and ":" not in rest:
            return rest if rest not in self._context else iri
        return iri

    def _define(self, name: str, definition: object) -> None:
        if isinstance(definition, str):
            if definition.startswith("@"):
                self._keywords[definition] = name
                return
            iri = self._expanded(definition)
            if iri.endswith(_ENDS_PREFIX):
                self._prefixes.append((iri, name))
            self._terms.setdefault(iri, []).append(_Term(name, "", by_language=False))
        elif isinstance(definition, dict) and definition.keys() <= _SIMPLE:
            self._define_typed(name, definition)

    def _define_typed(self, name: str, definition: dict[str, Any]) -> None:
        iri = self._expanded(str(definition.get("@id", name)))
        if definition.get("@prefix") is True:
            self._prefixes.append((iri, name))
        container = definition.get("@container") or []
        containers = {container} if isinstance(container, str) else set(container)
        kind = str(definition.get("@type") or "")
        if containers <= {"@language", "@set"}:
            term = _Term(name, self._expanded(kind) if kind else "", by_language="@language" in containers)
            self._terms.setdefault(iri, []).append(term)

    def _expanded(self, text: str, depth: int = 0) -> str:
        """The IRI of a term, a compact IRI or an IRI; definitions that go in circles are left alone."""
        if text.startswith("@") or depth > len(self._context):
            return text
        prefix, colon, rest = text.partition(":")
        known = self._context.get(prefix)
        if isinstance(known, dict):
            known = known.get("@id")
        if colon and isinstance(known, str) and not rest.startswith("//"):
            return self._expanded(known, depth + 1) + rest
        return text if colon else self._vocab + text
