"""The desk: the start page, the work page and the page after the end, one at a time."""

import os
from pathlib import Path
from urllib.parse import parse_qs

from kit import home
from kit.attempt import Attempt
from kit.errors import NotFound, WrongUse
from kit.identity import NotAdmitted
from kit.kernels.visitors import on_arrival
from kit.seating import sit_down
from kit.store import EventStore
from kit.store.people import Seat
from kit.ui.arrival import Arrival, JoinPage
from kit.ui.coach import Coach
from kit.ui.finished import FinishedPage
from kit.ui.guard import Guard, desk_log
from kit.ui.header import address, brand, languages, ribbon, spoken, workplace
from kit.ui.hotwash import HotWashForm
from kit.ui.parts import Widget, button, column, replace, row
from kit.ui.pulse import Pulse
from kit.ui.seats import Host, SeatsPage
from kit.ui.signing import Authority
from kit.ui.start import Doors, Entered, StartPage, first_scripts
from kit.ui.theme import style_view
from kit.ui.view import View
from kit.ui.work import WorkPage
from kit.words import LANGUAGES, say, words

TOKEN = "luot"  # the page's address holds ?luot=CODE once an attempt is under way
Page = StartPage | WorkPage | JoinPage | SeatsPage


class Desk:
    """The whole app around one store; `widget` is what the notebook shows."""

    def __init__(self, store: EventStore, language: str, log: Path, coach: Coach, frame: Widget | None = None) -> None:
        self.store, self.language = store, language if language in LANGUAGES else LANGUAGES[0]
        self.entered, self.coach = Entered(), coach
        self.arrival = Arrival(store, os.environ) if store.people.any() else None
        self.view: View | None = None
        self.page: Page | None = None
        self.asked: HotWashForm | None = None
        self.guard = Guard(self.tell, lambda: self.language, desk_log(log))
        self.pulse = Pulse(self.look, desk_log(log))
        self.finished: FinishedPage | None = None
        self.body = column((), "kit-body")
        self.widget = frame or desk_frame()
        self.widget.children = (*self.widget.children, self.body)

    def open(self, query: str) -> "Desk":
        """Show the start page, or the attempt whose code is in the page's address; with a roster, who comes decides."""
        token = parse_qs(query).get(TOKEN, [""])[0]
        self.language = spoken(query, self.language)
        if self.arrival:
            arrival = self.arrival
            self.guard.run(lambda: arrival.recognise(query))
            self.guard.run(self.show)
        elif not (token and self.guard.run(lambda: self.resume(token))):
            self.view = None
            self.guard.run(self.show)
        self.pulse.start()
        return self

    def look(self) -> None:
        """Show what others did and what the trainer ordered since; the pulse asks for it."""
        if isinstance(self.page, WorkPage):
            self.guard.run(self.page.look)
        elif self.view and self.finished:
            self.guard.run(self.finished.look)

    def show(self) -> None:
        """Draw the page where the trainee is, anew."""
        if self.view is None:
            self._show_start()
        elif self.view.attempt.state.finished:
            self._show_finished(self.view)
        else:
            self._show_work(self.view)

    def begin(self, script: str, name: str, mode: str) -> None:
        """Start an attempt and sit down to work; nobody does so beside a roster."""
        self._require_no_roster()
        attempt, token = Attempt.start(self.store, script, name, mode)
        self._sit_down(attempt, token)
        self.show()

    def resume(self, token: str) -> None:
        """Go on with an attempt; WrongUse for a code that opens none, NotAdmitted where its owner must come in."""
        self._require_no_roster()
        self._sit_down(opened(self.store, token.strip()), token.strip())
        self.entered.notice = ""
        self.show()

    def enter(self, typed: str) -> None:
        """Come in with a typed join code."""
        if self.arrival:
            self.arrival.enter(typed)
        self.entered.notice = ""
        self.show()

    def sit(self, seat: Seat) -> None:
        """Begin or go on with the attempt of one's own seat."""
        if self.arrival:
            self._sit_down(sit_down(self.store, seat, self.arrival.require()), "")
        self.entered.notice = ""
        self.show()

    def leave(self) -> None:
        """Go back to the start page after the end of an attempt."""
        self.view = None
        self.show()

    def speak(self, language: str) -> None:
        """Change the language; nothing entered is lost."""
        self.language = language
        if self.view:
            self.view.language = language
        self.entered.notice = ""
        self.show()

    def tell(self, sentence: str) -> None:
        """Show a message on the page that is open."""
        if self.page:
            self.page.tell(sentence)
        elif self.view and self.asked:
            self.asked.tell(sentence)
        else:
            self.entered.notice = sentence

    def _sit_down(self, attempt: Attempt, token: str) -> None:
        attempt.refresh()
        self.view = View(attempt, self.language, token, authority=Authority.of(self.store, attempt))

    def _require_no_roster(self) -> None:
        if self.arrival:
            raise NotAdmitted("not_yours")

    def _show_start(self) -> None:
        if self.arrival:
            self._put(self._seats(self.arrival))
            return
        doors = Doors(self.begin, self.resume, self.speak, first_scripts(self.store))
        self._put(StartPage(self.language, self.entered, self.guard, doors))

    def _seats(self, arrival: Arrival) -> JoinPage | SeatsPage:
        if arrival.person is None:
            return JoinPage(self.language, self.guard, (self.enter, self.speak), self.entered.notice)
        host = Host(self.sit, self.speak, arrival.code)
        return SeatsPage(self.language, self.guard, host, (self.store, arrival.person))

    def _show_work(self, view: View) -> None:
        page = WorkPage(view, self.guard, self.coach, (self.speak, self.show))
        page.begin()
        self._put(page)
        if view.authority:
            view.authority.warm()

    def _show_finished(self, view: View) -> None:
        self.page = None
        head = (
            brand(self.language, workplace(view.attempt.script)),
            languages(self.language, self.guard, self.speak),
        )
        self.entered.tried.add(view.attempt.script.exercise)
        bar = row((*head, address(self.language, view.token)), "kit-header")
        back = view.say("arrival.back" if self.arrival else "finished.another")
        again = button(back, self.guard(self.leave), "kit-primary", "kit-another")
        self.finished = FinishedPage(view, self.coach)
        self.asked = HotWashForm(self.store, view, self.guard)
        page = (ribbon(self.language), bar, self.finished.widget, self.asked.widget, again)
        replace(self.body, (column(page, "kit-end"),))

    def _put(self, page: Page) -> None:
        self.page = page
        replace(self.body, (page.widget,))


