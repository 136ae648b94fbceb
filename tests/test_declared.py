"""Cases that an author declares: blanks, draws, and every mistake of the file named at once."""

from datetime import date
from random import Random

import pytest
from pydantic import ValidationError

from kit.compiling.declared import play_out
from kit.compiling.drawing import _in_time
from kit.exercise import Both, Cases, Inject
from kit.exercise.case_checks import cross_check_cases
from kit.world.address import current_units
from kit.world.blanks import FILTERS, NoSuchBlank, fill_in
from kit.world.draws import DRAWS, Stage, draw_all
from kit.world.people import gather
from kit.world.reference import office_book
from kit.yaml_file import parse_yaml
from tests.rehearsed import DAY, UNIT, compiled, world
from tests.test_congress_draws import WANTED as CONGRESS

KNOWN = {"due": "2025-07-02", "fee": 15000, "person": {"full_name": "Trần Thị Tập", "phone": "0600123456"}, "no": 7}
FILE = """code: "VB-{today|stamp}-{number}"
draws: {pump: {one_of: [A, B]}}
cases:
  - truth: flood
    name: {vi: a, en: a}
    draws:
      due: {working_day: 1}
      who: {person: {ages: [30, 40]}}
    record: {kind: document, title: "{pump} {due|day}"}
    facts: {due: $due}
    follow_ups: [{name: rated, after: supplement, minutes: 5, says: {vi: a, en: a}}]
"""


def stage(seed: int = 1) -> Stage:
    ward = world()
    people = gather(
        ward.records("citizens"), {row["code"]: row for row in ward.records("units")}, UNIT, DAY, Random(seed)
    )
    return Stage(people, office_book(ward, Random(seed)).visible, DAY, Random(seed), [])


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hạn {due|day}, {due|long_day}", "Hạn 02/07/2025, ngày 02 tháng 7 năm 2025"),
        ("{fee|amount} đồng, số {no|two}", "15.000 đồng, số 07"),
        ("{person.full_name} ({person.phone|masked})", "Trần Thị Tập (0600 *** 456)"),
        ("{person.full_name|latin}@phuong.example", "tran-thi-tap@phuong.example"),
        ("$fee", 15000), ("$person.full_name", "Trần Thị Tập"), ("giá $fee", "giá $fee"), ("{}", "{}"),
        ({"a": ["$no", {"b": "{no}"}]}, {"a": [7, {"b": "7"}]}),
    ],
)  # fmt: skip
def test_blanks_are_filled(text, filled):
    assert fill_in(text, KNOWN) == filled


@pytest.mark.parametrize(
    "text", ["{nobody}", "$nobody", "{person.age}", "{person.__class__}", "$due.day", "{due|shout}"]
)
def test_a_blank_that_nobody_drew_is_an_error(text):
    with pytest.raises(NoSuchBlank):
        fill_in(text, KNOWN)


def test_every_filter_makes_a_text_of_a_moment_or_a_number():
    for name, change in FILTERS.items():
        assert isinstance(change(7 if name in ("two", "amount", "amount_en") else "2025-07-02T09:30"), str)


WANTED = {
    "pick": {"one_of": [{"name": "A"}, {"name": "B {no}"}]}, "some": {"sample": {"of": [1, 2, 3], "count": 2}},
    "n": {"number": [3, 5]}, "due": {"working_day": 3}, "before": {"working_day": -1}, "later": {"day": 5},
    "who": {"person": {"ages": [30, 40], "sex": "female"}}, "far": {"person": {"lives": "other_province"}},
    "leader": {"official": "signer"}, "able": {"official": {"role": "signer", "signs": "civil_status"}},
    "there": {"unit": "other_province"}, "old": {"old_ward": "whole"},
    "road": {"street": "any"}, "board": {"members": {"seats": [{"as": "chair", "official": "CB01"}, {"post": "A"}]}},
    "hands": {"votes": {"of": "$board", "against": 1}}, "seats": {"allocation": CONGRESS},
    "city": {"by_place": {"Thành phố Hồ Chí Minh": "C {no}", "others": ""}},
    "kind": {"by_place": {"Phường": "ward", "others": ""}}, "rest": {"by_place": {"Xã": "", "others": "rest"}},
    "week_end": {"days_off": 1},
}  # fmt: skip


