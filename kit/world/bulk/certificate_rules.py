"""Rules about civil-status papers and the offices on papers: each function counts the rows that break it."""

from datetime import date
from functools import cache

import numpy as np

from kit.world.bulk.evidence import NOBODY, count, duplicates, not_matching
from kit.world.bulk.kinds import Flags
from kit.world.bulk.offices_of_papers import of_district, of_ward, written
from kit.world.bulk.records import NULL, Records, day_number
from kit.world.rows import rows

CLOSING = date(2025, 7, 1)
IN_TIME = 60  # days after the birth: procedures.yaml, 1.001193
PAPERS, PARCELS = "certificates", "parcels"


def papers_are_of_the_household(r: Records) -> int:
    """Of a child who lives there, or of the parents of one who are each other's spouse."""
    holder, spouse = r.rows(PAPERS, "holder_id"), r.rows(PAPERS, "spouse_id")
    home = r.rows(PAPERS, "household_id", "household_id", "households")
    child, marriage = r.people.equals("relation", "child", "foster_child"), _is(r, "kind", "marriage")
    parents = np.isin(holder, r.people.father) & np.isin(spouse, r.people.mother)
    wrong = np.where(marriage, (r.people.spouse[holder] != spouse) | ~parents, ~child[holder] | (spouse != NOBODY))
    return count((holder == NOBODY) | (r.people.household[holder] != home) | wrong)


def papers_have_their_day(r: Records) -> int:
    """Not after the day; births by an office that registers within 60 days; marriages from 20 (men), 18 (women) on."""
    issued, marriage = r.numbers(PAPERS, "issued"), _is(r, "kind", "marriage")
    born = [r.people.born[r.rows(PAPERS, name)] for name in ("holder_id", "spouse_id")]
    since = issued - born[0]
    late = ~_is(r, "issuer_level", "department") & (since > IN_TIME)
    young = (since < 20 * 365.25 - 1) | (issued - born[1] < 18 * 365.25 - 1)
    return count(issued > day_number(r.day)) + count(np.where(marriage, young, (since < 0) | late))


def papers_name_their_office(r: Records) -> int:
    """The committee of the old ward, or of its district where the ward goes on; the department; today's unit; a body
    abroad: by the names of ward_map.csv and units.csv.
    """
    places = zip(*(r.words(PAPERS, name) for name in ("old_ward_code", "unit_code")), strict=True)
    named = zip(r.words(PAPERS, "issuer_level"), r.words(PAPERS, "issuer"), strict=True)
    wrong = sum(level != "foreign" and issuer != _names(*place).get(level)
                for place, (level, issuer) in zip(places, named, strict=True))  # fmt: skip
    return int(wrong)


def closed_offices_issue_nothing_later(r: Records) -> int:
    """Committees of old wards and districts until 30 June 2025, today's units from 1 July 2025 on, and marked so."""
    issued, closed = r.numbers(PAPERS, "issued"), _flag(r, PAPERS, "office_closed")
    unit, ended = _is(r, "issuer_level", "unit"), _is(r, "issuer_level", "ward", "district")
    return (
        count(ended & (issued >= day_number(CLOSING)))
        + count(unit & (issued < day_number(CLOSING)))
        + count(ended != closed)
    )


def marriages_abroad_are_noted_after(r: Records) -> int:
    """A country stands on marriages at a foreign body alone; noted from the marriage to the day."""
    abroad = r.tables[PAPERS]["country"].is_valid().to_numpy()
    issued, noted = r.numbers(PAPERS, "issued"), r.numbers(PAPERS, "noted")
    foreign, marriage = _is(r, "issuer_level", "foreign"), _is(r, "kind", "marriage")
    early = (noted != NULL) & (~abroad | (noted < issued) | (noted > day_number(r.day)))
    return count(abroad != foreign) + count(foreign & ~marriage) + count(early)


def papers_can_be_nobodys(r: Records) -> int:
    """No two papers have one number; all have a letter that no register has."""
    number = r.text(PAPERS, "number")
    return duplicates(number) + duplicates(r.text(PAPERS, "certificate_id")) + not_matching(number, r"^[FJWZ] \d{8}$")


def land_certificates_name_their_office(r: Records) -> int:
    """The committee of the old district, marked as closed, or the land registry; none without a certificate."""
    places = zip(*(r.words(PARCELS, name) for name in ("old_ward_code", "unit_code")), strict=True)
    named = zip(r.words(PARCELS, "certificate_issuer"), _flag(r, PARCELS, "office_closed"), strict=True)
    has, named_one = (_there(r, name) for name in ("certificate", "certificate_issuer"))
    wrong = sum(closed if issuer is None else issuer != _names(*place).get("committee" if closed else "land")
                for place, (issuer, closed) in zip(places, named, strict=True))  # fmt: skip
    return int(wrong) + count(has != named_one)


def _there(r: Records, column: str) -> Flags:
    return np.asarray(r.tables[PARCELS][column].is_valid().to_numpy())


@cache
def _names(ward: str, unit: str) -> dict[str, str]:
    """Each office that may issue papers at this place, from ward_map.csv and units.csv; none if it is no place."""
    wards = [row for row in rows("ward_map") if row["new_unit_code"] == unit]
    old = next((row for row in wards if row["old_ward_code"] == ward), None)
    if old is None:
        return {}
    now = next(row for row in rows("units") if row["code"] == unit)
    district = of_district(old["old_district_vn"], old["old_province_vn"])
    goes_on = len(wards) == 1 and old["split"] == "no" and old["old_ward_vn"] == now["name_vn"]
    ended = of_ward(old["old_ward_vn"], old["old_district_vn"], old["old_province_vn"])
    return {
        "ward": "" if goes_on else ended,
        "district": district if goes_on else "",
        "department": written("Sở Tư pháp", now["province_vn"]),
        "unit": written("Ủy ban nhân dân", now["name_vn"], now["province_vn"]),
        "committee": district,
        "land": written("Văn phòng Đăng ký đất đai", now["province_vn"]),
    }


def _is(r: Records, column: str, *wanted: str) -> Flags:
    return np.isin(r.words(PAPERS, column), wanted)


def _flag(r: Records, table: str, column: str) -> Flags:
    return np.asarray(r.tables[table][column].to_numpy()).astype(bool)


RULES = (
    papers_are_of_the_household, papers_have_their_day, papers_name_their_office, closed_offices_issue_nothing_later,
    marriages_abroad_are_noted_after, papers_can_be_nobodys, land_certificates_name_their_office,
)  # fmt: skip
