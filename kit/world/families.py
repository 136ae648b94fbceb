"""The families of procedures: who comes to the counter, and the complete and valid set of papers they carry."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from kit.world.people import People, Person, adult, married_woman, single_adult

Json = dict[str, Any]
Lives = Callable[[str], bool]
SEX = {"male": "Nam", "female": "Nữ"}
UNITS_OF_NUMBER = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


@dataclass(frozen=True)
class Family:
    """One visit: the applicant, everybody named on the papers, the papers, and what the result will say."""

    applicant: Person
    people: tuple[Person, ...]
    papers: tuple[Json, ...]
    result_kind: str
    result: Json
    subject: str
    fee: int
    free: str = "none"
    software: str = "civil_status"
    competent: str = ""
    notes: Json = field(default_factory=dict)

    def paper(self, component: str) -> Json:
        """The paper handed in for a component."""
        return next(paper for paper in self.papers if paper["component"] == component)

    def changed(self, component: str, **fields: str) -> "Family":
        """The same visit with other entries on one paper."""
        papers = tuple(
            {**paper, "fields": {**paper["fields"], **fields}} if paper["component"] == component else paper
            for paper in self.papers
        )
        return replace(self, papers=papers)

    def without(self, component: str) -> "Family":
        """The same visit with one paper left at home."""
        return replace(self, papers=tuple(p for p in self.papers if p["component"] != component))


@dataclass(frozen=True)
class Setting:
    """What every family needs: the people, the draw, the day, our office's name, where the applicant lives."""

    people: People
    draw: Random
    today: date
    office: str
    lives: Lives

    def ago(self, days: int) -> date:
        """A day before today."""
        return self.today - timedelta(days=days)

    def place_date(self, day: date | None = None) -> str:
        """The line above a signature."""
        return f"Ngày {(day or self.today):%d tháng %m năm %Y}"

    def name(self) -> str:
        """A synthetic name for somebody who only signs."""
        return str(self.draw.choice(list(self.people.citizens.values()))["full_name"])

    def number(self, low: int, high: int) -> int:
        """A drawn number."""
        return self.draw.randint(low, high)


def paper(component: str, kind: str, medium: str = "original", **fields: object) -> Json:
    """One paper as plain data."""
    return {"component": component, "kind": kind, "medium": medium,
            "fields": {name: str(value) for name, value in fields.items()}, "alterations": {}}  # fmt: skip


def day(value: str | date) -> str:
    """A date as Vietnamese papers print it."""
    return (date.fromisoformat(value) if isinstance(value, str) else value).strftime("%d/%m/%Y")


def id_card(person: Person, component: str = "id") -> Json:
    """A person's identity card; the residence printed is the old address."""
    return paper(
        component, "id_card", full_name=person["full_name"], personal_id=person["personal_id"],
        birth_date=day(person["birth_date"]), sex=SEX[person["sex"]], origin=person["origin"],
        residence=person["address_old"], issued_on=day(person["id_card_issued"]),
        expires_on=day(person["id_card_expires"]) if person["id_card_expires"] else "Không thời hạn",
    )  # fmt: skip


def birth(at: Setting) -> Family:
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
    return Family(applicant, (mother, father), (form, note, id_card(applicant)), "birth_certificate", result, name, 0,
                  "civil_status_on_time", notes={"born": born.isoformat()})  # fmt: skip


