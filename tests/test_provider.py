"""The Faker provider alone, as in anybody's notebook."""

from datetime import date, datetime
from statistics import median
from time import perf_counter

import pytest
from faker import Faker

from kit.calendar import appointment, is_working_day
from kit.errors import UnknownName, UnknownUnit
from kit.world.bulk import Region, draw
from kit.world.procedures import procedures
from kit.world.provider import SEEDS, TRAINING_DAY, VietnamTrainingProvider
from kit.world.units import find_unit


def faker(seed: int = 7) -> Faker:
    fake = Faker()
    fake.add_provider(VietnamTrainingProvider)
    fake.seed_instance(seed)
    return fake


def sample(fake: Faker) -> list[object]:
    names = ("full_name", "surname", "sex", "birth_date", "personal_id", "phone", "email", "paper_serial", "ethnicity",
             "occupation", "street", "place_of_origin", "household", "citizen", "dossier")  # fmt: skip
    return [getattr(fake, name)() for name in names]


def test_a_seed_gives_the_same_and_another_seed_does_not():
    assert sample(faker()) == sample(faker()) != sample(faker(8))


def test_after_start_anew_a_seed_gives_the_same_again():
    fake = faker()
    first = sample(fake)
    fake.seed_instance(7)
    fake.start_anew()
    assert sample(fake) == first


def test_what_is_given_is_kept():
    fake = faker()
    assert fake.personal_id("female", date(2003, 5, 1)).startswith("099303")
    assert fake.full_name(surname="Tôn", sex="male", birth_year=1970).startswith("Tôn ")
    assert fake.email("Nguyễn Văn Đạt", "hopthu.example") == "dat.nguyen.van@hopthu.example"


def test_nothing_can_be_real():
    fake = faker()
    for _ in range(50):
        assert fake.personal_id().startswith("099") and fake.phone().startswith("0600 ")
        assert fake.email().endswith("@example.com") and set(fake.paper_serial()[:2]) <= set("FJWZ")


def test_a_household_agrees_in_itself():
    fake = faker()
    homes = [fake.household("Phường Sài Gòn") for _ in range(60)]
    everybody = [person for home in homes for person in home["people"]]
    ids = [person["citizen_id"] for person in everybody]
    assert len(set(ids)) == len(ids) == sum(home["size"] for home in homes)
    assert len({person["personal_id"] for person in everybody}) == len(ids)
    for home in homes:
        own = {person["citizen_id"]: person for person in home["people"]}
        assert home["unit_code"] == "26740" and own[home["head_id"]]["relation"] == "head"
        for person in own.values():
            assert person["household_id"] == home["household_id"]
            assert {person["father_id"], person["mother_id"], person["spouse_id"]} <= {"", *own}
            assert not person["spouse_id"] or own[person["spouse_id"]]["spouse_id"] == person["citizen_id"]


def test_a_household_is_one_of_the_bulk_world():
    fake, seed = faker(), int(faker().random.random() * SEEDS)
    homes = [fake.household("06652") for _ in range(30)]
    alone = Region("alone", ((("06652",), 100),))
    tables = draw(alone, seed, TRAINING_DAY, (0, 30))
    assert [home["household_id"] for home in homes] == tables["households"]["household_id"].to_pylist()
    names = [person["full_name"] for home in homes for person in home["people"]]
    assert names == tables["citizens"]["full_name"].to_pylist()


def test_households_of_two_units_share_nobody_and_no_number_is_given_twice():
    fake, other = faker(), faker()
    homes = [fake.household(unit) for _ in range(40) for unit in ("26740", "06652")]
    for name in ("citizen_id", "personal_id", "phone", "email"):
        given = [person[name] for home in homes for person in home["people"] if person[name]]
        assert len(set(given)) == len(given)
    assert other.claim({homes[0]["people"][0]["personal_id"]}) and other.household() == homes[2]


def test_after_the_first_a_household_takes_no_time():
    fake, taken = faker(), []
    fake.dossier()
    for _ in range(20):
        began = perf_counter()
        fake.household(), fake.citizen(), fake.dossier()
        taken.append(perf_counter() - began)
    assert median(taken) < 0.015  # three of them: 0.001 s on an idle machine


def test_a_citizen_is_grown_up_and_lives_in_the_unit():
    person = faker().citizen("06652")
    assert person["unit_code"] == "06652" and person["address_current"].endswith(find_unit("06652")["province_vn"])
    assert date.fromisoformat(person["birth_date"]).year <= TRAINING_DAY.year - 18


@pytest.mark.parametrize("code", ["", *procedures()])
def test_a_dossier_is_due_by_the_calendar(code):
    record = faker().dossier(procedure=code)
    filed, procedure = datetime.fromisoformat(record["filed"]), procedures()[record["procedure_code"]]
    assert code in ("", procedure.code) and is_working_day(filed.date()) and filed.date() < TRAINING_DAY
    due = appointment(filed, procedure.time).date().isoformat() if procedure.time else None
    assert record["due_date"] == due and record["channel"] in procedure.channels


def test_unknown_names_are_explained():
    with pytest.raises(UnknownName, match=r"1\.0"):
        faker().dossier(procedure="9.9")
    with pytest.raises(UnknownUnit):
        faker().citizen("Phường Không Có")
