"""The evaluation on small logs made by hand: each status, each limit, each border."""

import subprocess
import sys
from copy import deepcopy
from typing import Any

import pytest

from grading.evaluate import (
    DONE,
    GRADED,
    LATE,
    MISSING,
    NEEDS_REVIEW,
    NOT_REACHED,
    WRONG,
    Evaluation,
    Slip,
    evaluate,
    rating,
    refusals,
)
from kit.event import ACTED, DELIVERED, FINISHED, REFUSED, STARTED, Event
from kit.script import Key, Target

AT = "2025-07-01T01:00:00.000+00:00"
BOTH = {"vi": "chữ", "en": "text"}
BASIS = ({"ref": "Nghị định", "source": "ND118", "confidence": "primary"},)


def target(name: str, action: str = "receive", inject: str = "s01", record: str = "H1", **more: Any) -> Target:
    """One target on one action; `where`, or whole `ways` where there are several."""
    ways = more.pop("ways", None) or ({"action": action, "where": more.pop("where", {})},)
    return Target(
        f"{inject}.{name}", inject, record, tuple(ways), more.pop("weight", 10.0), BOTH, BOTH, BOTH, BOTH, BASIS, **more
    )


def key(*targets: Target, pass_mark: int = 70) -> Key:
    injects = {one.inject: one.record for one in targets}
    return Key(
        "00",
        "0" * 64,
        1,
        "26740",
        pass_mark,
        {one: one for one in injects},
        dict.fromkeys(injects, "complete"),
        injects,
        {},
        targets,
    )


class Log:
    """A log written line by line: each at a minute after 08:00."""

    def __init__(self) -> None:
        self.events = [Event("a", 0, STARTED, "2025-07-01T08:00", AT, "x")]

    def add(self, kind: str, minute: int, record: str, action: str = "", **given: Any) -> "Log":
        reason = given.pop("reason", "") if kind == REFUSED else ""
        moment = f"2025-07-01T{8 + minute // 60:02d}:{minute % 60:02d}"
        self.events.append(
            Event("a", len(self.events), kind, moment, AT, "x", "onestop", action, record, given, {}, reason)
        )
        return self

    def brings(self, inject: str = "s01", minute: int = 0) -> "Log":
        return self.add(DELIVERED, minute, inject)

    def does(self, action: str = "receive", minute: int = 5, record: str = "H1", **given: Any) -> "Log":
        return self.add(ACTED, minute, record, action, **given)

    def ends(self, minute: int = 99) -> "Log":
        return self.add(FINISHED, minute, "")


def only(made: Evaluation) -> Any:
    (finding,) = made.findings
    return finding


def status(targets: Any, log: Log) -> list[str]:
    return [finding.status for finding in evaluate(key(*targets), log.events).findings]


def test_done_earns_its_weight_and_names_its_event():
    made = evaluate(key(target("a", where={"fee": 0})), Log().brings().does(fee=0).ends().events)
    assert (only(made).status, only(made).points, only(made).evidence) == (DONE, 10, (2,))
    assert only(made).moment == "2025-07-01T08:05" and (made.score, made.rating, made.passed) == (100, "P", True)


def test_wrong_earns_nothing_and_says_what_was_expected():
    made = evaluate(
        key(target("a", where={"fee": 0, "unit": {"one_of": ["A", "B"]}})), Log().brings().does(fee=8, unit="C").events
    )
    assert (only(made).status, only(made).points, only(made).evidence) == (WRONG, 0, (2,))
    assert only(made).slips == (Slip("fee", 8, 0), Slip("unit", "C", "A")) and made.score == 0


def test_only_the_wrong_entries_are_slips():
    made = evaluate(key(target("a", where={"fee": 0, "unit": "A"})), Log().brings().does(fee=0).events)
    assert only(made).slips == (Slip("unit", None, "A"),)


@pytest.mark.parametrize(
    ("log", "expected"),
    [(Log(), NOT_REACHED), (Log().brings("s02"), NOT_REACHED), (Log().does(), NOT_REACHED), (Log().brings(), MISSING),
     (Log().brings().does("sign"), MISSING), (Log().brings().does(record="H2"), MISSING),
     (Log().does().brings(), MISSING),
     (Log().brings().add(REFUSED, 5, "H1", "receive", reason="empty:fee"), MISSING), (Log().brings().does(), DONE)],
)  # fmt: skip
def test_only_what_was_done_on_this_record_after_its_inject_counts(log, expected):
    made = evaluate(key(target("a")), log.events)
    assert only(made).status == expected and made.score == (100 if expected == DONE else 0)


