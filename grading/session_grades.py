"""Every attempt of a session graded: a broken one is named and stops nothing; results are kept with their seal."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from grading.evaluate import GRADED, INVALID, NEEDS_REVIEW
from grading.gradebook import Graded, Row, row_of, statements
from grading.rehearsal import outcome
from grading.report import Report, page
from grading.seal import Changed, grader_key, seal, unsealed
from grading.spread import Work, over_attempts
from kit.errors import BrokenFile, KitError, cannot_read, cannot_write
from kit.event import Event
from kit.exercise import load_exercise
from kit.session import Session

RESULTS, SEAL = "grades.json", "grades.seal.json"
COMPARED = ("score", "rating", "passed", "state")  # what a regrading may change
Json = dict[str, Any]


def results_of(session: Session, workers: int = 0) -> Json:
    """The results as they are kept: each attempt's row, then its findings; how many are final."""
    told, invalid = each(session, told_of, workers)
    states = [one["state"] for one in told]
    counts = {GRADED: states.count(GRADED), NEEDS_REVIEW: states.count(NEEDS_REVIEW), INVALID: len(invalid)}
    return {"session": session.name, "counts": counts, "graded": told, "invalid": invalid}


def told_of(graded: Graded) -> Json:
    """An evaluated attempt as plain data: its row in the gradebook and its findings."""
    told = outcome(graded.evaluation, "")
    del told["player"]
    return {**row_of(graded), **told}


def stated(graded: Graded) -> str:
    """The statements of an attempt as JSON, as they stand in a list without its brackets."""
    pass_mark = load_exercise(graded.evaluation.exercise).scenario.pass_mark
    return json.dumps(list(statements(graded, pass_mark)), ensure_ascii=False, indent=1)[2:-2]


def reported(graded: Graded, out: Path) -> str:
    """Write the report of an attempt as HTML into a folder; returns the file's name. WrongUse where it cannot be."""
    session, script = Session.named(graded.session), graded.attempt["script"]
    store = session.store()
    read = Report(graded.events, store.script(script), session.keys().key(script), graded.evaluation)
    store.engine.dispose()
    file = out / f"{graded.attempt['id']}.html"
    try:
        file.write_text(page(read), encoding="utf-8")
    except OSError as error:
        raise cannot_write(file, error) from None
    return file.name


def each(session: Session, work: Work, workers: int = 0) -> tuple[list[Any], dict[str, dict[str, str]]]:
    """What some work makes of each attempt, and the problems of the others (vi, en), in the order of their numbers.

    WrongUse where there is no such session.
    """
    session.must_exist()
    answers = sorted(over_attempts(session, work, workers), key=lambda answer: answer.attempt)
    problems = {one.attempt: one.problem for one in answers if one.problem}
    return [one.made for one in answers if not one.problem], problems


def keep(results: Json, out: Path) -> Json:
    """Write the results, an attempt a line, and their seal; what was there before is kept under a number.

    Returns the results with `changed`: what this grading made different.
    """
    before = read_results(out / RESULTS) if (out / RESULTS).is_file() else None
    if before is not None:
        number = 1 + sum(1 for _ in out.glob("grades-*.seal.json"))
        for name in (RESULTS, SEAL):
            if (out / name).is_file():
                (out / name).replace(out / name.replace("grades", f"grades-{number:03d}", 1))
    results["changed"] = differences(before, results) if before else []
    key = grader_key(Session.named(results["session"]).folder / "keys")
    (out / SEAL).write_text(json.dumps(seal(results, key)), encoding="utf-8")
    (out / RESULTS).write_text(as_lines(results), encoding="utf-8")
    return results


def as_lines(results: Json) -> str:
    """The results as JSON, an attempt a line: indented, a province's would take longer to write than to grade."""
    attempts = ",\n".join(json.dumps(one, ensure_ascii=False) for one in results["graded"])
    rest = json.dumps({name: value for name, value in results.items() if name != "graded"}, ensure_ascii=False)
    return f'{rest[:-1]}, "graded": [\n{attempts}\n]}}\n'


def differences(before: Json, now: Json) -> list[Row]:
    """What a regrading changed: attempt, trainee, exercise, field, before and after."""
    earlier = {one["attempt"]: one for one in before["graded"]}
    return [
        {"attempt": one["attempt"], "trainee": one["trainee"], "exercise": one["exercise"], "field": name,
         "before": earlier[one["attempt"]].get(name), "after": one[name]}
        for one in now["graded"] if one["attempt"] in earlier
        for name in COMPARED if earlier[one["attempt"]].get(name) != one[name]
    ]  # fmt: skip


def check_results(path: Path, key: Ed25519PublicKey) -> list[Changed]:
    """Everything in a file of results that its seal, the file beside it, does not cover."""
    beside = path.with_name(path.name.removesuffix(".json") + ".seal.json")
    return unsealed(read_results(path), _read(beside), key)


def check_logs(results: Json) -> Iterator[Changed]:
    """Attempts whose log is no longer the one that was graded; events added behind it (marks) are no change."""
    session = Session.named(str(results["session"]))
    if not session.folder.is_dir():
        return
    store = session.store()
    for one in results["graded"]:
        try:
            held: list[Event] = store.read(one["attempt"])
            same = len(held) >= one["events"] and held[one["events"] - 1].hash == one["log"]
        except KitError:
            same = False
        if not same:
            yield Changed(one["attempt"], "log", "changed")


def read_results(path: Path) -> Json:
    """A file that `keep` wrote, whoever changed it since; `BrokenFile` where it is none at all."""
    found = _read(path)
    listed = found.get("graded")
    if not isinstance(listed, list) or not all(isinstance(one, dict) and isinstance(one.get("attempt"), str)
                                               for one in listed):  # fmt: skip
        raise BrokenFile.at(path, "không phải tệp kết quả chấm.", "no file of results.")
    return found


def _read(path: Path) -> Json:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise cannot_read(path, error) from None
    except (ValueError, RecursionError):
        raise BrokenFile.at(path, "không phải JSON.", "no JSON.") from None
    if not isinstance(found, dict):
        raise BrokenFile.at(path, "không phải tệp kết quả chấm.", "no file of results.")
    return found
