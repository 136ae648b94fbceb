"""A list that a trainer sends back: the changes that may be made, and every other change named by its cell."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kit.errors import BrokenFile
from kit.plain_text import plain
from kit.session.msel import STAMP, Line, Msel, minute_at
from kit.session.msel_sheet import COLUMNS, is_open
from kit.session.sheet_rows import Row, Sheet, read_rows
from kit.words import LANGUAGES, say

Json = dict[str, Any]
Problem = tuple[str, str]
LONGEST = 32_767  # characters that a spreadsheet's cell holds
STAMPED = re.compile(rf"\[([0-9a-f]{{{STAMP}}})\]$")
LIMITS = {"owner": 80, "note": 300}
YES = {plain(say("msel.yes", language)) for language in LANGUAGES} | {"x", "1", "true"}
NO = {plain(say("msel.no", language)) for language in LANGUAGES} | {"0", "false"}
NAMES = {plain(say(word, language)): column for column, word, _ in COLUMNS for language in LANGUAGES}


def read_changes(path: Path, msel: Msel, session: str) -> dict[str, Json]:
    """What to change, by inject, against the session's list; `BrokenFile` names each cell that may not be so.

    A list that was exported before the session changed is refused as a whole, with the command that exports it anew.
    """
    sheet = read_rows(path, LONGEST)
    _must_be_new(sheet, msel, session)
    reading = _Reading(sheet, msel)
    changes = {line.inject: reading.change(line, row) for line, row in reading.pairs()}
    if reading.problems:
        raise BrokenFile(reading.problems)
    return {inject: change for inject, change in changes.items() if change}


def _must_be_new(sheet: Sheet, msel: Msel, session: str) -> None:
    stamped = sheet.rows and STAMPED.search(sheet.rows[0].cells[0])
    if not stamped or stamped[1] == msel.stamp:
        return
    command = f"kit session msel {session} --exercise {msel.exercise} --out msel-moi.xlsx"
    raise BrokenFile.at(
        sheet.place(1, 0),
        "đợt đã đổi từ khi xuất tệp này (đã nhập tệp khác, sửa kế hoạch, danh sách hoặc bài), không nhập gì: "
        f"xuất lại bằng `{command}`, chép các ô nền vàng đã sửa sang tệp mới rồi nhập tệp mới",
        "the session has changed since this export (another import, plan, roster or exercise), nothing was imported: "
        f"export anew with `{command}`, copy the yellow cells that you changed and import the new file",
    )


class _Reading:
    """Compares a file with the list cell by cell and gathers what is wrong."""

    def __init__(self, sheet: Sheet, msel: Msel) -> None:
        self.sheet, self.msel, self.problems = sheet, msel, list[Problem]()
        self.head = max(sheet.rows[:10], key=lambda row: len(_columns(row)), default=Row(1, ()))
        self.columns = _columns(self.head)
        if "inject" not in self.columns:
            self._add(self.head.number, None, "không phải bảng tình huống, thiếu cột “Tình huống”: xuất bằng --out",
                      "not the list of injects: no column “Inject”; export the list with --out")  # fmt: skip
        for column, word, _ in COLUMNS if not self.problems else ():
            if column not in self.columns:
                self._add(self.head.number, None, f"thiếu cột {say(word, 'vi')}", f"no column {say(word, 'en')}")

    def pairs(self) -> Iterator[tuple[Line, Row]]:
        """Each line of the list with its row; what is missing, repeated or new is a problem."""
        known = {line.inject: line for line in self.msel.lines}
        seen: set[str] = set()
        for row in self.sheet.rows if not self.problems else ():
            name = self._cell(row, "inject")
            if row.number <= self.head.number:
                continue
            if name not in known or name in seen:
                self._add(row.number, "inject", f"không thêm được tình huống {name[:40]!r} ở đây",
                          f"no inject can be added here: {name[:40]!r}")  # fmt: skip
            else:
                seen.add(name)
                yield known[name], row
        for name in known.keys() - seen if not self.problems else ():
            self._add(self.head.number, None, f"thiếu tình huống {name}: để bỏ, ghi “không” ở cột Dùng",
                      f"inject {name} is missing: to leave it out, write “no” under Used")  # fmt: skip

    def change(self, line: Line, row: Row) -> Json:
        """What a row changes of its line."""
        given = {column: self._cell(row, column) for column in self.columns}
        for column, text in given.items():
            if not is_open(line, column) and text != line.cells[column]:
                self._add(row.number, column, f"không được sửa ô này; giữ {line.cells[column][:60]!r}",
                          f"this cell may not be changed; keep {line.cells[column][:60]!r}")  # fmt: skip
        change: Json = {name: text for name in LIMITS if (text := self._free(row, name, given[name]))}
        if line.timed:
            change |= self._timing(line, row, given)
        return change

    def _timing(self, line: Line, row: Row, given: dict[str, str]) -> Json:
        change: Json = {}
        minute = self._minute(line, row, given)
        if minute is not None and minute != line.minute:
            change["minute"] = minute
        used = plain(given["enabled"])
        if used not in YES | NO:
            self._add(row.number, "enabled", "ghi “có” hoặc “không”", "write “yes” or “no”")
        return {**change, "enabled": False} if used in NO else change

    def _minute(self, line: Line, row: Row, given: dict[str, str]) -> int | None:
        """The minute that was entered, as such or as a time; None (and a problem) where it is none."""
        was_time, was_minute = line.cells["time"], line.cells["minute"]
        by_time = minute_at(self.msel.starts_at, given["time"])
        by_minute = int(given["minute"]) if given["minute"].isdecimal() and len(given["minute"]) < 6 else None
        found, column = (by_time, "time") if given["minute"] == was_minute else (by_minute, "minute")
        both = given["time"] != was_time and given["minute"] != was_minute
        if found is None or not 0 <= found < self.msel.minutes or (both and by_time != by_minute):
            most = self.msel.minutes - 1
            self._add(row.number, column, f"phút từ 0 đến {most}, hoặc giờ dạng 09:15; hai ô phải khớp nhau",
                      f"minutes 0 to {most}, or a time such as 09:15; both cells must agree")  # fmt: skip
            return None
        return found

    def _free(self, row: Row, column: str, text: str) -> str:
        if len(text) > LIMITS[column] or text.startswith(("=", "+", "-", "@")) or not text.isprintable():
            self._add(row.number, column, f"tối đa {LIMITS[column]} ký tự, không bắt đầu bằng = + - @",
                      f"at most {LIMITS[column]} characters, not beginning with = + - @")  # fmt: skip
        return text

    def _cell(self, row: Row, column: str) -> str:
        at = self.columns.get(column, len(row.cells))
        text = row.cells[at] if at < len(row.cells) else ""
        return "\n".join(one.strip() for one in text.replace("_x000D_", "").strip().splitlines())

    def _add(self, row: int, column: str | None, vi: str, en: str) -> None:
        place = self.sheet.place(row, self.columns.get(column) if column else None)
        self.problems.append((f"{place}: {vi}", f"{place}: {en}"))


def _columns(row: Row) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, text in enumerate(row.cells):
        column = NAMES.get(plain(text))
        if column:
            found.setdefault(column, place)
    return found
