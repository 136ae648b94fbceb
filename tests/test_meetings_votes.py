"""Votes and quorum against a computation of its own, for drawn bodies, seats, moments and slips; the two draws."""

from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.systems.meetings.votes import SPOILT
from kit.world.draws import draw_all
from tests.meeting_room import ITEM, SESSION, after, done, logged, room
from tests.system_desk import printed
from tests.test_declared import stage

VOTES = st.sampled_from(["for", "against", "other"])
BODIES = st.sampled_from(["peoples_committee", "council", "party_committee", "front"])
THRESHOLDS = st.sampled_from(["majority", "two_thirds"])
MEMBER = st.fixed_dictionaries(
    {"vote": VOTES},
    optional={"arrives": st.integers(0, 90), "leaves": st.integers(0, 120), "phone": st.just(True),
              "absent": st.sampled_from(["excused", "unexcused"]), "recused": st.just(True)},
)  # fmt: skip


def meeting(people: list[dict[str, Any]], body: str, minute: int, **more: Any) -> Any:
    """A room with these people as members, in which an item is called at that minute."""
    situation = room("item_called", minute, **more)
    members = [
        {"id": f"M{place:02}", "name": f"Người {place}", "post": "Ủy viên",
         **{name: one[name] for name in ("arrives", "leaves", "absent") if name in one},
         **({"by_phone": True} if one.get("phone") else {})}
        for place, one in enumerate(people)
    ]  # fmt: skip
    situation.records[SESSION].update(members=members, body=body)
    votes = {f"M{place:02}": one["vote"] for place, one in enumerate(people)}
    recused = [f"M{place:02}" for place, one in enumerate(people) if one.get("recused")]
    situation.records[ITEM].update(votes=votes, recused=recused, asks=votes)
    return situation


def there(one: dict[str, Any], minute: int) -> bool:
    """Whether somebody sits in the room at a minute, written apart from the rules."""
    if "absent" in one:
        return False
    return one.get("arrives", 0) <= minute and ("leaves" not in one or one["leaves"] > minute)


@settings(max_examples=150, deadline=None)
@given(st.lists(MEMBER, min_size=1, max_size=16), BODIES, st.integers(0, 130), THRESHOLDS)
def test_what_the_software_counts_is_what_the_law_says(people, body, minute, threshold):
    situation = meeting(people, body, minute, threshold=threshold)
    present = [one for one in people if there(one, minute)]
    voting = [one["vote"] for one in present if not one.get("recused")]
    called = logged("call_vote", situation)
    assert called["counted_present"] == len(present)
    assert (called["counted_quorum"] == "yes") == (Fraction(len(present), len(people)) >= Fraction(2, 3))
    counted = logged("declare_result", after(situation, done("call_vote", situation), 5))
    assert [counted[f"counted_{vote}"] for vote in ("for", "against", "other")] == [
        voting.count(vote) for vote in ("for", "against", "other")
    ]
    assert (counted["counted_members"], counted["counted_present"]) == (len(people), len(present))
    assert (counted["counted_outcome"] == "passed") == carried(people, voting, (body, threshold), minute)


def carried(people: list[dict[str, Any]], voting: list[str], rule: tuple[str, str], minute: int) -> bool:
    """More than half of all; two thirds of all; at a tie in a People's Committee the side of the first seat."""
    share = Fraction(voting.count("for"), len(people))
    if rule[1] == "two_thirds":
        return share >= Fraction(2, 3)
    chair = people[0]
    tie = voting.count("for") == voting.count("against") > 0
    if rule[0] == "peoples_committee" and tie:
        return there(chair, minute) and not chair.get("recused") and chair["vote"] == "for"
    return share > Fraction(1, 2)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(VOTES, st.sampled_from(["", "kept", *SPOILT])), min_size=1, max_size=14))
def test_the_slips_of_a_box_are_counted_one_by_one(cast):
    people = [{"vote": vote} for vote, _ in cast]
    handled = [{"by": f"M{place:02}", "how": way} for place, (_, way) in enumerate(cast) if way]
    situation = meeting(people, "council", 30, slips=handled)
    changes = done("call_vote", situation, vote_form="secret_ballot")
    voted = after(situation, changes, 3)
    returned = [one for one in cast if one[1] != "kept"]
    valid = [vote for vote, way in returned if not way and vote != "other"]
    counted = logged("count_ballots", voted)
    assert [counted[f"counted_{name}"] for name in ("issued", "returned", "valid", "invalid")] == [
        len(cast), len(returned), len(valid), len(returned) - len(valid),
    ]  # fmt: skip
    result = logged("declare_result", voted)
    assert (result["counted_for"], result["counted_against"]) == (valid.count("for"), valid.count("against"))
    assert (result["counted_outcome"] == "passed") == (valid.count("for") * 2 > len(cast))
    rows = [row for row in printed(changes)["fields"]["rows"].split("\n") if row]
    assert len(rows) == len(returned) and not any("Người" in row for row in rows), "a slip has no name"


