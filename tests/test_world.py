"""The synthetic commune of an exercise: rows of the bulk world, asserted by their properties, with numbers."""

import time
import unicodedata
from datetime import date

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from kit.errors import WrongUse
from kit.plain_text import plain
from kit.world import draw_world
from kit.world.address import current_units
from kit.world.bulk import Region, check, draw
from kit.world.bulk.calendar_of_ages import EPOCH, birthdays
from kit.world.draw import first_household
from kit.world.rows import rows

TODAY = date(2025, 6, 12)
UNITS = [
    "26740",
    "27655",
    "06652",
    "20056",
]  # a ward and a commune of HCMC, a ward of Quang Ninh, a commune of Hue
FRAMES = ("units", "ward_map", "households", "citizens", "officials")


@pytest.fixture(scope="module")
def world():
    return draw_world("26740", 7, TODAY)


@pytest.fixture(scope="module", params=UNITS)
def any_world(request):
    return draw_world(request.param, 11, TODAY, people=400)


def by_id(world):
    return world.citizens.set_index("citizen_id")


def years(births, today=TODAY):
    return (pd.Timestamp(today) - pd.to_datetime(births)).dt.days / 365.25


def test_same_seed_same_world(world):
    again = draw_world("Phường Sài Gòn", 7, TODAY)
    for name in FRAMES:
        assert_frame_equal(getattr(world, name), getattr(again, name))


def test_another_seed_or_unit_is_another_world(world):
    for other in (draw_world("26740", 8, TODAY), draw_world("26737", 7, TODAY)):
        assert set(other.citizens.full_name) != set(world.citizens.full_name)
        assert len(set(other.citizens.personal_id) & set(world.citizens.personal_id)) < 5


def test_a_world_belongs_to_its_owner(world):
    first = draw_world("26740", 1, TODAY, people=5)
    first.units.loc[0, "name_vn"] = "changed"
    first.unit["name_vn"] = "changed"
    second = draw_world("26740", 1, TODAY, people=5)
    assert second.units.loc[0, "name_vn"] != "changed"
    assert second.unit["name_vn"] == "Phường Sài Gòn"


def test_speed_of_1200_people(world):
    best = min(_seconds(seed) for seed in range(3))
    assert best < 0.3  # 0.03 s on an idle machine


def _seconds(seed):
    started = time.process_time()
    draw_world("26740", seed, TODAY)
    return time.process_time() - started


@pytest.mark.parametrize("people", [1, 2, 7, 1200, 20_000])
def test_whole_households_of_as_many_people_as_asked(people):
    world = draw_world("26740", 3, TODAY, people)
    assert people <= len(world.citizens) == world.households["size"].sum() < people + 8
    assert len(world.citizens) - world.households["size"].iloc[-1] < people


@pytest.mark.parametrize(
    "asked", [(3, TODAY, 0), (-1, TODAY, 10), (3, date(1999, 12, 31), 10), (3, date(2151, 1, 1), 10)]
)
def test_nobody_no_seed_and_no_digit_for_the_year_are_wrong_use(asked):
    with pytest.raises(WrongUse):
        draw_world("26740", *asked)


@pytest.mark.parametrize("unit", UNITS)
def test_the_world_is_the_bulk_world(unit):
    world, first = draw_world(unit, 11, TODAY, people=400), first_household(unit)
    tables = draw(Region.unit(unit), 11, TODAY, (first, first + len(world.households)))
    assert not any(check(tables, TODAY).violations.values())
    assert world.households.household_id.tolist() == tables["households"]["household_id"].to_pylist()
    for name in ("citizen_id", "full_name", "personal_id", "relation", "unit_code", "father_id", "phone"):
        assert world.citizens[name].tolist() == [text or "" for text in tables["citizens"][name].to_pylist()]
    born = [day.isoformat() for day in tables["citizens"]["birth_date"].to_pylist()]
    assert world.citizens.birth_date.tolist() == born


def test_two_units_of_one_seed_share_nobody():
    here, there = (draw_world(unit, 7, TODAY).citizens for unit in UNITS[:2])
    for name in ("citizen_id", "personal_id"):
        assert not set(here[name]) & set(there[name])


def test_columns_are_text_or_yes_no(any_world):
    for name in FRAMES:
        frame = getattr(any_world, name)
        other = set(frame.columns[(frame.dtypes != "str")])
        assert other == ({"poor", "merit", "size"} if name == "households" else set())
        assert not frame.isna().any().any()
    text = "".join(any_world.citizens.full_name + any_world.citizens.address_old + any_world.citizens.origin)
    assert unicodedata.is_normalized("NFC", text)
    assert "Ð" not in text  # the Icelandic letter that looks like Đ


