"""The start page of a session with a roster: a greeting, one's own seats, and nothing of anybody else."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from kit.safe_html import fill, join
from kit.seating import empty_chairs, mates_at, state_at
from kit.store import EventStore
from kit.store.people import Person, Seat
from kit.ui.arrival import CALM, NOTICE, kept
from kit.ui.choosing import length
from kit.ui.guard import Guard
from kit.ui.header import Speak, address, brand, languages, ribbon, workplace
from kit.ui.html import html_view, redraw
from kit.ui.parts import Widget, button, column, row
from kit.words import pick, say

HERO = """<div class="kit-hero"><p>{seats}</p><h1>{hello}</h1><p class="kit-where">{where}</p>
<p class="kit-help">{help}</p></div>"""
SEAT = """<h2>{title}</h2><p><b>{state}</b> · {mode}</p>
<p>{length} · {centre}</p>{team}"""
LINE = "<p>{text}</p>"
BUTTONS = {"new": "begin", "under_way": "resume", "ended": "look"}


@dataclass(frozen=True)
class Host:
    """What the page asks of the desk: sit down at a seat, another language, the code that goes into the address."""

    sit: Callable[[Seat], None]
    speak: Speak
    code: str = ""


class SeatsPage:
    """One box a seat: the exercise, the mode that the trainer chose, how far it is, who plays along, one button."""

    def __init__(self, language: str, guard: Guard, host: Host, who: tuple[EventStore, Person]) -> None:
        self.language, self.guard, self.host, (self.store, self.person) = language, guard, host, who
        self.notice = html_view(Markup(""), "kit-notice", "kit-live")
        self.seats = self.store.people.seats(self.person.code)
        boxes = [self._box(seat) for seat in self.seats]
        words = ("hello", "where") if boxes else ("hello", "none")
        hero = fill(HERO, seats=self._say("seats"), hello=self._say(words[0], name=self.person.name),
                    where=self._say(words[1], unit=self._unit(), code=self.person.code),
                    help=self._say("seats_help") if boxes else "")  # fmt: skip
        where = (address(language, left=True), kept(host.code))
        head = row((brand(language, ""), languages(language, guard, host.speak), *where), "kit-header")
        main = row((html_view(hero, "kit-about"), column((self.notice, *boxes), "kit-start-side")), "kit-start-main")
        self.widget = column((ribbon(language), head, main), "kit-start")

    def tell(self, sentence: str) -> None:
        """Show a message above the seats."""
        redraw(self.notice, fill(NOTICE, text=sentence) if sentence else Markup(""))

    def _box(self, seat: Seat) -> Widget:
        state = state_at(self.store, seat)
        script = self.store.script(seat.script)
        minutes = length(script.minutes, self.language)
        about = fill(
            SEAT, title=pick(script.title, self.language), state=self._say(f"state_{state}"), centre=workplace(script),
            mode=say(f"mode.{seat.mode}", self.language),
            length=say("start.length", self.language, length=minutes), team=self._team(seat) if seat.team else "",
        )  # fmt: skip
        name = "join" if seat.team and state == "under_way" else BUTTONS[state]
        go = button(self._say(name), self.guard(lambda: self.host.sit(seat), CALM), "kit-primary", f"kit-{name}-seat")
        return column((html_view(about, "kit-seat"), go), "kit-box")

    def _team(self, seat: Seat) -> Markup:
        """The team, one's own role, the mates with theirs, and the roles that nobody has."""
        lines = [self._say("team", team=seat.team)]
        lines += [self._say("role", role=self._role(seat.role))] if seat.role else []
        mates = [f"{self.store.people.person(one.person).name} ({self._role(one.role)})" if one.role
                 else self.store.people.person(one.person).name for one in mates_at(self.store, seat)]  # fmt: skip
        lines += [self._say("mates", names=", ".join(mates))] if mates else []
        empty = empty_chairs(self.store, seat, self.store.script(seat.script)) if seat.role else []
        lines += [self._say("empty_chairs", roles=", ".join(map(self._role, empty)))] if empty else []
        return join(fill(LINE, text=line) for line in lines)

    def _role(self, role: str) -> str:
        return say(f"role.{role}", self.language)

    def _unit(self) -> str:
        """The office's name as the first seat's script says it; the desk reads no table of units."""
        return str(self.store.script(self.seats[0].script).office["short_name"]) if self.seats else self.person.unit

    def _say(self, key: str, **values: object) -> str:
        return say(f"arrival.{key}", self.language, **values)
