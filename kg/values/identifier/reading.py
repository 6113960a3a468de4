"""An identifier whose scheme the text itself tells: by name, by address, or by its form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.values.characters import LONGEST_NAME, checked, unreadable
from kg.values.identifier import ticker
from kg.values.identifier.check_digits import fit
from kg.values.identifier.scheme import SEPARATORS, Layout
from kg.values.identifier.scheme import layout as _layout
from kg.values.identifier.spelling import cases, laid_out, normal_form, plain, spelling, wrong_check_digits

if TYPE_CHECKING:
    from kg.values.identifier.scheme import Scheme, Schemes

_GROUP: Final = 4
_COLON: Final = re.compile(r"\s?:\s?")


class Identifier(NamedTuple):
    """An identifier in the normal form of its scheme."""

    scheme: str
    """The notation of the scheme."""
    value: str
    by: str = ""
    """How the text tells the scheme: ``name``, ``address`` or ``form``."""


def read(written: str, schemes: Schemes) -> Identifier:
    """The identifier that a text says.

    Raises ``Unreadable``: ``identifier-ambiguous`` where several schemes fit, or one whose form
    says too little; ``identifier-unclear`` where none does; else what is wrong with it.
    """
    text = plain(checked(written, LONGEST_NAME).strip())
    by, found = "address", schemes.by_address(text)
    if found is None:
        by, found = "name", schemes.by_name(text)
    if found is not None:
        notation, rest = found
        return Identifier(notation, normal_form(rest or written, schemes.of[notation]), by)
    return _by_form(written, text, schemes)


def _by_form(written: str, text: str, schemes: Schemes) -> Identifier:
    fitting: list[tuple[Scheme, str]] = []
    failed: list[tuple[Scheme, str]] = []
    text = _COLON.sub(":", text) if ":" in text else text
    bare = text.translate(SEPARATORS)
    written_as = tuple(dict.fromkeys(cases(text, bare)))
    parts = None if text == bare else _layout(text)
    for of in schemes.of_length(len(bare)):
        if of.notation == ticker.SCHEME:
            found = spelling(text, of, by_form=True) if ticker.says_exchange(text) else None
        elif parts is None or _is_laid_out(text, parts, of):
            found = next(filter(of.matches, written_as), None) or laid_out(bare, of, by_form=True)
        else:
            found = None
        if found is not None:
            fits = fit(of.notation, found) if of.checked else True
            (fitting if fits else failed).append((of, found))
    best = (
        [pair for pair in fitting if pair[0].checked]
        or [pair for pair in fitting if _tells(text, *pair)]
        or fitting
    )
    if len(best) == 1 and (best[0][0].checked or _tells(text, *best[0])):
        return Identifier(best[0][0].notation, best[0][1], "form")
    if best:
        raise unreadable("identifier-ambiguous", written, tuple(of.notation for of, _ in best))
    if len(failed) == 1 and fit(failed[0][0].notation, failed[0][1]) is False:
        raise wrong_check_digits(written, failed[0][1], failed[0][0])
    raise unreadable("identifier-unclear", written, tuple(schemes.of))


def _tells(text: str, of: Scheme, found: str) -> bool:
    """Whether the form alone says the scheme.

    It has a sign of its own (``Q312``, ``KRX:005930``), or is laid out as no other (``15-048-3782``).
    """
    return any(c in of.literal for c in found) or bool(of.layout and of.layout == _layout(text))


def _is_laid_out(text: str, parts: Layout, of: Scheme) -> bool:
    """Whether a text has no spaces and hyphens but those of the scheme's layout, or of groups of four.

    ``parts`` are those that it has.
    """
    if of.matches(text):
        return True
    if of.layout or not of.checked:
        return parts == of.layout
    return [at for at, _ in parts] == list(range(_GROUP, len(text) - len(parts), _GROUP))
