"""What stands on the papers of every exercise, those that are brought and those that a trainee makes."""

import re
from collections.abc import Iterator

import pytest

from grading.players import PLAYERS, play
from kit import home, papers
from kit.attempt import Attempt
from kit.papers.observation import ON_SCREEN
from kit.script import Script
from kit.store import EventStore
from kit.systems.sheets import addressee
from tests.rehearsed import compiled, ticking
from tests.test_safe_html import Reading

EXERCISES = sorted(folder.name for folder in home.exercises().iterdir() if folder.is_dir())
UNWANTED = {
    "a date as computers write it": r"\b\d{4}-\d\d-\d\d",
    "a word of the program": r"\b(None|null|nan|True|False)\b|[{}]|\b[a-z]+_[a-z_]+\b",
    "a word of the form again in the entry": r"(?i:\b(V/v|Ngày|Số|Kính gửi|Về việc|UBND|Ông/bà):? \1\b)",
    "a month that Decree 30/2020 writes without nought": r"tháng 0[3-9] năm",
    "digits where words are asked for": r"Ghi bằng chữ:.*\d",
}


def brought(script: Script) -> Iterator[dict]:
    """The papers that the injects bring."""
    for cue in script.cues:
        yield from (one["paper"] for one in cue.records.values() if one.get("kind") == "paper")


def made(exercise: str) -> Iterator[dict]:
    """All papers on the desk of somebody who has done everything."""
    script, key = compiled(exercise=exercise)
    store = EventStore("sqlite://")
    attempt, _ = Attempt.start(store, store.add_script(script), "Nguyễn Thị Tập", "practice", ticking())
    play(attempt, key, PLAYERS["model"])
    yield from (one["paper"] for one in attempt.state.records.values() if one.get("kind") == "paper")


def lines(paper: dict) -> list[str]:
    """What is printed and written on a paper, line by line."""
    face = papers.render(paper).split('<div class="watermark"')[0]
    return Reading(re.sub(r"<(?=(p|div|td|th|h2|h3|tr)\b)", "\n<", face)).text.split("\n")


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_paper_reads_as_an_office_writes(exercise: str) -> None:
    seen = [*made(exercise), *brought(compiled(2, exercise)[0])]
    assert seen
    found = {(paper["kind"], what, line) for paper in seen for line in lines(paper)
             for what, pattern in UNWANTED.items() if re.search(pattern, line)}  # fmt: skip
    assert found == set()


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_line_that_is_a_time_of_day_holds_one(exercise: str) -> None:
    seen = [paper for paper in made(exercise) if paper["kind"] not in ON_SCREEN]
    assert [line for paper in seen for line in lines(paper) if re.fullmatch(r"(Lúc|\w+ lúc): [\d/]{10}", line)] == []


def test_an_office_writes_where_it_signed_and_to_whom() -> None:
    seen = [*made("04-one-stop-counter"), *made("10-boundary-free-payment")]
    seen += [paper for seed in (2, 3) for paper in brought(compiled(seed)[0])]
    issued = ("marital_certificate", "poor_certificate", "verification_letter")
    dated = [paper["fields"]["place_date"] for paper in seen if paper["kind"] in issued]
    assert dated and [one for one in dated if not re.match(r"(Phường|Xã|Thị trấn|Đặc khu) .+, ngày ", one)] == []
    sent = [line for paper in seen for line in lines(paper) if re.match("Kính (gửi|chuyển): (Phường|Xã|Đặc khu)", line)]
    assert sent == []
    assert [addressee(unit) for unit in ("Xã Cần Giờ", "Sở Xây dựng")] == ["UBND Xã Cần Giờ", "Sở Xây dựng"]
