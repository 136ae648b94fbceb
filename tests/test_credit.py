"""Credit in part, k-of-n over several matters, objectives with their rule; and what a guide may say about them."""

import pytest
from pydantic import ValidationError

from grading.evaluate import DONE, MISSING, NOT_REACHED, PARTLY, WRONG, evaluate
from grading.players import steps
from kit.compiling import compile_exercise
from kit.errors import BrokenFile
from kit.exercise import Expectation, load_exercise
from kit.script import Key
from tests.marked_home import COUNTED, EXERCISE, JUDGED, OBJECTIVES, judged_home
from tests.rehearsed import home_in, world
from tests.test_evaluate import Log, key, only, status, target

TWO = {"fee": 0, "unit": "A"}
SAID = {"vi": "x", "en": "x"}
PLAIN = {"id": "a", "truths": ["t"], "title": SAID, "rule": SAID, "advice": SAID, "hint": SAID, "weight": 2.0,
         "basis": [{"ref": "x", "source": "ND118", "confidence": "primary"}]}  # fmt: skip
WAY = {"any": [{"action": "receive"}]}
LEVEL = {"id": "full", "share": 1.0, "says": SAID}
NONE = {"id": "none", "share": 0.0, "says": SAID}


def rubric(*levels: dict) -> dict:
    return {"judged": {"looks_at": [{"action": "draft"}], "levels": list(levels)}}


# ---- in part -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "expected", "points"),
    [({"fee": 0, "unit": "A"}, DONE, 10), ({"fee": 0, "unit": "B"}, PARTLY, 5), ({"fee": 1, "unit": "B"}, WRONG, 0)],
)
def test_a_wrong_try_earns_the_share_of_its_right_entries(given, expected, points):
    made = only(evaluate(key(target("a", where=TWO, partial=True)), Log().brings().does(**given).events))
    assert (made.status, made.points) == (expected, points)


def test_the_best_try_counts_late_ones_half_and_the_first_alone_where_the_guide_says_so():
    log = Log().brings().does(fee=1, unit="B").does(minute=9, fee=0, unit="B")
    best = only(evaluate(key(target("a", where=TWO, partial=True)), log.events))
    assert (best.points, best.evidence, [slip.field for slip in best.slips]) == (5, (3,), ["unit"])
    assert only(evaluate(key(target("a", where=TWO, partial=True, within=8)), log.events)).points == 2.5
    assert only(evaluate(key(target("a", where=TWO, partial=True, first=True)), log.events)).status == WRONG
    assert only(evaluate(key(target("a", where=TWO)), log.events)).points == 0


# ---- k-of-n --------------------------------------------------------------------------------------------------------
def counting(at_least: int, partial: bool = False) -> Key:
    parts = [target("a", inject=f"s0{n}", record=f"H{n}", within=30) for n in (1, 2, 3)]
    rule = {"of": [one.id for one in parts], "at_least": at_least}
    return key(*parts, target("all", inject="s03", record="H3", ways=(), counts=rule, partial=partial))


def did(*minutes: int) -> Log:
    log = Log().brings("s01").brings("s02").brings("s03")
    for number, minute in enumerate(minutes, start=1):
        log.does(minute=minute, record=f"H{number}")
    return log


@pytest.mark.parametrize(
    ("minutes", "partial", "expected", "points"),
    [((5, 5), False, DONE, 10), ((5, 5, 5), False, DONE, 10), ((5, 50), False, MISSING, 0),
     ((50, 50), False, WRONG, 0), ((5,), True, PARTLY, 5), ((), True, MISSING, 0)],
)  # fmt: skip
def test_at_least_two_of_three_in_time(minutes, partial, expected, points):
    made = evaluate(counting(2, partial), did(*minutes).events).findings[-1]
    assert (made.status, made.points) == (expected, points)


def test_what_counts_is_not_reached_while_nothing_came_and_asks_no_step_of_the_model():
    assert status(counting(2).targets, Log())[-1] == NOT_REACHED
    assert [action for _, action, _ in steps(counting(2), "s03")] == ["receive"]


# ---- objectives ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("done", "rating", "rule"),
    [
        (("a", "b", "c"), "P", "score"),
        (("a", "b"), "M", "critical"),
        (("a",), "M", "score"),
        (("b", "c"), "U", "score"),
    ],
)
def test_each_objective_has_its_rating_and_its_rule(done, rating, rule):
    targets = [target("a", "receive", weight=55, objective="o"), target("b", "sign", weight=35, objective="o"),
               target("c", "close", weight=10, critical=True, objective="o"),
               target("d", "look_up", objective="p")]  # fmt: skip
    log = Log().brings()
    for name, action in (("a", "receive"), ("b", "sign"), ("c", "close")):
        if name in done:
            log.does(action)
    made = key(*targets)
    made.objectives.update({"o": SAID, "p": SAID, "empty": SAID})
    first, second = evaluate(made, log.events).objectives
    assert (first.id, first.rating, first.rule) == ("o", rating, rule) and (second.id, second.rating) == ("p", "U")


# ---- what a guide may say ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "extra",
    [{}, WAY | rubric(LEVEL, NONE), rubric(LEVEL), rubric(NONE, LEVEL), rubric(LEVEL, {**NONE, "id": "full"}),
     rubric(LEVEL, {**NONE, "share": 0.5}), rubric({**LEVEL, "share": 0.9}, NONE),
     rubric(LEVEL, NONE) | {"first": True}, WAY | {"partial": True, "critical": True},
     rubric(LEVEL, NONE) | {"within": 5}, rubric(LEVEL, NONE) | {"partial": True},
     {"counts": {"of": [], "at_least": 1}}, {"counts": {"of": ["b"], "at_least": 0}},
     {"judged": {**rubric(LEVEL, NONE)["judged"], "evaluators": 3}}],
)  # fmt: skip
def test_a_guide_may_not_say_it_so(extra):
    with pytest.raises(ValidationError):
        Expectation.model_validate(PLAIN | extra)


@pytest.mark.parametrize("extra", [WAY, rubric(LEVEL, NONE), {"counts": {"of": ["b"], "at_least": 1}, "partial": True}])
def test_a_guide_may_say_it_so(extra):
    Expectation.model_validate(PLAIN | extra)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [(("action: draft_document", "action: dance"), "judged.looks_at.0.action"),
     (("out_kind,", "out_mood,"), "looks_at.0.fields.0"),
     (("of: [draft-form]", "of: [dance]"), "counts.of.0"), (("at_least: 2", "at_least: 9"), "at_least: 9"),
     (("objective: writing", "objective: dancing"), "objective")],
)  # fmt: skip
def test_what_does_not_exist_is_named_with_its_place(tmp_path, monkeypatch, wrong, named):
    monkeypatch.setenv("KIT_HOME", str(home_in(tmp_path)))
    guide = tmp_path / "exercises" / EXERCISE / "guide.yaml"
    added = (JUDGED + COUNTED).replace(*wrong, 1)
    guide.write_text(OBJECTIVES + guide.read_text(encoding="utf-8").rstrip() + "\n" + added, "utf-8")
    with pytest.raises(BrokenFile, match=r"guide\.yaml") as told:
        compile_exercise(load_exercise(EXERCISE), world(), 1, "x")
    assert named in str(told.value)


def test_a_key_with_rubrics_survives_its_store(tmp_path):
    session = judged_home(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(tmp_path))
        ((number, _),) = session.store().scripts()
        made = session.keys().key(number)
    assert Key.from_json(made.to_json()) == made
    assert sum(bool(one.judged) for one in made.targets) == 2 and len(made.targets[-1].counts["of"]) == 3
