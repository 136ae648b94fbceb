"""A roster: who takes part, one line each; every line that cannot be used is named with what is allowed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kit.errors import BrokenFile, UnknownUnit
from kit.session.columns import columns_of, unused
from kit.session.places import Places
from kit.session.roster_header import Problem, header_of, header_problems, is_header, problem
from kit.session.sheet_rows import Row, Sheet, read_rows
from kit.store.people import Person

Given = dict[str, str]
CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}", re.ASCII)
NAME = re.compile(r"[^\W\d_][\w .,'’()-]{1,79}")
STARTS_A_FORMULA = ("=", "+", "-", "@")
COMPUTED = ("=", "#")  # how a formula begins, and what a spreadsheet shows where one fails
IDENTITY = (9, 12)  # digits of an identity card's and of a personal identification number


@dataclass(frozen=True)
class Roster:
    """The people of a file, and the headers of the columns that were not read."""

    people: tuple[Person, ...]
    unused: tuple[str, ...] = ()


def read_roster(path: Path, places: Places) -> Roster:
    """The people in a CSV or XLSX file; `BrokenFile` names every row that is wrong, all at once."""
    sheet = read_rows(path)
    head = header_of(sheet)
    reading = _Reading(sheet, head, places)
    rows = list(reading.rows())
    people = [reading.person(number, row) for number, row in enumerate(rows, start=1)]
    problems = [*reading.problems, *reading.repeated(rows, people)]
    if not rows:
        problems.append(problem(sheet.place(head.number), "dưới dòng tiêu đề không có ai: ghi mỗi người một dòng",
                                "nobody below the header: write a row for each person"))  # fmt: skip
    if problems:
        raise BrokenFile(problems)
    return Roster(tuple(people), tuple(unused(head.cells)))


class _Reading:
    """Makes a person of each row and gathers what is wrong on the way."""

    def __init__(self, sheet: Sheet, head: Row, places: Places) -> None:
        self.sheet, self.head, self.columns, self.places = sheet, head, columns_of(head.cells), places
        self.problems = list(header_problems(sheet, head, places))

    def rows(self) -> Iterator[Row]:
        """The rows of people; a header that stands there once more is a problem."""
        for row in self.sheet.rows:
            if row.number > self.head.number and not is_header(row, self.columns):
                yield row
            elif row.number > self.head.number:
                self._add(row, "", f"lại là dòng tiêu đề (đã có ở dòng {self.head.number}): xóa dòng này",
                          f"a header row once more (there is one in row {self.head.number}): delete it")  # fmt: skip

    def person(self, number: int, row: Row) -> Person:
        """Whoever stands in a row; what is wrong with it is gathered."""
        given = {name: _tidy(row.cells[at]) if at < len(row.cells) else "" for name, at in self.columns.items()}
        computed = [name for name, text in given.items() if text.startswith(COMPUTED)]
        for column in computed:
            self._add(row, column, *_computed(given[column]))
        given = {"name": "", **given, "code": given.get("code") or f"{number:03d}"}
        for column, vi, en in (*_wrong_name(given), *_wrong_text(given)):
            if column in self.columns and column not in computed:
                self._add(row, column, vi, en)
        unit = "" if "unit" in computed else self._unit(row, given.get("unit", ""))
        return Person(given["code"], given["name"], unit, given.get("role", ""), given.get("working_group", ""))

    def repeated(self, rows: list[Row], people: list[Person]) -> Iterator[Problem]:
        """Each code that somebody above has already, capitals or not."""
        seen: dict[str, int] = {}
        for row, person in zip(rows, people, strict=True):
            first = seen.setdefault(person.code.lower(), row.number)
            if first != row.number and CODE.fullmatch(person.code):
                place = self.sheet.place(row.number, self.columns.get("code"))
                yield problem(place, f"mã {person.code!r} đã có ở dòng {first}; mỗi người một mã, không kể chữ hoa: "
                                     "sửa một trong hai, hoặc xóa dòng lặp",
                              f"code {person.code!r} is in row {first} already; each person has their own, capitals "
                              "do not count: change one, or delete the row that is there twice")  # fmt: skip

    def _unit(self, row: Row, named: str) -> str:
        if "unit" not in self.columns and len(self.places.units) != 1:
            return ""  # said of the header
        try:
            return self.places.unit_of(named)
        except UnknownUnit as error:
            self._add(row, "unit", error.vi, error.en)
            return ""

    def _add(self, row: Row, column: str, vi: str, en: str) -> None:
        self.problems.append(problem(self.sheet.place(row.number, self.columns.get(column)), vi, en))


def _computed(text: str) -> Problem:
    return (f"ô có công thức hoặc lỗi công thức {text[:40]!r}; chỉ nhận chữ, số: chép cột này, dán lại dạng giá trị "
            "(Paste Special, Values)",
            f"a formula or its error {text[:40]!r}; text and numbers are allowed: copy the column and paste it "
            "as values (Paste Special, Values)")  # fmt: skip


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _wrong_name(given: Given) -> Iterator[tuple[str, str, str]]:
    """(column, problem in vi and en) about a line's name and code."""
    name, code = given["name"], given["code"]
    if not name:
        yield ("name", "thiếu họ tên: ghi họ tên, hoặc xóa dòng nếu không phải học viên",
               "the name is missing: write it, or delete the row if it is nobody's")  # fmt: skip
    elif not NAME.fullmatch(name):
        yield ("name", f"họ tên {name[:40]!r}: cần 2 đến 80 chữ cái, dấu cách, dấu . , ' ( ) -",
               f"name {name[:40]!r}: 2 to 80 letters, spaces and . , ' ( ) - are allowed")  # fmt: skip
    if not CODE.fullmatch(code):
        yield ("code", f"mã {code[:40]!r}: dùng chữ không dấu, số, dấu . _ -, tối đa 64",
               f"code {code[:40]!r}: letters without marks, digits and . _ - are allowed, 64 at most")  # fmt: skip
    if code.isdecimal() and len(code) in IDENTITY:
        yield ("code", "mã giống số định danh cá nhân: hãy dùng mã riêng của đợt, không dùng số giấy tờ",
               "the code looks like a personal ID: use a code of the session's own, no document's number")  # fmt: skip


def _wrong_text(given: Given) -> Iterator[tuple[str, str, str]]:
    """The same about what is free text."""
    for column, most in (("role", 64), ("working_group", 80)):
        text = given.get(column, "")
        if len(text) > most or text.startswith(STARTS_A_FORMULA) or not text.isprintable():
            yield (column, f"{text[:40]!r}: tối đa {most} ký tự, không bắt đầu bằng = + - @",
                   f"{text[:40]!r}: at most {most} characters, not beginning with = + - @")  # fmt: skip
