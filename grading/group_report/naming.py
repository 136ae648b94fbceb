"""What places, steps, roles and refusals are called in a report; and which place somebody means."""

from collections.abc import Iterable
from difflib import get_close_matches

from grading.group_report.bottlenecks import OUTSIDE
from grading.group_report.gather import GROUP, PROVINCE, UNIT, Member, Place, group_key, unit_row
from kit.errors import UnknownName
from kit.plain_text import plain, vietnamese_order
from kit.words import say
from kit.world.rows import rows
from kit.world.units import find_unit


def place_name(place: Place, language: str) -> str:
    """A place in words: "Phường Sài Gòn", "Tổ công tác số 3", "Thành phố Hồ Chí Minh"; its code where it has none."""
    kind, code = place
    if kind == UNIT:
        return unit_row(code).get("name_vn", code)
    if kind == PROVINCE:
        return next((row["province_vn"] for row in rows("units") if row["province_code"] == code), code)
    return say("report.aar.group_named", language, number=code) if code.isdecimal() else code


def place_meant(kind: str, named: str, known: Iterable[Member]) -> Place:
    """The place that somebody named, by code or name; `UnknownName` with the nearest that the session has."""
    here = {place for member in known for place in member.places if place[0] == kind}
    if kind == UNIT:
        wanted = (UNIT, named if (UNIT, named) in here else find_unit(named)["code"])
    elif kind == GROUP:
        wanted = (GROUP, _group(named, here))
    else:
        wanted = (PROVINCE, _province(named, here))
    if wanted not in here:
        raise _unknown(named, here)
    return wanted


def role_name(role: str, language: str) -> str:
    """A role in words."""
    return say("report.aar.outside", language) if role == OUTSIDE else say(f"role.{role}", language) if role else "-"


def refusal_of(reason: str, language: str) -> str:
    """Why a system refused, in words, without the final stop."""
    return say(f"refusal.{reason.partition(':')[0]}", language).rstrip(".")


def entry_of(action: str, reason: str, language: str) -> str:
    """What was refused: the action, and the entry at fault where the refusal names one."""
    named, (why, _, field) = say(f"action.{action}", language), reason.partition(":")
    return named if not field or why == "unknown_field" else f"{named} - {say(f'field.{field}', language)}"


def _group(named: str, here: set[Place]) -> str:
    wanted = group_key(named)
    return next((code for _, code in here if plain(code) == plain(wanted)), wanted)


def _province(named: str, here: set[Place]) -> str:
    names = {plain(row["province_vn"]): row["province_code"] for row in rows("units")}
    bare = {name.removeprefix("tinh ").removeprefix("thanh pho "): code for name, code in names.items()}
    return {**bare, **names}.get(plain(named), named.strip())


def _unknown(named: str, here: set[Place]) -> UnknownName:
    """Those with a like name first, else all of the session, at most eight."""
    names = {f"{code} {place_name((kind, code), 'vi')}" if kind != GROUP else place_name((kind, code), "vi"): code
             for kind, code in here}  # fmt: skip
    known = sorted(names, key=vietnamese_order)
    near = get_close_matches(plain(named), [plain(name) for name in known], n=4, cutoff=0.4)
    listed = ", ".join(([name for name in known if plain(name) in near] or known)[:8]) or "-"
    return UnknownName(f"Đợt này không có “{named[:60]}”. Gần nhất: {listed}.",
                       f"This session has no “{named[:60]}”. Nearest: {listed}.")  # fmt: skip
