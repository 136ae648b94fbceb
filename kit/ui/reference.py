"""What a clerk looks up: handbook, officials, units, a calendar. Only what the office's books say, no truth."""

from calendar import Calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import ipywidgets as widgets
from markupsafe import Markup

from kit.safe_html import fill, join
from kit.ui.guard import Guard
from kit.ui.html import html_view, redraw
from kit.ui.parts import button, column, mark, row, styled
from kit.ui.view import View, day
from kit.words import pick

SECTIONS = ("handbook", "officials", "units", "calendar")
PAGE = """<h2>{name} <span class="kit-mono">{code}</span></h2>
<dl class="kit-page"><dt>{time_label}</dt><dd>{time}{time_mark}</dd>
<dt>{fee_label}</dt><dd>{fee}{fee_mark}</dd><dt>{authority_label}</dt><dd>{authority}</dd>
<dt>{law_label}</dt><dd>{law}</dd></dl>
<h3>{components_label}</h3><table><tbody>{components}</tbody></table>"""
TABLE = '<table class="kit-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
MONTH = (
    '<table class="kit-month"><caption>{title}</caption><thead><tr>{heads}</tr></thead><tbody>{weeks}</tbody></table>'
)


class Reference:
    """The reference books, one section at a time; the handbook opens at the procedure of the record chosen."""

    def __init__(self, view: View, guard: Guard) -> None:
        self.view, self.section = view, SECTIONS[0]
        self.tabs = {name: self._tab(guard, name) for name in SECTIONS}
        pages = view.attempt.script.office["handbook"]
        names = [(f"{pick(page['name'], view.language)} ({code})", code) for code, page in pages.items()]
        self.procedure = widgets.Dropdown(options=names, value=names[0][1], description=view.say("reference.procedure"))
        self.procedure.observe(lambda _: guard.run(self.refresh), names="value")
        styled(self.procedure, "kit-entry")
        self.page = html_view(Markup(""), "kit-reference-page")
        self.widget = column((row(self.tabs.values(), "kit-tabs"), self.procedure, self.page), "kit-reference")

    def choose(self) -> None:
        """Open the handbook at the procedure of the record chosen."""
        code = self.view.record().get("procedure")
        if code in self.view.attempt.script.office["handbook"]:
            self.procedure.value = code

    def refresh(self) -> None:
        """Show the section that is open."""
        for name, tab in self.tabs.items():
            mark(tab, "kit-chosen", name == self.section)
        mark(self.procedure, "kit-hidden", self.section != "handbook")
        draw = {
            "handbook": self._handbook,
            "officials": self._officials,
            "units": self._units,
            "calendar": self._calendar,
        }
        redraw(self.page, draw[self.section]())

    def open(self, section: str) -> None:
        """Show another section."""
        self.section = section
        self.refresh()

    def _tab(self, guard: Guard, name: str) -> Any:
        return button(self.view.say(f"reference.{name}"), guard(lambda: self.open(name)), "kit-tab")

    def _handbook(self) -> Markup:
        say, language, code = self.view.say, self.view.language, self.procedure.value
        page = self.view.attempt.script.office["handbook"][code]
        marks = {f"{name}_mark": _mark(self.view) if page["mark"][name] else "" for name in ("time", "fee")}
        texts = {name: pick(page[name], language) for name in ("name", "time", "fee", "authority")}
        labels = {
            f"{name}_label": say(f"reference.{name}") for name in ("time", "fee", "authority", "law", "components")
        }
        rows = join(_component(one, language) for one in page["components"])
        return fill(PAGE, **texts, **labels, **marks, code=code, law=page["law"] or "-", components=rows)

    def _officials(self) -> Markup:
        people = self.view.attempt.script.office["officials"].values()
        return self._table(("official", "role", "accounts", "certificate"), [self._official(one) for one in people])

    def _official(self, one: Mapping[str, Any]) -> tuple[str, ...]:
        say = self.view.say
        accounts = ", ".join(say(f"choice.software.{name}") for name in one["accounts"]) or "-"
        name = f"{one['full_name']}\n{one[f'post_{self.view.language}']}"
        return name, say(f"role.{one['role']}"), accounts, day(one["certificate_valid_to"]) or "-"

    def _units(self) -> Markup:
        units = self.view.attempt.script.office["units"].items()
        return self._table(("unit", "code"), [(name, code) for code, name in units])

    def _table(self, names: tuple[str, ...], lines: list[tuple[str, ...]]) -> Markup:
        heads = join(fill("<th>{name}</th>", name=self.view.say(f"reference.{name}")) for name in names)
        rows = join(fill("<tr>{cells}</tr>", cells=join(fill("<td>{it}</td>", it=it) for it in line)) for line in lines)
        return fill(TABLE, heads=heads, rows=rows)

    def _calendar(self) -> Markup:
        today = self.view.attempt.state.moment.date()
        following = today.replace(day=1) + timedelta(days=32)
        note = fill('<p class="kit-note">{text}</p>', text=self.view.say("reference.calendar_note"))
        return join((_month(self.view, today, today), _month(self.view, following, today), note))


def _mark(view: View) -> Markup:
    return fill('<span class="kit-mark">{text}</span>', text=view.say("training.mark"))


def _component(one: Mapping[str, Any], language: str) -> Markup:
    name = one.get(language) or one["vi"]
    return fill("<tr><td>{name}</td><td>{required}</td></tr>", name=name, required=pick(one["required"], language))


def _month(view: View, within: date, today: date) -> Markup:
    heads = join(fill("<th>{it}</th>", it=view.say(f"weekday_short.{number}")) for number in range(1, 8))
    weeks = join(
        fill("<tr>{days}</tr>", days=join(_date(one, within, today) for one in week))
        for week in Calendar().monthdatescalendar(within.year, within.month)
    )
    return fill(
        MONTH, title=view.say("reference.month", month=within.month, year=within.year), heads=heads, weeks=weeks
    )


def _date(one: date, within: date, today: date) -> Markup:
    if one.month != within.month:
        return Markup("<td></td>")
    kind = "today" if one == today else "weekend" if one.isoweekday() > 5 else "day"
    return fill('<td class="{kind}">{day}</td>', kind=kind, day=one.day)
