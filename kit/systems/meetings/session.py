"""The session itself: who is there, opening, agenda, breaks, end, minutes, the notice of what was concluded."""

from kit.systems.form import Changes, Json, Situation
from kit.systems.meetings.minutes import concluded, conclusions, minutes
from kit.systems.meetings.papers import attendance
from kit.systems.meetings.people import counted_present
from kit.systems.meetings.steps import agenda, move, now

SEATED = {"session_convened": "session_seated"}


def take_attendance(situation: Situation, given: Json) -> Changes:
    """Have the sheet of signatures as it stands at this moment."""
    return {situation.id: {"attendance_at": now(situation)}} | attendance(situation)


def record_roll_call(situation: Situation, given: Json) -> Changes:
    """Write down how many there are of how many, and whether that is enough."""
    step = situation.record["step"]
    calls = [*situation.record.get("roll_calls", []), {"at": now(situation), **given}]
    return move(situation, SEATED.get(step, step), roll_calls=calls, present_count=given["present_count"])


def open_session(situation: Situation, given: Json) -> Changes:
    """Declare the session open."""
    return move(situation, "session_open", opened_at=now(situation))


def adopt_agenda(situation: Situation, given: Json) -> Changes:
    """Have the agenda adopted."""
    return {situation.id: {"agenda_count": given["agenda_count"], "agenda_at": now(situation)}}


def counted_agenda(situation: Situation) -> Json:
    """How many items the software has on the agenda, and who is there to adopt it."""
    return {"counted_agenda": len(agenda(situation)), **counted_present(situation)}


def suspend(situation: Situation, given: Json) -> Changes:
    """Interrupt the session, with the ground."""
    breaks = [*situation.record.get("breaks", []), {"from": now(situation), "ground": given["suspend_ground"]}]
    return move(situation, "session_suspended", breaks=breaks)


def resume(situation: Situation, given: Json) -> Changes:
    """Go on after a break."""
    *earlier, last = situation.record["breaks"]
    return move(situation, "session_open", breaks=[*earlier, {**last, "until": now(situation)}])


def close(situation: Situation, given: Json) -> Changes:
    """Declare the session closed."""
    return move(situation, "session_closed", closed_at=now(situation))


def draw_up_minutes(situation: Situation, given: Json) -> Changes:
    """Print the minutes from what was entered during the session."""
    return move(situation, "session_minuted", **given) | minutes(situation, given)


def issue_conclusions(situation: Situation, given: Json) -> Changes:
    """Send out the notice of conclusions: only the tasks that were concluded."""
    step = "session_reported" if situation.record["step"] == "session_minuted" else "session_closed"
    return move(situation, step, conclusions_at=now(situation)) | conclusions(situation, given)


def counted_tasks(situation: Situation) -> Json:
    """How many tasks were concluded in this session."""
    return {"counted_tasks": len(concluded(situation))}


def file(situation: Situation, given: Json) -> Changes:
    """Put the session's papers into the work file."""
    return move(situation, "session_filed")
