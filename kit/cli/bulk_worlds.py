"""kit world for a province, a unit or the country: any number of people, as Parquet, on any number of workers."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tqdm import tqdm

from kit.cli.options import FIRST_UNIT
from kit.errors import WrongUse
from kit.plain_text import plain
from kit.world.bulk import EdgeCases, Region, Report, check, draw, draw_affairs, draw_offices
from kit.world.bulk.workers import dask, processes
from kit.world.bulk.writing import Dataset, Part, Run, Written, drawn, write_dataset
from kit.world.rows import of_province
from kit.world.units import find_unit

PROVINCES = {"hcm": "79", "quangninh": "22", "hue": "46"}
ALL = "all"
CHECKED = 281_000  # households, a million people: as many as --check looks at
CHECKED_AFFAIRS = 16_384  # households whose dossiers and other records it looks at, each by an independent calculation
Told = dict[str, Any]


def bulk_world(asked: argparse.Namespace) -> tuple[Told, Report | None]:
    """Draw, write where a folder is named, check where asked; what is printed, and the realism report."""
    region, about = _region(asked)
    run = _watched(_runner(asked), quiet=asked.json)
    dataset = replace(Dataset.of_people(region, asked.seed, asked.date, asked.people), edges=_edges(asked.edge))
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


def _edges(asked: list[str]) -> EdgeCases:
    """The edge cases named as NAME=PER_MILLE; raises WrongUse with the names that exist, the nearest first."""
    known, shares = [field.name for field in fields(EdgeCases)], {}
    for one in asked:
        name, _, share = one.partition("=")
        if name not in known or not (share.isascii() and share.isdigit()):
            near = ", ".join(get_close_matches(name, known, n=len(known), cutoff=0))
            raise WrongUse(f"--edge “{one}”: dùng TÊN=PHẦN_NGHÌN, với TÊN là: {near}.",
                           f"--edge “{one}”: use NAME=PER_MILLE, with one of these names: {near}.")  # fmt: skip
        shares[name] = int(share)
    return EdgeCases(**shares)


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
    """Of the first million people; the rules about their affairs and offices of the first of them."""
    where, edges = (dataset.region, dataset.seed, dataset.day), dataset.edges
    span, few = ((0, min(dataset.households, most)) for most in (CHECKED, CHECKED_AFFAIRS))
    people = check(draw(*where, span, edges), dataset.day, edges)
    every = draw(*where, few, edges) | draw_affairs(*where, few, edges) | draw_offices(*where, edges=edges)
    affairs = check(every, dataset.day, edges)
    return replace(
        people,
        violations={rule: max(count, people.violations.get(rule, 0)) for rule, count in affairs.violations.items()},
        edge_cases=affairs.edge_cases | people.edge_cases,
        edge_shares=affairs.edge_shares | people.edge_shares,
    )


def print_report(report: Report) -> None:
    """Rules with their violations, distances with their bounds, differences, edge cases."""
    broken = {rule: count for rule, count in report.violations.items() if count}
    print(f"{len(report.violations)} quy tắc / rules, {report.people} người / people: "
          f"{sum(broken.values())} vi phạm / violations")  # fmt: skip
    for rule, count in broken.items():
        print(f"  ✗ {rule}: {count}")
    print("Khoảng cách tới bảng đã khai báo / distance to the declared tables:")
    for name, (found, bound) in report.distances.items():
        print(f"  {'✓' if found <= bound else '✗'} {name:32} {found:.4f} (<= {bound:.4f})")
    print("Chênh lệch tỷ trọng / difference of shares:")
    for name, found in report.differences.items():
        print(f"  {'·'} {name:32} {found:.4f}")
    _print_edges(report)


def _print_edges(report: Report) -> None:
    print("Trường hợp đặc biệt, phần nghìn dân số / edge cases, per mille of the people:")
    for name, found in report.edge_cases.items():
        print(f"  {'·'} {name:34} {found:7.2f} ‰")
    print("Tỷ lệ so với yêu cầu / shares against what was asked (--edge):")
    for name, (share, asked, bound) in report.edge_shares.items():
        print(f"  {'✓' if abs(share - asked) <= bound else '✗'} {name:34} {share:7.2f} ‰ ({asked:.2f} ± {bound:.2f})")
