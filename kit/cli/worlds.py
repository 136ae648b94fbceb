"""kit world: draw a synthetic ward and write its tables."""

import argparse
import hashlib
import shutil
import tempfile
from pathlib import Path

from kit.cli.options import Commands, as_json, command, whole, world_options
from kit.errors import WrongUse

TABLES = ("households", "citizens", "officials")
LARGEST_WARD = 200_000


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    parser = command(commands, "world", world, "sinh địa phương giả lập / draw a synthetic ward")
    world_options(parser)
    parser.add_argument("--people", type=whole(1, LARGEST_WARD), default=1_200, metavar="N", help="số dân / people")
    parser.add_argument(
        "--out", type=Path, default=None, metavar="DIR", help="thư mục mới để ghi CSV / new folder for CSV files"
    )


def world(asked: argparse.Namespace) -> int:
    """Print tables, rows and one digest; write CSV files, all or none, where a folder is named."""
    from kit.world import draw_world

    drawn = draw_world(asked.unit, asked.seed, asked.date, asked.people)
    texts = {name: getattr(drawn, name).to_csv(index=False) for name in TABLES}
    if asked.out:
        _write(asked.out, texts)
    result = {
        "unit": drawn.unit["code"], "name": drawn.unit["name_vn"], "seed": asked.seed, "date": asked.date.isoformat(),
        "tables": {name: len(getattr(drawn, name)) for name in TABLES},
        "digest": hashlib.sha256("".join(texts.values()).encode()).hexdigest(),
    }  # fmt: skip
    rows = ", ".join(f"{name} {count}" for name, count in result["tables"].items())
    print(as_json(result) if asked.json else f"{result['name']} ({result['unit']}): {rows}\n{result['digest']}")
    return 0


def _write(folder: Path, texts: dict[str, str]) -> None:
    """Write aside, then rename: a folder is either whole or not there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUse(f"{folder} đã có dữ liệu; hãy chọn thư mục mới.", f"{folder} is not empty; choose a new folder.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".kit-world-", dir=folder.parent))
    except OSError as error:
        raise WrongUse(
            f"Không ghi được vào {folder}: {error.strerror}.", f"Cannot write to {folder}: {error.strerror}."
        ) from None
    try:
        for name, text in texts.items():
            (aside / f"{name}.csv").write_text(text, encoding="utf-8")
        aside.replace(folder)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        raise WrongUse(
            f"Không ghi được vào {folder}: {error.strerror}.", f"Cannot write to {folder}: {error.strerror}."
        ) from None
