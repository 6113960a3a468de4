"""Passwords and tokens: where they come from, who gets them, and that nobody else ever sees them."""

from __future__ import annotations

import base64
import sys
import traceback
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from kg.config import read
from kg.errors import KgError, ServerError, UsageError
from kg.push import find_target, push
from kg.push import http as pushing_http
from kg.store import Store
from tests.command import run
from tests.push.scripted import Heard, Said, Scripted
from tests.store.graphs import big, default_graph, load

if TYPE_CHECKING:
    from pathlib import Path

    from kg.config import Config

CANARY = "c4nary/s3cret ä"
LINE = '<https://data.example.org/s> <https://data.example.org/p> "x" .'
FORMS = (CANARY, quote(CANARY, safe=""), quote(CANARY), base64.b64encode(f"me:{CANARY}".encode()).decode())


def config(folder: Path, url: str, more: str = "") -> Config:
    (folder / "kg.toml").write_text(
        f'format = 1\n[targets.mine]\nquery = "{url}/query"\nupdate = "{url}/update"\nstore = "{url}/store"\n{more}\n',
        "utf-8",
    )
    return read(folder / "kg.toml")


def authorizations(scripted: Scripted) -> set[str]:
    return {h.headers.get("Authorization", "") for h in scripted.heard}


def basic(user: str, word: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{word}".encode()).decode()


def as_if_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server on another machine, without a proxy on the way."""
    monkeypatch.setattr(pushing_http, "_is_loopback", lambda _url: False)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def once(folder: Path, scripted: Scripted, more: str) -> None:
    scripted.count, scripted.contents = 1, LINE + "\n"
    push(find_target("mine", config(folder, scripted.url, more)), lambda: [LINE])


def test_basic_from_the_environment(
    tmp_path: Path, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_TARGET_MINE_USER", "me")
    monkeypatch.setenv("KG_TARGET_MINE_PASSWORD", CANARY)
    once(tmp_path, scripted, 'auth = "basic"')
    assert authorizations(scripted) == {basic("me", CANARY)}


def test_a_token_from_a_file(tmp_path: Path, scripted: Scripted) -> None:
    (tmp_path / "token").write_text("t0ken\n", "utf-8")
    once(tmp_path, scripted, 'auth = { kind = "bearer", file = "token" }')
    assert authorizations(scripted) == {"Bearer t0ken"}


def test_a_password_from_a_file(tmp_path: Path, scripted: Scripted) -> None:
    (tmp_path / "word").write_text(f"{CANARY}:x\n", "utf-8")
    once(tmp_path, scripted, 'auth = { kind = "basic", user = "me", file = "word" }')
    assert authorizations(scripted) == {basic("me", f"{CANARY}:x")}


def test_netrc(tmp_path: Path, scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password s3cret\n", "utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    once(tmp_path, scripted, 'auth = "basic"')
    assert authorizations(scripted) == {basic("me", "s3cret")}
    scripted.heard.clear()
    as_if_far_away(monkeypatch)
    once(tmp_path, scripted, 'auth = "none"')
    assert authorizations(scripted) == {""}


def test_who_does_not_ask_for_a_password_gets_none(
    tmp_path: Path, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_TARGET_MINE_PASSWORD", CANARY)
    once(tmp_path, scripted, "")
    assert authorizations(scripted) == {""}


def ask_for_basic(heard: Heard) -> Said | None:
    challenge = {"WWW-Authenticate": 'Basic realm="here"'}
    return None if "Authorization" in heard.headers else Said(401, "who are you?", challenge)


def test_what_the_server_asks_for(
    tmp_path: Path, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_TARGET_MINE_USER", "me")
    monkeypatch.setenv("KG_TARGET_MINE_PASSWORD", CANARY)
    scripted.answer = ask_for_basic
    once(tmp_path, scripted, "")
    assert CANARY not in repr(find_target("mine", read(tmp_path / "kg.toml")))
    assert authorizations(scripted) == {"", basic("me", CANARY)}


def test_not_in_the_clear_over_a_network(
    tmp_path: Path, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_TARGET_MINE_USER", "me")
    monkeypatch.setenv("KG_TARGET_MINE_PASSWORD", CANARY)
    as_if_far_away(monkeypatch)
    scripted.answer = ask_for_basic
    with pytest.raises(UsageError) as caught:
        once(tmp_path, scripted, "")
    assert caught.value.code == "push-in-the-clear"
    assert authorizations(scripted) == {""}
    once(tmp_path, scripted, 'auth = "basic"')


def test_nothing_to_sign_in_with(tmp_path: Path, scripted: Scripted) -> None:
    with pytest.raises(UsageError, match="nothing to sign in with"):
        once(tmp_path, scripted, 'auth = "digest"')


@pytest.mark.parametrize(
    "url",
    [
        f"http://me:{quote(CANARY, safe='')}@127.0.0.1:7878/",
        f"https://{quote(CANARY)}@h/",
        "http://a@b@c:d/",
        "http://me:c4nary?s3cret@h/",
    ],
)
def test_a_url_with_a_password_is_refused_and_not_shown(url: str) -> None:
    done = run(["push", url, "--data", "x.nt"])
    assert done.exit_code == 2
    assert "may not hold" in done.stderr
    assert not [form for form in (*FORMS, "c4nary", "a@b") if form in done.stderr]


def test_nobody_sees_it(tmp_path: Path, scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even when the server repeats all that it hears, wherever it fails."""
    monkeypatch.setenv("KG_TARGET_MINE_USER", "me")
    monkeypatch.setenv("KG_TARGET_MINE_PASSWORD", CANARY)
    monkeypatch.setenv("KG_DEBUG", "1")
    (tmp_path / "data.nt").write_text(LINE + "\n", "utf-8")
    config(tmp_path, scripted.url, 'auth = "basic"')
    for bad in ("GET", "POST", "PUT"):
        for status in (200, 301, 400, 401, 403, 500):

            def repeat(heard: Heard, bad: str = bad, status: int = status) -> Said | None:
                said = f"{' '.join(FORMS)} {heard.headers}"
                return (
                    Said(status, said, {"Location": "/x", "X-Error": FORMS[1]})
                    if heard.method == bad
                    else None
                )

            scripted.answer = repeat
            done = run(["push", "mine", "--project", str(tmp_path), "--data", str(tmp_path / "data.nt")])
            assert done.exit_code in {0, 4}
            assert not [form for form in FORMS if form in done.stderr + done.stdout.decode()], (bad, status)
            with pytest.raises(KgError) as caught:
                _ = push(find_target("mine", read(tmp_path / "kg.toml")), lambda: [LINE])
            told = "".join(traceback.format_exception(caught.value))
            assert not [form for form in FORMS if form in told], (bad, status)


@pytest.mark.parametrize("fails", [False, True])
def test_nobody_finds_it_in_the_project(
    tmp_path: Path, scripted: Scripted, monkeypatch: pytest.MonkeyPatch, *, fails: bool
) -> None:
    """Neither the password nor what a URL holds besides is in any file, argument or output."""
    monkeypatch.setenv("KG_TARGET_MINE_USER", "me")
    monkeypatch.setenv("KG_TARGET_MINE_PASSWORD", CANARY)
    key = "c4naryk3y"
    config(tmp_path, scripted.url, f'auth = "basic"\n[targets.other]\nquery = "{scripted.url}/q?key={key}"')
    settings = tmp_path / "kg.toml"
    settings.write_text(settings.read_text("utf-8").replace('/store"', f'/store?key={key}"'), "utf-8")
    wanted = big(3)
    with Store.open(tmp_path, write=True) as store:
        load(store, "a", wanted)
    lines = sorted(default_graph({"a": wanted}))
    scripted.count, scripted.contents = len(lines), "".join(f"{line}\n" for line in lines)
    if fails:
        scripted.answer = lambda heard: Said(500, str(heard.headers)) if heard.method == "PUT" else None
    done = run(["push", "mine", "--project", str(tmp_path), "--format", "json"])
    assert done.exit_code == (4 if fails else 0), done.stderr
    (ledger,) = (tmp_path / ".kg/push").glob("*.journal")
    assert b"pushed" in ledger.read_bytes() or fails
    written = [p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p != settings]
    names = [str(path).encode() for path in tmp_path.rglob("*")]
    for text in (*written, *names, done.stdout, done.stderr.encode(), " ".join(sys.argv).encode()):
        assert not [form for form in (*FORMS, key) if form.encode() in text]


def test_nobody_sees_it_when_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TARGET_MINE_PASSWORD", CANARY)
    with pytest.raises(ServerError) as caught:
        find_target("mine", config(tmp_path, "http://127.0.0.1:1", 'auth = "basic"'))
    assert CANARY not in "".join(traceback.format_exception(caught.value))
