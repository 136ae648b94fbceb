"""kit grade, export, verify, calibrate: sealed results; the gradebook; was anything changed; is an exercise fair."""

import argparse
import json
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit import home
from kit.cli.options import Commands, as_json, command, folder, set_aside, whole, world_options, writable
from kit.errors import WrongUse, cannot_write
from kit.words import say

if TYPE_CHECKING:
    from grading.seal import Changed

FORMATS = ("csv", "xlsx", "json", "xapi")
REASONS = ("unfinished", "unjudged", "differing")  # for which a result is not final
Json = dict[str, Any]


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    grader = command(commands, "grade", grade, "chấm mọi lượt của một đợt / grade every attempt of a session")
    grader.add_argument("--session", default=home.PRACTICE, metavar="S")
    grader.add_argument("--jobs", type=whole(1, 64), default=os.cpu_count() or 1, metavar="N")
    grader.add_argument("--reports", action="store_true", help="ghi cả báo cáo HTML / write HTML reports too")
    grader.add_argument("--out", type=folder, default=None, metavar="DIR", help="mặc định / default: build/grades")
    book = command(commands, "export", export, "xuất sổ điểm / export the gradebook")
    book.add_argument("--session", default=home.PRACTICE, metavar="S")
    book.add_argument("--format", choices=FORMATS, required=True)
    book.add_argument("--out", type=Path, required=True, metavar="FILE")
    book.add_argument("--bom", action="store_true", help="CSV cho Excel / CSV that Excel opens rightly")
    tester = command(commands, "calibrate", calibrate, "đo độ khó, độ phân biệt của một bài / calibrate an exercise")
    tester.add_argument("exercise", metavar="EXERCISE")
    tester.add_argument("--runs", type=whole(1, 100_000), default=100, metavar="N")
    world_options(tester)
    checker = command(commands, "verify", verify, "kiểm tra niêm phong kết quả / check the seal of results")
    checker.add_argument("path", type=Path, metavar="PATH", help="grades.json hoặc thư mục / or its folder")
    checker.add_argument("--key", type=Path, default=None, metavar="FILE", help="khóa công khai / public key (PEM)")


def calibrate(asked: argparse.Namespace) -> int:
    """Let robots of many abilities play an exercise; 1 where a variant is harder or easier than the others."""
    from tqdm import tqdm

    from grading.calibration import calibrate as measure
    from kit.exercise import load_exercise
    from kit.world import draw_world

    exercise, world = load_exercise(asked.exercise), draw_world(asked.unit, asked.seed, asked.date)
    found = measure(exercise, world, asked.runs, lambda seeds: tqdm(list(seeds), desc=exercise.id, unit="bộ"))
    print(as_json(found) if asked.json else _calibrated(found))
    return 1 if found["unfair"] else 0


def _calibrated(found: dict[str, Any]) -> str:
    lines = [f"{found['exercise']}: {found['variants']} biến thể / variants"]
    lines += [f"  {robot:10} {one['mean']:6.2f} ± {one['deviation']:5.2f}   {one['lowest']:g} - {one['highest']:g}"
              for robot, one in found["players"].items()]  # fmt: skip
    lines += [f"  không công bằng / unfair: seed {one['seed']}: {one['player']} {one['mean']} ({one['overall']})"
              for one in found["unfair"]]  # fmt: skip
    lines += [f"  {one['expectation']:28} {one['facility']:.2f} {one['discrimination']:+.2f} {one['flag']}"
              for one in found["expectations"]]  # fmt: skip
    return "\n".join(lines)


def grade(asked: argparse.Namespace) -> int:
    """Grade every attempt; a broken one is named and does not stop the rest (then 1)."""
    from grading.session_grades import as_lines, keep, results_of
    from kit.session import Session

    results = results_of(Session.named(asked.session), asked.jobs)
    if not (results["graded"] or results["invalid"]):
        raise WrongUse(f"Đợt {asked.session!r} chưa có lượt nào để chấm; kết quả cũ giữ nguyên.",
                       f"Session {asked.session!r} has no attempts to grade yet; earlier results stay.")  # fmt: skip
    out = writable(asked.out or home.build() / "grades")
    keep(results, out)
    if asked.reports:
        _write_reports(results, out, asked.jobs)
    print(as_lines(results) if asked.json else f"{_told(results)}\n\nĐã ghi / written: {out / 'grades.json'}")
    return 1 if results["invalid"] else 0


def _told(results: Json) -> str:
    lines = [_line(one) for one in results["graded"]]
    lines += [f"{attempt}: {why['vi']} / {why['en']}" for attempt, why in results["invalid"].items()]
    if results["changed"]:
        lines += ["", "Khác lần chấm trước (bản cũ vẫn được giữ) / different from before (the old results are kept):"]
        lines += [f"{one['trainee']!s:24} {one['exercise']!s:28} {one['field']}: {one['before']} -> {one['after']}"
                  for one in results["changed"]]  # fmt: skip
    return "\n".join([*lines, *_left(results, "vi"), *_left(results, "en")])


