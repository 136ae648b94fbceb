"""An XLSX file from outside, opened with care: its sizes are looked at before anything is unpacked."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from kit.errors import BrokenFile

MOST_UNPACKED = 8_000_000  # bytes; a roster of 5,000 people takes about 1.5 million
MOST_PARTS = 200
MOST_TAGS = 240_000  # of them 220,000; reading that many takes half a second
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0")  # how UTF-16 begins


def spreadsheet_rows(raw: bytes, name: str, rows: int, columns: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The first sheet's cells as text, with each row's number: a formula as it is written, no decimal point if whole.

    At most `rows` by `columns` are read. Raises `BrokenFile` for what is no XLSX, unpacks to too much, declares a DTD.
    """
    _look(raw, name)
    try:
        yield from _rows(raw, rows, columns)
    except (KeyError, ValueError, TypeError, OSError, AttributeError, IndexError, SyntaxError, EOFError,
            zipfile.BadZipFile, NotImplementedError, RuntimeError, AssertionError) as error:  # fmt: skip
        raise _no_xlsx(name, type(error).__name__) from None


def _look(raw: bytes, name: str) -> None:
    """Refuse a file whose parts are too many or too large, before and while they are unpacked once to be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            listed = parts.infolist()
            size = sum(part.file_size for part in listed)
            if size > MOST_UNPACKED or len(listed) > MOST_PARTS:
                raise BrokenFile.at(name, f"giải nén quá {MOST_UNPACKED:,} byte hoặc {MOST_PARTS} phần",
                                    f"unpacks to more than {MOST_UNPACKED:,} bytes or {MOST_PARTS} parts")  # fmt: skip
            tags = sum(_plain_xml(parts.read(part), name) for part in listed)
            if tags > MOST_TAGS:
                raise BrokenFile.at(name, f"quá nhiều ô (hơn {MOST_TAGS:,} thẻ)",
                                    f"too many cells (over {MOST_TAGS:,} tags)")  # fmt: skip
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, KeyError) as error:
        raise _no_xlsx(name, type(error).__name__) from None


def _plain_xml(content: bytes, name: str) -> int:
    """How many tags a part holds. Declared entities are refused: they can grow without end; UTF-16 would hide them."""
    if any(word in content for word in FORBIDDEN) or content[:2] in WIDE:
        raise BrokenFile.at(name, "có khai báo DTD hoặc không phải UTF-8", "declares a DTD, or is not UTF-8")
    return content.count(b"<")


def _rows(raw: bytes, rows: int, columns: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
    try:
        sheet = book.worksheets[0]
        found = sheet.iter_rows(max_row=rows, max_col=columns, values_only=True)
        for number, cells in enumerate(found, start=1):
            if any(cell is not None for cell in cells):
                yield number, tuple(map(_text, cells))
    finally:
        book.close()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _no_xlsx(name: str, why: str) -> BrokenFile:
    return BrokenFile.at(name, f"không phải tệp XLSX đọc được ({why})", f"not a readable XLSX file ({why})")
