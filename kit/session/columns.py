"""Which column of a roster is which: headers in Vietnamese or English, with or without marks and capitals."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from kit.plain_text import plain

HEADERS = {
    "code": ("ma", "ma hoc vien", "ma so", "ma can bo", "ma hv", "so bao danh", "sbd", "code", "id", "person code"),
    "name": ("ho ten", "ho va ten", "ho va ten hoc vien", "ten", "ten hoc vien", "hoc vien", "name", "full name"),
    "unit": ("don vi", "ma don vi", "ten don vi", "xa", "phuong", "xa phuong", "xa phuong dac khu", "don vi cap xa",
             "noi cong tac", "unit", "unit code", "commune", "ward"),
    "role": ("vai tro", "vai", "vi tri", "vi tri viec lam", "chuc vu", "chuc danh", "role", "position", "post"),
    "working_group": ("to", "to cong tac", "nhom", "nhom cong tac", "lop", "working group", "group", "class"),
}  # fmt: skip
WORDS = {"name": ("Họ và tên", "Name"), "code": ("Mã", "Code"), "unit": ("Đơn vị", "Unit"),
         "role": ("Vai trò", "Role"), "working_group": ("Tổ công tác", "Working group")}  # fmt: skip
ALLOWED = tuple(", ".join(words[number] for words in WORDS.values()) for number in (0, 1))
IGNORED = ("stt", "tt", "so tt", "so thu tu", "no", "number", "")
FAMILY = ("ho", "ho dem", "ho va dem", "ho lot", "ten dem", "ho va ten dem", "family name", "last name", "surname")
LIKE = 0.8  # how near a header must be to a known one to be taken for misspelt
_OTHER = re.compile(r"[^0-9a-z]+")


def header_key(text: str) -> str:
    """A header as it is compared: "Họ và tên (*)" -> "ho va ten"."""
    return _OTHER.sub(" ", plain(text)).strip()


def column_of(text: str) -> str:
    """The roster's name for a header, "" for one that it has no use for."""
    key = header_key(text)
    return next((name for name, known in HEADERS.items() if key in known), "")


def columns_of(cells: tuple[str, ...]) -> dict[str, int]:
    """Where each known column stands; the first of two that mean the same."""
    found: dict[str, int] = {}
    for place, text in enumerate(cells):
        name = column_of(text)
        if name:
            found.setdefault(name, place)
    return found


def unused(cells: tuple[str, ...]) -> list[str]:
    """Headers of columns that are not read, and so are kept nowhere."""
    read = columns_of(cells).values()
    return [text for place, text in enumerate(cells) if place not in read and header_key(text) not in IGNORED]


def misspelt(cells: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """(place, column) of each header that is almost that of a column which is missing."""
    found = columns_of(cells)
    known = {header: name for name, headers in HEADERS.items() if name not in found for header in headers}
    for place, text in enumerate(cells):
        near = get_close_matches(header_key(text), known, n=1, cutoff=LIKE)
        if near and not column_of(text) and header_key(text) not in (*IGNORED, *FAMILY):
            yield place, known[near[0]]
