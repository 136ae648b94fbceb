"""The gradebook: every attempt of a session as one row, for a spreadsheet, a program or a learning record store."""

from grading.gradebook.rows import COLUMNS, Graded, Row, row_of
from grading.gradebook.statements import statements
from grading.gradebook.tables import as_csv, as_xlsx, neutral, plain_of

FORMATS = ("csv", "xlsx", "json", "xapi")

__all__ = ["COLUMNS", "FORMATS", "Graded", "Row", "as_csv", "as_xlsx", "neutral", "plain_of", "row_of", "statements"]
