"""Compiling: drawn anew for each trainee, the same for the same arguments, and nothing of the truth in the Script."""

import json
import re
import shutil
from collections import Counter
from datetime import date

import pytest

from kit import home
from kit.compiling import compile_exercise
from kit.errors import WrongUse
from kit.exercise import load_exercise, names, read_exercise
from kit.script import Key, Script
from kit.world import draw_world
from kit.world.rows import rows
from kit.world.truths import TRUTHS
from tests.rehearsed import COUNTER, DAY, UNIT, compiled, world

SEEDS = range(1, 26)
UNITS = sorted(row["code"] for row in rows("units"))[::15]


def text_of(script: Script) -> str:
    return json.dumps(script.to_json(), ensure_ascii=False)


def strings(value: object) -> list[str]:
    """Every text in plain data, keys included."""
    if isinstance(value, dict):
        return [text for pair in value.items() for one in pair for text in strings(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in strings(one)]
    return [value] if isinstance(value, str) else []


def test_the_same_arguments_give_the_same_script_and_key():
    exercise = load_exercise(COUNTER)
    once = compile_exercise(exercise, draw_world(UNIT, 1, DAY), 7, "seat-007")
    again = compile_exercise(exercise, draw_world(UNIT, 1, DAY), 7, "seat-007")
    assert once == again and once[0].hash() == again[0].hash() == once[1].script


def test_another_seed_trainee_unit_or_day_is_another_script():
    exercise, script = load_exercise(COUNTER), compiled(1)[0]
    others = [
        compile_exercise(exercise, world(), 2, "seat-001"), compile_exercise(exercise, world(), 1, "seat-002"),
        compile_exercise(exercise, world("07192"), 1, "seat-001"),
        compile_exercise(exercise, world(day=date(2025, 7, 2)), 1, "seat-001"),
    ]  # fmt: skip
    assert len({script.hash(), *(one.hash() for one, _ in others)}) == 5
    for one, _ in others:
        assert [cue.records for cue in one.cues] != [cue.records for cue in script.cues]


@pytest.mark.parametrize("name", names())
def test_script_and_key_survive_as_json(name):
    script, key = compiled(3, name)
    assert Script.from_json(json.loads(text_of(script))) == script
    assert Key.from_json(json.loads(json.dumps(key.to_json()))) == key


# ---- the one rule --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", names())
def test_no_word_of_the_truth_is_in_the_script(name, seed):
    script, key = compiled(seed, name)
    seen = strings(script.to_json())
    told = {"defects", "defect_sets", "signers", "without_account", "people_ids", "truth",
            "weight", "critical", "forbidden", "hint", "advice"}  # fmt: skip
    assert told & set(seen) == set()
    planted = {*TRUTHS, *key.truths.values()}
    everything = "\n".join(seen)
    assert not [truth for truth in planted if "_" in truth and truth in everything]  # "abandoned" is an ordinary word
    book = set(strings(script.office.get("guidebook", {})))  # a book of rules may say a rule
    texts = " ".join(text for text in seen if text not in book)
    judged = {said for target in key.targets for of in (target.rule, target.advice, target.hint, target.title)
              for said in of.values()}  # fmt: skip
    assert not [said for said in judged if len(said) >= 30 and said in texts]
    assert not {target.id for target in key.targets} & set(seen)


def test_nothing_of_the_guide_reaches_the_script(tmp_path):
    """A mark in every text of the guide: none of them may turn up."""
    folder = shutil.copytree(home.exercises() / COUNTER, tmp_path / COUNTER)
    guide = folder / "guide.yaml"
    marked = re.sub(r'((?:vi|en|ref): ")', r"\1DẤU-RIÊNG ", guide.read_text(encoding="utf-8"))
    guide.write_text(marked, encoding="utf-8")
    script, key = compile_exercise(read_exercise(folder), world(), 1, "seat-001")
    assert json.dumps(key.to_json(), ensure_ascii=False).count("DẤU-RIÊNG") > 500
    assert "DẤU-RIÊNG" not in text_of(script)
    assert script == compiled(1)[0], "another guide, the same script"


def test_the_key_knows_what_was_planted():
    _, key = compiled(1)
    assert set(key.truths.values()) <= set(TRUTHS) and set(key.facts) == set(key.truths)
    assert {target.inject.removesuffix("-back") for target in key.targets} == set(key.truths)
    assert not [text for text in strings(key.to_json()["targets"]) if text.startswith("$")], "an unbound fact"


# ---- equal difficulty, enough variety ------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", SEEDS)
def test_every_seed_has_ten_procedures_sixteen_truths_and_the_same_weight(seed):
    script, key = compiled(seed)
    procedures = {
        record["procedure"] for cue in script.cues for record in cue.records.values() if record.get("procedure")
    }
    assert len(procedures) >= 10 and len(set(key.truths.values())) >= 16
    _, other = compiled(1)
    assert Counter(key.truths.values()) == Counter(other.truths.values())
    assert sum(t.weight for t in key.targets) == sum(t.weight for t in other.targets)
    assert set(script.office["handbook"]) == procedures
    assert [cue.minute for cue in script.cues if not cue.after_action] == sorted(
        cue.minute for cue in script.cues if not cue.after_action
    )


def test_truths_change_places_from_seed_to_seed():
    places = {tuple(compiled(seed)[1].truths.values()) for seed in SEEDS}
    assert len(places) == len(SEEDS)


def test_a_script_names_its_cues_by_their_place_in_the_day_and_everybody_may_come_back():
    scripts = [compiled(seed)[0] for seed in SEEDS]
    first = [[cue.id for cue in script.cues if not cue.after_action] for script in scripts]
    assert all(names == [f"m{number:02d}" for number in range(1, len(names) + 1)] for names in first)
    for script in scripts:
        waiting = {cue.record for cue in script.cues if cue.records[cue.record].get("step") == "waiting"}
        assert {cue.record for cue in script.cues if cue.after_action} == waiting


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_in_a_script_can_be_a_real_person(seed):
    text = text_of(compiled(seed)[0])
    numbers = set(re.findall(r"(?<![0-9.])[0-9]{12}(?![0-9])", text))
    assert numbers and all(number.startswith("099") for number in numbers)
    phones = set(re.findall(r"(?<![0-9])0[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}(?![0-9])", text))
    assert phones and all(phone.startswith("0600 ") for phone in phones)
    assert all(re.search(r"(@|\.)example(\.com)?$", mail) for mail in re.findall(r"[\w.]+@[\w.]+\w", text))


@pytest.mark.parametrize("seed", SEEDS)
def test_each_person_and_dossier_plays_in_one_matter_only(seed):
    script, key = compiled(seed)
    dossiers = [cue.record for cue in script.cues if not cue.after_action]
    assert len(set(dossiers)) == len(dossiers)
    ids = [number for facts in key.facts.values() for number in facts["people_ids"]]
    assert len(ids) == len(set(ids)) and set(ids) <= set(script.office["population"])


@pytest.mark.parametrize("seed", SEEDS)
def test_no_blank_is_left_in_what_people_say(seed):
    for cue in compiled(seed)[0].cues:
        assert not re.search(r"[{}]|\bNone\b", "".join(cue.says.values())) and all(cue.says.values())


# ---- every place and day -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("unit", UNITS)
def test_an_exercise_compiles_in_every_province(unit):
    script, key = compile_exercise(load_exercise(COUNTER), world(unit), 1, "x")
    assert script.unit == key.unit == unit and script.office["code"] == unit
    assert next(iter(script.office["units"])) == unit


@pytest.mark.parametrize(
    ("day", "forms"), [(date(2025, 6, 12), "2018"), (date(2025, 9, 16), "2025"), (date(2025, 12, 31), "2025")]
)
def test_an_exercise_compiles_on_other_days(day, forms):
    script, _ = compiled(1, day=day)
    assert script.begins().date() == day and script.office["form_set"] == forms


@pytest.mark.parametrize("day", [date(2025, 7, 5), date(2025, 7, 6), date(2025, 9, 2)])
def test_a_day_off_is_refused(day):
    with pytest.raises(WrongUse, match="working day"):
        compiled(1, day=day)


@pytest.mark.parametrize("people", [1, 5, 40])
def test_a_world_that_is_too_small_says_so(people):
    with pytest.raises(WrongUse, match="too small"):
        compile_exercise(load_exercise(COUNTER), draw_world(UNIT, 1, DAY, people), 1, "x")
