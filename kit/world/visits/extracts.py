"""Certificates of marital status and copies of extracts."""

from kit.world.people import adult
from kit.world.visits.papers import SEX, applicant_of, day, id_card, paper
from kit.world.visits.visit import Setting, Visit

MARITAL_FEE = 15_000  # training value: the provincial council sets it


def marital_status(at: Setting) -> Visit:
    """A single person asks for the certificate of marital status."""
    wanted = lambda p: p["marital_status"] == "single" and 22 <= at.people.age(p) <= 55  # noqa: E731
    person = at.people.pick(wanted, at.lives)
    form = paper(
        "form", "marital_declaration", **applicant_of(person), subject_name=person["full_name"],
        subject_birth_date=day(person["birth_date"]), subject_address=person["address_old"],
        status="Chưa đăng ký kết hôn với ai", purpose=at.draw.choice(("Đăng ký kết hôn", "Vay vốn ngân hàng")),
        receiving_office=at.office, place_date=at.place_date(), signature=person["full_name"],
    )  # fmt: skip
    result = {
        "full_name": person["full_name"], "birth_date": day(person["birth_date"]), "sex": SEX[person["sex"]],
        "ethnicity": person["ethnicity"], "personal_id": person["personal_id"], "address": person["address_current"],
        "status": form["fields"]["status"], "purpose": form["fields"]["purpose"], "valid_months": "06",
    }  # fmt: skip
    return Visit(person, (person,), (form, id_card(person)), "marital_certificate", result, person["full_name"],
                  MARITAL_FEE)  # fmt: skip


def extract(at: Setting) -> Visit:
    """A person asks for copies of the extract of their own birth registration."""
    person = at.people.pick(adult(at.people), at.lives)
    copies = at.number(1, 4)
    registered = f"UBND {person['origin']}"
    form = paper(
        "form", "extract_declaration", **applicant_of(person), relation="Bản thân", subject_name=person["full_name"],
        subject_birth_date=day(person["birth_date"]), event="Khai sinh", registered_at=registered,
        register_number=f"{at.number(10, 400)}/{person['birth_date'][:4]}", registered_on=day(person["birth_date"]),
        copies=f"{copies:02d}", receiving_office=at.office, place_date=at.place_date(), signature=person["full_name"],
    )  # fmt: skip
    result = {"full_name": person["full_name"], "birth_date": day(person["birth_date"]), "sex": SEX[person["sex"]],
              "ethnicity": person["ethnicity"], "origin": person["origin"]}  # fmt: skip
    return Visit(person, (person,), (form, id_card(person)), "civil_extract_copy", result, person["full_name"],
                  8_000 * copies)  # fmt: skip
