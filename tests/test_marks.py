"""Manual marks: through the one door into a real store, read back from the log, and what they do to an evaluation."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.agreement import agreement
from grading.evaluate import (
    DONE,
    MISSING,
    NEEDS_REVIEW,
    NOT_REACHED,
    PARTLY,
    PENDING,
    UNJUDGED,
    WRONG,
    Evaluation,
    Finding,
    evaluate,
)
from kit.attempt import Attempt
from kit.errors import BrokenLog, StaleAttempt, WrongUse
from kit.event import ACTED, DELIVERED, FINISHED, MARKED, STARTED, Event, seal
from kit.marking import Given, give
from kit.marks import EVALUATOR, LEAD, MACHINE, OVERRIDE, marks_of, same_person, visible
from kit.script import Key, Script
from kit.store import EventStore
from tests.rehearsed import ticking
from tests.test_evaluate import AT, key, target

AN, BINH, CHI = "Trần Thị An", "Lê Văn Bình", "Phạm Chi"
LEVELS = [{"id": name, "share": share, "says": {"vi": name, "en": name}}
          for name, share in (("full", 1.0), ("most", 0.75), ("part", 0.5), ("none", 0.0))]  # fmt: skip
NUMBER = "a" * 32
SCRIPT = Script("00", {"vi": "", "en": ""}, {"vi": "", "en": ""}, 1, "26740", "x", "2025-07-01T08:00", 60, (), {}, ())


def judged(name: str = "text", evaluators: int = 1, **more: Any) -> Any:
    rubric = {"evaluators": evaluators, "looks_at": [{"action": "draft", "fields": []}], "levels": LEVELS}
    return target(name, "draft", judged=rubric, **more)


def ended(*done: str, finish: bool = True) -> EventStore:
    """A store with one attempt: the inject came, these actions were done, it ended."""
    store = EventStore("sqlite://")
    number = store.add_script(SCRIPT)
    kinds = [(STARTED, "", ""), (DELIVERED, "s01", ""), *((ACTED, "H1", action) for action in done)]
    events: list[Event] = []
    for kind, record, action in [*kinds, *([(FINISHED, "", "")] if finish else [])]:
        event = Event(NUMBER, len(events), kind, "2025-07-01T08:00", AT, "Nguyễn Tập", "onestop", action, record)
        events.append(seal(event, events[-1].hash if events else ""))
    store.open({"id": NUMBER, "script": number, "trainee": "Nguyễn Tập", "mode": "practice", "token": "t"}, events[0])
    store.append(*events[1:])
    return store


def mark(store: EventStore, keys: Key, who: str, level: str, role: str = EVALUATOR, **more: str) -> Event:
    remark = more.pop("remark", "vì có đủ căn cứ")
    return give(store, keys, NUMBER, Given(more.pop("target", "s01.text"), who, level, remark, role), ticking())


def made(store: EventStore, keys: Key) -> Evaluation:
    return evaluate(keys, store.read(NUMBER))


def of(evaluation: Evaluation, name: str = "s01.text") -> Finding:
    return next(one for one in evaluation.findings if one.target.id == name)


# ---- before anybody has marked -------------------------------------------------------------------------------------
def test_what_nobody_has_judged_is_never_a_pass_and_the_range_is_told():
    keys = key(target("a", weight=30), judged(weight=10), target("never", "close", forbidden=True, weight=5))
    found = made(ended("receive", "draft"), keys)
    assert (of(found).status, of(found).points, of(found).evidence) == (UNJUDGED, 0, (3,))
    assert (found.score, found.rating, found.passed) == (100, PENDING, None)
    assert (found.whole.score.lowest, found.whole.score.highest, found.whole.score.open) == (75, 100, 10)
    assert (found.state, found.reasons) == (NEEDS_REVIEW, ("unjudged",))


@pytest.mark.parametrize(("done", "inject", "status"), [((), "s01", MISSING), (("draft",), "s02", NOT_REACHED)])
def test_where_there_is_nothing_to_look_at_nobody_need_mark(done, inject, status):
    found = made(ended(*done), key(target("a", weight=30), judged(weight=10, inject=inject)))
    assert (of(found, f"{inject}.text").status, found.rating, found.whole.score.open) == (status, "U", 0)


def test_an_unfinished_attempt_needs_review_for_that_reason():
    assert made(ended("receive", finish=False), key(target("a"))).reasons == ("unfinished",)


# ---- one evaluator, two, the lead ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("level", "status", "score", "rating"),
    [("full", DONE, 100, "P"), ("most", PARTLY, 93.75, "P"), ("part", PARTLY, 87.5, "S"), ("none", WRONG, 75, "S")],
)
def test_a_level_earns_its_share(level, status, score, rating):
    store, keys = ended("receive", "draft"), key(target("a", weight=30), judged(weight=10))
    event = mark(store, keys, AN, level, remark="  rõ ràng\u202e ")
    found = made(store, keys)
    assert (of(found).status, found.score, found.rating, found.state) == (status, score, rating, "graded")
    assert (event.kind, event.actor, event.record, event.at) == (MARKED, AN, "H1", "2025-07-01T00:00:01.000+00:00")
    assert event.given == {"target": "s01.text", "role": EVALUATOR, "level": level, "remark": "rõ ràng"}


@pytest.mark.parametrize(("level", "rating"), [("most", "P"), ("none", "M")])
def test_a_critical_one_fails_only_at_nothing(level, rating):
    store, keys = ended("receive", "draft"), key(target("a", weight=49), judged(weight=1, critical=True))
    mark(store, keys, AN, level)
    assert made(store, keys).rating == rating


def test_two_evaluators_then_the_lead():
    store, keys = ended("draft"), key(judged(evaluators=2))
    mark(store, keys, AN, "full")
    assert made(store, keys).reasons == ("unjudged",) and of(made(store, keys)).verdict.state == "open"
    mark(store, keys, BINH, "part")
    assert made(store, keys).reasons == ("unjudged", "differing") and made(store, keys).rating == PENDING
    mark(store, keys, CHI, "most", LEAD)
    found = made(store, keys)
    assert (of(found).status, found.score, of(found).verdict.state) == (PARTLY, 75, "decided")
    assert [(one.who, one.level) for one in of(found).verdict.marks] == [(AN, "full"), (BINH, "part"), (CHI, "most")]


def test_a_second_opinion_that_differs_reopens_what_one_had_judged():
    store, keys = ended("draft"), key(judged())
    mark(store, keys, AN, "full")
    mark(store, keys, BINH, "none")
    assert made(store, keys).reasons == ("unjudged", "differing")


def test_whoever_marks_again_adds_a_mark_and_the_last_one_counts():
    store, keys = ended("draft"), key(judged())
    for level in ("none", "part"):
        mark(store, keys, AN, level)
    assert made(store, keys).score == 50 and len(of(made(store, keys)).verdict.marks) == 2
    assert len(store.read(NUMBER)) == 6


def test_nobody_sees_the_others_mark_before_giving_their_own():
    store, keys = ended("draft"), key(judged(evaluators=2))
    mark(store, keys, AN, "full")
    marks = marks_of(store.read(NUMBER))["s01.text"]
    assert visible(marks, BINH) == [] and visible(marks, CHI) == []
    assert visible(marks, f" {AN.upper()} ") == marks
    mark(store, keys, BINH, "part")
    marks = marks_of(store.read(NUMBER))["s01.text"]
    assert visible(marks, BINH) == visible(marks, CHI) == marks


def test_agreement_compares_first_marks_alone():
    names = ("text", "other", "third")
    store, keys = ended("draft"), key(*(judged(name, evaluators=2) for name in names))
    for name, one, two in zip(names, ("full", "full", "full"), ("full", "most", "none"), strict=True):
        mark(store, keys, AN, one, target=f"s01.{name}")
        assert agreement(made(store, keys).findings).both == names.index(name)
        mark(store, keys, BINH, two, target=f"s01.{name}")
    mark(store, keys, BINH, "full", target="s01.third")  # having seen the other's
    found = agreement(made(store, keys).findings)
    assert (found.both, found.exact, found.adjacent, round(found.share, 3)) == (3, 1, 2, 0.333)
    assert of(made(store, keys), "s01.third").status == DONE


# ---- overrides -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("level", "score"), [("done", 100), ("partly", 75), ("wrong", 50)])
def test_an_override_keeps_the_machines_finding_beside_it(level, score):
    store, keys = ended("receive"), key(target("a"), target("b", "sign"))
    mark(store, keys, AN, level, OVERRIDE, target="s01.b")
    found = of(made(store, keys), "s01.b")
    assert made(store, keys).score == score and (found.machine.status, found.machine.points) == (MISSING, 0)
    assert found.verdict.marks[0].remark == "vì có đủ căn cứ"
    mark(store, keys, AN, MACHINE, OVERRIDE, target="s01.b")
    again = of(made(store, keys), "s01.b")
    assert (made(store, keys).score, again.machine, len(again.verdict.marks)) == (50, None, 2)


def test_a_forbidden_deed_may_be_forgiven_and_costs_again_when_it_is_not():
    store, keys = ended("receive", "close"), key(target("a", weight=20), target("never", "close", forbidden=True))
    assert made(store, keys).score == 50
    for level, score in (("done", 100), ("partly", 75), ("wrong", 50)):
        mark(store, keys, AN, level, OVERRIDE, target="s01.never")
        assert made(store, keys).score == score


# ---- what the door refuses -----------------------------------------------------------------------------------------
REFUSED: list[tuple[str, dict[str, str]]] = [
    ("target", {"target": "s01.nothing"}), ("name", {"who": "\u200b \u202e"}), ("name", {"who": "x" * 81}),
    ("own_attempt", {"who": "nguyễn  TẬP"}), ("level", {"level": "best"}), ("level", {"level": ""}),
    ("role", {"role": "admin"}), ("remark_long", {"remark": "x" * 2_001}), ("not_judged", {"target": "s01.a"}),
    ("reason", {"role": OVERRIDE, "remark": " \u200b ", "target": "s01.a", "level": "done"}),
    ("override_judged", {"role": OVERRIDE, "level": "done"}), ("nothing_to_decide", {"role": LEAD}),
    ("level", {"role": OVERRIDE, "target": "s01.a", "level": "full"}),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "asked"), REFUSED)
def test_what_may_not_be_marked_so_is_explained_and_leaves_no_trace(reason, asked):
    from kit.words import say

    store, keys = ended("receive", "draft"), key(target("a"), judged())
    wish = {"who": AN, "level": "full", "role": EVALUATOR, **asked}
    before = store.read(NUMBER)
    with pytest.raises(WrongUse) as told:
        mark(store, keys, wish.pop("who"), wish.pop("level"), wish.pop("role"), **wish)
    assert told.value.vi == say(f"marks.wrong.{reason}", "vi") and store.read(NUMBER) == before


def test_a_running_attempt_a_third_evaluator_and_a_partial_lead_are_refused():
    keys = key(judged(evaluators=2))
    with pytest.raises(WrongUse, match="not ended"):
        mark(ended("draft", finish=False), keys, AN, "full")
    store = ended("draft")
    mark(store, keys, AN, "full")
    with pytest.raises(WrongUse, match="two differing"):
        mark(store, keys, CHI, "part", LEAD)
    mark(store, keys, BINH, "none")
    with pytest.raises(WrongUse, match="Two evaluators"):
        mark(store, keys, CHI, "part")
    with pytest.raises(WrongUse, match="third person"):
        mark(store, keys, AN.lower(), "part", LEAD)
    mark(store, keys, CHI, "part", LEAD)
    with pytest.raises(WrongUse, match="lead has decided"):
        mark(store, keys, AN, "none")


def test_a_name_is_the_same_whatever_its_capitals_but_not_whatever_its_tones():
    assert same_person(" trần  thị AN", AN) and not same_person("Nguyễn Văn Toàn", "Nguyễn Văn Toán")


def test_marks_given_in_the_same_moment_are_both_kept(monkeypatch):
    store, keys = ended("draft"), key(judged())
    real, waiting = store.append, [BINH]

    def slow(*events: Event) -> None:
        if waiting:
            mark(store, keys, waiting.pop(), "part")
        real(*events)

    monkeypatch.setattr(store, "append", slow)
    mark(store, keys, AN, "full")
    assert [one.who for one in marks_of(store.read(NUMBER))["s01.text"]] == [BINH, AN]


def test_a_store_that_is_always_taken_says_so(monkeypatch):
    store, keys = ended("draft"), key(judged())

    def taken(*events: Event) -> None:
        raise StaleAttempt("vi", "en")

    monkeypatch.setattr(store, "append", taken)
    with pytest.raises(StaleAttempt):
        mark(store, keys, AN, "full")


def test_a_mark_changed_in_the_store_breaks_the_chain():
    import sqlalchemy as sql

    store, keys = ended("draft"), key(judged())
    mark(store, keys, AN, "none")
    with store.engine.begin() as connection:
        connection.execute(sql.text("""update events set body = replace(body, '"none"', '"full"')"""))
    with pytest.raises(BrokenLog):
        made(store, keys)


def test_marks_before_the_end_and_of_no_known_level_or_target_count_for_nothing():
    keys = key(target("a"), judged())
    events = ended("receive", "draft").read(NUMBER)
    told = {"target": "s01.text", "role": EVALUATOR, "level": "full", "remark": ""}
    early = [*events[:-1], replace(events[-1], kind=MARKED, given=told), events[-1]]
    wrong = [{**told, "level": "gold"}, {**told, "target": "s09.x"}, {**told, "role": "boss"}, {"target": ["x"]}, {}]
    late = [*events, *(replace(events[-1], kind=MARKED, given=given) for given in wrong)]
    for log in (early, late):
        assert [one.status for one in evaluate(keys, log).findings] == [DONE, UNJUDGED]


# ---- marks only move what they mark --------------------------------------------------------------------------------
TARGETS = (
    target("a", weight=20), target("b", "sign", weight=8), target("never", "close", forbidden=True, weight=5),
    judged("text", weight=10), judged("other", evaluators=2, weight=7),
)  # fmt: skip
ROLE_LEVELS = [(role, level) for role in (EVALUATOR, LEAD) for level in ("full", "most", "part", "none", "gold")]
ROLE_LEVELS += [(OVERRIDE, level) for level in ("done", "partly", "wrong", MACHINE, "full")]
WISHES = st.tuples(st.sampled_from([one.id for one in TARGETS]), st.sampled_from([AN, BINH, CHI]),
                   st.sampled_from(ROLE_LEVELS), st.text(max_size=40))  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.lists(WISHES, max_size=8))
def test_a_mark_moves_only_the_finding_that_it_names_and_never_leaves_the_range(wishes):
    store, keys = ended("receive", "draft", "close"), key(*TARGETS)
    for name, who, (role, level), remark in wishes:
        before = made(store, keys)
        try:
            give(store, keys, NUMBER, Given(name, who, level, remark, role), ticking())
        except WrongUse:
            assert made(store, keys) == before
            continue
        after = made(store, keys)
        moved = {b.target.id for b, a in zip(before.findings, after.findings, strict=True) if a != b}
        assert moved <= {name}
        assert 0 <= after.whole.score.lowest <= after.score <= after.whole.score.highest <= 100
        assert (after.rating == PENDING) == bool(after.unjudged) == (after.passed is None)
        if role != OVERRIDE:
            assert before.whole.score.lowest <= after.whole.score.highest


def test_a_trainee_who_comes_back_after_marking_finds_the_attempt_ended():
    store, keys = ended("draft"), key(judged())
    mark(store, keys, AN, "full")
    again = Attempt(store, store.attempt(id=NUMBER))
    assert again.state.finished
    with pytest.raises(WrongUse):
        again.finish()