def death(at: Setting) -> Family:
    """A son or daughter registers the death of a parent."""
    child = at.people.pick(lambda p: at.people.age(p) >= 22 and _old_parent(at, p) is not None, at.lives)
    dead = at.people.also(_old_parent(at, child) or "")
    died = at.ago(at.number(1, 6))
    moment = f"{at.number(0, 23):02d} giờ {at.number(0, 59):02d}, ngày {day(died)}"
    facts = {
        "deceased_name": dead["full_name"], "deceased_birth_date": day(dead["birth_date"]),
        "deceased_id": dead["personal_id"], "last_residence": dead["address_old"], "died_at": moment,
        "death_place": at.draw.choice(HOSPITALS), "cause": at.draw.choice(CAUSES),
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
    return Family(child, (child, dead), (form, note, id_card(child)), "death_extract", result, dead["full_name"], 0,
                  "civil_status_on_time")  # fmt: skip


def _old_parent(at: Setting, person: Person) -> str | None:
    for number in (person["father_id"], person["mother_id"]):
        if at.people.free(number) and at.people.age(at.people.citizens[number]) >= 50:
            return str(number)
    return None


def marriage(at: Setting) -> Family:
    """A couple registers its marriage; both are at the counter, both have a certificate of marital status."""
    groom = at.people.pick(single_adult(at.people, "male", 22), at.lives)
    bride = at.people.pick(
        lambda p: single_adult(at.people, "female", 20)(p) and p["surname"] != groom["surname"], at.lives
    )
    both = {}
    for role, person in (("groom", groom), ("bride", bride)):
        both |= {f"{role}_name": person["full_name"], f"{role}_birth_date": day(person["birth_date"]),
                 f"{role}_ethnicity": person["ethnicity"], f"{role}_address": person["address_old"],
                 f"{role}_id": person["personal_id"], f"{role}_times": "01"}  # fmt: skip
    form = paper("form", "marriage_declaration", **both, receiving_office=at.office, place_date=at.place_date(),
                 groom_signature=groom["full_name"], bride_signature=bride["full_name"])  # fmt: skip
    single = marital_paper(at, groom, "marital", at.ago(at.number(5, 60)))
    return Family(groom, (groom, bride), (form, single, id_card(groom), id_card(bride, "id")), "marriage_certificate",
                  {name: value for name, value in both.items() if not name.endswith("times")}, f"{groom['full_name']} - {bride['full_name']}", 0, "civil_status_on_time")  # fmt: skip


def marital_paper(at: Setting, person: Person, component: str, issued: date) -> Json:
    """A certificate of marital status: issued on a day, valid six months (validity: training value)."""
    return paper(
        component, "marital_certificate", issuer=f"UBND {person['address_old'].split(', ')[1]}",
        number=f"{at.number(10, 99)}/UBND-XNTTHN", full_name=person["full_name"], birth_date=day(person["birth_date"]),
        sex=SEX[person["sex"]], ethnicity=person["ethnicity"], personal_id=person["personal_id"],
        address=person["address_old"], status="Chưa đăng ký kết hôn với ai", purpose="Đăng ký kết hôn",
        valid_months="06", place_date=at.place_date(issued), signer_post="CHỦ TỊCH",
        signer_name=at.name(),
    )  # fmt: skip


def marital_status(at: Setting) -> Family:
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
    return Family(person, (person,), (form, id_card(person)), "marital_certificate", result, person["full_name"],
                  MARITAL_FEE)  # fmt: skip


def extract(at: Setting) -> Family:
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
    return Family(person, (person,), (form, id_card(person)), "civil_extract_copy", result, person["full_name"],
                  8_000 * copies)  # fmt: skip


def certified_copy(at: Setting) -> Family:
    """A person wants copies of a diploma certified; one page, so 2,000 đồng a copy."""
    person = at.people.pick(adult(at.people, 23, 55), at.lives)
    copies = at.number(2, 6)
    year = int(person["birth_date"][:4]) + 22
    original = paper(
        "original", "diploma", school=at.draw.choice(SCHOOLS), full_name=person["full_name"],
        birth_date=day(person["birth_date"]), degree="BẰNG CỬ NHÂN", major=at.draw.choice(MAJORS),
        ranking=at.draw.choice(("Khá", "Giỏi", "Trung bình khá")), year=year, serial=f"ZW {at.number(100000, 999999)}",
        place_date=at.place_date(date(year, 9, at.number(1, 28))), signer_name=at.name(),
    )  # fmt: skip
    result = {"pages": "01", "copies": f"{copies:02d}", "document_title": "Bằng cử nhân"}
    return Family(person, (person,), (original,), "copy_attestation", result, person["full_name"], 2_000 * copies,
                  software="onestop", competent="ours", notes={"copies": copies})  # fmt: skip


def signature(at: Setting) -> Family:
    """A person signs a paper before the officer."""
    person = at.people.pick(adult(at.people, 45, 80), at.lives)
    title, content = at.draw.choice(UNDERTAKINGS)
    document = paper(
        "doc", "signature_document", document_title=title, writer_name=person["full_name"],
        writer_id=person["personal_id"], writer_address=person["address_current"], content=content,
        place_date=at.place_date(), signature="",
    )  # fmt: skip
    result = {"applicant_name": person["full_name"], "applicant_id": person["personal_id"], "document_title": title}
    return Family(person, (person,), (document, id_card(person)), "signature_attestation", result,
                  person["full_name"], 10_000, software="onestop", competent="ours")  # fmt: skip


def guardianship(at: Setting) -> Family:
    """A relative appointed as guardian registers it."""
    guardian = at.people.pick(adult(at.people, 30, 60), at.lives)
    ward = at.people.pick(lambda p: 3 <= at.people.age(p) <= 15, at.lives)
    reason = "Cha mẹ đều đã chết; họ hàng cử người giám hộ"
    shared = {"guardian_name": guardian["full_name"], "guardian_id": guardian["personal_id"],
              "ward_name": ward["full_name"], "ward_birth_date": day(ward["birth_date"]), "reason": reason}  # fmt: skip
    form = paper("form", "guardian_declaration", **shared, guardian_address=guardian["address_old"],
                 ward_address=ward["address_old"], receiving_office=at.office, place_date=at.place_date(),
                 signature=guardian["full_name"])  # fmt: skip
    appointed = paper("appoint", "guardian_appointment", **shared, appointer="Hội đồng gia tộc",
                      number=f"{at.number(1, 20):02d}/VB", place_date=at.place_date(at.ago(at.number(5, 30))),
                      signer_name=at.name())  # fmt: skip
    return Family(guardian, (guardian, ward), (form, appointed, id_card(guardian)), "guardianship_extract", shared,
                  ward["full_name"], 0, "civil_status_on_time")  # fmt: skip


def recognition(at: Setting) -> Family:
    """A father recognises his child; both parents are there to sign."""
    father = at.people.pick(single_adult(at.people, "male", 22), at.lives)
    mother = at.people.pick(single_adult(at.people, "female", 20), at.lives)
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
        "evidence", "relationship_evidence", institute="Viện Giám định ADN Tập huấn", number=f"{at.number(100, 999)}/KL",
        person_a=father["full_name"], person_a_birth_date=day(father["birth_date"]), person_b=name,
        person_b_birth_date=day(born), conclusion="Có quan hệ huyết thống cha - con", signer_name=at.name(),
        place_date=at.place_date(at.ago(at.number(5, 30))),
    )  # fmt: skip
    result = {"parent_name": father["full_name"], "parent_id": father["personal_id"], "relation": "Cha - con", **child}
    return Family(father, (father, mother), (form, proof, id_card(father)), "recognition_extract", result, name, 0,
                  "civil_status_on_time")  # fmt: skip


