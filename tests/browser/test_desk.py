"""The trainee's desk in a real browser, served as `kit serve` serves it: one journey, and what must hold around it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Locator, Page, expect

from kit.event import Event, replay
from kit.publish.serving import place_apps
from kit.script import Key, Script
from kit.store import EventStore
from kit.words import say
from tests.browser.accessibility import too_wide
from tests.browser.answering import serving
from tests.desk_setting import PLAN, ROOT, make_home, record_of, script_and_key

PETITIONS = "02-portal-1022"
pytestmark = pytest.mark.timeout(300)  # a whole day at the counter, its grading and its report
PATIENCE = 30_000  # milliseconds
DEAF, RESTED = 400, 1000  # milliseconds; after the second a text that rests was handed over
MOTHER = "kit.kernels.visitors.mother"  # in the command of every desk's process


GRADE = """import sys; from pathlib import Path; from grading.rehearsal import Job, run_notebook
run_notebook(Job(Path(sys.argv[1]), "practice", sys.argv[2]))"""


@dataclass(frozen=True)
class Served:
    """The address of the desk, and what the test may know of the case behind it."""

    address: str
    script: Script
    key: Key
    petitions: Script
    store: EventStore
    apps: Path

    def graded(self, trainee: str) -> str:
        """The address of the report that papermill makes of a trainee's only attempt."""
        attempt = self.events(trainee)[0].attempt
        around = {**os.environ, "KIT_HOME": str(self.apps.parent), "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", GRADE, str(self.apps / "graded.ipynb"), attempt], env=around, check=True)
        return self.address.replace("desk.ipynb", "graded.ipynb")

    def events(self, trainee: str) -> list[Event]:
        """The log of a trainee's only attempt."""
        (attempt,) = [row["id"] for row in self.store.attempts() if row["trainee"] == trainee]
        return self.store.read(attempt)

    def step(self, trainee: str, record: str) -> str:
        """How a record stands according to the log."""
        return replay(self.events(trainee)).records[record]["step"]


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("home")
    session = make_home(folder, replace(PLAN, exercises=(PETITIONS, *PLAN.exercises)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(folder))
        place_apps(folder / "apps")
        case, store = (*script_and_key(session), script_and_key(session, PETITIONS)[0]), session.store()
    with serving(folder / "apps", folder) as address:
        yield Served(f"{address}voila/render/desk.ipynb", *case, store, folder / "apps")


class Clerk:
    """A trainee at the desk: reads what is on screen, clicks and types."""

    def __init__(self, page: Page, served: Served, name: str) -> None:
        self.page, self.script, self.name = page, served.script, name
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)

    def start(self, address: str, mode: str) -> None:
        self.page.goto(address)
        self.page.get_by_label(say("start.name", "vi")).fill(self.name)
        self.page.locator(".kit-exercises").get_by_text(self.script.title["vi"]).click()
        self.page.locator(".kit-modes").get_by_text(say(f"mode.{mode}", "vi")).first.click()
        self.page.locator(".kit-begin").click()
        expect(self.page.locator(".kit-card").first).to_be_visible()

    def card(self, record: str) -> Locator:
        return self.page.locator(
            ".kit-card", has=self.page.locator(".kit-code", has_text=re.compile(f"^{record[-4:]}$"))
        )

    def wait_for(self, record: str) -> None:
        """Let time pass until the record is on the desk."""
        for _ in range(len(self.script.cues)):
            if self.card(record).count():
                return
            self.wait()
        raise AssertionError(f"{record} never came")

    def wait(self) -> None:
        """Let time pass until the next matter; a second click within half a second would not be heard."""
        clock = self.page.locator(".kit-clock b").inner_text()
        self.page.locator(".kit-wait").click()
        expect(self.page.locator(".kit-clock b")).not_to_have_text(clock)
        self.page.wait_for_timeout(DEAF)

    def choose(self, record: str) -> None:
        self.card(record).get_by_role("button").click()
        expect(self.page.locator(".kit-facts")).to_contain_text(record)

    def do(self, action: str, **given: object) -> None:
        """Open an action, fill its form, send it, and see that it is saved."""
        self.open(action)
        for name, value in given.items():
            self.fill(name, value)
        self.page.locator(".kit-submit").click()
        expect(self.page.locator(".kit-notice-good")).to_contain_text(say(f"action.{action}", "vi"))

    def open(self, action: str) -> None:
        self.page.locator(f".kit-do-{action}").click()
        expect(self.page.locator(".kit-form-head h2")).to_have_text(say(f"action.{action}", "vi"))

    def fill(self, name: str, value: object) -> None:
        field = self.page.locator(f".kit-field-{name}")
        if isinstance(value, list):
            for text in value:
                field.get_by_text(text, exact=True).click()
        elif field.locator("select").count():
            field.locator("select").select_option(label=str(value))
        else:
            field.locator("input, textarea").fill(str(value))

    def open_a_fresh_petition(self, served: Served, mode: str) -> None:
        """Begin at the portal, and open the form that accepts the first petition nobody has accepted yet."""
        self.script = served.petitions
        self.start(served.address, mode)
        record = next(cue.record for cue in self.script.cues if cue.records[cue.record].get("step") == "fresh")
        self.wait_for(record)
        self.choose(record)
        self.open("accept_petition")

    def papers(self) -> int:
        return int(re.search(r"/(\d+)", self.page.locator(".kit-count").inner_text())[1])

    def has_papers(self, number: int) -> None:
        expect(self.page.locator(".kit-count")).to_contain_text(re.compile(rf"/{number}\b"))

    def finish_dossier(self, served: Served, record: str, facts: dict) -> None:
        """From intake to the result in the applicant's hands, in every role."""
        office, kind = served.script.office, facts["result_kind"]
        ours, today = office["units"][office["code"]], "1/7/2025"
        signer = office["officials"][facts["signers"][0]]
        capacity = facts["capacities"][facts["signers"][0]]
        self.choose(record)
        self.do("receive", competent_unit=ours, due_date=today, fee=facts["fee"],
                exemption=say(f"choice.exemption.{facts['exemption']}", "vi"),
                result_channel=say("choice.result_channel.counter", "vi"))  # fmt: skip
        self.do("forward", destination=ours)
        self.do("examine", outcome=say("choice.outcome.eligible", "vi"))
        self.do("draft", result_kind=say(f"choice.result_kind.{kind}", "vi"))
        self.do("initial")
        name = f"{signer['full_name']} - {signer['post_vi']}"
        self.do("sign", signer=name, token=name, capacity=say(f"choice.capacity.{capacity}", "vi"))
        self.do("number", book=say(f"choice.book.{kind}", "vi"))
        self.do("give_back", receiver_id=facts["applicant_id"])


