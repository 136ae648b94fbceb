"""From one inject of a scenario to a case: the visible records, and the facts that only the key may hold."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from kit.calendar import ProcessingTime
from kit.world.families import FAMILIES, Family, Setting, day
from kit.world.people import People
from kit.world.procedures import Procedure, procedures
from kit.world.truths import TRUTHS, Planted

Json = dict[str, Any]
INVENTED = (
    "household_book",
    "marriage_paper",
    "address_confirmation",
)  # papers no law asks for; counters do (F16, F17)


@dataclass(frozen=True)
class Case:
    """One case: the dossier's code, what is visible, what would come back later, the truth, who is on the papers."""

    code: str
    records: dict[str, Json]
    returned: dict[str, Json]
    facts: Json
    people: tuple[Json, ...]
    cast: dict[str, str]


@dataclass(frozen=True)
class Office:
    """Our office as cases need it: unit code, the prefix of dossier codes, names, who can sign what today."""

    unit: str
    prefix: str
    committee: str
    today: datetime
    signers: Json


def plant(truth: str, code: str, number: int, people: People, office: Office, draw: Random) -> Case:
    """Plant a truth in a visit for the procedure `code`; the case is the `number`-th dossier of the day."""
    kind, procedure = TRUTHS[truth], procedures()[code]
    at = Setting(people, draw, office.today.date(), office.committee, _lives(people, kind.lives))
    planted = kind.plant(at, FAMILIES[code](at))
    dossier = f"{office.prefix}-{office.today:%y%m%d}-{number:04d}"
    record = _record(planted, procedure, dossier, office)
    twin = record.pop("twin", False)
    records = {dossier: record, **_papers(dossier, planted.presented)}
    if twin:
        records |= _twin(record, f"{office.prefix}-{office.today:%y%m%d}-{number + 500:04d}", office)
    comes = planted.comes or planted.family.applicant
    persons = {p["personal_id"]: p for p in (*planted.family.people, comes)}
    return Case(
        dossier, records, _papers(dossier, planted.family.papers), _facts(planted, procedure, office, people),
        tuple(persons.values()), _cast(planted, comes, record),
    )  # fmt: skip


def _cast(planted: Planted, comes: Json, record: Json) -> dict[str, str]:
    """What the spoken lines of a scenario may name: {person}, {applicant}, {subject}, {code}, {filed} ..."""
    copies = record["copies"]
    filed, asked = datetime.fromisoformat(record["filed_at"]), record.get("asked_at", "")
    return {
        "person": comes["full_name"], "applicant": planted.family.applicant["full_name"],
        "subject": planted.family.subject, "code": record["code"], "filed": f"{filed:%H:%M %d/%m/%Y}",
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
    family = planted.family
    comes = planted.comes or family.applicant
    return {
        "kind": "dossier", "step": "waiting", "state": 0, "channel": "counter", "code": dossier,
        "procedure": procedure.code, "procedure_name": procedure.short_vi, "procedure_name_en": procedure.short_en,
        "applicant_name": comes["full_name"], "applicant_address": comes["address_current"],
        "applicant_phone": comes["phone"], "filed_at": office.today.isoformat(timespec="minutes"),
        "software": family.software, "result": {family.result_kind: family.result},
        "asks": {c.id: c.vi for c in procedure.components} | {name: INVENTED_VI[name] for name in INVENTED},
        "asks_en": {c.id: c.en for c in procedure.components} | {name: INVENTED_EN[name] for name in INVENTED},
        "copies": family.notes.get("copies", 0), **planted.record,
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
        records[number] = {"kind": "paper", "dossier": dossier, "issued": False, "paper": {"id": number, **paper}}
    return records


def _twin(record: Json, code: str, office: Office) -> dict[str, Json]:
    """The earlier dossier of the same person, received this morning through the portal."""
    earlier = {"code": code, "channel": "online", "step": "specialist", "state": 4,
               "received_at": office.today.isoformat(timespec="minutes")}  # fmt: skip
    return {code: {**record, **earlier}}


def _facts(planted: Planted, procedure: Procedure, office: Office, people: People) -> Json:
    family: Family = planted.family
    time: ProcessingTime = procedure.time or ProcessingTime()
    home = family.applicant["unit_code"] if people.province(family.applicant["unit_code"]) else office.unit
    return {
        "applicant_id": family.applicant["personal_id"],
        "people_ids": [person["personal_id"] for person in family.people],
        "competent_unit": office.unit if family.competent == "ours" else home,
        "destination": office.unit, "fee": family.fee, "exemption": family.free,
        "time": {"unit": time.unit, "value": time.value, "same_day": time.same_day},
        "result_kind": family.result_kind, "paper_file_by": "", "not_our_unit": office.unit,
        **office.signers[family.software], **planted.facts,
    }  # fmt: skip
