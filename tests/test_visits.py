"""Visits to the counter with the unusual people of the world: what is on their papers must still be right."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

import pytest

from kit.calendar import is_working_day
from kit.papers import render
from kit.world import World, draw_world
from kit.world.cases import Case, Office, Slot, plant
from kit.world.people import NobodyLeft, Person, gather
from kit.world.rows import rows
from kit.world.truths import TRUTHS, Planted
from kit.world.visits import VISITS
from kit.world.visits.papers import baby_name, id_card, old_ward
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


def planted(truth: str, procedure: str, seed: int, day: date = DAY) -> Planted:
    at = replace(setting("26740", seed), today=day)
    return TRUTHS[truth].plant(at, VISITS[procedure](at))


UNDER_WAY = [(truth, procedure) for truth in ("online_waiting", "promise_at_risk", "abandoned", "withdrawal",
             "wrong_receiver") for procedure in TRUTHS[truth].procedures]  # fmt: skip


@pytest.mark.parametrize("day", [date(2025, 6, 30), DAY, date(2025, 7, 7), date(2025, 9, 3)])
@pytest.mark.parametrize(("truth", "procedure"), UNDER_WAY)
def test_a_request_is_dated_on_the_working_day_it_came_in(truth, procedure, day):
    """A reader who compares the form with the time of filing must find no fault that was not planted."""
    for seed in DRAWS:
        one = planted(truth, procedure, seed, day)
        form = next(paper for paper in one.presented if paper["component"] == "form")["fields"]
        came = date.fromisoformat(one.record["filed_at"][:10])
        assert form["place_date"] == f"Ngày {came:%d} tháng {came.month} năm {came.year}"
        assert is_working_day(came)


@pytest.mark.parametrize(
    ("truth", "procedure"), [*UNDER_WAY, *(("restart", one) for one in TRUTHS["restart"].procedures)]
)
def test_no_paper_of_a_dossier_under_way_is_younger_than_the_dossier(truth, procedure):
    """But for what came since: the form of a supplement, an answer, a request to withdraw."""
    for seed in range(1, 61):
        one = planted(truth, procedure, seed, DAY)
        came = date.fromisoformat(one.record.get("received_at", one.record["filed_at"])[:10])
        for paper in one.presented:
            told = re.fullmatch(r"Ngày (\d+) tháng (\d+) năm (\d+)", paper["fields"].get("place_date", ""))
            if told and paper["component"] not in ("form", "verification", "withdrawal"):
                assert date(int(told[3]), int(told[2]), int(told[1])) <= came, (seed, paper["kind"])


def test_land_papers_fit_the_owner_and_the_place():
    """The paper of before 1993 is a grown-up's, the form tells the same year, and in a commune land is rural."""
    for seed in DRAWS:
        one = planted("land_elsewhere", "1.013978", seed, DAY)
        form, paper = (
            next(p for p in one.presented if p["component"] == name)["fields"] for name in ("form15", "art137")
        )
        assert form["use_since"] == f"Năm {paper['year']}"
        assert int(paper["year"]) - int(one.visit.applicant["birth_date"][:4]) >= 18
        rural = old_ward(one.visit.applicant["address_old"]).startswith("Xã ")
        assert form["purpose"] == ("Đất ở tại nông thôn" if rural else "Đất ở tại đô thị")


@pytest.mark.parametrize("day", [date(2025, 6, 30), DAY, date(2025, 7, 7), date(2025, 9, 3)])
def test_who_never_came_back_was_asked_more_than_fifteen_days_ago_for_the_form_that_is_unsigned(day):
    for seed in range(8):
        one = planted("abandoned", "1.004859", seed, day)
        form = next(paper for paper in one.presented if paper["component"] == "form")["fields"]
        assert form["signature"] == "" and day - date.fromisoformat(one.record["asked_at"]) > timedelta(days=15)


@pytest.mark.parametrize(("day", "by_an_old_ward"), [(DAY, True), (date(2025, 7, 7), False), (date(2025, 9, 3), False)])
def test_no_old_ward_answers_once_it_is_no_more(day, by_an_old_ward):
    letter = planted("promise_at_risk", "1.004859", 1, day).presented[-1]["fields"]
    units = {f"UBND {row['name_vn']}, {row['province_vn']}" for row in rows("units")}
    assert (letter["sender"] in units) != by_an_old_ward


@pytest.mark.parametrize("procedure", TRUTHS["online_waiting"].procedures)
def test_what_was_sent_online_is_signed(procedure):
    one = planted("online_waiting", procedure, 1)
    assert {paper["fields"]["e_signer"] for paper in one.presented} == {one.visit.applicant["full_name"]}


