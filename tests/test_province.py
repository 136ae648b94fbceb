"""The province's figures: who is counted, what may be shown, what cost most; and nothing about anybody."""

import json
from dataclasses import replace

import pytest

from grading import spread
from grading.evaluate import evaluate
from grading.gradebook import Graded
from kit.errors import BrokenFile, NotFound
from kit.province import Overview, open_province, overview_of, read_overview, write_overview
from kit.province.evidence import evidence, of_place
from kit.province.gathering import Held, summed
from kit.province.grid import BLOCKS, Wanted, grid, ordered
from kit.province.overview import overview_file
from kit.province.page import ProvincePage
from kit.province.reading import NOT_COUNTED, Read, kept, read_session
from kit.province.worst import worst
from kit.session import Session
from kit.store.people import Person, Seat
from tests.desk_setting import make_home
from tests.fork_server import uses_pools
from tests.group_course import held
from tests.group_course import people as roster_of
from tests.rehearsed import COUNTER, home_in, played

pytestmark = uses_pools

MADE = "2025-07-01T03:00:00+00:00"
MANY, FEW, ALSO, OTHER = "26740", "26743", "26758", "26737"
SIZES = {MANY: 8, FEW: 4, ALSO: 4, OTHER: 5}  # who took part; two more were expected. One small unit alone would
GROUPS = {MANY: "2", FEW: "2", ALSO: "2", OTHER: "<b>Tổ</b>"}  # hide the large one of its group, too


def people_of(unit: str, count: int) -> list[Person]:
    return [
        Person(f"{unit}-{number}", f"Người {unit} {number}", unit, "clerk", GROUPS[unit]) for number in range(count)
    ]


@pytest.fixture(scope="module")
def overview() -> Overview:
    """Eight, four, four and five people at one exercise: every second one careless, the others perfect."""
    made = [(attempt.events, evaluate(key, attempt.events)) for attempt, key in map(played, ("model", "careless"))]
    people, read = [one for unit, size in SIZES.items() for one in people_of(unit, size + 2)], Read()
    for number, person in enumerate(one for unit, size in SIZES.items() for one in people_of(unit, size)):
        row = {"id": f"{number:032x}", "trainee": person.name, "person": person.code, "script": "", "mode": "practice"}
        read.take(kept(Graded("dot", row, *made[number % 2])))
    seats = [Seat(one.code, COUNTER, "", "practice") for one in people]
    return summed(Held("dot", MADE, {one.code: one for one in people}, seats), read)


def test_counts_means_and_what_cost_most(overview):
    spot = overview.spots[f"unit|{MANY}|{COUNTER}"]
    assert (spot.people, spot.expected, spot.attempts, spot.suppressed) == (8, 10, 8, False)
    assert sum(spot.ratings) == 8 and spot.ratings[0] == 4 and 49 < spot.mean < 52
    costs = [one.lost for one in spot.costly]
    assert costs == sorted(costs, reverse=True) and len(costs) == 5
    assert all(one.failing == 4 and one.requirement in overview.requirements for one in spot.costly)
    place = overview.place("unit", MANY)
    assert (place.name, place.province, place.group, place.people, place.expected) == (
        "Phường Sài Gòn",
        "79",
        "2",
        8,
        10,
    )


def test_of_four_people_nothing_is_kept_but_that_they_are_four(overview):
    spot = overview.spots[f"unit|{FEW}|{COUNTER}"]
    assert spot.suppressed and (spot.people, spot.expected) == (4, 6)
    assert (spot.mean, spot.rating, spot.passed_share, spot.ratings, spot.costly) == (None, "", None, (), ())
    shown = evidence(overview, overview.place("unit", FEW), COUNTER, "vi")
    assert "4/6 người" in shown and "Yêu cầu làm mất" not in shown and "Tỷ lệ đạt" not in shown


def test_the_file_tells_of_nobody_and_comes_back_as_it_was(overview, tmp_path, monkeypatch):
    make_home(tmp_path)
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    file = write_overview(overview)
    text = file.read_text(encoding="utf-8")
    assert "Người 26740" not in text and f"{MANY}-0" not in text and "0" * 31 not in text
    assert file.stat().st_mode & 0o077 == 0
    assert read_overview("dot") == overview
    with pytest.raises(NotFound):
        read_overview("another")
    file.write_text(json.dumps({"session": "dot"}), encoding="utf-8")
    with pytest.raises(BrokenFile):
        read_overview("dot")


def test_a_practice_session_without_a_roster_has_figures_too(tmp_path, monkeypatch):
    from kit.attempt import Attempt

    session = make_home(tmp_path)
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    ((number, _),) = session.store().scripts()
    attempt, _ = Attempt.start(session.store(), number, "Nguyễn An", "practice")
    attempt.finish()
    found = overview_of(Session.named(session.name), MADE)
    assert found.attempts == 1 and found.spots[f"unit|26740|{COUNTER}"].suppressed
    assert overview_file("practice").parent == tmp_path / "build" / "province"


