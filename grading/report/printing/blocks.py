"""The blocks of a report - headings, paragraphs, lists, tables, cards, plots - as what the typesetter sets."""

from collections.abc import Callable, Iterable

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from grading.report.printing.leaf import WIDTH
from grading.report.printing.lines import markup
from grading.report.printing.picture import Picture
from kit.papers.pdf.look import face
from kit.papers.pdf.tree import Node

Flowables = list[Flowable]
BLOCKS = frozenset({"div", "section", "h1", "h2", "h3", "p", "ul", "ol", "dl", "table", "img", "details", "small"})
GRID, HEAD = HexColor("#cfd5dc"), HexColor("#f4ebe1")
CELLS = {"P": "#d8efdf", "S": "#fbf0cf", "M": "#fbe0c8", "U": "#f6d0d0", "none": "#eef0f3"}
SMALL_TABLE = 8  # columns from which a table is set small
CARDS = 5  # in a row
GROWTH = 0.6  # how much wider a column gets by longer texts


def _style(name: str, size: float, letters: str = "Regular", colour: str = "#161616", **more: float) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=face(letters), fontSize=size, leading=size * 1.3, textColor=HexColor(colour),
                          splitLongWords=1, **more)  # fmt: skip


STYLES = {
    "h1": _style("h1", 18, "Bold", "#8c1722", spaceAfter=4),
    "h2": _style("h2", 13.5, "Bold", "#7c1420", spaceBefore=12, spaceAfter=4, keepWithNext=1),
    "h3": _style("h3", 11.5, "Bold", spaceBefore=7, spaceAfter=2, keepWithNext=1),
    "p": _style("p", 11, spaceBefore=2, spaceAfter=2),
    "small": _style("small", 9.5, colour="#5c6773", spaceBefore=2, spaceAfter=3),
    "li": _style("li", 11, leftIndent=14, bulletIndent=3, spaceAfter=1.5),
    "cell": _style("cell", 10),
    "head": _style("head", 10, "Bold"),
    "tiny": _style("tiny", 7.5, alignment=TA_CENTER),
    "tiny_head": _style("tiny_head", 7.5, "Bold"),
    "card": _style("card", 9.5, alignment=TA_CENTER),
}


def flow(node: Node) -> Flowables:
    """Everything inside an element, in its order; loose words become a paragraph."""
    pieces: Flowables = []
    loose: list[Node | str] = []
    for one in node.inside:
        if isinstance(one, Node) and one.tag in BLOCKS:
            pieces += _loose(loose) + _block(one)
            loose = []
        else:
            loose.append(one)
    return pieces + _loose(loose)


def _loose(inside: list[Node | str]) -> Flowables:
    return _lines(Node("p", {}, list(inside)))


def _block(node: Node) -> Flowables:
    if "cards" in node.classes:
        return _cards(node)
    return BY_TAG.get(node.tag, flow)(node)


def _lines(node: Node) -> Flowables:
    words = markup(node)
    return [Paragraph(words, STYLES.get(node.tag, STYLES["p"]))] if words else []


def _list(node: Node) -> Flowables:
    items = [one for one in node.nodes() if one.tag == "li"]
    bullets = [f"{number}." if node.tag == "ol" else "•" for number in range(1, len(items) + 1)]
    return [Paragraph(markup(item), STYLES["li"], bulletText=bullet)
            for item, bullet in zip(items, bullets, strict=True)]  # fmt: skip


def _facts(node: Node) -> Flowables:
    """Names and values in two columns."""
    pairs = [Paragraph(f"{markup(name)}: <b>{markup(value)}</b>", STYLES["cell"])
             for name, value in (tuple(one.nodes()) for one in node.nodes())]  # fmt: skip
    rows = [[*pairs[start : start + 2], ""][:2] for start in range(0, len(pairs), 2)]
    return [Table(rows, [WIDTH / 2] * 2, style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *_padding(0, 2)])] if rows else []


def _cards(node: Node) -> Flowables:
    """The figures that are seen first, five in a row."""
    cells = [Paragraph(_card(one), STYLES["card"]) for one in node.nodes()]
    rows = [cells[start : start + CARDS] for start in range(0, len(cells), CARDS)]
    return [
        Table([row], [WIDTH / CARDS] * len(row), hAlign="LEFT", spaceBefore=4,
              style=[("BOX", (place, 0), (place, 0), 0.6, GRID) for place in range(len(row))]
              + [("VALIGN", (0, 0), (-1, -1), "TOP"), *_padding(4, 8)])
        for row in rows
    ]  # fmt: skip


def _card(node: Node) -> str:
    """The large figure over what it is."""
    figure = next((one for one in node.nodes() if one.tag == "b"), None)
    rest = Node("p", {}, [one for one in node.inside if one is not figure])
    large = f'<font size="17"><b>{markup(figure)}</b></font><br/><br/>' if figure else ""
    return large + markup(rest)


def _table(node: Node) -> Flowables:
    rows = [list(row.nodes()) for row in node.all("tr")]
    if not rows:
        return []
    small = len(rows[0]) >= SMALL_TABLE
    heads = 1 if all(cell.tag == "th" for cell in rows[0]) else 0
    set_rows = [[Paragraph(markup(cell), _cell_style(cell, small, place)) for place, cell in enumerate(row)]
                for row in rows]  # fmt: skip
    looks = [
        ("GRID", (0, 0), (-1, -1), 0.5, GRID),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *_padding(2 if small else 4, 2),
    ]
    looks += [("BACKGROUND", (0, 0), (-1, 0), HEAD)] * heads + list(_colours(rows))
    return [Table(set_rows, _widths(node, rows), repeatRows=heads, splitInRow=1, style=looks, spaceBefore=3,
                  spaceAfter=6, hAlign="LEFT")]  # fmt: skip


def _cell_style(cell: Node, small: bool, place: int) -> ParagraphStyle:
    if small:
        return STYLES["tiny_head" if cell.tag == "th" and not place else "tiny"]
    return STYLES["head" if cell.tag == "th" else "cell"]


def _colours(rows: list[list[Node]]) -> Iterable[tuple[object, ...]]:
    for down, row in enumerate(rows):
        for across, cell in enumerate(row):
            known = next((CELLS[name] for name in cell.classes if name in CELLS), "")
            if known:
                yield "BACKGROUND", (across, down), (across, down), HexColor(known)


def _widths(node: Node, rows: list[list[Node]]) -> list[float]:
    """Shares that the table names, else by the longest text of each column."""
    named = [float(part) for part in node.attributes.get("data-widths", "").split()]
    longest = [max(len(row[place].text()) for row in rows if place < len(row)) for place in range(len(rows[0]))]
    shares = named if len(named) == len(longest) else [max(4, min(60, one)) ** GROWTH for one in longest]
    return [WIDTH * share / sum(shares) for share in shares]


def _padding(across: float, down: float) -> list[tuple[object, ...]]:
    sides = {"LEFT": across, "RIGHT": across, "TOP": down, "BOTTOM": down}
    return [(f"{side}PADDING", (0, 0), (-1, -1), size) for side, size in sides.items()]


def _image(node: Node) -> Flowables:
    return [Picture(node.attributes["src"]), Spacer(0, 4)]  # no space before: a heading stays with its plot


BY_TAG: dict[str, Callable[[Node], Flowables]] = {
    "h1": _lines, "h2": _lines, "h3": _lines, "p": _lines, "small": _lines, "ul": _list, "ol": _list, "dl": _facts,
    "table": _table, "img": _image,
}  # fmt: skip
