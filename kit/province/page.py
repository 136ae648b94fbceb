"""The province's page: the table of units and situations, the weakest above it, the evidence of a cell beside it."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from markupsafe import Markup

from kit import home
from kit.calendar import HERE
from kit.errors import KitError
from kit.kernels.visitors import on_arrival
from kit.province.evidence import evidence, of_place
from kit.province.grid import ORDERS, SHOWN, Wanted, grid
from kit.province.overview import Overview, Place, read_overview
from kit.province.tell import exercise_title, place_title
from kit.province.worst import worst
from kit.safe_html import fill, join
from kit.ui.guard import Guard, desk_log
from kit.ui.header import address, brand, languages, refusal, ribbon, spoken
from kit.ui.html import html_view, redraw
from kit.ui.parts import Widget, button, column, make, mark, replace, row
from kit.ui.theme import style_view
from kit.words import LANGUAGES, say

LEGEND = ("P", "S", "M", "U")


class ProvincePage:
    """The whole app; `widget` is what the notebook shows. Nothing in it tells of one person."""

    def __init__(self, overview: Overview, language: str, log: Path, frame: Widget | None = None) -> None:
        self.overview, self.language = overview, language if language in LANGUAGES else LANGUAGES[0]
        provinces = overview.provinces()
        self.wanted = Wanted(provinces[0].code if provinces else "")
        self.picked = ""
        self.guard = Guard(self.tell, lambda: self.language, desk_log(log))
        self.body = column((), "kit-body")
        self.widget = frame or province_frame()
        self.widget.children = (*self.widget.children, self.body)
        self.guard.run(self.show)

    def show(self) -> None:
        """Put the page together anew, in the chosen language."""
        self.notice = html_view(fill(""), "kit-notice", "kit-live")
        self.strip, self.table = html_view(fill(""), "kit-province-worst"), html_view(fill(""), "kit-province-grid")
        self.evidence = html_view(fill(""), "kit-province-evidence", "kit-live")
        closing = button("✕", self.guard(lambda: self.pick("")), "kit-small", "kit-close", tip=self._say("close"))
        self.side = column((closing, self.evidence), "kit-province-side")
        self.main = row((column((self.table,), "kit-province-main"), self.side), "kit-province-page")
        switch = languages(self.language, self.guard, self.speak)
        head = row((brand(self.language, self._about()), switch, address(self.language)), "kit-header")
        tools = row((*self._choices(), html_view(self._legend(), "kit-province-legend")), "kit-province-tools")
        title = html_view(fill("<h1>{title}</h1>", title=self._say("title")), "kit-province-title")
        top = row((title, self.strip), "kit-province-top")
        parts = (ribbon(self.language), head, top, self.notice, tools, self.main)
        replace(self.body, (column(parts, "kit-province-whole"),))
        self.refresh()
        if not self.overview.spots:
            self.tell(self._say("empty"))

    def speak(self, language: str) -> None:
        """Go on in another language."""
        self.language = language
        self.show()

    def tell(self, sentence: str) -> None:
        """Show what went wrong."""
        redraw(self.notice, fill('<p class="kit-notice-bad" role="alert">{text}</p>', text=sentence))

    def refresh(self) -> None:
        """Draw the table, the weakest, and what is picked."""
        redraw(self.table, grid(self.overview, self.wanted, self.language))
        redraw(self.strip, worst(self.overview, self.wanted.province, self.language))
        self.pick(self.picked)

    def pick(self, picked: str) -> None:
        """Show the evidence of "kind|code|exercise", of a place in all exercises ("kind|code|"), or of nothing."""
        kind, _, rest = picked.partition("|")
        code, _, exercise = rest.rpartition("|")  # a working group may be called anything
        place = self.overview.place(kind, code)
        known = place is not None and (not exercise or exercise in self.overview.exercises)
        self.picked = picked if known else ""
        mark(self.side, "kit-hidden", not known)
        mark(self.main, "kit-province-open", known)
        redraw(self.evidence, self._evidence(place, exercise) if place and known else fill(""))
        self._follow()

    def _evidence(self, place: Place, exercise: str) -> Markup:
        if exercise:
            return evidence(self.overview, place, exercise, self.language)
        return of_place(self.overview, place, self.language)

    def _follow(self) -> None:
        """The two lists name what is shown, whichever way it was picked; and the page's script marks its cell."""
        place, _, exercise = self.picked.rpartition("|")
        self.following = True
        self.by_place.value, self.by_exercise.value = place, exercise
        self.clicked.value = self.picked
        self.following = False

    def _choices(self) -> list[Widget]:
        provinces = [(place.name, place.code) for place in self.overview.provinces()]
        orders = [(self._say(f"order_{one}"), one) for one in ORDERS]
        shown = [(self._say(f"shown_{one}"), one) for one in SHOWN]
        settings = (("province", provinces), ("order", orders), ("shown", shown))
        self.clicked = make(widgets.Text, "kit-clicked", continuous_update=False, description=self._say("pick_place"))
        self.clicked.observe(self._was_clicked, names="value")
        self.by_place, self.by_exercise = (
            self._list("pick_place", self._places()),
            self._list("pick_exercise", self._exercises()),
        )
        picks = [column((one,), "kit-entry") for one in (self.by_place, self.by_exercise)]
        hidden = column((self.clicked,), "kit-unseen")
        return [*(self._setting(name, options) for name, options in settings if len(options) > 1), *picks, hidden]

    def _list(self, key: str, options: list[tuple[str, str]]) -> Widget:
        made = make(widgets.Dropdown, options=options, value="", description=self._say(key))
        made.observe(lambda _: self._was_listed(), names="value")
        return made

    def _setting(self, name: str, options: list[tuple[str, str]]) -> Widget:
        made = make(widgets.Dropdown, options=options, value=getattr(self.wanted, name), description=self._say(name))
        made.observe(lambda change: self.guard.run(lambda: self._set(name, change["new"])), names="value")
        return column((made,), "kit-entry", f"kit-field-{name}")

    def _set(self, name: str, value: str) -> None:
        self.wanted = Wanted(**{**self.wanted.__dict__, name: value})
        if name == "province":
            self.picked = ""
            self.show()
        else:
            self.refresh()

    def _was_clicked(self, change: dict[str, Any]) -> None:
        if not self.following:
            self.guard.run(lambda: self.pick(str(change["new"])))

    def _was_listed(self) -> None:
        if not self.following:
            self.guard.run(lambda: self.pick(f"{self.by_place.value}|{self.by_exercise.value or ''}"))

    def _places(self) -> list[tuple[str, str]]:
        here = [one for one in self.overview.places if one.province == self.wanted.province]
        return [(say("desk.choose", self.language), ""), *((place_title(one, self.language), one.id) for one in here)]

    def _exercises(self) -> list[tuple[str, str]]:
        titles = ((exercise_title(self.overview, one, self.language), one) for one in self.overview.exercises)
        return [(self._say("every_exercise"), ""), *titles]

    def _legend(self) -> Markup:
        rated = [fill('<span><b class="kit-spot-{one}">{one}</b>{text}</span>', one=one,
                      text=self._say(f"legend_{one}")[1:]) for one in LEGEND]  # fmt: skip
        others = [fill("<span>{text}</span>", text=self._say(f"legend_{one}"))
                  for one in ("pending", "suppressed", "none")]  # fmt: skip
        return join([*rated, *others])

    def _about(self) -> str:
        overview, made = self.overview, datetime.fromisoformat(self.overview.made).astimezone(HERE)
        day = f"{made:%d/%m/%Y}" if self.language == "vi" else f"{made:%Y-%m-%d}"
        people, expected = (sum(getattr(one, name) for one in overview.provinces()) for name in ("people", "expected"))
        counts = {"attempts": overview.attempts, "people": people, "expected": expected}
        bad = self._say("invalid", count=overview.invalid) if overview.invalid else ""
        return self._say("made", session=overview.session, time=f"{made:%H:%M}", day=day, **counts) + bad

    def _say(self, key: str, **values: object) -> str:
        return say(f"province.{key}", self.language, **values)


def open_province(session: str = "", language: str = "vi") -> Widget:
    """The page of a session: the one named, else KIT_SESSION, else the practice session."""
    frame = province_frame()
    on_arrival(lambda: _furnish(frame, session, language))
    return frame


def province_frame() -> Widget:
    """The page before anybody looks: its looks, the same for all."""
    looks = Markup("<style>{}</style>").format(Markup(Path(__file__).with_name("province.css").read_text("utf-8")))
    return column((style_view(), html_view(looks, "kit-style")), "kit-desk", "kit-province")


def _furnish(frame: Widget, session: str, language: str) -> None:
    """The figures are read when somebody comes; why there are none is said on the page."""
    chosen = session or os.environ.get("KIT_SESSION", "") or home.PRACTICE
    language = spoken(os.environ.get("QUERY_STRING", ""), language)
    try:
        ProvincePage(read_overview(chosen), language, home.build() / "desk.log", frame)
    except KitError as problem:
        frame.children = (*frame.children, *refusal(problem, language))


def now() -> str:
    """The moment, as overviews name when they were made."""
    return datetime.now(UTC).isoformat(timespec="seconds")
