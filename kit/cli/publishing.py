"""kit publish: the bundle that a province serves, and the check that nothing else is in it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kit import home
from kit.cli.options import Commands, as_json, command, folder
from kit.errors import BrokenFile, WrongUse

if TYPE_CHECKING:
    from kit.session import Session


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    bundle = command(commands, "publish", publish, "đóng gói một đợt cho tỉnh / bundle a session for a province")
    bundle.add_argument("province", nargs="?", default="", metavar="PROVINCE", help="mã hoặc tên tỉnh / code or name")
    bundle.add_argument("--session", default="", metavar="S", help="đợt diễn tập / session")
    bundle.add_argument("--out", type=folder, default=None, metavar="DIR", help="mặc định / default: dist/PROVINCE-S")
    bundle.add_argument("--language", choices=("vi", "en"), default="vi", help="ngôn ngữ mở đầu / first language")
    bundle.add_argument("--hub", action="store_true", help="kèm cấu hình JupyterHub / with JupyterHub's configuration")
    bundle.add_argument("--check", type=folder, default=None, metavar="DIR", help="chỉ soát một gói / only check")


def publish(asked: argparse.Namespace) -> int:
    """Write a bundle and check it, or only check one; 1 when anything in it is not allowed."""
    if asked.check:
        return _check(asked.check, asked.json)
    if not asked.province or not asked.session:
        raise WrongUse("Cần tên tỉnh và --session, hoặc --check DIR.", "A province and --session, or --check DIR.")
    from kit.publish.bundle import publish as write
    from kit.publish.provinces import named
    from kit.session import Session

    province = named(asked.province)
    out = (asked.out or home.home() / "dist" / f"{province[0]}-{asked.session}").resolve()
    session = Session.named(asked.session)
    _require_its_own(session, province)
    about = write(session, province, out, asked.language, asked.hub)
    print(as_json({**about, "folder": str(out)}) if asked.json else _sentence(about, out))
    return 0


def _require_its_own(session: "Session", province: tuple[str, str]) -> None:
    """Raise `WrongUse` where all units of a planned session lie in other provinces."""
    from kit.session.planned import is_planned, read_planned
    from kit.world.rows import rows

    if not is_planned(session):
        return
    kept = read_planned(session)
    units = {*kept.plan.units, *(person.unit for person in kept.people)}
    found = {row["province_code"]: row["province_vn"] for row in rows("units") if row["code"] in units}
    if found and province[0] not in found:
        own, asked = "; ".join(f"{name} ({code})" for code, name in found.items()), f"{province[1]} ({province[0]})"
        raise WrongUse(f"Đợt {session.name!r} gồm các đơn vị của {own}, không có đơn vị nào của {asked}.",
                       f"Session {session.name!r} has units of {own}, none of {asked}.")  # fmt: skip


def _check(bundle: Path, as_data: bool) -> int:
    from kit.publish.checking import check

    problems = check(bundle)
    if as_data:
        print(as_json({"folder": str(bundle), "problems": [{"vi": vi, "en": en} for vi, en in problems]}))
    elif problems:
        raise BrokenFile(problems)
    else:
        print(f"Gói {bundle} đúng quy định. The bundle holds only what is allowed.")
    return 1 if problems else 0


def _sentence(about: dict[str, object], out: Path) -> str:
    return (
        f"{out}: {about['scripts']} kịch bản / scripts, {about['people']} người / people, "
        f"{about['files']} tệp / files\n"
        f"SHA-256 manifest.json: {about['manifest']}"
    )
