"""The trainer's board: who is where in a session, and the orders; it looks again every second while it is open."""

from pathlib import Path

from markupsafe import Markup

from kit.log_book import Clock, server_time
from kit.safe_html import fill
from kit.trainer.board_controls import Controls
from kit.trainer.board_record import merged, ordered, read
from kit.trainer.board_table import bottlenecks, overview
from kit.trainer.commands import Commands
from kit.trainer.watching import Watch
from kit.ui.guard import Guard, desk_log
from kit.ui.html import html_view, redraw
from kit.ui.parts import column, replace, row
from kit.ui.pulse import Pulse
from kit.words import say

FOLDED = "<details{open}><summary>{title}</summary>{inside}</details>"
MINUTE = 10.0  # seconds after which the minutes on the board are drawn again though nothing happened


class Board:
    """The board of one session; `widget` is one view of the trainer's page."""

    def __init__(self, watch: Watch, language: str, log: Path, clock: Clock = server_time) -> None:
        self.watch, self.language, self.clock = watch, language, clock
        self.guard = Guard(self.tell, lambda: self.language, desk_log(log))
        self.pulse = Pulse(self.look, desk_log(log))
        self.drawn_at, self.said = clock(), -1
        self.widget = column((), "kit-board")
        self.controls = self._controls()
        self.show()

    def open(self) -> None:
        """Read the session, show it, and go on looking."""
        self.guard.run(self._first_look)
        self.pulse.start()

    def look(self) -> bool:
        """Draw again where there is news, or where minutes passed; True where it was drawn."""
        answers = len(self.watch.store.hotwash.all())
        news = self.watch.look() or answers != self.said
        if news or (self.clock() - self.drawn_at).total_seconds() >= MINUTE:
            self.refresh()
            return True
        return False

    def show(self) -> None:
        """Put the page together anew, in the chosen language."""
        self.notice = html_view(fill(""), "kit-notice", "kit-live")
        self.people, self.below = html_view(Markup(""), "kit-board-overview"), html_view(Markup(""), "kit-board-below")
        left = column((self.notice, self.controls.widget), "kit-board-left")
        found = column((column((self.controls.wanted,), "kit-entry"), self.people), "kit-board-found")
        right = column((found, self.below), "kit-board-right")
        replace(self.widget, (row((left, right), "kit-board-page"),))

    def speak(self, language: str) -> None:
        """Go on in another language; what was entered stays."""
        before, self.language = self.controls, language
        self.controls = self._controls()
        self.controls.keep(before)
        self.show()
        self.refresh()

    def refresh(self) -> None:
        """Draw everything as it stands."""
        self.drawn_at, language = self.clock(), self.language
        answers = self.watch.store.hotwash.all()
        self.said = len(answers)
        self._find()
        parts = (
            ("piles", bottlenecks(self.watch, language)),
            ("read", read(self.watch, language)),
            ("audit", ordered(self.watch, language)),
            ("hotwash", merged(answers, language)),
        )
        redraw(self.below, Markup("").join(self._folded(name, inside) for name, inside in parts))

    def tell(self, sentence: str) -> None:
        """Show what went wrong."""
        redraw(self.notice, fill('<p class="kit-notice-bad" role="alert">{text}</p>', text=sentence))

    def _first_look(self) -> None:
        self.watch.look()
        self.refresh()

    def _controls(self) -> Controls:
        made = Controls(self.watch, Commands(self.watch.store, self.clock), self.guard, self.language)
        made.told = self._given
        made.wanted.observe(lambda _: self.guard.run(self._find), names="value")
        return made

    def _find(self) -> None:
        """Show whoever is wanted, as they stand."""
        redraw(self.people, overview(self.watch, self.drawn_at, self.language, str(self.controls.wanted.value)))
        self.controls.refresh()

    def _given(self, kind: str, count: int) -> None:
        name = say(f"board.order_{kind}", self.language)
        text = say("board.given", self.language, order=name, count=count)
        redraw(self.notice, fill('<p class="kit-notice-good" role="status">{text}</p>', text=text))
        self.look()

    def _folded(self, name: str, inside: Markup) -> Markup:
        return fill(FOLDED, open=Markup(" open"), title=say(f"board.box_{name}", self.language), inside=inside)
