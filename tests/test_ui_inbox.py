"""The queue as an inbox, drafts with a preview, lists and books, on a small system of the tests' own."""

from datetime import datetime

import pytest
from markupsafe import Markup

from kit.attempt import Attempt
from kit.plain_text import person_order, vietnamese_order
from kit.store import EventStore
from kit.systems.registry import SYSTEMS
from kit.ui import Desk
from kit.ui.coach import Coach
from kit.ui.inbox import deadline
from kit.ui.matters import WAITING, matters
from kit.words import say
from tests.desk_trial import TRIAL, letter, script
from tests.rehearsed import compiled

LETTERS = (
    letter(1, "Ông Đỗ Ẩn", channel="counter", neighbourhood="Khu phố 10", due_date="2025-07-09"),
    letter(2, "Bà Ân", channel="post", neighbourhood="Khu phố 2", due_date="2025-06-30"),
    letter(3, "An <b>Bình</b>", due_date="2025-07-01"),
)


@pytest.fixture
def open_desk(monkeypatch, tmp_path):
    """A desk on a script of the trial system, with an attempt begun."""
    monkeypatch.setitem(SYSTEMS, "trial", TRIAL)

    def opened(*letters, papers=0) -> Desk:
        store = EventStore("sqlite://")
        store.add_script(script(*letters, papers=papers))
        desk = Desk(store, "vi", tmp_path / "desk.log", Coach("")).open("")
        desk.entered.name, desk.entered.mode = "Nguyễn An", "practice"
        desk.page.begin()
        return desk

    return opened


@pytest.fixture
def desk(open_desk) -> Desk:
    """Three letters have come; the first is chosen."""
    desk = open_desk(*LETTERS)
    desk.page.wait()
    desk.page.wait()
    return desk


def lines(desk: Desk) -> list[str]:
    """The queue from top to bottom: a record's last digit, or a heading's text."""
    cards = {id(card.widget): card.id[-1] for card in desk.page.queue.cards.values()}
    shown = [one for one in desk.page.queue.list.children if "kit-hidden" not in one._dom_classes]
    return [cards.get(id(one)) or Markup(one.value.split("<span")[0]).striptags() for one in shown]


def order(desk: Desk) -> str:
    return "".join(line for line in lines(desk) if line.isdigit())


def marks(desk: Desk, number: int) -> tuple[bool, str]:
    """Whether a record is marked unread, and what its entry shows."""
    card = desk.page.queue.cards[f"T-{number:04}"]
    return "kit-unread" in card.widget._dom_classes, card.face.value


def test_the_queue_is_sorted_as_the_trainee_wants(desk):
    sorting = desk.page.queue.tools.children[1].children[0]
    assert order(desk) == "123"
    sorting.value = "deadline"
    assert order(desk) == "231"
    sorting.value = "name"
    assert order(desk) == "321"
    desk.speak("en")
    assert order(desk) == "321"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", "123"), ("do an", "1"), ("ÂN", "123"), ("ong dO", "1"), ("khu pho 2", "2"), ("buu chinh", "2"),
     ("T-0003", "3"), ("letter 2", "2"), ("thu 1", "1"), ("here", "123"), ("  ", "123"), ("xyz", "")],
)  # fmt: skip
def test_the_filter_ignores_capitals_and_marks(desk, typed, found):
    desk.page.queue.search.value = typed
    assert order(desk) == found


def test_a_filter_without_a_match_says_so_and_escapes_it(desk):
    desk.page.queue.search.value = "<i>"
    assert lines(desk) != []
    (note,) = [one for one in desk.page.queue.list.children if "kit-hidden" not in one._dom_classes]
    assert "&lt;i&gt;" in note.value
    desk.speak("en")
    assert desk.page.queue.search.value == "<i>"
    desk.page.queue.search.value = ""
    assert order(desk) == "123"


def test_matters_are_grouped_by_neighbourhood_with_numbers_by_size(desk):
    desk.page.queue.tools.children[1].children[1].value = "neighbourhood"
    assert lines(desk) == ["Khu phố 2", "2", "Khu phố 10", "1", say("queue.no_neighbourhood", "vi"), "3"]


def test_without_neighbourhoods_there_is_no_such_grouping(open_desk):
    desk = open_desk(letter(1, "A"))
    assert len(desk.page.queue.tools.children[1].children) == 1


def test_nothing_waits(open_desk):
    desk = open_desk(letter(1, "A"))
    desk.page.act(TRIAL, TRIAL.action("note"), {"note": "x"})
    assert lines(desk) == [say("queue.nothing_waits", "vi"), say("queue.working", "vi"), "1"]


