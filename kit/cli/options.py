"""Options that several commands share, and how results are printed."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from kit.calendar import FIRST_DAY
from kit.errors import cannot_write

Run = Callable[[argparse.Namespace], int]
Commands = Any  # argparse's sub-parsers object has no public type
LARGEST_SEED = 2**31 - 1
FIRST_UNIT = "26740"  # Phường Sài Gòn


def command(commands: Commands, name: str, run: Run, help_text: str) -> argparse.ArgumentParser:
    """A sub-command with `--json`; `run` gets its arguments and returns the exit code."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_text, description=help_text)
    parser.add_argument("--json", action="store_true", help="in ra JSON / print JSON")
    parser.set_defaults(run=run)
    return parser


def world_options(parser: argparse.ArgumentParser) -> None:
    """--unit, --seed and --date: which ward is drawn."""
    parser.add_argument("--unit", default=FIRST_UNIT, metavar="CODE", help="mã hoặc tên đơn vị / unit code or name")
    parser.add_argument("--seed", type=whole(0, LARGEST_SEED), default=1, metavar="N", help="số gieo / seed")
    parser.add_argument(
        "--date", type=day, default=FIRST_DAY, metavar="YYYY-MM-DD", help="ngày mô phỏng / simulated day"
    )


def whole(low: int, high: int) -> Callable[[str], int]:
    """An argument that is a whole number between two bounds."""

    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(
                f"{text!r}: số nguyên từ {low} đến {high} / a whole number, {low} to {high}"
            )
        return int(text)

    return number


def folder(text: str) -> Path:
    """An argument that is a folder's name; an empty one, of an unset variable say, is none."""
    if not text.strip():
        raise argparse.ArgumentTypeError("thiếu tên thư mục / a folder's name is missing")
    return Path(text)


def writable(path: Path) -> Path:
    """A folder that is there from now on; WrongUse where it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from None
    return path


def set_aside(path: Path) -> Path:
    """The path, free for a new file: one that is there, a roster say, is kept beside it as NAME.bak."""
    if path.is_file() and not path.is_symlink():
        path.replace(path.with_name(f"{path.name}.bak"))
        sys.stderr.write(f"Bản cũ giữ ở / the earlier file is kept: {path}.bak\n")
    return path


def day(text: str) -> date:
    """An argument that is a date, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: dùng dạng / use the form {FIRST_DAY.isoformat()}") from None


def as_json(value: object) -> str:
    """The one way results become JSON: UTF-8 kept, indented."""
    return json.dumps(value, ensure_ascii=False, indent=2)
