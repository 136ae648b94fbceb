"""The truths that can be planted in a visit to the counter: what is on the papers, and so what is right to do.

Each truth changes a complete and valid visit in one way. What it returns splits in two: what the trainee sees
(papers, record) and the facts for the key.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from kit.calendar import add_working_days, add_working_hours
from kit.world.families import Family, Setting, day, id_card, paper

Json = dict[str, Any]
CIVIL = ("1.001193", "1.000656", "1.000894", "1.004873", "1.004837", "1.001022", "1.004859")


@dataclass(frozen=True)
class Planted:
    """A visit with one truth in it: what is presented, what would be complete, what the key must know."""

    family: Family
    presented: tuple[Json, ...]
    facts: Json = field(default_factory=dict)
    record: Json = field(default_factory=dict)
    comes: Json | None = None

    def and_fact(self, **facts: Any) -> "Planted":
        """The same with more for the key."""
        return replace(self, facts={**self.facts, **facts})

    def and_record(self, **fields: Any) -> "Planted":
        """The same with more on the visible record."""
        return replace(self, record={**self.record, **fields})


@dataclass(frozen=True)
class Truth:
    """One kind of truth: in which procedures it may be planted, how, and where its applicant lives."""

    procedures: tuple[str, ...]
    plant: Callable[[Setting, Family], Planted]
    lives: str = "ours"


def complete(at: Setting, family: Family) -> Planted:
    """Nothing is wrong."""
    return Planted(family, family.papers)


def missing_component(at: Setting, family: Family) -> Planted:
    """One required paper was left at home."""
    papers = [p["component"] for p in family.papers if p["component"] not in ("form", "id", "form15", "doc")]
    component = at.draw.choice(papers)
    return Planted(family, family.without(component).papers, {"defects": [component]})


def blank_signature(at: Setting, family: Family) -> Planted:
    """A declaration lacks a signature that it needs."""
    names = [name for name in family.paper("form")["fields"] if name.endswith("signature")]
    return _defective(family, "form", **{at.draw.choice(names): ""})


def expired_paper(at: Setting, family: Family) -> Planted:
    """An identity card, or a certificate of marital status, is past its last day."""
    if family.result_kind == "signature_attestation":
        expired = at.ago(at.number(20, 400))
        issued = expired.replace(year=expired.year - 15, day=min(expired.day, 28))
        return _defective(family, "id", expires_on=day(expired), issued_on=day(issued))
    return _defective(family, "marital", place_date=at.place_date(at.ago(at.number(200, 330))))


def disagreement(at: Setting, family: Family) -> Planted:
    """A name or a date on the declaration is not that of the other paper."""
    form = family.paper("form")["fields"]
    other = next(p for p in family.papers if p["component"] in ("birth_note", "death_note", "appoint", "evidence"))
    shared = [n for n in _COMPARED if form.get(n) and other["fields"].get(n)]
    name = at.draw.choice(shared)
    wrong = _shifted(form[name]) if name.endswith(("date", "_at")) else _misspelt(form[name])
    sets = [["form"], ["form", other["component"]], [other["component"]]]
    return _defective(family, "form", **{name: wrong}).and_fact(defect_sets=sets, field=name)


_COMPARED = ("mother_birth_date", "mother_name", "deceased_name", "died_at", "ward_name", "ward_birth_date")


def _shifted(text: str) -> str:
    """The same text with another day or year in its date."""
    head, year = text[:-4], int(text[-4:])
    return f"{head}{year + 1}"


def _misspelt(name: str) -> str:
    """The same name with its middle word changed."""
    words = name.split()
    words[-2] = {"Thị": "Thanh", "Văn": "Vĩnh"}.get(words[-2], "Thị" if words[-2] != "Thị" else "Ngọc")
    return " ".join(words)


def wrong_authority(at: Setting, family: Family) -> Planted:
    """Nobody on the papers lives in our province, so no office of the province is competent."""
    return Planted(family, family.papers, {"ground": "not_competent"})


def boundary_free(at: Setting, family: Family) -> Planted:
    """The applicant lives in another commune of the province: receive here, they decide there."""
    other = family.applicant["unit_code"]
    by = add_working_days(at.today, 1).isoformat()
    return Planted(family, family.papers, {"competent_unit": other, "paper_file_by": by})


def other_level(at: Setting, family: Family) -> Planted:
    """The building is of a class that the commune does not license: the provincial department decides."""
    changed = family.changed("form", building_class="Cấp II", floors="9", height="36 m")
    by = add_working_days(at.today, 1).isoformat()
    return Planted(changed, changed.papers, {"competent_unit": "SXD", "paper_file_by": by})


def land_elsewhere(at: Setting, family: Family) -> Planted:
    """The applicant lives with us, the land lies in another commune of the province."""
    there = at.people.pick(lambda p: True, lambda c: c != at.people.unit and _same_province(at, c))
    changed = family.changed("form15", land_address=there["address_current"]).changed(
        "art137", land_address=there["address_old"], issuer=f"UBND {there['address_old'].split(', ')[1]}"
    )
    by = add_working_days(at.today, 1).isoformat()
    return Planted(changed, changed.papers, {"competent_unit": there["unit_code"], "paper_file_by": by})


def _same_province(at: Setting, code: str) -> bool:
    return at.people.province(code) == at.people.province(at.people.unit)


def copy_as_original(at: Setting, family: Family) -> Planted:
    """What is shown as the original is itself a copy."""
    medium = at.draw.choice(("photocopy", "certified_copy"))
    papers = tuple({**paper, "medium": medium} for paper in family.papers)
    return Planted(family, papers, {"defects": ["original"], "ground": "not_original"})


def altered(at: Setting, family: Family) -> Planted:
    """The original was changed by hand: it must not be certified."""
    name = at.draw.choice(("ranking", "birth_date", "year"))
    before = {"ranking": "Trung bình", "birth_date": _shifted(family.papers[0]["fields"]["birth_date"]),
              "year": str(int(family.papers[0]["fields"]["year"]) - 1)}[name]  # fmt: skip
    papers = tuple({**paper, "alterations": {name: before}} for paper in family.papers)
    return Planted(family, papers, {"ground": "altered_original"})


def no_authority(at: Setting, family: Family) -> Planted:
    """Somebody who is no close relative asks in another person's name, without an authorisation."""
    agent = at.people.pick(lambda p: 25 <= at.people.age(p) <= 60)
    papers = (*family.without("id").papers, id_card(agent))
    return Planted(family, papers, {"defects": ["authorisation"]}, {}, agent)


