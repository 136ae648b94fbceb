"""Which column of a roster is which: headers in Vietnamese or English, with or without marks and capitals."""

import re
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
IGNORED = ("stt", "tt", "so tt", "so thu tu", "no", "number", "")
REQUIRED = ("name",)
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
    return [text for text in cells if not column_of(text) and header_key(text) not in IGNORED]


def nearest(text: str) -> list[str]:
    """Headers that are understood and look most like this one."""
    every = [known for names in HEADERS.values() for known in names]
    return get_close_matches(header_key(text), every, n=3, cutoff=0.6)
