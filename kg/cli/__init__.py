"""The command line: commands are one file each and hold no logic."""

from __future__ import annotations

import sys

from kg.errors import STORE_OR_SERVER, KgError


def main() -> None:
    """Run ``kg``; every error ends in one sentence and an exit code, never in a traceback."""
    from kg.cli.app import app  # noqa: PLC0415 - typer is slow to import, and errors of it count too
    from kg.cli.console import fail  # noqa: PLC0415

    try:
        app(prog_name="kg")
    except KgError as error:
        fail(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - the last door: said, not swallowed
        fail(KgError("internal", kind=type(error).__name__, reason=str(error)), debug=error)
        sys.exit(STORE_OR_SERVER)