def test_everything_that_can_be_drawn():
    assert {next(iter(spec)) for spec in WANTED.values()} == set(DRAWS)
    at = stage()
    drawn = draw_all(at, WANTED, {"no": 4})
    assert drawn["pick"] in ({"name": "A"}, {"name": "B 4"})
    assert len(set(drawn["some"])) == 2 and 3 <= drawn["n"] <= 5
    assert (drawn["due"], drawn["before"], drawn["later"]) == ("2025-07-04", "2025-06-30", "2025-07-06")
    born = date.fromisoformat(drawn["who"]["birth_date"])
    assert drawn["who"]["sex"] == "female" and 29 <= 2025 - born.year <= 41 and drawn["who"]["unit"] == UNIT
    assert drawn["far"]["unit"] != UNIT and len(at.played) == 2
    assert at.office["officials"][drawn["leader"]["id"]]["role"] == "signer"
    assert "civil_status" in drawn["able"]["accounts"] and drawn["able"]["certificate_valid_to"] >= DAY.isoformat()
    assert drawn["there"]["province"] != "Thành phố Hồ Chí Minh"
    assert len(current_units(drawn["old"]["code"])) == 1 and drawn["road"]
    assert len(drawn["seats"]["seats"]) == CONGRESS["count"]
    assert (drawn["city"], drawn["kind"], drawn["rest"]) == ("C 4", "ward", "rest")
    assert drawn["week_end"] == 4


def test_the_same_seed_draws_the_same_and_another_seed_something_else():
    assert draw_all(stage(), WANTED, {"no": 4}) == draw_all(stage(), WANTED, {"no": 4})
    assert draw_all(stage(), WANTED, {"no": 4}) != draw_all(stage(2), WANTED, {"no": 4})


def test_a_follow_up_may_wait_for_a_further_record_and_change_it():
    also = "    also: {register: {kind: civil_entry, step: checked, title: '{pump}'}}\n"
    changed = "minutes: 5, on: register, also: {register: {step: returned, title: '{due|day}'}}"
    cases = Cases.model_validate(parse_yaml(FILE.replace("minutes: 5", changed) + also).data)
    known = {"code": "VB-1", "pump": "A"}
    case = play_out(cases.cases[0], stage(), known)
    (back,) = case.follow_ups
    assert (back.on, back.after, back.minutes) == ("VB-1-A", "supplement", 5)
    due = "/".join(reversed(case.facts["due"].split("-")))
    assert back.records["VB-1-A"] == {"step": "returned", "title": due}


def test_a_right_file_has_no_problems():
    assert cross_check_cases(parse_yaml(FILE)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("one_of: [A, B]", "any_of: [A, B]", "draws.pump: found 'any_of'"),
        ("working_day: 1", "holiday: 1", "cases.0.draws.due: found 'holiday'"),
        ("{pump} {due|day}", "{pumps}", "cases.0.record: found 'pumps'"),
        ("{due|day}", "{due|loud}", "cases.0.record: found '|loud'"),
        ("$due", "$dues", "cases.0.facts: found 'dues'"),
        ("after: supplement", "after: shout", "cases.0.follow_ups.0.after: found 'shout'"),
        ("minutes: 5", "minutes: 5, on: register", "cases.0.follow_ups.0.on: found 'register'"),
        ("minutes: 5", "minutes: 5, also: {register: {}}", "cases.0.follow_ups.0.also: found 'register'"),
        ("due: {working_day: 1}", "due: {one_of: ['{who.full_name}']}", "cases.0.draws.due: found 'who'"),
    ],
)
def test_each_mistake_is_named_with_its_place(old, new, said):
    assert old in FILE
    assert said in "\n".join(en for _, en in cross_check_cases(parse_yaml(FILE.replace(old, new))))


