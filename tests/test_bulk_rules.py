"""Every rule of the report is seen to find a table that breaks it."""

from datetime import date

import pyarrow as pa
import pytest

from kit.world.bulk import Region, check, draw
from kit.world.bulk.check import RULES
from kit.world.bulk.evidence import Evidence

TODAY = date(2025, 6, 12)


@pytest.fixture(scope="module")
def rows():
    tables = draw(Region.province("79"), 3, TODAY, (0, 400))
    return {name: table.to_pydict() for name, table in tables.items()}


def people(rows, **wanted):
    """Row numbers of citizens whose columns have these values."""
    columns = rows["citizens"]
    return [at for at in range(len(columns["citizen_id"])) if all(columns[n][at] == v for n, v in wanted.items())]


def with_father(rows):
    return next(at for at, father in enumerate(rows["citizens"]["father_id"]) if father)


def siblings(rows):
    """Two children of one father, one behind the other."""
    father = rows["citizens"]["father_id"]
    return next((at, at + 1) for at in range(len(father) - 1) if father[at] and father[at] == father[at + 1])


def row_of(rows, citizen_id):
    return rows["citizens"]["citizen_id"].index(citizen_id)


CITIZEN_CHANGES = {
    "references_exist": lambda r: (with_father(r), "mother_id", "C99999999999"),
    "citizen_ids_differ": lambda r: (1, "citizen_id", r["citizens"]["citizen_id"][0]),
    "one_head": lambda r: (people(r, relation="head")[3], "relation", "child"),
    "spouses_are_mutual": lambda r: (
        people(r, marital_status="married")[0], "spouse_id", r["citizens"]["citizen_id"][-1]),
    "spouses_differ_in_sex": lambda r: (people(r, marital_status="married", sex="male")[0], "sex", "female"),
    "married_have_a_spouse": lambda r: (people(r, marital_status="married")[0], "marital_status", "divorced"),
    "married_are_old_enough": lambda r: (people(r, marital_status="married")[0], "birth_date", date(2010, 1, 1)),
    "fathers_are_men": lambda r: (row_of(r, r["citizens"]["father_id"][with_father(r)]), "sex", "female"),
    "mothers_are_women": lambda r: (row_of(r, r["citizens"]["mother_id"][with_father(r)]), "sex", "male"),
    "fathers_are_of_age": lambda r: (with_father(r), "birth_date", date(1950, 1, 1)),
    "mothers_are_of_age": lambda r: (with_father(r), "birth_date", date(1950, 1, 1)),
    "parents_are_at_home": lambda r: (with_father(r), "father_id", r["citizens"]["citizen_id"][-1]),
    "parents_are_a_couple": lambda r: (with_father(r), "father_id", r["citizens"]["citizen_id"][-1]),
    "siblings_are_spaced": lambda r: _born_a_hundred_days_after(r, *siblings(r)),
    "siblings_have_different_names": lambda r: (
        siblings(r)[1], "full_name", r["citizens"]["full_name"][siblings(r)[0]]),
    "surnames_follow_the_father": lambda r: (with_father(r), "surname", "Tôn"),
    "ethnicity_follows_the_father": lambda r: (with_father(r), "ethnicity", "Chăm"),
    "foster_children_have_no_parents": lambda r: (with_father(r), "relation", "foster_child"),
    "full_name_begins_with_surname": lambda r: (0, "full_name", "Ông Nguyễn Văn An"),
    "born_within_a_century": lambda r: (0, "birth_date", date(1920, 1, 1)),
    "personal_ids_have_their_form": lambda r: (0, "personal_id", "09912345678"),
    "personal_ids_differ": lambda r: (0, "personal_id", r["citizens"]["personal_id"][1]),
    "personal_ids_are_unassigned": lambda r: (0, "personal_id", "079" + r["citizens"]["personal_id"][0][3:]),
    "personal_ids_tell_the_sex": lambda r: (0, "sex", {"male": "female", "female": "male"}[r["citizens"]["sex"][0]]),
    "personal_ids_tell_the_year": lambda r: (0, "birth_date", date(1901, 1, 1)),
    "old_numbers_can_be_nobodys": lambda r: (0, "old_id_number", "023456789"),
    "phones_can_be_nobodys": lambda r: (people(r, relation="head")[0], "phone", "0900 123 456"),
    "emails_can_be_nobodys": lambda r: (people(r, relation="head")[0], "email", "an@tphcm.gov.vn"),
    "occupations_fit_the_age": lambda r: (people(r, relation="head")[0], "occupation", "Học sinh"),
    "cards_follow_the_age": lambda r: (people(r, relation="head")[0], "id_card_issued", None),
    "cards_expire_at_their_ages": lambda r: (people(r, relation="head")[0], "id_card_expires", TODAY),
    "minors_are_single": lambda r: (people(r, occupation="Còn nhỏ")[0], "marital_status", "widowed"),
    "citizens_live_at_home": lambda r: (0, "unit_code", "06652"),
}  # fmt: skip
HOUSEHOLD_CHANGES = {
    "household_ids_differ": lambda h: (1, "household_id", h["household_id"][0]),
    "head_is_named": lambda h: (1, "head_id", h["head_id"][0]),
    "size_is_counted": lambda h: (1, "size", 9),
    "units_exist": lambda h: (1, "unit_code", "99999"),
    "old_ward_is_in_the_unit": lambda h: (1, "old_ward_code", "06652"),
    "address_current_ends_with_the_unit": lambda h: (1, "address_current", "1 Lê Lợi, Quận 1, Thành phố Hồ Chí Minh"),
    "address_old_ends_with_the_old_ward": lambda h: (1, "address_old", "1 Lê Lợi, Phường Bến Thành, Quận 1"),
    "addresses_begin_alike": lambda h: (1, "address_old", "9999" + h["address_old"][1]),
    "neighbourhood_fits_the_unit": lambda h: (1, "neighbourhood", "Bản 3"),
}


