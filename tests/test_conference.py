"""The conference bridge: what each action does, when the software refuses, which paper comes out, what may go wrong."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from grading.players import PLAYERS, play
from kit import papers
from kit.attempt import Attempt
from kit.calendar import long_day
from kit.event import DELIVERED
from kit.exercise import load_exercise
from kit.script import Key, Script
from kit.store import EventStore
from kit.systems.conference import CONFERENCE
from kit.systems.conference_rules import DONE, NAME_LIMIT, STATE
from kit.systems.form import Situation
from kit.systems.registry import SYSTEMS
from kit.words import LANGUAGES, say, words
from tests.rehearsed import compiled
from tests.system_desk import after, printed, refusal_of, wrong_steps

EXERCISE = "03-online-conference"
AFTERNOON = datetime(2025, 7, 1, 15)
NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
ROOM, PHONE, NAME = "418 623 767", "0600 200 986", "DC-26740-phuong-sai-gon"
GOOD: dict[str, dict[str, Any]] = {
    "set_room": {"room_code": ROOM, "backup_phone": PHONE},
    "name_endpoint": {"endpoint_name": NAME},
    "confirm_participation": {"attending": ["CB01", "CB11"], "head_of_bridge": "CB01"},
    "plan_venue": {"venue": "meeting_room", "counter_service": "open_with_duty", "on_duty": "CB11"},
    "clear_document": {"treatment": "share_masked", "masked": ["phone"]},
    "settle_seats": {"missing_seats": 5, "our_connections": "1", "seat_measure": "merge_and_report"},
    "record_test": {"failed_items": ["camera", "power"]},
    "change_device": {"device": "camera"},
    "adjust_sound": {"sound_measure": "choose_output"},
    "clear_view": {"view_measure": "turn_camera"},
    "answer_roll_call": {"endpoint_name": NAME, "people_present": 5},
    "leave_room": {},
    "join_room": {"room_code": ROOM},
    "unmute_microphone": {"mute_place": "software"},
    "ask_floor": {"floor_channel": "chat_secretary"},
    "take_floor": {"answer": "Đơn vị tiếp nhận 733 hồ sơ."},
    "mute_microphone": {},
    "share_document": {"shared_source": "pdf_copy"},
    "cast_vote": {"vote": "disagree", "vote_channel": "console"},
    "report_on_backup": {"fault": "lost_line", "since": "09:26"},
    "switch_line": {"line": "second"},
    "switch_power": {"power": "generator"},
    "phone_bridge": {"dial_phone": "0600854792"},
    "ask_to_leave": {"person": "Lê Thị Nguyên", "leave_ground": "not_on_list"},
    "stop_recording": {"person": "Lê Thị Nguyên", "recording_demand": "stop_and_delete"},
    "submit_report": {"expected_points": 102, "present_points": 101, "lost_points": 4, "lost_at": "09:26",
                      "lost_cause": "power_fault"},
    "take_over_tasks": {"tasks": ["task_2", "task_5"], "task_due": "2025-07-09"},
    "archive_files": {"files": ["attendance"], "keep_until": "2025-08-01"},
    "close_matter": {},
}  # fmt: skip
PREPARED, TESTED = {"preparing", "prepared"}, {"testing", "tested"}
LIVE, AFTERWARDS = {"in_session", "in_hand", "told_host"}, {"after_session", "submitted"}
STEPS = {
    **dict.fromkeys(("set_room", "name_endpoint", "confirm_participation", "plan_venue", "clear_document",
                     "settle_seats"), PREPARED),
    **dict.fromkeys(("record_test", "adjust_sound"), TESTED),
    **dict.fromkeys(("change_device", "clear_view"), TESTED | LIVE),
    "answer_roll_call": TESTED | AFTERWARDS,
    **dict.fromkeys(("leave_room", "join_room", "unmute_microphone", "ask_floor", "take_floor", "mute_microphone",
                     "share_document", "cast_vote", "report_on_backup", "switch_line", "switch_power", "phone_bridge",
                     "ask_to_leave", "stop_recording"), LIVE),
    **dict.fromkeys(("submit_report", "take_over_tasks", "archive_files"), AFTERWARDS),
    "close_matter": {"prepared", "tested", "in_hand", "told_host", "submitted"},
}  # fmt: skip
PRINTS = {"confirm_participation": "bridge_participants", "record_test": "bridge_test_record",
          "submit_report": "bridge_report", "take_over_tasks": "bridge_tasks"}  # fmt: skip


def bridge(step: str, **more: Any) -> Situation:
    """A matter at a step, in an office with a leader and a clerk."""
    record = {"kind": "bridge_matter", "step": step, "code": "HN-1", "title": "Việc", "who": "Điểm cầu chính", **more}
    office = {
        "code": "26740", "short_name": "Phường Sài Gòn", "committee": "UBND Phường Sài Gòn", "units": {},
        "officials": {
            "CB01": {"full_name": "Lê Tập", "role": "signer", "post_vi": "Chủ tịch"},
            "CB11": {"full_name": "Trần Huấn", "role": "clerk", "post_vi": "Văn thư"},
        },
    }  # fmt: skip
    return Situation("HN-1", record, AFTERNOON, office, {"HN-1": record})


def done(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    """What a good form, with some other entries, changes."""
    return CONFERENCE.decide(action, situation, {**GOOD[action], **other})[1]


refusal = partial(refusal_of, done)


def first_step(action: str) -> str:
    return sorted(STEPS[action])[0]


def test_the_tables_here_name_every_action():
    assert set(GOOD) == set(STEPS) == {action.name for action in CONFERENCE.actions}
    assert SYSTEMS["conference"] is CONFERENCE and set(CONFERENCE.routine) <= set(GOOD)


def taken_at_its_steps_alone(action: str, step: str) -> None:
    situation = bridge(step)
    if step not in STEPS[action]:
        assert refusal(action, situation) == ("wrong_step", "")
        return
    leads = {"report_on_backup": "told_host", "close_matter": "matter_closed"}
    assert done(action, situation)["HN-1"]["step"] == leads.get(action, DONE.get(step, step))


def test_an_action_is_taken_at_its_steps_and_at_no_other():
    wrong = wrong_steps(taken_at_its_steps_alone, GOOD, STATE)
    assert not wrong, "\n".join(wrong)


def test_every_phase_leads_to_its_end_and_nothing_can_be_done_after_the_last():
    for opened, handled in DONE.items():
        assert STATE[opened] < STATE[handled] < STATE["matter_closed"] == 10
        assert CONFERENCE.action("close_matter").allowed({"step": handled})
        assert not CONFERENCE.action("close_matter").allowed({"step": opened})
    assert not [action.name for action in CONFERENCE.actions if action.allowed({"step": "matter_closed"})]


def test_what_was_entered_stays_with_the_matter():
    for action, entries in GOOD.items():
        clean, changes = CONFERENCE.decide(action, bridge(first_step(action)), entries)
        assert set(clean) == set(entries) and clean.items() <= {**clean, **changes["HN-1"]}.items()
        assert all(changes["HN-1"][name] == value for name, value in clean.items()), action


@pytest.mark.parametrize(
    ("action", "more", "other", "reason"),
    [
        ("set_room", {}, {"room_code": "418 623 76"}, ("no_such_room", "room_code")),
        ("set_room", {}, {"room_code": "phòng 1"}, ("no_such_room", "room_code")),
        ("set_room", {}, {"room_code": "٤١٨ 623 767"}, ("no_such_room", "room_code")),
        ("set_room", {}, {"backup_phone": "0600 200"}, ("no_such_number", "backup_phone")),
        ("join_room", {}, {"room_code": "418-623-767"}, ("no_such_room", "room_code")),
        ("phone_bridge", {}, {"dial_phone": "kỹ thuật"}, ("no_such_number", "dial_phone")),
        ("name_endpoint", {}, {"endpoint_name": "D" * (NAME_LIMIT + 1)}, ("name_too_long", "endpoint_name")),
        ("answer_roll_call", {}, {"endpoint_name": "D" * 61}, ("name_too_long", "endpoint_name")),
        ("confirm_participation", {"confirm_by": "2025-07-01T14:59"}, {}, ("registration_closed", "")),
        ("confirm_participation", {}, {"attending": []}, ("empty", "attending")),
        ("confirm_participation", {}, {"attending": ["CB01", "CB99"]}, ("not_on_offer", "attending")),
        ("plan_venue", {}, {"venue": "corridor"}, ("not_on_offer", "venue")),
        ("settle_seats", {}, {"missing_seats": "-2"}, ("malformed", "missing_seats")),
        ("record_test", {}, {"failed_items": []}, ("empty", "failed_items")),
        ("share_document", {"unreadable": ["pdf_copy"]}, {}, ("document_unreadable", "shared_source")),
        ("report_on_backup", {}, {"since": "9:26"}, ("malformed", "since")),
        ("report_on_backup", {}, {"since": "24:00"}, ("malformed", "since")),
        ("switch_line", {}, {"line": "main"}, ("line_in_use", "line")),
        ("switch_line", {"line": "second"}, {}, ("line_in_use", "line")),
        ("cast_vote", {"connected": False}, {}, ("not_connected", "vote_channel")),
        ("cast_vote", {}, {"vote_channel": "phone"}, ("not_connected", "vote_channel")),
        ("take_over_tasks", {}, {"task_due": "2025-06-30"}, ("date_in_the_past", "task_due")),
        ("archive_files", {}, {"keep_until": "2025-06-30"}, ("date_in_the_past", "keep_until")),
        ("leave_room", {}, {"room_code": ROOM}, ("unknown_field", "room_code")),
    ],
)
def test_what_the_software_refuses(action, more, other, reason):
    assert refusal(action, bridge(first_step(action), **more), **other) == reason
    assert all(f"refusal.{reason[0]}" in words(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("action", "more", "other"),
    [
        ("set_room", {}, {"room_code": "634767623"}),
        ("name_endpoint", {}, {"endpoint_name": "Phường Bến Nghé - Quận 1"}),
        ("confirm_participation", {"confirm_by": "2025-07-01T15:00:00"}, {"head_of_bridge": "CB11"}),
        ("clear_document", {}, {"treatment": "share_whole", "masked": []}),
        ("plan_venue", {}, {"venue": "counter_hall", "counter_service": "counter_closed"}),
        ("join_room", {}, {"room_code": "974 623 767"}), ("take_floor", {"muted": True}, {}),
        ("phone_bridge", {"connected": True}, {}), ("cast_vote", {}, {"vote": "agree"}),
        ("clear_view", {}, {"view_measure": "carry_on"}), ("archive_files", {}, {"files": ["phone_clip"]}),
        ("take_over_tasks", {}, {"task_due": "2025-07-01"}), ("archive_files", {}, {"keep_until": "2025-07-01"}),
    ],
)  # fmt: skip
def test_mistakes_that_real_software_lets_through_go_through(action, more, other):
    assert done(action, bridge(first_step(action), **more), **other)


def test_a_bridge_without_a_line_votes_by_telephone_once_it_has_dialled_in():
    cut = bridge("in_session", connected=False)
    assert refusal("cast_vote", cut, vote_channel="phone") == ("not_connected", "vote_channel")
    dialled = after(cut, done("phone_bridge", cut))
    assert done("cast_vote", dialled, vote_channel="phone")["HN-1"]["vote"] == "disagree"
    assert refusal("cast_vote", dialled) == ("not_connected", "vote_channel")


def test_what_the_host_was_told_stays_told_and_when():
    told = after(bridge("in_session"), done("report_on_backup", bridge("in_session")))
    assert (told.record["step"], told.record["reported_at"]) == ("told_host", "2025-07-01T15:00")
    assert after(told, done("switch_line", told)).record["step"] == "told_host"


def test_rooms_and_microphones_remember_how_they_stand():
    inside = bridge("in_session")
    assert done("leave_room", inside)["HN-1"]["left"] is True and done("join_room", inside)["HN-1"]["left"] is False
    assert done("mute_microphone", inside)["HN-1"]["muted"] is True
    assert done("unmute_microphone", inside)["HN-1"]["muted"] is False


# ---- papers --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("action", sorted(GOOD))
def test_only_what_prints_prints_and_its_preview_is_the_same_paper(action):
    situation = bridge(first_step(action))
    changes = done(action, situation)
    if action not in PRINTS:
        assert list(changes) == ["HN-1"] and CONFERENCE.action(action).preview is None
        return
    sheet, preview = printed(changes), CONFERENCE.action(action).preview
    html = papers.render(sheet)
    assert sheet["kind"] == PRINTS[action] and NOTICE in html and "None" not in html
    assert preview is not None and preview(situation, GOOD[action]) == sheet


def test_the_printed_papers_say_what_was_decided():
    people = printed(done("confirm_participation", bridge("preparing"), head_of_bridge="CB11"))["fields"]
    assert (
        people["rows"].splitlines()[0] == "Trần Huấn | Văn thư | Chủ trì điểm cầu" and people["expected_count"] == "2"
    )
    test = printed(done("record_test", bridge("testing")))["fields"]["rows"].splitlines()
    assert [line for line in test if line.endswith("Chưa đạt")] == [
        "Camera | Chưa đạt", "Nguồn điện, bộ lưu điện | Chưa đạt",
    ]  # fmt: skip
    report = printed(done("submit_report", bridge("after_session")))["fields"]
    assert (report["lost_points"], report["lost_at"]) == ("4", "09:26")
    assert report["lost_cause"] == say("choice.lost_cause.power_fault", "vi")
    tasks = printed(done("take_over_tasks", bridge("after_session")))["fields"]
    assert tasks["rows"].count("Nhiệm vụ số") == 2 and tasks["task_due"] == "09/07/2025"


@pytest.mark.parametrize(
    ("moment", "written"),
    [(datetime(2025, 7, 1), "ngày 01 tháng 7 năm 2025"), (datetime(2026, 2, 12), "ngày 12 tháng 02 năm 2026")],
)
def test_days_are_written_as_decree_30_has_it(moment, written):
    assert long_day(moment) == written
    assert written in printed(done("record_test", replace(bridge("testing"), moment=moment)))["fields"]["place_date"]


def test_a_second_print_is_a_second_paper():
    first = done("record_test", bridge("testing"))
    second = done("record_test", after(bridge("testing"), first))
    assert printed(second)["id"] == "HN-1/bridge_test_record-2" != printed(first)["id"]


# ---- the exercise --------------------------------------------------------------------------------------------------
def test_every_paper_of_many_seeds_renders_and_names_nobody_real():
    for seed in (1, 2, 3, 4):
        script, _ = compiled(seed, EXERCISE)
        sheets = [one["paper"] for cue in script.cues for one in cue.records.values() if one.get("kind") == "paper"]
        assert len(sheets) >= 35
        for sheet in sheets:
            html = papers.render(sheet)
            assert NOTICE in html and "{" not in "".join(map(str, sheet["fields"].values()))


def facts(key: Key, truth: str) -> dict[str, Any]:
    return next(key.facts[cue] for cue, one in key.truths.items() if one == truth)


def paper(script: Script, key: Key, truth: str, name: str) -> dict[str, Any]:
    """A paper of a truth's matter, whether brought at first or later."""
    cue = next(cue for cue, one in key.truths.items() if one == truth)
    found = [record for one in script.cues if one.id.split("-")[0] == cue for record in one.records.values()]
    return next(one["paper"]["fields"] for one in found if one.get("paper", {}).get("component") == name)


