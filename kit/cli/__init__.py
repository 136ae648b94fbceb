"""The `kit` command: one module a command; heavy libraries are imported only by the commands that need them.

Exit codes: 0 fine, 1 problems found, 2 wrong use, 130 stopped by Ctrl+C.
"""

import argparse
import io
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from kit import __version__
from kit.cli import apps, authors, doctor, grades, lab, publishing, reports, robots, sessions, signatures, worlds
from kit.errors import KitError, of_the_system
from kit.safe_html import clean

COMMANDS = (apps, authors, doctor, grades, lab, publishing, reports, robots, sessions, signatures, worlds)
UNREAD, STOPPED = 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a user's mistake is explained in Vietnamese and English, never with a traceback."""
    _print_anywhere()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the rest is the interpreter's end, which takes no time
        return _say(STOPPED, "\nĐã dừng. Stopped.")
    finally:
        _hand_over()


def _run(arguments: Sequence[str] | None) -> int:
    asked = argparse.Namespace()
    try:
        asked = _parser().parse_args(arguments)
        code = int(asked.run(asked))
        sys.stdout.flush()
    except KitError as error:
        return _explain(error, asked)
    except BrokenPipeError:
        return UNREAD
    except OSError as error:
        return _explain(of_the_system(error), asked)
    return code


def _hand_over() -> None:
    """What is printed reaches who reads it; where nobody does any more (`| head`), Python's end says nothing of it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _print_anywhere() -> None:
    """A terminal that is not UTF-8 shows the letters it does not have as codes; what is closed takes everything."""
    sys.stdout, sys.stderr = (stream or Path(os.devnull).open("w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _explain(error: KitError, asked: argparse.Namespace) -> int:
    if getattr(asked, "json", False):
        with suppress(OSError):
            print(json.dumps({"error": {"vi": error.vi, "en": error.en}}, ensure_ascii=False))
    return _say(error.exit_code, clean(f"{error.vi}\n{error.en}"))


def _say(code: int, text: str) -> int:
    """The exit code, whether or not somebody reads why."""
    with suppress(OSError):
        print(text, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kit", description="Bộ công cụ diễn tập. The rehearsal kit.")
    parser.add_argument("--version", action="version", version=f"kit {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.add_commands(commands)
    return parser