def test_ids_can_be_nobodys(any_world):
    assigned = {row["code"] for row in rows("personal_id_codes") if row["assigned"] == "yes"}
    assert len(assigned) == 63
    citizens = any_world.citizens
    assert citizens.personal_id.str.fullmatch(r"099\d{9}").all()
    assert not citizens.personal_id.str[:3].isin(assigned).any()
    assert citizens.personal_id.is_unique


def test_ids_agree_with_sex_and_birth(any_world):
    citizens = any_world.citizens
    born = citizens.birth_date.str[:4].astype(int)
    digit = citizens.personal_id.str[3].astype(int)
    assert ((digit % 2 == 1) == (citizens.sex == "female")).all()
    assert (digit // 2 == born // 100 - 19).all()
    assert (citizens.personal_id.str[4:6] == citizens.birth_date.str[2:4]).all()
    assert (citizens.birth_date < TODAY.isoformat()).all()


def test_contacts_can_be_nobodys(any_world):
    phones = any_world.citizens.phone[any_world.citizens.phone != ""]
    assert phones.str.fullmatch(r"0600 \d{3} \d{3}").all()
    assert phones.is_unique
    for frame in (any_world.citizens, any_world.officials):
        emails = frame.email[frame.email != ""]
        assert emails.str.fullmatch(r"[a-z0-9.]+@([a-z0-9-]+\.example|example\.com)").all()
        assert emails.is_unique


def test_parents_are_18_to_45_years_older(any_world):
    people = by_id(any_world)
    for column, sex in (("father_id", "male"), ("mother_id", "female")):
        children = people[people[column] != ""]
        parents = people.loc[children[column]]
        gap = years(parents.birth_date).to_numpy() - years(children.birth_date).to_numpy()
        assert len(children) > 50
        assert gap.min() >= 18
        assert gap.max() <= 45
        assert (parents.sex == sex).all()
        assert (parents.household_id.to_numpy() == children.household_id.to_numpy()).all()


def test_siblings_are_not_months_apart(any_world):
    citizens = any_world.citizens
    children = citizens[citizens.relation == "child"].sort_values("birth_date")
    gaps = pd.to_datetime(children.birth_date).groupby(children.household_id).diff().dropna()
    assert (gaps.dt.days[gaps.dt.days > 0] >= 400).all()  # 0: twins
    assert len(gaps) > 20


def test_spouses_are_mutual(any_world):
    people = by_id(any_world)
    married = people[people.spouse_id != ""]
    spouses = people.loc[married.spouse_id]
    assert (spouses.spouse_id.to_numpy() == married.index).all()
    assert (spouses.sex.to_numpy() != married.sex.to_numpy()).all()
    assert (married.marital_status == "married").all()
    assert (people.spouse_id[people.marital_status == "married"] != "").all()
    assert years(married.birth_date[married.sex == "male"]).min() >= 20
    assert years(married.birth_date[married.sex == "female"]).min() >= 18


def test_surnames_come_from_the_father(any_world):
    people = by_id(any_world)
    children = people[people.father_id != ""]
    fathers, own = (column.replace("Tôn Nữ", "Tôn Thất").to_numpy()
                    for column in (people.loc[children.father_id].surname, children.surname))  # fmt: skip
    assert (fathers == own).all()
    named = people[people.surname != ""]
    assert len(named) > 300
    assert all(full.startswith(f"{own} ") for full, own in zip(named.full_name, named.surname, strict=True))
    assert not people.full_name[people.surname == ""].str.contains(" ").any()
    wives = people[(people.spouse_id != "") & (people.sex == "female")]
    assert (people.loc[wives.spouse_id].surname.to_numpy() != wives.surname.to_numpy()).mean() > 0.5


def test_households_hold_their_people(any_world):
    people, homes = by_id(any_world), any_world.households.set_index("household_id")
    heads = people[people.relation == "head"]
    assert sorted(homes.head_id) == sorted(heads.index)
    home_of = homes.loc[people.household_id]
    for column in ("unit_code", "address_current", "address_old", "old_ward_code", "neighbourhood"):
        assert (home_of[column].to_numpy() == people[column].to_numpy()).all()
    sizes = people.groupby("household_id").size()
    kinds = homes.type
    assert (sizes[kinds[kinds == "single"].index] == 1).all()
    assert (sizes[kinds[kinds == "couple"].index] == 2).all()
    assert (sizes[kinds[kinds == "three_generations"].index] >= 3).all()


def test_old_and_new_address_agree(any_world):
    units = any_world.units.set_index("code")
    wards = {row["old_ward_code"]: row for row in rows("ward_map")}
    for row in any_world.households.itertuples():
        assert row.unit_code in current_units(row.old_ward_code)
        ward = wards[row.old_ward_code]
        assert row.address_old.endswith(f"{ward['old_ward_vn']}, {ward['old_district_vn']}, {ward['old_province_vn']}")
        assert row.address_current.endswith(f"{units.name_vn[row.unit_code]}, {units.province_vn[row.unit_code]}")
        assert row.address_old.split(", ")[0] == row.address_current.split(", ")[0]


def test_where_people_live(world):
    provinces = world.units.set_index("code").province_code
    lives_in = provinces.loc[world.citizens.unit_code].to_numpy()
    assert (world.citizens.unit_code == "26740").mean() == pytest.approx(0.80, abs=0.06)
    assert (lives_in != "79").mean() == pytest.approx(0.05, abs=0.04)
    assert world.citizens.groupby("household_id").unit_code.nunique().max() == 1


def test_population_resembles_the_country():
    citizens = pd.concat([draw_world("26740", seed, TODAY).citizens.assign(seed=seed) for seed in range(3)])
    ages = years(citizens.birth_date)
    assert (ages < 15).mean() == pytest.approx(0.233, abs=0.04)
    assert (ages >= 65).mean() == pytest.approx(0.093, abs=0.04)
    assert (citizens.sex == "male").mean() == pytest.approx(0.498, abs=0.04)
    assert citizens.groupby(["seed", "household_id"]).size().mean() == pytest.approx(3.59, abs=0.25)
    assert (citizens.surname == "Nguyễn").mean() == pytest.approx(0.3137, abs=0.05)
    words = citizens.full_name.str.split().str.len()
    assert (words == 3).mean() == pytest.approx(0.827, abs=0.03)


def test_thi_is_a_name_of_older_women(world):
    people = world.citizens
    thi = people.full_name.str.contains(" Thị ")
    women, old = people.sex == "female", people.birth_date < "1990"
    assert thi[women & old].mean() > 0.5
    assert thi[women & ~old].mean() < 0.3
    assert not thi[~women].any()


def test_northern_surnames_in_the_north():
    surnames = set(draw_world("06652", 5, TODAY).citizens.query("unit_code == '06652'").surname)
    assert "Vũ" in surnames
    assert not surnames & {"Võ", "Huỳnh"}


def test_identity_cards_follow_age(any_world):
    for row in any_world.citizens.itertuples():
        birth = date.fromisoformat(row.birth_date)
        if birthday(birth, 14) > TODAY:
            assert (row.id_card_issued, row.id_card_expires) == ("", "")
            continue
        assert max(birthday(birth, 14), date(2021, 1, 1)).isoformat() <= row.id_card_issued <= TODAY.isoformat()
        if birthday(birth, 60) <= TODAY:
            assert row.id_card_expires == ""
        else:
            expires = date.fromisoformat(row.id_card_expires)
            assert expires > TODAY
            assert expires in {birthday(birth, age) for age in (25, 40, 60)}


def birthday(birth, age):
    return date.fromordinal(int(birthdays(np.array([birth.toordinal() - EPOCH]), age)[0]) + EPOCH)


def test_birthday_of_the_29th_of_february():
    assert birthday(date(2004, 2, 29), 14) == date(2018, 2, 28)
    assert birthday(date(2004, 2, 29), 20) == date(2024, 2, 29)


def test_the_world_of_new_years_day():
    world = draw_world("26740", 4, date(2026, 1, 1), people=600)
    assert (world.citizens.birth_date < "2026-01-01").all()
    assert (world.citizens.personal_id.str[4:6] == world.citizens.birth_date.str[2:4]).all()


def test_officials(any_world):
    officials = any_world.officials
    counts = officials.role.value_counts()
    assert counts["signer"] == 3
    assert set(counts.index) == {
        "reception", "specialist", "division_head", "signer", "clerk", "cashier", "returner",
    }  # fmt: skip
    specialists = officials[officials.role == "specialist"]
    assert set(specialists.field) >= {"civil_status", "land_construction"}
    assert list(officials.official_id) == [f"CB{n:02}" for n in range(1, len(officials) + 1)]
    assert officials.certificate_serial.str.fullmatch(r"[FJWZ]{2}\d{6}").all()
    assert officials.certificate_serial.is_unique
    assert (officials.certificate_valid_from <= TODAY.isoformat()).all()
    assert (officials.certificate_valid_to > TODAY.isoformat()).all()
    accounts = officials.accounts.str.split(";").explode()
    assert set(accounts) == {"onestop", "civil_status", "documents"}
    assert not officials.post_vi.str.contains("[{}]").any()
    assert not officials.post_en.str.contains("[{}]").any()
    domain = f"{plain(any_world.unit['name_vn']).replace(' ', '-')}-{any_world.unit['code']}.example"
    assert officials.email.str.endswith("@" + domain).all()


def test_neighbours_cannot_be_mixed_up_by_the_end_of_their_personal_id(any_world):
    ends = [number[-6:] for number in any_world.citizens["personal_id"]]
    assert len(set(ends)) > 0.99 * len(ends)
