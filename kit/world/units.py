"""The communes, wards and special zones of `units.csv`, found by code or by name."""

from difflib import get_close_matches
from functools import cache

from kit.errors import UnknownUnit
from kit.plain_text import plain
from kit.world.rows import Row, rows


def find_unit(named: str) -> Row:
    """The unit with this code ("26740", "79-26740") or name ("Phường Sài Gòn", "phuong sai gon", "Sài Gòn").

    Raises UnknownUnit with the nearest units; also when several units bear the name.
    """
    found = _index().get(plain(named), ())
    if len(found) == 1:
        return dict(found[0])
    raise _unknown(named, found or _nearest(named))


@cache
def _index() -> dict[str, tuple[Row, ...]]:
    index: dict[str, tuple[Row, ...]] = {}
    for unit in rows("units"):
        for key in _keys(unit):
            index[key] = (*index.get(key, ()), unit)
    return index


def _keys(unit: Row) -> set[str]:
    name, kind = plain(unit["name_vn"]), plain(unit["type_vn"])
    return {unit["code"], unit["unit_id"], name, name.removeprefix(kind).strip()}


def _nearest(named: str) -> tuple[Row, ...]:
    code = named.strip().rpartition("-")[2]
    if code.isdecimal():
        return tuple(sorted(rows("units"), key=lambda unit: abs(int(unit["code"]) - int(code)))[:4])
    keys = get_close_matches(plain(named), _index(), n=6, cutoff=0.5)
    near = {unit["code"]: unit for key in keys for unit in _index()[key]}
    return tuple(near.values())[:4]


def _unknown(named: str, near: tuple[Row, ...]) -> UnknownUnit:
    listed = ", ".join(f"{unit['code']} {unit['name_vn']} ({unit['province_vn']})" for unit in near)
    ask_vi, ask_en = (f" Ý bạn là: {listed}?", f" Did you mean: {listed}?") if listed else ("", "")
    return UnknownUnit(f"Không xác định được đơn vị “{named}”.{ask_vi}", f"No single unit is “{named}”.{ask_en}")
