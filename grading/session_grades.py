"""Every attempt of a session graded: a broken one is named and stops nothing; results are kept with their seal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from grading.evaluate import GRADED, INVALID, NEEDS_REVIEW, evaluate
from grading.gradebook import Graded, Row, row_of
from grading.rehearsal import outcome
from grading.seal import Changed, grader_key, seal, unsealed
from kit.errors import BrokenFile, KitError, WrongUse
from kit.event import Event
from kit.session import Session

RESULTS, SEAL = "grades.json", "grades.seal.json"
COMPARED = ("score", "rating", "passed", "state")  # what a regrading may change
Json = dict[str, Any]


@dataclass(frozen=True)
class Grades:
    """A session's attempts: those that could be evaluated, and why the others could not (vi and en)."""

    session: str
    graded: list[Graded] = field(default_factory=list)
    invalid: dict[str, dict[str, str]] = field(default_factory=dict)

    def to_json(self) -> Json:
        """The results as they are kept: each attempt's row, then its findings; how many are final."""
        told = [{**row_of(one), **_findings(one), "state": one.evaluation.state} for one in self.graded]
        states = [one["state"] for one in told]
        counts = {GRADED: states.count(GRADED), NEEDS_REVIEW: states.count(NEEDS_REVIEW), INVALID: len(self.invalid)}
        return {"session": self.session, "counts": counts, "graded": told, "invalid": self.invalid}


def grade_session(session: Session) -> Grades:
    """Evaluate every attempt; WrongUse where the session has no attempts at all."""
    if not (session.folder / "attempts.sqlite").is_file():
        raise WrongUse(f"Chưa có đợt {session.name!r}.", f"There is no session {session.name!r}.")
    store, grades = session.store(), Grades(session.name)
    key_of = lru_cache(maxsize=1)(session.keys().key)  # attempts on one script stand together below
    for row in sorted(store.attempts(), key=lambda row: (row["script"], row["id"])):
        try:
            events = store.read(row["id"])
            made = evaluate(key_of(row["script"]), events)
            grades.graded.append(Graded(session.name, row, events, made))
        except KitError as error:
            grades.invalid[row["id"]] = {"vi": error.vi, "en": error.en}
    return replace(grades, graded=sorted(grades.graded, key=lambda one: one.attempt["id"]))


def keep(grades: Grades, out: Path) -> Json:
    """Write the results and their seal and return them; what was there before is kept under a number.

    `changed` in the results is what this grading made different.
    """
    before = read_results(out / RESULTS) if (out / RESULTS).is_file() else None
    if before is not None:
        number = 1 + sum(1 for _ in out.glob("grades-*.seal.json"))
        for name in (RESULTS, SEAL):
            if (out / name).is_file():
                (out / name).replace(out / name.replace("grades", f"grades-{number:03d}", 1))
    results = grades.to_json()
    results["changed"] = differences(before, results) if before else []
    key = grader_key(Session.named(grades.session).folder / "keys")
    (out / SEAL).write_text(json.dumps(seal(results, key)), encoding="utf-8")
    (out / RESULTS).write_text(json.dumps(results, ensure_ascii=False, indent=2), encoding="utf-8")
    return results


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
    if not (session.folder / "attempts.sqlite").is_file():
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
        raise BrokenFile([(f"{path}: không phải tệp kết quả chấm.", f"{path}: no file of results.")])
    return found


def _read(path: Path) -> Json:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongUse(f"Không đọc được {path}: {error.strerror}.", f"Cannot read {path}: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise BrokenFile([(f"{path}: không phải JSON.", f"{path}: no JSON.")]) from None
    if not isinstance(found, dict):
        raise BrokenFile([(f"{path}: không phải tệp kết quả chấm.", f"{path}: no file of results.")])
    return found


def _findings(one: Graded) -> Json:
    told = outcome(one.evaluation, "")
    return {name: value for name, value in told.items() if name not in ("player",)}
