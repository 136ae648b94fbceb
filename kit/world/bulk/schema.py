"""Every column: its type, its unit or form, and where its distribution comes from."""

import tomllib
from dataclasses import asdict
from functools import cache
from pathlib import Path

from kit.world.bulk.columns import BUILT, DATE, DICTIONARY, REFERENCE, TEXT, TRAINING, Column
from kit.world.bulk.table_schema import MORE

HOUSEHOLDS = (
    Column("household_id", TEXT, "H and the household's number in 11 digits", BUILT),
    Column("unit_code", DICTIONARY, "code of units.csv", "region; old wards of it share alike (training)"),
    Column("old_ward_code", DICTIONARY, "code of ward_map.csv; a split ward is in several", "ward_map.csv (package)"),
    Column("address_old", TEXT, "address as on papers before 1 July 2025, with district", "streets.csv (training)"),
    Column("address_current", TEXT, "address since 1 July 2025", "streets.csv (training), units.csv (package)"),
    Column("neighbourhood", DICTIONARY, "Khu phố, Khu, Ấp or Thôn and number; a unit may have two of a name", TRAINING),
    Column("poor", "bool", "counted as a poor household", TRAINING),
    Column("merit", "bool", "a person with merit lives here", TRAINING),
    Column("type", DICTIONARY, "single, couple, couple_children, single_parent, two_generations, three_generations",
           "type_weights.csv, calibrated (training)"),
    Column("size", "int8", "people", "population.yaml household_size_pct (training), mean 3.59 (page)"),
    Column("head_id", DICTIONARY, REFERENCE, BUILT),
)  # fmt: skip
CITIZENS = (
    Column("citizen_id", TEXT, "C and 11 digits: cell of 4,096 households x 16,384 + row in the cell", BUILT),
    Column("household_id", DICTIONARY, "row of households", BUILT),
    Column("full_name", TEXT, "surname first; 1 to 5 words", "names.csv, population.yaml name_shape (package)"),
    Column("surname", DICTIONARY, "empty for people of one-word names", "surnames.csv by province (package, memory)"),
    Column("sex", DICTIONARY, "male or female", "population.yaml: 111.4 boys to 100 girls at birth (page)"),
    Column("birth_date", DATE, "day", "population.yaml age_pyramid_5y_pct (training)"),
    Column("personal_id", TEXT, "099 (098, 097), sex and century, year, serial", "personal_id_codes.csv (page)"),
    Column("old_id_number", TEXT, "9 digits beginning with 9", "edge case (memory)", "has no old number"),
    Column("ethnicity", DICTIONARY, "name", "ethnicity.csv by province (memory, training)"),
    Column("relation", DICTIONARY, "to the head: head, spouse, parent, child, foster_child", BUILT),
    Column("marital_status", DICTIONARY, "single, married, widowed, divorced", "marital.csv (memory)"),
    Column("father_id", DICTIONARY, REFERENCE, BUILT, "not in the household, or unknown"),
    Column("mother_id", DICTIONARY, REFERENCE, BUILT, "not in the household, or unknown"),
    Column("spouse_id", DICTIONARY, REFERENCE, BUILT, "has no spouse"),
    Column("occupation", DICTIONARY, "name in Vietnamese", "occupations.csv by age (training)"),
    Column("phone", TEXT, "0600 xxx xxx; unique in the first 61 cells (900,000 people)", "memory", "under 16"),
    Column("email", TEXT, "unique, under .example", TRAINING, "under 16, from 70 on, or has none"),
    Column("unit_code", DICTIONARY, "code of units.csv", "of the household"),
    Column("old_ward_code", DICTIONARY, "code of ward_map.csv", "of the household"),
    Column("neighbourhood", DICTIONARY, "name", "of the household"),
    Column("origin", DICTIONARY, "old ward, district and province", "ward_map.csv (package); 3 of 4 near (training)"),
    Column("id_card_issued", DATE, "day", "ages 14, 25, 40, 60 (memory)", "under 14"),
    Column("id_card_expires", DATE, "day", "ages 25, 40, 60 (memory)", "under 14, or valid for life"),
)  # fmt: skip
TABLES = {"households": HOUSEHOLDS, "citizens": CITIZENS, **MORE}


def describe() -> dict[str, list[dict[str, str]]]:
    """The schema as plain data: one row for each column of each table, its meaning in English and in Vietnamese."""
    meanings = in_vietnamese()
    return {table: [asdict(column) | {"meaning_vi": meanings[table][column.name]} for column in columns]
            for table, columns in TABLES.items()}  # fmt: skip


@cache
def in_vietnamese() -> dict[str, dict[str, str]]:
    """The meaning of every column by table, and of every edge case under "edges", in Vietnamese."""
    found: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("columns_vi.toml").read_text("utf-8"))
    return found
