"""What the papers of filings and of their payments have in common: number, heading, day, amounts."""

from typing import Any

from kit.systems.form import Changes, Json, Situation

MEDIUM = "original"


def issue_sheet(situation: Situation, kind: str, fields: Json) -> Changes:
    """One new paper of `kind` beside the record."""
    earlier = sum(1 for key in situation.records if key.startswith(f"{situation.id}/{kind}-"))
    number = f"{situation.id}/{kind}-{earlier + 1}"
    return {number: {"kind": "paper", "dossier": situation.id, "issued": True, "paper": sheet(kind, number, fields)}}


def sheet(kind: str, number: str, fields: Json) -> Json:
    """A paper as plain data."""
    return {"id": number, "component": kind, "kind": kind, "medium": MEDIUM, "fields": fields, "alterations": {}}


def head(situation: Situation) -> Json:
    """Who issues, number, place and day, and the filing's code, as every paper of these systems has them."""
    day = situation.moment
    month = f"{day:%m}" if day.month < 3 else f"{day.month}"
    return {
        "issuer": situation.office["centre"], "number": f"{day:%d%m}-{situation.record['code'][-6:]}",
        "place_date": f"{situation.office['short_name']}, ngày {day:%d} tháng {month} năm {day:%Y}",
        "filing_code": situation.record["code"],
    }  # fmt: skip


def officer(situation: Situation, role: str) -> str:
    """The name of the first official in a role; empty where nobody has it."""
    officials = situation.office["officials"].values()
    return next((str(one["full_name"]) for one in officials if one["role"] == role), "")


def unit_name(situation: Situation, code: Any) -> str:
    """A unit's name by its code; a code that is no unit's, as somebody may have typed it, stays as it is."""
    return str(situation.office["units"].get(str(code), code or ""))


def money(value: Any) -> str:
    """24000 as 24.000 đồng; what is no number yet stays as it was typed."""
    digits = str(value)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 13):
        return digits
    return f"{int(digits):,} đồng".replace(",", ".")