def correction(at: Setting) -> Family:
    """A wrong letter or digit in a birth registration is corrected."""
    person = at.people.pick(adult(at.people, 22, 50), at.lives)
    right = day(person["birth_date"])
    wrong = f"{(int(right[:2]) % 28) + 1:02d}{right[2:]}"
    numbered = f"{at.number(10, 400)}/{person['birth_date'][:4]}"
    registered = f"UBND {person['origin']}"
    form = paper(
        "form", "correction_declaration", **applicant_of(person), relation="Bản thân", subject_name=person["full_name"],
        event="Cải chính ngày sinh trong Giấy khai sinh", register_number=numbered, registered_at=registered,
        content_from=wrong, content_to=right, reason="Sai sót khi ghi sổ đăng ký khai sinh",
        receiving_office=at.office, place_date=at.place_date(), signature=person["full_name"],
    )  # fmt: skip
    original = paper(
        "original", "birth_certificate", issuer=registered, number=numbered, full_name=person["full_name"],
        birth_date=wrong, sex=SEX[person["sex"]], ethnicity=person["ethnicity"], origin=person["origin"],
        birth_place=person["origin"], registered_at=registered, registered_on=wrong, signer_post="CHỦ TỊCH",
        signer_name=at.name(),
    )  # fmt: skip
    proof = paper(
        "proof", "birth_note", hospital=at.draw.choice(HOSPITALS), number=numbered, child_sex=SEX[person["sex"]],
        mother_name="", born_at=f"ngày {right}", intended_name=person["full_name"], child_count="01",
        attendant=at.name(), place_date=f"Ngày {right}", head_signature=at.name(),
    )  # fmt: skip
    result = {"subject_name": person["full_name"], "content_from": wrong, "content_to": right}
    return Family(person, (person,), (form, proof, original, id_card(person)), "correction_extract", result,
                  person["full_name"], 0, "civil_status_on_time")  # fmt: skip


def land(at: Setting) -> Family:
    """A household registers land for the first time."""
    owner = at.people.pick(adult(at.people, 35, 75), at.lives)
    place = {"parcel_number": at.number(10, 400), "map_sheet": at.number(1, 60), "area": f"{at.number(40, 160)} m²",
             "land_address": owner["address_old"]}  # fmt: skip
    form = paper("form15", "land_application", **applicant_of(owner), **place, purpose="Đất ở tại đô thị",
                 use_since=f"Năm {at.number(1985, 2010)}", origin_of_use="Nhận chuyển nhượng giấy tay",
                 receiving_office=at.office, place_date=at.place_date(), signature=owner["full_name"])  # fmt: skip
    old = paper("art137", "land_use_paper", issuer=f"UBND {owner['address_old'].split(', ')[1]}",
                number=f"{at.number(10, 99)}/GXN", holder_name=owner["full_name"], **place,
                year=at.number(1985, 1993), signer_name=at.name())  # fmt: skip
    return Family(owner, (owner,), (form, old), "civil_extract_copy", {}, owner["full_name"], 0, software="onestop")


