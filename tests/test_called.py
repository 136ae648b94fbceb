"""English screens call offices, halls and posts in English; people, wards and streets keep their names."""

import re

import pytest

from kit.attempt import Attempt
from kit.exercise import names
from kit.store import EventStore
from kit.systems.called import unit, who
from kit.ui.facts import known
from kit.ui.view import View
from tests.rehearsed import compiled

OFFICE = {"units": {"26740": "Phường Sài Gòn", "SXD": "Sở Xây dựng"},
          "bodies": {"justice": {"vi": "Sở Tư pháp", "en": "Department of Justice"}}}  # fmt: skip
VIETNAMESE = re.compile(r"^(Sở|Phòng|Văn phòng|Ban|Tổ|Ủy ban|Hội trường|Đơn vị|Thường trực|Chủ tịch|Báo cáo|Bàn|Quầy) ")
FACTS = ("work_place", "place", "figure_period")
SEEDS = (1, 2, 3)


def test_an_office_is_called_as_its_record_or_the_list_of_bodies_calls_it():
    assert who({"who": "Sở Tư pháp"}, OFFICE, "en") == "Department of Justice"
    assert who({"who": "Sở Tư pháp"}, OFFICE, "vi") == "Sở Tư pháp"
    assert who({"who": "Hội trường", "who_en": "Assembly hall"}, OFFICE, "en") == "Assembly hall"
    assert who({"who": "Trần Thị An"}, OFFICE, "en") == "Trần Thị An" and who({}, {}, "en") == ""


def test_a_body_above_the_wards_is_english_in_english_and_a_ward_keeps_its_name():
    assert unit("SXD", OFFICE, "en") == "Department of Construction" and unit("SXD", OFFICE, "vi") == "Sở Xây dựng"
    assert unit("26740", OFFICE, "en") == "Phường Sài Gòn" and unit("1", OFFICE, "en") == "1"


@pytest.mark.parametrize("name", names())
def test_no_record_comes_from_an_office_or_place_in_vietnamese_on_an_english_desk(name):
    for seed in SEEDS:
        script, _ = compiled(seed, name)
        store = EventStore("sqlite://")
        view = View(Attempt.start(store, store.add_script(script), "Tập", "practice")[0], "en")
        records = [record for cue in script.cues for record in cue.records.values()]
        shown = {str(view.named(record, "who")) for record in records}
        shown |= {str(text) for record in records for fact, text in known(view, record) if fact in FACTS}
        assert [text for text in shown if VIETNAMESE.match(text) or text in ("UBND", "Hội trường")] == []
