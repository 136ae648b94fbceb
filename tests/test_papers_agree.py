"""What the papers of a drawn day say of the same people and bodies agrees, whatever the seed and the place."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from kit.compiling import compile_exercise
from kit.exercise import load_exercise
from kit.script import Json, Script
from kit.world import draw_world

PLACES = [("26740", 1), ("06652", 5), ("20056", 7), ("26740", 3)]
CONGRESS, RESOLUTION, DIRECTION = "07-congress-delegates", "08-six-month-resolution", "09-peoples-committee-direction"
PAYMENT, READINESS = "10-boundary-free-payment", "11-accounts-signatures-readiness"


@cache
def drawn(exercise: str, unit: str, seed: int) -> Script:
    world = draw_world(unit, seed, date(2025, 7, 1))
    return compile_exercise(load_exercise(exercise), world, seed, "seat-001")[0]


def records(script: Script) -> Iterator[Json]:
    return (record for cue in script.cues for record in cue.records.values())


def papers(script: Script) -> list[Json]:
    """The fields of every paper, those that are brought as an answer too."""
    return [record["paper"]["fields"] for record in records(script) if "paper" in record]


@pytest.mark.parametrize("exercise", [CONGRESS, RESOLUTION])
@pytest.mark.parametrize("place", PLACES)
def test_nobody_who_is_absent_speaks_or_moves_an_amendment(exercise, place):
    held = list(records(drawn(exercise, *place)))
    away = {member["id"] for record in held for member in record.get("members", []) if member.get("absent")}
    heard = {speech["by"] for record in held for speech in record.get("speeches", [])}
    assert away and heard
    assert not heard & away


@pytest.mark.parametrize("place", PLACES)
def test_a_cell_has_one_secretary_and_one_who_is_away_does_not_chair(place):
    told = papers(drawn(CONGRESS, *place))
    signed = {(one["issuer"], one["signer_name"]) for one in told if "BÍ THƯ" in one.get("signer_post", "")}
    signed |= {(one["issuer"], one["signer_name"]) for one in told if "signed" in one}
    assert len(signed) == len({issuer for issuer, _ in signed})
    away = [one for one in told if "bí thư đi công tác" in one.get("content", "")]
    assert away and all((one["issuer"], one["chaired_by"]) not in signed for one in away)


@pytest.mark.parametrize("exercise", [RESOLUTION, DIRECTION])
@pytest.mark.parametrize("place", PLACES)
def test_nobody_signs_for_two_bodies(exercise, place):
    signed = {(one["signer_name"], body(one)) for one in papers(drawn(exercise, *place)) if body(one)}
    assert len(signed) > 2
    assert len(signed) == len({name for name, _ in signed})


def body(fields: Json) -> str:
    """The body that issues a paper; of a division's papers and a request of members only the people matter."""
    inside = {"division", "content"} & set(fields) and "sender" not in fields
    return "" if inside or "signer_name" not in fields else str(fields.get("sender") or fields.get("issuer", ""))


@pytest.mark.parametrize("place", PLACES)
def test_a_letter_from_above_is_signed_by_the_post_its_sender_has(place):
    letters = [one for one in papers(drawn(DIRECTION, *place)) if "sender" in one and "signer_post" in one]
    posts = {one["sender"]: one["signer_post"].split("\n")[-1] for one in letters}
    heads = {"UBND": "CHÁNH VĂN PHÒNG", "Sở": "GIÁM ĐỐC", "Công": "TRƯỞNG CÔNG AN", "Ban": "CHỈ HUY TRƯỞNG"}
    assert len({(one["sender"], one["signer_name"]) for one in letters}) == len(posts) > 2
    assert all(post == heads[sender.split()[0]] for sender, post in posts.items())


@pytest.mark.parametrize("exercise", [CONGRESS, RESOLUTION])
@pytest.mark.parametrize("place", PLACES)
def test_party_bodies_number_with_a_hyphen_and_the_peoples_committee_with_a_slash(exercise, place):
    told = [one for one in papers(drawn(exercise, *place)) if re.match(r"\d", one.get("number", ""))]
    party = [one for one in told if re.match("Đảng|Các đảng ủy|Chi bộ|Ban Xây dựng Đảng|Ban Tổ chức", one["issuer"])]
    state = [one for one in told if re.match("UBND|Văn phòng HĐND|Phòng|Công an", one["issuer"])]
    assert party and all(re.fullmatch(r"\d+A?-[A-ZĐ]+/[A-ZĐ]+", one["number"]) for one in party)
    assert all(re.fullmatch(r"\d+/[A-Z]+-[A-ZĐ]+", one["number"]) for one in state)


@pytest.mark.parametrize("day", [1, 2, 3, 4, 7])
def test_no_party_paper_is_dated_on_a_day_of_rest(day):
    script = compile_exercise(load_exercise(CONGRESS), draw_world("26740", 1, date(2025, 7, day)), day, "seat-001")[0]
    told = " ".join(one.get("place_date", "") for one in papers(script))
    dates = {date(int(y), int(m), int(d)) for d, m, y in re.findall(r"ngày (\d+) tháng (\d+) năm (\d+)", told)}
    earlier = {one for one in dates if one < date(2025, 7, day)}
    assert len(earlier) > 3
    assert all(one.weekday() < 5 for one in earlier)


@pytest.mark.parametrize("place", PLACES)
def test_the_committee_has_the_same_number_of_members_in_every_request(place):
    told = " ".join(one["content"] for one in papers(drawn(DIRECTION, *place)) if "content" in one)
    counted = re.findall(r"hiện có (\d+) thành viên", told)
    assert len(counted) > 2
    assert len(set(counted)) == 1


@pytest.mark.parametrize("place", PLACES)
def test_nobody_shares_a_desk(place):
    lines = [one for one in papers(drawn(READINESS, *place)) if "Bàn số" in one.get("work_place", "")]
    seats = {(one["holder"], one["work_place"].split(";")[0]) for one in lines}
    assert len(seats) > 8
    assert len({desk for _, desk in seats}) == len(seats)


@pytest.mark.parametrize("place", PLACES)
def test_a_transaction_and_a_message_carry_the_day_on_which_they_were_made(place):
    made = [
        (row["number"][2:8], row["at"]) for record in records(drawn(PAYMENT, *place)) for row in record.get("log", [])
    ]
    told = [record["sync"] for record in records(drawn(PAYMENT, *place)) if record.get("sync")]
    made += [(one["message"][3:9], one["sent_at"]) for one in told]
    assert len(made) > 10
    assert all(f"{stamp[4:]}/{stamp[2:4]}/20{stamp[:2]}" in at for stamp, at in made)
