"""Text as people compare it: without marks and capitals where they search, in Vietnamese order where they sort."""

import re
import unicodedata
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_PIECE = re.compile(r"[0-9]+|[^\W_][\u0300-\u036f]*|\s+")

Order = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]


def short_code(code: str) -> str:
    """The end of a record's code, as people call it: 0007, or 0007-A for a further record of the same matter."""
    return code[-6:] if re.search(r"[0-9]{4}-[A-Z]$", code) else code[-4:]


def whole_code(code: str) -> str:
    """The code of the matter that a record belongs to: that of a further record (CODE-A, CODE-B) without its letter."""
    return re.sub(r"-[A-Z]$", "", code)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Lower case, no Vietnamese marks, single spaces: "Phường  Sài Gòn" -> "phuong sai gon"."""
    spread = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return " ".join("".join(letter for letter in spread if not unicodedata.combining(letter)).lower().split())


def vietnamese_order(text: str) -> Order:
    """A key for sorting: a ă â b c d đ e ê ..., tones decide only between equal letters, numbers count by size."""
    pieces = _PIECE.findall(unicodedata.normalize("NFD", text.strip().lower()))
    return tuple(map(_letter, pieces)), tuple(map(_tone, pieces))


@lru_cache(maxsize=20_000)
def person_order(full_name: str) -> tuple[Order, Order]:
    """A key for lists of people: the given name, which stands last, then the whole name."""
    return vietnamese_order(full_name.strip().rpartition(" ")[2]), vietnamese_order(full_name)


def _letter(piece: str) -> tuple[int, int]:
    """Spaces before numbers before letters; letters of other alphabets come last."""
    if piece[0].isspace():
        return 0, 0
    if piece.isdecimal():
        return 1, int(piece)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in piece if mark not in _TONES))
    place = ALPHABET.find(letter)
    return (2, place) if place >= 0 else (3, ord(letter[0]))


def _tone(piece: str) -> int:
    return max(_TONES.find(mark) + 1 for mark in piece)