def test_the_numbers_of_the_report_are_those_of_the_two_days():
    for seed in range(1, 13):
        script, key = compiled(seed, EXERCISE)
        told, rows = facts(key, "report"), paper(script, key, "report", "host_slip")["rows"].splitlines()
        lost = [row for row in rows if row.startswith("Điểm cầu ") and row.split("|")[1].strip()[2:3] == ":"]
        assert len(lost) == told["lost_points"], rows
        assert told["lost_at"] == facts(key, "line_lost")["since"]
        assert told["lost_at"] in paper(script, key, "line_lost", "screen")["rows"]
        assert f"{told['expected_points']} điểm cầu" in paper(script, key, "seats", "letter")["content"]
        assert facts(key, "room")["room_code"] in paper(script, key, "room", "invitation")["rooms"]
        assert facts(key, "line_lost")["dial_phone"] in paper(script, key, "room", "invitation")["rooms"]


def test_no_sheet_of_the_roll_call_is_written_by_somebody_who_is_away():
    for seed in range(1, 13):
        script, key = compiled(seed, EXERCISE)
        for truth in ("roll_call", "final_call"):
            sheet = paper(script, key, truth, "attendance")
            row = next(row for row in sheet["rows"].splitlines() if row.startswith(sheet["writer"]))
            assert "Về lúc" not in row and not row.strip().endswith("Ký lúc:"), sheet
        tested = paper(script, key, "test_sheet", "sheet")["writer"]
        signed = paper(script, key, "roll_call", "attendance")["rows"]
        assert f"{tested} | Kỹ thuật đường truyền, không dự họp | Đã ký lúc 07:20" in signed


