"""What a file is that somebody sends for a spreadsheet and that is none we read: told by how it begins."""

import io
import zipfile

from kit.errors import BrokenFile

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
BEGINNINGS = {
    OLD_EXCEL: ("tệp Excel đời cũ (.xls), hoặc tệp có mật khẩu", "an old Excel file (.xls), or one with a password"),
    b"%PDF": ("tệp PDF", "a PDF file"),
    b"<": ("trang HTML, XML mang tên bảng tính", "an HTML or XML page named as a spreadsheet"),
}
OPEN_DOCUMENT = "tệp LibreOffice (.ods, .odt)", "a LibreOffice file (.ods, .odt)"
OTHER_ZIP = "tệp nén, tệp Word hoặc tệp hỏng", "an archive, a Word file or a damaged file"


def no_spreadsheet(raw: bytes, name: str) -> BrokenFile | None:
    """Why a file is neither XLSX nor CSV, with what to do; None where it may be one."""
    for beginning, found in BEGINNINGS.items():
        if raw.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(beginning):
            return _save_anew(name, *found)
    return _save_anew(name, *_zipped(raw)) if raw.startswith(b"PK") and not _holds_workbook(raw) else None


def _save_anew(name: str, vi: str, en: str) -> BrokenFile:
    return BrokenFile.at(name, f"đây là {vi}; chỉ nhận XLSX, CSV UTF-8: mở tệp, bỏ mật khẩu nếu có, lưu thành .xlsx",
                         f"this is {en}; XLSX and CSV UTF-8 are allowed: open it, take off any password, "
                         "save it as .xlsx")  # fmt: skip


def _zipped(raw: bytes) -> tuple[str, str]:
    return OPEN_DOCUMENT if b"opendocument" in raw[:200] else OTHER_ZIP


def _holds_workbook(raw: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            return "xl/workbook.xml" in parts.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError):
        return False
