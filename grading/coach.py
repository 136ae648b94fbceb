"""The coach: a process of its own that knows the keys and tells guided and practice attempts what went well or wrong.

It reads one JSON request a line ({"attempt": id, "language": "vi"}) and answers one JSON line. An assessed attempt
gets no answer before it is released.
"""

import json
import sys
from typing import Any, TextIO

from grading.evaluate import Evaluation, Finding, evaluate
from kit.errors import KitError
from kit.event import FINISHED
from kit.exercise import TRUSTED
from kit.following import released
from kit.key_store import KeyStore
from kit.script import Key, first_of
from kit.session import Session
from kit.store import EventStore
from kit.words import pick, say

Json = dict[str, Any]
COACHED = ("guided", "practice")
UNRELEASED = ("Lượt đánh giá chỉ có kết quả sau khi công bố.", "An assessed attempt has no result before release.")


def advise(store: EventStore, keys: KeyStore, attempt: str, language: str) -> Json:
    """What may be told about an attempt now: its findings with rule and basis, its score and rating.

    Once it has ended also what was planted, by record.

    Raises `KitError` for an attempt that is unknown, or assessed and not released.
    """
    row = store.attempt(id=attempt)
    if row["mode"] not in COACHED and not released(store, attempt):
        raise KitError(*UNRELEASED)
    key, events = keys.key(row["script"]), store.read(attempt)
    evaluation, ended = evaluate(key, events), any(event.kind == FINISHED for event in events)
    return {
        "planted": _planted(key, language) if ended else {},
        "findings": [told(finding, language) for finding in evaluation.findings],
        "score": evaluation.score, "rating": evaluation.rating, "passed": evaluation.passed,
    }  # fmt: skip


def _planted(key: Key, language: str) -> dict[str, str]:
    """What was planted in each record; nothing of one whose inject has no truth."""
    told = (one for one in key.targets if not one.counts and first_of(one.inject) in key.truths)
    return {one.record: truth_name(key, one.inject, language) for one in told}


def truth_name(key: Key, inject: str, language: str) -> str:
    """What the truth planted in an inject, or in the one it follows, is called: by the exercise, or in the words."""
    truth = key.truths[first_of(inject)]
    named = key.names.get(truth)
    return pick(named, language) if named else say(f"truth.{truth}", language)


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


def needs_mark(basis: tuple[Json, ...]) -> bool:
    """Whether any of it is less than read law, a checked data set or the founding reports."""
    return any(one["confidence"] not in TRUSTED for one in basis)


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


__all__ = ["Evaluation", "advise", "answer", "needs_mark", "serve", "told", "truth_name"]

if __name__ == "__main__":
    serve(Session.named(sys.argv[1]), sys.stdin, sys.stdout)