def test_the_figures_of_a_session_are_the_same_for_any_number_of_processes_and_hold_no_log(tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_HOME", str(home_in(tmp_path)))
    monkeypatch.setattr(spread, "PART", 2)  # else one process would do for so few
    session = Session.named("course")
    held(session, roster_of((MANY,), 6, ("2",)), (COUNTER,), seeds=2)
    alone, together = read_session(session, 1), read_session(session, 2)
    assert len(alone.graded) == 6 and not alone.invalid
    assert (alone.graded, alone.tallies) == (together.graded, together.tallies)
    assert all(len(one.events) <= 3 and not one.evaluation.findings for one in together.graded)
    whole = {row["id"]: session.store().read(row["id"]) for row in session.store().attempts()}
    for one in alone.graded:
        made = evaluate(session.keys().key(one.attempt["script"]), whole[one.attempt["id"]])
        tallies = alone.tallies[one.attempt["id"]].values()
        assert one.evaluation.score == made.score
        assert sum(tally.reached for tally in tallies) == sum(each.status not in NOT_COUNTED for each in made.findings)
    assert overview_of(session, MADE).attempts == 6


def test_units_stand_by_group_by_name_or_the_weakest_first(overview):
    def codes(order: str) -> list[str]:
        return [place.code for place in ordered(overview, Wanted("79", order))]

    assert codes("group") == ["79", "2", FEW, ALSO, MANY, GROUPS[OTHER], OTHER]
    assert codes("name")[0] == "79" and set(codes("name")[1:]) == SIZES.keys()
    assert codes("worst")[-2:] == [FEW, ALSO]  # nothing is known of them


@pytest.mark.parametrize("language", ["vi", "en"])
def test_cells_say_more_than_their_colour_and_hostile_names_stay_text(overview, language):
    html = grid(overview, Wanted("79"), language)
    assert html.count("<table") <= BLOCKS and html.count("<td>") == html.count('class="kit-spot ') == 7
    assert html.count('kit-spot-suppressed"') == 2 and ">•</button>" in html
    assert 'aria-label="Phường Sài Gòn · 04. ' in html and "8/10 " in html
    for place in overview.places:
        html += evidence(overview, place, COUNTER, language) + of_place(overview, place, language)
    assert "<b>Tổ</b>" not in html + worst(overview, "79", language)


def test_numbers_instead_of_letters(overview):
    mean = overview.spots[f"unit|{MANY}|{COUNTER}"].mean
    assert f">{mean:.0f}</button>" in grid(overview, Wanted("79", shown="mean"), "vi")


def test_picking_shows_the_evidence_and_nonsense_shows_nothing(overview, tmp_path):
    page = ProvincePage(overview, "vi", tmp_path / "log")
    page.clicked.value = f"unit|{MANY}|{COUNTER}"
    assert "Yêu cầu làm mất nhiều điểm nhất" in page.evidence.value
    assert (page.by_place.value, page.by_exercise.value) == (f"unit|{MANY}", COUNTER)
    page.by_exercise.value = ""
    assert "Đã diễn tập: 8/10 người" in page.evidence.value
    page.speak("en")
    assert "Trained: 8/10 people" in page.evidence.value
    for nonsense in ("unit|1|x", f"unit|{MANY}|99-none", "|", "<script>", "unit||", "x" * 9_000):
        page.clicked.value = nonsense
        assert page.picked == "" and page.evidence.value == ""


def test_legal_bases_are_english_in_english_and_figures_made_before_still_open(overview, tmp_path, monkeypatch):
    place = next(one for one in overview.places if one.code == MANY)
    asked = [overview.requirements[one.requirement] for one in overview.spots[f"unit|{MANY}|{COUNTER}"].costly]
    html = evidence(overview, place, COUNTER, "en")
    assert asked and all("; ".join(one.basis_en) in html and one.basis[0] not in html for one in asked)
    make_home(tmp_path)
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    file = write_overview(overview)
    told = json.loads(file.read_text(encoding="utf-8"))
    for one in told["requirements"].values():
        del one["basis_en"]
    file.write_text(json.dumps(told), encoding="utf-8")
    assert asked[0].basis[0] in evidence(read_overview("dot"), place, COUNTER, "en")


def test_figures_that_nobody_made_are_asked_for(tmp_path, monkeypatch):
    make_home(tmp_path)
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    told = open_province("practice").children[-1].value
    assert "kit serve --province --session practice" in told


def test_nobody_has_played_yet(overview, tmp_path):
    page = ProvincePage(replace(overview, places=(), spots={}, exercises={}), "vi", tmp_path / "log")
    assert "Đợt này chưa có lượt nào" in page.notice.value
