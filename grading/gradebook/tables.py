"""The gradebook for spreadsheets: CSV (RFC 4180) and XLSX, in which no name can become a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Font

from grading.gradebook.rows import COLUMNS, Row

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # how a cell begins that a spreadsheet may run (OWASP)
GUARD = "'"  # a spreadsheet takes what stands behind it as text
BOM = "\ufeff"  # by which Excel knows UTF-8
Cell = str | int | float | bool | None  # None is an empty cell


def as_csv(rows: Iterable[Row], bom: bool = False) -> bytes:
    """The rows with a heading, CRLF, UTF-8; texts that begin like a formula have an apostrophe before them."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_plainly(row[name]) for name in COLUMNS] for row in rows)
    return ((BOM if bom else "") + held.getvalue()).encode()


def as_xlsx(rows: Iterable[Row]) -> bytes:
    """One sheet, heading in bold: texts in cells of type text, numbers as numbers, no formulas, no links.

    What XML cannot carry (control characters) stands as U+FFFD.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Diem - Grades")
    sheet.freeze_panes = "A2"
    for place, name in enumerate(COLUMNS):
        sheet.column_dimensions[_letter(place)].width = max(12, len(name) + 2)
    heading = [WriteOnlyCell(sheet, name) for name in COLUMNS]
    for cell in heading:
        cell.font = Font(bold=True)
    sheet.append(heading)
    for row in rows:
        sheet.append([_cell(sheet, row[name]) for name in COLUMNS])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def neutral(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe before one that begins like a formula, or with an apostrophe."""
    return GUARD + text if text.startswith((*FORMULA, GUARD)) else text


def plain_of(text: str) -> str:
    """The text of which `neutral` made this one."""
    return text.removeprefix(GUARD)


def _plainly(value: Cell) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return neutral(value) if isinstance(value, str) else value


def _cell(sheet: Any, value: Cell) -> Any:
    shown = ("yes" if value else "no") if isinstance(value, bool) else None if value == "" else value
    if not isinstance(shown, str):
        return WriteOnlyCell(sheet, shown)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", shown))
    cell.data_type, cell.number_format = "s", "@"  # also where it begins with "="
    return cell


def _letter(place: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
