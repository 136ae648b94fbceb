"""Rosters as people send them: any headers, CSV or XLSX; every bad row is named; a hostile file costs no time."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kit.errors import BrokenFile, KitError, UnknownUnit, WrongUse
from kit.session.columns import column_of
from kit.session.places import Places
from kit.session.roster import read_roster
from kit.session.sheet_rows import LONGEST_CELL, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, read_rows

ANYWHERE = Places()
FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def csv_file(folder: Path, text: str | bytes, name: str = "roster.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def xlsx_file(folder: Path, rows: list[list[object]], name: str = "roster.xlsx") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def people(path: Path, places: Places = ANYWHERE) -> list[tuple[str, ...]]:
    return [(one.code, one.name, one.unit, one.role, one.working_group) for one in read_roster(path, places).people]


def problems(path: Path, places: Places = ANYWHERE) -> list[tuple[str, str]]:
    with pytest.raises(BrokenFile) as caught:
        read_roster(path, places)
    return caught.value.problems


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Họ và tên", "name"), ("HỌ TÊN (*)", "name"), ("ho va ten", "name"), ("Full name", "name"),
        ("Mã học viên", "code"), ("ID", "code"), ("Đơn vị", "unit"), ("Xã/phường", "unit"), ("WARD", "unit"),
        ("Chức vụ", "role"), ("Vị trí việc làm", "role"), ("Tổ công tác", "working_group"), ("Group", "working_group"),
        ("Số CCCD", ""), ("Điện thoại", ""), ("E-mail", ""), ("", ""),
    ],
)  # fmt: skip
def test_headers_in_both_languages(header, column):
    assert column_of(header) == column


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_spreadsheets_write_as_csv_is_read(tmp_path, mark, coding):
    lines = [["Họ và tên", "Mã", "Đơn vị", "Vai trò", "Tổ"], ["Nguyễn Văn An", "007", "Sài Gòn", "Văn thư", "Tổ 1"]]
    text = "\r\n".join(mark.join(line) for line in lines) + "\r\n"
    assert people(csv_file(tmp_path, text.encode(coding))) == [("007", "Nguyễn Văn An", "26740", "Văn thư", "Tổ 1")]


def test_a_spreadsheet_is_read_its_numbers_and_formulas_as_text(tmp_path):
    rows = [
        ["Danh sách lớp tháng 7"], [], ["STT", "Tên", "Mã số", "Đơn vị"],
        [1, "Nguyễn Văn An", "007", 26740], [2, "Trần Thị Bình", 8, "phường sài gòn"], [None, None, None, None],
        [3, "Lê Văn Chi", 9.0, "79-27238"],
    ]  # fmt: skip
    assert [one[:3] for one in people(xlsx_file(tmp_path, rows))] == [
        ("007", "Nguyễn Văn An", "26740"), ("8", "Trần Thị Bình", "26740"), ("9", "Lê Văn Chi", "27238"),
    ]  # fmt: skip
    told = problems(xlsx_file(tmp_path, [["Tên", "Mã", "Đơn vị"], ["=1+1", "1", 26740], ["An Bình", '=A2&"x"', 26740]]))
    assert [one.split(": ")[0] for _, one in told] == ["roster.xlsx:A2", "roster.xlsx:B3"]
    assert "a formula or its error '=1+1'" in told[0][1] and "=A2&" in told[1][1] and "as values" in told[1][1]
    rows = [["Tên", "Mã", "Đơn vị"], ["An Bình", '="HV"&ROW()', "#N/A"], ["Lê Chi", '="HV"&ROW()', 26740]]
    named = [en.split(": ")[0] for _, en in problems(xlsx_file(tmp_path, rows))]
    assert named == ["roster.xlsx:B2", "roster.xlsx:C2", "roster.xlsx:B3"]


def test_every_bad_row_is_named_with_what_is_allowed(tmp_path):
    text = (
        "Tên,Mã,Đơn vị,Tổ\n"
        "Nguyễn Văn An,HV01,Phường Sài Gòm,\n"
        "X,hv01,26740,\n"
        '"<img src=x>",HV03,26740,"=HYPERLINK(""x"")"\n'
        "Lê Chi,HV 04,,\n"
        "Phạm Dung,079085001234,99999,\n"
    )
    told = problems(csv_file(tmp_path, text))
    named = [int(vi.split(":")[1]) for vi, _ in told]
    assert named == [2, 3, 4, 4, 5, 5, 6, 6, 3]
    joined = "\n".join(en for _, en in told)
    for word in ("Phường Sài Gòn", "is in row 2 already", "2 to 80 letters", "letters without marks",
                 "a formula", "the unit is missing", "personal ID", "26"):  # fmt: skip
        assert word in joined, word
    assert all(vi != en and vi.split(":")[:2] == en.split(":")[:2] for vi, en in told)


def test_codes_are_given_where_there_are_none_and_one_unit_is_everybodys(tmp_path):
    path = csv_file(tmp_path, "Họ tên\nNguyễn Văn An\n\nTrần  Thị Bình\n")
    assert people(path, Places("79", ("26740",))) == [
        ("001", "Nguyễn Văn An", "26740", "", ""), ("002", "Trần Thị Bình", "26740", "", ""),
    ]  # fmt: skip


def test_people_come_from_where_the_plan_says(tmp_path):
    path = csv_file(tmp_path, "Tên,Đơn vị\nNguyễn Văn An,26740\nTrần Thị Bình,Phường Hà Tu\n")
    assert "Quảng Ninh" in problems(path, Places("79"))[0][1]
    assert "allowed: 27238" in problems(path, Places("", ("27238",)))[0][1]
    with pytest.raises(UnknownUnit):
        Places().unit_of("")


def test_columns_that_nobody_needs_are_named_and_not_kept(tmp_path):
    path = csv_file(tmp_path, "Tên,Đơn vị,Số CCCD,Điện thoại\nNguyễn Văn An,26740,099085001234,0600 123 456\n")
    roster = read_roster(path, ANYWHERE)
    assert roster.unused == ("Số CCCD", "Điện thoại") and "099085001234" not in str(roster.people)


def test_a_missing_column_is_explained(tmp_path):
    vi, en = problems(csv_file(tmp_path, "Số nhà,Mã\nA,B\n"))[0]
    assert "thiếu cột “Họ và tên”" in vi and "no column “Name”; allowed: Name, Code, Unit" in en
    assert "the sheet is empty" in problems(csv_file(tmp_path, "\n \n"))[0][1]
    assert "nobody" in problems(csv_file(tmp_path, "Họ tên,Mã,Đơn vị\n"))[0][1]
    told = problems(csv_file(tmp_path, "Họ tên,Mã\nAn Bình,1\nLê Chi,2\n"))
    assert len(told) == 1 and "roster.csv:1: no column “Unit” (or name exactly one unit" in told[0][1]


def test_a_header_that_is_misspelt_split_or_there_twice_is_told_with_all_the_rest(tmp_path):
    rows = [["Họ", "Tên", "Mãa", "Đơn vịi"], ["Nguyễn", "An", "1", 26740], ["Lê", "", "2", 26740]]
    told = problems(xlsx_file(tmp_path, rows))
    assert [en.split(": ")[0] for _, en in told] == [f"roster.xlsx:{cell}" for cell in ("C1", "D1", "A1", "B3")]
    for (_, en), word in zip(told, ("if it is “Code”", "if it is “Unit”", "join both", "name is missing"), strict=True):
        assert word in en
    rows = [["Tên", "Mã", "Đơn vị"], ["An Bình", "1", 26740], ["Name", "Code", "Unit"], ["Lê Chi", "1", 26740]]
    told = [en for _, en in problems(xlsx_file(tmp_path, rows))]
    assert [one.split(": ")[0] for one in told] == ["roster.xlsx:3", "roster.xlsx:B4"]
    assert "a header row once more (there is one in row 1): delete it" in told[0] and "in row 2 already" in told[1]


def test_of_two_columns_that_mean_the_same_the_second_is_named_as_not_read(tmp_path):
    path = csv_file(tmp_path, "Họ tên,Mã đơn vị,Tên đơn vị\nNguyễn Văn An,26740,Phường Sài Gòn\n")
    assert read_roster(path, ANYWHERE).unused == ("Tên đơn vị",)


def test_a_sheet_without_a_header_tells_what_stands_there(tmp_path):
    told = problems(xlsx_file(tmp_path, [["Nguyễn Văn An", "HV01", 26740]]))
    assert len(told) == 1 and "no header row; this row is 'Nguyễn Văn An | HV01 | 26740'" in told[0][1]


ODS = "application/vnd.oasis.opendocument.spreadsheet"


def zipped(parts: dict[str, str]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Excel file (.xls), or one with a password"),
        (zipped({"mimetype": ODS, "content.xml": "<a/>"}), "a LibreOffice file"),
        (zipped({"word/document.xml": "<a/>"}), "a Word file"),
        (b"PK\x03\x04 and no more", "a damaged file"),
        (b"\xef\xbb\xbf\r\n<html><table>", "an HTML or XML page"),
        (b"%PDF-1.4\n\xff", "a PDF file"),
    ],
)
@pytest.mark.parametrize("name", ["roster.xls", "roster.xlsx", "roster.csv"])
def test_a_file_of_another_kind_is_named_with_what_to_do(tmp_path, content, word, name):
    ((vi, en),) = problems(csv_file(tmp_path, content, name))
    assert en.startswith(f"{name}: this is ") and word in en and "save it as .xlsx" in en and "lưu thành .xlsx" in vi


@pytest.mark.parametrize(
    ("content", "line", "word"),
    [
        (b"T\xean,M\xe3\n", 1, "UTF-8"),
        (b"Ten,Ma\nA\0B,1\n", 2, "zero byte"),
        (b'Ten,Ma\n"An,1\n', 2, "not CSV"),
        (b"Ten,Ma\n" + b"An Binh," + b"x" * (LONGEST_CELL + 1) + b"\n", 2, "characters in a cell"),
        (b"Ten,Ma\n" + b"," * MOST_COLUMNS + b"x\n", 2, "columns"),
        (b"Ten,Ma\n" + b"An Binh,1\n" * MOST_ROWS, MOST_ROWS + 1, "rows"),
        (b"Ten,Ma\n" + b"\n" * 30_000, 20_001, "rows"),
    ],
)
def test_a_file_that_is_no_table_is_refused_at_its_line(tmp_path, content, line, word):
    told = problems(csv_file(tmp_path, content))[0][1]
    assert told.startswith(f"roster.csv:{line}: ") and word in told


def test_files_that_cannot_be_read(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path, Path("a\0b")):
        with pytest.raises(WrongUse):
            read_rows(path)
    assert "larger" in problems(csv_file(tmp_path, b"x" * (MOST_BYTES + 1)))[0][1]


def sheet_of(parts: dict[str, bytes], compress: bool = True) -> bytes:
    """A minimal XLSX with these parts instead of its own."""
    book, raw = io.BytesIO(), io.BytesIO()
    Workbook().save(book)
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED if compress else 0) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts.get(name) or old.read(name))
    return raw.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
CELLS = b'<c r="A1" t="inlineStr"><is><t>Ten</t></is></c>'
MORE = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
LOL = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "' + b"ha" * 500 + b'">' + MORE + b"]>"
SECOND = "xl/worksheets/sheet1.xml"
LAST = CELLS + b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
BOMBS = {
    "megabytes of one letter": {SECOND: SHEET % (b"<row>" + b" " * 60_000_000 + b"</row>")},
    "many cells": {SECOND: SHEET % (b"<row>" + b'<c><v>1</v></c>' * 500_000 + b"</row>")},
    "as many cells as may be": {SECOND: SHEET % (b"<row><c><v>1</v></c></row>" * 39_000)},
    "many rows": {SECOND: SHEET % (b'<row><c><v>1</v></c></row>' * 250_000)},
    "many strings": {"xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 400_000 + b"</sst>"},
    "the last row": {SECOND: SHEET % (b"<row>" + LAST)},
    "entities": {SECOND: LOL + SHEET % (b"<row>" + CELLS + b"</row>")},
    "wide letters": {SECOND: '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16")},
    "parts": {f"xl/{n}.xml": b"<a/>" for n in range(500)},
    "no workbook": {"xl/workbook.xml": b"<nothing/>"},
    "broken": {SECOND: SHEET[:60]},
    "deep": {SECOND: SHEET % (b"<row>" * 100_000)},
}  # fmt: skip
MEASURED = """
import resource, sys, time
from pathlib import Path
import openpyxl
from kit.errors import KitError
from kit.session.roster import read_roster
from kit.session.places import Places
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for name in sys.argv[1:]:
    began = time.process_time()
    try:
        read_roster(Path(name), Places())
        told = "read"
    except KitError as error:
        told = error.en.splitlines()[0][:90]
    print(f"{time.process_time() - began:.3f}|{Path(name).stem}|{told}")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_bombs_are_refused_in_less_than_a_second_and_100_megabytes(tmp_path):
    for name, parts in BOMBS.items():
        (tmp_path / f"{name}.xlsx").write_bytes(sheet_of(parts))
    (tmp_path / "no zip.xlsx").write_bytes(b"PK\x03\x04" + b"\xff" * 200)
    (tmp_path / "quotes.csv").write_bytes(b"Ten\n" + b'"' * 2_999_000)
    (tmp_path / "commas.csv").write_bytes(b"Ten\n" + b"," * 2_999_000)
    (tmp_path / "lines.csv").write_bytes(b"\n" * 2_999_000)
    (tmp_path / "units.csv").write_bytes(b"Ten,Don vi\n" + b"".join(b"An Binh,x%dy\n" % n for n in range(4_900)))
    files = sorted(str(path) for path in tmp_path.iterdir())
    run = subprocess.run([sys.executable, "-c", MEASURED, *files], capture_output=True, text=True, check=True)
    *lines, kilobytes = run.stdout.splitlines()
    assert len(lines) == len(BOMBS) + 5
    for line in lines:
        seconds, name, told = line.split("|")
        assert told != "read" and float(seconds) < 1, line
        assert ("declares a DTD" in told) == (name in ("entities", "wide letters")), line
    assert int(kilobytes) < 100_000


