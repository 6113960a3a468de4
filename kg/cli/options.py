"""Options that several commands share, and what they mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from kg.cli import console
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from contextlib import AbstractContextManager

    from kg.config import Config
    from kg.export.formats import Format
    from kg.model.types import Model
    from kg.reading.record import Source
    from kg.store import Store

Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE…", help="Facts (JSON Lines or JSON); - is stdin.", show_default=False),
]
Project = Annotated[
    Path | None,
    typer.Option(
        "--project", metavar="DIR", help="The folder with kg.toml.  [default: found upward from here]"
    ),
]
Language = Annotated[
    str | None, typer.Option("--lang", metavar="en|ko", help="Language of messages.  [default: the locale's]")
]
Mapping = Annotated[
    str,
    typer.Option(
        "--mapping",
        metavar="FILE",
        help="The mapping (YAML) of files of rows: CSV, TSV, JSON, JSON Lines, Excel, Parquet.",
        show_default=False,
    ),
]
Engine = Annotated[str, typer.Option("--engine", metavar="shacl|pyshacl|turbo", help="The SHACL engine.")]
Repair = Annotated[
    bool, typer.Option("--repair", help="Take what can only mean one thing for that, and say so.")
]
Cascade = Annotated[
    bool,
    typer.Option(
        "--cascade", help="Take out of other datasets what can't stand then, where it would be refused else."
    ),
]
TextOrJson = Annotated[str, typer.Option("--format", metavar="text|json", help="How to report.")]
Output = Annotated[
    str,
    typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is stdout.", show_default=False),
]


To = Annotated[
    str | None,
    typer.Option(
        "--to",
        "--format",
        metavar="FORMAT",
        help="turtle, trig, ntriples, nquads, jsonld, rdfxml.  [default: by its name, else turtle]",
    ),
]


def format_writer(to: str | None, output: str) -> Format:
    """The format that is asked for, else that of the output's name, else Turtle."""
    from kg.export.formats import writer_of  # noqa: PLC0415 - not needed for --help

    return writer_of(to or (output if output != "-" else "turtle"))


def noticed(store: Store | None) -> list[dict[str, object]]:
    """What was found and mended on opening a store, for JSON."""
    from kg.errors import Place  # noqa: PLC0415 - not needed for --help
    from kg.validation.finding import Finding  # noqa: PLC0415

    notices = store.notices if store else ()
    return [Finding(notice, Place("")).as_data(console.language()) for notice in notices]


def _settings(project: Path | None) -> Path | None:
    """The project's ``kg.toml``; None where there is no project and none is named."""
    from kg import config  # noqa: PLC0415 - not needed for --help

    if project is None:
        return config.find(Path.cwd())
    if not (project / config.FILE).is_file():
        raise UsageError("project-missing", received=str(project))
    return project / config.FILE


def configured(project: Path | None) -> Config:
    """The project's settings, or the defaults where there is no project."""
    from kg import config  # noqa: PLC0415 - not needed for --help

    found = _settings(project)
    return config.read(found) if found else config.Config()


def project_folder(project: Path | None) -> Path:
    """The folder of the project, whatever its settings say; raises ``UsageError`` where there is none."""
    found = _settings(project)
    if found is None:
        raise UsageError("project-needed")
    return found.parent


def in_project(project: Path | None) -> tuple[Path, Config]:
    """The folder of the project and its settings; raises ``UsageError`` where there is none."""
    config = configured(project)
    if config.path is None:
        raise UsageError("project-needed")
    return config.path.parent, config


def is_json(output_format: str) -> bool:
    """Whether a report is to be for a program; raises ``UsageError`` for what is neither text nor JSON."""
    if output_format not in {"text", "json"}:
        raise UsageError("report-format", received=output_format, allowed=("text", "json"))
    return output_format == "json"


def seconds(given: float) -> float:
    """A time limit; raises ``UsageError`` for what is none."""
    from kg.config import MOST_SECONDS  # noqa: PLC0415 - not needed for --help

    if not 0 < given <= MOST_SECONDS:
        raise UsageError("option-seconds", received=f"{given:g}", allowed=MOST_SECONDS)
    return given


def no_class(name: str, model: Model) -> UsageError:
    """What is said of a class that is not there: the nearest, or all there are."""
    from kg.values.nearest import choices  # noqa: PLC0415 - not needed for --help

    near, allowed = choices(name, model.classes)
    return UsageError("schema-class", received=name, near=near, allowed=allowed)


def facts_files(names: list[str], mapping: str, config: Config) -> list[str]:
    """The files that are named, and all facts files directly in the folders that are named.

    With a mapping also all files of rows, else those that kg.toml has a mapping for.
    """
    from kg.reading.foreign.source import ENDS  # noqa: PLC0415 - not needed for --help

    ends = tuple(ENDS) if mapping else (".jsonl", ".json")
    found: list[str] = []
    for name in names:
        path = Path(name)
        inside = (
            sorted(p for p in path.iterdir() if p.suffix.lower() in ends or config.mapping_of(p.name))
            if path.is_dir()
            else []
        )
        found += [str(p) for p in inside] if path.is_dir() else [name]
    return list(dict.fromkeys(found))