def _born_a_hundred_days_after(rows, elder, younger):
    return younger, "birth_date", date.fromordinal(rows["citizens"]["birth_date"][elder].toordinal() + 100)


def broken(rows, table, at, column, value):
    changed = dict(rows[table])
    changed[column] = [*changed[column][:at], value, *changed[column][at + 1 :]]
    return {name: pa.table(changed if name == table else columns) for name, columns in rows.items()}


def violations(tables, rule):
    return {one.__name__: one for one in RULES}[rule](Evidence(tables, TODAY))


def test_every_rule_has_its_counterexample():
    assert {rule.__name__ for rule in RULES} == set(CITIZEN_CHANGES) | set(HOUSEHOLD_CHANGES)
    assert len(RULES) >= 24


def test_plain_columns_are_read_as_well(rows):
    assert set(check({name: pa.table(columns) for name, columns in rows.items()}, TODAY).violations.values()) == {0}


@pytest.mark.parametrize("rule", CITIZEN_CHANGES)
def test_a_wrong_person_is_reported(rows, rule):
    assert violations(broken(rows, "citizens", *CITIZEN_CHANGES[rule](rows)), rule) >= 1


@pytest.mark.parametrize("rule", HOUSEHOLD_CHANGES)
def test_a_wrong_household_is_reported(rows, rule):
    assert violations(broken(rows, "households", *HOUSEHOLD_CHANGES[rule](rows["households"])), rule) >= 1


def test_a_wrong_share_is_reported():
    tables = draw(Region.province("79"), 3, TODAY, (0, 28_000))
    citizens = tables["citizens"]
    kept = pa.compute.not_equal(citizens["surname"].cast(pa.string()), "Trần")
    lone = {"households": tables["households"], "citizens": citizens.filter(kept)}
    found, bound = check(lone, TODAY).distances["surnames of province 79"]
    assert found > bound