def test_an_old_district_and_the_host_share_no_head_of_office_and_letters_no_number():
    for seed in range(1, 13):
        script, key = compiled(seed, EXERCISE)
        asked = {"room": "earlier", "name": "letter", "people": "letter", "seats": "letter", "stranger": "letter"}
        letters = [paper(script, key, truth, name) for truth, name in asked.items()]
        assert letters[0]["signer_name"] not in {one["signer_name"] for one in letters[1:]}
        assert len({one["number"].split("/")[0] for one in letters[1:]}) == 4, [one["number"] for one in letters]


def test_what_is_counted_from_papers_is_what_the_key_says():
    for seed in range(1, 13):
        script, key = compiled(seed, EXERCISE)
        letter = paper(script, key, "seats", "letter")["content"]
        connections = int(letter.split("đăng ký tất cả ")[1].split()[0])
        assert connections - 100 == facts(key, "seats")["missing_seats"]
        signed = paper(script, key, "roll_call", "attendance")["rows"].splitlines()
        there = [row for row in signed if "Kỹ thuật" not in row and row.strip()[-3:-2] == ":"]
        assert len(there) == facts(key, "roll_call")["people_present"], signed
        stayed = [row for row in paper(script, key, "final_call", "attendance")["rows"].splitlines()
                  if "Kỹ thuật" not in row and row.endswith("Có mặt")]  # fmt: skip
        assert len(stayed) == facts(key, "final_call")["people_present"]
        given_out = paper(script, key, "conclusions", "notice")["rows"].splitlines()
        ours = {"UBND các phường, xã, đặc khu", script.office["committee"]}
        mine = {f"task_{n}": row for n, row in enumerate(given_out, 1) if row.split(" | ")[1] in ours}
        assert sorted(mine) == facts(key, "conclusions")["tasks"]
        due = "/".join(reversed(facts(key, "conclusions")["task_due"].split("-")))
        assert all(row.endswith(due) for row in mine.values()) and sum(row.endswith(due) for row in given_out) == 2