def _line(one: Json) -> str:
    told = f"{_who(one)!s:24} {one['exercise']:28} {one['score']:>6} {one['rating']:2} {', '.join(one['reasons'])}"
    return told.rstrip()


def _who(one: Json) -> str:
    """The trainee with their code in the roster, or a team with its members."""
    return f"{one['trainee']} ({one['people']})" if ";" in one["people"] else one["people"] or one["trainee"]


def _left(results: Json, language: str) -> list[str]:
    """Who has to do what before all results are final."""
    waiting = {reason: [one for one in results["graded"] if reason in one["reasons"]] for reason in REASONS}
    marks = sum(finding["status"] == "unjudged" for one in waiting["unjudged"] for finding in one["findings"])
    told = [say(f"grades.{reason}", language, count=len(ones), marks=marks, session=results["session"])
            for reason, ones in waiting.items() if ones]  # fmt: skip
    if not told:
        return []
    ends = say("grades.pending", language), say("grades.again", language, session=results["session"])
    return ["", ends[0], *(f"  - {line}" for line in told), f"  {ends[1]}"]


def export(asked: argparse.Namespace) -> int:
    """Write the gradebook of a session in one of four forms."""
    from grading.gradebook import row_of
    from grading.session_grades import each, stated
    from kit.session import Session

    made, invalid = each(Session.named(asked.session), stated if asked.format == "xapi" else row_of)
    writable(asked.out.parent)
    try:
        set_aside(asked.out).write_bytes(_book(made, asked.format, asked.bom))
    except OSError as error:
        raise cannot_write(asked.out, error) from None
    told = {"out": str(asked.out), "attempts": len(made), "invalid": invalid}
    print(as_json(told) if asked.json else f"{asked.out}: {len(made)} lượt / attempts")
    return 1 if invalid else 0


def _book(made: list[Any], form: str, bom: bool) -> bytes:
    """The file: of rows, or for xAPI of each attempt's statements as JSON."""
    from grading.gradebook import as_csv, as_xlsx

    if form == "csv":
        return as_csv(made, bom)
    if form == "xlsx":
        return as_xlsx(made)
    if form == "xapi":
        return "[\n{}\n]".format(",\n".join(made)).encode()
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def verify(asked: argparse.Namespace) -> int:
    """Check the seal of results, and that each log is still the one graded; 1 and what was changed otherwise."""
    from grading.seal import public_key
    from grading.session_grades import RESULTS, check_logs, check_results, read_results

    path = asked.path / RESULTS if asked.path.is_dir() else asked.path
    results = read_results(path)
    changed = check_results(path, public_key(asked.key or _own_key(results)))
    changed += [] if changed else check_logs(results)
    problems = [{"file": str(path), "attempt": one.attempt, "field": one.field, "what": one.told} for one in changed]
    if asked.json:
        print(as_json({"intact": not problems, "problems": problems}))
    elif not problems:
        print(f"{path}: nguyên vẹn, {len(results['graded'])} lượt. Intact.")
    for one in changed if not asked.json else []:
        print(_named(path, one))
    return 1 if problems else 0


def _named(path: Path, one: "Changed") -> str:
    words = {"changed": "đã bị sửa / was changed", "added": "không có khi niêm phong / was added",
             "removed": "đã bị xóa / was removed",
             "signature": "niêm phong không phải của người chấm này / the seal is not this grader's"}  # fmt: skip
    where = ": ".join(part for part in (str(path), one.attempt, one.field) if part)
    return f"{where}: {words[one.told]}"


def _own_key(results: dict[str, object]) -> Path:
    """The public key of the session that the results name, where this machine has it."""
    from kit.session import Session

    own = Session.named(str(results.get("session"))).folder / "keys" / "grader.pub.pem"
    if not own.is_file():
        raise WrongUse("Hãy cho biết khóa công khai của người chấm: --key FILE.",
                       "Name the grader's public key: --key FILE.")  # fmt: skip
    return own


def _write_reports(results: Json, out: Path, jobs: int) -> None:
    """A report of every attempt that was graded; WrongUse, with the first that could not be written."""
    from tqdm import tqdm

    from grading.session_grades import reported
    from grading.spread import over_attempts
    from kit.session import Session

    writing = over_attempts(Session.named(results["session"]), partial(reported, out=out), jobs)
    whole = len(results["graded"]) + len(results["invalid"])
    for one in tqdm(writing, total=whole, desc="Báo cáo / reports", unit="lượt"):
        if one.problem and one.attempt not in results["invalid"]:
            raise WrongUse(f"{one.attempt}: {one.problem['vi']}", f"{one.attempt}: {one.problem['en']}")
