"""The realism report: rules broken, distances to the declared tables, shares of the edge cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from kit.world.bulk import kin_rules, number_rules, place_rules
from kit.world.bulk.drawing import USUAL
from kit.world.bulk.edge_shares import Share, edge_shares
from kit.world.bulk.edges import EdgeCases
from kit.world.bulk.evidence import NOBODY, Evidence
from kit.world.bulk.frozen import frozen
from kit.world.bulk.kinds import Integers
from kit.world.bulk.records import Records
from kit.world.bulk.table_check import table_violations
from kit.world.rows import rows

RULES: tuple[Callable[[Evidence], int], ...] = (*kin_rules.RULES, *number_rules.RULES, *place_rules.RULES)
DISTANCE, SHARE = 0.005, 0.02
"""Largest total-variation distance, and largest difference of a share, that is accepted of a million people."""
CHANCE = 5.0  # times 1 / sqrt(people): what chance alone may add in a smaller draw, as families share surnames
BANDS = 17


@dataclass(frozen=True)
class Report:
    """violations by rule; total-variation distances and their bounds; |drawn - declared| of each share; edge cases
    for every thousand people; of each share that was asked for: found, asked, allowed difference, per mille.
    """

    people: int
    violations: dict[str, int]
    distances: dict[str, tuple[float, float]]
    differences: dict[str, float]
    edge_cases: dict[str, float]
    edge_shares: dict[str, Share]

    @property
    def good(self) -> bool:
        """No rule broken and every margin within its bound."""
        near = all(found <= bound for found, bound in self.distances.values())
        allowed = max(SHARE, CHANCE / self.people**0.5)
        as_asked = all(abs(found - asked) <= bound for found, asked, bound in self.edge_shares.values())
        return near and as_asked and not any(self.violations.values()) and max(self.differences.values()) <= allowed


def check(tables: dict[str, pa.Table], day: date, edges: EdgeCases = USUAL) -> Report:
    """Look at the tables of one draw with these edge cases; takes some ten seconds for a million people."""
    records = Records(tables, day)
    e = records.people
    return Report(
        people=e.citizens.num_rows,
        violations={rule.__name__: rule(e) for rule in RULES} | table_violations(tables, day),
        distances={"age and sex": _age_sex(e)} | _surnames(e),
        differences=_sizes(e) | _marital(e),
        edge_cases=_edge_cases(e) | _cases_on_papers(records),
        edge_shares=edge_shares(records, edges),
    )


def distance(found: Integers, declared: Integers) -> float:
    """Total-variation distance of two distributions, given as counts or weights."""
    return float(np.abs(found / found.sum() - declared / declared.sum()).sum() / 2)


def _bounded(found: Integers, declared: Integers) -> tuple[float, float]:
    return distance(found, declared), max(DISTANCE, CHANCE / max(1, int(found.sum())) ** 0.5)


def _age_sex(e: Evidence) -> tuple[float, float]:
    band = np.minimum(e.years_old // 5, BANDS - 1) + BANDS * e.is_female
    return _bounded(np.bincount(band, minlength=2 * BANDS), frozen("age_sex").integers("per_million"))


def _surnames(e: Evidence) -> dict[str, tuple[float, float]]:
    """For each province: of the people who live there and have a surname; Tôn Nữ count as Tôn Thất."""
    table = frozen("surnames")
    places = {word: at for at, word in enumerate(table.texts("surname"))}
    places["Tôn Nữ"] = places["Tôn Thất"]
    codes, words = e.codes("surname")
    surname = np.array([places[str(word)] for word in words])[codes]
    units, unit_words = e.codes("unit_code")
    province_of = {row["code"]: row["province_code"] for row in rows("units")}
    province = np.array([province_of[str(word)] for word in unit_words])[units]
    named = surname != len(table) - 1
    return {
        f"surnames of province {code}": _bounded(
            np.bincount(surname[named & (province == code)], minlength=len(table)), table.integers(f"p{code}")
        )
        for code in np.unique(province)
    }


def _sizes(e: Evidence) -> dict[str, float]:
    declared = frozen("household_sizes")
    sizes = np.minimum(e.households["size"].to_numpy(), 7)
    found = np.bincount(sizes - 1, minlength=7) / len(sizes)
    shares = zip(declared.texts("size"), found, declared.integers("per_thousand") / 1000, strict=True)
    mean = abs(e.citizens.num_rows / e.households.num_rows - 3.59)
    return {f"households of {size}": abs(float(one) - float(other)) for size, one, other in shares} | {
        "mean household": mean
    }


def _marital(e: Evidence) -> dict[str, float]:
    declared = frozen("marital")
    grown = e.years_old >= 15
    shares = zip(declared.texts("marital_status"), declared.integers("per_thousand") / 1000, strict=True)
    return {
        status: abs(float(e.equals("marital_status", status)[grown].mean()) - float(share)) for status, share in shares
    }


def _edge_cases(e: Evidence) -> dict[str, float]:
    """Cases for every thousand people."""
    child, unmarried = e.equals("relation", "child"), e.equals("marital_status", "single")
    full, surname = e.text("full_name"), e.text("surname")
    words = np.bincount(compute.count_substring(full, " ").to_numpy() + 1, minlength=8)
    order = np.lexsort((e.born, e.mother))
    twins = (np.diff(e.mother[order]) == 0) & (e.mother[order][1:] != NOBODY) & (np.diff(e.born[order]) == 0)
    found = {
        "child without father": int((child & unmarried[e.mother] & (e.mother != NOBODY)).sum()),
        "twins": 2 * int(twins.sum()),
        "foster child": int(e.equals("relation", "foster_child").sum()),
        "divorced": int(e.equals("marital_status", "divorced").sum()),
        "old ID number": len(full) - e.citizens["old_id_number"].null_count,
        "five words": int(words[5:].sum()),
        "no surname": int(compute.sum(compute.equal(surname, "")).as_py()),
        "born in Binh Duong": int(compute.sum(compute.match_substring(e.text("origin"), "Tỉnh Bình Dương")).as_py()),
    }
    return {name: 1000 * number / len(full) for name, number in found.items()} | _places(e)


def _places(e: Evidence) -> dict[str, float]:
    """People in split wards, and in neighbourhoods of which the unit has another of the same name."""
    split = {row["old_ward_code"] for row in rows("ward_map") if row["split"] == "yes"}
    wards, words = e.codes("old_ward_code")
    columns = [e.codes(name)[0].astype(np.int64) for name in ("unit_code", "neighbourhood", "old_ward_code")]
    unit, name, ward = columns
    named, number = np.unique(unit * FEW + name, return_inverse=True)
    pairs = np.unique(number * FEW + ward) // FEW
    twice = (np.bincount(pairs, minlength=len(named)) > 1).take(number)
    return {
        "split ward": 1000 * float(np.array([word in split for word in words])[wards].mean()),
        "two neighbourhoods of one name": 1000 * float(twice.mean()),
    }


FEW = 10_000  # more than there are names of neighbourhoods, or old wards


def _cases_on_papers(r: Records) -> dict[str, float]:
    """Divorced applicants, parents married abroad, papers from an office that ended; of the tables that are there."""
    people, tables = r.people.citizens.num_rows, r.tables
    found: dict[str, float] = {}
    if "dossiers" in tables:
        found["divorced applicant"] = int(r.people.equals("marital_status", "divorced")[r.applicant].sum())
    if "certificates" in tables:
        country = tables["certificates"]["country"]
        found["parents married abroad"] = 2 * (len(country) - country.null_count)
        found["certificate of a closed office"] = compute.sum(tables["certificates"]["office_closed"]).as_py()
    if "parcels" in tables:
        found["land certificate of a closed office"] = compute.sum(tables["parcels"]["office_closed"]).as_py()
    return {name: 1000 * number / people for name, number in found.items()}
