"""Legal bases in English: every citation of every exercise has one, each law has one name, old keys still open."""

import csv
import re
from dataclasses import replace

import pytest

from kit import home
from kit.exercise import load_exercise, names
from kit.exercise.schema import Basis
from kit.world.citations import english
from kit.world.procedures import procedures
from kit.world.reference import handbook
from tests.rehearsed import compiled

SYMBOL = re.compile(r"\d+(?:/\d{4})?[/-](?:[A-ZĐ]+\d*-?)+(?:/[A-Z]+)?")  # 118/2025/NĐ-CP, 5006/BTP-HCTP, 45-CT/TW
NAMES = {
    "Nghị định": "Decree", "Luật": "Law", "Công văn": "Official letter", "Nghị quyết 16": "Resolution 16",
    "Chỉ thị": "Directive", "Điều lệ Đảng": "Party Charter", "Hướng dẫn 36": "Guidance 36", "Điều ": "Article",
    "Luật Hộ tịch": "Law on Civil Status", "Luật Khiếu nại": "Law on Complaints",
    "Thông tư": "Circular", "quy tắc tập huấn": "training rule",
    "giá trị tập huấn": "training value", "Cổng Dịch vụ công quốc gia": "National Public Service Portal",
    "theo tin báo": "as the press reports", "Cổng 1022": "portal 1022", "quy chế làm việc": "working regulation",
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> list[dict[str, str]]:
    with (home.datasets() / "citations.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", names())
def test_every_citation_has_english(name):
    bases = [basis for one in load_exercise(name).guide.expectations for basis in one.basis]
    assert bases
    assert [basis.ref for basis in bases if not basis.data["ref_en"]] == []


def test_the_handbook_names_the_law_of_each_procedure_in_english():
    pages = handbook(procedures().values()).values()
    assert [page["law"] for page in pages if page["law"] and not page["law_en"]] == []
    assert all(page["law_en"].isascii() for page in pages)


def test_each_citation_is_translated_once_and_holds_no_vietnamese(catalogue):
    assert len({row["vi"] for row in catalogue}) == len(catalogue)
    assert [row["en"] for row in catalogue if not row["en"].isascii() or not row["en"].strip()] == []


def test_symbols_and_names_of_laws_are_alike_everywhere(catalogue):
    for row in catalogue:
        for symbol in SYMBOL.findall(row["vi"]):
            assert symbol.replace("Đ", "D") in row["en"], row
        for vi, en in NAMES.items():
            assert vi not in row["vi"] or en.lower() in row["en"].lower(), row


def test_what_an_author_writes_goes_before_the_catalogue():
    told = Basis(ref="Nghị định 30/2020/NĐ-CP, Điều 8", source="GH-ND30", confidence="primary")
    assert told.data["ref_en"] == english(told.ref) == "Decree 30/2020/ND-CP, Article 8"
    own = Basis(ref=told.ref, ref_en="Decree 30, Article 8", source="GH-ND30", confidence="primary")
    assert own.data["ref_en"] == "Decree 30, Article 8"


def test_a_key_compiled_before_shows_the_vietnamese():
    target = compiled()[1].targets[0]
    old = replace(target, basis=tuple({name: one[name] for name in one if name != "ref_en"} for one in target.basis))
    assert old.cited("en") == old.cited("vi") == target.cited("vi") != target.cited("en")