@pytest.mark.parametrize(
    ("limits", "minute", "expected"),
    [({"within": 30}, 40, DONE), ({"within": 30}, 41, LATE), ({"by": "2025-07-01T08:50"}, 50, DONE),
     ({"by": "2025-07-01T08:50"}, 51, LATE), ({"within": 60, "by": "2025-07-01T08:20"}, 30, LATE),
     ({"within": 5, "by": "2025-07-01T17:00"}, 30, LATE)],
)  # fmt: skip
def test_late_is_half_and_the_stricter_limit_counts(limits, minute, expected):
    made = evaluate(key(target("a", **limits)), Log().brings(minute=10).does(minute=minute).events)
    assert (only(made).status, made.score) == ((DONE, 100) if expected == DONE else (LATE, 50))


def test_a_later_try_counts_unless_the_first_must_be_right():
    log = Log().brings().does(fee=9).does(minute=9, fee=0)
    assert status([target("a", where={"fee": 0}), target("b", where={"fee": 0}, first=True)], log) == [DONE, WRONG]


def test_any_of_the_ways_is_enough():
    ways = [{"action": "refuse", "where": {"ground": "x"}}, {"action": "supplement", "where": {}}]
    assert status([target("a", ways=ways)], Log().brings().does("supplement")) == [DONE]
    assert status([target("a", ways=ways)], Log().brings().does("refuse", ground="x")) == [DONE]
    assert status([target("a", ways=ways)], Log().brings().does("refuse", ground="y")) == [WRONG]
    assert status(
        [target("a", ways=ways, first=True)], Log().brings().does("refuse", ground="y").does("supplement")
    ) == [WRONG]


def test_a_forbidden_action_costs_its_weight_once():
    good, never = target("a", weight=20), target("never", "sign", forbidden=True, weight=5)
    made = evaluate(key(good, never), Log().brings().does().does("sign").does("sign").events)
    assert [(f.status, f.points, f.evidence) for f in made.findings] == [(DONE, 20, (2,)), (WRONG, -5, (3, 4))]
    assert made.score == 75
    assert evaluate(key(good, never), Log().brings().does().events).score == 100


@pytest.mark.parametrize(("count", "expected"), [(0, DONE), (1, DONE), (2, WRONG), (3, WRONG)])
def test_a_forbidden_action_may_be_forbidden_only_from_the_second_time(count, expected):
    log = Log().brings()
    for _ in range(count):
        log.does("supplement")
    assert status([target("twice", "supplement", forbidden=True, times=2)], log) == [expected]


def test_a_forbidden_entry_is_looked_for_in_every_action():
    never = target("never", "sign", forbidden=True, where={"token": {"differs_from": "signer"}})
    assert status([never], Log().brings().does("sign", signer="A", token="A")) == [DONE]
    assert status([never], Log().brings().does("sign", signer="A", token="A").does("sign", signer="A", token="B")) == [
        WRONG
    ]


def test_what_never_came_cannot_be_broken_and_earns_nothing():
    made = evaluate(key(target("never", forbidden=True)), Log().does().events)
    assert only(made).status == DONE and made.score == 0


def test_after_wants_the_other_one_first():
    pair = [target("a"), target("b", "sign", after="s01.a")]
    assert status(pair, Log().brings().does().does("sign")) == [DONE, DONE]
    assert status(pair, Log().brings().does("sign").does()) == [DONE, WRONG]
    assert status(pair, Log().brings().does("sign")) == [MISSING, WRONG]
    assert status(pair, Log().brings().does("sign").does().does("sign")) == [DONE, DONE]


def test_each_inject_of_a_record_is_judged_in_its_own_time():
    first, back = target("first", "supplement"), target("back", "receive", inject="s01-back")
    early = target("early", "receive", forbidden=True)
    log = Log().brings().does("supplement").brings("s01-back", 60).does("receive", 65)
    assert status([first, early, back], log) == [DONE, DONE, DONE]
    log = Log().brings().does("receive").brings("s01-back", 60).does("supplement", 65)
    assert status([first, early, back], log) == [MISSING, WRONG, MISSING]


def test_an_inject_that_is_brought_again_starts_anew():
    log = Log().brings().add(ACTED, 5, "H1", "receive").brings(minute=30)
    assert evaluate(key(target("m1")), log.events).findings[0].status == MISSING
    again = log.add(ACTED, 40, "H1", "receive").events
    assert evaluate(key(target("m1")), again).findings[0].evidence == (4,)


