"""Certified copies and certified signatures."""

from datetime import date

from kit.world.people import adult
from kit.world.visits.papers import day, id_card, paper
from kit.world.visits.visit import Setting, Visit

SCHOOLS = ("Trường Đại học Tập huấn Phương Nam", "Học viện Mô phỏng Quốc gia")
MAJORS = ("Kế toán", "Luật", "Công nghệ thông tin", "Quản trị kinh doanh")
UNDERTAKINGS = (
    ("GIẤY ỦY QUYỀN NHẬN LƯƠNG HƯU", "Tôi ủy quyền cho con tôi nhận thay lương hưu hằng tháng, không nhận thù lao."),
    ("BẢN CAM KẾT", "Tôi cam kết thông tin nhân thân khai trong hồ sơ xin việc là đúng sự thật."),
    ("GIẤY ỦY QUYỀN NHẬN BƯU PHẨM", "Tôi ủy quyền cho cháu tôi nhận thay bưu phẩm, không nhận thù lao."),
)


def certified_copy(at: Setting) -> Visit:
    """A person wants copies of a diploma certified; one page, so 2,000 đồng a copy. The card says who collects."""
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
    papers = (original, id_card(person))
    return Visit(person, (person,), papers, "copy_attestation", result, person["full_name"], 2_000 * copies,
                  software="onestop", competent="ours", notes={"copies": copies})  # fmt: skip


def signature(at: Setting) -> Visit:
    """A person signs a paper before the officer; young enough for a card of 2016 or later to have run out at 60."""
    person = at.people.pick(adult(at.people, 61, 66), at.lives)
    title, content = at.draw.choice(UNDERTAKINGS)
    document = paper(
        "doc", "signature_document", document_title=title, writer_name=person["full_name"],
        writer_id=person["personal_id"], writer_address=person["address_current"], content=content,
        place_date=at.place_date(), signature="",
    )  # fmt: skip
    result = {"applicant_name": person["full_name"], "applicant_id": person["personal_id"], "document_title": title}
    return Visit(person, (person,), (document, id_card(person)), "signature_attestation", result,
                  person["full_name"], 10_000, software="onestop", competent="ours")  # fmt: skip
