"""The rows of a CSV or XLSX file that somebody sends, as text with their places; too much of anything is refused."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path

from kit.errors import BrokenFile, cannot_read
from kit.session.file_kinds import no_spreadsheet
from kit.session.spreadsheet import spreadsheet_rows

MOST_BYTES = 3_000_000
MOST_ROWS = 5_000  # that hold anything
LAST_ROW = 20_000
MOST_COLUMNS = 40
LONGEST_CELL = 300  # characters


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A file's rows that hold anything; `place(row, column)` is how a message names a cell."""

    name: str
    rows: tuple[Row, ...]
    letters: bool

    def place(self, row: int, column: int | None = None) -> str:
        """Where a row or cell is: "roster.csv:7", "roster.xlsx:B7"."""
        if column is None or not self.letters:
            return f"{self.name}:{row}"
        from openpyxl.utils import get_column_letter

        return f"{self.name}:{get_column_letter(column + 1)}{row}"


def read_rows(path: Path, longest: int = LONGEST_CELL) -> Sheet:
    """The first sheet of a file; `BrokenFile` naming the place where it is no table or holds too much."""
    raw = _bytes(path)
    if other := no_spreadsheet(raw, path.name):
        raise other
    spreadsheet = raw.startswith(b"PK") or path.suffix.lower() in (".xlsx", ".xlsm")
    found: Iterator[Row]
    if spreadsheet:
        found = starmap(Row, spreadsheet_rows(raw, path.name, LAST_ROW + 1, MOST_COLUMNS + 1))
    else:
        found = _csv_rows(_text(raw, path.name), path.name)
    return Sheet(path.name, tuple(_bounded(found, path.name, longest)), spreadsheet)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        raise cannot_read(path, error) from None
    if len(raw) > MOST_BYTES:
        raise BrokenFile.at(path.name, f"tệp lớn hơn {MOST_BYTES:,} byte",
                            f"the file is larger than {MOST_BYTES:,} bytes")  # fmt: skip
    return raw


def _text(raw: bytes, name: str) -> str:
    """What Excel and others write: UTF-8, or UTF-16 with its mark at the beginning."""
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BrokenFile.at(f"{name}:{line}", "tệp phải là UTF-8 (Excel: lưu dạng “CSV UTF-8”)",
                            "the file must be UTF-8 (Excel: save as “CSV UTF-8”)") from None  # fmt: skip
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise BrokenFile.at(f"{name}:{line}", "có ký tự số 0, không phải tệp CSV", "a zero byte: this is no CSV file")
    return text


def _csv_rows(text: str, name: str) -> Iterator[Row]:
    first = text[:2_000].partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            yield Row(before + 1, tuple(cells))
            before = reader.line_num
    except csv.Error as error:
        raise BrokenFile.at(f"{name}:{before + 1}", f"không phải CSV ({error})", f"not CSV: {error}") from None


def _bounded(rows: Iterator[Row], name: str, longest: int) -> Iterator[Row]:
    """Rows that hold anything, their cells without spaces around; refuses one too many, too wide or too long."""
    held = 0
    for row in rows:
        held += any(row.cells)
        if held > MOST_ROWS or row.number > LAST_ROW:
            raise _too(f"{name}:{row.number}", f"{MOST_ROWS} dòng, không dòng nào sau dòng {LAST_ROW}",
                       f"{MOST_ROWS} rows, none after row {LAST_ROW}")  # fmt: skip
        if len(row.cells) > MOST_COLUMNS and any(cell.strip() for cell in row.cells[MOST_COLUMNS:]):
            raise _too(f"{name}:{row.number}", f"{MOST_COLUMNS} cột", f"{MOST_COLUMNS} columns")
        if any(len(cell) > longest for cell in row.cells):
            raise _too(f"{name}:{row.number}", f"{longest} ký tự trong một ô", f"{longest} characters in a cell")
        cells = tuple(cell.strip() for cell in row.cells[:MOST_COLUMNS])
        if any(cells):
            yield Row(row.number, cells)


def _too(place: str, vi: str, en: str) -> BrokenFile:
    return BrokenFile.at(place, f"nhiều nhất {vi}", f"at most {en}")
