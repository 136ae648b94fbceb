"""The trainer's page: the board and the evaluator's sheet, one at a time, over the same session."""

import os
from pathlib import Path

from markupsafe import Markup

from kit import home
from kit.errors import WrongUse
from kit.kernels.visitors import on_arrival
from kit.session import Session
from kit.trainer.board import Board
from kit.trainer.book import Book
from kit.trainer.sheet import Sheet
from kit.trainer.watching import Watch
from kit.ui.guard import Guard, desk_log
from kit.ui.header import address, brand, languages, refusal, ribbon, spoken
from kit.ui.html import html_view
from kit.ui.parts import Widget, button, column, mark, replace, row
from kit.ui.theme import style_view
from kit.words import LANGUAGES, say

BOARD, SHEET = "board", "sheet"
STYLES = ("trainer.css", "board.css")


class TrainerPage:
    """The whole page; `widget` is what the notebook shows."""

    def __init__(self, session: Session, language: str, log: Path, frame: Widget | None = None) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self.session, self.log = session, log
        self.board = Board(Watch(session.store(), session.keys()), self.language, log)
        self.sheet: Sheet | None = None
        self.guard = Guard(self.board.tell, lambda: self.language, desk_log(log))
        self.view = BOARD
        self.head = column((), "kit-trainer-head")
        self.views: dict[str, Widget] = {BOARD: self.board.widget, SHEET: column((), "kit-sheet")}
        self.widget = frame or trainer_frame()
        self.widget.children = (*self.widget.children, self.head, *self.views.values())
        self.speak(self.language)
        self.board.open()

    def open(self, view: str) -> None:
        """Show the board, or the sheet as it stands now."""
        self.view = view
        self.show()
        if view == SHEET and self.sheet:
            self.guard.run(self.sheet.open)
        elif view == SHEET:
            book = Book(self.session.store(), self.session.keys())
            self.sheet = Sheet(book, self.session.name, self.language, self.log)
            self.views[SHEET].children = (self.sheet.widget,)

    def show(self) -> None:
        """Draw the head, and one of the two below it."""
        tabs = {name: self._tab(name) for name in self.views}
        for name, tab in tabs.items():
            mark(tab, "kit-chosen", name == self.view)
            mark(self.views[name], "kit-hidden", name != self.view)
        title = brand(self.language, say("board.title", self.language, session=self.session.name))
        switch = languages(self.language, self.guard, self.speak)
        bar = row((title, row(tabs.values(), "kit-main-tabs"), switch, address(self.language)), "kit-header")
        replace(self.head, (ribbon(self.language), bar))

    def speak(self, language: str) -> None:
        """Go on in another language."""
        self.language = language
        self.board.speak(language)
        if self.sheet:
            self.sheet.speak(language)
        self.show()

    def _tab(self, name: str) -> Widget:
        text = say(f"board.tab_{name}", self.language)
        return button(text, self.guard(lambda: self.open(name)), "kit-main-tab", f"kit-tab-{name}")


def trainer_frame() -> Widget:
    """The page before anybody looks at it: its looks, the same for all."""
    looks = "".join(Path(__file__).with_name(name).read_text("utf-8") for name in STYLES)
    style = html_view(Markup("<style>{}</style>").format(Markup(looks)), "kit-style")
    return column((style_view(), style), "kit-desk")


def open_trainer(session: str = "", language: str = "vi") -> Widget:
    """The page on a session: the one named, else KIT_SESSION, else the practice session."""
    frame = trainer_frame()
    on_arrival(lambda: _furnish(frame, session, language))
    return frame


def _furnish(frame: Widget, session: str, language: str) -> None:
    language = spoken(os.environ.get("QUERY_STRING", ""), language)
    chosen = Session.named(session or os.environ.get("KIT_SESSION", "") or home.PRACTICE)
    try:
        chosen.must_exist()
        TrainerPage(chosen, language, home.build() / "desk.log", frame)
    except WrongUse as problem:
        frame.children = (*frame.children, *refusal(problem, language))
