"""Which encoding a text file has: by its mark, by what it holds; never by the machine's own settings."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.reading.content import Content

MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SAMPLE: Final = 1 << 20
"""Bytes that are looked at to tell encodings of one language from another's."""
MOSTLY: Final = 5
"""A file with so many good letters for each bad byte is UTF-8 that was damaged."""
LOOKED_AT: Final = 4096
SHARE: Final = 0.5
MOST: Final = 0.8
"""In Korean and Chinese letters have two bytes beyond ASCII; in the West one stands alone among others."""
_HIGH: Final = re.compile(rb"[\x80-\xff]+")
NO_FILES: Final = frozenset(
    {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"}
)
"""What Python calls an encoding, but no file is written in."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding and how it is known."""

    name: str
    guessed: bool = False
    """Whether it is a guess that somebody should look at."""


def declared(name: str, content: Content) -> Encoding:
    """An encoding that a mapping names; raises ``InputError`` for one that there is not."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError) as error:
        raise InputError("encoding-unknown", file=content.name, received=name) from error
    if not getattr(info, "_is_text_encoding", True) or info.name in NO_FILES:
        raise InputError("encoding-unknown", file=content.name, received=name)
    return Encoding(info.name.replace("utf-8-sig", "utf-8"))


def detected(content: Content) -> Encoding:
    """The encoding of a file: one pass over its bytes.

    UTF-8 and UTF-16 are certain. Else it is the encoding in which most of the letters that are not ASCII
    make sense as Korean or Japanese, or else Windows-1252: a guess.
    """
    head = next(content.chunks(raw=True), b"")
    for mark, name in MARKS:
        if head.startswith(mark):
            return Encoding(name)
    if name := _unmarked_utf_16(head[:LOOKED_AT]):
        return Encoding(name)
    good, bad, sample = _utf_8(content)
    if not bad or good >= MOSTLY * bad:
        return Encoding("utf-8")
    return Encoding(_legacy(sample), guessed=True)


def _unmarked_utf_16(head: bytes) -> str:
    """UTF-16 without a mark, or "": lines and delimiters are ASCII, which has its NUL on one side."""
    if 0 not in head:
        return ""
    head = head[: len(head) // 2 * 2]
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = codecs.getincrementaldecoder(name)().decode(head)
        except UnicodeDecodeError:
            continue
        controls = any(c < " " and c not in "\t\r\n" for c in text)
        delimited = not {*"\t,;|"}.isdisjoint(text) or head.count(0) * 3 > len(head)
        if not controls and delimited and not {*"\r\n"}.isdisjoint(text):
            return name
    return ""


def _utf_8(content: Content) -> tuple[int, int, bytes]:
    """How many letters beyond ASCII are good UTF-8, how many bytes are not, and the first lines with any."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    good = bad = 0
    sample = bytearray()
    for chunk in content.chunks():
        if not chunk.isascii() and len(sample) < SAMPLE:
            sample += b"\n".join(line for line in chunk.splitlines() if not line.isascii())[:SAMPLE]
        text = decoder.decode(chunk)
        if text.isascii():
            continue
        beyond = len(text) - len(text.encode("ascii", "ignore"))
        wrong = len(text) - len(text.encode("utf-8", "ignore").decode("utf-8"))
        bad += wrong
        good += beyond - wrong
    return good, bad + len(decoder.decode(b"", final=True)), bytes(sample)


def _legacy(sample: bytes) -> str:
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("cp949", lambda c: "\uac00" <= c <= "\ud7a3"),
        ("cp932", lambda c: "\u3040" <= c <= "\u30ff"),
        ("gb18030", lambda c: "\u4e00" <= c <= "\u9fff"),
    )
    if len(sample) >= SAMPLE:  # the last letter may be cut in two
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    high = _HIGH.findall(sample)
    in_runs = sum(len(run) > 1 for run in high)
    for name, sense in tests:
        text = sample.decode(name, "replace")
        letters = [c for c in text if not c.isascii()]
        makes_sense = sum(map(sense, letters))
        together = name == "cp932" or in_runs >= MOST * len(high)
        if letters and together and makes_sense >= SHARE * len(letters) and "\ufffd" not in text:
            return name
    return "cp1252" if not any(bytes([b]) in sample for b in (0x81, 0x8D, 0x8F, 0x90, 0x9D)) else "latin-1"


def texts(content: Content, encoding: Encoding) -> Iterator[str]:
    """The text of a file in pieces; bytes that are not of the encoding become surrogates, one each.

    Raises ``InputError`` for UTF-16 and UTF-32 that can't be decoded, where one bad byte spoils the rest.
    """
    wide = encoding.name.startswith(("utf-16", "utf-32"))
    decoder = codecs.getincrementaldecoder(encoding.name)("strict" if wide else "surrogateescape")
    try:
        for chunk in content.chunks(raw=wide):
            if text := decoder.decode(chunk):
                yield text
        if text := decoder.decode(b"", final=True):
            yield text
    except UnicodeDecodeError as error:
        raise InputError("encoding-broken", file=content.name, encoding=encoding.name.upper()) from error
