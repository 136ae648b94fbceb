"""How papers of each collective body begin and end: organisation, number and symbol, the lines above the signature.

State bodies: Decree 30/2020/NĐ-CP (primary; abbreviations of communes' bodies training). Party bodies: Guidance
36-HD/VPTW as a public summary tells it (page).
"""

from collections.abc import Mapping
from typing import Any

from kit.systems.form import Json, Situation
from kit.systems.meetings.people import PARTY, members, session_of
from kit.systems.sheets import holder, place_date

BEHALF = {
    "peoples_committee": "TM. ỦY BAN NHÂN DÂN", "council": "TM. HỘI ĐỒNG NHÂN DÂN",
    "front": "TM. BAN THƯỜNG TRỰC", "party_committee": "T/M BAN CHẤP HÀNH",
    "standing_committee": "T/M BAN THƯỜNG VỤ", "inspection_commission": "T/M ỦY BAN KIỂM TRA",
}  # fmt: skip
CHAIR = {
    "peoples_committee": "CHỦ TỊCH", "council": "CHỦ TỊCH", "front": "CHỦ TỊCH", "party_committee": "BÍ THƯ",
    "standing_committee": "BÍ THƯ", "inspection_commission": "CHỦ NHIỆM",
}  # fmt: skip
SYMBOL = {
    "peoples_committee": "UBND", "council": "HĐND", "front": "MTTQ", "party_committee": "ĐU",
    "standing_committee": "ĐU", "inspection_commission": "UBKT",
}  # fmt: skip
NAMES = {
    "peoples_committee": "Ủy ban nhân dân", "council": "Hội đồng nhân dân", "front": "Ủy ban MTTQ Việt Nam",
    "party_committee": "Đảng ủy",
    "standing_committee": "Đảng ủy", "inspection_commission": "Ủy ban Kiểm tra Đảng ủy",
}  # fmt: skip
ACT_SYMBOLS = {"decision": "QĐ", "resolution": "NQ", "council_draft": "TTr", "notice": "TB", "minutes": "BB",
               "invitation": "GM"}  # fmt: skip
USUAL = "peoples_committee"


def body_of(situation: Situation) -> str:
    """Which body this is about: the session's own word, the People's Committee where none is said."""
    said = session_of(situation).get("body") or situation.record.get("body")
    return str(said) if said in BEHALF else USUAL


def in_party_layout(situation: Situation) -> bool:
    """Whether papers carry the Party's heading."""
    return body_of(situation) in PARTY


def symbol(situation: Situation, kind: str, number: int) -> str:
    """03/QĐ-UBND for the state, 03-NQ/ĐU for the Party; numbers below 10 with a nought in front."""
    body, abbreviation = SYMBOL[body_of(situation)], ACT_SYMBOLS[kind]
    if in_party_layout(situation):
        return f"{number:02d}-{abbreviation}/{body}"
    return f"{number:02d}/{abbreviation}-{body}"


def head(situation: Situation) -> Json:
    """Organisation, the one above it in Party papers, place and day."""
    session, office = session_of(situation), situation.office
    named = f"{NAMES[body_of(situation)]} {office['short_name']}"
    fields = {"issuer": str(session.get("organisation") or named).upper(), "place_date": place_date(situation)}
    return fields | ({"parent": str(session.get("parent") or "ĐẢNG BỘ CẤP TRÊN").upper()}
                     if in_party_layout(situation) else {})  # fmt: skip


def chair_of(situation: Situation) -> str:
    """The name of whoever presides: the first seat."""
    return next((str(one["name"]) for one in members(session_of(situation))), "")


def secretary_of(situation: Situation) -> str:
    """The name of whoever takes the minutes: the head of the office, unless the session names somebody."""
    named = session_of(situation).get("secretary")
    return str(named or holder(situation.office, "division_head"))


def signature(situation: Situation, given: Mapping[str, Any]) -> Json:
    """The lines above the signature and the name under it, as the chosen form of signing makes them."""
    form, body = str(given.get("signing_form") or ""), body_of(situation)
    party = in_party_layout(situation)
    deputy = next((one for one in members(session_of(situation)) if str(one["post"]).startswith("Phó")), {})
    second = "PHÓ BÍ THƯ" if CHAIR[body] == "BÍ THƯ" else f"PHÓ {CHAIR[body]}"
    lines, name = {
        "on_behalf": (f"{BEHALF[body]}\n{CHAIR[body]}", chair_of(situation)),
        "in_own_name": (CHAIR[body], chair_of(situation)),
        "deputy": (f"{BEHALF[body]}\n{'K/T' if party else 'KT.'} {CHAIR[body]}\n{second}", deputy.get("name", "")),
        "by_order": (f"{'T/L' if party else 'TL.'} {CHAIR[body]}\nCHÁNH VĂN PHÒNG", secretary_of(situation)),
    }.get(form, ("", ""))  # fmt: skip
    return {"signer_post": lines, "signer_name": name}
