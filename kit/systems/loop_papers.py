"""How the registers, the land software and the bottleneck report print: one new sheet beside a record, or its draft."""

from collections.abc import Mapping
from typing import Any

from kit.systems.form import Changes, Json, Preview, Situation
from kit.systems.sheets import beside, holder, place_date, preview

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
    return beside(situation, kind, _shown(situation, kind, fields))


def sheet_preview(kind: str, worded: Preview) -> Preview:
    """What draws a paper of `kind` while it is entered, in the fields that `worded` makes of it; nobody has signed."""

    def so_far(situation: Situation, given: Json) -> Json:
        unsigned = dict.fromkeys(("officer_name", "signer_name"), "")
        return preview(situation, kind, _shown(situation, kind, worded(situation, given) | unsigned))

    return so_far


def _shown(situation: Situation, kind: str, fields: Json) -> Json:
    available = {**_head(situation), **fields}
    return {name: available.get(name, "") for name in SHOWS[kind]}


def _head(situation: Situation) -> Json:
    record, office, day = situation.record, situation.office, situation.moment
    return {
        "issuer": office["committee"], "dossier_code": record["code"],
        "number": f"{record['code'].removesuffix('-A')[-4:]}/UBND",
        "place_date": place_date(situation),
        "applicant_name": record.get("who", ""), "officer_name": _officer(record, office),
        "signer_name": holder(office, "signer"), "printed_at": f"{day:%H:%M %d/%m/%Y}",
    }  # fmt: skip


def _officer(record: Mapping[str, Any], office: Mapping[str, Any]) -> str:
    """Who writes: civil status is the first specialist's, land the last one's, a report a head of division's."""
    if record["kind"] == "bottleneck_report":
        return holder(office, "division_head")
    return holder(office, "specialist", last=record["kind"] == "parcel_matter")
