"""From one inject of a scenario to a case: the visible records, and the facts that only the key may hold."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from kit.calendar import ProcessingTime
from kit.world.people import People
from kit.world.procedures import Procedure, procedures
from kit.world.truths import TRUTHS, Planted
from kit.world.visits import VISITS
from kit.world.visits.papers import OWN_CODE, day
from kit.world.visits.visit import Setting, Visit

Json = dict[str, Any]
INVENTED = (
    "household_book",
    "marriage_paper",
    "address_confirmation",
)  # papers no law asks for; counters do (F16, F17)


@dataclass(frozen=True)
class Sequel:
    """What an action on the case's record brings, so many minutes later; `on`: the further record it is done on."""

    name: str
    after: str
    minutes: int
    says: dict[str, str]
    records: dict[str, Json]
    on: str = ""


@dataclass(frozen=True)
class Case:
    """One case: the record's code, what is visible, what would come back later, the truth, who is on the papers.

    `codes`: further records of the matter by name; `name`: what reports call the truth, empty for one in the words.
    """

    code: str
    records: dict[str, Json]
    returned: dict[str, Json]
    facts: Json
    people: tuple[Json, ...]
    cast: Json
    follow_ups: tuple[Sequel, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)
    name: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Office:
    """Our office as cases need it: unit code, the prefix of dossier codes, names, who can sign what today."""

    unit: str
    prefix: str
    committee: str
    today: datetime
    signers: Json


@dataclass(frozen=True)
class Slot:
    """What is to be planted: a truth, in a procedure (its code), as the `number`-th dossier of the day."""

    truth: str
    procedure: str
    number: int


def plant(slot: Slot, people: People, office: Office, draw: Random) -> Case:
    """Draw a visit, plant the slot's truth in it, and part what is visible from the facts for the key."""
    kind, procedure = TRUTHS[slot.truth], procedures()[slot.procedure]
    at = Setting(people, draw, office.today.date(), office.committee, _lives(people, kind.lives))
    planted = kind.plant(at, VISITS[slot.procedure](at))
    dossier = f"{office.prefix}-{office.today:%y%m%d}-{slot.number:04d}"
    record = _record(planted, procedure, dossier, office)
    twin = record.pop("twin", None)
    records = {dossier: record, **_papers(dossier, planted.presented)}
    if twin:
        earlier = f"{office.prefix}-{datetime.fromisoformat(twin['record']['filed_at']):%y%m%d}-{slot.number + 500:04d}"
        records |= {earlier: {**record, **twin["record"], "code": earlier}, **_papers(earlier, twin["papers"])}
        planted = planted.and_fact(earlier=earlier)
    comes = planted.comes or planted.visit.applicant
    cast = _cast(planted, comes, record)
    if record["channel"] == "counter":  # known to whoever files only by the clock on the wall
        del record["filed_at"]
    persons = {p["personal_id"]: p for p in (*planted.visit.people, comes)}
    return Case(
        dossier, records, _papers(dossier, planted.visit.papers), _facts(planted, procedure, office, people),
        tuple(persons.values()), cast,
    )  # fmt: skip


def _cast(planted: Planted, comes: Json, record: Json) -> dict[str, str]:
    """What the spoken lines of a scenario may name: {person}, {applicant}, {subject}, {code}, {filed} ..."""
    copies = record["copies"]
    filed, asked = datetime.fromisoformat(record["filed_at"]), record.get("asked_at", "")
    return {
        "person": comes["full_name"], "applicant": planted.visit.applicant["full_name"],
        "subject": planted.visit.subject, "code": record["code"], "filed": f"{filed:%H:%M %d/%m/%Y}",
        "asked": day(asked) if asked else "",
        "copies_vi": f" (xin {copies} bản)" if copies else "", "copies_en": f" ({copies} copies)" if copies else "",
    }  # fmt: skip


def _lives(people: People, where: str) -> Callable[[str], bool]:
    ours = people.province(people.unit)
    return {
        "ours": lambda code: code == people.unit,
        "same_province": lambda code: code != people.unit and people.province(code) == ours,
        "other_province": lambda code: people.province(code) != ours,
    }[where]


def _record(planted: Planted, procedure: Procedure, dossier: str, office: Office) -> Json:
    visit = planted.visit
    under_way = "received_at" in planted.record  # filed by its applicant; who comes today is somebody else's affair
    filer = visit.applicant if under_way else planted.comes or visit.applicant
    return {
        "kind": "dossier", "step": "waiting", "state": 0, "channel": "counter", "code": dossier,
        "procedure": procedure.code, "title": procedure.short_vi, "title_en": procedure.short_en,
        "who": filer["full_name"], "applicant_name": filer["full_name"], "applicant_address": filer["address_current"],
        "applicant_phone": filer["phone"], "filed_at": office.today.isoformat(timespec="minutes"),
        "software": visit.software, "result": {visit.result_kind: visit.result},
        "asks": {c.id: c.vi for c in procedure.components} | {name: INVENTED_VI[name] for name in INVENTED},
        "asks_en": {c.id: c.en for c in procedure.components} | {name: INVENTED_EN[name] for name in INVENTED},
        "copies": visit.notes.get("copies", 0), **planted.record,
    }  # fmt: skip


INVENTED_VI = {"household_book": "Sổ hộ khẩu", "marriage_paper": "Bản giấy Giấy chứng nhận kết hôn",
               "address_confirmation": "Giấy xác nhận địa danh mới"}  # fmt: skip
INVENTED_EN = {"household_book": "Household book", "marriage_paper": "Marriage certificate on paper",
               "address_confirmation": "Confirmation of the new place name"}  # fmt: skip


def _papers(dossier: str, papers: tuple[Json, ...]) -> dict[str, Json]:
    seen: dict[str, int] = {}
    records = {}
    for paper in papers:
        component = paper["component"]
        seen[component] = seen.get(component, 0) + 1
        number = f"{dossier}/{component}-{seen[component]}"
        fields = {name: dossier if text == OWN_CODE else text for name, text in paper["fields"].items()}
        shown = {"id": number, **paper, "fields": fields}
        records[number] = {"kind": "paper", "dossier": dossier, "issued": False, "paper": shown}
    return records


def _facts(planted: Planted, procedure: Procedure, office: Office, people: People) -> Json:
    visit: Visit = planted.visit
    time: ProcessingTime = procedure.time or ProcessingTime()
    home = visit.applicant["unit_code"] if people.province(visit.applicant["unit_code"]) else office.unit
    return {
        "applicant_id": visit.applicant["personal_id"],
        "people_ids": [person["personal_id"] for person in visit.people],
        "competent_unit": office.unit if visit.competent == "ours" else home,
        "destination": office.unit, "fee": visit.fee, "exemption": visit.free,
        "time": {"unit": time.unit, "value": time.value, "same_day": time.same_day},
        "result_kind": visit.result_kind, "paper_file_by": "", "not_our_unit": office.unit,
        **office.signers[visit.software], **planted.facts,
    }  # fmt: skip
