"""A paper that a system prints beside a record, and what such papers share: heading, day, amounts, who signs."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from kit.calendar import long_day
from kit.systems.form import Changes, Json, Situation

LONGEST_NUMBER = 13  # digits


def beside(situation: Situation, kind: str, fields: Json, name: str = "", medium: str = "original") -> Changes:
    """One new paper of `kind` beside the record, numbered after `name` (its kind where none is given)."""
    number = next_number(situation, name or kind)
    return laid(situation, sheet(number, kind, fields, name or kind, medium))


def preview(situation: Situation, kind: str, fields: Json, name: str = "") -> Json:
    """The paper as the entries so far would make it: it lies nowhere yet."""
    return sheet(f"{situation.id}/preview", kind, fields, name or kind)


def next_number(situation: Situation, name: str) -> str:
    """The first number that no paper called `name` beside the record has yet."""
    numbers = (f"{situation.id}/{name}-{place}" for place in count(1))
    return next(number for number in numbers if number not in situation.records)


def laid(situation: Situation, paper: Json) -> Changes:
    """A paper as a record beside the matter, in the place of one with the same number."""
    return {paper["id"]: {"kind": "paper", "dossier": situation.id, "issued": True, "paper": paper}}


def sheet(number: str, kind: str, fields: Json, name: str, medium: str = "original") -> Json:
    """A paper as plain data."""
    return {"id": number, "component": name, "kind": kind, "medium": medium, "fields": fields, "alterations": {}}


def place_date(situation: Situation) -> str:
    """Place and day, as they stand at the head of a paper."""
    return f"{situation.office['short_name']}, {long_day(situation.moment)}"


def vietnamese_day(typed: object) -> str:
    """2025-07-01 as 01/07/2025; anything else as it was typed."""
    text = str(typed or "")
    parts = text.split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else text


def money(typed: object, unit: str = "đồng") -> str:
    """24000 as 24.000 đồng; what is no number yet stays as it was typed."""
    text = str("" if typed is None else typed)
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        return text
    return f"{int(text):,} {unit}".replace(",", ".")


def holder(office: Mapping[str, Any], role: str, last: bool = False) -> str:
    """The name of the first (or the last) official in a role; empty where nobody has it."""
    names = [str(one["full_name"]) for one in office["officials"].values() if one["role"] == role]
    return names[-1 if last else 0] if names else ""


def leader_post(official: Mapping[str, Any]) -> str:
    """How a leader's post stands above the signature (Decree 30/2020): a vice-chairman signs for the chairman."""
    return "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH" if str(official["post_vi"]).startswith("Phó") else "CHỦ TỊCH"


def addressee(unit: str) -> str:
    """To whom a letter to a unit goes: to the People's Committee of a commune, to any other office by its name."""
    return f"UBND {unit}" if unit.startswith(("Phường ", "Xã ", "Đặc khu ")) else unit


def unit_name(situation: Situation, code: object) -> str:
    """A unit's name by its code; a code that is no unit's, as somebody may have typed it, stays as it is."""
    return str(situation.office["units"].get(str(code), code or ""))