@pytest.fixture
def clerk(page: Page, served: Served, complaints: list[str], request: pytest.FixtureRequest) -> Clerk:
    return Clerk(page, served, request.node.name)


def test_a_day_at_the_counter(clerk: Clerk, served: Served, page: Page):
    script, key = served.script, served.key
    clerk.start(served.address, "practice")
    assert "luot=" in page.url

    # What is missing is read on the papers, asked for on one slip, and brought later.
    inject, lacking = record_of(script, key, "missing_component")
    clerk.wait_for(lacking)
    clerk.choose(lacking)
    presented = clerk.papers()
    for number in range(presented):
        expect(page.locator(".kit-tab.kit-chosen").first).to_contain_text(f"{number + 1}.")
        expect(page.locator(".kit-paper").first).to_contain_text("KHÔNG CÓ GIÁ TRỊ PHÁP LÝ")
        page.locator(".kit-next").click()
        expect(page.locator(".kit-count")).to_contain_text(f"Tờ {(number + 1) % presented + 1}/")
    asks = next(cue.records[lacking]["asks"] for cue in script.cues if cue.id == inject)
    clerk.do("supplement", papers=[asks[one] for one in key.facts[inject]["defects"]], reason="Đề nghị nộp bổ sung.")
    expect(page.locator(".kit-record-head")).to_contain_text("Chờ bổ sung")
    expect(page.locator(".kit-dossier .kit-tab.kit-chosen")).to_have_class(re.compile("kit-printed"))
    clerk.has_papers(presented + 1)
    assert served.step(clerk.name, lacking) == "supplement"

    # A complete dossier, from intake to the hand that takes the result.
    other, complete = record_of(script, key, "complete", "2.000815")
    clerk.wait_for(complete)
    clerk.finish_dossier(served, complete, key.facts[other])
    expect(page.locator(".kit-record-head")).to_contain_text("Đã trả kết quả")
    assert served.step(clerk.name, complete) == "returned"

    # Reload: the same attempt at the same moment.
    clock = page.locator(".kit-clock b").inner_text()
    page.reload()
    expect(page.locator(".kit-clock b")).to_have_text(clock)
    expect(clerk.card(complete)).to_contain_text("Đã trả kết quả")

    # The other language; papers stay Vietnamese.
    page.get_by_role("button", name="EN").click()
    expect(page.locator(".kit-group").first).to_contain_text(say("queue.waiting", "en"))
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.locator(".kit-paper").first).to_contain_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    page.get_by_role("button", name="VI").click()
    expect(page.locator(".kit-wait")).to_have_text(say("desk.wait", "vi"))

    # The citizen comes back with the missing paper, and the dossier is taken in.
    for _ in range(len(script.cues)):
        if "Mới" in clerk.card(lacking).inner_text():
            break
        clerk.wait()
    clerk.choose(lacking)
    clerk.has_papers(presented + 2)
    ours = script.office["units"][script.office["code"]]
    clerk.do("receive", competent_unit=ours, due_date="4/7/2025", fee="15.000",
             exemption=say("choice.exemption.none", "vi"),
             result_channel=say("choice.result_channel.counter", "vi"))  # fmt: skip
    assert served.step(clerk.name, lacking) == "received"

    page.locator(".kit-finish").click()
    page.locator(".kit-finish-yes").click()
    expect(page.locator(".kit-finished")).to_contain_text(say("finished.title", "vi"))
    expect(page.locator(".kit-finding").first).to_be_visible()
    log = served.apps.with_name(f"{served.apps.name}.log")
    assert log.read_text(encoding="utf-8") == "", "whoever serves is told of what goes wrong alone"

    # The graded report of this very attempt.
    page.goto(served.graded(clerk.name))
    expect(page.locator(".aar .head h1").first).to_have_text(say("report.title", "vi"), timeout=PATIENCE)
    expect(page.locator(".aar section.vi")).to_contain_text(clerk.name)
    expect(page.locator(".aar section.vi .finding").first).to_contain_text(say("report.basis", "vi"))
    page.get_by_text("English", exact=True).click()
    expect(page.locator(".aar section.en h2", has_text=say("report.timeline", "en"))).to_be_visible()


