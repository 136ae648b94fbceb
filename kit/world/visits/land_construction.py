"""Land registration and building permits."""

from kit.world.people import Person, adult
from kit.world.visits.papers import applicant_of, day, old_ward, paper
from kit.world.visits.visit import Setting, Visit


def land(at: Setting) -> Visit:
    """A household registers land for the first time."""
    owner = at.people.pick(adult(at.people, 55, 80), at.lives)  # grown up when the paper was issued
    year = at.number(1989, 1993)
    place = {"parcel_number": at.number(10, 400), "map_sheet": at.number(1, 60), "area": f"{at.number(40, 160)} m²",
             "land_address": owner["address_old"]}  # fmt: skip
    form = paper("form15", "land_application", **applicant_of(owner), **place, purpose=_dwelling(owner),
                 use_since=f"Năm {year}", origin_of_use="Theo giấy tờ kèm theo",
                 receiving_office=at.office, place_date=at.place_date(), signature=owner["full_name"])  # fmt: skip
    old = paper("art137", "land_use_paper", issuer=f"UBND {old_ward(owner['address_old'])}",
                number=f"{at.number(10, 99)}/GXN", holder_name=owner["full_name"], **place,
                year=year, signer_name=at.name())  # fmt: skip
    return Visit(owner, (owner,), (form, old), "civil_extract_copy", {}, owner["full_name"], 0, software="onestop")


def _dwelling(owner: Person) -> str:
    """Land for a house, as certificates name it: in a commune it is rural."""
    return "Đất ở tại nông thôn" if old_ward(owner["address_old"]).startswith("Xã ") else "Đất ở tại đô thị"


def construction(at: Setting) -> Visit:
    """A building permit; the class of the building decides who is competent."""
    owner = at.people.pick(adult(at.people, 35, 70), at.lives)
    floors, area, parcel, sheet = at.number(3, 5), at.number(60, 120), at.number(10, 400), at.number(1, 60)
    form = paper(
        "form", "construction_application", owner_name=owner["full_name"], owner_id=owner["personal_id"],
        owner_address=owner["address_old"], lot=f"Thửa {parcel}, tờ {sheet}",
        land_address=owner["address_old"], building_class="Cấp III", floors=floors, floor_area=f"{area} m²",
        total_area=f"{area * floors} m²", height=f"{floors * 4} m", receiving_office=at.office,
        place_date=at.place_date(), signature=owner["full_name"],
    )  # fmt: skip
    title = paper(
        "title", "land_certificate", serial=f"ZZ {at.number(10_000_000, 99_999_999)}", holder_name=owner["full_name"],
        holder_id=owner["personal_id"], parcel_number=parcel, map_sheet=sheet,
        area=f"{area + 20} m²", land_address=owner["address_old"], purpose=_dwelling(owner), term="Lâu dài",
        place_date=at.place_date(at.ago(at.number(900, 4000))), signer_name=at.name(),
    )  # fmt: skip
    design = paper("design", "design_drawing", project="Nhà ở riêng lẻ", owner_name=owner["full_name"],
                   land_address=owner["address_old"], floors=floors, floor_area=f"{area} m²",
                   designer="Công ty TNHH Thiết kế Tập huấn", drawing_number=f"KT-{at.number(1, 20):02d}",
                   place_date=day(at.ago(20)))  # fmt: skip
    return Visit(owner, (owner,), (form, title, design), "civil_extract_copy", {}, owner["full_name"], 0,
                  software="onestop")  # fmt: skip
