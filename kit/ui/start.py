"""The start page: what the exercise is about, who plays it and how. Looking at it makes no attempt."""

from collections.abc import Callable
from dataclasses import dataclass, field

import ipywidgets as widgets
from markupsafe import Markup

from kit.attempt import MODES
from kit.errors import WrongUse
from kit.safe_html import clean, fill
from kit.script import Script
from kit.store import EventStore
from kit.ui.choosing import length, lines
from kit.ui.guard import Guard
from kit.ui.header import Speak, address, brand, languages, ribbon, workplace
from kit.ui.html import html_view, redraw
from kit.ui.markdown import to_html
from kit.ui.parts import Widget, button, column, make, row
from kit.words import pick, say

SHORTEST, LONGEST = 2, 80  # characters of a trainee's name
CALM = 1.0  # seconds
HERO = """<div class="kit-hero"><p>{kind}</p><h1>{title}</h1><p class="kit-where">{centre} · {length}</p></div>"""


@dataclass
class Entered:
    """What was entered on the start page, kept while the language changes; `tried`: exercises ended at this desk."""

    script: str = ""
    name: str = ""
    mode: str = "guided"
    code: str = ""
    notice: str = ""
    tried: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Doors:
    """Where the start page leads: begin(script, name, mode), resume(code), another language."""

    begin: Callable[[str, str, str], None]
    resume: Callable[[str], None]
    speak: Speak
    scripts: dict[str, Script] = field(default_factory=dict)


def first_scripts(store: EventStore) -> dict[str, Script]:
    """For each exercise the script that was played least, by its hash."""
    found: dict[str, str] = {}
    for number, exercise in store.scripts():
        found.setdefault(exercise, number)
    return {number: store.script(number) for number in found.values()}


class StartPage:
    """Title, brief, name, mode, the Start button; or how to go on with an attempt under way."""

    def __init__(self, language: str, entered: Entered, guard: Guard, doors: Doors) -> None:
        self.language, self.entered, self.guard, self.doors = language, entered, guard, doors
        if entered.script not in doors.scripts:
            first = min(doors.scripts.items(), key=lambda pair: pair[1].exercise, default=("", None))
            entered.script = first[0]
        self.notice = html_view(self._notice(), "kit-notice", "kit-live")
        self.about = html_view(fill(""), "kit-about")
        where = address(language, left=bool(entered.tried))
        head = row((brand(language, ""), languages(language, guard, doors.speak), where), "kit-header")
        main = row((self.about, column(self._side(), "kit-start-side")), "kit-start-main")
        self.widget = column((ribbon(language), head, main), "kit-start")
        if doors.scripts:
            self._describe()
        else:
            redraw(self.about, fill('<div class="kit-hero"><h1>{title}</h1></div><p>{text}</p><pre>{command}</pre>',
                                    title=self._say("start.empty"), text=self._say("start.empty_help"),
                                    command="make rehearsal"))  # fmt: skip

    def tell(self, sentence: str) -> None:
        """Show a message above the form."""
        self.entered.notice = sentence
        redraw(self.notice, self._notice())

    def begin(self) -> None:
        """Start a new attempt; raises WrongUse for a name that is too short or too long."""
        name = " ".join(clean(self.entered.name).split())
        if not SHORTEST <= len(name) <= LONGEST:
            raise WrongUse(say("start.name_wrong", "vi"), say("start.name_wrong", "en"))
        self.doors.begin(self.entered.script, name, self.entered.mode)

    def _side(self) -> list[Widget]:
        start = self._form() if self.doors.scripts else []
        code = self._text("code", "start.code", "start.code_hint")
        resume = button(self._say("start.resume"), self.guard(lambda: self.doors.resume(self.entered.code), CALM))
        again = column((html_view(fill("<h2>{it}</h2>", it=self._say("start.resume_title"))), code, resume), "kit-box")
        return [self.notice, *start, again]

    def _form(self) -> list[Widget]:
        title = html_view(fill("<h2>{it}</h2>", it=self._say("start.new_title")))
        begin = button(self._say("start.begin"), self.guard(self.begin, CALM), "kit-primary", "kit-begin")
        name = self._text("name", "start.name", "start.name_hint")
        return [column((title, *self._exercises(), name, self._modes(), begin), "kit-box")]

    def _exercises(self) -> list[Widget]:
        """A choice only where there is one."""
        if len(self.doors.scripts) < 2:
            return []
        options = lines(self.doors.scripts, self.entered.tried, self.language)
        choice = make(widgets.RadioButtons, "kit-modes", "kit-exercises", options=options, value=self.entered.script,
                      description=self._say("start.exercise"))  # fmt: skip
        choice.observe(lambda change: self._keep("script", change["new"]), names="value")
        choice.observe(lambda _: self.guard.run(self._describe), names="value")
        return [column((choice,), "kit-entry")]

    def _modes(self) -> Widget:
        options = [(f"{self._say(f'mode.{mode}')}\n{self._say(f'mode_help.{mode}')}", mode) for mode in MODES]
        choice = make(widgets.RadioButtons, "kit-modes", options=options, value=self.entered.mode,
                      description=self._say("start.mode"))  # fmt: skip
        choice.observe(lambda change: self._keep("mode", change["new"]), names="value")
        return column((choice,), "kit-entry")

    def _text(self, name: str, label: str, hint: str) -> Widget:
        text = make(widgets.Text, value=getattr(self.entered, name), description=self._say(label),
                    placeholder=self._say(hint), continuous_update=False)  # fmt: skip
        text.observe(lambda change: self._keep(name, change["new"]), names="value")
        return column((text,), "kit-entry", f"kit-field-{name}")

    def _keep(self, name: str, value: str) -> None:
        setattr(self.entered, name, value)

    def _describe(self) -> None:
        script = self.doors.scripts[self.entered.script]
        hero = fill(
            HERO, kind=self._say("start.kind"), title=pick(script.title, self.language),
            centre=workplace(script),
            length=say("start.length", self.language, length=length(script.minutes, self.language)),
        )  # fmt: skip
        brief = to_html(pick(script.brief, self.language))
        redraw(self.about, fill('{hero}<div class="kit-brief">{brief}</div>', hero=hero, brief=brief))

    def _notice(self) -> Markup:
        text = self.entered.notice
        return fill('<p class="kit-notice-bad" role="alert">{text}</p>', text=text) if text else fill("")

    def _say(self, key: str) -> str:
        return say(key, self.language)
