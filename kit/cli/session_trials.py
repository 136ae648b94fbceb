"""kit session msel, try, robots: the injects as a spreadsheet; robots that play beforehand or sit in empty chairs."""

import argparse
import os
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.cli.options import Commands, as_json, command, set_aside, whole
from kit.errors import BrokenFile, KitError, cannot_write

if TYPE_CHECKING:
    from kit.session import Session
    from kit.session.msel import Msel
    from kit.session.planned import Planned

Json = dict[str, Any]
LOOK_SECONDS = 1.0  # between two looks at empty chairs
SAMPLES = 3  # people whose scripts are tried when injects are changed


def add_actions(actions: Commands) -> None:
    """Add this module's actions to `kit session`."""
    listing = command(actions, "msel", msel, "bảng tình huống ra, vào XLSX / the MSEL to and from XLSX")
    listing.add_argument("session", metavar="NAME", help="tên đợt / the session's name")
    listing.add_argument("--exercise", required=True, metavar="EXERCISE", help="tên hoặc số / name or number")
    way = listing.add_mutually_exclusive_group(required=True)
    way.add_argument("--out", type=Path, metavar="FILE.xlsx", help="xuất ra / export to")
    way.add_argument("--import", dest="file", type=Path, metavar="FILE.xlsx", help="nhập từ / import from")
    listing.add_argument("--language", choices=("vi", "en"), default="vi")
    trial = command(actions, "try", try_out, "người chơi máy làm thử mọi kịch bản / robots play every script")
    trial.add_argument("session", metavar="NAME", help="tên đợt / the session's name")
    trial.add_argument("--jobs", type=whole(1, 64), default=min(2, os.cpu_count() or 1), metavar="N")
    trial.add_argument("--player", action="append", default=[], metavar="P",
                       help="mặc định / default: model, average, careless, idle")  # fmt: skip
    robots = command(actions, "robots", fill, "máy làm thay vai còn trống của tổ / robots in teams' empty chairs")
    robots.add_argument("session", metavar="NAME", help="tên đợt / the session's name")
    robots.add_argument("--once", action="store_true", help="xem một lần rồi thôi / look once and end")


def msel(asked: argparse.Namespace) -> int:
    """Export the list, or import one: legal changes are kept only when the perfect robot still earns 100."""
    from kit.session import Session
    from kit.session.msel import msel_of
    from kit.session.planned import read_planned

    session = Session.named(asked.session)
    planned = read_planned(session)
    listed = msel_of(planned, asked.exercise, asked.language)
    if asked.file:
        return _import(asked, session, planned)
    from kit.session.msel_sheet import as_xlsx

    _write(asked.out, as_xlsx(listed, asked.session, asked.language))
    told = {"out": str(asked.out), "exercise": listed.exercise, "injects": len(listed.lines)}
    about = "Có đáp án, chỉ dành cho ban tổ chức / tells the answers, for organisers alone"
    print(as_json(told) if asked.json else f"{asked.out}: {len(listed.lines)} tình huống / injects. {about}.")
    return 0


def _import(asked: argparse.Namespace, session: "Session", planned: "Planned") -> int:
    from kit.session.msel import msel_of
    from kit.session.msel_import import read_changes
    from kit.session.planned import keep

    listed = [msel_of(planned, asked.exercise, language) for language in (asked.language, *_other(asked.language))]
    changes = _read_either(lambda one: read_changes(asked.file, one, session.name), listed)
    exercise = listed[0].exercise
    changed = planned.changed(exercise, changes)
    _must_work(asked.file.name, changed, exercise)
    keep(session, changed)
    told = {"exercise": exercise, "changes": changes}
    sentence = f"{exercise}: {len(changes)} tình huống khác với bài / injects differ from the exercise"
    print(as_json(told) if asked.json else f"{sentence}. Tiếp theo / next: kit session prepare {session.name}")
    return 0


