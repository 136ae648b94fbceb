"""Every column of every table is described, in both languages, on the page and in the dataset's own file."""

import json
from dataclasses import fields
from datetime import date
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from kit.world.bulk import EdgeCases, Region, describe
from kit.world.bulk.schema import in_vietnamese
from kit.world.bulk.schema_page import PAGE, page
from kit.world.bulk.writing import Dataset, write_dataset

ROOT = Path(__file__).resolve().parents[1]
SOURCES = {"by construction", "training", "memory"}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data") / "new"
    write_dataset(Dataset(Region.unit("26740"), 1, date(2025, 7, 1), 60), folder)
    return folder


def test_the_page_is_what_the_schema_says():
    """Else: python -m kit.world.bulk.schema_page."""
    assert (ROOT / PAGE).read_text(encoding="utf-8") == page()


def test_dataset_json_describes_every_column_of_every_file(written):
    about = json.loads((written / "dataset.json").read_text(encoding="utf-8"))
    tables = {folder.name for folder in written.iterdir() if folder.is_dir()}
    assert set(about["columns"]) == set(describe()) == set(about["rows"]) == tables
    for name in tables:
        there = parquet.read_schema(written / name / "part-00000.parquet").names
        assert [column["name"] for column in about["columns"][name]] == there
    assert about["edge_cases_per_mille"].keys() == {field.name for field in fields(EdgeCases)}


def test_every_column_has_both_languages_a_type_and_a_source():
    for name, columns in describe().items():
        assert [column["name"] for column in columns] == list(in_vietnamese()[name]), name
        for column in columns:
            assert column["meaning"] and column["meaning_vi"] and column["type"] and column["source"]
            assert ("trống" in column["meaning_vi"]) or not column["null"], (name, column["name"])


def test_every_source_names_a_file_or_how_far_to_trust_it():
    known = {path.name for path in (ROOT / "datasets").rglob("*.*")}
    confidence = ("primary", "portal", "package", "page", "seed", "memory", "training", "each its own")
    for columns in describe().values():
        for source in (column["source"] for column in columns if column["source"] not in SOURCES):
            files = [word.strip("(),;") for word in source.split() if word.strip("(),;").endswith((".csv", ".yaml"))]
            assert set(files) <= known, source
            assert any(mark in source for mark in confidence) or source.startswith(("of the", "by con")), source


def test_every_edge_case_is_described():
    assert list(in_vietnamese()["edges"]) == [field.name for field in fields(EdgeCases)]
