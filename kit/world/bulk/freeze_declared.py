"""The declared tables: what the drawn world is held against, as whole numbers with source and confidence."""

from itertools import chain
from typing import Any

from kit import home
from kit.world import names
from kit.world.rows import rows
from kit.yaml_file import read_yaml

Rows = list[dict[str, Any]]
PROVINCES = ("79", "22", "46")
TRAINING = {"source": "TRAIN", "confidence": "training"}
MEMORY = {"source": "MEM", "confidence": "memory"}
# Men among the people of each five-year band, per cent before scaling to 49.8: the ratio at birth is published.
MALE = (52.7, 52.7, 52.6, 52.0, 51.5, 51.0, 50.5, 50.3, 50.0, 49.5, 48.8, 47.8, 46.5, 45.0, 43.0, 40.0, 34.5)
MARITAL = (("single", 225), ("married", 692), ("widowed", 62), ("divorced", 21))
NEIGHBOURHOOD = {"Phường": "Khu phố", "Đặc khu": "Khu"}
TON = 0.8  # per cent of the family lines of Hue that are Tôn Thất: training value
# Old wards of a province that has no units here: Thủ Dầu Một, Dĩ An, Thuận An, Bến Cát, Tân Uyên (memory).
BINH_DUONG = (
    "Phường Phú Cường, Thành phố Thủ Dầu Một", "Phường Hiệp Thành, Thành phố Thủ Dầu Một",
    "Phường Phú Lợi, Thành phố Thủ Dầu Một", "Phường Dĩ An, Thành phố Dĩ An", "Phường Tân Đông Hiệp, Thành phố Dĩ An",
    "Phường Lái Thiêu, Thành phố Thuận An", "Phường An Phú, Thành phố Thuận An", "Phường Mỹ Phước, Thành phố Bến Cát",
    "Phường Uyên Hưng, Thành phố Tân Uyên",
)  # fmt: skip


def _population() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(home.datasets() / "population.yaml").data
    return found


def age_sex_rows() -> Rows:
    """People per million by sex and five-year band, men first."""
    bands = _population()["age_pyramid_5y_pct"]["values"]
    total = sum(bands.values())
    men = _population()["national_2024"]
    share = men["male"] / men["population"]
    drawn = sum(value * male / 100 for value, male in zip(bands.values(), MALE, strict=True)) / total
    found = []
    for sex in ("male", "female"):
        for (band, value), male in zip(bands.items(), MALE, strict=True):
            part = male / 100 - (drawn - share)
            people = value / total * (part if sex == "male" else 1 - part)
            found.append({"sex": sex, "band": band, "per_million": round(people * 1e6)} | TRAINING)
    return found


def size_rows() -> Rows:
    """Households per thousand by size, the published shape tuned to a mean of 3.59 (7 and more count as 7.3)."""
    shares = {size: 10 * share for size, share in _population()["household_size_pct"]["values"].items()}
    mean = sum(min(int(size[0]), 7) * share for size, share in shares.items()) / 1000 + 0.3 * shares["7+"] / 1000
    moved = round((3.59 - mean) * 1000 / 3)  # from two people to five
    shares["2"] -= moved
    shares["5"] += moved
    return [{"size": size, "per_thousand": share} | TRAINING for size, share in shares.items()]


def marital_rows() -> Rows:
    """Marital statuses per thousand people of 15 and over; ever married 77.5 % in the census of 2019."""
    return [{"marital_status": status, "per_thousand": share} | MEMORY for status, share in MARITAL]


def surname_rows() -> Rows:
    """Weights of surnames by province, in hundredths of a per cent; the last row is no surname."""
    shares = {province: dict(zip(*names.surnames(province), strict=True)) for province in PROVINCES}
    shares["46"] = {name: share for name, share in shares["46"].items() if name != "Tôn"} | {"Tôn Thất": TON}
    every = [*dict.fromkeys(chain(*(shares[province] for province in PROVINCES))), "Tôn Nữ", ""]
    mark = {"source": "GH-NAMEDB;MEM", "confidence": "package"}
    return [
        {"surname": name} | {f"p{p}": round(100 * shares[p].get(name, 0)) for p in PROVINCES} | mark for name in every
    ]


def ethnicity_rows() -> Rows:
    """Weights of ethnicities by province, in tenths of a per cent."""
    every = dict.fromkeys(row["ethnicity"] for row in rows("ethnicity"))
    share = {(row["province_code"], row["ethnicity"]): round(10 * float(row["share_pct"])) for row in rows("ethnicity")}
    return [{"ethnicity": name} | {f"p{p}": share.get((p, name), 0) for p in PROVINCES} | MEMORY for name in every]


def occupation_rows() -> Rows:
    """Occupations by age with their weights."""
    columns = ("name_vi", "age_from", "age_to", "weight", "source", "confidence")
    return [{column: row[column] for column in columns} for row in rows("occupations")]


def place_rows() -> Rows:
    """Every pair of an old ward and a unit that holds land of it; split wards stand once for each unit."""
    units = {row["code"]: row for row in rows("units")}
    found, rank = [], dict.fromkeys(units, 0)
    for row in rows("ward_map"):
        unit = units[row["new_unit_code"]]
        kind = NEIGHBOURHOOD.get(unit["type_vn"], "Ấp" if unit["province_code"] == "79" else "Thôn")
        found.append(
            {
                "unit_code": unit["code"], "unit": unit["name_vn"], "province_code": unit["province_code"],
                "province": unit["province_vn"], "old_ward_code": row["old_ward_code"], "old_ward": row["old_ward_vn"],
                "old_district": row["old_district_vn"], "old_province": row["old_province_vn"], "split": row["split"],
                "neighbourhood": kind, "urban": int(unit["type_vn"] == "Phường"), "rank": rank[unit["code"]],
            }
        )  # fmt: skip
        rank[unit["code"]] += 1
    return found


def unit_rows() -> Rows:
    """The units in the order of places.csv, with the old wards of which each was made."""
    units = {row["code"]: row for row in rows("units")}
    names = ("name_vn", "name_en", "type_vn", "province_code", "province_vn", "n_old_wards", "old_wards")
    codes = dict.fromkeys(row["new_unit_code"] for row in rows("ward_map"))
    return [{"unit_code": code} | {name: units[code][name] for name in names} | {"confidence": "package"}
            for code in codes]  # fmt: skip


def origin_rows() -> Rows:
    """Places of origin as papers before July 2025 name them; those without a province code have no unit here."""
    found: dict[str, Any] = {}
    for row in rows("ward_map"):
        name = f"{row['old_ward_vn']}, {row['old_district_vn']}, {row['old_province_vn']}"
        found[name] = {"origin": name, "province_code": row["new_province_code"], "confidence": "package"}
    elsewhere = [
        {"origin": f"{name}, Tỉnh Bình Dương", "province_code": "", "confidence": "memory"} for name in BINH_DUONG
    ]
    return [*found.values(), *elsewhere]
