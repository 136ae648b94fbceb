"""kit report: after-action report and improvement plan of an attempt, a unit, a working group or a province."""

import argparse
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kit import home
from kit.cli.options import Commands, as_json, command, day, folder, writable
from kit.errors import WrongUse, cannot_write
from kit.plain_text import plain
from kit.safe_html import clean

if TYPE_CHECKING:
    from grading.group_report import Course, GroupReport
    from kit.session import Session

LANGUAGES = ("vi", "en")
KINDS = ("unit", "group", "province")


def add_commands(commands: Commands) -> None:
    """Add this module's command."""
    asked = command(commands, "report", report, "báo cáo sau diễn tập, kế hoạch cải thiện / after-action report")
    about = asked.add_mutually_exclusive_group(required=True)
    about.add_argument("--attempt", metavar="ID", help="một lượt / one attempt")
    about.add_argument("--unit", metavar="CODE", help="đơn vị: mã hoặc tên / a unit's code or name")
    about.add_argument("--group", metavar="NAME", help="tổ công tác / a working group")
    about.add_argument("--province", metavar="CODE", help="tỉnh, thành phố / a province")
    asked.add_argument("--session", default=home.PRACTICE, metavar="S")
    asked.add_argument("--previous", type=Path, default=None, metavar="FILE",
                       help="kế hoạch lần trước / the plan of the session before (JSON, CSV)")  # fmt: skip
    asked.add_argument("--language", choices=LANGUAGES, default="vi", help="hiện trước / shown first")
    asked.add_argument("--date", type=day, default=None, metavar="YYYY-MM-DD", help="ngày lập / day of the report")
    asked.add_argument("--out", type=folder, required=True, metavar="DIR")


def report(asked: argparse.Namespace) -> int:
    """Write the report as HTML and PDF, of a group also its plan."""
    if asked.attempt is not None:
        return _of_attempt(asked)
    from grading.group_report import members, place_meant, plan_csv, plan_json, read_plan, report_on
    from kit.session import Session

    session = Session.named(asked.session)
    course = _course(session)
    kind, named = next((kind, getattr(asked, kind)) for kind in KINDS if getattr(asked, kind) is not None)
    place = place_meant(kind, named, members(course))
    made_on = asked.date or date.today()
    found = report_on(course, place, made_on, read_plan(asked.previous, place) if asked.previous else ())
    slug = re.sub(r"[^a-z0-9]+", "-", plain(place[1])).strip("-") or "group"
    told = _printed(found, writable(asked.out) / f"{kind}-{slug}", asked.language)
    plans = {"plan.json": plan_json(found).encode(), "plan.csv": plan_csv(found)}
    told |= {name: _write(asked.out / f"{kind}-{slug}.{name}", content) for name, content in plans.items()}
    print(as_json(_summed(found, told)) if asked.json else "\n".join([*told.values(), *_withheld(found)]))
    return 0


def _withheld(found: "GroupReport") -> list[str]:
    """That a group is too small for figures and a plan, in both languages; nothing where it is not."""
    from grading.group_report.suppression import LEAST
    from kit.words import say

    return [] if found.sums.attempts else [say("report.aar.suppressed", one, least=LEAST) for one in LANGUAGES]


def _course(session: "Session") -> "Course":
    """Every attempt of the session, graded and summed up in as many processes as the computer has cores."""
    from grading.group_report import Course
    from grading.group_report.watching import shared, watch
    from grading.spread import over_attempts
    from kit.exercise import load_exercise

    session.must_exist()
    kept = list(shared(answer.made for answer in over_attempts(session, watch)))
    watched = {one.graded.attempt["id"]: one for one in kept if one}
    graded = [watched[attempt].graded for attempt in sorted(watched)]
    played = {name: load_exercise(name) for name in {one.evaluation.exercise for one in graded}}
    titles = {name: one.scenario.title.texts for name, one in played.items()}
    objectives = {name: {each.id: each.title.texts for each in one.guide.objectives} for name, one in played.items()}
    people = {person.code: person for person in session.store().people.all()}
    invalid, sums = kept.count(None), {attempt: one.sums for attempt, one in watched.items()}
    return Course(session.name, graded, invalid, people, titles, sums, objectives)


def _printed(found: "GroupReport", base: Path, language: str) -> dict[str, str]:
    from grading.group_report import page, pdf

    told = {"html": _write(base.with_name(base.name + ".html"), page(found, language).encode())}
    return told | {f"{code}.pdf": _write(base.with_name(f"{base.name}.{code}.pdf"), pdf(found, code))
                   for code in LANGUAGES}  # fmt: skip


def _of_attempt(asked: argparse.Namespace) -> int:
    from grading.report import page, pdf, read_report
    from kit.session import Session

    if asked.previous:
        raise WrongUse("--previous chỉ dùng cho báo cáo của nhóm.", "--previous is for reports on groups.")
    Session.named(asked.session).must_exist()
    attempt = clean(asked.attempt)
    found = read_report(asked.session, attempt)
    base = writable(asked.out) / f"attempt-{attempt}"
    told = {"html": _write(base.with_suffix(".html"), page(found, asked.language).encode())}
    told |= {f"{code}.pdf": _write(base.with_suffix(f".{code}.pdf"), pdf(found, code)) for code in LANGUAGES}
    print(as_json({"attempt": attempt, "files": told}) if asked.json else "\n".join(told.values()))
    return 0


def _write(path: Path, content: bytes) -> str:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise cannot_write(path, error) from None
    return str(path)


def _summed(found: "GroupReport", files: dict[str, str]) -> dict[str, object]:
    states = [one.state for one in found.closed]
    return {
        "place": list(found.place), "people": found.people, "played": found.played, "attempts": found.attempts,
        "shown": bool(found.sums.attempts), "hidden": list(found.hidden), "actions": len(found.plan),
        "previous": {state: states.count(state) for state in ("closed", "open", "unmeasured")},
        "files": files,
    }  # fmt: skip
