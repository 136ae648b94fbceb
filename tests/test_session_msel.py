"""The list of injects goes to a spreadsheet and back without loss; only what a trainer may change is taken."""

import io
import json
import re

import pytest
from openpyxl import load_workbook

from grading.dry_run import PERFECT, try_script, try_session
from kit.cli import main
from kit.errors import BrokenFile, UnknownName
from kit.session.msel import clock, minute_at, msel_of
from kit.session.msel_import import read_changes
from kit.session.msel_sheet import COLUMNS, as_xlsx
from kit.session.planned import keep, read_planned
from kit.session.preparing import compile_places, prepare_session
from kit.session.seating import places_of
from tests.rehearsed import home_in
from tests.session_files import PLAN, emptied, made

COUNTER, CONFERENCE = "04-one-stop-counter", "03-online-conference"
TWO = PLAN.replace('[3, "15"]', "[4, 3]")
LISTS = {}  # what `listed` has made
PLACE = {column: number for number, (column, _, _) in enumerate(COLUMNS)}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return home_in(tmp_path_factory.mktemp("home"))


@pytest.fixture
def folder(home, monkeypatch):
    return emptied(home, monkeypatch)


@pytest.fixture
def session(folder):
    return made(folder, plan=TWO)


def listed(session, exercise=COUNTER, language="vi"):
    """The list of a session and the file exported of it, made once for each plan: a script is compiled for it."""
    planned = read_planned(session)
    asked = (repr(planned), exercise, language)
    if asked not in LISTS:
        made_now = msel_of(planned, exercise, language)
        LISTS[asked] = made_now, as_xlsx(made_now, "thu", language)
    return LISTS[asked]


def sheet(session, exercise=COUNTER, language="vi"):
    """The exported list as a workbook, its sheet, and the row of each inject."""
    book = load_workbook(io.BytesIO(listed(session, exercise, language)[1]))
    rows = {row[PLACE["inject"]].value: row for row in book.active.iter_rows(min_row=3)}
    return book, rows


def sent_back(folder, session, book, exercise=COUNTER):
    path = folder / "msel.xlsx"
    book.save(path)
    return read_changes(path, listed(session, exercise)[0], session.name)


def edited(folder, session, *cells):
    """What comes of writing (inject, column, value) into the list."""
    book, rows = sheet(session)
    for inject, column, value in cells:
        rows[inject][PLACE[column]].value = value
    return sent_back(folder, session, book)


def test_the_list_tells_every_inject_with_its_expectations(session):
    lines = listed(session)[0].lines
    minutes = [int(line.cells["minute"]) for line in lines if line.timed]
    assert minutes == sorted(minutes) and len(minutes) == 24
    online = lines[0].cells
    assert (online["inject"], online["time"], online["channel"]) == ("s01", "07:30", "Trực tuyến")
    assert re.search(r"của \w[\w ]+ nộp lúc \d\d:\d\d 30/06/2025 đang chờ", online["text"])
    assert online["title_en"] and "s01.receive-unit" in online["expectations"]
    assert not [line.inject for line in lines if "{" in line.cells["text"] + line.cells["text_en"]]
    back = next(line for line in lines if line.inject == "s05-back")
    assert (
        back.minute is None and back.cells["after_action"] == "Yêu cầu bổ sung, hoàn thiện" and not back.cells["time"]
    )
    assert "Cán bộ tiếp nhận" in online["receiver"] and online["sender"]
    with pytest.raises(UnknownName, match="04-one-stop"):
        msel_of(read_planned(session), "12")


@pytest.mark.parametrize("exercise", [COUNTER, CONFERENCE])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_exported_comes_back_cell_by_cell(folder, session, exercise, language):
    found, _ = listed(session, exercise, language)
    book, rows = sheet(session, exercise, language)
    assert [{column: row[PLACE[column]].value or "" for column, _, _ in COLUMNS} for row in rows.values()] == [
        line.cells for line in found.lines
    ]
    path = folder / "back.xlsx"
    book.save(path)
    assert read_changes(path, found, "thu") == {}
    assert all(cell.data_type == "s" for row in rows.values() for cell in row if cell.value)


def test_only_the_open_cells_are_unlocked(session):
    book, rows = sheet(session)
    free = {column for column in PLACE if not rows["s05"][PLACE[column]].protection.locked}
    assert free == {"time", "minute", "enabled", "owner", "note"} and book.active.protection.sheet
    assert {column for column in PLACE if not rows["s05-back"][PLACE[column]].protection.locked} == {"owner", "note"}


