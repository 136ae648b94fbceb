"""What people type into an entry, read as they meant it; what cannot be read stays, for the system to refuse."""

import re
from collections.abc import Callable
from datetime import date

from kit.systems.form import TEXT_LIMIT
from kit.ui.view import amount, weekday
from kit.words import say

_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_TIME = re.compile(r"(\d{1,2}) ?(?:h|g|giờ|:|\.) ?(\d{1,2})?(?: ?(?:m|p|phút|'))?", re.IGNORECASE)


def iso_day(text: str) -> str:
    """1/7/2025 as 2025-07-01; what is no such day stays as it was written."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return text.strip()
    one, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, one).isoformat()
    except ValueError:
        return text.strip()


def iso_time(text: str) -> str:
    """7h30, 7:30 or 7 giờ 30 as 07:30; what is no time of day stays as it was written."""
    found = _TIME.fullmatch(text.strip())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return text.strip()
    return f"{int(found[1]):02}:{int(found[2] or 0):02}"


def plain_number(text: str) -> str:
    """8.000 đồng as 8000."""
    return re.sub(r"[.,\s]|đồng|đ|VND", "", text.strip(), flags=re.IGNORECASE)


def plain_count(text: str) -> str:
    """1.200 as 1200, 07 as 7; 1,5 stays, for it is no whole number."""
    digits = re.sub(r"\s|\.(?=\d{3}\b)", "", text)
    return str(int(digits)) if re.fullmatch(r"[0-9]{1,12}", digits) else text.strip()


def read(kind: str, text: str) -> str:
    """What goes to the system for an entry of this kind."""
    return _READERS.get(kind, str)(text)


def echo(kind: str, text: str, language: str) -> str:
    """How the kit understood what was typed: a day with its weekday, an amount with its points, a text's length."""
    if kind == "number" and re.fullmatch(r"\d{1,12}", plain_number(text)):
        return amount(plain_number(text), language)
    if kind == "date":
        return _echoed_day(iso_day(text), language)
    if kind == "time" and re.fullmatch(r"\d\d:\d\d", iso_time(text)):
        return iso_time(text)
    if kind == "count" and re.fullmatch(r"\d{4,12}", plain_count(text)):
        return f"{int(plain_count(text)):,}".replace(",", "." if language == "vi" else ",")
    if kind == "long_text" and len(text) > TEXT_LIMIT // 2:
        return say("desk.letters", language, count=len(text), limit=TEXT_LIMIT)
    return ""


def _echoed_day(iso: str, language: str) -> str:
    try:
        return weekday(date.fromisoformat(iso), language) if re.fullmatch(r"\d{4}-\d\d-\d\d", iso) else ""
    except ValueError:
        return ""


_READERS: dict[str, Callable[[str], str]] = {
    "date": iso_day,
    "time": iso_time,
    "number": plain_number,
    "count": plain_count,
    "personal_id": lambda text: re.sub(r"[\s.]", "", text),
}
