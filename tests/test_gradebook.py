"""The gradebook: hostile names survive every form and never run; statements keep the rules of cmi5."""

import csv
import io
import json
from collections import Counter
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from grading.evaluate import PENDING, evaluate
from grading.gradebook import COLUMNS, Graded, as_csv, as_xlsx, neutral, plain_of, row_of, statements
from grading.seal import seal, unsealed
from grading.session_grades import differences, told_of
from tests.rehearsed import begun, played

HOSTILE = [
    "=HYPERLINK(\"http://x.example\",\"a\")", "+1+1", "-1+1|cmd", "@SUM(1)", "\t=1", "\r=1", "'quoted", "001204000123",
    "079123456789", "Nguyễn, \"Thị\"\r\nTập", "<img src=x onerror=1>", "=1+1\x00\x07", "yes", "1e5", "ünïcode 𝄞",
]  # fmt: skip
CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/"


@pytest.fixture(scope="module")
def graded() -> Graded:
    attempt, key = played("careless")
    row = {"id": attempt.id, "trainee": attempt.trainee, "mode": attempt.mode, "script": key.script}
    return Graded("practice", row, attempt.events, evaluate(key, attempt.events))


def named(graded: Graded, name: str) -> Graded:
    return replace(graded, attempt={**graded.attempt, "trainee": name})


def test_every_column_of_a_row_has_its_value(graded):
    row = row_of(graded)
    assert tuple(row) == COLUMNS
    assert row["count_done"] == sum(finding.status == "done" for finding in graded.evaluation.findings)
    assert row["log"] == graded.events[-1].hash and row["seconds"] == len(graded.events) - 1, "a second each event"


@pytest.mark.parametrize("bom", [False, True])
def test_hostile_names_come_back_from_csv_and_none_begins_like_a_formula(graded, bom):
    rows = [row_of(named(graded, name)) for name in HOSTILE]
    data = as_csv(rows, bom)
    assert data.startswith(b"\xef\xbb\xbf") == bom
    heading, *read = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(heading) == COLUMNS and {len(line) for line in read} == {len(COLUMNS)}
    place = COLUMNS.index("trainee")
    assert [plain_of(line[place]) for line in read] == HOSTILE
    assert not [cell for line in read for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


@given(st.text(max_size=40))
def test_neutral_can_be_taken_back_and_begins_no_formula(text):
    assert plain_of(neutral(text)) == text
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_hostile_names_come_back_from_xlsx_as_text_and_nothing_is_a_formula(graded):
    rows = [row_of(named(graded, name)) for name in HOSTILE]
    sheet = load_workbook(io.BytesIO(as_xlsx(rows))).active
    read = [list(line) for line in sheet.iter_rows(min_row=2)]
    place = COLUMNS.index("trainee")
    assert {line[COLUMNS.index("people")].value for line in read} == {None}, "no roster, an empty cell"
    told = [line[place].value.replace("_x000D_", "\r") for line in read]
    assert told == [name.replace("\x00", "\ufffd").replace("\x07", "\ufffd") for name in HOSTILE]
    assert {cell.data_type for line in read for cell in line} <= {"s", "n"}, "no cell is a formula"
    assert all(line[COLUMNS.index("unit")].data_type == "s" for line in read), "a unit's code stays text"
    assert all(line[COLUMNS.index("score")].data_type == "n" for line in read)


def test_statements_keep_the_rules_of_cmi5(graded):
    made = list(statements(graded, 80))
    verbs = [one["verb"]["id"].rpartition("/")[2] for one in made]
    counted = Counter(verbs)
    assert verbs[0] == "initialized" and verbs[-1] == "terminated"
    assert counted["passed"] + counted["failed"] == 1 and counted["completed"] == 1
    assert len({one["id"] for one in made}) == len(made)
    assert len({one["context"]["registration"] for one in made}) == 1
    for verb, one in zip(verbs, made, strict=True):
        result = one.get("result", {})
        assert ("score" in result) == (verb in ("passed", "failed"))
        assert ("duration" in result) == (verb in ("completed", "passed", "failed", "terminated"))
        told = {each["id"].removeprefix(CATEGORY) for each in one["context"]["contextActivities"].get("category", [])}
        moves = {"moveon"} if verb in ("completed", "passed", "failed") else set()
        assert told == (set() if verb == "interacted" else {"cmi5"} | moves), verb
    (judged,) = [one for one in made if one["verb"]["id"].endswith(("/passed", "/failed"))]
    assert judged["result"]["score"]["scaled"] == graded.evaluation.score / 100
    assert judged["result"]["success"] == judged["verb"]["id"].endswith("/passed") == graded.evaluation.passed
    assert json.loads(json.dumps(made)) == made
    assert set(made[0]["actor"]) == {"objectType", "account"}, "no e-mail address"


def test_an_attempt_that_goes_on_is_neither_completed_nor_judged():
    attempt, key = begun()
    attempt.wait()
    row = {"id": attempt.id, "trainee": attempt.trainee, "mode": attempt.mode}
    going = Graded("practice", row, attempt.events, evaluate(key, attempt.events))
    verbs = [one["verb"]["id"].rpartition("/")[2] for one in statements(going, 80)]
    assert verbs == ["initialized"] and row_of(going)["state"] == "needs_review"


def test_an_attempt_that_earned_all_and_goes_on_has_neither_passed_nor_failed_in_any_form():
    attempt, key = played("model")
    made = {"id": attempt.id, "trainee": attempt.trainee, "mode": attempt.mode}
    one, going = (Graded("practice", made, events, evaluate(key, events))
                  for events in (attempt.events, attempt.events[:-1]))  # fmt: skip
    rows, place = [row_of(each) for each in (one, going)], COLUMNS.index("passed")
    assert [(row["score"], row["passed"]) for row in rows] == [(100, True), (100, None)]
    _, *lines = csv.reader(io.StringIO(as_csv(rows).decode(), newline=""))
    assert [line[place] for line in lines] == ["yes", ""]
    sheet = load_workbook(io.BytesIO(as_xlsx(rows))).active
    assert [line[place] for line in sheet.iter_rows(min_row=2, values_only=True)] == ["yes", None]
    verbs = {each["verb"]["id"].rpartition("/")[2] for each in statements(going, 80)}
    assert not verbs & {"passed", "failed", "completed"}


def test_who_passed_once_marks_are_in_had_not_passed_in_the_sealed_results_before(graded):
    session = {"session": "practice", "invalid": {}}
    made = graded.evaluation
    open_one = replace(graded, evaluation=replace(made, rating=PENDING, passed=None, reasons=("unjudged",)))
    before, now = ({**session, "graded": [json.loads(json.dumps(told_of(one)))]} for one in (open_one, graded))
    key = Ed25519PrivateKey.generate()
    assert before["graded"][0]["passed"] is None and unsealed(before, seal(before, key), key.public_key()) == []
    assert ("passed", None, made.passed) in [(one["field"], one["before"], one["after"])
                                             for one in differences(before, now)]  # fmt: skip
    before["graded"][0]["passed"] = True
    forged = unsealed(before, seal({**session, "graded": [told_of(open_one)]}, key), key.public_key())
    assert [one.field for one in forged] == ["passed"]
    verbs = {one["verb"]["id"].rpartition("/")[2] for one in statements(open_one, 80)}
    assert not verbs & {"passed", "failed"} and "completed" in verbs