def fits(page: Page) -> None:
    """Nothing is wider than the window, on a clerk's screen, an old one and half of one."""
    for width, height in ((800, 1100), (1024, 768), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert too_wide(page) == []


def test_the_keyboard_is_enough_and_a_double_click_counts_once(clerk: Clerk, served: Served, page: Page):
    clerk.start(served.address, "assessed")
    clerk.open("receive")
    fits(page)
    units = page.locator(".kit-found option").all_text_contents()
    assert len(units) > 100 and "\xa0" not in "".join(units), "a long name may break between its words"
    page.locator(".kit-back").click()
    clerk.wait()
    first, second = (cue.record for cue in served.script.cues[:2])
    expect(clerk.card(second)).to_have_class(re.compile("kit-unread"))
    page.get_by_label(say("queue.filter", "vi")).focus()
    page.keyboard.type(second)
    expect(clerk.card(first)).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".kit-facts")).to_contain_text(second)
    expect(clerk.card(second)).not_to_have_class(re.compile("kit-unread"))

    # From action to action by arrow keys, into the form with Enter, and a refusal keeps what was typed.
    page.locator(".kit-action").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".kit-action").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    field = page.locator(".kit-field-personal_id input")
    expect(field).to_be_focused()
    page.keyboard.type("12")
    page.locator(".kit-submit").dblclick()
    expect(page.locator(".kit-notice-bad")).to_contain_text("12 chữ số")
    expect(field).to_have_value("12")
    expect(field).to_have_attribute("aria-invalid", "true")
    kinds = [event.kind for event in served.events(clerk.name)]
    assert kinds == ["started", "delivered", "waited", "delivered", "refused"]


