"""Set the staff password."""

import argparse
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

from access.errors import AccessError
from access.password import set_password
from access.settings import AccessSettings
from ingest.errors import IngestError
from ingest.settings import DEFAULT_PATH, read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 set, 1 nothing done."""
    parser = argparse.ArgumentParser(prog="python -m access", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser(
        "set-password",
        help="set or change the staff password",
        description="Asks for the password twice; or reads it from standard input, one line.",
    )
    command.add_argument("--config", type=Path, default=DEFAULT_PATH, help="settings file")
    options = parser.parse_args(arguments)
    try:
        settings = read_settings(options.config, "access", AccessSettings)
        set_password(Path(settings.password_file), _asked())
    except (IngestError, AccessError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("nothing was changed", file=sys.stderr)
        return 130
    print("the staff password is set; staff who are logged in stay so until they leave")
    return 0


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    while True:
        first = getpass.getpass("New staff password: ")
        if first == getpass.getpass("Once more: "):
            return first
        print("the two differ; try again", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
