"""Requests to a server: signing in, time limits, and what it says when it fails.

Every body is bytes or a file that can be sent again: with digest authentication a
generator would arrive empty, and be answered with 201. Redirects are not followed: they
turn a PUT into a GET.
"""

from __future__ import annotations

import html
import re
import time
from collections.abc import Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar
from urllib.parse import urlsplit

from kg.errors import ServerError, UsageError
from kg.messages import LANGUAGES, text
from kg.push.failed import is_nobody_there, reason_of, seconds_of, took_too_long
from kg.push.patience import patiently
from kg.push.secrets import redacted, variable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType
    from typing import Self

    import requests
    from requests.auth import AuthBase

    from kg.push.target import Target

T = TypeVar("T")
CONNECT_WITHIN: Final = 10
"""Seconds, and never more than an answer may take."""
ANSWER_WITHIN: Final = 900
"""Seconds, unless somebody says otherwise; a server may be silent while it takes in a large graph."""
NT: Final = "application/n-triples"
JSON: Final = "application/sparql-results+json"

_UNAUTHORIZED: Final = 401
_FORBIDDEN: Final = 403
_NO_RIGHTS: Final = re.compile(r"\bSR186\b|\bSR575\b|No permission")
"""What Virtuoso says with status 500 to those who may not write."""
_NOISE: Final = re.compile(r"(?is)<(style|script|title)\b.*?</\1>|<[^>]*>|SPARQL query:.*")
_READ_AT_MOST: Final = 20_000
_ANSWER_AT_MOST: Final = 1_000_000
"""Bytes; what is asked for is a number, or a few rows."""
_SAY_AT_MOST: Final = 300


class Body(Protocol):
    """A file that can be sent again from its start."""

    def __len__(self) -> int: ...  # noqa: D105
    def read(self, size: int = -1, /) -> bytes: ...  # noqa: D102
    def seek(self, offset: int, whence: int = 0, /) -> int: ...  # noqa: D102
    def tell(self) -> int: ...  # noqa: D102


