"""The bar on top: whose office, what time it is in the exercise, which mode, how far, which language."""

from collections.abc import Callable
from urllib.parse import parse_qs

from markupsafe import Markup

from kit.errors import KitError
from kit.safe_html import fill
from kit.script import Script
from kit.ui.guard import Guard
from kit.ui.html import html_view, redraw
from kit.ui.matters import progress
from kit.ui.parts import Widget, button, mark, row
from kit.ui.view import View, clock, day, weekday
from kit.words import LANGUAGES, say

RIBBON = '<div class="kit-ribbon">{text}</div>'
BRAND = """<div class="kit-brand"><span class="kit-star" aria-hidden="true">★</span>
<span><b>{product}</b><span class="kit-centre">{centre}</span></span></div>"""
STATUS = """<div class="kit-clock"><b>{time}</b><span>{day}</span></div>
<div class="kit-progress"><span>{text}</span><progress max="{all}" value="{handled}">{text}</progress></div>
<span class="kit-mode kit-mode-{mode}">{name}</span>"""
ADDRESS = """<span class="kit-address" data-kit-token="{token}" data-kit-language="{language}" data-kit-left="{left}"
hidden></span>"""

SPOKEN = "tieng"  # the page's address holds ?tieng=en once somebody has switched
COUNTER = {"onestop", "portal", "payment"}  # the software of the service centre
Speak = Callable[[str], None]


def ribbon(language: str) -> Widget:
    """The strip that says on every page that this is an exercise with synthetic data."""
    return html_view(fill(RIBBON, text=say("desk.ribbon", language)), "kit-ribbon-view")


def workplace(script: Script) -> str:
    """Where the trainee sits: the service centre where its software is used, else the commune as a whole."""
    at_centre = COUNTER.intersection(script.systems)
    return str(script.office["centre" if at_centre else "short_name"])


def brand(language: str, centre: str) -> Widget:
    """The product's name over the office's."""
    return html_view(fill(BRAND, product=say("desk.product", language), centre=centre), "kit-brand-view")


def languages(language: str, guard: Guard, speak: Speak) -> Widget:
    """The switch between Vietnamese and English."""
    buttons = [
        button(one.upper(), guard(lambda one=one: speak(one)), "kit-language", tip=say("desk.language", one))  # type: ignore[misc]
        for one in LANGUAGES
    ]
    for one, made in zip(LANGUAGES, buttons, strict=True):
        mark(made, "kit-chosen", one == language)
    return row(buttons, "kit-languages")


def spoken(query: str, language: str) -> str:
    """The language to which somebody switched on this page before it was reloaded, else the one given."""
    asked = parse_qs(query).get(SPOKEN, [""])[0]
    return asked if asked in LANGUAGES else language


def address(language: str, token: str = "", left: bool = False) -> Widget:
    """What the page's own script reads: the code that goes into the page's address, or out of it, and the language."""
    return html_view(fill(ADDRESS, token=token, language=language, left="yes" if left else ""), "kit-unseen")


def refusal(problem: KitError, language: str) -> tuple[Widget, ...]:
    """A page that says why there is nothing to show."""
    told = fill('<p class="kit-notice-bad" role="alert">{text}</p>', text=problem.say(language))
    head = row((brand(language, ""), address(language)), "kit-header")
    return ribbon(language), head, html_view(told, "kit-notice")


class Header:
    """The bar of the work page."""

    def __init__(self, view: View, guard: Guard, speak: Speak) -> None:
        self.view = view
        self.status = html_view(Markup(""), "kit-status")
        parts = (
            brand(view.language, workplace(view.attempt.script)),
            self.status,
            languages(view.language, guard, speak),
        )
        self.widget = row((*parts, address(view.language, view.token)), "kit-header")

    def refresh(self) -> None:
        """Show the time and how far the trainee is."""
        view, now = self.view, self.view.attempt.state.moment
        handled, brought = progress(view.attempt)
        redraw(
            self.status,
            fill(
                STATUS, time=clock(now), day=f"{weekday(now.date(), view.language)} {day(now.date().isoformat())}",
                text=view.say("desk.progress", handled=handled, all=brought), handled=handled, all=brought or 1,
                mode=view.attempt.mode, name=view.say(f"mode.{view.attempt.mode}"),
            ),
        )  # fmt: skip