def test_what_a_trainer_may_change_is_taken(folder, session):
    changes = edited(
        folder, session, ("s05", "minute", 50), ("s06", "time", "09:05"), ("s07", "enabled", "Không"),
        ("s08", "owner", "Chị Hà"), ("s05-back", "note", "xem kỹ"), ("s09", "time", "09g20"), ("s09", "minute", "110"),
    )  # fmt: skip
    assert changes == {
        "s05": {"minute": 50}, "s06": {"minute": 95}, "s07": {"enabled": False}, "s08": {"owner": "Chị Hà"},
        "s05-back": {"note": "xem kỹ"}, "s09": {"minute": 110},
    }  # fmt: skip


def test_kept_changes_are_in_the_next_export_and_can_be_taken_back(folder, session):
    changes = edited(folder, session, ("s05", "minute", 50), ("s07", "enabled", "không"), ("s08", "note", "gọi trước"))
    keep(session, read_planned(session).changed(COUNTER, changes))
    book, rows = sheet(session)
    assert [rows["s05"][PLACE[name]].value for name in ("time", "minute", "movable")] == ["08:20", "50", "không"]
    assert sent_back(folder, session, book) == changes
    rows["s05"][PLACE["minute"]].value, rows["s07"][PLACE["enabled"]].value = "40", "có"
    rows["s08"][PLACE["note"]].value = None
    assert sent_back(folder, session, book) == {}


def test_every_other_change_is_refused_with_its_cell(folder, session):
    book, rows = sheet(session)
    rows["s01"][PLACE["title"]].value = "Khác"
    rows["s02"][PLACE["expectations"]].value = None
    rows["s03"][PLACE["minute"]].value = 9_999
    rows["s04"][PLACE["time"]].value = "hai giờ"
    rows["s05-back"][PLACE["minute"]].value = "5"
    rows["s06"][PLACE["enabled"]].value = "có lẽ"
    rows["s08"][PLACE["note"]].value = "=1+1"
    rows["s09"][PLACE["minute"]].value, rows["s09"][PLACE["time"]].value = "10", "11:11"
    with pytest.raises(BrokenFile) as caught:
        sent_back(folder, session, book)
    named = {en.split(": ")[0].partition(":")[2] for _, en in caught.value.problems}
    wanted = {rows["s01"][PLACE["title"]], rows["s02"][PLACE["expectations"]], rows["s03"][PLACE["minute"]],
              rows["s04"][PLACE["time"]], rows["s05-back"][PLACE["minute"]], rows["s06"][PLACE["enabled"]],
              rows["s08"][PLACE["note"]], rows["s09"][PLACE["minute"]]}  # fmt: skip
    assert named == {cell.coordinate for cell in wanted} and len(caught.value.problems) == 8


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda page: page.delete_rows(5), "is missing"),
        (lambda page: page.append(["99", "s99"]), "'s99'"),
        (lambda page: page.delete_cols(5), "no column Used"),
        (lambda page: page.delete_rows(1, 60), r"^\S+:1: not the list of injects: no column “Inject”[^\n]+$"),
    ],
)
def test_rows_and_columns_stay(folder, session, change, word):
    book, _ = sheet(session)
    change(book.active)
    with pytest.raises(BrokenFile, match=word):
        sent_back(folder, session, book)


def test_moved_and_left_out_the_perfect_robot_still_earns_everything(folder, session):
    prepare_session(session)
    changes = {"s05": {"minute": 300}, "s19": {"minute": 5}, "s07": {"enabled": False}, "s08": {"owner": "A"}}
    planned = read_planned(session).changed(COUNTER, changes)
    place = next(one for one in places_of(planned, "") if one.exercise == COUNTER)
    _, script, key = compile_places([place])[0]
    moments = {key.inject(cue.id): cue.minute for cue in script.cues}
    assert (moments["s05"], moments["s19"]) == (300, 5) and "s07" not in moments
    assert try_script(script, key).scores[PERFECT] == 100
    keep(session, planned)
    done = prepare_session(session)
    assert (done.made, done.ready) == (3, 3)
    keep(session, planned.changed(COUNTER, changes | {"s08": {"owner": "B", "note": "C"}}))
    assert prepare_session(session).made == 0