LIMITS = {
    "Camera": lambda text: int(text.split()[0]) >= 720 and int(text.split()[2].split("/")[0]) >= 25,
    "Micro": lambda text: -30 <= int(text.split()[0]) <= -6,
    "Loa": lambda text: int(text.split()[2]) <= -40,
    "Màn hình": lambda text: "đọc được từ cuối phòng" in text,
    "Đường truyền chính": lambda text: line(text)[0] >= 10 and line(text)[1] <= 1,
    "Đường truyền dự phòng": lambda text: line(text)[0] >= 4 and line(text)[1] <= 2,
    "Bộ lưu điện": lambda text: int(text.split()[0]) >= 30,
    "Chia sẻ tài liệu": lambda text: int(text.split()[2]) <= 10,
}
ITEM_OF = dict(zip(LIMITS, ("camera", "microphone", "speaker", "screen", "main_line", "second_line", "power",
                            "document_sharing"), strict=True))  # fmt: skip


def line(text: str) -> tuple[int, float]:
    speed, lost = text.split(" Mb/s, mất gói ")
    return int(speed), float(lost.rstrip("%").replace(",", "."))


def test_the_guidebooks_limits_give_the_items_that_failed():
    seen = set()
    for seed in range(1, 19):
        script, key = compiled(seed, EXERCISE)
        rows = dict(row.split(" | ") for row in paper(script, key, "test_sheet", "sheet")["rows"].splitlines())
        failed = sorted(ITEM_OF[name.split(",")[0]] for name, value in rows.items()
                        if not LIMITS[name.split(",")[0]](value))  # fmt: skip
        assert failed == facts(key, "test_sheet")["failed_items"], rows
        assert facts(key, "test_sheet")["device"] in failed
        seen.add(tuple(failed))
    assert len(seen) >= 4
    book = load_exercise(EXERCISE).office()["guidebook"]
    assert all(word in book["vi"] for word in ("720 dòng", "-30 dB", "-40 dB", "10 Mb/s", "4 Mb/s", "30 phút"))
    assert all("giá trị tập huấn" in text or "training values" in text for text in book.values())


def test_the_two_losses_of_the_line_look_alike_until_the_line_is_switched():
    script, key = compiled(1, EXERCISE)
    first, second = (
        next(cue for cue, one in key.truths.items() if one == truth) for truth in ("line_back", "line_lost")
    )
    cues = {cue.id: cue for cue in script.cues}
    for one, other in ((first, second), (f"{first}-line_state", f"{second}-line_state")):
        assert cues[one].after_action == cues[other].after_action
        assert (cues[one].minute == cues[other].minute) == bool(cues[one].after_action)
    shown = [{k: v for k, v in cues[one].records[cues[one].record].items() if k != "code"} for one in (first, second)]
    assert shown[0] == shown[1]


def test_the_night_is_waited_through_and_the_conference_ends_in_time():
    script, key = compiled(1, EXERCISE)
    store = EventStore("sqlite://")
    attempt, _ = Attempt.start(store, store.add_script(script), "x")
    play(attempt, key, PLAYERS["model"])
    came = [event.moment for event in attempt.events if event.kind == DELIVERED]
    assert any(moment == "2025-07-02T07:30" for moment in came) and not any("T2" in moment for moment in came)
    assert attempt.state.moment <= script.ends()