def test_the_same_action_on_another_record_does_not_help():
    log = Log().brings().brings("s02", 1).does(record="H2", fee=0).does(record="H1", fee=1)
    pair = [target("a", where={"fee": 0}), target("a", inject="s02", record="H2", where={"fee": 0})]
    assert status(pair, log) == [WRONG, DONE]


# ---- score and rating ----------------------------------------------------------------------------------------------
def scoring(points: float, failed: int = 0) -> Evaluation:
    """An attempt of 100 points in all, that many reached; `failed` critical prohibitions (nearly free) broken."""
    targets = [target("good", weight=points or 1e-9), target("bad", "sign", weight=100 - points or 1e-9)]
    targets += [target(f"never{n}", "close", forbidden=True, critical=True, weight=1e-9) for n in range(failed)]
    log = Log().brings().does()
    return evaluate(key(*targets), (log.does("close") if failed else log).ends().events)


@pytest.mark.parametrize(
    ("points", "failed", "expected"),
    [(100, 0, "P"), (90, 0, "P"), (89.99, 0, "S"), (70, 0, "S"), (69.99, 0, "M"), (50, 0, "M"),
    (49.99, 0, "U"), (0, 0, "U"),
     (100, 1, "M"), (90, 2, "M"), (100, 3, "U"), (50, 2, "M"), (49.99, 1, "U")],
)  # fmt: skip
def test_ratings_at_their_borders(points, failed, expected):
    made = scoring(points, failed)
    assert (made.score, made.rating) == (points, expected)


@pytest.mark.parametrize(("points", "passed"), [(70, True), (69.99, False)])
def test_the_pass_mark_is_reached_or_not(points, passed):
    assert scoring(points).passed is passed


@pytest.mark.parametrize("done", ["receive", "sign"])
def test_nobody_has_passed_or_failed_before_the_attempt_has_ended(done):
    log = Log().brings().does(done)
    made = evaluate(key(target("a")), log.events)
    assert (made.passed, made.state, made.reasons) == (None, NEEDS_REVIEW, ("unfinished",))
    after = evaluate(key(target("a")), log.ends().events)
    assert (after.passed, after.state, after.score) == (done == "receive", GRADED, made.score)


@pytest.mark.parametrize(
    ("given", "expected"), [({"minute": 5}, "P"), ({"minute": 99}, "S"), ({"action": "sign"}, "M")]
)
def test_a_critical_target_that_is_late_is_no_failure_but_a_missing_one_is(given, expected):
    targets = [target("rest", "look_up", weight=70), target("must", weight=30, critical=True, within=30)]
    made = evaluate(key(*targets), Log().brings().does("look_up", 1).does(**given).events)
    assert made.rating == rating(made.score, made.findings) == expected


def test_the_score_is_never_below_zero():
    many = [target(f"n{n}", forbidden=True, weight=50) for n in range(5)]
    made = evaluate(key(target("a", "sign", weight=1), *many), Log().brings().does().events)
    assert (made.score, made.rating) == (0, "U") and str(made.score) == "0.0"


def test_a_key_without_targets_is_worth_nothing():
    made = evaluate(key(), Log().brings().ends().events)
    assert (made.score, made.findings, made.passed) == (0, (), False)


def test_refusals_are_counted_most_frequent_first():
    log = Log().brings()
    for action, reason in (("sign", "no_account:signer"), ("receive", "empty:fee"), ("sign", "no_account:signer")):
        log.add(REFUSED, 5, "H1", action, reason=reason)
    log.does()
    assert refusals(log.events) == (("sign", "no_account:signer", 2), ("receive", "empty:fee", 1))
    assert evaluate(key(target("a")), log.events).refusals == refusals(log.events)


# ---- purity --------------------------------------------------------------------------------------------------------
def test_it_changes_nothing_and_says_the_same_twice():
    ours = key(
        target("a", where={"papers": {"any_set": [["x", "y"]]}}, first=True), target("b", "sign", forbidden=True)
    )
    log = Log().brings().does(papers=["y", "x"]).does("sign")
    before = deepcopy((ours, log.events))
    first = evaluate(ours, log.events)
    assert first == evaluate(ours, log.events) == evaluate(deepcopy(ours), tuple(log.events))
    assert (ours, log.events) == before


def test_whoever_grades_loads_no_database_no_screen_and_no_notebook():
    heavy = ("sqlalchemy", "pandas", "ipywidgets", "papermill", "voila", "faker", "pydantic", "matplotlib")
    program = f"import sys, grading.evaluate; sys.exit(' '.join(set({heavy!r}) & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stderr.strip() == ""
