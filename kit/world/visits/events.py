"""Births, deaths and marriages."""

from datetime import date, timedelta

from kit.world.people import Person, married_woman, no_relative, single_adult
from kit.world.spoken import in_words
from kit.world.visits.papers import (
    DEATH_PLACES,
    HOSPITALS,
    SEX,
    baby_name,
    day,
    declarant,
    id_card,
    old_ward,
    paper,
    parent,
)
from kit.world.visits.visit import Json, Setting, Visit

CAUSES = ("Bệnh già", "Tai biến mạch máu não", "Suy tim")


def birth(at: Setting) -> Visit:
    """A father or mother registers a baby of the last weeks."""
    mother = at.people.pick(married_woman(at.people), at.lives)
    father = at.people.also(mother["spouse_id"])
    sex = at.draw.choice(("male", "female"))
    name = baby_name(at, father, sex)
    born, hospital = at.ago(at.number(6, 40)), at.draw.choice(HOSPITALS)
    applicant = at.draw.choice((mother, father))
    child = {"child_name": name, "child_birth_date": day(born), "child_sex": SEX[sex]}
    form = paper(
        "form", "birth_declaration", **declarant(applicant), relation="Mẹ" if applicant is mother else "Cha",
        **child, child_birth_date_words=in_words(born), child_ethnicity=father["ethnicity"], child_birth_place=hospital,
        child_origin=father["origin"], **parent("mother", mother), **parent("father", father),
        receiving_office=at.office, place_date=at.place_date(), signature=applicant["full_name"],
    )  # fmt: skip
    note = paper(
        "birth_note", "birth_note", hospital=hospital, number=f"{at.number(100, 999)}/{born.year}",
        mother_name=mother["full_name"], mother_birth_date=day(mother["birth_date"]), mother_id=mother["personal_id"],
        mother_address=mother["address_old"], child_sex=SEX[sex], child_weight=f"{at.number(26, 38) * 100} g",
        born_at=f"{at.number(0, 23):02d} giờ {at.number(0, 59):02d}, ngày {day(born)}", child_count="01",
        intended_name=name, attendant=at.name(), place_date=at.place_date(born + timedelta(days=2)),
        head_signature=at.name(),
    )  # fmt: skip
    result = {
        "full_name": name, "birth_date": day(born), "birth_date_words": in_words(born), "sex": SEX[sex],
        "ethnicity": father["ethnicity"], "birth_place": hospital, "origin": father["origin"],
        "mother_name": mother["full_name"], "mother_birth_year": mother["birth_date"][:4],
        "father_name": father["full_name"], "father_birth_year": father["birth_date"][:4],
    }  # fmt: skip
    return Visit(applicant, (mother, father), (form, note, id_card(applicant)), "birth_certificate", result, name, 0,
                  "civil_status_on_time", notes={"born": born.isoformat()})  # fmt: skip


def death(at: Setting) -> Visit:
    """A son or daughter registers the death of a parent."""
    child = at.people.pick(lambda p: at.people.age(p) >= 22 and _old_parent(at, p) is not None, at.lives)
    dead = at.people.also(_old_parent(at, child) or "")
    died = at.ago(at.number(1, 6))
    moment = f"{at.number(0, 23):02d} giờ {at.number(0, 59):02d}, ngày {day(died)}"
    facts = {
        "deceased_name": dead["full_name"], "deceased_birth_date": day(dead["birth_date"]),
        "deceased_id": dead["personal_id"], "last_residence": dead["address_old"], "died_at": moment,
        "death_place": at.draw.choice(DEATH_PLACES), "cause": at.draw.choice(CAUSES),
    }  # fmt: skip
    form = paper("form", "death_declaration", **declarant(child), relation="Con", **facts, receiving_office=at.office,
                 place_date=at.place_date(), signature=child["full_name"])  # fmt: skip
    note = paper("death_note", "death_note", facility=facts["death_place"], number=f"{at.number(10, 99)}/GBT", **facts,
                 place_date=at.place_date(died), head_signature=at.name())  # fmt: skip
    result = {
        "full_name": dead["full_name"], "birth_date": day(dead["birth_date"]), "sex": SEX[dead["sex"]],
        "ethnicity": dead["ethnicity"], "personal_id": dead["personal_id"], "last_residence": dead["address_current"],
        "died_at": moment, "death_place": facts["death_place"], "cause": facts["cause"],
    }  # fmt: skip
    return Visit(child, (child, dead), (form, note, id_card(child)), "death_extract", result, dead["full_name"], 0,
                  "civil_status_on_time")  # fmt: skip


def _old_parent(at: Setting, person: Person) -> str | None:
    for number in (person["father_id"], person["mother_id"]):
        if at.people.free(number) and at.people.age(at.people.citizens[number]) >= 50:
            return str(number)
    return None


def marriage(at: Setting) -> Visit:
    """A couple registers its marriage; both are at the counter, both have a certificate of marital status."""
    groom = at.people.pick(single_adult(at.people, "male", 22), at.lives)
    fits, stranger = single_adult(at.people, "female", 20), no_relative(groom)
    bride = at.people.pick(lambda p: fits(p) and stranger(p) and p["surname"] != groom["surname"], at.lives)
    both: Json = {}
    for role, person in (("groom", groom), ("bride", bride)):
        both |= {f"{role}_name": person["full_name"], f"{role}_birth_date": day(person["birth_date"]),
                 f"{role}_ethnicity": person["ethnicity"], f"{role}_address": person["address_old"],
                 f"{role}_id": person["personal_id"], f"{role}_times": "01"}  # fmt: skip
    form = paper("form", "marriage_declaration", **both, receiving_office=at.office, place_date=at.place_date(),
                 groom_signature=groom["full_name"], bride_signature=bride["full_name"])  # fmt: skip
    single = marital_paper(at, groom, "marital", at.ago(at.number(5, 60)))
    papers = (form, single, id_card(groom), id_card(bride))
    result = {name: value for name, value in both.items() if not name.endswith("times")}
    names = f"{groom['full_name']} - {bride['full_name']}"
    return Visit(groom, (groom, bride), papers, "marriage_certificate", result, names, 0, "civil_status_on_time")


def marital_paper(at: Setting, person: Person, component: str, issued: date) -> Json:
    """A certificate of marital status: issued on a day, valid six months (validity: training value)."""
    return paper(
        component, "marital_certificate", issuer=f"UBND {old_ward(person['address_old'])}",
        number=f"{at.number(10, 99)}/UBND-XNTTHN", full_name=person["full_name"], birth_date=day(person["birth_date"]),
        sex=SEX[person["sex"]], ethnicity=person["ethnicity"], personal_id=person["personal_id"],
        address=person["address_old"], status="Chưa đăng ký kết hôn với ai", purpose="Đăng ký kết hôn",
        valid_months="06", place_date=at.place_date(issued, old_ward(person["address_old"])), signer_post="CHỦ TỊCH",
        signer_name=at.name(),
    )  # fmt: skip
