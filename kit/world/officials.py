"""The posts of a unit's committee and its service centre, and the accounts that each holds."""

from typing import NamedTuple

ALL_ACCOUNTS = "onestop;civil_status;documents"
KIND_EN = {"Phường": "ward", "Xã": "commune", "Đặc khu": "special zone"}


class Post(NamedTuple):
    """One post: `{kind}` stands for phường, xã or đặc khu; `field` is what the official works on."""

    role: str
    field: str
    vi: str
    en: str
    accounts: str


COMMITTEE = "Ủy ban nhân dân {kind}"
POSTS = (
    Post("signer", "all", "Chủ tịch " + COMMITTEE, "Chairman of the {kind} People's Committee", ALL_ACCOUNTS),
    Post(
        "signer",
        "all",
        f"Phó Chủ tịch {COMMITTEE}, Giám đốc Trung tâm Phục vụ hành chính công",
        "Vice-chairman of the {kind} People's Committee, director of the service centre",
        ALL_ACCOUNTS,
    ),
    Post(
        "signer",
        "all",
        "Phó Chủ tịch " + COMMITTEE,
        "Vice-chairman of the {kind} People's Committee",
        ALL_ACCOUNTS,
    ),
    Post(
        "division_head",
        "civil_status",
        "Chánh Văn phòng Hội đồng nhân dân và " + COMMITTEE,
        "Head of the Office of the {kind} People's Council and Committee",
        ALL_ACCOUNTS,
    ),
    Post(
        "division_head",
        "land_construction",
        "Trưởng {division}",
        "Head of the {division}",
        "onestop;documents",
    ),
    Post(
        "division_head",
        "culture_society",
        "Trưởng phòng Văn hóa - Xã hội",
        "Head of the Culture and Society Division",
        "onestop;documents",
    ),
    Post(
        "specialist",
        "civil_status",
        "Công chức tư pháp - hộ tịch",
        "Civil status and justice officer",
        "onestop;civil_status",
    ),
    Post(
        "specialist",
        "land_construction",
        "Công chức địa chính - xây dựng",
        "Land and construction officer",
        "onestop",
    ),
    Post("reception", "all", "Công chức tiếp nhận hồ sơ, quầy số 1", "Reception officer, counter 1", "onestop"),
    Post("reception", "all", "Công chức tiếp nhận hồ sơ, quầy số 2", "Reception officer, counter 2", "onestop"),
    Post("clerk", "all", "Văn thư", "Records clerk", "onestop;documents"),
    Post("cashier", "all", "Thủ quỹ", "Cashier", "onestop"),
    Post("returner", "all", "Công chức trả kết quả", "Result officer", "onestop"),
)
WARD_DIVISION = ("phòng Kinh tế, Hạ tầng và Đô thị", "Economic, Infrastructure and Urban Division")
COMMUNE_DIVISION = ("phòng Kinh tế", "Economic Division")
