"""Whether each edge case came out as often as asked, measured on the finished tables alone."""

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from kit.world.bulk.edges import EdgeCases
from kit.world.bulk.evidence import NOBODY, Evidence
from kit.world.bulk.frozen import frozen
from kit.world.bulk.kinds import Flags
from kit.world.bulk.records import Records
from kit.world.rows import rows

CHANCE, ROUNDING = 4.0, 0.2
"""Standard deviations, and per mille by which 16-bit words round, that a share may be away from what was asked."""
REPLACED = 0.03
"""Part of the five-word names that are replaced because they repeat a word of the surname."""
Share = tuple[float, float, float]
"""Found, asked and allowed difference, per mille."""
Measured = tuple[str, Flags, Flags]
"""A field of EdgeCases, the rows that it speaks of, and the rows where the case happened."""


def edge_shares(r: Records, edges: EdgeCases) -> dict[str, Share]:
    """Each share that the tables show; those of which no row speaks are left out."""
    measured = [*_of_people(r.people), *_of_homes(r.people), _neighbourhoods(r.people)]
    measured += [one for table, measure in _OF_TABLES.items() if table in r.tables for one in measure(r)]
    found = {name: _share(case[among], getattr(edges, name.partition(" ")[0]))
             for name, among, case in measured if among.any()}  # fmt: skip
    share, asked, bound = found["five_word_name"]
    found["five_word_name"] = (share, asked, bound + REPLACED * asked)
    return found | {"divorced": _share(_divorced(r.people), edges.divorced * _declared_divorced(edges))}


def _share(found: Flags, asked: float) -> Share:
    """The bound is that of independent lots."""
    spread = (asked * (1_000 - asked) / len(found)) ** 0.5
    return 1_000 * float(found.mean()), float(asked), CHANCE * spread + ROUNDING


def _divorced(e: Evidence) -> Flags:
    """The households with a divorced person."""
    return np.bincount(e.household[e.equals("marital_status", "divorced")], minlength=e.households.num_rows) > 0


def _declared_divorced(edges: EdgeCases) -> float:
    """The part of all households that has a divorced person (type_weights.csv); of lone mothers some never married."""
    types, weights = frozen("household_types"), frozen("type_weights")
    rows = zip(types.texts("marital"), types.texts("man"), types.texts("children"), strict=True)
    mothers = 1 - edges.child_without_father / 1_000
    share = [(mothers if man == "0" and own != "0" else 1.0) * (status == "divorced") for status, man, own in rows]
    weight = weights.integers("weight")
    return float(np.array(share)[weights.integers("type")] @ weight / weight.sum())


def _of_people(e: Evidence) -> Iterator[Measured]:
    words = compute.count_substring(e.text("full_name"), " ").to_numpy() + 1
    surname, names = e.text("surname"), compute.count_substring(e.text("surname"), " ").to_numpy() + 1
    named = compute.not_equal(surname, "").to_numpy(zero_copy_only=False) & (names == 1)
    yield "five_word_name", named, words == 5
    yield "old_id_number", e.years_old >= 41, e.citizens["old_id_number"].is_valid().to_numpy()
    husband = ~e.is_female & e.equals("relation", "head", "spouse")
    minority = ~e.equals("ethnicity", "Kinh", "Hoa") & husband
    yield "one_word_name", minority, compute.equal(surname, "").to_numpy(zero_copy_only=False)
    born = compute.match_substring(e.text("origin"), "Tỉnh Bình Dương").to_numpy(zero_copy_only=False)
    yield "born_in_binh_duong", husband & _in_ho_chi_minh_city(e), born


def _in_ho_chi_minh_city(e: Evidence) -> Flags:
    city = {row["code"] for row in rows("units") if row["province_code"] == "79"}
    codes, words = e.codes("unit_code")
    return np.array([word in city for word in words])[codes]


def _of_homes(e: Evidence) -> Iterator[Measured]:
    """One row for each household."""
    count = e.households.num_rows
    child, foster = e.equals("relation", "child", "foster_child"), e.equals("relation", "foster_child")
    children = np.bincount(e.household[child], minlength=count)
    couple = np.bincount(e.household[e.equals("relation", "spouse")], minlength=count) > 0
    yield "abandoned_child", couple & (children > 0), np.bincount(e.household[foster], minlength=count) > 0
    own = e.household[child]
    order = np.lexsort((e.born[child], own))
    twins = (np.diff(own[order]) == 0) & (np.diff(e.born[child][order]) == 0)
    yield "twins", children > 1, np.bincount(own[order][1:][twins], minlength=count) > 0
    mother = np.unique(e.mother[e.equals("relation", "child") & (e.mother != NOBODY)])
    lone = mother[e.spouse[mother] == NOBODY]
    unmarried = e.equals("marital_status", "single")
    among, case = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    among[e.household[lone]] = True
    case[e.household[lone]] = unmarried[lone]
    yield "child_without_father", among, case


def _neighbourhoods(e: Evidence) -> Measured:
    """One row for each old ward of a unit that is not its first: its numbers begin with 1, or count on."""
    table = frozen("places")
    rank = zip(table.texts("unit_code"), table.texts("old_ward_code"), table.integers("rank"), strict=True)
    later = {(unit, ward) for unit, ward, at in rank if at}
    columns = [e.text(name, "households") for name in ("unit_code", "old_ward_code", "neighbourhood")]
    homes = pa.table(columns, ["unit", "ward", "name"]).group_by(["unit", "ward", "name"]).aggregate([]).to_pylist()
    numbers: dict[tuple[str, str], int] = {}
    for one in homes:
        number, place = int(one["name"].rpartition(" ")[2]), (one["unit"], one["ward"])
        numbers[place] = min(number, numbers.get(place, number))
    first = np.array([number <= HIGHEST for place, number in numbers.items() if place in later], dtype=bool)
    return "same_neighbourhood", np.ones(len(first), dtype=bool), first


HIGHEST = 12  # of the neighbourhoods of an old ward: training value


def _of_papers(r: Records) -> Iterator[Measured]:
    level, kind = r.words("certificates", "issuer_level"), r.words("certificates", "kind")
    yield "married_abroad", kind == "marriage", level == "foreign"
    yield "closed_office", ~np.isin(level, ("foreign", "unit")), np.isin(level, ("ward", "district"))


def _of_land(r: Records) -> Iterator[Measured]:
    issued = r.tables["parcels"]["certificate_issuer"].is_valid().to_numpy()
    closed = np.asarray(r.tables["parcels"]["office_closed"].to_numpy()).astype(bool)
    yield "closed_office of land", issued, closed


_OF_TABLES: dict[str, Callable[[Records], Iterator[Measured]]] = {"certificates": _of_papers, "parcels": _of_land}
