"""Why a request failed, as far as its errors and answers tell."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOBODY_THERE: Final = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")


def seconds_of(after: str) -> float:
    """What ``Retry-After`` asks for: seconds, or a date (RFC 9110, section 10.2.3); nothing if it is neither.

    >>> seconds_of("120"), seconds_of("Wed, 21 Oct 2015 07:28:00 GMT"), seconds_of("soon")
    (120.0, 0.0, 0.0)
    """
    if after.strip().isascii() and after.strip().isdigit():
        return float(after.strip()[:12])
    try:
        return max(0.0, parsedate_to_datetime(after).timestamp() - time.time())
    except (ValueError, OverflowError):
        return 0.0


def is_nobody_there(error: BaseException) -> bool:
    """Whether no connection came about."""
    return any(type(seen).__name__ in _NOBODY_THERE for seen in _causes(error))


def took_too_long(error: BaseException) -> bool:
    """Whether nothing came in time, also in the middle of an answer."""
    import requests  # noqa: PLC0415 - only when a server is spoken to
    from urllib3.exceptions import ReadTimeoutError  # noqa: PLC0415 - as above

    kinds = requests.Timeout | ReadTimeoutError | TimeoutError
    return any(isinstance(seen, kinds) for seen in _causes(error))


def reason_of(error: BaseException) -> str:
    """What went wrong, from the innermost cause that the operating system or TLS names."""
    for seen in _causes(error):
        if isinstance(seen, OSError) and seen.strerror:
            return seen.strerror
    return type(error).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and those that led to it, which libraries keep in several places."""
    seen: BaseException | None = error
    for _ in range(10):
        if seen is None:
            return
        yield seen
        reason = getattr(seen, "reason", None)
        inner = next((a for a in seen.args if isinstance(a, BaseException)), None)
        seen = reason if isinstance(reason, BaseException) else inner or seen.__cause__ or seen.__context__