@pytest.mark.parametrize("truth", ["complete", "other_level"])
def test_the_papers_of_a_building_permit_agree(truth):
    for seed in DRAWS:
        papers = {p["component"]: p["fields"] for p in planted(truth, "1.013225", seed).presented}
        form, title, design = papers["form"], papers["title"], papers["design"]
        assert form["lot"] == f"Thửa {title['parcel_number']}, tờ {title['map_sheet']}"
        assert form["floors"] == design["floors"] and form["floor_area"] == design["floor_area"]
        assert int(form["total_area"].split()[0]) == int(form["floors"]) * int(design["floor_area"].split()[0])


def test_a_poor_household_was_recognised_by_the_commune_of_that_day():
    for seed in DRAWS:
        one = planted("fee_exemption", "1.004873", seed)
        proof = next(p["fields"] for p in one.presented if p["component"] == "poor_certificate")
        old = one.visit.applicant["address_old"]
        assert (proof["address"], proof["issuer"]) == (old, f"UBND {old_ward(old)}")


def test_who_collects_a_result_is_not_taken_for_its_applicant():
    case = planted_case("wrong_receiver", "1.004873")
    record = case.records[case.code]
    assert record["applicant_name"] == record["who"] == case.cast["applicant"] != case.cast["person"]


def test_a_birth_is_registered_after_it_and_nobody_dies_in_a_maternity_hospital():
    for seed in range(20):
        fields = VISITS["1.004859"](setting("26740", seed)).paper("original")["fields"]
        told = [datetime.strptime(fields[name], "%d/%m/%Y") for name in ("birth_date", "registered_on")]
        proof = VISITS["1.004859"](setting("26740", seed)).paper("proof")["fields"]["born_at"].removeprefix("ngày ")
        assert max(told[0], datetime.strptime(proof, "%d/%m/%Y")) < told[1]
        assert "Phụ sản" not in VISITS["1.000656"](setting("26740", seed)).paper("form")["fields"]["death_place"]


def test_an_expired_card_can_have_been_issued():
    """Such cards began in 2016, and one that is issued before 58 ends on the day somebody is 60."""
    for seed in range(8):
        one = planted("expired_paper", "2.000884", seed)
        card = next(paper for paper in one.presented if paper["component"] == "id")["fields"]
        issued, ends, born = (datetime.strptime(card[name], "%d/%m/%Y").date()
                              for name in ("issued_on", "expires_on", "birth_date"))  # fmt: skip
        assert date(2016, 1, 1) <= issued < ends < DAY
        assert (ends.day, ends.month, ends.year) == (born.day, born.month, born.year + 60)
        assert card["title"] == "Căn cước công dân"


def test_a_card_of_the_last_year_is_headed_as_the_new_ones_are():
    person = dict(people_of("26740")[0])
    for issued, title in (("2024-06-30", "Căn cước công dân"), ("2024-07-01", "Căn cước")):
        card = id_card(person | {"id_card_issued": issued, "id_card_expires": ""})
        sheet = re.sub(r"<[^>]+>", "", render(card))
        assert card["fields"]["title"] == title and (title in sheet) and ("công dân" in sheet) == ("công dân" in title)


def test_whoever_wants_copies_shows_a_card_which_bears_the_old_address():
    """Without it nobody could be looked up, nor could the result be given to its owner."""
    for truth in ("complete", "old_address", "altered", "copy_as_original"):
        one = planted(truth, "2.000815", 1)
        card = next(paper for paper in one.presented if paper["component"] == "id")
        assert card["fields"]["personal_id"] == one.visit.applicant["personal_id"]
        assert card["fields"]["residence"] == one.visit.applicant["address_old"]
        assert (card["medium"], card["alterations"]) == ("original", {}), "the fault is on the diploma"


def planted_case(truth: str, procedure: str) -> Case:
    people = setting("26740", 1).people
    signers = {"civil_status": {}, "onestop": {}}
    office = Office("26740", "H29", "UBND", datetime(2025, 7, 1, 7, 30), signers)
    return plant(Slot(truth, procedure, 1), people, office, Random(1))


def test_a_request_to_withdraw_names_its_dossier():
    case = planted_case("withdrawal", "1.004859")
    request = case.records[f"{case.code}/withdrawal-1"]["paper"]["fields"]
    assert request["dossier_code"] == case.code


def test_the_dossier_that_came_before_came_earlier_and_has_the_same_papers():
    case = planted_case("duplicate", "1.004873")
    number, earlier = next(
        (key, one) for key, one in case.records.items() if one["kind"] == "dossier" and key != case.code
    )
    assert earlier["filed_at"][:10] == "2025-06-27" and "-250627-" in number == earlier["code"]
    assert earlier["filed_at"] < earlier["received_at"] < "2025-07-01" < earlier["due_date"]
    of = {
        code: [one["paper"] for one in case.records.values() if one.get("dossier") == code]
        for code in (case.code, number)
    }
    assert [one["kind"] for one in of[number]] == [one["kind"] for one in of[case.code]] != []
    assert {one["medium"] for one in of[number]} == {"electronic"}
