"""The ward's bridge in the city's online conference: preparation, test, the session with its incidents, the report.

Each matter is one record: open in its phase (preparing, testing, in_session, after_session), then handled or told to
the host, then closed. Items, timings and names are training values that follow the facts of the trial of June 2025.
The rules refuse only what conference software refuses; showing the wrong document or entering the wrong room goes
through and is found by the evaluation.
"""

from kit.systems import conference_papers as papers
from kit.systems import conference_rules as rules
from kit.systems.form import Action, Field, Shown, System

PREPARATION, TEST = frozenset({"preparing", "prepared"}), frozenset({"testing", "tested"})
SESSION, AFTER = frozenset({"in_session", "in_hand", "told_host"}), frozenset({"after_session", "submitted"})

VENUES = ("counter_hall", "meeting_room", "committee_hall")
COUNTER_SERVICE = ("counter_closed", "counter_late", "open_with_duty")
TREATMENTS = ("share_whole", "share_masked", "keep_off_network")
MASKED = ("personal_id", "phone", "home_address", "birth_date", "bank_account")
SEAT_MEASURES = ("come_early", "buy_account", "merge_and_report", "stay_away")
ITEMS = ("camera", "microphone", "speaker", "screen", "main_line", "second_line", "power", "document_sharing")
DEVICES = ("computer", "camera", "microphone", "speaker", "screen")
SOUND_MEASURES = (
    "restart_all", "raise_volume", "choose_output", "amplifier_on", "tell_host", "mute_second_device", "end_phone_call",
    "move_microphone",
)  # fmt: skip
VIEW_MEASURES = ("carry_on", "virtual_background", "turn_camera", "remove_papers", "blank_screen")
MUTE_PLACES = ("software", "hardware_switch", "by_host")
FLOOR_CHANNELS = ("speak_up", "raise_hand", "chat_secretary", "backup_channel")
SOURCES = ("original_file", "photo_by_phone", "pdf_copy", "host_shows", "printed_copy")
FAULTS = ("no_sound", "no_picture", "lost_line", "lost_power", "no_sharing")
LINES = ("main", "second", "mobile")
POWERS = ("wait", "ups_reduced", "generator", "laptop_battery")
VOTES = ("agree", "disagree", "other_opinion")
VOTE_CHANNELS = ("console", "phone")
LEAVE_GROUNDS = ("no_seat", "not_on_list", "late")
DEMANDS = ("warn_afterwards", "stop_only", "stop_and_delete", "stop_delete_recall")
CAUSES = ("provider_fault", "router_fault", "cable_pulled", "power_fault")
TASKS = tuple(f"task_{number}" for number in range(1, 7))
FILES = (
    "phone_clip", "attendance", "test_sheet", "technical_report", "bridge_minutes", "bridge_recording", "unmasked_list",
)  # fmt: skip

ROOM, ENDPOINT, PERSON = Field("room_code", "text"), Field("endpoint_name", "text"), Field("person", "text")


def _choice(name: str, options: tuple[str, ...]) -> Field:
    return Field(name, "choice", options)


PREPARING = (
    Action("set_room", "technician", 3, PREPARATION, (ROOM, Field("backup_phone", "text")), rules.set_room),
    Action("name_endpoint", "technician", 2, PREPARATION, (ENDPOINT,), rules.name_endpoint),
    Action(
        "confirm_participation", "meeting_secretary", 4, PREPARATION,
        (Field("attending", "officials"), Field("head_of_bridge", "official")), rules.confirm_participation,
        papers.participants,
    ),
    Action(
        "plan_venue", "meeting_secretary", 4, PREPARATION,
        (_choice("venue", VENUES), _choice("counter_service", COUNTER_SERVICE), Field("on_duty", "official")),
        rules.note,
    ),
    Action(
        "clear_document", "meeting_secretary", 4, PREPARATION,
        (_choice("treatment", TREATMENTS), Field("masked", "choices", MASKED, required=False)), rules.note,
    ),
    Action(
        "settle_seats", "technician", 3, PREPARATION,
        (Field("missing_seats", "count"), Field("our_connections", "count"), _choice("seat_measure", SEAT_MEASURES)),
        rules.note,
    ),
)  # fmt: skip

