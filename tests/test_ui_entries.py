"""Every kind of field on screen: the fitting widget, what is read from it, what is kept, long lists with a filter."""

from datetime import datetime
from types import MappingProxyType

import pytest

from kit.systems.form import TEXT_LIMIT, Field, Refused, Situation
from kit.ui.choosing import length, lines
from kit.ui.entries import Entry, entry
from kit.ui.typed import echo, iso_time, plain_count
from kit.words import words
from tests.desk_trial import EVERYTHING, OFFICE, TRIAL, letter, script

RECORDS = {one["code"]: one for one in (letter(1, "A"), letter(2, "Bà <i>B</i>"), letter(3, "C"))}
SITUATION = Situation("T-0001", RECORDS["T-0001"], datetime(2025, 7, 1, 8), OFFICE, MappingProxyType(RECORDS))
TYPED = {
    "note": "Ghi", "long": "Dài", "sum": "15.000 đồng", "pages": "1.200", "day": "5/7/2025", "time": "7h5",
    "personal_id": "099 203 000 001", "one": "b", "unit": "27003", "official": "CB02", "body": "water",
    "into": "T-0003",
}  # fmt: skip


def made(name: str, draft: dict, language: str = "vi") -> Entry:
    (field,) = (one for one in EVERYTHING if one.name == name)
    return entry(field, SITUATION, language, draft)


def labels(control) -> list[str]:
    return [name for name, _ in control.options]


def fill_in(draft: dict) -> dict[str, Entry]:
    entries = {field.name: made(field.name, draft) for field in EVERYTHING}
    for name, text in TYPED.items():
        entries[name].controls[0].value = text
    for box in entries["some"].controls[1::11]:  # the second and the thirteenth of fourteen
        box.value = True
    for box in entries["officials"].controls[::3]:  # Phạm An, Trần Văn Đạt
        box.value = True
    entries["bodies"].controls[-1].value = True
    return entries


def test_what_is_entered_is_what_the_system_takes():
    read = {name: one.read() for name, one in fill_in({}).items()}
    clean, _ = TRIAL.decide("fill", SITUATION, read)
    assert clean == {
        **TYPED, "sum": 15000, "pages": 1200, "day": "2025-07-05", "time": "07:05", "personal_id": "099203000001",
        "some": ["b", "m"], "officials": ["CB01", "CB03"], "bodies": ["power"],
    }  # fmt: skip


def test_a_draft_brings_every_entry_back():
    draft: dict = {}
    before = {name: one.read() for name, one in fill_in(draft).items()}
    assert {field.name: made(field.name, draft, "en").read() for field in EVERYTHING} == before


def test_a_draft_of_something_no_longer_on_offer_counts_as_nothing():
    assert made("unit", {"unit": "99999"}).read() == ""
    assert made("some", {"some": ["zz", "a"]}).read() == ["a"]


def test_an_untouched_form_is_refused_as_empty():
    read = {field.name: made(field.name, {}).read() for field in EVERYTHING}
    with pytest.raises(Refused, match="empty"):
        TRIAL.decide("fill", SITUATION, read)


def test_a_text_over_the_limit_is_told_the_limit_and_not_that_it_lacks_something():
    assert TRIAL.decide("note", SITUATION, {"note": "x" * TEXT_LIMIT})[0] == {"note": "x" * TEXT_LIMIT}
    with pytest.raises(Refused, match="too_long") as no:
        TRIAL.decide("note", SITUATION, {"note": "x" * (TEXT_LIMIT + 1)})
    assert no.value.field == "note"
    assert f"{TEXT_LIMIT:,}" in words("en")["refusal.too_long"]
    assert f"{TEXT_LIMIT:,}".replace(",", ".") in words("vi")["refusal.too_long"]


def test_names_stand_in_vietnamese_order_and_our_unit_first():
    assert labels(made("body", {}).controls[0])[1:] == [
        "Ấp Bắc Đường bộ", "Cấp nước Bến Thành", "Công viên Cây xanh", "Điện lực Sài Gòn",
    ]  # fmt: skip
    assert [one.split(" - ")[0] for one in labels(made("official", {}).controls[0])[1:]] == [
        "Phạm An", "Lê Thị Ánh", "Nguyễn Ân", "Trần Văn Đạt",
    ]  # fmt: skip
    units = labels(made("unit", {}).controls[0])[1:]
    assert units[:3] == ["Phường Sài Gòn", "Xã 1", "Xã 2"]
    assert units[-1] == "Xã 14"


