"""``kg read``: values as people write them, read, explained and said again."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console, options
from kg.errors import DOES_NOT_CONFORM, DONE, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.values.kinds import Beside

KINDS = "money, number, percent, quantity, date, duration, identifier, url, language, country, names"


def read(  # noqa: PLR0913, PLR0917 - these are its options
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"{KINDS}.", show_default=False)],
    texts: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXT…", help="What to read; - is stdin, one a line.", show_default=False),
    ] = None,
    file: Annotated[
        str, typer.Option(metavar="FILE", help="Read the lines of a file.", show_default=False)
    ] = "",
    reference: Annotated[
        str, typer.Option(metavar="DATE", help="What “last year” counts from.", show_default=False)
    ] = "",
    language: Annotated[
        str, typer.Option(metavar="TAG", help="The language of the texts.", show_default=False)
    ] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Say what each word was taken for.")] = False,
    say: Annotated[
        str | None,
        typer.Option(metavar="en|ko", help="Language of the normal form.  [default: that of messages]"),
    ] = None,
    output_format: Annotated[
        str, typer.Option("--format", metavar="text|json|jsonl|csv", help="How to report.")
    ] = "text",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Read values as people write them: amounts, dates, identifiers, countries and the like.

    One row comes out for each text, in the same order; what can't be read is said in its row.
    The books go to stderr.
    """
    from kg.report import readings  # noqa: PLC0415 - not needed for --help

    if lang:
        console.choose_language(lang)
    write = readings.writer(output_format)
    if bool(texts) == bool(file):
        raise UsageError("read-what")
    beside = _beside_values(kind, language, reference, project)
    how = readings.How(kind, beside, _spoken(say), console.language(), explain=explain)
    books = readings.Books()
    with options.written_to("-") as out:
        for piece in write(readings.rows(_texts(texts or [], file), how, books), how):
            out.write(piece.encode("utf-8", "backslashreplace"))
    if books.read > 1:
        console.say("read-books", asdict(books))
    raise typer.Exit(DOES_NOT_CONFORM if books.unreadable else DONE)


def _beside_values(kind: str, language: str, reference: str, project: Path | None) -> Beside:
    """What is known beside a text: its language (else that of the project), the day, the schemes."""
    from kg.language_tags import is_tag, meant  # noqa: PLC0415 - not needed for --help
    from kg.values import kinds  # noqa: PLC0415
    from kg.values.lexicon import Lexicon  # noqa: PLC0415

    kinds.kind(kind)
    if language and not is_tag(language):
        raise UsageError("option-language", received=language, near=meant(language))
    if reference and not kinds.is_day(reference):
        raise UsageError("option-reference", received=reference)
    config = options.configured(project)
    schemes = kinds.schemes(options.modelled(config)) if kind in kinds.OF_THE_MODEL else ()
    tag = language or (config.languages[0] if config.languages else "")
    return kinds.Beside(tag, reference or None, schemes, Lexicon.load(config.vocabulary), config.date_order)


def _spoken(say: str | None) -> str:
    """The language of a normal form; raises ``UsageError`` if values are not said in it."""
    from kg.messages import LANGUAGES  # noqa: PLC0415 - not needed for --help

    if say is not None and say not in LANGUAGES:
        raise UsageError("language-unknown", received=say, allowed=LANGUAGES)
    return say or console.language()


def _texts(given: list[str], file: str) -> Iterable[str]:
    """The texts that are given, or the lines of a file or of stdin as they come in."""
    from kg.reading.texts import texts as lines  # noqa: PLC0415 - not needed for --help

    return lines(file or "-") if file or given == ["-"] else given
