"""The pages of the reference books: a procedure, the lists of officials, units and bodies, two months of a calendar."""

from calendar import Calendar
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from kit.plain_text import plain, vietnamese_order
from kit.safe_html import fill, join
from kit.systems.called import unit
from kit.ui.view import View, day
from kit.words import pick

PAGE = """<h2>{name} <span class="kit-mono">{code}</span></h2>
<dl class="kit-page"><dt>{time_label}</dt><dd>{time}{time_mark}</dd>
<dt>{fee_label}</dt><dd>{fee}{fee_mark}</dd><dt>{authority_label}</dt><dd>{authority}</dd>
<dt>{law_label}</dt><dd>{law}</dd></dl>
<h3>{components_label}</h3><table><tbody>{components}</tbody></table>"""
TABLE = '<table class="kit-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
MONTH = (
    '<table class="kit-month"><caption>{title}</caption><thead><tr>{heads}</tr></thead><tbody>{weeks}</tbody></table>'
)
HEADS = {
    "officials": ("official", "role", "accounts", "certificate"),
    "units": ("unit", "code"),
    "bodies": ("body",),
}

Lines = Iterable[tuple[str, ...]]


def procedure(view: View, code: str) -> Markup:
    """One procedure of the handbook."""
    say, language = view.say, view.language
    page = view.attempt.script.office["handbook"][code]
    marks = {f"{name}_mark": _mark(view) if page["mark"][name] else "" for name in ("time", "fee")}
    texts = {name: pick(page[name], language) for name in ("name", "time", "fee", "authority")}
    labels = {f"{name}_label": say(f"reference.{name}") for name in ("time", "fee", "authority", "law", "components")}
    rows = join(_component(one, language) for one in page["components"])
    law = view.named(page, "law") or page["law"] or "-"
    return fill(PAGE, **texts, **labels, **marks, code=code, law=law, components=rows)


def directory(view: View, section: str, wanted: str) -> Markup:
    """The lines of a list that hold every word wanted, whatever its capitals and marks."""
    read = {"officials": _officials, "units": _units, "bodies": _bodies}
    words = plain(wanted).split()
    lines = [line for line in read[section](view) if all(word in plain(" ".join(line)) for word in words)]
    if not lines:
        return fill('<p class="kit-note">{text}</p>', text=view.say("reference.nothing", wanted=wanted))
    return _table(view, HEADS[section], lines)


def calendar(view: View) -> Markup:
    """This month and the next."""
    today = view.attempt.state.moment.date()
    following = today.replace(day=1) + timedelta(days=32)
    note = fill('<p class="kit-note">{text}</p>', text=view.say("reference.calendar_note"))
    return join((_month(view, today, today), _month(view, following, today), note))


def _officials(view: View) -> Lines:
    return [_official(view, one) for one in view.attempt.script.office["officials"].values()]


def _official(view: View, one: Mapping[str, Any]) -> tuple[str, ...]:
    accounts = ", ".join(view.say(f"choice.software.{name}") for name in one["accounts"]) or "-"
    name = f"{one['full_name']}\n{one[f'post_{view.language}']}"
    return name, view.say(f"role.{one['role']}"), accounts, day(one["certificate_valid_to"]) or "-"


def _units(view: View) -> Lines:
    """In English a body above the wards has its Vietnamese name below, for it is what papers say."""
    office = view.attempt.script.office
    units = [("\n".join(dict.fromkeys((unit(code, office, view.language), name))), code)
             for code, name in office["units"].items()]  # fmt: skip
    return sorted(units, key=lambda one: (one[1] != office.get("code"), vietnamese_order(one[0])))


def _bodies(view: View) -> Lines:
    """In English the Vietnamese name stands below, for it is what papers say."""
    bodies = sorted(view.attempt.script.office["bodies"].values(), key=lambda body: vietnamese_order(body["vi"]))
    return [("\n".join(dict.fromkeys((pick(body, view.language), body["vi"]))),) for body in bodies]


def _table(view: View, names: tuple[str, ...], lines: Lines) -> Markup:
    heads = join(fill("<th>{name}</th>", name=view.say(f"reference.{name}")) for name in names)
    rows = join(fill("<tr>{cells}</tr>", cells=join(fill("<td>{it}</td>", it=it) for it in line)) for line in lines)
    return fill(TABLE, heads=heads, rows=rows)


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
