"""The table of units by situations as HTML: in blocks side by side, so that a hundred units stand on one screen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kit.plain_text import vietnamese_order
from kit.province.overview import GROUP, Overview, Place
from kit.province.tell import drawn, exercise_title, place_title, tip
from kit.safe_html import fill, join
from kit.words import say

ORDERS, SHOWN = ("group", "name", "worst"), ("rating", "mean")
BLOCKS = 3
ROOMY = 22  # rows of a block that may stand farther apart
NOWHERE = 101.0  # a place without a figure comes after those with 100
TABLE = """<table class="kit-grid kit-grid-{size}"><thead><tr><th scope="col">{unit}</th>{heads}</tr></thead>
<tbody>{rows}</tbody></table>"""
HEAD = """<th scope="col"><button type="button" data-kit-pick="{pick}" title="{tip}" aria-label="{tip}"
 tabindex="{stop}">{text}</button></th>"""
ROW = """<tr class="kit-grid-{kind}"><th scope="row"><button type="button" data-kit-pick="{pick}" title="{tip}"
 tabindex="-1">{name}</button></th>{cells}</tr>"""
CELL = """<td><button type="button" class="kit-spot kit-spot-{kind}" data-kit-pick="{pick}" title="{tip}"
 aria-label="{tip}" tabindex="-1">{text}</button></td>"""


@dataclass(frozen=True)
class Wanted:
    """What the visitor set: which province, in what order, what stands in a cell."""

    province: str
    order: str = ORDERS[0]
    shown: str = SHOWN[0]


def grid(overview: Overview, wanted: Wanted, language: str) -> Markup:
    """All places of the province, cut into blocks of equal height."""
    places = ordered(overview, wanted)
    height = -(-len(places) // BLOCKS) or 1
    blocks = [places[start : start + height] for start in range(0, len(places), height)]
    return join(_block(overview, block, wanted, (language, place)) for place, block in enumerate(blocks))


def ordered(overview: Overview, wanted: Wanted) -> list[Place]:
    """The province, then its units as wanted; by working group each group stands above its units."""
    units, whole = overview.units(wanted.province), overview.place("province", wanted.province)
    first = [whole] if whole else []
    if wanted.order == "name":
        return first + sorted(units, key=lambda unit: vietnamese_order(unit.name))
    if wanted.order == "worst":
        return first + sorted(units, key=lambda unit: _weakness(overview, unit))
    return first + list(_by_group(overview, units))


def _by_group(overview: Overview, units: Sequence[Place]) -> Iterable[Place]:
    groups = sorted({unit.group for unit in units}, key=group_order)
    for code in groups:
        head = overview.place(GROUP, code) if code else None
        yield from [head] if head and len(groups) > 1 else []
        yield from (unit for unit in units if unit.group == code)


def group_order(code: str) -> tuple[bool, int, str]:
    """3 before 10, numbers before names, no group last."""
    return not code, int(code) if code.isdecimal() else 10_000, code


def _weakness(overview: Overview, unit: Place) -> tuple[float, str]:
    mean = overview.mean(unit)
    return NOWHERE if mean is None else mean, unit.code


def _block(overview: Overview, places: Sequence[Place], wanted: Wanted, about: tuple[str, int]) -> Markup:
    language, number = about
    heads = join(_head(overview, wanted, exercise, (language, number == 0 and place == 0))
                 for place, exercise in enumerate(overview.exercises))  # fmt: skip
    rows = join(_row(overview, place, wanted, language) for place in places)
    size = "roomy" if len(places) <= ROOMY else "dense"
    return fill(TABLE, size=size, unit=say("province.unit", language), heads=heads, rows=rows)


def _head(overview: Overview, wanted: Wanted, exercise: str, about: tuple[str, bool]) -> Markup:
    language, first = about
    return fill(HEAD, pick=f"province|{wanted.province}|{exercise}", tip=exercise_title(overview, exercise, language),
                text=exercise.partition("-")[0], stop="0" if first else "-1")  # fmt: skip


def _row(overview: Overview, place: Place, wanted: Wanted, language: str) -> Markup:
    name = place_title(place, language)
    people = f"{place.people}/{place.expected} {say('province.people', language).lower()}"
    cells = join(_cell(overview, place, exercise, (wanted.shown, language)) for exercise in overview.exercises)
    return fill(ROW, kind=place.kind, pick=f"{place.id}|", tip=f"{name}: {people}", name=name, cells=cells)


def _cell(overview: Overview, place: Place, exercise: str, about: tuple[str, str]) -> Markup:
    spot, (shown, language) = overview.spot(place, exercise), about
    kind, text = drawn(spot, shown)
    return fill(CELL, kind=kind, pick=f"{place.id}|{exercise}", text=text,
                tip=tip(overview, place, exercise, language))  # fmt: skip