def test_the_phone_counts_only_where_the_regulation_says_so_and_guests_never():
    people = [{"vote": "for"}, {"vote": "for", "absent": "excused", "phone": True}]
    situation = meeting(people, "council", 30, guests_raise=True)
    sheet = printed(done("call_vote", situation))["fields"]["rows"]
    assert "gọi điện thoại nói tán thành" in sheet and "Ông Khách | Khách mời | Giơ tay" in sheet
    assert logged("declare_result", after(situation, done("call_vote", situation)))["counted_for"] == 1
    situation.records[SESSION]["phone_counts"] = True
    assert logged("declare_result", after(situation, done("call_vote", situation)))["counted_for"] == 2


def test_the_amendment_is_counted_apart_and_the_whole_is_voted_as_amended():
    situation = meeting([{"vote": "for"}, {"vote": "against"}, {"vote": "against"}], "council", 30)
    situation.records[ITEM].update(
        amendment={"votes": dict.fromkeys(("M00", "M01", "M02"), "for")}, votes_amended={"M00": "for", "M01": "for"}
    )
    put = after(situation, done("open_discussion", situation))
    put = after(put, done("put_amendment", put, amended_by=["M01"]))
    told = logged("declare_amendment", put)
    assert (told["counted_amend_for"], told["counted_amend_outcome"]) == (3, "passed")
    for outcome, in_favour in (("passed", 2), ("not_passed", 1)):
        declared = after(put, done("declare_amendment", put, amend_outcome=outcome))
        assert list(done("call_vote", declared)[ITEM]["cast"].values()).count("for") == in_favour


def test_who_is_where_follows_the_clock():
    sheets = {minute: printed(done("take_attendance", room("session_open", minute)))["fields"]["rows"].split("\n")
              for minute in (0, 20, 59, 60)}  # fmt: skip
    assert [sheets[minute][2].split(" | ")[2] for minute in (0, 20)] == ["Chưa đến", "Đã ký"]
    assert [sheets[minute][3].split(" | ")[2] for minute in (59, 60)] == ["Đã ký", "Đã ký; đã xin phép ra về"]
    assert sheets[0][4].endswith("Vắng, có giấy xin phép") and sheets[0][9].startswith("Ông Khách")
    counted = logged("record_roll_call", room("session_open", 60))
    assert (counted["counted_present"], counted["counted_excused"], counted["counted_quorum"]) == (7, 1, "yes")


SEATS = {
    "seats": [
        {"as": "chair", "official": "CB01"}, {"as": "deputy", "official": "CB02"}, {"post": "Ủy viên", "count": 9},
    ],
    "profiles": [
        {"as": "away", "absent": "excused", "among": ["deputy"]}, {"as": "late", "arrives": [12, 18]},
        {"as": "early", "leaves": [90, 95]}, {"as": "one"}, {"as": "two"},
    ],
}  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_profiles_fall_on_seats_and_never_on_the_chair(seed):
    board = draw_all(stage_of(seed), {"board": {"members": SEATS}}, {})["board"]
    assert board["count"] == len(board["list"]) == len(board["names"]) == 11
    assert set(board["chair"]) == {"id", "name", "post", "official"} and board["away"]["id"] == board["deputy"]["id"]
    assert 12 <= board["late"]["arrives"] <= 18 and 90 <= board["early"]["leaves"] <= 95
    assert board["one"]["id"] != board["two"]["id"] and "UV01" not in {board["one"]["id"], board["late"]["id"]}
    assert board["late"]["id"] != board["away"]["id"] != board["early"]["id"]


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 9), st.integers(0, 4), st.integers(0, 1_000))
def test_votes_are_drawn_as_many_as_asked_and_named_ones_as_named(against, other, seed):
    here = stage_of(seed)
    board = draw_all(here, {"board": {"members": {**SEATS, "profiles": []}}}, {})["board"]
    named = {"for_by": ["UV01"], "against_by": ["UV03"], "skip": ["UV04"]}
    asked = {"of": board, **named, "against": against, "other": other}
    votes = list(draw_all(here, {"v": {"votes": asked}}, {})["v"].items())
    said = dict(votes)
    assert (said["UV01"], said["UV03"], said["UV04"]) == ("for", "against", "for")
    opposed = [vote for _, vote in votes].count("against")
    assert opposed == min(max(1, against), 9)
    assert [vote for _, vote in votes].count("other") == min(other, 9 - opposed)


def stage_of(seed: int) -> Any:
    """One stage for all examples: gathering a world's people takes its time."""
    here = one_stage()
    here.draw.seed(seed)
    here.people.taken.clear()
    return here


@cache
def one_stage() -> Any:
    """A stage that is used again and again."""
    return stage(1)
