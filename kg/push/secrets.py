"""User names, passwords and tokens: where they come from, and that none is ever shown.

They come from the environment, from a file that ``kg.toml`` names, or from ``.netrc``; never from a
command line, where every user of the machine could read them, and never from a URL.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus, urlsplit, urlunsplit

from kg.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN: Final = "•••"


@dataclass(frozen=True, slots=True)
class Secret:
    """Who signs in, with what; without a user, ``word`` is a token. Its ``repr`` shows neither."""

    user: str = field(default="", repr=False)
    word: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        """Whether there is anything to sign in with."""
        return bool(self.word)

    def hidden_in(self, text: str) -> str:
        """``text`` without the password or token, however it is written in it.

        >>> Secret("loader", "s3cret/x").hidden_in("no s3cret/x, no s3cret%2Fx")
        'no •••, no •••'
        """
        if not self.word:
            return text
        for form in sorted(self._forms(), key=len, reverse=True):
            text = text.replace(form, HIDDEN)
        return text

    def _forms(self) -> set[str]:
        """What it may look like in an answer: as it is, in a header, a URL, JSON."""
        import base64  # noqa: PLC0415 - only when a server is spoken to
        import json  # noqa: PLC0415 - as above

        word = self.word
        pairs = (f"{self.user}:{word}", word)
        return {
            word,
            " ".join(word.split()),
            *(base64.b64encode(p.encode()).decode() for p in pairs),
            *(quoted(word, safe=safe) for quoted in (quote, quote_plus) for safe in ("", "/")),
            *(json.dumps(word, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)),
        }


def variable(name: str, what: str) -> str:
    """The name of an environment variable; without a target's name that of a URL given by hand.

    >>> variable("my-server", "PASSWORD"), variable("", "TOKEN")
    ('KG_TARGET_MY_SERVER_PASSWORD', 'KG_PUSH_TOKEN')
    """
    middle = f"TARGET_{re.sub(r'[^A-Z0-9]', '_', name.upper())}" if name else "PUSH"
    return f"KG_{middle}_{what}"


def find_secret(name: str, url: str, user: str = "", file: Path | None = None) -> Secret:
    """The secret for a target or a URL: environment, then the file, then ``.netrc``.

    The file holds a token, or a password if ``user`` is given, or ``user:password``. Raises ``UsageError`` if
    it can't be read.
    """
    password = os.environ.get(variable(name, "PASSWORD"), "")
    token = os.environ.get(variable(name, "TOKEN"), "")
    if password:
        return Secret(os.environ.get(variable(name, "USER"), user), password)
    if token:
        return Secret("", token)
    if file is not None:
        try:
            text = file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "UTF-8"
            raise UsageError("push-secret-file", file=str(file), reason=reason) from error
        if user or ":" not in text:
            return Secret(user, text)
        owner, _, word = text.partition(":")
        return Secret(owner, word)
    from requests.utils import get_netrc_auth  # noqa: PLC0415 - only when a server is spoken to

    found = get_netrc_auth(url)
    return Secret(found[0] or "", found[1] or "") if found else Secret()


def redacted(url: str) -> str:
    """A URL as messages show it: without what may be a user and a password, and the values of its query.

    >>> redacted("https://me:pw@host:7200/repositories/x?apikey=123"), redacted("http://me:p/?w@host/")
    ('https://host:7200/repositories/x?…', 'http://host/')
    """
    scheme, mark, rest = url.partition("://")
    try:
        parts = urlsplit(f"{scheme}{mark}{rest.rpartition('@')[2]}")
    except ValueError:
        return HIDDEN
    return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query and "…", ""))
