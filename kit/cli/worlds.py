"""kit world: draw a synthetic ward as CSV, or as many people as wanted of a province or the country as Parquet."""

import argparse
import hashlib
from pathlib import Path
from typing import Any

from kit.cli.options import FIRST_UNIT, Commands, as_json, command, folder, whole, world_options

TABLES = ("households", "citizens", "officials")
LARGEST_WARD, MOST_PEOPLE = 200_000, 170_000_000


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    parser = command(commands, "world", world, "sinh địa phương giả lập / draw a synthetic ward, province or country")
    world_options(parser)
    parser.set_defaults(unit=None, parser=parser)
    parser.add_argument("--people", type=whole(1, MOST_PEOPLE), default=1_200, metavar="N", help="số dân / people")
    parser.add_argument("--out", type=folder, default=None, metavar="DIR",
                        help="thư mục mới / new folder (CSV; --province: Parquet)")  # fmt: skip
    parser.add_argument("--province", default=None, metavar="P",
                        help="hcm, quangninh, hue; all: mọi nơi trong datasets / every place in datasets")  # fmt: skip
    parser.add_argument("--workers", type=whole(1, 64), default=None, metavar="N", help="số tiến trình / processes")
    parser.add_argument("--dask", default=None, metavar="ADDRESS", help="cụm Dask / Dask scheduler, tcp://HOST:PORT")
    parser.add_argument("--edge", action="append", default=[], metavar="NAME=N",
                        help="phần nghìn một trường hợp đặc biệt / per mille of an edge case: twins=30")  # fmt: skip
    parser.add_argument("--check", action="store_true", help="in báo cáo độ giống thật / print the realism report")


def world(asked: argparse.Namespace) -> int:
    """Print tables, rows and one digest; write files, all or none, where a folder is named."""
    if asked.province is not None or asked.workers or asked.dask is not None or asked.check or asked.edge:
        return _bulk(asked)
    if asked.people > LARGEST_WARD:
        asked.parser.error(f"--people {asked.people} > {LARGEST_WARD}: dùng --province / use --province")
    return _ward(asked)


def _ward(asked: argparse.Namespace) -> int:
    from kit.world import draw_world

    drawn = draw_world(FIRST_UNIT if asked.unit is None else asked.unit, asked.seed, asked.date, asked.people)
    texts = {name: getattr(drawn, name).to_csv(index=False) for name in TABLES}
    if asked.out:
        _write(asked.out, texts)
    result = {
        "unit": drawn.unit["code"], "name": drawn.unit["name_vn"], "seed": asked.seed, "date": asked.date.isoformat(),
        "tables": {name: len(getattr(drawn, name)) for name in TABLES},
        "digest": hashlib.sha256("".join(texts.values()).encode()).hexdigest(),
    }  # fmt: skip
    _print(result, asked.json)
    return 0


def _write(folder: Path, texts: dict[str, str]) -> None:
    from kit.world.whole_folder import whole_folder

    with whole_folder(folder) as aside:
        for name, text in texts.items():
            (aside / f"{name}.csv").write_text(text, encoding="utf-8")


def _bulk(asked: argparse.Namespace) -> int:
    """1 when --check finds a broken rule or a margin beyond its bound."""
    from kit.cli.bulk_worlds import bulk_world, print_report

    result, report = bulk_world(asked)
    _print(result, asked.json)
    if report and not asked.json:
        print_report(report)
    return 0 if report is None or report.good else 1


def _print(result: dict[str, Any], json: bool) -> None:
    rows = ", ".join(f"{name} {count}" for name, count in result["tables"].items())
    code = result["unit"] or result["province"] or "all"
    print(as_json(result) if json else f"{result['name']} ({code}): {rows}\n{result['digest']}")
