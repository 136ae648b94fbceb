"""Visits to the counter with the unusual people of the world: what is on their papers must still be right."""

from datetime import date
from functools import cache
from random import Random

import pytest

from kit.world import World, draw_world
from kit.world.people import NobodyLeft, Person, gather
from kit.world.rows import rows
from kit.world.truths import TRUTHS
from kit.world.visits import VISITS
from kit.world.visits.papers import baby_name, old_ward
from kit.world.visits.visit import Setting, Visit

DAY = date(2025, 7, 1)
UNITS = ("26740", "20056", "07192")  # a ward of HCMC, communes of Hue and Quang Ninh
DRAWS = range(3)


@cache
def world(unit: str) -> World:
    return draw_world(unit, 5, DAY)


@cache
def people_of(unit: str, named: str = "") -> list[Person]:
    """Everybody as drawn; or everybody a family without surname; or everybody Tôn Thất and Tôn Nữ."""
    everybody = world(unit).records("citizens")
    if named == "one word":
        return [p | {"surname": "", "full_name": p["full_name"].split()[-1]} for p in everybody]
    if named == "princely":
        surnames = {"male": "Tôn Thất", "female": "Tôn Nữ"}
        return [p | {"surname": surnames[p["sex"]], "full_name": f"{surnames[p['sex']]} {p['full_name'].split()[-1]}"}
                for p in everybody]  # fmt: skip
    return everybody


@cache
def units_of(unit: str) -> dict[str, Person]:
    return {row["code"]: row for row in world(unit).records("units")}


def setting(unit: str, seed: int, named: str = "") -> Setting:
    people = gather(people_of(unit, named), units_of(unit), unit, DAY, Random(seed))
    return Setting(people, Random(seed), DAY, "UBND", lambda code: code == unit)


def texts(visit: Visit) -> list[str]:
    fields = [text for paper in visit.papers for text in paper["fields"].values()]
    return [*fields, visit.subject, *map(str, visit.result.values())]


@pytest.mark.parametrize("named", ["", "one word", "princely"])
@pytest.mark.parametrize("procedure", VISITS)
@pytest.mark.parametrize("unit", UNITS)
def test_papers_are_whole_for_everybody(unit, procedure, named):
    for seed in DRAWS:
        try:
            visit = VISITS[procedure](setting(unit, seed, named))
        except NobodyLeft:
            assert procedure == "1.000894" and named == "one word"  # bride and groom differ in surname
            continue
        for text in texts(visit):
            assert text == " ".join(text.split()) and "None" not in text
        assert all(paper["fields"].get("issued_on") != "" for paper in visit.papers)


@pytest.mark.parametrize("truth", TRUTHS)
@pytest.mark.parametrize("named", ["one word", "princely"])
def test_every_truth_can_be_planted_for_everybody(truth, named):
    for procedure in set(TRUTHS[truth].procedures) - {"1.000894"}:
        at = setting("26740", 1, named)
        planted = TRUTHS[truth].plant(at, VISITS[procedure](at))
        assert truth != "disagreement" or planted.presented != planted.visit.papers


@pytest.mark.parametrize(
    ("surname", "sex", "begins"),
    [("Nguyễn", "male", "Nguyễn "), ("Tôn Thất", "male", "Tôn Thất "), ("Tôn Thất", "female", "Tôn Nữ ")],
)
def test_a_baby_bears_the_surname_of_its_line(surname, sex, begins):
    for seed in range(20):
        name = baby_name(setting("20056", seed), {"surname": surname}, sex)
        assert name.startswith(begins) and 1 <= len(name.removeprefix(begins).split()) <= 2


def test_a_baby_of_a_family_without_surname_has_one_word():
    for seed in range(20):
        assert len(baby_name(setting("20056", seed), {"surname": ""}, "female").split()) == 1


def test_relatives_do_not_marry_nor_act_as_strangers():
    for seed in range(20):
        at = setting("26740", seed, "princely")
        for procedure in ("1.000894", "1.001022", "1.004837"):
            homes = [person["household_id"] for person in VISITS[procedure](at).people]
            assert len(set(homes)) == 2
        visit = VISITS["1.004873"](at)
        for truth in ("no_authority", "wrong_receiver"):
            comes = TRUTHS[truth].plant(at, visit).comes
            assert comes and comes["household_id"] != visit.applicant["household_id"]


def test_old_papers_are_issued_by_an_old_ward():
    names = {row["old_ward_vn"] for row in rows("ward_map")}
    for unit in UNITS:
        assert {old_ward(person["address_old"]) for person in people_of(unit)} <= names