def explained(error: KitError) -> None:
    assert error.vi and error.en


ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@FEW
@given(st.lists(st.lists(ANYTHING, max_size=6), max_size=12), st.sampled_from([",", ";", "\t"]))
def test_no_table_of_any_text_breaks_the_reader(tmp_path, rows, mark):
    text = "Tên,Mã,Đơn vị\n".replace(",", mark) + "\n".join(mark.join(row) for row in rows)
    try:
        found = read_roster(csv_file(tmp_path, text.encode()), Places("79", ("26740",)))
    except KitError as error:
        explained(error)
    else:
        assert all(one.name and one.code and one.unit == "26740" for one in found.people)
        assert len({one.code for one in found.people}) == len(found.people)


@FEW
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(tmp_path, raw):
    for name in ("roster.csv", "roster.xlsx"):
        try:
            read_roster(csv_file(tmp_path, raw, name), ANYWHERE)
        except KitError as error:
            explained(error)


NAMES = st.from_regex(r"[A-ZĐ][a-zăâêôơưđáàảãạ]{1,6}( [A-ZĐ][a-zăâêôơưđáàảãạ]{1,6}){1,3}", fullmatch=True)


@settings(FEW, max_examples=10)
@given(st.lists(NAMES, min_size=1, max_size=8), st.booleans())
def test_csv_and_xlsx_give_the_same_people(tmp_path, names, marked):
    rows = [["Họ và tên" if marked else "HO VA TEN", "Mã", "Đơn vị"]]
    rows += [[name, f"{number:03d}", "26740"] for number, name in enumerate(names)]
    csv = csv_file(tmp_path, "\n".join(";".join(row) for row in rows))
    assert people(csv) == people(xlsx_file(tmp_path, [list(row) for row in rows]))
