"""Truths about time: what came online, is under way, waits for somebody, or is ready."""

from datetime import date, datetime, time, timedelta

from kit.calendar import add_working_days, add_working_hours
from kit.world.people import no_relative
from kit.world.truths.planted import Planted
from kit.world.visits.papers import day, id_card, paper
from kit.world.visits.visit import Json, Setting, Visit


def duplicate(at: Setting, visit: Visit) -> Planted:
    """The same request of the same person is already in process."""
    return Planted(visit, visit.papers, {"ground": "duplicate"}).and_record(twin=True)


def online_waiting(at: Setting, visit: Visit) -> Planted:
    """Filed online on the working day before; the answer is due eight working hours later."""
    before = at.ago(1)
    while add_working_days(before, 1) != at.today:
        before -= timedelta(days=1)
    filed = datetime.combine(before, time(13 + at.number(0, 1), at.number(0, 55)))
    online = tuple({**paper, "medium": "electronic"} for paper in visit.papers)
    answer = add_working_hours(filed, 8).isoformat(timespec="minutes")
    return Planted(visit, online, {"answer_by": answer}).and_record(
        channel="online", step="filed", state=1, filed_at=filed.isoformat(timespec="minutes")
    )


def promise_at_risk(at: Setting, visit: Visit) -> Planted:
    """Due on the next working day, but the answer that is needed comes two to four working days later."""
    due, came = add_working_days(at.today, 1), at.ago(at.number(2, 4))
    ready = add_working_days(due, at.number(2, 4))
    letter = paper(
        "verification", "verification_letter", sender=f"UBND {visit.applicant['origin']}",
        number=f"{at.number(10, 99)}/UBND-TP", receiver=at.office, subject="V/v xác minh thông tin hộ tịch",
        content=f"Việc xác minh cần tra cứu sổ lưu trữ; kết quả sẽ gửi chậm nhất ngày {day(ready)}.",
        place_date=at.place_date(at.ago(1)), signer_post="CHỦ TỊCH", signer_name=at.name(),
    )  # fmt: skip
    limit = datetime.combine(at.today, time(17))
    facts = {"ready_on": ready.isoformat(), "apology_by": limit.isoformat(timespec="minutes")}
    return Planted(visit, (*visit.papers, letter), facts).and_record(**_under_way(came, due))


def restart(at: Setting, visit: Visit) -> Planted:
    """Received last week, a supplement was asked, today it is complete: the time limit starts again from zero."""
    came = at.ago(at.number(5, 6))
    due = add_working_days(came, 3)
    return Planted(visit, visit.papers).and_record(
        **{**_under_way(came, due), "step": "supplement", "state": 5, "supplements": 1, "asked": ["form"]}
    )


def abandoned(at: Setting, visit: Visit) -> Planted:
    """A supplement was asked more than fifteen days ago and never came."""
    came = at.ago(at.number(19, 26))
    asked = add_working_days(came, 1)
    return Planted(visit, visit.papers).and_record(
        **{**_under_way(came, add_working_days(came, 3)), "step": "supplement", "state": 5, "supplements": 1,
           "asked": ["form"], "asked_at": asked.isoformat()}
    )  # fmt: skip


def withdrawal(at: Setting, visit: Visit) -> Planted:
    """The applicant wants the dossier back before the result is issued."""
    came = at.ago(1)
    person = visit.applicant
    request = paper(
        "withdrawal", "withdrawal_request", applicant_name=person["full_name"], applicant_id=person["personal_id"],
        reason="Không còn nhu cầu", receiving_office=at.office, place_date=at.place_date(),
        signature=person["full_name"],
    )  # fmt: skip
    return Planted(visit, (*visit.papers, request)).and_record(**_under_way(came, add_working_days(at.today, 2)))


def wrong_receiver(at: Setting, visit: Visit) -> Planted:
    """A result is ready; the person who comes for it is not the applicant and has no authorisation."""
    unrelated = no_relative(visit.applicant)
    stranger = at.people.pick(lambda p: unrelated(p) and 20 <= at.people.age(p) <= 60)
    shown = (*visit.papers, id_card(stranger, "receiver_id"))
    fields = {"step": "ready", "state": 9, "result_kind": visit.result_kind, "outcome": "eligible"}
    ready = {**_under_way(at.ago(4), at.today), **fields}
    return Planted(visit, shown, {}, ready, stranger)


def _under_way(came: date, due: date) -> Json:
    return {"step": "specialist", "state": 4, "received_at": f"{came.isoformat()}T09:10",
            "filed_at": f"{came.isoformat()}T09:00", "due_date": due.isoformat()}  # fmt: skip
