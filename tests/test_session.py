"""A session with a roster: plan and people are checked together, scripts are compiled once, keys lie apart."""

import json
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from kit.attempt import Attempt
from kit.cli import main
from kit.errors import BrokenFile, WrongUse
from kit.session import Session
from kit.session.plan import MoreTime, SessionPlan
from kit.session.planned import FILE, read_both, read_planned
from kit.session.preparing import chunks, compile_places, prepare_session
from kit.session.seating import places_of
from kit.session.workers import workers
from kit.store.people import Seat
from tests.fork_server import uses_pools
from tests.rehearsed import home_in
from tests.session_files import PLAN, ROSTER, TEAMS, emptied, made, written

pytestmark = uses_pools

CONFERENCE, FRONT = "03-online-conference", "15-fatherland-front"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return home_in(tmp_path_factory.mktemp("home"))


@pytest.fixture
def folder(home, monkeypatch):
    return emptied(home, monkeypatch)


@pytest.fixture(scope="module")
def kept(home, tmp_path_factory):
    """The folder of a session once it is prepared, of which the tests take copies."""
    with pytest.MonkeyPatch.context() as patch:
        session = made(emptied(home, patch))
        prepare_session(session)
        session.store().engine.dispose()
        return shutil.copytree(session.folder, tmp_path_factory.mktemp("kept") / session.name)


@pytest.fixture
def prepared(kept, folder):
    written(folder)
    shutil.copytree(kept, folder / "sessions" / kept.name)
    return Session.named(kept.name)


def problems(folder, plan=PLAN, roster=ROSTER):
    with pytest.raises(BrokenFile) as caught:
        read_both(*written(folder, plan, roster))
    return [en for _, en in caught.value.problems]


