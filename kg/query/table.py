"""Tables for a terminal: plain text whose columns line up, wide letters (Hangul, Han, kana) too."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from kg.messages import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GAP: Final = 2
_NARROWEST: Final = 10
"""A column is not made narrower than this by wrapping; else a row becomes lines, one for each column."""
_BREAKS: Final = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_NOTHING: Final = frozenset(("Mn", "Me", "Cf"))
_NO_LIMIT: Final = 1 << 30


def width(text: str) -> int:
    """The number of columns that a text takes on a terminal.

    >>> width("SoftBank"), width("소프트뱅크"), width("é")
    (8, 10, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_width(c) for c in text)


def _width(c: str) -> int:
    if unicodedata.category(c) in _NOTHING:
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def safe(text: str) -> str:
    r"""A text on one line that can do nothing to a terminal.

    >>> safe("two\nlines \x1b[2J")
    'two lines \\x1b[2J'
    """
    return harmless(_BREAKS.sub(" ", text), _NO_LIMIT)


def lines(
    headings: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool], at_most: int = 0
) -> Iterator[str]:
    r"""The lines of a table, fitted to ``at_most`` columns of a terminal if that is not 0.

    >>> print("\n".join(lines(["who", "low"], [["소프트뱅크", "15"], ["OpenAI", "7"]], [False, True])))
    who         low
    ----------  ---
    소프트뱅크   15
    OpenAI        7
    """
    cells = [[safe(cell) for cell in row] for row in rows]
    heads = [safe(h) for h in headings]
    wide = [max(map(width, column)) for column in zip(heads, *cells, strict=True)]
    fitted = _fitted(wide, at_most)
    if fitted is None:
        yield from _one_below_the_other(heads, cells)
        return
    yield from _row(heads, fitted, numeric)
    yield (" " * _GAP).join("-" * w for w in fitted)
    for row in cells:
        yield from _row(row, fitted, numeric)


def _fitted(wide: list[int], at_most: int) -> list[int] | None:
    """Widths of columns that fit, the widest made narrower first; None if they can't."""
    room = at_most - _GAP * (len(wide) - 1)
    if not at_most or sum(wide) <= room:
        return wide
    if sum(min(w, _NARROWEST) for w in wide) > room:
        return None
    fitted = list(wide)
    while sum(fitted) > room:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _row(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> Iterator[str]:
    taken = [width(cell) for cell in cells]
    if all(has <= w for has, w in zip(taken, widths, strict=True)):
        yield _on_one_line(cells, taken, widths, numeric)
        return
    columns = [_wrapped(cell, w) for cell, w in zip(cells, widths, strict=True)]
    for number in range(max((len(c) for c in columns), default=0)):
        parts = []
        for pieces, w, right in zip(columns, widths, numeric, strict=True):
            piece = pieces[number] if number < len(pieces) else ""
            space = " " * (w - width(piece))
            parts.append(space + piece if right else piece + space)
        yield (" " * _GAP).join(parts).rstrip()


def _on_one_line(
    cells: Sequence[str], taken: Sequence[int], widths: Sequence[int], numeric: Sequence[bool]
) -> str:
    parts = []
    for cell, has, w, right in zip(cells, taken, widths, numeric, strict=True):
        space = " " * (w - has)
        parts.append(space + cell if right else cell + space)
    return (" " * _GAP).join(parts).rstrip()


def _wrapped(text: str, at_most: int) -> list[str]:
    """A text cut into pieces that fit, at spaces where there are some.

    >>> _wrapped("Samsung Electronics", 10), _wrapped("소프트뱅크", 4)
    (['Samsung', 'Electronic', 's'], ['소프', '트뱅', '크'])
    """
    pieces, piece, taken, last_space = [], "", 0, 0
    for c in text:
        w = _width(c)
        if taken + w > at_most and piece:
            cut = last_space or len(piece)
            pieces.append(piece[:cut].rstrip())
            piece = piece[cut:].lstrip() + c
            taken, last_space = width(piece), 0
            last_space = piece.rfind(" ") + 1
            continue
        piece += c
        taken += w
        if c == " ":
            last_space = len(piece)
    return [*pieces, piece]


def _one_below_the_other(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widest = max(map(width, heads))
    for number, row in enumerate(rows):
        if number:
            yield ""
        for head, cell in zip(heads, row, strict=True):
            if cell:
                yield f"{head}{' ' * (widest - width(head))}  {cell}"