def test_what_came_or_changed_is_unread_until_it_is_looked_at(desk):
    assert [marks(desk, number)[0] for number in (1, 2, 3)] == [False, True, True]
    desk.page.choose("T-0002")
    assert [marks(desk, number)[0] for number in (1, 2, 3)] == [False, False, True]
    desk.page.act(TRIAL, TRIAL.action("merge"), {"into": "T-0001"})
    unread, face = marks(desk, 1)
    assert unread
    assert say("queue.new", "vi") in face
    assert not marks(desk, 2)[0]


def test_a_follow_up_makes_a_matter_new_again_and_work_on_it_reads_it(desk):
    desk.page.act(TRIAL, TRIAL.action("note"), {"note": "x"})
    assert not marks(desk, 1)[0]
    desk.page.wait()
    assert marks(desk, 1)[0]
    assert "Viết lại." in desk.page.dossier.top.value
    desk.page.act(TRIAL, TRIAL.action("note"), {"note": "y"})
    assert not marks(desk, 1)[0]


def test_a_reload_remembers_what_was_worked_on(desk, tmp_path):
    desk.page.choose("T-0003")
    desk.page.act(TRIAL, TRIAL.action("note"), {"note": "x"})
    again = Desk(desk.store, "vi", tmp_path / "desk.log", Coach("")).open(f"luot={desk.view.token}")
    assert not marks(again, 3)[0]
    assert marks(again, 2)[0]


@pytest.mark.parametrize(
    ("due", "kind"),
    [("2025-07-01", "today"), ("2025-06-30", "overdue"), ("2025-07-04", "soon"), ("2025-07-05", "later"),
     ("2025-07-01T09:59", "overdue"), ("2025-07-01T10:01", "today"), ("2025-07-02T08:00", "soon"), ("", ""),
     ("mai", ""), ("2025-02-31", ""), ("2025-07-01T10:01+07:00", "today")],
)  # fmt: skip
def test_deadlines_by_the_simulated_clock(due, kind):
    assert deadline(due, datetime(2025, 7, 1, 10)) == kind


def test_deadlines_are_said_in_words(desk):
    assert "Hạn 09/07/2025" in marks(desk, 1)[1]
    assert "Quá hạn 30/06/2025" in marks(desk, 2)[1]
    assert "Hạn hôm nay" in marks(desk, 3)[1]


def test_names_are_escaped_in_the_queue(desk):
    assert "An &lt;b&gt;Bình&lt;/b&gt;" in marks(desk, 3)[1]


def test_vietnamese_order():
    words = ["Đá", "Dạ", "ma", "mạ", "má", "mà", "mả", "mã", "mă", "mâ", "An", "Ăn", "Ân", "Khu phố 10", "Khu phố 2",
             "ung", "ưng", "em", "êm"]  # fmt: skip
    wanted = ["An", "Ăn", "Ân", "Dạ", "Đá", "em", "êm", "Khu phố 2", "Khu phố 10", "ma", "mà", "mả", "mã", "má", "mạ",
              "mă", "mâ", "ung", "ưng"]  # fmt: skip
    assert sorted(words, key=vietnamese_order) == wanted
    assert sorted(["ánh sang", "anh sáng", "anh sao"], key=vietnamese_order) == ["anh sáng", "ánh sang", "anh sao"]
    assert vietnamese_order("") == ((), ())


def test_people_are_listed_by_given_name():
    people = ["Trần Văn Đạt", "Nguyễn Ân", "Lê Thị Ánh", "Phạm An"]
    assert sorted(people, key=person_order) == ["Phạm An", "Lê Thị Ánh", "Nguyễn Ân", "Trần Văn Đạt"]


def test_a_draft_is_shown_as_it_is_entered(open_desk):
    desk = open_desk(letter(1, "A"), papers=2)
    page = desk.page
    page.panel.open("write")
    note, pages = page.panel.entries
    note.controls[0].value = "Thiếu <b>chữ ký</b>"
    assert "Thiếu &lt;b&gt;chữ ký&lt;/b&gt; (1 trang)" in page.dossier.paper.value
    assert "kit-chosen" in page.dossier.draft._dom_classes
    page.dossier.turn(1)
    assert "Tờ số 1" in page.dossier.paper.value
    pages.controls[0].value = "3"
    assert "Tờ số 1" in page.dossier.paper.value  # whoever reads is not disturbed
    page.dossier.look_at_draft()
    assert "(3 trang)" in page.dossier.paper.value
    page.panel.open("")
    assert "Tờ số 1" in page.dossier.paper.value
    assert "kit-hidden" in page.dossier.draft._dom_classes