def fee_exemption(at: Setting, family: Family) -> Planted:
    """The applicant's household is poor and shows the certificate: no fee."""
    person = family.applicant
    proof = paper(
        "poor_certificate", "poor_certificate", issuer=at.office, number=f"{at.number(10, 99)}/GCN-HN",
        head_name=person["full_name"], head_id=person["personal_id"], address=person["address_current"],
        members=at.number(1, 5), year=at.today.year, place_date=at.place_date(at.ago(at.number(30, 150))),
        signer_name=at.name(),
    )  # fmt: skip
    return Planted(family, (*family.papers, proof), {"exemption": "poor_household", "fee": 0})


def duplicate(at: Setting, family: Family) -> Planted:
    """The same request of the same person is already in process."""
    return Planted(family, family.papers, {"ground": "duplicate"}).and_record(twin=True)


def online_waiting(at: Setting, family: Family) -> Planted:
    """Filed online on the working day before; the answer is due eight working hours later."""
    before = at.ago(1)
    while add_working_days(before, 1) != at.today:
        before -= timedelta(days=1)
    filed = datetime.combine(before, time(13 + at.number(0, 1), at.number(0, 55)))
    online = tuple({**paper, "medium": "electronic"} for paper in family.papers)
    answer = add_working_hours(filed, 8).isoformat(timespec="minutes")
    return Planted(family, online, {"answer_by": answer}).and_record(
        channel="online", step="filed", state=1, filed_at=filed.isoformat(timespec="minutes")
    )


def promise_at_risk(at: Setting, family: Family) -> Planted:
    """Due on the next working day, but the answer that is needed comes two to four working days later."""
    due, came = add_working_days(at.today, 1), at.ago(at.number(2, 4))
    ready = add_working_days(due, at.number(2, 4))
    letter = paper(
        "verification", "verification_letter", sender=f"UBND {family.applicant['origin']}",
        number=f"{at.number(10, 99)}/UBND-TP", receiver=at.office, subject="V/v xác minh thông tin hộ tịch",
        content=f"Việc xác minh cần tra cứu sổ lưu trữ; kết quả sẽ gửi chậm nhất ngày {day(ready)}.",
        place_date=at.place_date(at.ago(1)), signer_post="CHỦ TỊCH", signer_name=at.name(),
    )  # fmt: skip
    limit = datetime.combine(at.today, time(17))
    facts = {"ready_on": ready.isoformat(), "apology_by": limit.isoformat(timespec="minutes")}
    return Planted(family, (*family.papers, letter), facts).and_record(**_under_way(came, due))


