"""How the registers, the land software and the bottleneck report print: one new sheet beside a record, or its draft."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from kit.systems.form import Changes, Json, Preview, Situation

_LETTER = ("issuer", "number", "place_date", "receiver", "signer_name")
_SLIP = ("issuer", "number", "place_date", "dossier_code", "officer_name")
SHOWS: dict[str, tuple[str, ...]] = {
    "population_answer": ("dossier_code", "printed_at", "rows"),
    "register_answer": ("dossier_code", "printed_at", "rows", "books"),
    "register_page": ("issuer", "entry_number", "place_date", "dossier_code", "register_name", "subject_name",
                      "event_on", "related_name", "officer_name", "signer_post", "signer_name"),
    "place_inquiry": (*_LETTER, "subject", "dossier_code", "asked_text", "answer_by"),
    "civil_account_request": (*_LETTER, "account_name", "account_post", "reason"),
    "parcel_answer": ("dossier_code", "printed_at", "unit_code", "parcel_place", "result", "holder_name",
                      "land_address", "area", "current_unit"),
    "land_support_request": (*_SLIP, "receiver", "problem", "reason"),
    "parcel_transfer": (*_SLIP, "applicant_name", "receiver", "parcel_place", "reason"),
    "duty_notice": (*_SLIP, "applicant_name", "duty", "due_at"),
    "bottleneck_report": ("issuer", "number", "place_date", "receiver", "slow_step", "waited_days", "waiting_count",
                          "improvement", "officer_name"),
}  # fmt: skip


def issue_sheet(situation: Situation, kind: str, fields: Json) -> Changes:
    """One new paper of `kind` beside the record, with the office's head and these fields."""
    number = next(name for place in count(1) if (name := f"{situation.id}/{kind}-{place}") not in situation.records)
    return {number: {"kind": "paper", "dossier": situation.id, "issued": True,
                     "paper": _paper(situation, kind, number, fields)}}  # fmt: skip


def sheet_preview(kind: str, *entries: str) -> Preview:
    """What draws a paper of `kind` while these of its fields are entered; nobody has signed it yet."""

    def preview(situation: Situation, given: Json) -> Json:
        typed = {name: str(given.get(name) or "") for name in entries} | dict.fromkeys(
            ("officer_name", "signer_name"), ""
        )
        return _paper(situation, kind, f"{situation.id}/preview", typed)

    return preview


def name_of(office: Mapping[str, Any], role: str, last: bool = False) -> str:
    """The first (or the last) official in a role, "" where the office has none."""
    names = [str(one["full_name"]) for one in office["officials"].values() if one["role"] == role]
    return names[-1 if last else 0] if names else ""


def leader_post(official: Mapping[str, Any]) -> str:
    """How a leader's post stands above the signature (Decree 30/2020): a vice-chairman signs for the chairman."""
    return "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH" if official["post_vi"].startswith("Phó") else "CHỦ TỊCH"


def _paper(situation: Situation, kind: str, number: str, fields: Json) -> Json:
    available = {**_head(situation), **fields}
    shown = {name: available.get(name, "") for name in SHOWS[kind]}
    return {"id": number, "component": kind, "kind": kind, "medium": "original", "fields": shown, "alterations": {}}


def _head(situation: Situation) -> Json:
    record, office, day = situation.record, situation.office, situation.moment
    month = f"{day:%m}" if day.month < 3 else f"{day.month}"  # Decree 30/2020: a 0 before months 1 and 2 only
    return {
        "issuer": office["committee"], "dossier_code": record["code"],
        "number": f"{record['code'].removesuffix('-A')[-4:]}/UBND",
        "place_date": f"{office['short_name']}, ngày {day:%d} tháng {month} năm {day:%Y}",
        "applicant_name": record.get("who", ""), "officer_name": _officer(record, office),
        "signer_name": name_of(office, "signer"), "printed_at": f"{day:%H:%M %d/%m/%Y}",
    }  # fmt: skip


def _officer(record: Mapping[str, Any], office: Mapping[str, Any]) -> str:
    """Who writes: civil status is the first specialist's, land the last one's, a report a head of division's."""
    if record["kind"] == "bottleneck_report":
        return name_of(office, "division_head")
    return name_of(office, "specialist", last=record["kind"] == "parcel_matter")
