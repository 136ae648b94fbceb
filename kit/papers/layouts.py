"""How each family of papers is laid out: form, certificate, card, slip, letter and drawing."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from markupsafe import Markup

from kit.papers import pieces
from kit.papers.marks import drawn
from kit.papers.sheet import Sheet
from kit.safe_html import fill, join

CARD = """<div class="plastic">{motto}<h2>{title}</h2><span class="chip" aria-hidden="true"></span>
<span class="portrait" role="img" aria-label="ảnh chân dung (minh họa)"></span>
<div class="lines">{lines}</div><div class="closing">{closing}</div></div>"""


def form(sheet: Sheet) -> Markup:
    """A form, slip or letter: heading, title, lines, signatures, and the certification if it has one."""
    top = [pieces.code(sheet), pieces.heading(sheet), pieces.title(sheet)]
    # With an issuer the place and date stand under the national heading; otherwise above the signatures.
    at_foot = [pieces.place(sheet)] if sheet.form.heading == "national" else []
    middle = [pieces.body(sheet, sheet.form.body), *at_foot]
    return join([*top, *middle, pieces.signatures(sheet), pieces.attestation(sheet)])


def certificate(sheet: Sheet) -> Markup:
    """A certificate: the same order inside a double border."""
    return fill('<div class="frame">{inside}</div>', inside=form(sheet))


def card(sheet: Sheet) -> Markup:
    """An identity card: chip, portrait, printed lines."""
    lines, closing = pieces.body(sheet, sheet.form.body), pieces.body(sheet, sheet.form.closing)
    return fill(CARD, motto=pieces.motto(), title=sheet.ink(sheet.form.title_field), lines=lines, closing=closing)


def drawing(sheet: Sheet) -> Markup:
    """A drawing: an illustrative plan above a title block."""
    inside = join([pieces.body(sheet, sheet.form.body), pieces.signatures(sheet)])
    block = fill('<div class="block">{inside}</div>', inside=inside)
    return join([pieces.title(sheet), Markup(drawn("plan.svg")), block])


LAYOUTS: Mapping[str, Callable[[Sheet], Markup]] = MappingProxyType(
    {"form": form, "slip": form, "letter": form, "certificate": certificate, "card": card, "drawing": drawing}
)
