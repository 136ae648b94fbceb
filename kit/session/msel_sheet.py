"""The master scenario events list as a spreadsheet: what may be changed is yellow and unlocked, all else is text."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter

from kit.session.msel import OPEN, Line, Msel
from kit.words import pick, say

# Column, its word, its width in characters.
COLUMNS = (
    ("number", "msel.number", 5), ("inject", "msel.inject", 12), ("time", "msel.time", 8),
    ("minute", "msel.minute", 8), ("enabled", "msel.enabled", 8), ("after_action", "msel.after_action", 18),
    ("sender", "msel.sender", 22), ("receiver", "msel.receiver", 22), ("channel", "msel.channel", 16),
    ("title", "msel.title", 32), ("title_en", "msel.title_en", 32), ("text", "msel.text", 48),
    ("text_en", "msel.text_en", 48), ("movable", "msel.movable", 9), ("expected", "msel.expected", 48),
    ("expectations", "msel.expectations", 28), ("owner", "msel.owner", 20), ("note", "msel.note", 32),
)  # fmt: skip
OPEN_FILL = PatternFill("solid", fgColor="FFF4CC")


def as_xlsx(msel: Msel, session: str, language: str) -> bytes:
    """The file's bytes; every cell is text, so nothing is taken for a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = msel.exercise[:31]
    about = say("msel.about", language, title=pick(msel.title, language), session=session)
    _text(sheet.cell(1, 1), f"{about} [{msel.stamp}]")
    sheet.cell(1, 1).font = Font(bold=True)
    for number, (_, word, width) in enumerate(COLUMNS, start=1):
        _text(sheet.cell(2, number), say(word, language))
        sheet.cell(2, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row, line in enumerate(msel.lines, start=3):
        _write(sheet, row, line)
    sheet.freeze_panes = "C3"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def is_open(line: Line, column: str) -> bool:
    """Whether a trainer may change this cell: what follows from an action has no minute of its own."""
    return column in OPEN and (line.timed or column in ("owner", "note"))


def _write(sheet: Any, row: int, line: Line) -> None:
    for number, (column, _, _) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(row, number)
        _text(cell, line.cells[column])
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if is_open(line, column):
            cell.fill, cell.protection = OPEN_FILL, Protection(locked=False)


def _text(cell: Any, text: str) -> None:
    cell.value = text or None
    if text:
        cell.data_type = "s"
