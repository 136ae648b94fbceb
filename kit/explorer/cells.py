"""Tables as files for other programs: codes stay text, and no cell can act as a formula."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import cast

import pyarrow as pa
import pyarrow.parquet as parquet

from kit.errors import WrongUse

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes a text that begins so for a formula."""
LINK_LIMIT = 1_000_000
"""Bytes of a download that a notebook server still passes on in one message; larger CSV files are packed."""
MOST_CELLS = 200_000  # of a sheet: three seconds of work
FIXED = (1980, 1, 1, 0, 0, 0)  # the oldest day a ZIP file knows: the same table gives the same file


def neutral(value: object) -> object:
    """The value as a cell: numbers as they are, everything else as a text that no program runs."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def as_csv(table: pa.Table) -> bytes:
    """UTF-8 with the mark that Excel needs; every text in quotes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows(_rows(table))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table: pa.Table) -> bytes:
    """One sheet whose texts are typed as texts, so that leading zeros stay and nothing is computed."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("data")
    for row in _rows(table):
        cells = []
        for value in row:
            if isinstance(value, str):
                cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
                cell.data_type, cell.number_format = "s", "@"
            else:
                cell = WriteOnlyCell(sheet, cast(float, value))
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_parquet(table: pa.Table) -> bytes:
    """zstd, with the types of the columns; Parquet has no formulas."""
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


FORMATS: dict[str, tuple[str, Callable[[pa.Table], bytes]]] = {
    "csv": ("text/csv", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "parquet": ("application/vnd.apache.parquet", as_parquet),
}
ZIP = "application/zip"


def download(name: str, table: pa.Table, form: str) -> tuple[str, str, bytes]:
    """File name, media type and content; a file that is too large for one message is packed as ZIP.

    Raises WrongUse for a table that is too large for that too.
    """
    media, write = FORMATS[form]
    if form == "xlsx" and table.num_rows * table.num_columns > MOST_CELLS:
        raise _too_large(name)
    file, content = f"{name}.{form}", write(table)
    if len(content) <= LINK_LIMIT:
        return file, media, content
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(file, FIXED), content, zipfile.ZIP_DEFLATED)
    if packed.tell() > 2 * LINK_LIMIT:
        raise _too_large(name)
    return f"{file}.zip", ZIP, packed.getvalue()


def _too_large(name: str) -> WrongUse:
    return WrongUse(f"Bảng {name} quá lớn để tải dạng này; hãy chọn Parquet, một xã hay phường, hoặc kit world.",
                    f"The table {name} is too large for this; choose Parquet, one unit, or kit world.")  # fmt: skip


def _rows(table: pa.Table) -> Iterator[list[object]]:
    yield list(table.column_names)
    columns = [[neutral(value) for value in column.to_pylist()] for column in table.columns]
    yield from (list(row) for row in zip(*columns, strict=True))