def opened(store: EventStore, token: str) -> Attempt:
    """The attempt that a code opens; WrongUse, in words about the code as it was typed, where it opens none."""
    try:
        return Attempt.resume(store, token)
    except NotFound:
        key = "start.code_wrong" if token else "start.code_empty"
        raise WrongUse(*(say(key, language) for language in LANGUAGES)) from None


def open_desk(store_url: str = "", language: str = "vi") -> Widget:
    """The desk on a store: the one named, else KIT_STORE, else that of the session KIT_SESSION in sessions/."""
    frame = desk_frame()
    for one in LANGUAGES:
        words(one)  # read once, not by every visitor
    on_arrival(lambda: _furnish(frame, store_url, language))
    return frame


def desk_frame() -> Widget:
    """The desk before anybody sits at it: its looks, the same for all."""
    return column((style_view(),), "kit-desk")


def _furnish(frame: Widget, store_url: str, language: str) -> None:
    """What belongs to one visitor: the store is opened, the page's address read."""
    url, session = store_url or os.environ.get("KIT_STORE", ""), os.environ.get("KIT_SESSION", "") or home.PRACTICE
    gone = not url and not (home.sessions() / session).is_dir()
    store = EventStore(url or "sqlite://", session) if url or gone else EventStore.of("", session)
    desk = Desk(store, language, home.build() / "desk.log", Coach(session_of(store)), frame)
    desk.open(os.environ.get("QUERY_STRING", ""))
    if gone:
        desk.tell(say("desk.gone", desk.language, session=session))


def session_of(store: EventStore) -> str:
    """The name of the training session whose store this is; empty for a store elsewhere, which has no coach."""
    folder = store.folder()
    return folder.name if folder and folder.parent.resolve() == home.sessions().resolve() else ""
