"""Exercise 07 from outside: papers read and seats reckoned by another way give what the key wants."""

import re
from typing import Any

import pytest

from kit.plain_text import vietnamese_order
from kit.script import Key, Script
from kit.world.apportionment import Frame
from tests.rehearsed import compiled, inject_with
from tests.test_apportionment import second

EXERCISE = "07-congress-delegates"
REPORTS = ("clean", "probation", "twice", "joined", "late", "heir", "unsigned")


def case(truth: str, script: Script, key: Key) -> tuple[dict[str, Any], dict[str, Any]]:
    """The visible record of a truth, and its facts."""
    cue = next(one for one in script.cues if one.id == inject_with(key, truth))
    return cue.records[cue.record], key.facts_of(cue.id)


def read(script: Script, key: Key) -> dict[str, int]:
    """Members by organisation: the list, corrected by what each cell's papers prove, the dissolved one left out."""
    table, _ = case("seat_table", script, key)
    members = {one: row["members"] for one, row in table["organisations"].items()}
    for truth in REPORTS:
        record, facts = case(f"report_{truth}", script, key)
        members[record["organisation"]] = facts["official_members"]
    gone, _ = case("report_gone", script, key)
    return {one: count for one, count in members.items() if one != gone["organisation"]}


def frame(script: Script, key: Key) -> Frame:
    """The frame as the guidance on paper gives it."""
    cue = next(one for one in script.cues if one.id == inject_with(key, "seat_table"))
    guidance = cue.records[f"{cue.record}/guidance"]["paper"]["fields"]["content"]
    total = int(re.search(r"tổng số (\d+) đại biểu", guidance)[1])
    base = int(re.search(r"đang hoạt động: (\d+) đại biểu", guidance)[1])
    _, committee = case("list_of_committee", script, key)
    special = {one: 2 if "Công an" in row["name"] or "Quân sự" in row["name"] else 1
               for one, row in cue.records[cue.record]["organisations"].items()
               if re.search("Công an|Quân sự|Trường|Trạm Y tế", row["name"])}  # fmt: skip
    return Frame(total, committee["ex_officio_seats"], base, special)


def places(script: Script, key: Key) -> dict[str, tuple[int, int]]:
    """Where each organisation stands in the order of names."""
    rows = case("seat_table", script, key)[0]["organisations"]
    order = sorted(rows, key=lambda one: vietnamese_order(rows[one]["name"]))
    return {one: (0, place) for place, one in enumerate(order)}


@pytest.mark.parametrize("seed", range(1, 13))
def test_papers_and_another_way_of_reckoning_give_the_wanted_seats(seed):
    script, key = compiled(seed, EXERCISE)
    facts, members = case("seat_table", script, key)[1], read(script, key)
    seats = second(frame(script, key), members, places(script, key))
    assert {one: facts["right"][one] for one in members} == seats
    assert sum(seats.values()) == facts["elected_seats"] <= 250 - facts["ex_officio_seats"]
    assert facts["base_seats"] + facts["special_seats"] + facts["rest_seats"] == facts["elected_seats"]


@pytest.mark.parametrize("seed", range(1, 13))
def test_after_the_remark_the_same_reckoning_gives_the_later_seats(seed):
    script, key = compiled(seed, EXERCISE)
    table, facts = case("seat_table", script, key)
    floor = next(cue for cue in script.cues if cue.id == f"{inject_with(key, 'seat_table')}-floor")
    proof = next(one["paper"]["fields"]["content"] for name, one in floor.records.items() if name.endswith("/proof"))
    count, giver, taker = re.search(r"Giới thiệu (\d+) .* từ (.+) đến (.+), kể từ", proof).groups()
    ids = {row["name"]: one for one, row in table["organisations"].items()}
    members = read(script, key)
    members[ids[giver]] -= int(count)
    members[ids[taker]] += int(count)
    seats = second(frame(script, key), members, places(script, key))
    assert {one: facts["later"][one] for one in members} == seats
