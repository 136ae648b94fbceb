"""The coach tells guided and practising trainees, never assessed ones, and survives every line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grading.coach import advise, answer
from grading.players import PLAYERS, play
from grading.telling import needs_mark
from kit.attempt import Attempt
from kit.errors import KitError, NotFound
from kit.key_store import KeyStore
from kit.script import Key, Script, first_of
from kit.session import Session
from kit.store import EventStore
from kit.words import say
from tests.rehearsed import compiled, home_in

GARBAGE = [
    "", "\n", "x", "{", "null", "1", "[]", '"x"', "{}", '{"attempt": null}', '{"attempt": {}}', '{"attempt": ["x"]}',
    '{"attempt": "\\ud800"}', '{"attempt": "\\u0000"}', '{"attempt": 79123456789}',
    '{"attempt": "' + "x" * 100_000 + '"}',
    "[" * 200_000, '{"a":' * 100_000, "NaN", "1" * 10_000, '{"attempt": ' + "1" * 10_000 + "}",
    "{\"attempt\": \"' OR 1=1 --\"}",
    '{"language": "en"}', "\ufeff{}", "\x00", '{"attempt": "x", "language": {"a": 1}}',
]  # fmt: skip


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("KIT_HOME", str(home_in(tmp_path)))
    return Session.named("practice")


def attempted(session: Session, mode: str, robot: str = "careless") -> Attempt:
    """A finished attempt, kept in the session with its key."""
    script, key = compiled()
    store = session.store()
    session.keys().add(key)
    attempt, _ = Attempt.start(store, store.add_script(script), "x", mode)
    play(attempt, key, PLAYERS[robot])
    return attempt


@pytest.mark.parametrize("mode", ["guided", "practice"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_practising_trainee_is_told_every_finding_in_his_language(session, mode, language):
    attempt = attempted(session, mode)
    told = advise(session.store(), session.keys(), attempt.id, language)
    _, key = compiled()
    assert [one["id"] for one in told["findings"]] == [target.id for target in key.targets]
    assert told["rating"] == "U" and not told["passed"] and told["score"] < 50
    for one, target in zip(told["findings"], key.targets, strict=True):
        assert (one["rule"], one["hint"]) == (target.rule[language], target.hint[language])
        assert one["basis"] == list(target.cited(language))
        assert language == "vi" or all(ref.isascii() for ref in one["basis"])
        assert bool(one["mark"]) is needs_mark(target.basis)
        assert one["mark"] in ("", say("training.mark", language))
    json.dumps(told)


def test_what_was_planted_is_told_once_the_attempt_has_ended(session):
    attempt = attempted(session, "guided")
    _, key = compiled()
    target = key.targets[0]
    told = advise(session.store(), session.keys(), attempt.id, "vi")
    assert told["planted"][target.record].startswith(say(f"truth.{key.truths[first_of(target.inject)]}", "vi"))
    under_way, _ = Attempt.start(session.store(), session.store().attempt(id=attempt.id)["script"], "y", "guided")
    assert advise(session.store(), session.keys(), under_way.id, "vi")["planted"] == {}


@pytest.mark.parametrize("truth", ["missing_component", "altered", "duplicate"])
def test_a_guided_trainee_is_told_which_fault_was_missed(session, truth):
    """Known once the dossier was received; nothing is told of the others, nor to whoever only practises."""
    script, key = compiled()
    number = session.store().add_script(script)
    session.keys().add(key)
    inject = next(cue.id for cue in script.cues if key.truths.get(cue.id) == truth)
    record = key.records[inject]
    for mode in ("guided", "practice"):
        attempt, _ = Attempt.start(session.store(), number, "x", mode)
        while record not in attempt.state.records:
            attempt.wait()
            attempt.deliver()
        assert advise(session.store(), session.keys(), attempt.id, "vi")["planted"] == {}
        given = {"competent_unit": script.office["code"], "due_date": "2025-07-04", "fee": 0, "exemption": "none",
                 "result_channel": "counter"}  # fmt: skip
        assert attempt.act("onestop", "receive", record, given).accepted
        told = advise(session.store(), session.keys(), attempt.id, "vi")
        assert told["planted"] == ({record: named_fault(script, key, inject)} if mode == "guided" else {})
        assert all("slips" not in one for one in told["findings"])


def named_fault(script: Script, key: Key, inject: str) -> str:
    """The truth, and where it is, from what the case itself says."""
    facts, records = key.facts[inject], next(cue.records for cue in script.cues if cue.id == inject)
    named = say(f"truth.{key.truths[inject]}", "vi")
    if "defects" in facts:
        return f"{named}: {records[key.records[inject]]['asks'][facts['defects'][0]]}"
    entries = {"ranking": "“Xếp loại”", "birth_date": "“Ngày sinh”", "year": "“Năm tốt nghiệp”"}
    return f"{named}: {entries[facts['field']] if 'field' in facts else facts['earlier'][-4:]}"


def test_after_the_end_each_wrong_entry_is_told_beside_the_right_one(session):
    attempt = attempted(session, "practice")
    told = advise(session.store(), session.keys(), attempt.id, "vi")
    slips = [slip for one in told["findings"] for slip in one["slips"]]
    assert slips and all(slip.keys() == {"name", "found", "expected"} for slip in slips)
    assert all(slip["found"] != slip["expected"] and not slip["name"].startswith("field.") for slip in slips)


def test_an_assessed_attempt_is_told_nothing(session):
    attempt = attempted(session, "assessed", "idle")
    with pytest.raises(KitError) as no:
        advise(session.store(), session.keys(), attempt.id, "vi")
    assert "công bố" in no.value.vi and "release" in no.value.en
    told = answer(json.dumps({"attempt": attempt.id}), session.store(), session.keys())
    assert list(told) == ["error"]


def test_an_unknown_attempt_and_a_missing_key_are_problems_not_crashes(session):
    with pytest.raises(NotFound):
        advise(session.store(), session.keys(), "f" * 32, "vi")
    script, _ = compiled(2)
    attempt, _ = Attempt.start(session.store(), session.store().add_script(script), "x", "practice")
    with pytest.raises(NotFound):
        advise(session.store(), session.keys(), attempt.id, "vi")


@pytest.mark.parametrize("line", GARBAGE, ids=range(len(GARBAGE)))
def test_no_line_stops_the_coach(line):
    told = answer(line, EventStore("sqlite://"), KeyStore("sqlite://"))
    assert list(told) == ["error"] and len(json.dumps(told, ensure_ascii=False).encode()) < 500


@pytest.mark.parametrize(("confidence", "mark"),
[("primary", False), ("package", False), ("seed", False), ("portal", True),
                                                  ("page", True), ("memory", True), ("training", True)])  # fmt: skip
def test_what_is_less_than_read_law_is_marked(confidence, mark):
    sure = {"ref": "x", "source": "y", "confidence": "primary"}
    assert needs_mark((sure, sure | {"confidence": confidence})) is mark


def test_the_coach_as_a_process_answers_line_by_line(session):
    attempt = attempted(session, "practice")
    lines = [json.dumps({"attempt": attempt.id, "language": "en"}), "rubbish", json.dumps({"attempt": attempt.id})]
    done = subprocess.run(
        [sys.executable, "-m", "grading.coach", session.name], input="\n".join(lines) + "\n", capture_output=True,
        text=True, encoding="utf-8", timeout=60, env={**os.environ},
    )  # fmt: skip
    first, second, third = (json.loads(line) for line in done.stdout.splitlines())
    assert (done.returncode, done.stderr) == (0, "")
    assert len(first["findings"]) == len(third["findings"]) > 50 and list(second) == ["error"]
    assert first["findings"][0]["title"] != third["findings"][0]["title"]
