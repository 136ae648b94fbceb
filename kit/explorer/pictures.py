"""What the page shows of a world: cards with charts, and one household at a time."""

from datetime import date

from markupsafe import Markup

from kit.calendar import FIRST_DAY
from kit.explorer import charts
from kit.explorer.choice import Choice, dossier_load, dossier_mix, pyramid, surname_shares
from kit.explorer.numerals import day, whole
from kit.safe_html import fill, join
from kit.words import say
from kit.world.bulk.drawing import Tables
from kit.world.procedures import procedures

SURNAMES, PROCEDURES = 12, 12  # as many as a card shows
CARD = '<section class="kit-world-card"><h2>{title}</h2>{body}<p class="kit-note">{note}</p></section>'
HOUSEHOLD = """<div class="kit-world-home"><p><b>{place}</b> · {name} · {type}</p><p>{current_label}: {current}</p>
<p>{old_label}: {old}</p></div><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"""
SUMMARY = '<h1>{place}</h1><p class="kit-note">{line}</p><ul class="kit-world-counts">{counted}</ul>'
COLUMNS = ("full_name", "relation", "birth_date", "sex", "personal_id", "marital_status", "ethnicity", "occupation")


def cards(tables: Tables, choice: Choice, language: str) -> Markup:
    """Everything that is shown of the whole world."""
    citizens = tables["citizens"]
    sexes = (say("world.male", language), say("world.female", language))
    both = (say("world.drawn", language), say("world.declared", language))
    people = charts.pyramid(say("world.pyramid", language), pyramid(citizens), sexes, language)
    top = surname_shares(citizens, choice.province)[:SURNAMES]
    names = charts.shares(say("world.surnames", language), top, both, language)
    return join((
        _card("pyramid", people, language, count=whole(citizens.num_rows, language)),
        _card("surnames", names, language),
        *_dossiers(tables, language),
    ))  # fmt: skip


def summary(tables: Tables, choice: Choice, language: str) -> Markup:
    """The place, and the rows of each table."""
    counted = join(
        fill(
            "<li><b>{count}</b> {name}</li>",
            count=whole(table.num_rows, language),
            name=say(f"world.table.{name}", language),
        )
        for name, table in tables.items()
    )
    people, today = whole(choice.people, language), day(FIRST_DAY, language)
    line = say("world.choice", language, people=people, seed=choice.seed, day=today)
    return fill(SUMMARY, place=choice.name(), line=line, counted=counted)


def household(tables: Tables, number: int, language: str) -> Markup:
    """The household in this row and its people."""
    home = tables["households"].slice(number, 1).to_pylist()[0]
    total = tables["households"].num_rows
    first = sum(tables["households"]["size"].slice(0, number).to_pylist())
    place = say("world.position", language, number=whole(number + 1, language), total=whole(total, language))
    people = tables["citizens"].slice(first, home["size"]).to_pylist()
    heads = join(fill('<th scope="col">{text}</th>', text=say(f"world.column.{name}", language)) for name in COLUMNS)
    rows = join(
        fill("<tr>{cells}</tr>", cells=join(_cell(person, name, language) for name in COLUMNS)) for person in people
    )
    return fill(
        HOUSEHOLD, place=place, name=home["household_id"], type=say(f"world.type.{home['type']}", language),
        heads=heads, rows=rows,
        current_label=say("world.address_current", language), current=home["address_current"],
        old_label=say("world.address_old", language), old=home["address_old"],
    )  # fmt: skip


def _cell(person: dict[str, object], name: str, language: str) -> Markup:
    value = person[name]
    text = say(f"world.{value}", language) if name in ("sex", "relation") else value
    if name == "marital_status":
        text = say(f"world.marital.{value}", language)
    if isinstance(value, date):
        text = day(value, language)
    return fill("<td>{text}</td>", text=text)


def _dossiers(tables: Tables, language: str) -> list[Markup]:
    """Two cards; one with a sentence where the world has no dossiers."""
    if not tables.get("dossiers"):
        return [_card("no_dossiers", Markup(""), language)]
    known = procedures()
    mix = [
        (getattr(known[code], f"short_{language}") if code in known else code, count)
        for code, count in dossier_mix(tables["dossiers"])[:PROCEDURES]
    ]
    load = dossier_load(tables["dossiers"])
    most, busiest = max((count, at) for at, count in load)
    shown = [(day(date.fromisoformat(at), language), count) for at, count in load]
    return [
        _card("mix", charts.bars(say("world.mix", language), mix), language),
        _card(
            "load",
            charts.columns(say("world.load", language), shown),
            language,
            count=whole(most, language),
            day=day(date.fromisoformat(busiest), language),
        ),
    ]


def _card(name: str, body: Markup, language: str, **values: object) -> Markup:
    note = say(f"world.{name}_note", language, **values)
    return fill(CARD, title=say(f"world.{name}", language), body=body, note=note)