def _other(language: str) -> list[str]:
    return [one for one in ("vi", "en") if one != language]


def _read_either(read: Callable[["Msel"], dict[str, Json]], listed: list["Msel"]) -> dict[str, Json]:
    """The changes in a file of either language; the problems are those of the language that it is in: the fewer."""
    broken: list[BrokenFile] = []
    for one in listed:
        try:
            return read(one)
        except BrokenFile as problem:
            broken.append(problem)
    raise min(broken, key=lambda problem: len(problem.problems))


def _must_work(name: str, planned: "Planned", exercise: str) -> None:
    """Raise `BrokenFile` where the changed injects cannot be compiled, or cannot all be dealt with in time."""
    from grading.dry_run import PERFECT, try_script
    from kit.session.preparing import compile_places
    from kit.session.seating import places_of

    places = [place for place in places_of(planned, "") if place.exercise == exercise][:SAMPLES]
    for place in places:
        try:
            _, script, key = compile_places([place])[0]
        except KitError as error:
            raise BrokenFile.at(name, error.vi, error.en) from None
        tried = try_script(script, key, (PERFECT,))
        if not tried.good:
            score = f"{tried.scores.get(PERFECT, 0):g}"
            vi = f"{name}: sửa như vậy thì làm đúng hết cũng chỉ được {score} điểm: có việc không kịp hạn"
            raise BrokenFile([(vi, f"{name}: so changed, doing all rightly earns {score}: something is always late")])


def try_out(asked: argparse.Namespace) -> int:
    """The score table of robots on every script; 1 where the perfect one does not earn 100."""
    from tqdm import tqdm

    from grading.dry_run import ROBOTS, table, try_session
    from grading.players import player
    from kit.session import Session
    from kit.session.planned import read_planned

    session = Session.named(asked.session)
    read_planned(session)
    for name in asked.player:
        player(name)
    session.must_be_prepared()
    scripts = len({seat.script for seat in session.store().people.seats()})
    playing = try_session(session, tuple(asked.player) or ROBOTS, asked.jobs)
    tried = list(tqdm(playing, total=scripts, desc="Chơi thử / trying", unit="bộ", disable=asked.json or None))
    rows, bad = table(tried), [one for one in tried if not one.good]
    if asked.json:
        print(as_json({"table": rows, "bad": [one.__dict__ for one in bad]}))
    else:
        _print(rows, bad)
    return 1 if bad else 0


def fill(asked: argparse.Namespace) -> int:
    """Do what waits for a role that nobody of a team holds, again and again until stopped (Ctrl+C)."""
    from grading.chairs import fill_chairs
    from kit.session import Session

    session = Session.named(asked.session)
    session.must_exist()
    store, key_of = session.store(), lru_cache(maxsize=64)(session.keys().key)
    while True:
        steps = fill_chairs(store, key_of)
        if asked.once and asked.json:
            print(as_json({"steps": steps}))
        elif steps or asked.once:
            print(f"{steps} việc / steps", flush=True)
        if asked.once:
            return 0
        time.sleep(LOOK_SECONDS)


def _print(rows: list[Json], bad: list[Any]) -> None:
    print(
        f"{'Bài / exercise':40} {'Máy / robot':12} {'Bộ / n':>6} {'TB / mean':>9} {'thấp / low':>10} {'cao / high':>10}"
    )
    for row in rows:
        print(f"{row['exercise']:40} {row['player']:12} {row['scripts']:>6} {row['mean']:>9} "
              f"{row['lowest']:>10} {row['highest']:>10}")  # fmt: skip
    for one in bad:
        vi, en = one.problem or ("làm đúng hết không được 100 điểm", "doing all rightly does not earn 100")
        print(f"{one.script[:12]} ({one.exercise}): {vi} / {en}")


def _write(path: Path, content: bytes) -> None:
    """Readable by its owner alone."""
    try:
        with os.fdopen(os.open(set_aside(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        raise cannot_write(path, error) from None
