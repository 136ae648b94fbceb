"""Blanks in what an author declares: "{person.full_name}" inside a text, "$due" for a whole value of any type.

A blank may name one filter: "{due|day}". The vocabulary is closed: nothing is evaluated.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kit.calendar import long_day
from kit.plain_text import plain
from kit.world.spoken import in_words

Known = Mapping[str, Any]
WHOLE = re.compile(r"\$[a-z][a-z0-9_.-]*")
BLANK = re.compile(r"\{([a-z][a-z0-9_.-]*)(?:\|([a-z_]+))?\}")


class NoSuchBlank(LookupError):
    """A text names something that nobody drew, or a filter that there is not."""


def _day(value: Any) -> str:
    return "/".join(reversed(str(value)[:10].split("-")))


FILTERS: dict[str, Callable[[Any], str]] = {
    "day": _day,  # 2025-07-01 as 01/07/2025
    "long_day": lambda value: long_day(
        date.fromisoformat(str(value)[:10])
    ),  # 2025-07-01 as ngày 01 tháng 7 năm 2025, as Decree 30/2020 writes it (primary)
    "in_words": in_words,  # 2025-07-01 as Ngày một tháng bảy năm hai nghìn không trăm hai mươi lăm
    "clock": lambda value: str(value)[11:16],  # the time of day of a moment
    "stamp": lambda value: str(value)[2:10].replace("-", ""),  # 2025-07-01 as 250701
    "amount": lambda value: f"{int(value):,}".replace(",", "."),
    "amount_en": lambda value: f"{int(value):,}",  # as English reads it: 56,300; there 56.300 is less than 57
    "two": lambda value: f"{int(value):02d}",
    "upper": lambda value: str(value).upper(),
    "masked": lambda value: f"{str(value)[:4]} *** {str(value)[-3:]}",  # a phone number as others may see it
    "latin": lambda value: plain(str(value)).replace(" ", "-"),  # Phường Sài Gòn as phuong-sai-gon
}


def fill_in(value: Any, known: Known) -> Any:
    """The value with every blank filled, however deep; raises `NoSuchBlank` for a name that is not known."""
    if isinstance(value, dict):
        return {name: fill_in(one, known) for name, one in value.items()}
    if isinstance(value, list):
        return [fill_in(one, known) for one in value]
    if not isinstance(value, str):
        return value
    if value[:1] == "$" and WHOLE.fullmatch(value):
        return _named(value[1:], known)
    return BLANK.sub(lambda found: _text(found, known), value)


def names_in(value: Any) -> set[str]:
    """The first part of every name that the blanks of a value use."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return {name for one in parts for name in names_in(one)}
    if not isinstance(value, str):
        return set()
    whole = [value[1:]] if WHOLE.fullmatch(value) else []
    return {name.split(".")[0] for name in (*whole, *(found[1] for found in BLANK.finditer(value)))}


def filters_in(value: Any) -> set[str]:
    """Every filter that the blanks of a value use."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return {name for one in parts for name in filters_in(one)}
    return {found[2] for found in BLANK.finditer(value) if found[2]} if isinstance(value, str) else set()


def _named(name: str, known: Known) -> Any:
    value: Any = known
    for step in name.split("."):
        if not isinstance(value, Mapping) or step not in value:
            raise NoSuchBlank(name)
        value = value[step]
    return value


def _text(found: re.Match[str], known: Known) -> str:
    value = _named(found[1], known)
    if found[2] and found[2] not in FILTERS:
        raise NoSuchBlank(found[0])
    return FILTERS[found[2]](value) if found[2] else str(value)
