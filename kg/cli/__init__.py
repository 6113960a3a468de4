"""The command line: commands are one file each and hold no logic."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Final

from kg.errors import STORE_OR_SERVER, KgError

if TYPE_CHECKING:
    from types import FrameType

INTERRUPTED: Final = 130
"""128 and the number of the signal, as shells have it."""
_BY_SIGNAL: Final = 128


def main() -> None:
    """Run ``kg``; every error ends in one sentence and an exit code, never in a traceback."""
    from kg.cli import output  # noqa: PLC0415 - nothing is read before it is needed

    output.have_streams()
    from kg.cli.app import app  # noqa: PLC0415 - typer is slow to import, and errors of it count too
    from kg.cli.console import fail  # noqa: PLC0415

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:
            signal.signal(getattr(signal, name), _terminate)
    try:
        app(prog_name="kg")
    except KgError as error:
        fail(error)
        sys.exit(error.exit_code)
    except output.Unheard:
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        output.give_up_stdout()
        fail(KgError("broken-output", reason=error.strerror or str(error)), debug=error)
        sys.exit(STORE_OR_SERVER)
    except Exception as error:  # noqa: BLE001 - the last door: said, not swallowed
        fail(KgError("internal", kind=type(error).__name__, reason=str(error)), debug=error)
        sys.exit(STORE_OR_SERVER)


def _terminate(number: int, _frame: FrameType | None) -> None:
    """End by an exception, so that temporary files are removed."""
    sys.exit(_BY_SIGNAL + number)
