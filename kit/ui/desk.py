"""The desk: the start page, the work page and the page after the end, one at a time."""

import os
from pathlib import Path
from urllib.parse import parse_qs

from kit import home
from kit.attempt import Attempt
from kit.store import EventStore
from kit.ui.coach import Coach
from kit.ui.finished import finished_view
from kit.ui.guard import Guard, desk_log
from kit.ui.header import address, brand, languages, ribbon, workplace
from kit.ui.parts import Widget, button, column, replace, row
from kit.ui.signing import Authority
from kit.ui.start import Doors, Entered, StartPage, first_scripts
from kit.ui.theme import style_view
from kit.ui.view import View
from kit.ui.work import WorkPage
from kit.words import LANGUAGES

TOKEN = "luot"  # the page's address holds ?luot=CODE once an attempt is under way


class Desk:
    """The whole app around one store; `widget` is what the notebook shows."""

    def __init__(self, store: EventStore, language: str, log: Path, coach: Coach) -> None:
        self.store, self.language = store, language if language in LANGUAGES else LANGUAGES[0]
        self.entered, self.coach = Entered(), coach
        self.view: View | None = None
        self.page: StartPage | WorkPage | None = None
        self.guard = Guard(self.tell, lambda: self.language, desk_log(log))
        self.body = column((), "kit-body")
        self.widget = column((style_view(), self.body), "kit-desk")

    def open(self, query: str) -> "Desk":
        """Show the start page, or the attempt whose code is in the page's address."""
        token = parse_qs(query).get(TOKEN, [""])[0]
        if not (token and self.guard.run(lambda: self.resume(token))):
            self.view = None
            self.guard.run(self.show)
        return self

    def show(self) -> None:
        """Draw the page where the trainee is, anew."""
        if self.view is None:
            self._show_start()
        elif self.view.attempt.state.finished:
            self._show_finished(self.view)
        else:
            self._show_work(self.view)

    def begin(self, script: str, name: str, mode: str) -> None:
        """Start an attempt and sit down to work."""
        attempt, token = Attempt.start(self.store, script, name, mode)
        self._sit_down(attempt, token)
        self.show()

    def resume(self, token: str) -> None:
        """Go on with an attempt; NotFound for a code that opens none."""
        self._sit_down(Attempt.resume(self.store, token.strip()), token.strip())
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
        else:
            self.entered.notice = sentence

    def _sit_down(self, attempt: Attempt, token: str) -> None:
        self.view = View(attempt, self.language, token, authority=Authority.of(self.store, attempt))

    def _show_start(self) -> None:
        doors = Doors(self.begin, self.resume, self.speak, first_scripts(self.store))
        self._put(StartPage(self.language, self.entered, self.guard, doors))

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
        again = button(view.say("finished.another"), self.guard(self.leave), "kit-primary", "kit-another")
        page = (ribbon(self.language), bar, finished_view(view, self.coach), again)
        replace(self.body, (column(page, "kit-end"),))

    def _put(self, page: StartPage | WorkPage) -> None:
        self.page = page
        replace(self.body, (page.widget,))


def open_desk(store_url: str = "", language: str = "vi") -> Widget:
    """The desk on a store: the one named, else KIT_STORE, else the practice store in sessions/."""
    url = store_url or os.environ.get("KIT_STORE", "")
    store = EventStore(url) if url else EventStore.at(home.sessions() / "practice" / "attempts.sqlite")
    desk = Desk(store, language, home.build() / "desk.log", Coach(session_of(store)))
    return desk.open(os.environ.get("QUERY_STRING", "")).widget


def session_of(store: EventStore) -> str:
    """The name of the training session whose store this is; empty for a store elsewhere, which has no coach."""
    file = Path(store.engine.url.database or "").resolve()
    return file.parent.name if file.parent.parent == home.sessions().resolve() else ""
