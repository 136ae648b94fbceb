"""kit world for a province, a unit or the country: any number of people, as Parquet, on any number of workers."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tqdm import tqdm

from kit.cli.options import FIRST_UNIT
from kit.errors import WrongUse
from kit.plain_text import plain
from kit.world.bulk import Region, Report, check, draw
from kit.world.bulk.workers import dask, processes
from kit.world.bulk.writing import Dataset, Part, Run, Written, drawn, write_dataset
from kit.world.rows import of_province
from kit.world.units import find_unit

PROVINCES = {"hcm": "79", "quangninh": "22", "hue": "46"}
ALL = "all"
CHECKED = 281_000  # households, a million people: as many as --check looks at
Told = dict[str, Any]


def bulk_world(asked: argparse.Namespace) -> tuple[Told, Report | None]:
    """Draw, write where a folder is named, check where asked; what is printed, and the realism report."""
    region, about = _region(asked)
    run = _watched(_runner(asked), quiet=asked.json)
    dataset = Dataset.of_people(region, asked.seed, asked.date, asked.people)
    written = write_dataset(dataset, asked.out, run) if asked.out else drawn(dataset, run(dataset, None))
    report = _checked(dataset) if asked.check else None
    checked = {"check": {"good": report.good} | asdict(report)} if report else {}
    return about | _told(written, asked) | checked, report


def _region(asked: argparse.Namespace) -> tuple[Region, Told]:
    """The region, and what is printed of it; raises WrongUse for an unknown province or a unit of another one."""
    code = _province(asked.province) if asked.province not in (None, ALL) else None
    if asked.unit is not None or asked.province is None:
        unit = find_unit(FIRST_UNIT if asked.unit is None else asked.unit)
        if code and unit["province_code"] != code:
            named = f"{unit['name_vn']} ({unit['code']}, {unit['province_vn']})"
            raise WrongUse(f"{named} không thuộc “{asked.province}”.", f"{named} is not in “{asked.province}”.")
        return Region.unit(unit["code"]), {
            "province": unit["province_code"],
            "unit": unit["code"],
            "name": unit["name_vn"],
        }
    if not code:
        return Region.country(), {"province": ALL, "unit": None, "name": "Mọi nơi / every place"}
    name = of_province("units", code)[0]["province_vn"]
    return Region.province(code), {"province": code, "unit": None, "name": name}


def _province(named: str) -> str:
    """The code of a province; raises WrongUse with those that exist, the nearest first."""
    key = plain(named).replace(" ", "").replace("-", "")
    known = PROVINCES | {code: code for code in PROVINCES.values()}
    if key in known:
        return known[key]
    near = ", ".join(get_close_matches(key, [*PROVINCES, ALL], n=4, cutoff=0))
    raise WrongUse(f"Không có tỉnh “{named}”; chọn: {near}.", f"No province is “{named}”; choose: {near}.")


def _runner(asked: argparse.Namespace) -> Run:
    if asked.dask is not None and asked.workers:
        raise WrongUse("Chỉ chọn một: --workers hoặc --dask.", "Choose one: --workers or --dask.")
    return dask(asked.dask) if asked.dask is not None else processes(asked.workers or 1)


def _watched(run: Run, quiet: bool) -> Run:
    """The same with a progress bar on a terminal."""

    def watched(dataset: Dataset, folder: Path | None) -> Iterator[Part]:
        silent = quiet or not sys.stderr.isatty()
        yield from tqdm(run(dataset, folder), total=dataset.parts, desc="Dân cư / people", disable=silent)

    return watched


def _told(written: Written, asked: argparse.Namespace) -> Told:
    day = asked.date.isoformat()
    return {"seed": asked.seed, "date": day, "tables": written.rows, "digest": written.content_hash}


def _checked(dataset: Dataset) -> Report:
    span = (0, min(dataset.households, CHECKED))
    return check(draw(dataset.region, dataset.seed, dataset.day, span, dataset.edges), dataset.day)


def print_report(report: Report) -> None:
    """Rules with their violations, distances with their bounds, differences, edge cases."""
    broken = {rule: count for rule, count in report.violations.items() if count}
    print(f"{len(report.violations)} quy tắc / rules, {report.people} người / people: "
          f"{sum(broken.values())} vi phạm / violations")  # fmt: skip
    for rule, count in broken.items():
        print(f"  ✗ {rule}: {count}")
    for name, (found, bound) in report.distances.items():
        print(f"  {'✓' if found <= bound else '✗'} {name:32} {found:.4f} (<= {bound:.4f})")
    for name, found in report.differences.items():
        print(f"  {'·'} {name:32} {found:.4f}")
    for name, found in report.edge_cases.items():
        print(f"  {name:34} {found:7.2f} ‰")
