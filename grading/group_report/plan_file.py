"""The improvement plan as a file beside the report, JSON or CSV, and read again by the next session's report."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from grading.gradebook import neutral, plain_of
from grading.group_report.actions import owner_of
from grading.group_report.closure import Earlier
from grading.group_report.gather import Place
from grading.group_report.metrics import KINDS
from grading.group_report.naming import place_name
from grading.group_report.report import GroupReport
from kit.errors import BrokenFile, WrongUse, cannot_read

FORMAT = "improvement-plan-1"
LARGEST = 2_000_000  # bytes
COLUMNS = ("place_kind", "place_code", "id", "what_vi", "what_en", "role", "owner_vi", "owner_en", "due", "before",
           "goal", "critical", "basis_vi", "basis_en")  # fmt: skip
Row = Mapping[str, Any]


def plan_json(report: GroupReport) -> str:
    """The plan with what it is about; actions as the next report reads them."""
    kind, code = report.place
    told = {"format": FORMAT, "session": report.course.session, "place": {"kind": kind, "code": code},
            "place_name": place_name(report.place, "vi"), "made_on": report.made_on.isoformat(),
            "actions": [one.to_json() for one in report.plan]}  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=2)


def plan_csv(report: GroupReport) -> bytes:
    """One line an action, for a spreadsheet: UTF-8 with its mark, CRLF, no cell that could run as a formula."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in report.plan:
        owners = [owner_of(one, code) for code in ("vi", "en")]
        bases = one.basis or {"vi": "", "en": ""}
        cells = [*report.place, one.id, one.what["vi"], one.what["en"], one.role, *owners, one.due.isoformat(),
                 one.before, one.goal, "yes" if one.critical else "no", bases["vi"], bases["en"]]  # fmt: skip
        writer.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in cells])
    return ("\ufeff" + held.getvalue()).encode()


def read_plan(path: Path, place: Place) -> list[Earlier]:
    """The actions of an earlier plan of the same place; every line that is none is named (`BrokenFile`)."""
    rows = _rows(path)
    wrong = [
        (f"{path}: mục {number}: không phải hành động của kế hoạch.", f"{path}: item {number}: no action of a plan.")
        for number, row in enumerate(rows, 1) if _action(row) is None
    ]  # fmt: skip
    if wrong:
        raise BrokenFile(wrong[:20])
    others = sorted({(str(row["place_kind"]), str(row["place_code"])) for row in rows} - {place})
    if others:
        theirs, ours = ([place_name(one, code) for code in ("vi", "en")] for one in (others[0], place))
        raise WrongUse(f"{path} là kế hoạch của {theirs[0]}, không phải của {ours[0]}.",
                       f"{path} is the plan of {theirs[1]}, not of {ours[1]}.")  # fmt: skip
    return [found for row in rows if (found := _action(row))]


def _rows(path: Path) -> Sequence[Row]:
    text = _text(path)
    if not text.lstrip().startswith("{"):
        return [{name: plain_of(cell or "") for name, cell in row.items() if name} for row in _lines(path, text)]
    try:
        told = json.loads(text)
        if not isinstance(told, dict):
            raise _no_plan(path)
        place, actions = told.get("place"), told.get("actions")
    except (ValueError, RecursionError):
        raise _no_plan(path) from None
    if told.get("format") != FORMAT or not isinstance(place, dict) or not isinstance(actions, list):
        raise _no_plan(path)
    return [_with_place(one, place) for one in actions]


def _with_place(action: object, place: Row) -> Row:
    if not isinstance(action, dict) or not isinstance(what := action.get("what"), dict):
        return {}
    return {**action, "what_vi": what.get("vi"), "what_en": what.get("en"), "place_kind": place.get("kind"),
            "place_code": place.get("code")}  # fmt: skip


def _lines(path: Path, text: str) -> list[dict[str, str]]:
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""))
        lines = list(reader)
    except csv.Error:
        raise _no_plan(path) from None
    if not set(COLUMNS[:10]) <= set(reader.fieldnames or ()):
        raise _no_plan(path)
    return lines


def _action(row: Row) -> Earlier | None:
    """The action in a row; None where something in it is missing or malformed."""
    try:
        told = {name: row[name] for name in ("id", "what_vi", "what_en", "role", "place_kind", "place_code")}
        due, before, goal = date.fromisoformat(str(row["due"])), float(row["before"]), float(row["goal"])
    except (KeyError, TypeError, ValueError):
        return None
    known = isinstance(told["id"], str) and told["id"].split("|")[0] in KINDS
    if not known or not all(isinstance(one, str) for one in told.values()) or not abs(before) + abs(goal) < 1e9:
        return None
    return Earlier(told["id"], {"vi": told["what_vi"], "en": told["what_en"]}, told["role"], due, before, goal)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise _no_plan(path)
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise cannot_read(path, error) from None
    except UnicodeDecodeError:
        raise _no_plan(path) from None


def _no_plan(path: Path) -> BrokenFile:
    return BrokenFile([(f"{path}: không phải kế hoạch cải thiện (JSON hoặc CSV).",
                        f"{path}: no improvement plan (JSON or CSV).")])  # fmt: skip
