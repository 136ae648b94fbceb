"""Truths about time: what came online, is under way, waits for somebody, or is ready."""

from datetime import date, datetime, time

from kit.calendar import add_working_days, add_working_hours, working_days_before
from kit.world.address import place_on
from kit.world.people import no_relative
from kit.world.truths.planted import Planted
from kit.world.visits.papers import OWN_CODE, day, id_card, paper
from kit.world.visits.visit import Json, Setting, Visit


def duplicate(at: Setting, visit: Visit) -> Planted:
    """The same request of the same person, sent online two working days ago, is already in process."""
    filed = _filed(at, 2)
    moments = {"filed_at": filed, "received_at": add_working_hours(filed, 1)}
    record = {name: moment.isoformat(timespec="minutes") for name, moment in moments.items()}
    earlier = {**_under_way(filed.date(), add_working_days(filed.date(), 3)), **record, "channel": "online"}
    twin = {"record": earlier, "papers": _sent(at, visit, filed)}
    return Planted(visit, visit.papers, {"ground": "duplicate"}).and_record(twin=twin)


def online_waiting(at: Setting, visit: Visit) -> Planted:
    """Filed online on the working day before; the answer is due eight working hours later."""
    filed = _filed(at, 1)
    answer = add_working_hours(filed, 8).isoformat(timespec="minutes")
    return Planted(visit, _sent(at, visit, filed), {"answer_by": answer}).and_record(
        channel="online", step="filed", state=1, filed_at=filed.isoformat(timespec="minutes")
    )


def promise_at_risk(at: Setting, visit: Visit) -> Planted:
    """Due on the next working day, but the answer that is needed comes two to four working days later."""
    due, came, sent = add_working_days(at.today, 1), working_days_before(at.today, 2), working_days_before(at.today, 1)
    ready = add_working_days(due, at.number(2, 4))
    asked = place_on(sent, visit.applicant["origin"])
    letter = paper(
        "verification", "verification_letter", sender=f"UBND {asked}",
        number=f"{at.number(10, 99)}/UBND-TP", receiver=at.office, subject="xác minh thông tin hộ tịch",
        content=f"Việc xác minh cần tra cứu sổ lưu trữ; kết quả sẽ gửi chậm nhất ngày {day(ready)}.",
        place_date=at.place_date(sent, asked.split(", ")[0]), signer_post="CHỦ TỊCH", signer_name=at.name(),
    )  # fmt: skip
    limit = datetime.combine(at.today, time(17))
    facts = {"ready_on": ready.isoformat(), "apology_by": limit.isoformat(timespec="minutes")}
    return Planted(visit, (*_dated(at, visit.papers, came), letter), facts).and_record(**_under_way(came, due))


def restart(at: Setting, visit: Visit) -> Planted:
    """Received last week, a supplement was asked, today it is complete: the time limit starts again from zero."""
    came = working_days_before(at.today, at.number(4, 5))
    due = add_working_days(came, 3)
    return Planted(visit, visit.papers).and_record(
        **{**_under_way(came, due), "step": "supplement", "state": 5, "supplements": 1, "asked": ["form"]}
    )


def abandoned(at: Setting, visit: Visit) -> Planted:
    """A supplement was asked more than fifteen days ago and never came: the form is still the unsigned one."""
    came = working_days_before(at.today, at.number(14, 19))
    asked = add_working_days(came, 1)
    return Planted(visit, _dated(at, visit.changed("form", signature="").papers, came)).and_record(
        **{**_under_way(came, add_working_days(came, 3)), "step": "supplement", "state": 5, "supplements": 1,
           "asked": ["form"], "asked_at": asked.isoformat()}
    )  # fmt: skip


def withdrawal(at: Setting, visit: Visit) -> Planted:
    """The applicant wants the dossier back before the result is issued."""
    came, person = working_days_before(at.today, 1), visit.applicant
    request = paper(
        "withdrawal", "withdrawal_request", applicant_name=person["full_name"], applicant_id=person["personal_id"],
        dossier_code=OWN_CODE, reason="Không còn nhu cầu", receiving_office=at.office, place_date=at.place_date(),
        signature=person["full_name"],
    )  # fmt: skip
    shown = (*_dated(at, visit.papers, came), request)
    return Planted(visit, shown).and_record(**_under_way(came, add_working_days(at.today, 2)))


def wrong_receiver(at: Setting, visit: Visit) -> Planted:
    """A result is ready; the person who comes for it is not the applicant and has no authorisation."""
    unrelated = no_relative(visit.applicant)
    stranger = at.people.pick(lambda p: unrelated(p) and 20 <= at.people.age(p) <= 60)
    came = working_days_before(at.today, 3)
    shown = (*_dated(at, visit.papers, came), id_card(stranger, "receiver_id"))
    fields = {"step": "ready", "state": 9, "result_kind": visit.result_kind, "outcome": "eligible"}
    ready = {**_under_way(came, at.today), **fields}
    return Planted(visit, shown, {}, ready, stranger)


def _filed(at: Setting, days: int) -> datetime:
    """An early afternoon so many working days ago."""
    return datetime.combine(working_days_before(at.today, days), time(13 + at.number(0, 1), at.number(0, 55)))


def _sent(at: Setting, visit: Visit, filed: datetime) -> tuple[Json, ...]:
    """The papers as they were sent online."""
    signed = {"e_signer": visit.applicant["full_name"], "e_signed_at": f"{filed:%H:%M %d/%m/%Y}"}
    return tuple({**paper, "medium": "electronic", "fields": {**paper["fields"], **signed}}
                 for paper in _dated(at, visit.papers, filed))  # fmt: skip


def _dated(at: Setting, papers: tuple[Json, ...], came: date) -> tuple[Json, ...]:
    """What would be signed today, signed on the day it was handed in."""
    today, then = at.place_date(), at.place_date(came)
    return tuple({**paper, "fields": {name: then if text == today else text for name, text in paper["fields"].items()}}
                 for paper in papers)  # fmt: skip


def _under_way(came: date, due: date) -> Json:
    return {"step": "specialist", "state": 4, "received_at": f"{came.isoformat()}T09:10",
            "filed_at": f"{came.isoformat()}T09:00", "due_date": due.isoformat()}  # fmt: skip
