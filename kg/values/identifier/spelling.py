"""An identifier of a known scheme, however it is written, in the spelling that the scheme asks for."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from kg.values.characters import LONGEST_NAME, checked, unreadable
from kg.values.identifier.check_digits import fit, right
from kg.values.identifier.scheme import SEPARATORS, scheme
from kg.values.identifier.ticker import SCHEME, plain_ticker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Unreadable
    from kg.model.types import Concept
    from kg.values.identifier.scheme import Scheme


def normalised(written: str, concept: Concept) -> str:
    """An identifier in the spelling that its scheme asks for; raises ``Unreadable`` if it has none.

    The scheme may be named once more (``LEI: …``), the identifier may be a web address of the
    scheme, have other digits (full-width ones), spaces, hyphens or small letters.
    """
    return normal_form(written, scheme(concept))


def normal_form(written: str, of: Scheme) -> str:
    """As :func:`normalised`, for a scheme that is made ready."""
    text = checked(written, LONGEST_NAME).strip()
    if not of.matches(text):
        text = _spelled(text, of) or _refused(written, of)
    if of.checked and fit(of.notation, text) is False:
        raise wrong_check_digits(written, text, of)
    return text


def spelling(text: str, of: Scheme, *, by_form: bool = False) -> str | None:
    """The one of the spellings of a text that has the pattern of the scheme, or None.

    ``by_form``: nothing is added or left out that would make one scheme's identifier another's.
    """
    text = plain_ticker(text) if of.notation == SCHEME else text
    if of.matches(text):
        return text or None
    bare = text.translate(SEPARATORS)
    if of.matches(bare):
        return bare or None
    return next((s for s in _spellings(text, bare, of, strict=by_form) if s and of.matches(s)), None)


def wrong_check_digits(written: str, text: str, of: Scheme) -> Unreadable:
    """What is wrong with an identifier that has the right form: the digits found, and the right ones."""
    would_be = right(of.notation, text)
    args: dict[str, object] = {"scheme": of.notation}
    if would_be:
        args |= {"near": would_be, "found": text[-len(would_be) :]}
    return unreadable("identifier-check-digits", written, args=args)


def plain(text: str) -> str:
    """A text with full-width letters and digits made plain ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def _spelled(text: str, of: Scheme) -> str | None:
    text = plain(text)
    named = of.own.by_address(text) or of.own.by_name(text)
    return (spelling(named[1], of) if named else None) or spelling(text, of)


def _spellings(text: str, bare: str, of: Scheme, *, strict: bool) -> Iterator[str]:
    """The identifier, also without what parts it, in capitals, in small letters, as it is laid out."""
    yield from cases(text, bare)
    if _may_be_laid_out(bare, of, strict=strict):
        yield of.laid_out(bare.upper())
    if not strict:
        yield bare.lstrip("0")
        yield "".join(text.split()).upper()


def laid_out(bare: str, of: Scheme, *, by_form: bool = False) -> str | None:
    """Letters and digits as the scheme lays them out, if that has its pattern."""
    found = of.laid_out(bare.upper()) if _may_be_laid_out(bare, of, strict=by_form) else ""
    return found if found and of.matches(found) else None


def _may_be_laid_out(bare: str, of: Scheme, *, strict: bool) -> bool:
    return bool(of.layout) and of.layout[-1][0] < len(bare) and (of.checked or not strict)


def cases(text: str, bare: str) -> tuple[str, ...]:
    """A text, and without what parts it, in capitals and in small letters."""
    return text, bare, text.upper(), bare.upper(), text.lower(), bare.lower()


def _refused(written: str, of: Scheme) -> str:
    """Say what is wrong with the form: the length, one character, or the whole."""
    notation = of.notation
    named = of.own.by_name(plain(written.strip()))
    text = (named[1] if named else plain(written.strip())).translate(SEPARATORS)
    text = text if of.places and any(p("a") for p in of.places) else text.upper()
    if of.places and text:
        least, most = of.least, len(of.places)
        if not least <= len(text) <= most:
            length = str(most) if least == most else f"{least}–{most}"
            args = {"scheme": notation, "length": len(text), "right": length}
            raise unreadable("identifier-length", written, args=args)
        for i, c in enumerate(text):
            if not of.places[i](c):
                args = {"scheme": notation, "character": c, "position": i + 1, "pattern": of.concept.pattern}
                raise unreadable("identifier-character", written, args=args)
    raise unreadable("identifier-pattern", written, args={"scheme": notation, "pattern": of.concept.pattern})
