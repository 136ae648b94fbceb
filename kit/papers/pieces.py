"""The pieces that layouts are put together from: heading, title, body, signatures."""

from markupsafe import Markup

from kit.papers.catalogue import Item, Signature, Table
from kit.papers.marks import EMPTY_SIGNATURE, signature, stamp
from kit.papers.sheet import BLANK, Sheet
from kit.safe_html import fill, join

NOTHING = Markup("")
MOTTO = """<div class="national"><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
<p class="motto">Độc lập - Tự do - Hạnh phúc</p>{under}</div>"""
PARTY = '<div class="national"><p class="motto">ĐẢNG CỘNG SẢN VIỆT NAM</p>{under}</div>'  # 36-HD/VPTW (page)
ISSUER = '<header><div class="issuer"><div class="name {kind}">{lines}</div>{notes}</div>{motto}</header>'
PAIR = '<span class="pair"><span class="label">{label}</span> <span class="value">{value}</span></span>'
PARAGRAPH = {"#": "section", ">": "centre", "~": "remark"}
SIGNED = """<div class="signature"><p class="role">{role}</p><p class="note">{note}</p>{sign}
<p class="signer">{name}</p></div>"""
EARLIER = '<caption class="altered"><del class="earlier">{was}</del></caption>'


def motto(under: Markup = NOTHING) -> Markup:
    """The national heading, with the place and date under it where the paper has them there."""
    return fill(MOTTO, under=under)


def heading(sheet: Sheet) -> Markup:
    """The national heading alone, the issuer with number and subject left of it or of the Party's name, or none."""
    this = sheet.form
    if this.heading == "none":
        return NOTHING
    if this.heading == "national":
        return fill('<header class="alone">{motto}</header>', motto=motto())
    lines = join(fill("<p>{line}</p>", line=sheet.write(line)) for line in this.issuer)
    notes = (sheet.write(text) for text in (this.number, this.about) if text)
    under = join(fill('<p class="number">{note}</p>', note=note) for note in notes)
    right = fill(PARTY, under=place(sheet)) if this.heading == "party" else motto(place(sheet))
    return fill(ISSUER, kind=this.heading, lines=lines, notes=under, motto=right)


def place(sheet: Sheet) -> Markup:
    """Place and date of the paper."""
    return _optional('<p class="place">{text}</p>', sheet, sheet.form.place)


def code(sheet: Sheet) -> Markup:
    """The code of the form in the upper corner."""
    return _optional('<p class="code">{text}</p>', sheet, sheet.form.form_code)


def title(sheet: Sheet) -> Markup:
    """The name of the paper, from the form or from the field that carries it."""
    this = sheet.form
    if this.untitled:
        return NOTHING
    under = fill('<p class="under">{text}</p>', text=this.subtitle) if this.subtitle else NOTHING
    name = sheet.ink(this.title_field) if this.title_field else this.title_vi
    return fill("<h2>{name}</h2>{under}", name=name, under=under)


def body(sheet: Sheet, items: tuple[Item, ...]) -> Markup:
    """Lines to fill in, paragraphs and checklists, one below the other."""
    return join(_item(sheet, item) for item in items)


def signatures(sheet: Sheet) -> Markup:
    """The places to sign side by side, after the list of receivers of a letter."""
    signed = join(_signature(sheet, spot) for spot in sheet.form.signatures)
    return fill('<div class="signatures">{copies}{signed}</div>', copies=_copies(sheet), signed=signed)


def attestation(sheet: Sheet) -> Markup:
    """The certification written on the paper itself; nothing at all when nobody certified it."""
    name, field = sheet.form.attestation
    if not sheet.text(field):
        return NOTHING
    template = '<section class="attestation"><h3>{name}</h3><p>{text}</p>{mark}</section>'
    return fill(template, name=name, text=sheet.ink(field), mark=stamp(sheet, field))


def _optional(template: str, sheet: Sheet, field: str) -> Markup:
    return fill(template, text=sheet.ink(field)) if field else NOTHING


def _item(sheet: Sheet, item: Item) -> Markup:
    if isinstance(item, Table):
        return _table(sheet, item)
    return _paragraph(sheet, item) if isinstance(item, str) else _line(sheet, item)


def _paragraph(sheet: Sheet, item: str) -> Markup:
    style = PARAGRAPH.get(item[0])
    text = sheet.write(item[2:] if style else item)
    return fill('<p class="{style}">{text}</p>', style=style or "free", text=text)


def _line(sheet: Sheet, words: tuple[str, ...]) -> Markup:
    pairs = zip(words[::2], words[1::2], strict=True)
    cells = join(fill(PAIR, label=label, value=sheet.ink(field)) for label, field in pairs)
    return fill('<div class="line">{cells}</div>', cells=cells)


def _table(sheet: Sheet, table: Table) -> Markup:
    """One row a line of the field's text, further columns after `|`; three dotted rows when empty."""
    head = join(fill("<th>{column}</th>", column=column) for column in table.columns)
    lines = [line for line in sheet.text(table.field).split("\n") if line.strip()] or [""] * 3
    rows = join(_row(number, line, len(table.columns) - 2) for number, line in enumerate(lines, 1))
    was = sheet.alterations.get(table.field)
    note = fill(EARLIER, was=was) if was else NOTHING
    return fill("<table>{note}<tr>{head}</tr>{rows}</table>", note=note, head=head, rows=rows)


def _row(number: int, line: str, further: int) -> Markup:
    name, *rest = (cell.strip() for cell in line.split("|", further))
    cells = [name or BLANK, *rest, *[""] * (further - len(rest))]
    inked = join(fill('<td><span class="ink">{cell}</span></td>', cell=cell) for cell in cells)
    return fill("<tr><td>{number}</td>{inked}</tr>", number=number, inked=inked)


def _signature(sheet: Sheet, spot: Signature) -> Markup:
    name = sheet.ink(spot.field) if sheet.text(spot.field) else NOTHING
    sign = EMPTY_SIGNATURE if spot.unsigned else signature(sheet, spot.field, spot.stamp)
    return fill(SIGNED, role=sheet.write(spot.role), note=spot.note, sign=sign, name=name)


def _copies(sheet: Sheet) -> Markup:
    template = '<p class="copies"><b>Nơi nhận:</b><br>{lines}</p>'
    return fill(template, lines=join(map(sheet.write, sheet.form.copy_to), "<br>")) if sheet.form.copy_to else NOTHING