def test_a_plan_is_kept_with_its_people_for_its_owner_alone(folder):
    session = made(folder)
    planned = read_planned(session)
    assert planned.plan.title == {"vi": "Lớp tháng 7", "en": "July class"}
    assert (planned.plan.province, planned.plan.exercises) == ("79", (CONFERENCE, FRONT))
    assert [(one.code, one.unit) for one in planned.people] == [("HV01", "26740"), ("HV02", "26740"), ("HV03", "27238")]
    assert SessionPlan.from_json(json.loads(json.dumps(planned.plan.to_json()))) == planned.plan
    assert stat.S_IMODE((session.folder / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(session.folder.stat().st_mode) == 0o700


def test_everybody_gets_a_script_of_their_own_for_each_exercise_and_the_keys_lie_apart(folder):
    session = made(folder)
    told = []
    assert prepare_session(session, watch=told.append).made == 6 and sum(told) == 6
    store, keys = session.store(), session.keys()
    seats = store.people.seats()
    assert len({seat.script for seat in seats}) == len(seats) == 6
    for seat in seats:
        script, key = store.script(seat.script), keys.key(seat.script)
        assert (script.trainee, script.exercise, script.seed) == (seat.person, seat.exercise, 7)
        assert key.script == script.hash() and "pace" not in str(script.office.get("clock"))
    assert [seat.exercise for seat in store.people.seats("HV03")] == [CONFERENCE, FRONT]
    cases = {json.dumps(store.script(seat.script).to_json()["cues"]) for seat in seats}
    assert len(cases) == 6


def test_what_is_prepared_is_not_compiled_again_but_a_changed_plan_is(folder, prepared):
    before = {(seat.person, seat.exercise): seat.script for seat in prepared.store().people.seats()}
    again = prepare_session(prepared)
    assert (again.made, again.ready) == (0, 6)
    made(folder, plan=PLAN + "more_time: [{person: HV02, factor: 2}]\n")
    assert prepare_session(prepared).made == 2
    after = {(seat.person, seat.exercise): seat.script for seat in prepared.store().people.seats()}
    assert {place for place in after if after[place] != before[place]} <= {("HV02", CONFERENCE), ("HV02", FRONT)}


def test_a_preparation_broken_off_goes_on_where_it_was(folder):
    session = made(folder)

    def pulls_the_plug(number):
        if number:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare_session(session, watch=pulls_the_plug)
    done = len(session.store().people.seats())
    assert 0 < done < 6
    (session.folder / "prepared.jsonl").open("a").write('["half a li')
    rest = prepare_session(session)
    assert (rest.made, rest.ready) == (6 - done, done)


def test_a_key_that_is_gone_is_made_again(prepared):
    (prepared.folder / "keys" / "keys.sqlite").unlink()
    assert prepare_session(prepared).made == 6
    assert {seat.script for seat in prepared.store().people.seats()} == prepared.keys().scripts()


def test_who_has_begun_keeps_their_script(folder, prepared):
    store = prepared.store()
    seat = store.people.seats("HV01")[0]
    attempt, _ = Attempt.start(store, seat.script, "Nguyễn Văn An", "practice")
    with store.engine.begin() as database:
        database.exec_driver_sql(f"UPDATE attempts SET person = 'HV01' WHERE id = '{attempt.id}'")
    made(folder, plan=PLAN.replace("seed: 7", "seed: 8"))
    done = prepare_session(prepared)
    assert (done.made, done.begun) == (5, 1)
    assert prepared.store().people.seats("HV01")[0] == seat


def test_a_team_shares_one_script_each_in_a_role(folder):
    session = made(folder, plan=PLAN + TEAMS)
    assert prepare_session(session).made == 5
    seats = [seat for seat in session.store().people.seats() if seat.exercise == CONFERENCE]
    shared = seats[0].script
    assert seats[:2] == [
        Seat("HV01", CONFERENCE, shared, "practice", "to-1", "technician"),
        Seat("HV02", CONFERENCE, shared, "practice", "to-1", "speaker"),
    ]
    assert seats[2].team == "" and seats[2].script != shared


def test_more_time_moves_the_deadlines_of_the_key_and_nothing_that_the_trainee_sees(folder):
    plan = PLAN.replace('[3, "15"]', "[11, 1]")
    fast, slow = made(folder, "fast", plan), made(folder, "slow", plan + "more_time: [{person: HV01, factor: 1.5}]\n")
    keys = []
    for session in (fast, slow):
        prepare_session(session)
        seats = session.store().people.seats("HV01")
        keys.append([session.keys().key(seat.script) for seat in seats])
        assert session.store().script(seats[0].script) == fast.store().script(
            fast.store().people.seats("HV01")[0].script
        )
    given, longer = ([target for key in each for target in key.targets] for each in keys)
    within = [(a.within, b.within) for a, b in zip(given, longer, strict=True) if a.within]
    assert within and all(b == a * 1.5 for a, b in within)
    moments = [(a.by, b.by) for a, b in zip(given, longer, strict=True) if a.by]
    assert moments and all(a < b for a, b in moments)


def test_longer_rounds_up_and_adds():
    assert MoreTime(1.5, 10).longer(3) == 15
    assert MoreTime().longer(30) == 30


def test_a_pace_is_told_to_the_desk_and_can_be_off_for_one(folder):
    session = made(folder, plan=PLAN + "pace: 2\nmore_time: [{person: HV02, pace: actions}]\n")
    prepare_session(session)
    store = session.store()
    clocks = {seat.person: store.script(seat.script).office.get("clock") for seat in store.people.seats()}
    assert clocks == {"HV01": {"pace": 2.0}, "HV02": None, "HV03": {"pace": 2.0}}


def test_assessed_cases_are_not_those_that_the_published_seed_draws(folder):
    practice, test = made(folder, "practice-1"), made(folder, "test-1", PLAN.replace("practice", "assessed"))
    again = made(folder, "test-2", PLAN.replace("practice", "assessed"))
    cues = []
    for session in (practice, test, again):
        prepare_session(session)
        store = session.store()
        cues.append([store.script(seat.script).cues for seat in store.people.seats()])
        assert {seat.mode for seat in store.people.seats()} == {read_planned(session).plan.mode}
    assert cues[0] != cues[1] != cues[2]
    secret = test.folder / "keys" / "draws"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_every_problem_of_plan_and_roster_is_told_at_once(folder):
    plan = "title: {vi: Lớp}\nprovince: Hà Nam\nexercises: [4, 99, 4]\nday: 2025-07-06\nmore_time: []\nsed: 3\n"
    told = problems(folder, plan, ROSTER.replace("phuong sai gon", "Phường Sài Gòm"))
    assert len(told) == 2  # the schema's problem and the roster's: names are looked up in a plan of the right form
    assert "plan.yaml:6: sed: " in told[0] and "roster.csv:3: " in told[1] and "26740 Phường Sài Gòn" in told[1]
    told = problems(folder, plan.replace("sed: 3\n", "pace: actions\n"))
    lines = [one.split(": ")[0].rpartition(":")[2] for one in told]
    assert lines == ["2", "3", "3", "4"]
    assert "nearest: " in told[0].lower() and "Nearest: " in told[1] and "no working day" in told[3]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ("more_time: [{person: HV99}]\n", "HV0"),
        ("more_time: [{person: HV01}, {person: HV01}]\n", "twice"),
        ("more_time: [{person: HV01, factor: 9}]\n", "more_time.0.factor"),
        (TEAMS.replace("technician", "chairman"), "bridge_head"),
        (TEAMS.replace("exercise: 3", "exercise: 4"), "not in the plan"),
        (TEAMS.replace("HV02", "HV01"), "already"),
        (TEAMS.replace("exercise: 3", "exercise: 3\n    unit: Phường Không Có"), "No single unit"),
        ("pace: -1\n", "pace"),
        ("units: [26740]\n", "not in the plan"),
        ("units: [26740, 26740, 27238]\n", "twice"),
        ("mode: exam\n", "mode"),
        ("day: tomorrow\n", "2025-07-01"),
        ("day: 2031-07-01\n", "2031"),
        ("seed: 99999999999\n", "seed"),
        ("title: {vi: A, en: B, fr: C}\n", "fr"),
    ],
)
def test_each_problem_names_its_place(folder, more, word):
    name = more.split(":")[0]
    kept = "".join(line + "\n" for line in PLAN.splitlines() if not line.startswith(f"{name}:"))
    assert any(word in one for one in problems(folder, kept + more))


