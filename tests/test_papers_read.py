"""Exercises 12 to 15 as a careful reader sees them: nothing on the papers contradicts what nobody planted."""

from typing import Any

import pytest

from grading.evaluate import evaluate
from grading.players import PLAYERS, play
from kit.attempt import Attempt
from kit.attempt_store import MemoryStore
from kit.compiling import compile_exercise
from kit.criteria import meets
from kit.exercise import load_exercise
from kit.script import Key, Script
from tests.rehearsed import inject_with, world

UNITS = ("26740", "07192", "20056")  # a ward of Ho Chi Minh City, a unit of Quảng Ninh, a commune of Huế
SEEDS = range(1, 9)
COUNCIL, COMMITTEE, FRONT = (
    "13-first-council-session", "14-first-peoples-committee-session", "15-fatherland-front",
)  # fmt: skip
Json = dict[str, Any]


def drawn(exercise: str, unit: str, seed: int) -> tuple[Script, Key]:
    return compile_exercise(load_exercise(exercise), world(unit), seed, "seat-001")


def records(script: Script) -> list[Json]:
    return [record for cue in script.cues for record in cue.records.values()]


def fields(script: Script, kind: str = "") -> list[Json]:
    found = [record["paper"] for record in records(script) if "paper" in record]
    return [paper["fields"] for paper in found if kind in ("", paper["kind"])]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("unit", "right", "wrong"),
    [("26740", "1685/NQ-UBTVQH15", "1679/NQ-UBTVQH15"), ("07192", "1679/NQ-UBTVQH15", "1685/NQ-UBTVQH15"),
     ("20056", "chưa ghi số", "1685/NQ-UBTVQH15")],
)  # fmt: skip
def test_the_resolution_announced_is_that_on_ones_own_province(unit, right, wrong, seed):
    script, key = drawn(COUNCIL, unit, seed)
    (target,) = [one for one in key.targets if one.id == "c04.map-announced"]
    number = target.any[0]["where"]["source_number"]
    assert meets(number, right, {}, script.begins()) and not meets(number, wrong, {}, script.begins())
    cue = next(cue for cue in script.cues if cue.id == inject_with(key, "map"))
    assert right in str(cue.records)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("exercise", [COUNCIL, COMMITTEE, FRONT])
def test_a_note_that_says_today_is_of_today(exercise, unit):
    for seed in SEEDS:
        for note in fields(drawn(exercise, unit, seed)[0], "slip_note"):
            if "hôm nay" in note["content"] or "Sáng nay" in note["content"]:
                assert "01/07/2025" in note["written_at"], note


@pytest.mark.parametrize("unit", UNITS)
def test_a_result_says_the_capacity_of_whoever_signed_it(unit):
    for seed in range(1, 17):
        script, _ = drawn("12-whole-loop", unit, seed)
        for record in records(script):
            if record.get("capacity"):
                assert (record["capacity"] == "chairman") == (record["signer"] == "CB01"), (seed, record["code"])


@pytest.mark.parametrize("unit", UNITS)
def test_a_payment_that_is_no_trap_fits_every_fund(unit):
    """Help for poor households out of a fund for people of merit is another purpose, and nobody planted it."""
    for seed in SEEDS:
        script, key = drawn(FRONT, unit, seed)
        for cue in script.cues:
            planted = key.truths.get(cue.id) == "fund_purpose"
            for book in [
                one["paper"]["fields"]
                for one in cue.records.values()
                if "fund" in one.get("paper", {}).get("fields", {})
            ]:
                spent = [row for row in book["rows"].split("\n") if row.startswith("Chi ")]
                assert sum("người thụ hưởng" not in row for row in spent) == planted, book


@pytest.mark.parametrize("unit", UNITS)
def test_what_the_front_receives_today_is_dated_today_and_each_form_has_its_own_head(unit):
    for seed in SEEDS:
        script, _ = drawn(FRONT, unit, seed)
        assert all("ngày 01 tháng 7 năm 2025" in one["place_date"] for one in fields(script, "help_request"))
        assert len({one["signer_name"] for one in fields(script, "opinion_form")}) == 3


@pytest.mark.parametrize(
    ("unit", "division"), [("26740", "Phòng Kinh tế, Hạ tầng và Đô thị"), ("20056", "Phòng Kinh tế")]
)
def test_the_division_of_a_ward_and_of_a_commune_has_its_own_name(unit, division):
    for seed in SEEDS:
        (issuer,) = {one["issuer"] for one in fields(drawn(COMMITTEE, unit, seed)[0], "item_submission")
                     if "Kinh tế" in one["issuer"]}  # fmt: skip
        assert issuer == division


@pytest.mark.parametrize("unit", UNITS)
def test_no_receipt_vouches_for_an_annex_that_is_missing(unit):
    for seed in SEEDS:
        script, key = drawn(COMMITTEE, unit, seed)
        cue = next(one for one in script.cues if one.id == inject_with(key, "incomplete"))
        assert "phụ lục" not in cue.records[f"{cue.record}/receipt"]["paper"]["fields"]["content"]


@pytest.mark.parametrize("unit", UNITS)
def test_the_model_scores_100_in_every_province(unit):
    script, key = drawn(COUNCIL, unit, 1)
    store = MemoryStore()
    attempt, _ = Attempt.start(store, store.add_script(script), "model")
    play(attempt, key, PLAYERS["model"])
    assert evaluate(key, attempt.events).score == 100


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("exercise", [COUNCIL, FRONT])
def test_an_electronic_document_of_an_authority_names_who_signed_it(exercise, unit):
    papers = [record["paper"] for record in records(drawn(exercise, unit, 1)[0]) if "paper" in record]
    signed = [one["fields"] for one in papers if one["medium"] == "electronic" and one["fields"].get("signer_name")]
    assert signed and all(one.get("e_signer") == one["signer_name"] for one in signed)
