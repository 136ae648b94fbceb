"""The bulk world: the same rows for ever and for any cut, and every declared margin."""

import json
import shutil
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from hashlib import sha256

import pandas as pd
import pyarrow as pa
import pyarrow.compute as compute
import pytest

from kit import home
from kit.errors import BrokenFile, UnknownUnit, WrongUse
from kit.world.bulk import (
    EdgeCases,
    Region,
    check,
    content_hash,
    describe,
    draw,
    identity,
    numbers,
    to_pandas,
    with_homes,
)
from kit.world.bulk import frozen as frozen_module
from kit.world.bulk.family import CELL
from kit.world.bulk.freeze import freeze
from tests.depth import depth

TODAY = date(2025, 6, 12)
HCMC, QUANG_NINH, HUE = (Region.province(code) for code in ("79", "22", "46"))


def cut(region, seed, start, stop, step):
    parts = [draw(region, seed, TODAY, (at, min(at + step, stop))) for at in range(start, stop, step)]
    return {name: pa.concat_tables([part[name] for part in parts]) for name in ("households", "citizens")}


@pytest.mark.parametrize(("step", "stop"), [(1, 40), (100, 5000), (5000, 20_000)])
def test_the_cut_leaves_no_trace(step, stop):
    assert content_hash(cut(HCMC, 1, 0, stop, step)) == content_hash(draw(HCMC, 1, TODAY, (0, stop)))


def test_a_span_in_the_middle_is_the_same():
    whole = draw(QUANG_NINH, 3, TODAY, (0, 9000))
    part = draw(QUANG_NINH, 3, TODAY, (4000, 8200))
    homes, people = whole["households"].slice(4000, 4200), whole["citizens"]
    inside = compute.is_in(people["household_id"], value_set=homes["household_id"])
    assert content_hash({"households": homes, "citizens": people.filter(inside)}) == content_hash(part)


def test_two_processes_give_the_same():
    with ProcessPoolExecutor(2) as pool:
        parts = list(pool.map(draw, [HUE] * 2, [5] * 2, [TODAY] * 2, [(0, 6000), (6000, 12_000)]))
    tables = {name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]}
    assert content_hash(tables) == content_hash(draw(HUE, 5, TODAY, (0, 12_000)))


def test_seed_region_day_and_edge_cases_count():
    usual = content_hash(draw(HCMC, 1, TODAY, (0, 200)))
    others = [
        draw(HCMC, 2, TODAY, (0, 200)),
        draw(HUE, 1, TODAY, (0, 200)),
        draw(HCMC, 1, date(2025, 6, 13), (0, 200)),
        draw(HCMC, 1, TODAY, (0, 200), EdgeCases(twins=500)),
        draw(HCMC, 1, TODAY, (1, 201)),
    ]
    assert len({usual, *map(content_hash, others)}) == 6


@pytest.mark.parametrize(
    "region", [HCMC, QUANG_NINH, HUE, Region.unit("27655"), Region.country()], ids=lambda r: r.name
)
def test_nothing_breaks_a_rule(region):
    report = check(draw(region, 11, TODAY, (0, depth(9_000, 28_000))), TODAY)
    assert report.people > depth(31_000, 99_000)
    assert len(report.violations) >= 24
    assert {rule: count for rule, count in report.violations.items() if count} == {}
    assert report.good
    elsewhere = {"born in Binh Duong"} if region in (QUANG_NINH, HUE) else set()
    elsewhere |= {"split ward"} if region == HUE else set()
    assert {case for case, found in report.edge_cases.items() if not found} == elsewhere


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2025, 2, 28), date(2026, 1, 1), date(2025, 12, 31)], ids=str)
def test_no_day_breaks_a_rule(day):
    assert set(check(draw(HUE, 4, day, (0, 4096)), day).violations.values()) == {0}


@pytest.mark.parametrize("per_mille", [0, 1000])
def test_edge_cases_as_asked(per_mille):
    cases = EdgeCases(**dict.fromkeys(EdgeCases.__dataclass_fields__, per_mille))
    report = check(draw(HCMC, 4, TODAY, (0, 4096), cases), TODAY)
    assert set(report.violations.values()) == {0}
    names = ("child without father", "twins", "foster child", "old ID number", "no surname", "born in Binh Duong")
    found = [report.edge_cases[name] for name in names]
    assert all(found) if per_mille == 1000 else not any(found)


