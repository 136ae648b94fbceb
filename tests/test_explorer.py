"""The world explorer without a browser: numbers, charts, files, and a page whose every fault is told."""

import csv
import io
import re
import zipfile
from datetime import date

import ipywidgets as widgets
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from kit.errors import WrongUse
from kit.explorer import Explorer, charts, numerals, pictures
from kit.explorer.cells import DANGEROUS, LINK_LIMIT, as_csv, as_parquet, as_xlsx, download, neutral
from kit.explorer.choice import (
    SIZES,
    WHOLE,
    Choice,
    dossier_load,
    dossier_mix,
    province_names,
    pyramid,
    surname_shares,
    units_of,
)
from kit.words import say

WARD = Choice(unit="26740", people=500)
NASTY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "=cmd|' /C calc'!A0",
    "099123456789",
    '"quoted", text',
    "",
]


@pytest.fixture(scope="module")
def tables():
    return WARD.tables()


@pytest.fixture
def page(tmp_path):
    return Explorer(WARD, "vi", tmp_path / "desk.log")


def inside(widget):
    """The widget and everything in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from inside(child)


def press(page, name):
    (found,) = [one for one in inside(page.widget) if f"kit-{name}" in one._dom_classes]
    found.click()


def field(page, name):
    (box,) = [one for one in inside(page.widget) if f"kit-field-{name}" in one._dom_classes]
    return box.children[0]


# --- Files -----------------------------------------------------------------------------------------------------


def test_no_cell_is_a_formula_and_codes_are_text():
    from openpyxl import load_workbook

    table = pa.table({"text": NASTY, "number": list(range(len(NASTY)))})
    rows = list(csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig"), newline="")))
    sheet = load_workbook(io.BytesIO(as_xlsx(table))).active
    for given, cells, (text, number) in zip(NASTY, rows[1:], sheet.iter_rows(min_row=2), strict=True):
        assert not cells[0].startswith(DANGEROUS) and given in cells[0]
        assert text.data_type != "f" and not str(text.value or "").startswith(DANGEROUS)
        assert number.data_type == "n"
    assert sheet["A10"].value == "099123456789" and sheet["A10"].number_format == "@"


def test_missing_values_dates_and_flags():
    assert [neutral(value) for value in (None, True, 3, 2.5, "a")] == ["", "True", 3, 2.5, "a"]


def test_parquet_keeps_the_types(tables):
    back = parquet.read_table(io.BytesIO(as_parquet(tables["citizens"])))
    assert back["birth_date"].type == pa.date32() and back.num_rows == tables["citizens"].num_rows


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_download_holds_every_person(tables, form):
    name, media, content = download("people", tables["citizens"], form)
    assert name == f"people.{form}" and media and len(content) <= LINK_LIMIT


def test_a_large_csv_is_packed_and_what_is_too_large_refused():
    table = pa.table({"a": ["một dòng dài " * 10] * 20_000})
    name, media, content = download("large", table, "csv")
    assert (name, media) == ("large.csv.zip", "application/zip") and len(content) < LINK_LIMIT
    assert zipfile.ZipFile(io.BytesIO(content)).read("large.csv") == as_csv(table)
    with pytest.raises(WrongUse):
        download("large", pa.table({str(name): [1] * 10_000 for name in range(30)}), "xlsx")


# --- Numbers and charts ----------------------------------------------------------------------------------------


def test_the_pyramid_counts_everybody(tables):
    bands = pyramid(tables["citizens"])
    assert len(bands) == 17 and bands[-1][0] == "80+"
    assert sum(men + women for _, men, women in bands) == tables["citizens"].num_rows
    assert sum(men for _, men, _ in bands) == tables["citizens"]["sex"].cast(pa.string()).to_pylist().count("male")


def test_surnames_stand_beside_the_declared():
    shares = surname_shares(Choice(people=5_000).tables()["citizens"], "79")
    assert shares[0][0] == "Nguyễn" and abs(shares[0][1] - shares[0][2]) < 0.05
    assert sum(declared for _, _, declared in shares) == pytest.approx(1, abs=0.05)


def test_units_are_listed_as_vietnamese_dictionaries_do():
    names = [name for name, _ in units_of("79")]
    assert names.index("Phường Cầu Kiệu") < names.index("Phường Đông Hưng Thuận") < names.index("Phường Gia Định")


def test_dossiers_are_counted(tables):
    dossiers = tables["dossiers"]
    assert sum(n for _, n in dossier_mix(dossiers)) == sum(n for _, n in dossier_load(dossiers)) == dossiers.num_rows
    days = [day for day, _ in dossier_load(dossiers)]
    whole = date.fromisoformat(days[-1]).toordinal() - date.fromisoformat(days[0]).toordinal() + 1
    assert len(days) == whole and days == sorted(days) and all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)


def test_numbers_and_days_are_written_as_the_language_does():
    day = date(2025, 7, 1)
    assert (numerals.whole(12345, "vi"), numerals.percent(0.334, "vi")) == ("12.345", "33,4 %")
    assert (numerals.whole(12345, "en"), numerals.percent(0.334, "en")) == ("12,345", "33.4 %")
    assert (numerals.day(day, "vi"), numerals.day(day, "en")) == ("01/07/2025", "1 Jul 2025")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_cards_show_it_all_in_both_languages(tables, language):
    shown = pictures.cards(tables, WARD, language)
    assert shown.count("<svg") == 4 and "world." not in shown
    assert all(say(f"world.{name}", language) in shown for name in ("pyramid", "surnames", "mix", "load"))
    assert "world." not in pictures.summary(tables, WARD, language) + pictures.household(tables, 3, language)


def test_a_world_without_dossiers_is_said_politely(tables):
    without = {name: table for name, table in tables.items() if name != "dossiers"}
    shown = pictures.cards(without, WARD, "vi")
    assert shown.count("<svg") == 2 and say("world.no_dossiers_note", "vi") in shown


def test_charts_escape_and_bear_emptiness():
    assert "<b>" not in charts.bars("<b>", [("<b>", 1)])
    for chart in (charts.bars("t", []), charts.columns("t", []), charts.pyramid("t", [("0-4", 0, 0)], ("a", "b"))):
        assert chart.startswith("<svg")


def test_a_unit_has_its_own_offices_only(tables):
    for name in ("officials", "documents", "projects"):
        assert set(tables[name]["unit_code"].cast(pa.string()).to_pylist()) == {"26740"}


# --- The page --------------------------------------------------------------------------------------------------


def test_nothing_is_drawn_before_the_button(page):
    assert page.tables == {} and "<svg" not in page.cards.value
    press(page, "draw")
    assert page.tables["citizens"].num_rows >= 500 and page.cards.value.count("<svg") == 4


def test_household_after_household_in_a_circle(page):
    press(page, "draw")
    first = page.home.value
    press(page, "next")
    assert page.home.value != first
    press(page, "previous")
    assert page.home.value == first
    press(page, "previous")
    assert page.number == page.tables["households"].num_rows - 1 and page.home.value.count("<tr>") >= 2


def test_a_second_world_can_be_browsed_and_downloaded(page):
    """Widgets that leave the page are closed: those of the second draw must be new ones."""
    for seed in (1, 2):
        field(page, "seed").value = seed
        press(page, "draw")
        press(page, "csv")
    there = {one.model_id for one in inside(page.widget)}
    assert {page.home.model_id, page.link.model_id} <= there and None not in there
    assert "26740-2-citizens.csv" in page.link.value


def test_what_is_shown_keeps_its_name_until_it_is_drawn_anew(page):
    press(page, "draw")
    field(page, "seed").value = 5
    assert say("world.stale", "vi") in page.notice.value
    press(page, "csv")
    assert 'download="26740-1-citizens.csv"' in page.link.value
    page.speak("en")
    assert say("world.stale", "en") in page.notice.value and "seed 1" in page.about.value
    press(page, "draw")
    assert page.notice.value == "" and "seed 5" in page.about.value


def test_a_table_is_offered_as_a_link(page):
    press(page, "draw")
    field(page, "table").value = "households"
    press(page, "csv")
    assert re.search(r'download="26740-1-households\.csv" href="data:text/csv;base64,[A-Za-z0-9+/=]+"', page.link.value)


def test_another_province_has_other_units_and_none_is_chosen(page):
    field(page, "province").value = "46"
    unit = field(page, "unit")
    assert (unit.value, page.choice.unit, page.choice.province) == (WHOLE, WHOLE, "46")
    press(page, "draw")
    assert "Huế" in page.about.value


def test_another_language_keeps_the_world(page):
    press(page, "draw")
    before = page.tables
    page.speak("en")
    assert page.tables is before and "Population pyramid" in page.cards.value


def test_a_fault_is_told_and_logged(page, tmp_path):
    page.choice = Choice(people=7)
    press(page, "draw")
    assert str(SIZES[0]) in page.notice.value
    page.choice = Choice(unit="99999")
    press(page, "draw")
    assert "99999" in page.notice.value
    page.choice = None
    press(page, "draw")
    assert say("desk.fault", "vi", number="")[:20] in page.notice.value


def test_every_choice_can_be_drawn():
    for province in province_names():
        assert Choice(province=province, people=500).tables()["citizens"].num_rows >= 500


def test_the_notebook_opens_a_page_in_the_language_of_its_address(monkeypatch):
    from kit.explorer import open_world

    for query, language in (("", "vi"), ("tieng=en", "en")):
        monkeypatch.setenv("QUERY_STRING", query)
        shown = open_world()
        assert isinstance(shown, widgets.VBox)
        assert any(say("world.intro", language)[:40] in str(getattr(one, "value", "")) for one in inside(shown))
