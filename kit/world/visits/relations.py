"""Guardianship, recognition of a child, correction of a registration."""

from datetime import date, timedelta

from kit.world.people import adult, no_relative, single_adult
from kit.world.visits.papers import HOSPITALS, SEX, applicant_of, baby_name, day, declarant, id_card, paper
from kit.world.visits.visit import Setting, Visit


def guardianship(at: Setting) -> Visit:
    """A relative appointed as guardian registers it."""
    guardian = at.people.pick(adult(at.people, 30, 60), at.lives)
    stranger = no_relative(guardian)
    ward = at.people.pick(lambda p: stranger(p) and 3 <= at.people.age(p) <= 15 and p["relation"] == "child", at.lives)
    reason = "Cha mẹ đều đã chết; họ hàng cử người giám hộ"
    shared = {"guardian_name": guardian["full_name"], "guardian_id": guardian["personal_id"],
              "ward_name": ward["full_name"], "ward_birth_date": day(ward["birth_date"]), "reason": reason}  # fmt: skip
    form = paper("form", "guardian_declaration", **shared, guardian_address=guardian["address_old"],
                 ward_address=ward["address_old"], receiving_office=at.office, place_date=at.place_date(),
                 signature=guardian["full_name"])  # fmt: skip
    appointed = paper("appoint", "guardian_appointment", **shared, appointer="Hội đồng gia tộc",
                      number=f"{at.number(1, 20):02d}/VB", place_date=at.place_date(at.ago(at.number(20, 40))),
                      signer_name=at.name())  # fmt: skip
    return Visit(guardian, (guardian, ward), (form, appointed, id_card(guardian)), "guardianship_extract", shared,
                  ward["full_name"], 0, "civil_status_on_time")  # fmt: skip


def recognition(at: Setting) -> Visit:
    """A father recognises his child; both parents are there to sign."""
    father = at.people.pick(single_adult(at.people, "male", 22), at.lives)
    fits, stranger = single_adult(at.people, "female", 20), no_relative(father)
    mother = at.people.pick(lambda p: fits(p) and stranger(p), at.lives)
    born = at.ago(at.number(400, 1500))
    name = baby_name(at, mother, at.draw.choice(("male", "female")))
    child = {"child_name": name, "child_birth_date": day(born)}
    form = paper(
        "form", "recognition_declaration", **declarant(father), relation="Cha - con", **child,
        child_address=mother["address_old"], mother_name=mother["full_name"], mother_id=mother["personal_id"],
        receiving_office=at.office, place_date=at.place_date(), declarant_signature=father["full_name"],
        mother_signature=mother["full_name"],
    )  # fmt: skip
    proof = paper(
        "evidence", "relationship_evidence", institute="Viện Giám định ADN Tập huấn",
        number=f"{at.number(100, 999)}/KL",
        person_a=father["full_name"], person_a_birth_date=day(father["birth_date"]), person_b=name,
        person_b_birth_date=day(born), conclusion="Có quan hệ huyết thống cha - con", signer_name=at.name(),
        place_date=at.place_date(at.ago(at.number(20, 40))),
    )  # fmt: skip
    result = {"parent_name": father["full_name"], "parent_id": father["personal_id"], "relation": "Cha - con", **child}
    return Visit(father, (father, mother), (form, proof, id_card(father)), "recognition_extract", result, name, 0,
                  "civil_status_on_time")  # fmt: skip


def correction(at: Setting) -> Visit:
    """A wrong letter or digit in a birth registration is corrected."""
    person = at.people.pick(adult(at.people, 22, 50), at.lives)
    right = day(person["birth_date"])
    wrong = f"{(int(right[:2]) % 28) + 1:02d}{right[2:]}"
    numbered = f"{at.number(10, 400)}/{person['birth_date'][:4]}"
    registered = f"UBND {person['origin']}"
    entered = day(date.fromisoformat(person["birth_date"]) + timedelta(days=30))
    form = paper(
        "form", "correction_declaration", **applicant_of(person), relation="Bản thân", subject_name=person["full_name"],
        event="Cải chính ngày sinh trong Giấy khai sinh", register_number=numbered, registered_at=registered,
        content_from=wrong, content_to=right, reason="Sai sót khi ghi sổ đăng ký khai sinh",
        receiving_office=at.office, place_date=at.place_date(), signature=person["full_name"],
    )  # fmt: skip
    original = paper(
        "original", "birth_certificate", issuer=registered, number=numbered, full_name=person["full_name"],
        birth_date=wrong, sex=SEX[person["sex"]], ethnicity=person["ethnicity"], origin=person["origin"],
        birth_place=person["origin"], registered_at=registered, registered_on=entered, signer_post="CHỦ TỊCH",
        signer_name=at.name(),
    )  # fmt: skip
    proof = paper(
        "proof", "birth_note", hospital=at.draw.choice(HOSPITALS), number=numbered, child_sex=SEX[person["sex"]],
        mother_name="", born_at=f"ngày {right}", intended_name=person["full_name"], child_count="01",
        attendant=at.name(), place_date=f"Ngày {right}", head_signature=at.name(),
    )  # fmt: skip
    result = {"subject_name": person["full_name"], "content_from": wrong, "content_to": right}
    return Visit(person, (person,), (form, proof, original, id_card(person)), "correction_extract", result,
                  person["full_name"], 0, "civil_status_on_time")  # fmt: skip