def test_nothing_is_written_when_anything_is_wrong(folder, capsys):
    plan, roster = written(folder, roster=ROSTER.replace("Nguyễn Văn An", "=cmd()"))
    assert main(["session", "new", "thu", "--plan", str(plan), "--roster", str(roster)]) == 1
    assert not Session.named("thu").folder.exists()
    told = capsys.readouterr().err
    assert "roster.csv:2" in told and "công thức" in told and "Traceback" not in told


def test_a_name_is_taken_once_and_nobody_who_is_prepared_may_vanish(folder, prepared):
    assert main(["session", "new", "thu", "--plan", str(folder / "plan.yaml"),
                 "--roster", str(folder / "roster.csv")]) == 2  # fmt: skip
    with pytest.raises(WrongUse, match="HV03"):
        made(folder, roster=ROSTER.replace("HV03", "HV04"))
    made(folder, roster=ROSTER + "4;Phạm Thị Dung;HV04;26740;;\n")
    assert prepare_session(prepared).made == 2
    with pytest.raises(WrongUse, match="practice"):
        made(folder, "practice")


def test_a_revoked_link_stays_revoked_when_the_session_is_prepared_again(prepared):
    prepared.store().people.invite_anew("HV01")
    prepare_session(prepared)
    assert prepared.store().people.person("HV01").invitation == 2


def test_places_of_a_unit_are_compiled_together(folder):
    planned = read_planned(made(folder))
    places = places_of(planned, "")
    assert [[one.unit for one in chunk] for chunk in chunks(places)] == [["26740"] * 4, ["27238"] * 2]
    moved = replace(places[0], seed=8)
    assert moved.inputs() != places[0].inputs()


