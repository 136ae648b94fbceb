"""Papers as plain data, and the lines that many of them share."""

from datetime import date

from kit.world.people import Person
from kit.world.visits.visit import Json, Setting

SEX = {"male": "Nam", "female": "Nữ"}
SURNAMES_BY_SEX = {"Tôn Thất": ("Tôn Thất", "Tôn Nữ"), "Tôn Nữ": ("Tôn Thất", "Tôn Nữ")}  # sons, daughters
HOSPITALS = ("Bệnh viện Phụ sản Tập huấn", "Bệnh viện Đa khoa Tập huấn", "Trung tâm Y tế Tập huấn")
OWN_CODE = "{code}"  # on a paper: the code that its dossier gets
RENAMED = date(2024, 7, 1)
DEATH_PLACES = HOSPITALS[1:]  # nobody's parent dies in a maternity hospital


def paper(component: str, kind: str, medium: str = "original", **fields: object) -> Json:
    """One paper as plain data."""
    return {"component": component, "kind": kind, "medium": medium,
            "fields": {name: str(value) for name, value in fields.items()}, "alterations": {}}  # fmt: skip


def day(value: str | date) -> str:
    """A date as Vietnamese papers print it."""
    return (date.fromisoformat(value) if isinstance(value, str) else value).strftime("%d/%m/%Y")


def card_title(issued: date) -> str:
    """What is printed on top of an identity card issued on a day; the day of the change: training value."""
    return "Căn cước" if issued >= RENAMED else "Căn cước công dân"


def id_card(person: Person, component: str = "id") -> Json:
    """A person's identity card; the residence printed is the old address."""
    title = card_title(date.fromisoformat(person["id_card_issued"]))
    return paper(
        component, "id_card", title=title, full_name=person["full_name"], personal_id=person["personal_id"],
        birth_date=day(person["birth_date"]), sex=SEX[person["sex"]], origin=person["origin"],
        residence=person["address_old"], issued_on=day(person["id_card_issued"]),
        expires_on=day(person["id_card_expires"]) if person["id_card_expires"] else "Không thời hạn",
    )  # fmt: skip


def declarant(person: Person) -> Json:
    """The first lines of a declaration."""
    return {"declarant_name": person["full_name"], "declarant_id": person["personal_id"],
            "declarant_address": person["address_old"]}  # fmt: skip


def applicant_of(person: Person) -> Json:
    """The first lines of a request."""
    return {"applicant_name": person["full_name"], "applicant_id": person["personal_id"],
            "applicant_address": person["address_old"]}  # fmt: skip


def parent(role: str, person: Person) -> Json:
    """A parent's lines of a birth declaration."""
    return {f"{role}_name": person["full_name"], f"{role}_birth_date": day(person["birth_date"]),
            f"{role}_id": person["personal_id"], f"{role}_ethnicity": person["ethnicity"],
            f"{role}_address": person["address_old"]}  # fmt: skip


def old_ward(address_old: str) -> str:
    """The ward in an address of before 1 July 2025, which ends with ward, district and province."""
    return address_old.split(", ")[-3]


def baby_name(at: Setting, parent: Person, sex: str) -> str:
    """The parent's surname with a given name that another citizen of that sex has; no surname where there is none."""
    surname = SURNAMES_BY_SEX.get(parent["surname"], (parent["surname"],) * 2)[sex == "female"]
    namesakes = [p for p in at.people.citizens.values() if p["sex"] == sex]
    given = [p["full_name"].removeprefix(p["surname"]).split() for p in namesakes]
    chosen = at.draw.choice([words for words in given if not set(words) & set(surname.split())])
    return " ".join([surname, *chosen[-2:]]) if surname else str(chosen[-1])
