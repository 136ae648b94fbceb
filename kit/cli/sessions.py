"""kit session new, prepare, list, show, gather, remove (links, msel, try beside): a session from plan and roster."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.cli import session_links, session_trials
from kit.cli.options import Commands, as_json, command, whole
from kit.safe_html import clean

if TYPE_CHECKING:
    from kit.session.planned import Planned

Json = dict[str, Any]


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    about = "đợt diễn tập có kế hoạch và danh sách / sessions with a plan and a roster"
    actions = commands.add_parser("session", help=about, description=about).add_subparsers(
        required=True, metavar="ACTION"
    )
    maker = _named(actions, "new", new, "lập đợt từ kế hoạch và danh sách / make a session from plan and roster")
    maker.add_argument("--plan", type=Path, required=True, metavar="PLAN.yaml")
    maker.add_argument("--roster", type=Path, required=True, metavar="ROSTER.csv|xlsx")
    maker.add_argument("--replace", action="store_true", help="thay kế hoạch, danh sách / change plan and roster")
    ready = _named(actions, "prepare", prepare, "soạn kịch bản và đáp án cho từng người / compile scripts and keys")
    ready.add_argument("--jobs", type=whole(1, 64), default=min(2, os.cpu_count() or 1), metavar="N",
                       help="số tiến trình / processes")  # fmt: skip
    command(actions, "list", list_sessions, "liệt kê các đợt / list the sessions")
    _named(actions, "show", show, "kế hoạch, danh sách, tình trạng / plan, roster, state")
    session_trials.add_actions(actions)
    session_links.add_actions(actions)
    gatherer = _named(actions, "gather", gather, "nhận lượt diễn tập từ máy chủ / take in a server's attempts")
    gatherer.add_argument("files", nargs="+", type=Path, metavar="attempts.sqlite")
    remover = _named(actions, "remove", remove, "xóa hẳn một đợt / delete a session for good")
    remover.add_argument("--yes", action="store_true", help="xóa thật / really delete")


def _named(actions: Commands, name: str, run: Any, about: str) -> argparse.ArgumentParser:
    parser = command(actions, name, run, about)
    parser.add_argument("session", metavar="NAME", help="tên đợt / the session's name")
    return parser


def new(asked: argparse.Namespace) -> int:
    """Make a session; every problem of both files is told at once, and then nothing is written."""
    from kit.session import Session
    from kit.session.planned import make_session, read_both, read_planned

    session = Session.named(asked.session)
    plan, roster = read_both(asked.plan, asked.roster)
    make_session(session, plan, roster.people, asked.replace)
    told = {**_summary(asked.session, read_planned(session)), "unused_columns": list(roster.unused)}
    if asked.json:
        print(as_json(told))
        return 0
    print(_line(told))
    if roster.unused:
        print(f"Cột không dùng, không lưu / columns not used, not kept: {', '.join(roster.unused)}")
    print(f"Tiếp theo / next: kit session prepare {asked.session}")
    return 0


def prepare(asked: argparse.Namespace) -> int:
    """Compile what is not ready yet, with a progress bar on a terminal."""
    from time import monotonic

    from tqdm import tqdm

    from kit.session import Session
    from kit.session.planned import read_planned
    from kit.session.preparing import prepare_session

    session, began = Session.named(asked.session), monotonic()
    total = _summary(asked.session, read_planned(session))["scripts"]
    silent = asked.json or not sys.stderr.isatty()
    with tqdm(total=total, desc="Kịch bản / scripts", unit="bộ", disable=silent) as bar:
        done = prepare_session(session, asked.jobs, bar.update)
    told = {"session": asked.session, **done.__dict__, "seconds": round(monotonic() - began, 2)}
    made = f"{done.made} mới soạn / made, {done.ready} đã có / ready, {done.begun} đang diễn, giữ nguyên / begun, kept"
    print(as_json(told) if asked.json else f"{asked.session}: {made} ({told['seconds']} s)")
    return 0


def list_sessions(asked: argparse.Namespace) -> int:
    """One line for each session that has a plan."""
    from kit.session import Session
    from kit.session.planned import planned_names, read_planned

    told = [_summary(name, read_planned(Session.named(name))) for name in planned_names()]
    if asked.json:
        print(as_json(told))
    else:
        print("\n".join(map(_line, told)) or "Chưa có đợt nào. No sessions yet.")
    return 0


def show(asked: argparse.Namespace) -> int:
    """The plan, the people with what each plays, and how many scripts are ready."""
    from kit.session import Session
    from kit.session.planned import read_planned

    session = Session.named(asked.session)
    planned, sitting = read_planned(session), session.store().people.seats()
    played: dict[str, Json] = {person.code: {} for person in planned.people}
    for seat in sitting:
        played.setdefault(seat.person, {})[seat.exercise] = seat.team or seat.mode
    people: list[Json] = [{**person.__dict__, "exercises": played[person.code]} for person in planned.people]
    told = {**_summary(asked.session, planned), "plan": planned.plan.to_json(), "injects": planned.injects,
            "ready": len({one.script for one in sitting}), "people": people}  # fmt: skip
    if asked.json:
        print(as_json(told))
        return 0
    print(_line(told), f"{told['ready']}/{told['scripts']} kịch bản đã soạn / scripts ready", sep="\n")
    for one in people:
        numbers = ", ".join(name.split("-")[0] for name in one["exercises"])
        print(
            f"  {one['code']:12} {one['unit']}  {one['name']:28} {one['role']:20} {one['working_group']:12} {numbers}"
        )
    return 0


def gather(asked: argparse.Namespace) -> int:
    """Add the attempts of other servers; 1 where one had to be left out, each is named with the reason."""
    from kit.session import Session
    from kit.session.gathering import gather as take

    told: list[Json] = []
    for file in asked.files:
        done = take(Session.named(asked.session), file)
        left = [{"attempt": number, "trainee": clean(name), "vi": why.vi, "en": why.en}
                for number, name, why in done.left]  # fmt: skip
        told.append({"file": str(file), **done.counts, "left_out": left})
    print(as_json(told) if asked.json else "\n".join(line for one in told for line in _gathered(one)))
    return 1 if any(one["left_out"] for one in told) else 0


def _gathered(told: Json) -> list[str]:
    counted = f"{told['new']} lượt mới / new, {told['longer']} đi tiếp / longer, {told['same']} đã có / here already"
    return [f"{told['file']}: {counted}",
            *(f"  bỏ lại / left out: {one['attempt']} {one['trainee']}: {one['vi']} {one['en']}"
              for one in told["left_out"])]  # fmt: skip


def remove(asked: argparse.Namespace) -> int:
    """Delete a session with its people, attempts and keys; without --yes only tell what would be deleted."""
    from kit.session import Session
    from kit.session.removing import held, remove_session

    session = Session.named(asked.session)
    told = {"session": asked.session, "deleted": asked.yes, **held(session)}
    if asked.yes:
        remove_session(session)
    done = "đã xóa / deleted" if asked.yes else "thêm --yes để xóa hẳn / add --yes to delete for good"
    print(as_json(told) if asked.json else f"{told['folder']}: {told['people']} người / people, "
                                           f"{told['attempts']} lượt / attempts: {done}")  # fmt: skip
    return 0 if asked.yes else 1


def _summary(name: str, planned: "Planned") -> Json:
    plan = planned.plan
    in_teams = [len(team.members) - 1 for team in plan.teams]
    return {
        "session": name, "title": plan.title, "day": plan.day.isoformat(), "mode": plan.mode, "seed": plan.seed,
        "exercises": list(plan.exercises), "units": len({one.unit for one in planned.people}),
        "number_of_people": len(planned.people), "teams": len(plan.teams),
        "scripts": len(planned.people) * len(plan.exercises) - sum(in_teams),
    }  # fmt: skip


def _line(told: Json) -> str:
    return (
        f"{told['session']}: {told['title']['vi']}; {told['day']}, {told['mode']}; "
        f"{told['number_of_people']} người / people, {told['units']} đơn vị / units, "
        f"{len(told['exercises'])} bài / exercises, {told['teams']} tổ / teams, {told['scripts']} kịch bản / scripts"
    )
