"""The `kit` command: one module a command; heavy libraries are imported only by the commands that need them.

Exit codes: 0 fine, 1 problems found, 2 wrong use.
"""

import argparse
import io
import json
import sys
from collections.abc import Sequence

from kit import __version__
from kit.cli import apps, authors, doctor, grades, lab, publishing, reports, robots, sessions, signatures, worlds
from kit.errors import KitError, of_the_system

COMMANDS = (apps, authors, doctor, grades, lab, publishing, reports, robots, sessions, signatures, worlds)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a user's mistake is explained in Vietnamese and English, never with a traceback."""
    _print_anywhere()
    parser = _parser()
    asked = parser.parse_args(arguments)
    try:
        return int(asked.run(asked))
    except KitError as error:
        return _explain(error, asked)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as error:
        return _explain(of_the_system(error), asked)
    except KeyboardInterrupt:
        print("\nĐã dừng. Stopped.", file=sys.stderr)
        return 1


def _print_anywhere() -> None:
    """A terminal that is not UTF-8 shows the letters it does not have as codes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _explain(error: KitError, asked: argparse.Namespace) -> int:
    if getattr(asked, "json", False):
        print(json.dumps({"error": {"vi": error.vi, "en": error.en}}, ensure_ascii=False))
    print(error.vi, error.en, sep="\n", file=sys.stderr)
    return error.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kit", description="Bộ công cụ diễn tập. The rehearsal kit.")
    parser.add_argument("--version", action="version", version=f"kit {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.add_commands(commands)
    return parser
