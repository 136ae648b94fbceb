"""What the visitor chose: a province or a unit, how many people, which seed; and the tables drawn for it."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from kit.calendar import FIRST_DAY
from kit.errors import WrongUse
from kit.plain_text import vietnamese_order
from kit.world.bulk.drawing import Tables, draw
from kit.world.bulk.frozen import frozen
from kit.world.bulk.region import PROVINCES, Region
from kit.world.bulk.tables import draw_affairs, draw_offices
from kit.world.bulk.writing import Dataset
from kit.world.rows import of_province, rows
from kit.world.units import find_unit

SIZES = (500, 2_000, 5_000)
WHOLE = ""  # instead of a unit: the whole province
LARGEST_SEED = 2**31 - 1


@dataclass(frozen=True)
class Choice:
    """`unit` is a code, or WHOLE for all units of the province."""

    province: str = PROVINCES[0]
    unit: str = WHOLE
    people: int = SIZES[1]
    seed: int = 1

    def tables(self) -> Tables:
        """Every table of the world; raises WrongUse for what is not offered, and for unknown places."""
        if self.people not in SIZES or not 0 <= self.seed <= LARGEST_SEED:
            offered = ", ".join(map(str, SIZES))
            raise WrongUse(f"Chỉ sinh {offered} người, số gieo từ 0 đến {LARGEST_SEED}.",
                           f"Only {offered} people, with a seed from 0 to {LARGEST_SEED}.")  # fmt: skip
        region = Region.unit(self.unit) if self.unit else Region.province(self.province)
        households = Dataset.of_people(region, self.seed, FIRST_DAY, self.people).households
        asked = (region, self.seed, FIRST_DAY, (0, households))
        return draw(*asked) | draw_affairs(*asked) | self._offices(region)

    def _offices(self, region: Region) -> Tables:
        """Posts, documents, projects of the chosen unit alone, although some of its people live elsewhere."""
        offices = draw_offices(region, self.seed, FIRST_DAY)
        if not self.unit:
            return offices
        return {name: table.filter(compute.equal(table["unit_code"].cast(pa.string()), self.unit))
                for name, table in offices.items()}  # fmt: skip

    def name(self) -> str:
        """The place in Vietnamese."""
        return find_unit(self.unit)["name_vn"] if self.unit else province_names()[self.province]


def province_names() -> dict[str, str]:
    """The provinces that have units, by code."""
    found = {row["province_code"]: row["province_vn"] for row in rows("units")}
    return {code: found[code] for code in PROVINCES}


def units_of(province: str) -> list[tuple[str, str]]:
    """(name, code) of its units, in Vietnamese order of the names."""
    named = ((row["name_vn"], row["code"]) for row in of_province("units", province))
    return sorted(named, key=lambda unit: (vietnamese_order(unit[0]), unit[1]))


def surname_shares(citizens: pa.Table, province: str) -> list[tuple[str, float, float]]:
    """(surname, share drawn, share declared) of those who live in the province, the most frequent declared first."""
    table = frozen("surnames")
    declared = dict(zip(table.texts("surname"), table.integers(f"p{province}").tolist(), strict=True))
    codes = {code for _, code in units_of(province)}
    units, surnames = (citizens[name].cast(pa.string()).to_pylist() for name in ("unit_code", "surname"))
    found = [surname for surname, unit in zip(surnames, units, strict=True) if unit in codes]
    total, every = sum(declared.values()), max(1, len(found))
    return [(name, found.count(name) / every, declared[name] / total)
            for name in sorted(declared, key=lambda name: -declared[name]) if name]  # fmt: skip


def pyramid(citizens: pa.Table) -> list[tuple[str, int, int]]:
    """(ages, men, women) in bands of five years, the youngest first; the last is open."""
    age = (FIRST_DAY.toordinal() - 719_163 - citizens["birth_date"].cast(pa.int32()).to_numpy()) / 365.2425
    band = np.minimum(age.astype(int) // 5, BANDS - 1)
    female = np.array(citizens["sex"].cast(pa.string()).to_pylist()) == "female"
    men, women = (np.bincount(band[mask], minlength=BANDS).tolist() for mask in (~female, female))
    names = [f"{5 * at}-{5 * at + 4}" for at in range(BANDS - 1)] + [f"{5 * BANDS - 5}+"]
    return list(zip(names, men, women, strict=True))


BANDS = 17


def dossier_mix(dossiers: pa.Table) -> list[tuple[str, int]]:
    """(procedure code, dossiers), the most frequent first."""
    return _counted(dossiers["procedure_code"].cast(pa.string()))


def dossier_load(dossiers: pa.Table) -> list[tuple[str, int]]:
    """(day, dossiers filed on it), every day from the first to the last."""
    counts = dict(_counted(dossiers["filed"].cast(pa.date32()).cast(pa.string())))
    first, last = (date.fromisoformat(end(counts)).toordinal() for end in (min, max))
    days = (date.fromordinal(at).isoformat() for at in range(first, last + 1))
    return [(day, counts.get(day, 0)) for day in days]


def _counted(column: pa.ChunkedArray) -> list[tuple[str, int]]:
    pairs = [(pair["values"], pair["counts"]) for pair in column.value_counts().to_pylist()]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
