"""kit session links: each person's join link and code; some people's given anew, so that their old ones are dead."""

import argparse
import csv
import os
import re
from pathlib import Path
from typing import Any

from kit.cli.options import Commands, as_json, command, set_aside, whole
from kit.errors import WrongUse, cannot_write

Json = dict[str, Any]
LONGEST_LINK = 400  # days
ADDRESS = re.compile(r"https?://[A-Za-z0-9.\[\]:_-]+(/[^\s<>\"']*)?")


def add_actions(actions: Commands) -> None:
    """Add this module's action to `kit session`."""
    links = command(actions, "links", join_links, "đường dẫn vào lớp của từng người / each person's join link")
    links.add_argument("session", metavar="NAME", help="tên đợt / the session's name")
    links.add_argument(
        "--address", required=True, metavar="URL", help="địa chỉ trang học viên / address of the trainees' pages"
    )
    links.add_argument("--days", type=whole(1, LONGEST_LINK), default=7, metavar="N", help="hạn dùng / valid for")
    links.add_argument("--csv", type=Path, default=None, metavar="FILE", help="ghi ra CSV / write CSV")
    links.add_argument("--anew", nargs="+", default=[], metavar="CODE",
                       help="cấp lại cho những mã này, đường dẫn cũ hết hiệu lực / "
                            "new links for these codes, the old ones are dead")  # fmt: skip


def join_links(asked: argparse.Namespace) -> int:
    """Each person's personal link and code, or those of the people named; secrets: give each person only their own."""
    from kit.session import Session
    from kit.session.inviting import invite_anew
    from kit.session.planned import read_planned

    session = Session.named(asked.session)
    read_planned(session)
    if not ADDRESS.fullmatch(asked.address):
        raise WrongUse(f"--address {asked.address[:60]!r}: dùng địa chỉ bắt đầu bằng http hoặc https.",
                       f"--address {asked.address[:60]!r}: use an address that begins with http or https.")  # fmt: skip
    session.must_be_prepared()
    if asked.anew:
        invite_anew(session.store(), asked.anew)
    found = [one for one in _links(asked) if not asked.anew or one["code"] in asked.anew]
    if asked.csv:
        _write_csv(asked.csv, found)
    if asked.json:
        print(as_json(found))
    else:
        print(asked.csv or "\n".join(f"{one['code']:12} {one['name']:28} {one['link']}" for one in found))
    return 0


def _links(asked: argparse.Namespace) -> list[Json]:
    from kit.identity import join_links as links_of
    from kit.session import Session

    return [
        {"code": person.code, "name": person.name, "unit": person.unit, "working_group": person.working_group,
         "join_code": code, "link": url}
        for person, code, url in links_of(Session.named(asked.session), asked.address, asked.days)
    ]  # fmt: skip


def _write_csv(path: Path, found: list[Json]) -> None:
    """For a spreadsheet, readable by its owner alone; no name in it can become a formula."""
    from grading.gradebook import neutral

    try:
        descriptor = os.open(set_aside(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise cannot_write(path, error) from None
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows({name: neutral(text) for name, text in one.items()} for one in found)