def test_another_record_is_named_in_the_language():
    assert labels(made("into", {}, "en").controls[0])[1:] == ["0002 - Bà <i>B</i> - Letter 2", "0003 - C - Letter 3"]


def test_a_long_list_is_filtered_and_never_loses_what_was_chosen():
    draft: dict = {}
    one = made("unit", draft)
    search, select = one.widget.children
    select.value = "27003"
    search.value = "XA 1"
    assert labels(select)[1:] == ["Xã 1", "Xã 3", "Xã 10", "Xã 11", "Xã 12", "Xã 13", "Xã 14"]
    assert (one.read(), draft["unit"]) == ("27003", "27003")
    search.value = "không có"
    assert labels(select)[1:] == ["Xã 3"]
    search.value = ""
    assert len(labels(select)) == 16
    assert one.read() == "27003"


def test_a_long_checklist_is_filtered_and_what_is_ticked_stays_in_sight():
    one = made("some", {"some": ["b"]})
    search, checks = one.widget.children
    search.value = "some.m"
    hidden = ["kit-hidden" in box._dom_classes for box in checks.children]
    assert [place for place, away in enumerate(hidden) if not away] == [1, 12]
    assert one.read() == ["b"]


def test_a_short_list_has_no_filter():
    assert [len(made(name, {}).widget.children) for name in ("one", "body", "officials")] == [1, 1, 2]
    assert type(made("officials", {}).widget.children[0]).__name__ == "HTML"


def test_a_preview_hears_of_every_change():
    heard: list[str] = []
    for name, one in ((name, made(name, {})) for name in ("note", "some", "unit")):
        one.watch(lambda name=name: heard.append(name))
        one.controls[0].value = {"note": "x", "some": True, "unit": "27001"}[name]
    assert heard == ["note", "some", "unit"]


@pytest.mark.parametrize("kind", [field.kind for field in EVERYTHING])
def test_every_kind_says_what_it_wants(kind):
    assert all(f"kind.{kind}" in words(language) for language in ("vi", "en"))


def test_an_optional_entry_says_so():
    one = entry(Field("due_date", "date", required=False), SITUATION, "vi", {})
    assert one.controls[0].description.endswith("(không bắt buộc)")


@pytest.mark.parametrize(
    ("typed", "time"),
    [("7:30", "07:30"), ("07.30", "07:30"), ("7h", "07:00"), ("14g5", "14:05"), ("7 giờ 30 phút", "07:30"),
     ("24:00", "24:00"), ("7:60", "7:60"), ("730", "730"), ("", ""), ("sáng", "sáng")],
)  # fmt: skip
def test_times_as_people_write_them(typed, time):
    assert iso_time(typed) == time


@pytest.mark.parametrize(
    ("typed", "count"), [("07", "7"), ("1.200", "1200"), ("1 200", "1200"), ("1,5", "1,5"), ("1.5", "1.5"), ("", "")]
)
def test_counts_as_people_write_them(typed, count):
    assert plain_count(typed) == count


def test_echoes_of_times_counts_and_long_texts():
    assert echo("time", "7h30", "vi") == "07:30"
    assert [echo("count", "1200", one) for one in ("vi", "en")] == ["1.200", "1,200"]
    assert echo("long_text", "x" * 1500, "vi") == "1500/2000 ký tự"
    assert [echo("time", "24h", "vi"), echo("count", "12", "vi"), echo("long_text", "x", "vi")] == ["", "", ""]


def test_the_start_page_lists_exercises_by_number_with_length_and_state():
    trial = script(letter(1, "A"))
    assert lines({"x": trial}, set(), "vi") == [("09 · Thời gian mô phỏng: 1 giờ 30 phút\nBài thử", "x")]
    assert lines({"x": trial}, {"09-trial"}, "en")[0][0].split("\n")[0].endswith("Finished once")
    assert [length(600, "vi"), length(45, "en")] == ["10 giờ", "45 min"]