def inject(name: str, minute: int, count: int = 1, movable: bool = True) -> Inject:
    said = Both(vi="x", en="x")
    return Inject(id=name, minute=minute, truth=name, says=said, count=count, movable=movable)


@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [
        ("marriage_certificat", "book", "kind: found 'marriage_certificat', allowed: marriage_certificate"),
        ("official_letter", "subjekt", "fields.subjekt: found 'subjekt', allowed: subject"),
        ("official_letter", "e_signer", ""),
    ],
)
@pytest.mark.parametrize("place", ["cases.0.papers.0", "cases.0.follow_ups.0.papers.0"])
def test_a_paper_that_no_form_has_is_named(kind, field, said, place):
    paper = f"papers: [{{name: a, kind: {kind}, fields: {{{field}: x}}}}]"
    text = FILE.replace("minutes: 5", f"minutes: 5, {paper}") if "follow" in place else f"{FILE}    {paper}\n"
    found = [en for _, en in cross_check_cases(parse_yaml(text, "cases.yaml"))]
    line = 11 if "follow" in place else 12
    assert len(found) == bool(said)
    assert not said or f"cases.yaml:{line}: {place}.{said}" in found[0]


def test_a_count_stands_for_that_many_injects_with_names_of_their_own():
    crowd = inject("flood", 5, 3)
    assert [one.id for one in crowd.copies()] == ["flood-001", "flood-002", "flood-003"]
    assert {(one.minute, one.truth, one.count) for one in crowd.copies()} == {(5, "flood", 1)}
    alone = inject("fire", 5)
    assert alone.copies() == [alone]


@pytest.mark.parametrize("count", [0, 61, True, "3"])
def test_a_count_is_a_whole_number_up_to_sixty(count):
    with pytest.raises(ValidationError, match="count"):
        inject("flood", 5, count)


def test_a_crowd_is_mixed_within_its_minute_and_what_may_not_move_comes_last():
    declared = [inject("list", 0, movable=False), inject("a", 0, 30), inject("b", 0, 30)]
    orders = []
    for seed in ("1", "2"):
        injects, minutes = _in_time(declared, seed)
        orders.append([one.id for one in injects])
        assert set(minutes.values()) == {0} and orders[-1][-1] == "list" and len(set(orders[-1])) == 61
        assert 5 < sum(one.truth == "a" for one in injects[:30]) < 25
    assert orders[0] != orders[1]


def test_without_a_crowd_the_order_is_that_of_the_minutes():
    declared = [inject("late", 9, movable=False), inject("first", 0, movable=False), inject("second", 0, movable=False)]
    assert [one.id for one in _in_time(declared, "1")[0]] == ["first", "second", "late"]


def test_many_dossiers_of_a_truth_have_codes_and_cues_that_sort():
    script, key = compiled(1, "05-handover-dossiers")
    cues = [cue for cue in script.cues if not cue.after_action]
    assert [cue.id for cue in cues] == [f"m{place:02d}" for place in range(1, len(cues) + 1)]
    assert [cue.record[-4:] for cue in cues] == [f"{place:04d}" for place in range(1, len(cues) + 1)]
    names = [key.injects[cue.id] for cue in cues if key.truths[cue.id] == "moved"]
    assert sorted(names) == ["moved-001", "moved-002"]
    (twin,) = [one for one in key.targets if one.id == "land-twin-again.merge"]
    first = next(cue for cue in cues if key.injects[cue.id] == "land-twin-first")
    assert twin.any[0]["where"] == {"kept_dossier": first.record}


def test_a_truth_that_is_declared_twice_is_named():
    twice = FILE + FILE[FILE.index("  - truth") :]
    assert [en for _, en in cross_check_cases(parse_yaml(twice)) if "cases.1.truth" in en]
