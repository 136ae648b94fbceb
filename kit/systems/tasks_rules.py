"""What each action on a demand or task does, and the little that task software refuses."""

from kit.systems import tasks_papers as papers
from kit.systems.form import Changes, Json, Refused, Situation


def note(situation: Situation, given: Json) -> Changes:
    """What was entered, kept on the record."""
    return {situation.id: dict(given)}


def assign(situation: Situation, given: Json) -> Changes:
    """Give the task to a division with product and deadline; given again, it goes to another one."""
    _not_past(situation, given, "deadline")
    kept = {name: value for name, value in given.items() if name != "deadline"}
    fields = {**kept, "due_date": given["deadline"], "progress_state": "", "step": "task_open"}
    return {situation.id: fields} | papers.issue(situation, papers.assignment, given)


def decide_alone(situation: Situation, given: Json) -> Changes:
    """The chairman decides in the committee's place; it is to be told at the next session."""
    return _move(situation, "decided_alone", given) | papers.issue(situation, papers.decision, given)


def propose(situation: Situation, given: Json) -> Changes:
    """The matter goes on the agenda of the committee's next session."""
    return _move(situation, "item_proposed", given) | papers.issue(situation, papers.item, given)


def pass_on(situation: Situation, given: Json) -> Changes:
    """The demand goes to the body that it belongs to."""
    kept = {"passed_to": given["receiver_body"]}
    return _move(situation, "demand_passed", kept) | papers.issue(situation, papers.passed_on, given)


def raise_alarm(situation: Situation, given: Json) -> Changes:
    """Call out those who can help, before any paper; the call stays in the log of calls."""
    kept = {"alerted_bodies": given["alerted_bodies"], "alerted_at": _now(situation)}
    return _unless_running(situation, "alarm_raised", kept) | papers.issue(situation, papers.alarm, given)


def urge(situation: Situation, given: Json) -> Changes:
    """Remind a division, with a day by which it must deliver."""
    _not_past(situation, given, "deadline")
    count = situation.record.get("reminders", 0) + 1
    kept = {"due_date": given["deadline"], "reminders": count}
    return _move(situation, "task_open", kept) | papers.issue(situation, papers.reminder, given)


def put_off(situation: Situation, given: Json) -> Changes:
    """Put the deadline off: once, before it has passed."""
    due = str(situation.record.get("due_date", ""))
    if situation.record.get("put_off"):
        raise Refused("already_put_off")
    if due < situation.today():
        raise Refused("task_overdue")
    if given["new_due_date"] <= due:
        raise Refused("date_not_later", "new_due_date")
    return {situation.id: {"due_date": given["new_due_date"], "put_off": True}}


def compare(situation: Situation, given: Json) -> Changes:
    """What was found when the figures of a report were laid beside their source."""
    return papers.issue(situation, papers.figures, given)


def give_back(situation: Situation, given: Json) -> Changes:
    """The product goes back with the reason and a new day."""
    _not_past(situation, given, "deadline")
    count = situation.record.get("returns", 0) + 1
    kept = {"due_date": given["deadline"], "returns": count}
    return _move(situation, "task_open", kept) | papers.issue(situation, papers.returned, given)


def accept(situation: Situation, given: Json) -> Changes:
    """The product answers the demand."""
    return _move(situation, "product_accepted", {})


def report(situation: Situation, given: Json) -> Changes:
    """A report signed and sent to the body above; a task that still runs goes on running."""
    kept = {"reported_to": given["receiver_body"], "reported_at": _now(situation)}
    return _unless_running(situation, "reported_up", kept) | papers.issue(situation, papers.report, given)


def answer(situation: Situation, given: Json) -> Changes:
    """A letter to whoever asked."""
    kept = {"answered_at": _now(situation)}
    return _unless_running(situation, "sender_answered", kept) | papers.issue(situation, papers.answer, given)


def brief(situation: Situation, given: Json) -> Changes:
    """What is told at the next session about what the chairman decided alone (Law 72/2025, Article 23(16))."""
    kept = {"briefed_at": _now(situation)}
    return _unless_running(situation, "session_briefed", kept) | papers.issue(situation, papers.briefing, given)


def close(situation: Situation, given: Json) -> Changes:
    """Nothing is left to do."""
    return _move(situation, "task_closed", {})


def _move(situation: Situation, step: str, fields: Json) -> Changes:
    return {situation.id: {"step": step, **fields}}


def _unless_running(situation: Situation, step: str, fields: Json) -> Changes:
    """The step after, but none where somebody still works on the matter or it lies with another body."""
    stays = situation.record["step"] in ("task_open", "task_blocked", "alarm_raised", "demand_passed")
    return _move(situation, str(situation.record["step"]) if stays else step, fields)


def _not_past(situation: Situation, given: Json, field: str) -> None:
    if given[field] < situation.today():
        raise Refused("date_in_the_past", field)


def _now(situation: Situation) -> str:
    return situation.moment.isoformat(timespec="minutes")