def test_a_broken_preview_breaks_no_form(open_desk, tmp_path):
    desk = open_desk(letter(1, "A"))
    desk.page.panel.open("write")
    desk.page.panel.entries[1].controls[0].value = "ba"
    assert say("desk.no_preview", "vi") in desk.page.dossier.paper.value
    assert desk.page.notice.value == ""
    desk.page.panel.entries[1].controls[0].value = "3"
    assert "(3 trang)" in desk.page.dossier.paper.value
    desk.page.panel.entries[0].controls[0].value = "x"
    desk.page.act(TRIAL, TRIAL.action("write"), {"note": "x", "pages": "3"})
    assert desk.view.attempt.events[-1].kind == "acted"


@pytest.mark.parametrize(("count", "kind"), [(6, "Button"), (7, "Select")])
def test_many_papers_are_a_list_and_few_are_tabs(open_desk, count, kind):
    desk = open_desk(letter(1, "A"), papers=count)
    first = desk.page.dossier.sheets.widget.children[0]
    assert type(first).__name__ == kind
    desk.page.dossier.turn(count - 1)
    assert f"Tờ số {count - 1}" in desk.page.dossier.paper.value
    desk.page.dossier.turn(count)
    assert "Tờ số 0" in desk.page.dossier.paper.value


def test_a_paper_is_chosen_from_the_list_also_while_drafting(open_desk):
    desk = open_desk(letter(1, "A"), papers=8)
    chosen = desk.page.dossier.sheets.widget.children[0]
    chosen.value = 5
    assert "Tờ số 5" in desk.page.dossier.paper.value
    desk.page.panel.open("write")
    assert "Tờ số 5" not in desk.page.dossier.paper.value
    assert chosen.value is None
    chosen.value = 5
    assert "Tờ số 5" in desk.page.dossier.paper.value


def test_the_books_of_an_office_without_procedures(desk):
    reference = desk.page.reference
    assert list(reference.tabs) == ["guidebook", "officials", "units", "bodies", "calendar"]
    assert reference.page.value == ""
    desk.page.open("reference")
    assert "<th>Việc</th>" in reference.page.value
    reference.open("bodies")
    names = [one.split("</td>")[0] for one in reference.page.value.split("<td>")[1:]]
    assert names == ["Ấp Bắc Đường bộ", "Cấp nước Bến Thành", "Công viên Cây xanh", "Điện lực Sài Gòn"]
    reference.search.value = "cay XANH"
    assert reference.page.value.count("<td>") == 1
    reference.search.value = "<i>"
    assert "&lt;i&gt;" in reference.page.value
    reference.search.value = ""
    reference.open("units")
    assert reference.page.value.index("Phường Sài Gòn") < reference.page.value.index("Xã 2<")
    assert reference.page.value.index("Xã 2<") < reference.page.value.index("Xã 10<")


def test_after_the_end_another_exercise_can_be_chosen(desk):
    desk.page.finish()
    desk.leave()
    assert desk.view is None
    assert desk.entered.tried == {"09-trial"}
    assert desk.page.entered.name == "Nguyễn An"


def test_the_actions_stay_where_they_are_while_the_same_are_offered(desk):
    before = desk.page.panel.widget.children
    desk.page.choose("T-0002")
    assert desk.page.panel.widget.children == before
    desk.page.act(TRIAL, TRIAL.action("merge"), {"into": "T-0001"})
    assert desk.page.panel.widget.children != before


def test_a_further_record_of_a_matter_waits_like_the_matter_itself():
    store = EventStore("sqlite://")
    filings, _ = compiled(1, "10-boundary-free-payment")
    attempt, _ = Attempt.start(store, store.add_script(filings), "Nguyễn Thị Tập")
    attempt.deliver()
    groups = {matter.id: matter.group for matter in matters(attempt)}
    further = [record for record in groups if record.endswith("-A")]
    assert further and {groups[record] for record in further} == {WAITING}


def test_a_filter_hides_and_moves_nothing(desk):
    queue = desk.page.queue
    before = queue.list.children
    wanted = next(iter(queue.cards.values()))
    queue._set("wanted", wanted.id)
    assert [one for one in queue.list.children if one is wanted.widget] and queue.list.children == before
    queue._set("wanted", "không có việc nào như vậy")
    queue._set("wanted", "")
    assert queue.list.children[: len(before)] == before
    assert all("kit-hidden" not in one._dom_classes for one in before)
