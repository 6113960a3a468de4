"""Nothing in the repository is tied to one machine or one package registry."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Put together here, or this file would name them itself.
_REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
    )
]
_HOMES = ["/" + name + "/" for name in ("home", "root", "Users", "work", "tmp", "opt")]
_FORBIDDEN = re.compile(
    r"(?<![\w.-])(?:[\w.-]+\.)?(?:" + "|".join(map(re.escape, _REGISTRIES)) + r")"
    r"|(?:^|(?<=[\s\"'(=:]))(?:" + "|".join(map(re.escape, _HOMES)) + r")"
    r"|--(?:extra-)?index-url|--find-links"
)


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    """The path and text of every file that git has or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    own = "tests/packaging/test_portability.py"
    for name in sorted(set(listed.split("\0")) - {"", own}):
        if (root / name).is_file():
            yield name, (root / name).read_bytes().decode("utf-8", "replace")


def test_no_registry_and_no_path_of_a_machine_is_named(root: Path) -> None:
    found = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in _texts(root)
        for number, line in enumerate(text.splitlines(), 1)
        if _FORBIDDEN.search(line)
    ]
    assert found == []


def test_the_search_finds_what_it_is_for() -> None:
    for line in (
        f"see https://{_REGISTRIES[0]}/simple",
        f"curl files.{_REGISTRIES[1]}/x",
        f'path = "{_HOMES[0]}someone/x"',
        "--index-url x",
    ):
        assert _FORBIDDEN.search(line), line
    for line in ("docs/tmp/x", "https://kg.example/work/x", "examples/work/a.ttl"):
        assert not _FORBIDDEN.search(line), line


def test_every_locked_requirement_has_hashes_and_an_exact_version(root: Path) -> None:
    for lock in ("run.txt", "dev.txt"):
        text = (root / "requirements" / lock).read_text(encoding="utf-8")
        for entry in text.replace("\\\n", "").splitlines():
            assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry


def test_dev_holds_the_same_versions_as_run(root: Path) -> None:
    def versions(lock: str) -> dict[str, str]:
        text = (root / "requirements" / lock).read_text(encoding="utf-8")
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))

    run, dev = versions("run.txt"), versions("dev.txt")
    assert {name: dev.get(name) for name in run} == run
