"""Truths about who decides: another commune, a department, nobody in the province."""

from kit.calendar import add_working_days
from kit.world.truths.planted import Planted
from kit.world.visits.papers import old_ward
from kit.world.visits.visit import Setting, Visit


def wrong_authority(at: Setting, visit: Visit) -> Planted:
    """Nobody on the papers lives in our province, so no office of the province is competent."""
    return Planted(visit, visit.papers, {"ground": "not_competent"})


def boundary_free(at: Setting, visit: Visit) -> Planted:
    """The applicant lives in another commune of the province: receive here, they decide there."""
    other = visit.applicant["unit_code"]
    by = add_working_days(at.today, 1).isoformat()
    return Planted(visit, visit.papers, {"competent_unit": other, "paper_file_by": by})


def other_level(at: Setting, visit: Visit) -> Planted:
    """The building is of a class that the commune does not license: the provincial department decides."""
    area = visit.paper("design")["fields"]["floor_area"].removesuffix(" m²")
    told = {"building_class": "Cấp II", "floors": "9", "total_area": f"{int(area) * 9} m²", "height": "36 m"}
    changed = visit.changed("form", **told).changed("design", floors="9")
    by = add_working_days(at.today, 1).isoformat()
    return Planted(changed, changed.papers, {"competent_unit": "SXD", "paper_file_by": by})


def land_elsewhere(at: Setting, visit: Visit) -> Planted:
    """The applicant lives with us, the land lies in another commune of the province."""
    there = at.people.pick(lambda p: True, lambda c: c != at.people.unit and _same_province(at, c))
    changed = visit.changed("form15", land_address=there["address_current"]).changed(
        "art137", land_address=there["address_old"], issuer=f"UBND {old_ward(there['address_old'])}"
    )
    by = add_working_days(at.today, 1).isoformat()
    return Planted(changed, changed.papers, {"competent_unit": there["unit_code"], "paper_file_by": by})


def _same_province(at: Setting, code: str) -> bool:
    return at.people.province(code) == at.people.province(at.people.unit)
