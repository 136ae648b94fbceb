"""The page: choose, draw, look, download."""

import base64
import os
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from markupsafe import Markup

from kit import home
from kit.explorer import pictures
from kit.explorer.cells import FORMATS, download
from kit.explorer.choice import LARGEST_SEED, SIZES, WHOLE, Choice, province_names, units_of
from kit.explorer.numerals import whole
from kit.safe_html import fill
from kit.ui.guard import Guard, desk_log
from kit.ui.header import address, brand, languages, ribbon, spoken
from kit.ui.html import html_view, redraw
from kit.ui.parts import Widget, button, column, replace, row
from kit.ui.theme import style_view
from kit.words import LANGUAGES, say
from kit.world.bulk.drawing import Tables

LINK = '<a class="kit-download" download="{}" href="data:{};base64,{}">{}</a>'
FILE = "{place}-{seed}-{table}"


class Explorer:
    """The whole app; `widget` is what the notebook shows."""

    def __init__(self, choice: Choice, language: str, log: Path) -> None:
        self.choice, self.language = choice, language if language in LANGUAGES else LANGUAGES[0]
        self.drawn = choice
        self.tables: Tables = {}
        self.number = 0
        self.guard = Guard(self.tell, lambda: self.language, desk_log(log))
        self.body = column((), "kit-body")
        style = Markup("<style>{}</style>").format(Markup(Path(__file__).with_name("explorer.css").read_text("utf-8")))
        self.widget = column((style_view(), html_view(style, "kit-style"), self.body), "kit-desk")
        self.guard.run(self.show)

    def show(self) -> None:
        """Put the page together anew, in the chosen language."""
        self.notice = html_view(fill(""), "kit-notice", "kit-live")
        self.about = html_view(fill("<h1>{title}</h1><p>{text}</p>", title=self._say("title"), text=self._say("intro")),
                               "kit-world-about")  # fmt: skip
        self.cards = html_view(fill(""), "kit-world-cards")
        self.looks, self.homes = column((), "kit-world-looks"), column((), "kit-world-looks")
        head = row((brand(self.language, self._say("title")), languages(self.language, self.guard, self.speak),
                    address(self.language)), "kit-header")  # fmt: skip
        side = column((self.notice, self._form(), self.looks), "kit-world-side")
        main = column((self.about, self.cards, self.homes), "kit-world-main")
        replace(self.body, (column((ribbon(self.language), head, row((side, main), "kit-world"))),))
        if self.tables:
            self._picture()

    def speak(self, language: str) -> None:
        """Go on in another language."""
        self.language = language
        self.show()

    def tell(self, sentence: str) -> None:
        """Show a message above the form."""
        redraw(self.notice, fill('<p class="kit-notice-bad" role="alert">{text}</p>', text=sentence))

    def draw(self) -> None:
        """Draw the chosen world and show it."""
        self.tables, self.number, self.drawn = self.choice.tables(), 0, self.choice
        redraw(self.notice, fill(""))
        self._picture()

    def go(self, step: int) -> None:
        """Another household, in a circle."""
        self.number = (self.number + step) % self.tables["households"].num_rows
        redraw(self.home, pictures.household(self.tables, self.number, self.language))

    def offer(self, form: str) -> None:
        """Make a file of the chosen table and a link to it."""
        table = self.table.value
        place = self.drawn.unit or self.drawn.province
        name, media, content = download(
            FILE.format(place=place, seed=self.drawn.seed, table=table), self.tables[table], form
        )
        text = self._say("save", file=name, size=whole(-(-len(content) // 1000), self.language))
        redraw(self.link, Markup(LINK).format(name, media, base64.b64encode(content).decode(), text))

    def _picture(self) -> None:
        redraw(self.about, pictures.summary(self.tables, self.drawn, self.language))
        redraw(self.cards, pictures.cards(self.tables, self.drawn, self.language))
        replace(self.looks, (self._downloads(),))
        replace(self.homes, (self._browser(),))
        self._warn()
        self.go(0)

    def _warn(self) -> None:
        """Say when what is shown is not what is chosen."""
        stale = self.tables and self.choice != self.drawn
        text = fill('<p class="kit-notice-good" role="status">{text}</p>', text=self._say("stale"))
        redraw(self.notice, text if stale else fill(""))

    def _form(self) -> Widget:
        places = [(name, code) for code, name in province_names().items()]
        province = self._select("province", places, self.choice.province)
        unit = self._select("unit", self._units(), self.choice.unit)
        people = self._select("people", [(whole(size, self.language), size) for size in SIZES], self.choice.people)
        seed = widgets.BoundedIntText(self.choice.seed, min=0, max=LARGEST_SEED, description=self._say("seed"))
        seed.observe(lambda change: self._keep("seed", change["new"]), names="value")

        def other_province(_: object) -> None:
            self.choice = changed(self.choice, unit=WHOLE)
            unit.options, unit.value = self._units(), WHOLE  # new options leave no value chosen

        province.observe(lambda change: self.guard.run(lambda: other_province(change)), names="value")
        entries = [column((one,), "kit-entry", f"kit-field-{name}") for name, one in
                   (("province", province), ("unit", unit), ("people", people), ("seed", seed))]  # fmt: skip
        start = button(self._say("draw"), self.guard(self.draw), "kit-primary", "kit-draw")
        return column(
            (self._title("choose"), *entries, start, self._note("seed_note"), self._note("larger")), "kit-box"
        )

    def _browser(self) -> Widget:
        self.home = html_view(fill(""), "kit-world-household")
        before = button(self._say("previous"), self.guard(lambda: self.go(-1)), "kit-previous")
        after = button(self._say("next"), self.guard(lambda: self.go(1)), "kit-next")
        return column((self._title("browse"), row((before, after), "kit-world-steps"), self.home), "kit-box")

    def _downloads(self) -> Widget:
        names = [(self._say(f"table.{name}"), name) for name in self.tables]
        self.table = widgets.Dropdown(options=names, value="citizens", description=self._say("table_label"))
        self.link = html_view(fill(""), "kit-world-link", "kit-live")
        forms = row((self._form_button(form) for form in FORMATS), "kit-world-steps")
        choice = column((self.table,), "kit-entry", "kit-field-table")
        return column((self._title("download"), choice, forms, self.link, self._note("download_note")), "kit-box")

    def _form_button(self, form: str) -> Widget:
        return button(form.upper(), self.guard(lambda: self.offer(form)), f"kit-{form}")

    def _select(self, name: str, options: list[tuple[str, Any]], value: object) -> Widget:
        select = widgets.Dropdown(options=options, value=value, description=self._say(name))
        select.observe(lambda change: self._keep(name, change["new"]), names="value")
        return select

    def _units(self) -> list[tuple[str, str]]:
        return [(self._say("whole"), WHOLE), *units_of(self.choice.province)]

    def _keep(self, name: str, value: Any) -> None:
        if value is not None:
            self.choice = changed(self.choice, **{name: value})
            self._warn()

    def _title(self, key: str) -> Widget:
        return html_view(fill("<h2>{it}</h2>", it=self._say(key)))

    def _note(self, key: str) -> Widget:
        return html_view(fill('<p class="kit-note">{it}</p>', it=self._say(key)))

    def _say(self, key: str, **values: object) -> str:
        return say(f"world.{key}", self.language, **values)


def open_world(province: str = "79", unit: str = "", seed: int = 1, language: str = "vi") -> Widget:
    """The explorer with this choice made; nothing is drawn before the button is pressed."""
    choice = Choice(province=province, unit=unit, seed=seed)
    language = spoken(os.environ.get("QUERY_STRING", ""), language)
    return Explorer(choice, language, home.build() / "desk.log").widget
