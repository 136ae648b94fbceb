"""Where work waits, who sends it back, what is refused: against small logs worked out by hand."""

from dataclasses import replace

import pytest

from grading.evaluate import MISSING
from grading.finding import Finding
from grading.group_report.bottlenecks import (
    OUTSIDE,
    Refusal,
    Return,
    Wait,
    left_lying,
    minutes_between,
    refusals,
    returns,
    waits,
)
from kit.event import ACTED, DELIVERED, FINISHED, REFUSED, Event
from kit.script import Target
from kit.systems.registry import SYSTEMS

DAY = "2025-07-01T"
BOTH = {"vi": "v", "en": "e"}


def event(time: str, kind: str, action: str = "", minutes: int = 0, **changes: dict[str, str]) -> Event:
    record = next(iter(changes), "D1")
    return Event("a", 0, kind, time if "T" in time else DAY + time, "", "x", "onestop", action, record,
                 changes=changes, minutes=minutes)  # fmt: skip


def brought(time: str, step: str, record: str = "D1") -> Event:
    return event(time, DELIVERED, **{record: {"kind": "dossier", "step": step}})


def test_a_record_waits_from_its_arrival_to_the_action_that_takes_it_further_and_not_while_it_is_worked_on():
    log = [
        brought("07:30", "waiting"),
        event("07:42", ACTED, "receive", 5, D1={"step": "received"}),
        event("08:00", ACTED, "forward", 2, D1={"step": "specialist"}),
    ]
    assert waits(log) == [
        Wait("onestop", "waiting", "reception", "D1", 12),
        Wait("onestop", "received", "reception", "D1", 13),  # 07:47, when receiving was done, to 08:00
        Wait("onestop", "specialist", "", "D1", 0, ended=False),
    ]


def test_the_wait_belongs_to_the_role_of_the_action_that_ends_it():
    log = [brought("08:00", "drafted"), event("08:10", ACTED, "initial", 1, D1={"step": "initialled"}),
           event("08:31", ACTED, "sign", 1, D1={"step": "signed"})]  # fmt: skip
    roles = {one.name: one.role for one in SYSTEMS["onestop"].actions}
    assert [(one.role, one.minutes) for one in waits(log) if one.ended] == [(roles["initial"], 10), (roles["sign"], 20)]
    assert roles["initial"] != roles["sign"]


def test_what_was_sent_to_the_applicant_waits_outside_until_the_applicant_is_back():
    log = [
        brought("08:00", "waiting"),
        event("08:10", ACTED, "supplement", 5, D1={"step": "supplement"}),
        event("09:45", DELIVERED, D1={"papers": "new"}),
        event("09:50", ACTED, "receive", 3, D1={"step": "received"}),
    ]
    assert [(one.step, one.role, one.minutes) for one in waits(log) if one.ended] == [
        ("waiting", "reception", 10), ("supplement", OUTSIDE, 90), ("supplement", "reception", 5),
    ]  # fmt: skip
    assert returns(log) == [Return("onestop", "waiting", "supplement", "reception", "D1", outside=True)]


def test_news_of_a_record_on_which_nobody_had_worked_leaves_the_wait_with_the_office():
    log = [brought("08:00", "waiting"), event("08:30", DELIVERED, D1={"papers": "more"}),
           event("08:40", ACTED, "receive", 3, D1={"step": "received"})]  # fmt: skip
    assert [(one.role, one.minutes) for one in waits(log) if one.ended] == [("reception", 40)]


def test_work_that_leaves_the_step_as_it_is_ends_no_wait():
    log = [brought("08:00", "waiting"), event("08:05", ACTED, "look_up", 2, D1={"looked_up": "yes"}),
           event("08:20", ACTED, "receive", 3, D1={"step": "received"})]  # fmt: skip
    assert [(one.step, one.minutes) for one in waits(log) if one.ended] == [("waiting", 20)]


def test_over_night_office_hours_alone_count():
    at = [event(f"2025-07-0{day}T{time}", FINISHED).when() for day, time in ((1, "16:30"), (2, "08:00"), (1, "16:50"))]
    assert minutes_between(at[0], at[1]) == 60  # half an hour to 17:00, half an hour from 07:30
    assert minutes_between(at[0], at[2]) == 20 and minutes_between(at[1], at[0]) == 0


def test_putting_a_document_back_to_an_earlier_step_is_a_return_by_who_did_it():
    log = [event("08:00", DELIVERED, D1={"kind": "document", "step": "draft_ready"}),
           event("08:09", ACTED, "check_draft", 2, D1={"step": "assigned"})]  # fmt: skip
    assert returns(log) == [Return("documents", "draft_ready", "assigned", "division_head", "D1")]


def test_what_another_office_sends_back_tells_of_the_role_that_had_sent_it_there():
    log = [event("08:00", DELIVERED, D1={"kind": "parcel_matter", "step": "change_entered"}),
           event("08:05", ACTED, "send_to_branch", 2, D1={"step": "with_branch"}),
           event("09:00", DELIVERED, D1={"note": "incomplete"}),
           event("09:10", ACTED, "enter_change", 2, D1={"step": "change_entered"})]  # fmt: skip
    assert returns(log) == [Return("land", "change_entered", "with_branch", "land_officer", "D1", outside=True)]
    assert [(one.role, one.minutes) for one in waits(log) if one.step == "with_branch"] == [
        (OUTSIDE, 53), ("land_officer", 10)]  # fmt: skip


def test_refusing_a_dossier_sends_nothing_back():
    log = [brought("08:00", "specialist"), event("08:09", ACTED, "refuse", 2, D1={"step": "refused"})]
    assert returns(log) == []


def test_refusals_tell_action_role_and_reason_even_of_an_action_that_no_system_has():
    log = [replace(event("08:00", REFUSED, "sign"), reason="certificate_expired"),
           replace(event("08:01", REFUSED, "no_such"), reason="no_such_action")]  # fmt: skip
    assert refusals(log) == [Refusal("onestop", "sign", "signer", "certificate_expired"),
                             Refusal("onestop", "no_such", "", "no_such_action")]  # fmt: skip


@pytest.mark.parametrize(("status", "lying"), [(MISSING, 1), ("wrong", 0), ("done", 0)])
def test_left_lying_is_what_nobody_took_further_while_something_asked_for_was_never_tried(status, lying):
    target = Target("s01.forward", "m01", "D1", ({"action": "forward", "where": {}},), 1, BOTH, BOTH, BOTH, BOTH, ())
    log = [brought("08:00", "received"), brought("08:00", "received", "D2"), event("09:00", FINISHED)]
    found = left_lying(waits(log), [Finding(target, status, 0)])
    assert [(one.record, one.role, one.minutes) for one in found] == [("D1", "reception", 60)] * lying


def test_what_is_asked_for_elsewhere_does_not_lie_at_a_step_where_it_cannot_be_done():
    target = Target("s01.sign", "m01", "D1", ({"action": "sign", "where": {}},), 1, BOTH, BOTH, BOTH, BOTH, ())
    log = [brought("08:00", "received"), event("09:00", FINISHED)]
    assert left_lying(waits(log), [Finding(target, MISSING, 0)]) == []