TESTING = (
    Action(
        "record_test", "technician", 4, TEST, (Field("failed_items", "choices", ITEMS),), rules.record_test,
        papers.test_record,
    ),
    Action("change_device", "technician", 3, TEST | SESSION, (_choice("device", DEVICES),), rules.note),
    Action("adjust_sound", "technician", 2, TEST, (_choice("sound_measure", SOUND_MEASURES),), rules.note),
    Action("clear_view", "technician", 2, TEST | SESSION, (_choice("view_measure", VIEW_MEASURES),), rules.note),
    Action(
        "answer_roll_call", "technician", 2, TEST | AFTER, (ENDPOINT, Field("people_present", "count")),
        rules.name_endpoint,
    ),
)  # fmt: skip

SPEAKING = (
    Action("leave_room", "technician", 1, SESSION, (), rules.leave_room),
    Action("join_room", "technician", 1, SESSION, (ROOM,), rules.join_room),
    Action("unmute_microphone", "technician", 1, SESSION, (_choice("mute_place", MUTE_PLACES),), rules.unmute),
    Action("ask_floor", "speaker", 1, SESSION, (_choice("floor_channel", FLOOR_CHANNELS),), rules.note),
    Action("take_floor", "speaker", 3, SESSION, (Field("answer", "long_text"),), rules.note),
    Action("mute_microphone", "technician", 1, SESSION, (), rules.mute),
    Action("share_document", "technician", 2, SESSION, (_choice("shared_source", SOURCES),), rules.share_document),
    Action(
        "cast_vote", "bridge_head", 1, SESSION, (_choice("vote", VOTES), _choice("vote_channel", VOTE_CHANNELS)),
        rules.cast_vote,
    ),
)  # fmt: skip

INCIDENTS = (
    Action(
        "report_on_backup", "technician", 2, SESSION, (_choice("fault", FAULTS), Field("since", "time")),
        rules.report_on_backup,
    ),
    Action("switch_line", "technician", 2, SESSION, (_choice("line", LINES),), rules.switch_line),
    Action("switch_power", "technician", 2, SESSION, (_choice("power", POWERS),), rules.note),
    Action("phone_bridge", "technician", 3, SESSION, (Field("dial_phone", "text"),), rules.phone_bridge),
    Action("ask_to_leave", "bridge_head", 2, SESSION, (PERSON, _choice("leave_ground", LEAVE_GROUNDS)), rules.note),
    Action(
        "stop_recording", "bridge_head", 2, SESSION, (PERSON, _choice("recording_demand", DEMANDS)), rules.note,
    ),
)  # fmt: skip

CLOSING = (
    Action(
        "submit_report", "meeting_secretary", 6, AFTER,
        (*(Field(name, "count") for name in ("expected_points", "present_points", "lost_points")),
         Field("lost_at", "time"), _choice("lost_cause", CAUSES)), rules.submit_report, papers.technical_report,
    ),
    Action(
        "take_over_tasks", "meeting_secretary", 4, AFTER,
        (Field("tasks", "choices", TASKS), Field("task_due", "date")), rules.take_over_tasks, papers.tasks_taken,
    ),
    Action(
        "archive_files", "meeting_secretary", 3, AFTER,
        (Field("files", "choices", FILES), Field("keep_until", "date")), rules.archive_files,
    ),
    Action(
        "close_matter", "meeting_secretary", 1,
        frozenset({"prepared", "tested", "in_hand", "told_host", "submitted"}), (), rules.close_matter,
    ),
)  # fmt: skip

CONFERENCE = System(
    name="conference",
    lists="bridge_matter",
    states=rules.STATE,
    shows=(
        Shown("code"), Shown("came_from", field="who"), Shown("channel", "channel"), Shown("room", field="room_code"),
        Shown("endpoint", field="endpoint_name"), Shown("failed_items", "choice.failed_items"),
        Shown("line", "choice.line"), Shown("reported_at", "moment"), Shown("vote", "choice.vote"),
    ),
    routine=(
        "name_endpoint", "confirm_participation", "plan_venue", "clear_document", "settle_seats", "record_test",
        "adjust_sound", "clear_view", "answer_roll_call", "unmute_microphone", "ask_floor", "take_floor",
        "share_document", "report_on_backup", "switch_power", "cast_vote", "ask_to_leave", "stop_recording",
        "submit_report", "take_over_tasks", "archive_files", "close_matter",
    ),
    actions=(*PREPARING, *TESTING, *SPEAKING, *INCIDENTS, *CLOSING),
)  # fmt: skip
