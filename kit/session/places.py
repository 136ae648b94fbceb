"""From where the people of a roster may come: the unit that a cell names, when the plan allows it."""

from dataclasses import dataclass, field
from functools import cache

from kit.errors import UnknownUnit
from kit.plain_text import plain
from kit.world.rows import rows
from kit.world.units import find_unit

MISSING = ("thiếu đơn vị: ghi mã hoặc tên ở mỗi dòng; ô gộp thì bỏ gộp, điền từng dòng",
           "the unit is missing: write its code or name in each row; unmerge merged cells and fill each")  # fmt: skip
SUGGESTIONS = 12  # unknown names for which the nearest units are looked up, 20 ms each


@dataclass(frozen=True)
class Places:
    """A province's code ("": any) and units' codes (none: any); remembers what was asked."""

    province: str = ""
    units: tuple[str, ...] = ()
    _asked: dict[str, str | UnknownUnit] = field(default_factory=dict, repr=False, compare=False)
    _unknown: list[str] = field(default_factory=list, repr=False, compare=False)

    def unit_of(self, named: str) -> str:
        """The code of the unit with this code or name; "" names the plan's only one.

        Raises `UnknownUnit`, with the nearest ones for the first few, also for a unit that the plan does not allow.
        """
        if named not in self._asked:
            self._asked[named] = self._looked_up(named)
        found = self._asked[named]
        if isinstance(found, UnknownUnit):
            raise found
        return found

    def _looked_up(self, named: str) -> str | UnknownUnit:
        if not named:
            return self.units[0] if len(self.units) == 1 else UnknownUnit(*MISSING)
        if plain(named) not in _names():
            self._unknown.append(named)
        if len(self._unknown) > SUGGESTIONS and named == self._unknown[-1]:
            return UnknownUnit(f"không xác định được đơn vị “{named[:60]}”", f"no single unit is “{named[:60]}”")
        try:
            return self._allowed(find_unit(named[:80]))
        except UnknownUnit as error:
            return error

    def _allowed(self, unit: dict[str, str]) -> str:
        told = f"{unit['name_vn']} ({unit['code']}, {unit['province_vn']})"
        if self.units and unit["code"] not in self.units:
            listed = ", ".join(self.units[:10])
            raise UnknownUnit(f"{told} không có trong kế hoạch; cho phép: {listed}",
                              f"{told} is not in the plan; allowed: {listed}")  # fmt: skip
        if self.province and unit["province_code"] != self.province:
            raise UnknownUnit(f"{told} không thuộc tỉnh của kế hoạch", f"{told} is not in the plan's province")
        return unit["code"]


@cache
def _names() -> frozenset[str]:
    """Everything that may name a unit."""
    found: set[str] = set()
    for row in rows("units"):
        name, kind = plain(row["name_vn"]), plain(row["type_vn"])
        found |= {row["code"], row["unit_id"], name, name.removeprefix(kind).strip()}
    return frozenset(found)