def test_worker_processes_compile_the_same(folder):
    places = places_of(read_planned(made(folder)), "")
    with workers(2) as pool:
        elsewhere = [script for part in pool.map(compile_places, chunks(places)) for _, script, _ in part]
    assert elsewhere == [script for part in chunks(places) for _, script, _ in compile_places(part)]


def test_the_commands_tell_what_there_is(folder, capsys):
    plan, roster = written(folder)
    assert main(["session", "new", "thu", "--plan", str(plan), "--roster", str(roster), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["scripts"] == 6
    assert main(["session", "prepare", "thu", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["made"] == 6
    assert main(["session", "list", "--json"]) == 0
    assert [one["session"] for one in json.loads(capsys.readouterr().out)] == ["thu"]
    assert main(["session", "show", "thu", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["ready"] == 6 and shown["people"][0]["exercises"] == {CONFERENCE: "practice", FRONT: "practice"}
    assert main(["session", "show", "thuu"]) == 2
    assert "thu" in capsys.readouterr().err


def test_the_documentations_example_is_a_session(folder):
    examples = Path(__file__).resolve().parents[1] / "docs" / "examples"
    plan, roster = read_both(examples / "plan.yaml", examples / "roster.csv")
    assert [one.unit for one in roster.people] == ["26740", "26740", "27238"] and roster.unused == ()
    assert plan.teams[0].members == {"HV01": "reception", "HV03": "specialist"}
    assert plan.more_time == {"HV02": MoreTime(1.5, 10, 0.0)} and plan.pace_of("HV02") == 0


def test_links_are_written_for_their_owner_alone_to_a_real_address(folder, prepared, capsys):
    out = folder / "links.csv"
    asked = ["session", "links", "thu", "--days", "3", "--csv", str(out), "--address"]
    assert main([*asked, "javascript:alert(1)"]) == 2 and not out.exists()
    assert main([*asked, "https://lop.example/"]) == 0
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert stat.S_IMODE(out.stat().st_mode) == 0o600 and len(lines) == 4
    assert lines[1].startswith("HV01,Nguyễn Văn An,26740,Tổ 1,") and "https://lop.example/?" in lines[1]
    assert "lop.example" not in capsys.readouterr().out


def test_links_are_given_anew_to_the_people_named_and_unknown_codes_change_nothing(folder, prepared, capsys):
    asked = ["session", "links", "thu", "--address", "https://lop.example/"]
    assert main([*asked, "--anew", "HV02", "HV1", "binh tran thi", "x" * 99]) == 2
    said = capsys.readouterr().err
    assert "'HV1' (HV01 Nguyễn Văn An" in said and "HV02 Trần Thị Bình" in said and "x" * 65 not in said
    assert [one.invitation for one in prepared.store().people.all()] == [1, 1, 1]
    out = folder / "anew.csv"
    assert main([*asked, "--csv", str(out), "--anew", "HV02", "HV03", "HV02"]) == 0
    rows = out.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == ["HV02", "HV03"]
    assert [one.invitation for one in prepared.store().people.all()] == [1, 2, 2]


def test_a_session_is_removed_with_everything_when_somebody_says_so(prepared, capsys):
    assert main(["session", "remove", "thu"]) == 1 and prepared.folder.exists()
    assert "--yes" in capsys.readouterr().out
    assert main(["session", "remove", "thu", "--yes"]) == 0 and not prepared.folder.exists()
    assert main(["session", "remove", "thu", "--yes"]) == 2


def test_a_session_is_not_published_for_a_province_that_has_none_of_its_units(prepared, folder, capsys):
    assert main(("publish", "22", "--session", prepared.name, "--out", str(folder / "bundle"))) == 2
    for said in capsys.readouterr().err.strip().splitlines():
        assert "Thành phố Hồ Chí Minh (79)" in said and "Tỉnh Quảng Ninh (22)" in said
    assert not (folder / "bundle").exists()