def test_a_million_people_resemble_the_declared():
    """Under `make test` a fifth of them, among whom chance alone is larger by the root of five."""
    parts = depth(5, 1)
    report = check(draw(HCMC, 1, TODAY, (0, 280_000 // parts)), TODAY)
    assert report.people > 1_000_000 // parts
    assert max(found for found, _ in report.distances.values()) <= 0.005 * parts**0.5
    assert max(report.differences.values()) <= 0.02
    assert set(report.violations.values()) == {0}


def test_two_khu_pho_3_in_one_ward():
    homes = draw(HCMC, 1, TODAY, (0, 20_000))["households"].to_pandas()
    third = homes[homes.neighbourhood == "Khu phố 3"]
    assert third.groupby("unit_code", observed=True).old_ward_code.nunique().max() >= 2


def test_split_wards_are_lived_in():
    homes = draw(HCMC, 1, TODAY, (0, 20_000))["households"].to_pandas()
    assert (homes.groupby("old_ward_code", observed=True).unit_code.nunique() > 1).sum() > 10


def test_a_unit_holds_four_in_five():
    homes = draw(Region.unit("Phường Sài Gòn"), 1, TODAY, (0, 20_000))["households"].to_pandas()
    assert (homes.unit_code == "26740").mean() == pytest.approx(0.8, abs=0.01)


def test_personal_ids_of_a_hundred_million_differ():
    assert numbers.CAPACITY_HOUSEHOLDS * 3.5 > 100_000_000
    for number in (0, 3_905, 3_906, numbers.CELLS - 1):
        cell = draw(HCMC, 1, TODAY, (number * CELL, (number + 1) * CELL))["citizens"].to_pandas()
        assert set(cell.personal_id.str[:3]) == {f"{99 - number * 256 // 1_000_000:03}"} or number == 3_906
        assert cell.personal_id.is_unique
    with pytest.raises(WrongUse):
        draw(HCMC, 1, TODAY, (0, numbers.CAPACITY_HOUSEHOLDS + 1))


def test_serials_are_a_bijection():
    every = numbers.scrambled(pd.RangeIndex(numbers.MILLION).to_numpy("int32"), 3, "personal_id")
    assert len(set(every.tolist())) == numbers.MILLION
    assert (every.min(), every.max()) == (0, numbers.MILLION - 1)


def test_cells_own_numbers_apart():
    first, second = (draw(HUE, 9, TODAY, (at * CELL, (at + 1) * CELL))["citizens"] for at in (0, 3_000))
    for column in ("personal_id", "email", "old_id_number", "citizen_id"):
        assert not (set(first[column].to_pylist()) - {None}) & set(second[column].to_pylist())


def test_phones_differ_as_long_as_there_are_numbers():
    phones = draw(HCMC, 1, TODAY, (0, 61 * CELL))["citizens"]["phone"].drop_null()
    assert len(phones) == len(phones.unique()) > 650_000


@pytest.mark.parametrize("span", [(0, 0), (5, 4), (-1, 3)], ids=str)
def test_an_empty_span_is_wrong_use(span):
    with pytest.raises(WrongUse):
        draw(HCMC, 1, TODAY, span)


def test_unknown_places():
    with pytest.raises(WrongUse):
        Region.province("01")
    with pytest.raises(UnknownUnit):
        Region.unit("Phường Không Có")
    with pytest.raises(WrongUse):
        EdgeCases(twins=1001)


def test_the_schema_describes_every_column():
    tables, schema = draw(HCMC, 1, TODAY, (0, 10)), describe()
    for name, table in tables.items():
        assert [column["name"] for column in schema[name]] == table.column_names
        for column in schema[name]:
            kind = table.schema.field(column["name"]).type
            assert str(kind).startswith(column["type"].split("<")[0].removesuffix("32"))
            assert column["meaning"]
            assert column["source"]
            assert bool(column["null"]) == (table[column["name"]].null_count > 0 or "null" in column["null"])


def test_frames_hold_no_objects():
    tables = draw(HCMC, 1, TODAY, (0, 3000))
    for table in (*tables.values(), with_homes(tables)):
        frame = to_pandas(table)
        assert len(frame) == table.num_rows
        assert not frame.dtypes.isin([object]).any()
    frame = to_pandas(with_homes(tables))
    assert frame.sex.dtype == "category"
    homes = to_pandas(tables["households"]).set_index("household_id")
    assert (homes.address_old[frame.household_id].to_numpy() == frame.address_old.to_numpy()).all()


def test_identity_names_the_frozen_tables():
    folder = home.datasets() / "frozen"
    digests = json.loads((folder / "digests.json").read_text(encoding="utf-8"))
    assert digests == {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.csv")}
    assert identity(7) == {"format": 1, "seed": 7, "tables": digests}


def test_freezing_again_changes_nothing(tmp_path, monkeypatch):
    shutil.copytree(home.datasets(), tmp_path / "datasets")
    before = frozen_module.digests()
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    assert freeze() == before


def test_a_changed_table_is_refused(tmp_path, monkeypatch):
    for name in ("digests.json", "marital.csv"):
        (tmp_path / "datasets" / "frozen").mkdir(parents=True, exist_ok=True)
        content = (home.datasets() / "frozen" / name).read_text(encoding="utf-8")
        (tmp_path / "datasets" / "frozen" / name).write_text(content.replace("225", "226"), encoding="utf-8")
    (tmp_path / "datasets" / "units.csv").touch()
    frozen_module.frozen.cache_clear()
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    with pytest.raises(BrokenFile):
        frozen_module.frozen("marital")