def modelled(config: Config) -> Model:
    """The model of the project; what somebody should look at in its files is said."""
    from kg import model  # noqa: PLC0415 - not needed for --help

    loaded = model.of_project(config)
    console.warn(loaded.warnings)
    return loaded


def sources(names: list[str], dataset: str, mapping: str, model: Model, config: Config) -> list[Source]:
    """Open facts files, or files of rows with their mapping, in the order given.

    The mapping is the one that is named, else the one that kg.toml has for the file's name. One file alone
    may be given the name of its dataset; several files of rows with one name are one dataset.
    """
    from kg.reading import foreign, read_source  # noqa: PLC0415 - not needed for --help
    from kg.reading.foreign.source import ENDS  # noqa: PLC0415
    from kg.reading.header import DATASET_BYTES, is_dataset  # noqa: PLC0415

    if dataset and not is_dataset(dataset):
        raise UsageError("option-dataset", received=dataset, limit=DATASET_BYTES)
    found: list[Source] = []
    by_mapping: dict[str, list[str]] = {}
    for name in names:
        by_mapping.setdefault(mapping or config.mapping_of(Path(name).name), []).append(name)
    if dataset and len(names) != 1 and (len(by_mapping) > 1 or "" in by_mapping):
        raise UsageError("dataset-of-one", received=dataset)
    for path, files in by_mapping.items():
        if not path:
            for name in files:
                _refuse_rdf(name)
                if ENDS.get(Path(name).suffix.lower(), "json") != "json":
                    raise UsageError("mapping-missing", file=name)
            found += [read_source(name, dataset=dataset) for name in files]
            continue
        how = foreign.read_mapping(path)
        if dataset or (how.header and "dataset" in how.header.data):
            found.append(foreign.read_together(files, how, model, dataset=dataset))
        else:
            found += [foreign.read_foreign(name, how, model) for name in files]
    return found


def _refuse_rdf(name: str) -> None:
    """Raise ``UsageError`` for a file that is RDF by its name: it holds no facts to be read."""
    from kg.rdf_io.syntaxes import SYNTAXES  # noqa: PLC0415 - not needed for --help

    ending = Path(name).suffix.lower()
    label = next((syntax.label for syntax in SYNTAXES if ending in syntax.extensions), "")
    if label:
        raise UsageError("facts-rdf", file=name, syntax=label)


def repaired(found: list[Source], model: Model, *, wanted: bool) -> list[Source]:
    """Facts files, their records repaired if that is wanted."""
    from kg.mapping.repair import repaired as repaired_source  # noqa: PLC0415 - not needed for --help

    return [repaired_source(source, model) for source in found] if wanted else found


def opened_store(folder: Path, *, write: bool, mend: bool = False, not_taken: bool = False) -> Store:
    """The store of a project, to be closed; what was found and mended on opening it is said.

    With ``not_taken`` also what is wrong with the files of records that were not taken.
    """
    from kg.store import Store  # noqa: PLC0415 - only where there is a store

    store = Store.open(folder, write=write, mend=mend)
    store.notices += store.distrusted() if not_taken else ()
    console.warn(store.notices)
    return store


def store_to_read(config: Config) -> Store:
    """The store of the project, for reading; to be closed."""
    if config.path is None:
        raise UsageError("query-project")
    return opened_store(config.path.parent, write=False)


def written_to(name: str, inputs: Collection[str] = ()) -> AbstractContextManager[BinaryIO]:
    """Where output goes: a file that appears whole or not at all, a device, or stdout.

    Raises ``UsageError`` for a file that can't be written, or that is one of the inputs.
    """
    from kg.cli import output  # noqa: PLC0415 - not needed for --help

    return output.opened(name, inputs)


def reported(name: str = "-", inputs: Collection[str] = ()) -> AbstractContextManager[BinaryIO, bool]:
    """The same, of a command that has more to do or to say: it goes on if nobody reads stdout to its end."""
    from kg.cli import output  # noqa: PLC0415 - not needed for --help

    return output.reported(name, inputs)


def print_lines(lines: Iterable[str], name: str = "-") -> None:
    """Write lines of text to stdout, or where output goes."""
    with written_to(name) as out:
        out.writelines(_encoded(lines))


def report_lines(lines: Iterable[str]) -> None:
    """The same, of a command that has more to do or to say."""
    with reported() as out:
        out.writelines(_encoded(lines))


def report_json(data: object) -> None:
    """Write what a program reads to stdout; the command goes on if nobody reads it."""
    import json  # noqa: PLC0415 - not needed for --help

    report_lines([json.dumps(data, ensure_ascii=False, indent=2)])


def _encoded(lines: Iterable[str]) -> Iterator[bytes]:
    return (f"{line}\n".encode("utf-8", "backslashreplace") for line in lines)
