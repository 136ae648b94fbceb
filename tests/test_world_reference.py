"""Units, wards, procedures and tables of `datasets/`: what the world is drawn from."""

import csv
import re
import subprocess
import sys
from datetime import date

import pytest

from kit import home
from kit.calendar import CALENDAR_DAY, WORKING_DAY
from kit.errors import UnknownName, UnknownUnit
from kit.world import draw_world
from kit.world.address import current_units, old_wards
from kit.world.procedures import procedures
from kit.world.reference import handbook
from kit.world.rows import rows
from kit.world.units import find_unit
from kit.yaml_file import read_yaml

TODAY = date(2025, 6, 12)


@pytest.mark.parametrize(
    "named", ["26740", "79-26740", "Phường Sài Gòn", "phuong sai gon", "PHƯỜNG  SÀI GÒN", "Sài Gòn"]
)
def test_units_by_code_and_name(named):
    assert find_unit(named)["code"] == "26740"


def test_every_unit_is_found_by_its_code():
    for row in rows("units"):
        assert find_unit(row["code"]) == row
        assert old_wards(row["code"])


@pytest.mark.parametrize(
    ("named", "near"), [("26741", "26740"), ("79-26739", "26740"), ("phuong sai gom", "Phường Sài Gòn")]
)
def test_unknown_units_offer_the_nearest(named, near):
    with pytest.raises(UnknownUnit) as caught:
        draw_world(named, 1, TODAY)
    assert near in caught.value.vi
    assert near in caught.value.en
    assert caught.value.exit_code == 2


def test_nothing_near_is_said_plainly():
    with pytest.raises(UnknownUnit, match="No single unit"):
        find_unit("")


def test_a_split_ward_is_never_guessed():
    split = {row["old_ward_code"] for row in rows("ward_map") if row["split"] == "yes"}
    whole = {row["old_ward_code"] for row in rows("ward_map")} - split
    assert len(split) == 43
    assert len(whole | split) == 577
    assert all(len(current_units(code)) >= 2 for code in split)
    assert all(len(current_units(code)) == 1 for code in whole)
    assert set(current_units("06655")) == {"06661", "06706"}


def test_an_unknown_old_ward_is_said():
    with pytest.raises(UnknownName, match="99999"):
        current_units("99999")


def test_procedures_are_whole():
    found = procedures()
    assert len(found) == 36
    for code, procedure in found.items():
        assert re.fullmatch(r"\d\.\d{6}", code)
        assert procedure.components
        assert procedure.trainee_mistakes
        assert len({component.id for component in procedure.components}) == len(procedure.components)
        assert procedure.time is None or procedure.time.unit in (WORKING_DAY, CALENDAR_DAY)
        assert procedure.time is None or procedure.time.same_day == (procedure.time.value == 0)
    assert [code for code, procedure in found.items() if procedure.time is None] == ["1.011606"]


def test_numbers_that_exercises_compute_with():
    found = procedures()
    assert found["1.001193"].time.same_day
    assert found["1.004873"].time.value == 3
    copies = found["2.000815"].fee
    assert (copies.amount_vnd, copies.amount_vnd_from_page_3, copies.maximum_vnd) == (2000, 1000, 200000)
    assert copies.needs_mark
    assert not found["1.001193"].fee.needs_mark
    assert found["1.001193"].component("birth_note").always


def test_every_confidence_and_source_is_known():
    known = {"primary", "portal", "package", "page", "seed", "memory", "training"}
    for procedure in procedures().values():
        said = (procedure.authority, procedure.time_for_training, procedure.fee, *procedure.law_checks)
        assert {statement.confidence for statement in said} | {procedure.confidence} <= known


@pytest.mark.parametrize("path", sorted(home.datasets().glob("*.csv")), ids=lambda path: path.stem)
def test_every_table_says_where_it_is_from(path):
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert table
    assert "confidence" in table[0] or path.stem == "citations", "a guide says how far to trust what it cites"
    assert all(None not in row and None not in row.values() for row in table)
    assert f"`{path.name}`" in (home.datasets() / "README.md").read_text(encoding="utf-8")


def test_procedures_need_neither_pandas_nor_faker():
    code = (
        "import sys, kit.world.procedures, kit.world.units, kit.world.address, kit.calendar;"
        "kit.world.procedures.procedures();"
        "sys.exit(bool({'pandas', 'faker', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=home.home(), check=False).returncode == 0


def _sources(value):
    if isinstance(value, list):
        return {found for item in value for found in _sources(item)}
    if not isinstance(value, dict):
        return set()
    named = value.get("source", [])
    here = {named} if isinstance(named, str) else set(named)
    return here | {found for item in value.values() for found in _sources(item)}


@pytest.mark.parametrize("name", ["procedures", "onestop", "frictions", "population"])
def test_every_source_is_explained(name):
    known = read_yaml(home.datasets() / "sources.yaml").data
    named = _sources(read_yaml(home.datasets() / f"{name}.yaml").data)
    assert named
    assert named <= set(known)


def test_the_handbook_in_vietnamese_names_laws_and_amounts_as_vietnamese_do():
    pages = handbook(procedures().values()).values()
    said = [page[name]["vi"] for page in pages for name in ("name", "time", "fee", "authority")]
    said += [page["law"] for page in pages]
    assert any("Nghị định" in text for text in said) and any(" đồng" in text for text in said)
    assert not [text for text in said if re.search(r"\b(Decree|Circular|Decision|Law)\b|\d,\d{3}", text)]