def test_a_guided_clerk_sees_at_once_which_fault_was_missed(clerk: Clerk, served: Served, page: Page):
    page.set_viewport_size({"width": 1366, "height": 768})
    clerk.start(served.address, "guided")
    _, lacking = record_of(served.script, served.key, "missing_component")
    clerk.wait_for(lacking)
    clerk.choose(lacking)
    ours = served.script.office["units"][served.script.office["code"]]
    clerk.do("receive", competent_unit=ours, due_date="4/7/2025", fee="0",
             exemption=say("choice.exemption.none", "vi"),
             result_channel=say("choice.result_channel.counter", "vi"))  # fmt: skip
    expect(page.locator(".kit-planted")).to_contain_text(say("truth.missing_component", "vi"))
    expect(page.locator(".kit-planted")).to_be_in_viewport(ratio=1)
    expect(page.locator(".kit-finding-wrong .kit-finding-title").first).to_be_in_viewport(ratio=1)
    expect(page.locator(".kit-notice-good")).not_to_have_css("border-left-color", "rgb(29, 112, 68)")

    # On a telephone the clock, the progress and the mode stand one under the other.
    page.set_viewport_size({"width": 375, "height": 720})
    for part in (".kit-clock", ".kit-progress", ".kit-mode"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)


def test_a_draft_follows_the_typing(clerk: Clerk, served: Served, page: Page):
    clerk.open_a_fresh_petition(served, "practice")
    for name in ("petition_field", "petition_urgency"):
        page.locator(f".kit-field-{name} select").select_option(index=1)
    page.locator(".kit-submit").click()
    expect(page.locator(".kit-notice-good")).to_be_visible()
    clerk.open("interim_reply")
    expect(page.locator(".kit-field-interim_text textarea")).to_be_focused()
    page.keyboard.type("Phường đã cử người <b>kiểm tra</b>.")
    expect(page.locator(".kit-paper").first).to_contain_text("cử người <b>kiểm tra</b>.")
    fits(page)
    page.locator(".kit-sheets .kit-tab").first.click()
    expect(page.locator(".kit-paper").first).not_to_contain_text("cử người")
    expect(page.locator(".kit-field-interim_text textarea")).to_have_value(re.compile("cử người"))
    page.get_by_role("button", name=say("desk.tab_reference", "vi"), exact=True).click()
    expect(page.locator(".kit-reference-page h2").first).to_be_visible()
    fits(page)


@contextmanager
def slow_computer() -> Iterator[None]:
    """Meanwhile no desk answers; what the page sends waits for it, in the order in which it was sent."""
    kernels = [child for child in psutil.Process().children(recursive=True) if MOTHER in " ".join(child.cmdline())]
    assert kernels
    for kernel in kernels:
        kernel.suspend()
    try:
        yield
    finally:
        for kernel in kernels:
            kernel.resume()


def test_what_was_chosen_by_keys_is_what_is_sent_however_slow_the_computer(clerk: Clerk, served: Served, page: Page):
    clerk.open_a_fresh_petition(served, "assessed")
    wanted = {}
    with slow_computer():
        for name in ("petition_field", "petition_urgency"):
            select = page.locator(f".kit-field-{name} select")
            select.focus()
            for _ in range(2):
                page.keyboard.press("ArrowDown")
            wanted[name] = select.locator("option").nth(2).inner_text().replace("\xa0", " ").strip()
        page.locator(".kit-submit").focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(DEAF)
    expect(page.locator(".kit-notice-good")).to_contain_text(say("action.accept_petition", "vi"))
    (given,) = [event.given for event in served.events(clerk.name) if event.action == "accept_petition"]
    assert {name: say(f"choice.{name}.{given[name]}", "vi") for name in wanted} == wanted

    # A text too: what is typed after a pause, while the desk is still busy with what was typed before it.
    page.wait_for_timeout(DEAF)
    clerk.open("interim_reply")
    page.wait_for_timeout(DEAF)
    with slow_computer():
        page.locator(".kit-field-interim_text textarea").focus()
        page.keyboard.type("Phường đã cử")
        page.wait_for_timeout(RESTED)
        page.keyboard.type(" người kiểm tra.")
        page.locator(".kit-submit").focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(DEAF)
    expect(page.locator(".kit-notice")).to_contain_text(say("action.interim_reply", "vi"))
    (given,) = [event.given for event in served.events(clerk.name) if event.action == "interim_reply"]
    assert given["interim_text"] == "Phường đã cử người kiểm tra."