def construction(at: Setting) -> Family:
    """A building permit; the class of the building decides who is competent."""
    owner = at.people.pick(adult(at.people, 35, 70), at.lives)
    floors, area = at.number(3, 5), at.number(60, 120)
    form = paper(
        "form", "construction_application", owner_name=owner["full_name"], owner_id=owner["personal_id"],
        owner_address=owner["address_old"], lot=f"Thửa {at.number(10, 400)}, tờ {at.number(1, 60)}",
        land_address=owner["address_old"], building_class="Cấp III", floors=floors, floor_area=f"{area} m²",
        total_area=f"{area * floors} m²", height=f"{floors * 4} m", receiving_office=at.office,
        place_date=at.place_date(), signature=owner["full_name"],
    )  # fmt: skip
    title = paper(
        "title", "land_certificate", serial=f"ZZ {at.number(10_000_000, 99_999_999)}", holder_name=owner["full_name"],
        holder_id=owner["personal_id"], parcel_number=at.number(10, 400), map_sheet=at.number(1, 60),
        area=f"{area + 20} m²", land_address=owner["address_old"], purpose="Đất ở tại đô thị", term="Lâu dài",
        place_date=at.place_date(at.ago(at.number(900, 4000))), signer_name=at.name(),
    )  # fmt: skip
    design = paper("design", "design_drawing", project="Nhà ở riêng lẻ", owner_name=owner["full_name"],
                   land_address=owner["address_old"], floors=floors, floor_area=f"{area} m²",
                   designer="Công ty TNHH Thiết kế Tập huấn", drawing_number=f"KT-{at.number(1, 20):02d}",
                   place_date=at.place_date(at.ago(20)))  # fmt: skip
    return Family(owner, (owner,), (form, title, design), "civil_extract_copy", {}, owner["full_name"], 0,
                  software="onestop")  # fmt: skip


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


def baby_name(at: Setting, parent: Person, sex: str) -> str:
    """The parent's surname with a given name that another citizen of that sex has."""
    namesakes = [p["full_name"].split() for p in at.people.citizens.values() if p["sex"] == sex]
    return " ".join([parent["surname"], *at.draw.choice(namesakes)[-2:]])


def in_words(value: date) -> str:
    """A date in Vietnamese words as birth forms ask for it, the year in digits."""
    return f"Ngày {_spoken(value.day)} tháng {_spoken(value.month)} năm {value.year}"


def _spoken(number: int) -> str:
    if number <= 10:
        return UNITS_OF_NUMBER[number]
    tens, ones = divmod(number, 10)
    word = "mười" if tens == 1 else f"{UNITS_OF_NUMBER[tens]} mươi"
    last = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, UNITS_OF_NUMBER[ones])
    return f"{word} {last}".strip()


MARITAL_FEE = 15_000  # training value: the provincial council sets it
HOSPITALS = ("Bệnh viện Phụ sản Tập huấn", "Bệnh viện Đa khoa Tập huấn", "Trung tâm Y tế Tập huấn")
CAUSES = ("Bệnh già", "Tai biến mạch máu não", "Suy tim")
SCHOOLS = ("Trường Đại học Tập huấn Phương Nam", "Học viện Mô phỏng Quốc gia")
MAJORS = ("Kế toán", "Luật", "Công nghệ thông tin", "Quản trị kinh doanh")
UNDERTAKINGS = (
    ("GIẤY ỦY QUYỀN NHẬN LƯƠNG HƯU", "Tôi ủy quyền cho con tôi nhận thay lương hưu hằng tháng, không nhận thù lao."),
    ("BẢN CAM KẾT", "Tôi cam kết thông tin nhân thân khai trong hồ sơ xin việc là đúng sự thật."),
    ("GIẤY ỦY QUYỀN NHẬN BƯU PHẨM", "Tôi ủy quyền cho cháu tôi nhận thay bưu phẩm, không nhận thù lao."),
)

FAMILIES: dict[str, Callable[[Setting], Family]] = {
    "1.001193": birth,
    "1.000656": death,
    "1.000894": marriage,
    "1.004873": marital_status,
    "2.000635": extract,
    "2.000815": certified_copy,
    "2.000884": signature,
    "1.004837": guardianship,
    "1.001022": recognition,
    "1.004859": correction,
    "1.013978": land,
    "1.013225": construction,
}
