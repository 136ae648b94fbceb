"""The coach: a process of its own that knows the keys and tells guided and practice attempts what went well or wrong.

It reads one JSON request a line ({"attempt": id, "language": "vi"}) and answers one JSON line. An assessed attempt
gets no answer before it is released.
"""

import json
import sys
from typing import Any, TextIO

from grading.evaluate import WRONG, Evaluation, Finding, evaluate
from grading.report.reading import Report
from grading.report.values import slips
from grading.telling import needs_mark
from kit.errors import KitError
from kit.event import FINISHED
from kit.following import released
from kit.key_store import KeyStore
from kit.script import first_of
from kit.session import Session
from kit.store import EventStore
from kit.words import pick, say

Json = dict[str, Any]
COACHED = ("guided", "practice")
UNRELEASED = ("Lượt đánh giá chỉ có kết quả sau khi công bố.", "An assessed attempt has no result before release.")


def advise(store: EventStore, keys: KeyStore, attempt: str, language: str) -> Json:
    """What may be told about an attempt now: its findings with rule and basis, its score and rating.

    Also what was planted, by record: where a guided trainee did what must not be done and, once it has ended,
    everywhere; then also what was entered and what was right.

    Raises `KitError` for an attempt that is unknown, or assessed and not released.
    """
    row = store.attempt(id=attempt)
    if row["mode"] not in COACHED and not released(store, attempt):
        raise KitError(*UNRELEASED)
    key, events = keys.key(row["script"]), store.read(attempt)
    evaluation, ended = evaluate(key, events), any(event.kind == FINISHED for event in events)
    tells = set(key.records.values()) if ended else _slipped(evaluation) if row["mode"] == "guided" else set()
    planted, findings = {}, [told(one, language) for one in evaluation.findings]
    if tells:  # only then is the script read: a guided trainee's desk asks after every action
        report = Report(events, store.script(row["script"]), key, evaluation)
        planted = _planted(report, tells, language)
        if ended:
            findings = [one | {"slips": slips(report, finding, language)}
                        for one, finding in zip(findings, evaluation.findings, strict=True)]  # fmt: skip
    return {
        "planted": planted, "findings": findings,
        "score": evaluation.score, "rating": evaluation.rating, "passed": evaluation.passed,
    }  # fmt: skip


def _slipped(evaluation: Evaluation) -> set[str]:
    """The records with which something was done that must not be."""
    return {one.target.record for one in evaluation.findings if one.target.forbidden and one.status == WRONG}


def _planted(report: Report, records: set[str], language: str) -> dict[str, str]:
    """What was planted in each of these records; nothing of one whose inject has no truth."""
    targets = (one for one in report.key.targets if not one.counts and one.record in records)
    injects = {one.record: one.inject for one in targets if first_of(one.inject) in report.key.truths}
    return {record: report.fault(inject, language) for record, inject in injects.items()}


def told(finding: Finding, language: str) -> Json:
    """One finding in a language, as plain data."""
    target = finding.target
    return {
        "id": target.id, "inject": target.inject, "record": target.record, "status": finding.status,
        "forbidden": target.forbidden, "critical": target.critical, "weight": target.weight, "points": finding.points,
        "title": pick(target.title, language), "rule": pick(target.rule, language),
        "advice": pick(target.advice, language), "hint": pick(target.hint, language),
        "basis": list(target.cited(language)),
        "mark": say("training.mark", language) if needs_mark(target.basis) else "",
        "moment": finding.moment, "evidence": list(finding.evidence),
    }  # fmt: skip


def answer(line: str, store: EventStore, keys: KeyStore) -> Json:
    """The reply to one request line; a problem is an answer too."""
    language = "vi"
    try:
        request = json.loads(line)
        language = "en" if request.get("language") == "en" else "vi"
        return advise(store, keys, str(request["attempt"]), language)
    except KitError as error:
        return {"error": error.say(language)}
    except (ValueError, KeyError, AttributeError, RecursionError) as error:
        return {"error": f"bad request: {type(error).__name__}"}


def serve(session: Session, requests: TextIO, replies: TextIO) -> None:
    """Answer until the requests end; `WrongUse` where there is no such session."""
    session.must_exist()
    store, keys = session.store(), session.keys()
    for line in requests:
        replies.write(json.dumps(answer(line, store, keys), ensure_ascii=False) + "\n")
        replies.flush()


if __name__ == "__main__":
    serve(Session.named(sys.argv[1]), sys.stdin, sys.stdout)