def restart(at: Setting, family: Family) -> Planted:
    """Received last week, a supplement was asked, today it is complete: the time limit starts again from zero."""
    came = at.ago(at.number(5, 6))
    due = add_working_days(came, 3)
    return Planted(family, family.papers).and_record(
        **{**_under_way(came, due), "step": "supplement", "state": 5, "supplements": 1, "asked": ["form"]}
    )


def abandoned(at: Setting, family: Family) -> Planted:
    """A supplement was asked more than fifteen days ago and never came."""
    came = at.ago(at.number(19, 26))
    asked = add_working_days(came, 1)
    return Planted(family, family.papers).and_record(
        **{**_under_way(came, add_working_days(came, 3)), "step": "supplement", "state": 5, "supplements": 1,
           "asked": ["form"], "asked_at": asked.isoformat()}
    )  # fmt: skip


def withdrawal(at: Setting, family: Family) -> Planted:
    """The applicant wants the dossier back before the result is issued."""
    came = at.ago(1)
    person = family.applicant
    request = paper(
        "withdrawal", "withdrawal_request", applicant_name=person["full_name"], applicant_id=person["personal_id"],
        reason="Không còn nhu cầu", receiving_office=at.office, place_date=at.place_date(),
        signature=person["full_name"],
    )  # fmt: skip
    return Planted(family, (*family.papers, request)).and_record(**_under_way(came, add_working_days(at.today, 2)))


def wrong_receiver(at: Setting, family: Family) -> Planted:
    """A result is ready; the person who comes for it is not the applicant and has no authorisation."""
    stranger = at.people.pick(lambda p: 20 <= at.people.age(p) <= 60)
    shown = (*family.papers, id_card(stranger, "receiver_id"))
    fields = {"step": "ready", "state": 9, "result_kind": family.result_kind, "outcome": "eligible"}
    ready = {**_under_way(at.ago(4), at.today), **fields}
    return Planted(family, shown, {}, ready, stranger)


def _under_way(came: date, due: date) -> Json:
    return {"step": "specialist", "state": 4, "received_at": f"{came.isoformat()}T09:10",
            "filed_at": f"{came.isoformat()}T09:00", "due_date": due.isoformat()}  # fmt: skip


def _defective(family: Family, component: str, **fields: str) -> Planted:
    """The visit with a defect on one paper."""
    return Planted(family, family.changed(component, **fields).papers, {"defects": [component]})


OUR_CIVIL = ("1.001193", "1.004873", "1.004837")
TRUTHS: dict[str, Truth] = {
    "complete": Truth((*CIVIL, "2.000635", "2.000815", "2.000884", "1.013978", "1.013225"), complete),
    "missing_component": Truth(("1.001193", "1.000656", "1.001022", "1.004859", "1.013225"), missing_component),
    "blank_signature": Truth(("1.000894", "1.001022", "1.001193", "1.004873"), blank_signature),
    "expired_paper": Truth(("2.000884", "1.000894"), expired_paper),
    "disagreement": Truth(("1.001193", "1.000656", "1.004837"), disagreement),
    "wrong_authority": Truth(("1.000894", "1.004873", "1.004837"), wrong_authority, "other_province"),
    "boundary_free": Truth((*OUR_CIVIL, "1.000656"), boundary_free, "same_province"),
    "other_level": Truth(("1.013225",), other_level),
    "land_elsewhere": Truth(("1.013978",), land_elsewhere),
    "copy_as_original": Truth(("2.000815",), copy_as_original),
    "altered": Truth(("2.000815",), altered),
    "no_authority": Truth(("2.000635", "1.004873"), no_authority),
    "fee_exemption": Truth(("1.004873",), fee_exemption),
    "after_fifteen": Truth(("1.001193", "1.000656", "2.000815"), complete),
    "old_address": Truth(("2.000815", "1.004859", "2.000635"), complete),
    "duplicate": Truth(("1.004873", "1.004837"), duplicate),
    "online_waiting": Truth(("1.004873", "2.000635", "1.001193"), online_waiting),
    "no_account": Truth(("1.001193", "1.004873"), complete),
    "promise_at_risk": Truth(("1.004859", "1.004873"), promise_at_risk),
    "restart": Truth(("1.004873", "1.004837", "1.001022"), restart),
    "abandoned": Truth(("1.004873", "1.004859"), abandoned),
    "withdrawal": Truth(("1.004873", "1.004859", "1.001022"), withdrawal),
    "wrong_receiver": Truth(("1.004873", "1.001193"), wrong_receiver),
}
