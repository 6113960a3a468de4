"""An answer read piece by piece, so that a large graph is never held whole."""

from __future__ import annotations

import time
from math import inf
from typing import TYPE_CHECKING

from kg.errors import ServerError
from kg.push.secrets import redacted

if TYPE_CHECKING:
    import requests

    from kg.push.http import Client


class Answer:
    """The body of an answer as a file; a connection that ends too early is a ``ServerError``."""

    def __init__(self, client: Client, url: str, response: requests.Response, most: int = 0) -> None:
        """Read nothing yet; ``most`` bytes in all, and no longer than an answer may take, if it is not 0."""
        self._most = most
        self._over = time.monotonic() + client.target.seconds if most else inf
        self._read = 0
        self._client = client
        self._url = url
        self._response = response

    def read(self, size: int = -1) -> bytes:
        """The next bytes, unpacked."""
        import requests  # noqa: PLC0415 - loaded already
        from urllib3.exceptions import HTTPError  # noqa: PLC0415 - as above

        try:
            piece: bytes = self._response.raw.read(size if size > 0 else None, decode_content=True)
        except (HTTPError, requests.RequestException, OSError) as error:
            raise self._client.lost(self._url, error) from error
        self._read += len(piece)
        if self._most and self._read > self._most:
            raise ServerError("push-answer-large", url=redacted(self._url), allowed=self._most)
        if time.monotonic() > self._over:
            raise self._client.lost(self._url, TimeoutError())
        return piece

    def close(self) -> None:
        """Give the connection back."""
        self._response.close()