def test_a_change_that_makes_a_deadline_impossible_is_not_kept(folder, capsys):
    session = made(folder, plan=PLAN.replace('[3, "15"]', "[10]"))
    path = folder / "m.xlsx"
    assert main(["session", "msel", "thu", "--exercise", "10", "--out", str(path)]) == 0
    book = load_workbook(path)
    rows = list(book.active.iter_rows(min_row=3))
    for row in rows:
        if row[PLACE["time"]].value:
            row[PLACE["minute"]].value = "599"
    book.save(path)
    before = read_planned(session)
    assert main(["session", "msel", "thu", "--exercise", "10", "--import", str(path)]) == 1
    assert "m.xlsx" in capsys.readouterr().err and read_planned(session) == before


def test_the_commands_export_import_and_try(folder, session, capsys):
    path = folder / "m.xlsx"
    assert main(["session", "msel", "thu", "--exercise", "3", "--out", str(path), "--language", "en"]) == 0
    assert path.stat().st_mode & 0o077 == 0
    book = load_workbook(path)
    book.active.cell(4, PLACE["note"] + 1).value = "watch"
    book.save(path)
    capsys.readouterr()
    assert main(["session", "msel", "thu", "--exercise", "3", "--import", str(path), "--json"]) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert list(changes.values()) == [{"note": "watch"}] and read_planned(session).injects == {CONFERENCE: changes}
    assert main(["session", "try", "thu"]) == 2
    prepare_session(session)
    capsys.readouterr()
    assert main(["session", "try", "thu", "--player", "model", "--player", "idle", "--jobs", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["player"], row["mean"]) for row in told["table"]] == [("model", 100), ("idle", 0)] * 2
    assert main(["session", "try", "thu", "--player", "genius"]) == 2


def imported(path, *more):
    return main(["session", "msel", "thu", "--exercise", "3", "--import", str(path), *more])


def test_a_list_exported_before_an_inject_was_moved_says_so_and_how_to_go_on(folder, session, capsys):
    old, new = folder / "old.xlsx", folder / "new.xlsx"
    for path in (old, new):
        assert main(["session", "msel", "thu", "--exercise", "3", "--out", str(path)]) == 0
    book = load_workbook(new)
    row = next(row for row in book.active.iter_rows(min_row=3) if row[PLACE["movable"]].value == "có")
    row[PLACE["minute"]].value = "1"
    book.save(new)
    assert imported(new) == 0
    capsys.readouterr()
    kept = read_planned(session)
    assert imported(old) == 1 and imported(new) == 1 and read_planned(session) == kept
    told = capsys.readouterr().err
    assert "old.xlsx:A1: the session has changed since this export" in told and "đợt đã đổi từ khi xuất" in told
    command = f"kit session msel thu --exercise {CONFERENCE} --out msel-moi.xlsx"
    assert told.count(command) == 4 and "number" not in told
    assert main([*command.split()[1:-1], str(folder / "anew.xlsx")]) == 0 and imported(folder / "anew.xlsx") == 0


def test_an_english_list_is_compared_with_the_english_one(folder, session, capsys):
    path = folder / "m.xlsx"
    assert main(["session", "msel", "thu", "--exercise", "3", "--out", str(path), "--language", "en"]) == 0
    book = load_workbook(path)
    book.active.cell(4, PLACE["title"] + 1).value = "Other"
    book.save(path)
    capsys.readouterr()
    assert imported(path) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2, "one cell, in two languages"


def test_a_script_without_its_key_is_named_and_stops_no_other(session):
    prepare_session(session)
    lost = session.store().people.seats()[0].script
    with session.keys().engine.begin() as database:
        database.exec_driver_sql(f"DELETE FROM keys WHERE script = '{lost}'")
    tried = list(try_session(session, ("model",)))
    assert len(tried) == 6 and [one.script for one in tried if not one.good] == [lost]


@pytest.mark.parametrize(("minute", "told"), [(0, "07:30"), (95, "09:05"), (990, "00:00+1"), (2_450, "00:20+2")])
def test_minutes_and_times_are_one(minute, told):
    assert clock("07:30", minute) == told
    assert minute_at("07:30", told) == minute


@pytest.mark.parametrize("told", ["", "9", "25:00", "09:75", "a:b", "09:05:00:00", "²:30", "09:05+x"])
def test_what_is_no_time(told):
    assert minute_at("07:30", told) is None