class Client:
    """A session with the server of a target.

    ``requests`` counts those that were answered, ``bytes`` what their bodies held.
    """

    def __init__(self, target: Target) -> None:
        """Open no connection yet."""
        import requests  # noqa: PLC0415 - only when a server is spoken to

        self.target = target
        self.told: Callable[[float, ServerError], Any] = _nobody
        """Hears of each wait before something is tried again."""
        self.requests = self.bytes = 0
        self._session = requests.Session()
        # A proxy never leads to this machine.
        self._session.trust_env = not _is_loopback(target.store or target.update or target.query)
        self._auth: dict[str, AuthBase | Callable[..., Any]] = {}

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._session.close()

    def ask(
        self,
        method: str,
        url: str,
        *,
        body: bytes | Mapping[str, str] | Body | None = None,
        headers: Mapping[str, str] | None = None,
        wanted: Sequence[int] = (200,),
        stream: bool = False,
    ) -> requests.Response:
        """Send a request and give the answer; what may pass is tried again, see ``patience``.

        Raises ``ServerError`` if there is none, or its status is not ``wanted``, with the server's words.
        """

        def read(response: requests.Response) -> requests.Response:
            return response

        return self.read(method, url, read, body=body, headers=headers, wanted=wanted, stream=stream)

    def read(  # noqa: PLR0913 - what can be said of a request
        self,
        method: str,
        url: str,
        understood: Callable[[requests.Response], T],
        *,
        body: bytes | Mapping[str, str] | Body | None = None,
        headers: Mapping[str, str] | None = None,
        wanted: Sequence[int] = (200,),
        stream: bool = False,
    ) -> T:
        """The same, and what ``understood`` makes of the answer; if it can't, that may pass, too."""

        def once() -> T:
            if body is not None and not isinstance(body, bytes | Mapping):
                body.seek(0)
            return understood(self._once(method, url, body, dict(headers or {}), wanted, stream=stream))

        return patiently(self.target.patience, self.target.seconds, once, self.told)

    def _once(
        self,
        method: str,
        url: str,
        body: bytes | Mapping[str, str] | Body | None,
        headers: dict[str, str],
        wanted: Sequence[int],
        *,
        stream: bool,
    ) -> requests.Response:
        import requests  # noqa: PLC0415 - only when a server is spoken to

        auth = self._signed(url)
        try:
            response = self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                auth=auth,
                timeout=(min(CONNECT_WITHIN, self.target.seconds), self.target.seconds),
                allow_redirects=False,
                stream=True,
            )
            for answered in (*response.history, response):  # digest asks twice
                self.requests += 1
                self.bytes += int(answered.request.headers.get("Content-Length", 0))
            if response.status_code in wanted:
                if not stream:
                    response._content = self._start(response, _ANSWER_AT_MOST)  # noqa: SLF001 - read with limits
                return response
            said = self._words(response)
        except (requests.RequestException, OSError) as error:
            raise self.lost(url, error) from error
        raise self._refused(url, response, said)

    def lost(self, url: str, error: BaseException) -> ServerError:
        """The error for a connection that failed or ended; its own text might show what may not be shown."""
        if took_too_long(error):
            seconds = f"{self.target.seconds:g}"
            reason = {at: text("push-too-long", {"seconds": seconds}, at) for at in LANGUAGES}
            return ServerError("push-timeout", url=redacted(url), seconds=seconds, reason=reason)
        args = {"reason": reason_of(error), "connected": not is_nobody_there(error)}
        return ServerError("push-no-answer", url=redacted(url), **args)

    def sign_in(self, url: str) -> None:
        """Learn how ``url`` wants requests to be signed, before anything large is sent to it.

        Raises ``ServerError`` if what is known does not do.
        """
        self._signed(url)

    def _signed(self, url: str) -> AuthBase | Callable[..., Any]:
        place = url.partition("?")[0]
        if place not in self._auth:
            self._auth[place] = self._chosen(place)
        return self._auth[place]

    def _chosen(self, place: str) -> AuthBase | Callable[..., Any]:
        """The way to sign in there; the server is asked where it has to say, or for the nonce of digest."""
        from requests.auth import HTTPBasicAuth, HTTPDigestAuth  # noqa: PLC0415 - as above

        secret, kind = self.target.secret, self.target.auth
        if kind in {"basic", "digest", "bearer"} and not secret:
            raise UsageError("push-no-secret", name=self.target.name, **_variables(self.target.name))
        if not secret or kind == "none":
            return _unsigned
        if not kind:
            kind = self._challenge(place)
        if kind == "digest":
            digest = HTTPDigestAuth(secret.user, secret.word)
            self._auth[place] = digest
            self.ask("GET", place, wanted=_ANY_BUT_401)
            return digest
        if kind == "basic":
            return HTTPBasicAuth(secret.user.encode(), secret.word.encode())
        return _bearer(secret.word) if kind == "bearer" else _unsigned

    def _challenge(self, place: str) -> str:
        """What ``place`` asks of strangers: ``basic``, ``digest``, ``bearer``, or "" for nothing."""
        self._auth[place] = _unsigned
        response = self.ask("GET", place, wanted=range(200, 600))
        asked = response.headers.get("WWW-Authenticate", "").lower()
        if response.status_code != _UNAUTHORIZED:
            return ""
        offered = [k for k in ("digest", "bearer", "basic") if re.search(rf"\b{k}\b", asked)]
        fits = [k for k in offered if (k == "bearer") != bool(self.target.secret.user)]
        if not fits:
            raise self._refused(place, response, asked)
        if fits[0] != "digest" and place.startswith("http:") and not _is_loopback(place):
            raise UsageError("push-in-the-clear", url=redacted(place))
        return fits[0]

    def _words(self, response: requests.Response) -> str:
        start = self._start(response, _READ_AT_MOST)
        response.close()
        words = html.unescape(_NOISE.sub(" ", start.decode("utf-8", "replace")))
        return self.target.secret.hidden_in(" ".join(words.split()))[:_SAY_AT_MOST]

    def _start(self, response: requests.Response, size: int) -> bytes:
        """So much of an answer, and no more; raises ``TimeoutError`` if it comes too slowly."""
        over = time.monotonic() + self.target.seconds
        start = b""
        for piece in response.iter_content(4096):
            start += piece
            if len(start) > size:
                response.close()
                break
            if time.monotonic() > over:
                raise TimeoutError
        return start

    def _refused(self, url: str, response: requests.Response, said: str) -> ServerError:
        status = response.status_code
        args: dict[str, Any] = {
            "url": redacted(url),
            "status": status,
            "said": said or response.reason or "-",
        }
        if status == _UNAUTHORIZED:
            code = "push-wrong-secret" if self.target.secret else "push-sign-in"
            return ServerError(code, **args, **_variables(self.target.name))
        if status == _FORBIDDEN or _NO_RIGHTS.search(said):
            return ServerError("push-no-rights", **args)
        if response.is_redirect:
            place = redacted(response.headers.get("Location", "-"))
            return ServerError("push-redirect", url=redacted(url), received=place)
        if "Retry-After" in response.headers:
            args["after"] = seconds_of(response.headers["Retry-After"])
        return ServerError("push-refused", **args)


def _nobody(_wait: float, _error: ServerError) -> None:
    """Nobody wants to know."""


_ANY_BUT_401: Final = tuple(s for s in range(200, 600) if s != _UNAUTHORIZED)


def _variables(name: str) -> dict[str, str]:
    return {what.lower(): variable(name, what) for what in ("USER", "PASSWORD", "TOKEN")}


def _unsigned(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Sign nothing; but for this, requests would send what ``.netrc`` holds."""
    return request


def _bearer(token: str) -> Callable[[requests.PreparedRequest], requests.PreparedRequest]:
    def sign(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    return sign


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
