"""What each action of the conference system changes in a matter, and when the software says no."""

import re

from kit.systems.conference_papers import participants, printed, tasks_taken, technical_report, test_record
from kit.systems.form import Changes, Json, Refused, Situation

STATE = {
    "preparing": 0, "testing": 1, "in_session": 2, "after_session": 3, "prepared": 6, "tested": 6, "in_hand": 7,
    "told_host": 8, "submitted": 9, "matter_closed": 10,
}  # fmt: skip
DONE = {"preparing": "prepared", "testing": "tested", "in_session": "in_hand", "after_session": "submitted"}
NAME_LIMIT = 60  # letters


def note(situation: Situation, given: Json, **fields: object) -> Changes:
    """The matter as handled in its phase, the entries kept with it; what the host was told of stays so."""
    step = situation.record["step"]
    return {situation.id: {"step": DONE.get(step, step), **given, **fields}}


def set_room(situation: Situation, given: Json) -> Changes:
    """The room and the back-up number that the bridge will use."""
    _require_room(given["room_code"])
    _require_phone(given["backup_phone"], "backup_phone")
    return note(situation, given)


def name_endpoint(situation: Situation, given: Json) -> Changes:
    """The name under which all the others see the bridge: in its settings, or as an answer to a roll-call."""
    if len(given["endpoint_name"]) > NAME_LIMIT:
        raise Refused("name_too_long", "endpoint_name")
    return note(situation, given)


def confirm_participation(situation: Situation, given: Json) -> Changes:
    """Tell the host who comes; the list closes at the hour that the host set."""
    if situation.moment.isoformat() > situation.record.get("confirm_by", "9999"):
        raise Refused("registration_closed")
    return note(situation, given) | printed(situation, participants(situation, given))


def record_test(situation: Situation, given: Json) -> Changes:
    """The result of the connection test, item by item."""
    return note(situation, given) | printed(situation, test_record(situation, given))


def join_room(situation: Situation, given: Json) -> Changes:
    """Enter a room of the conference software."""
    _require_room(given["room_code"])
    return note(situation, given, left=False)


def leave_room(situation: Situation, given: Json) -> Changes:
    """Leave the room that the bridge is in."""
    return note(situation, given, left=True)


def mute(situation: Situation, given: Json) -> Changes:
    """Silence the bridge."""
    return note(situation, given, muted=True)


def unmute(situation: Situation, given: Json) -> Changes:
    """Open the microphone where it was off."""
    return note(situation, given, muted=False)


def share_document(situation: Situation, given: Json) -> Changes:
    """Show a document to all bridges; a file that does not open is not shown."""
    if given["shared_source"] in situation.record.get("unreadable", ()):
        raise Refused("document_unreadable", "shared_source")
    return note(situation, given)


def report_on_backup(situation: Situation, given: Json) -> Changes:
    """Tell the host over the back-up channel what failed and since when."""
    return note(situation, given, step="told_host", reported_at=situation.moment.isoformat(timespec="minutes"))


def switch_line(situation: Situation, given: Json) -> Changes:
    """Put the bridge on another line."""
    if given["line"] == situation.record.get("line", "main"):
        raise Refused("line_in_use", "line")
    return note(situation, given)


def phone_bridge(situation: Situation, given: Json) -> Changes:
    """Join the conference by telephone."""
    _require_phone(given["dial_phone"], "dial_phone")
    return note(situation, given, by_phone=True)


def cast_vote(situation: Situation, given: Json) -> Changes:
    """Vote or confirm in the name of the bridge; the chosen way must be open."""
    record = situation.record
    way = {"console": record.get("connected", True), "phone": record.get("by_phone", False)}
    if not way[given["vote_channel"]]:
        raise Refused("not_connected", "vote_channel")
    return note(situation, given)


def submit_report(situation: Situation, given: Json) -> Changes:
    """The closing report of the bridge with its numbers."""
    return note(situation, given) | printed(situation, technical_report(situation, given))


def take_over_tasks(situation: Situation, given: Json) -> Changes:
    """The tasks of the conclusions that are ours, with their deadline."""
    _require_future(situation, given["task_due"], "task_due")
    return note(situation, given) | printed(situation, tasks_taken(situation, given))


def archive_files(situation: Situation, given: Json) -> Changes:
    """Put files into the conference's folder until a day."""
    _require_future(situation, given["keep_until"], "keep_until")
    return note(situation, given)


def close_matter(situation: Situation, given: Json) -> Changes:
    """Nothing more is to be done about the matter."""
    return {situation.id: {"step": "matter_closed"}}


def _require_room(code: str) -> None:
    if not re.fullmatch(r"[0-9]{3} ?[0-9]{3} ?[0-9]{3}", code):
        raise Refused("no_such_room", "room_code")


def _require_phone(number: str, field: str) -> None:
    if not re.fullmatch(r"[0-9]{4} ?[0-9]{3} ?[0-9]{3}", number):
        raise Refused("no_such_number", field)


def _require_future(situation: Situation, day: str, field: str) -> None:
    if day < situation.today():
        raise Refused("date_in_the_past", field)
