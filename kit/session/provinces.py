"""The provinces that the reference data hold, found by code or by name."""

from difflib import get_close_matches
from functools import cache

from kit.errors import UnknownName
from kit.plain_text import plain
from kit.world.rows import rows

KINDS = ("thanh pho", "tinh")
SHORT = {"hcm": "79", "quangninh": "22", "hue": "46"}


def find_province(named: str) -> str:
    """The code of a province ("79", "Thành phố Hồ Chí Minh", "ho chi minh", "hcm"); `UnknownName` with the nearest."""
    known, key = _known(), plain(named)
    if key in known:
        return known[key]
    near = ", ".join(get_close_matches(key, known, n=3, cutoff=0.4) or sorted(set(known.values())))
    raise UnknownName(f"Không có tỉnh “{named[:60]}”; gần nhất: {near}.",
                      f"No province is “{named[:60]}”; nearest: {near}.")  # fmt: skip


@cache
def _known() -> dict[str, str]:
    found = dict(SHORT)
    for row in rows("units"):
        name, code = plain(row["province_vn"]), row["province_code"]
        found |= {code: code, name: code}
        found |= {name.removeprefix(kind).strip(): code for kind in KINDS if name.startswith(kind)}
    return found
