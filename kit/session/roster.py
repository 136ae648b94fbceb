"""A roster: who takes part, one line each; every line that cannot be used is named with what is allowed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kit.errors import BrokenFile, UnknownUnit
from kit.session.columns import REQUIRED, columns_of, nearest, unused
from kit.session.places import Places
from kit.session.sheet_rows import Row, Sheet, read_rows
from kit.store.people import Person

Problem = tuple[str, str]
Given = dict[str, str]
CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}", re.ASCII)
NAME = re.compile(r"[^\W\d_][\w .,'’()-]{1,79}")
STARTS_A_FORMULA = ("=", "+", "-", "@")
HEADER_WITHIN = 15  # rows: above the header there may be titles
IDENTITY = (9, 12)  # digits of an identity card's and of a personal identification number


@dataclass(frozen=True)
class Roster:
    """The people of a file, and the headers of the columns that were not read."""

    people: tuple[Person, ...]
    unused: tuple[str, ...] = ()


def read_roster(path: Path, places: Places) -> Roster:
    """The people in a CSV or XLSX file; `BrokenFile` names every row that is wrong, all at once."""
    sheet = read_rows(path)
    head, columns = _header(sheet)
    rows = [row for row in sheet.rows if row.number > head.number]
    reading = _Reading(sheet, columns, places)
    people = [reading.person(number, row) for number, row in enumerate(rows, start=1)]
    problems = reading.problems + list(_repeated(sheet, rows, people))
    if not rows:
        problems.append(_problem(sheet.place(head.number), "dưới dòng tiêu đề không có ai", "nobody below the header"))
    if problems:
        raise BrokenFile(problems)
    return Roster(tuple(people), tuple(unused(head.cells)))


def _header(sheet: Sheet) -> tuple[Row, dict[str, int]]:
    """The row with the most headers that are known; `BrokenFile` where a required one is missing."""
    first = sheet.rows[:HEADER_WITHIN]
    if not first:
        raise BrokenFile([_problem(sheet.place(1), "tệp trống", "the file is empty")])
    head = max(first, key=lambda row: (len(columns_of(row.cells)), -row.number))
    columns = columns_of(head.cells)
    if all(name in columns for name in REQUIRED):
        return head, columns
    near = ", ".join(sorted({one for cell in head.cells for one in nearest(cell)})) or "-"
    vi = f"thiếu cột họ tên; có thể dùng: Họ và tên, Mã, Đơn vị, Vai trò, Tổ công tác (gần giống: {near})"
    en = f"no column for the name; known are: Name, Code, Unit, Role, Working group (looks like: {near})"
    raise BrokenFile([_problem(sheet.place(head.number), vi, en)])


class _Reading:
    """Makes a person of each row and gathers what is wrong on the way."""

    def __init__(self, sheet: Sheet, columns: dict[str, int], places: Places) -> None:
        self.sheet, self.columns, self.places = sheet, columns, places
        self.problems: list[Problem] = []

    def person(self, number: int, row: Row) -> Person:
        given = {name: _tidy(row.cells[at]) if at < len(row.cells) else "" for name, at in self.columns.items()}
        given["code"] = given.get("code") or f"{number:03d}"
        for column, vi, en in (*_wrong_name(given), *_wrong_text(given)):
            self._add(row, column, vi, en)
        unit = self._unit(row, given.get("unit", ""))
        return Person(given["code"], given["name"], unit, given.get("role", ""), given.get("working_group", ""))

    def _unit(self, row: Row, named: str) -> str:
        try:
            return self.places.unit_of(named)
        except UnknownUnit as error:
            self._add(row, "unit", error.vi, error.en)
            return ""

    def _add(self, row: Row, column: str, vi: str, en: str) -> None:
        self.problems.append(_problem(self.sheet.place(row.number, self.columns.get(column)), vi, en))


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _wrong_name(given: Given) -> Iterator[tuple[str, str, str]]:
    """(column, problem in vi and en) about a line's name and code."""
    name, code = given["name"], given["code"]
    if not NAME.fullmatch(name):
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


def _repeated(sheet: Sheet, rows: list[Row], people: list[Person]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for row, person in zip(rows, people, strict=True):
        first = seen.setdefault(person.code.lower(), row.number)
        if first != row.number:
            yield _problem(sheet.place(row.number), f"mã {person.code!r} đã có ở dòng {first}; mỗi người một mã",
                           f"code {person.code!r} is in row {first} already; each person has their own")  # fmt: skip


def _problem(place: str, vi: str, en: str) -> Problem:
    return f"{place}: {vi}", f"{place}: {en}"
