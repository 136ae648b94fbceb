"""Sealed results: each field that was changed is named; a seal or a log made by somebody else is refused."""

import copy
import json
import stat

import pytest

from grading.seal import Changed, grader_key, public_key, seal, unsealed
from kit.errors import WrongUse

RESULTS = {
    "session": "practice", "invalid": {},
    "graded": [{"attempt": "a" * 32, "score": 40.0, "rating": "U", "findings": [{"id": "x", "status": "wrong"}]},
               {"attempt": "b" * 32, "score": 90.0, "rating": "P", "findings": []}],
}  # fmt: skip


@pytest.fixture
def key(tmp_path):
    return grader_key(tmp_path / "keys")


def test_what_was_sealed_is_intact(key):
    assert unsealed(RESULTS, seal(RESULTS, key), key.public_key()) == []
    assert unsealed(json.loads(json.dumps(RESULTS)), json.loads(json.dumps(seal(RESULTS, key))), key.public_key()) == []


def raised(results):
    results["graded"][0]["score"] = 100.0


def corrected(results):
    results["graded"][0]["findings"][0]["status"] = "done"


def dropped(results):
    del results["graded"][0]


def doubled(results):
    results["graded"].append({"attempt": "c" * 32, "score": 100.0})


def swapped(results):
    results["graded"].reverse()


def another_session(results):
    results["session"] = "other"


def a_new_field(results):
    results["graded"][1]["remark"] = "x"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (raised, [Changed("a" * 32, "score", "changed")]),
        (corrected, [Changed("a" * 32, "findings", "changed")]),
        (dropped, [Changed("", "order", "changed"), Changed("a" * 32, "", "removed")]),
        (doubled, [Changed("", "order", "changed"), Changed("c" * 32, "", "added")]),
        (swapped, [Changed("", "order", "changed")]),
        (another_session, [Changed("", "session", "changed")]),
        (a_new_field, [Changed("b" * 32, "remark", "changed")]),
    ],
)
def test_each_change_is_named(key, change, told):
    changed = copy.deepcopy(RESULTS)
    change(changed)
    assert unsealed(changed, seal(RESULTS, key), key.public_key()) == told


def test_a_seal_of_somebody_else_or_of_nothing_is_refused(key, tmp_path):
    other = grader_key(tmp_path / "others")
    refused = [Changed("", "", "signature")]
    forged = copy.deepcopy(RESULTS)
    raised(forged)
    assert unsealed(forged, seal(forged, other), key.public_key()) == refused
    genuine = seal(RESULTS, key)
    for broken in ({}, {**genuine, "signature": "zz"}, {**genuine, "signature": 7}, {**genuine, "digests": []}):
        assert unsealed(RESULTS, broken, key.public_key()) == refused


def test_the_private_key_is_its_owners_alone_and_made_once(tmp_path):
    folder = tmp_path / "keys"
    first, second = grader_key(folder), grader_key(folder)
    assert first.private_bytes_raw() == second.private_bytes_raw()
    assert stat.S_IMODE((folder / "grader.pem").stat().st_mode) == 0o600
    assert public_key(folder / "grader.pub.pem").public_bytes_raw() == first.public_key().public_bytes_raw()


def test_a_file_that_is_no_key_is_said(tmp_path):
    (tmp_path / "no.pem").write_text("no key")
    for path in (tmp_path / "no.pem", tmp_path / "none.pem"):
        with pytest.raises(WrongUse, match="no public key"):
            public_key(path)
