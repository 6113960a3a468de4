"""An RDF file in a stream gives what it gives when it is held as a whole, and is told to be wrong in the same words."""

from __future__ import annotations

import os
import threading
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from kg.errors import InputError
from kg.rdf_io import RdfStream, read_rdf

if TYPE_CHECKING:
    from pathlib import Path

LINE = '<http://x.example/s{0}> <http://x.example/p> "words {0}" .\n'
RIGHT = {
    "a.nt": "".join(map(LINE.format, (2, 1, 2))),
    "marked.nt": "\ufeff" + LINE.format(1),
    "blank.ttl": "[] <http://x/p> [ <http://x/q> 1.50 ] . <http://x/a> a <http://x/C> ; <http://x/p> 'x'@EN .",
    "base.ttl": "\ufeff@base <http://x/> . <a> <b> <c> .",
    "graphs.nq": "<http://x/a> <http://x/b> <http://x/c> <http://x/g> .\n<http://x/a> <http://x/b> 'd' .\n".replace(
        "'", '"'
    ),
    "graphs.trig": "<http://x/g> { <http://x/a> <http://x/b> <http://x/c> } <http://x/h> { <http://x/a> <http://x/b> 1 }",
    "empty.nt": "",
    "only-a-comment.ttl": "# nothing\n",
    "x.jsonld": '{"@id": "http://x/a", "http://x/p": [1, 2]}',
    "x.rdf": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:List r:about="http://x/a"/></r:RDF>',
}
WRONG = {
    "syntax.nt": LINE.format(1) + "<http://x/a> <http://x/b> nothing .\n",
    "relative.ttl": "<http://x/a> <http://x/b> <http://x/c> .\n<http://x/a> <http://x/b> <relative> .",
    "relative.nt": "<a> <http://x/b> <http://x/c> .\n",
    "marked.nt": "\ufeff<a> <http://x/b> <http://x/c> .\n",
    "cut.nq": LINE.format(1) + "<http://x/a> <http://x/b> ",
    "newer.ttl": "<http://x/a> <http://x/b> <<( <http://x/a> <http://x/b> 1 )>> .",
    "bytes.nt": b'<http://x/a> <http://x/b> "\xff" .\n',
    "x.jsonld": '{"@context": "https://x.example/context", "@id": "http://x/a"}',
    "none.nt": None,
}


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("default_only", [False, True])
@pytest.mark.parametrize("name", RIGHT)
def test_the_lines_are_those_of_the_file_held_as_a_whole(
    tmp_path: Path, name: str, *, default_only: bool
) -> None:
    path = put(tmp_path, name, RIGHT[name])
    whole, stream = read_rdf(path, default_only=default_only), RdfStream(path, default_only=default_only)
    for _ in range(2):
        assert sorted(set(stream)) == list(whole.lines)
        assert stream.notes == whole.notes


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_in_the_same_words(tmp_path: Path, name: str) -> None:
    text = WRONG[name]
    path = tmp_path / name if text is None else put(tmp_path, name, text)
    with pytest.raises(InputError) as held:
        read_rdf(path)
    with pytest.raises(InputError) as streamed:
        list(RdfStream(path, default_only=False))
    assert (streamed.value.code, streamed.value.args_shown) == (held.value.code, held.value.args_shown)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for count in (2_000, 20_000):
        path = put(tmp_path, f"{count}.nt", "".join(map(LINE.format, range(count))))
        tracemalloc.start()
        assert sum(1 for _ in RdfStream(path, default_only=True)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 100_000, "the larger file has 1.1 MB more"


def test_what_must_be_held_as_a_whole_may_not_be_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.rdf_io.stream.WHOLE_AT_MOST", 30)
    for name in ("x.jsonld", "x.rdf"):
        with pytest.raises(InputError) as caught:
            list(RdfStream(put(tmp_path, name, RIGHT[name]), default_only=True))
        assert (caught.value.code, caught.value.args_shown["limit"]) == ("rdf-too-large", 30)
    assert len(list(RdfStream(put(tmp_path, "a.nt", RIGHT["a.nt"]), default_only=True))) == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "pipe.nt"
    os.mkfifo(path)
    threading.Thread(target=path.write_text, args=(RIGHT["a.nt"], "utf-8"), daemon=True).start()
    assert len(list(RdfStream(path, default_only=True))) == 3