def test_the_exercise_chosen_by_keys_is_the_one_that_begins_however_slow_the_computer(page: Page, served: Served):
    page.goto(served.address)
    page.get_by_label(say("start.name", "vi")).fill("Trần Văn Chậm", timeout=PATIENCE)
    offered = page.locator(".kit-exercises .widget-radio-box label").all_inner_texts()
    with slow_computer():
        page.locator(".kit-exercises input").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        assert page.locator(".kit-exercises input").first.is_checked()
        page.locator(".kit-begin").focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(DEAF)
    expect(page.locator(".kit-card").first).to_be_visible(timeout=PATIENCE)
    begun = served.store.script(served.events("Trần Văn Chậm")[0].given["script"])
    assert begun.title["vi"] in offered[0]


def test_the_language_chosen_lasts_through_a_reload(clerk: Clerk, served: Served, page: Page):
    page.goto(served.address)
    for language in ("en", "vi"):
        page.get_by_role("button", name=language.upper(), exact=True).click(timeout=PATIENCE)
        expect(page.get_by_label(say("start.name", language))).to_be_visible()
        page.reload()
        expect(page.get_by_label(say("start.name", language))).to_be_visible()
    clerk.start(served.address, "assessed")
    assert "tieng=" not in page.url, "an address that nobody changed stays short"
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.locator(".kit-wait")).to_have_text(say("desk.wait", "en"))
    page.reload()
    expect(page.locator(".kit-wait")).to_have_text(say("desk.wait", "en"))


def test_the_list_of_apps_and_a_wrong_address(page: Page, served: Served):
    before = len(served.store.attempts())
    page.goto(served.address.split("voila/")[0])
    page.get_by_role("link", name=re.compile("Bàn làm việc")).click()
    expect(page.locator(".kit-begin")).to_be_visible(timeout=PATIENCE)
    page.goto(f"{page.url.split('?')[0]}?luot=nonsense")
    expect(page.locator(".kit-notice-bad")).to_contain_text("Mã tiếp tục không đúng", timeout=PATIENCE)
    assert len(served.store.attempts()) == before


def test_the_first_page_lists_the_apps_and_then_every_report(page: Page, served: Served):
    report, title = f"{served.script.exercise}--careless--26740-1", served.script.title
    for name in (report, "04--model--1"):
        (served.apps / f"{name}.ipynb").write_bytes((served.apps / "world.ipynb").read_bytes())
    place_apps(served.apps, {served.script.exercise: {**title, "en": f"<b>{title['en']}</b>"}})
    page.goto(served.address.replace("voila/render/desk.ipynb", ""))
    names = [link.get_attribute("href").rpartition("/")[2] for link in page.locator("li a").all()]
    assert names[:2] == ["desk.ipynb", "world.ipynb"] and {f"{report}.ipynb", "04--model--1.ipynb"} <= set(names[2:])
    link = page.locator(f"li a[href$='{report}.ipynb']")
    assert link.inner_text().split("\n")[0] == f"04 · {title['vi']}" and "người chơi cẩu thả" in link.inner_text()
    page.get_by_text("EN", exact=True).click()
    expect(page.locator("h1")).to_have_text("Apps and reports", use_inner_text=True)
    assert link.inner_text().startswith(f"04 · <b>{title['en']}</b>") and "the careless player" in link.inner_text()
    (served.apps / "titles.json").write_text("[broken", "utf-8")
    page.reload()
    expect(link).to_contain_text(report.split("--")[0])
