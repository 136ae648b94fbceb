"""The gradebook for a learning record store: xAPI 1.0.3 statements that keep the rules of cmi5.

In a registration (an attempt): initialized first, terminated last, one `passed` or one `failed` at most, a score only
in these, a duration in completed, passed, failed and terminated; nothing is passed or failed before it is final.
Actors are accounts: no e-mail address, no personal ID.
"""

from collections.abc import Iterator
from uuid import NAMESPACE_URL, UUID, uuid5

from grading.evaluate import GRADED
from grading.gradebook.rows import Graded, Row, row_of
from kit.event import ACTED, FINISHED, REFUSED, Event

HOME = "https://kit.example"  # nobody's: where a province puts its own address
ADL = "http://adlnet.gov/expapi/verbs"
VERBS = {
    "initialized": f"{ADL}/initialized", "interacted": f"{ADL}/interacted", "completed": f"{ADL}/completed",
    "passed": f"{ADL}/passed", "failed": f"{ADL}/failed", "terminated": f"{ADL}/terminated",
}  # fmt: skip
CMI5 = "https://w3id.org/xapi/cmi5/context"
DEFINED = {"id": f"{CMI5}/categories/cmi5"}
MOVES_ON = {"id": f"{CMI5}/categories/moveon"}


def statements(graded: Graded, pass_mark: int, home: str = HOME) -> Iterator[Row]:
    """The statements of one attempt, in the order of time."""
    row, events = row_of(graded), graded.events
    yield _defined(row, home, "initialized", events[0])
    for event in events:
        if event.kind in (ACTED, REFUSED):
            yield _deed(row, home, event)
    ended = next((event for event in events if event.kind == FINISHED), None)
    if ended is None:
        return
    lasted = {"duration": f"PT{row['seconds']}S"}
    completed = _defined(row, home, "completed", ended) | {"result": {"completion": True, **lasted}}
    completed["context"]["contextActivities"]["category"].append(MOVES_ON)
    yield completed
    if row["state"] == GRADED:
        yield _judged(row, home, ended, pass_mark)
    yield _defined(row, home, "terminated", ended) | {"result": lasted}


def _judged(row: Row, home: str, ended: Event, pass_mark: int) -> Row:
    """Passed or failed, with the score against the mark that was to be reached."""
    score = {"scaled": round(row["score"] / 100, 4), "raw": row["score"], "min": 0, "max": 100}
    result = {"success": row["passed"], "score": score, "duration": f"PT{row['seconds']}S"}
    made = _defined(row, home, "passed" if row["passed"] else "failed", ended) | {"result": result}
    made["context"]["contextActivities"]["category"].append(MOVES_ON)
    made["context"]["extensions"][f"{CMI5}/extensions/masteryscore"] = pass_mark / 100
    return made


def _deed(row: Row, home: str, event: Event) -> Row:
    """One action as the trainee did it: which, and whether the system took it."""
    made = _statement(row, home, "interacted", event) | {"result": {"success": event.kind == ACTED}}
    made["object"]["id"] += f"/{event.system}/{event.action}"
    made["object"]["definition"] = {"type": "http://adlnet.gov/expapi/activities/interaction"}
    return made


def _defined(row: Row, home: str, verb: str, event: Event) -> Row:
    """A statement of the kind that cmi5 defines."""
    made = _statement(row, home, verb, event)
    made["context"]["contextActivities"]["category"] = [DEFINED]
    return made


def _statement(row: Row, home: str, verb: str, event: Event) -> Row:
    activity = f"{home}/exercises/{row['exercise']}"
    number = uuid5(NAMESPACE_URL, f"{home}/{row['attempt']}/{event.seq}/{verb}")
    return {
        "id": str(number), "timestamp": event.at, "version": "1.0.3",
        "actor": {"objectType": "Agent", "account": {"homePage": home, "name": row["trainee"]}},
        "verb": {"id": VERBS[verb], "display": {"en": verb}},
        "object": {"objectType": "Activity", "id": activity,
                   "definition": {"type": "http://adlnet.gov/expapi/activities/simulation"}},
        "context": {
            "registration": str(UUID(hex=row["attempt"])), "language": "vi",
            "contextActivities": {"grouping": [{"id": activity}]},
            "extensions": {f"{CMI5}/extensions/sessionid": row["session"]},
        },
    }  # fmt: skip
