"""The pieces of a rendered paper as what the typesetter sets, one below the other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepInFrame, KeepTogether, Paragraph, Spacer, Table

from kit.papers.pdf.drawings import Plan, Rule, Space
from kit.papers.pdf.look import PRINTED, WIDTH, Look, style
from kit.papers.pdf.runs import BREAK, capitals, markup, pairs
from kit.papers.pdf.stamps import Stamp
from kit.papers.pdf.tree import Node

Flowables = list[Flowable]
COUNT = 12 * mm  # width of a table's first column
HIGHEST = 110 * mm
BARE = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
GRID = [("GRID", (0, 0), (-1, -1), 0.6, PRINTED), ("VALIGN", (0, 0), (-1, -1), "TOP")]
PROMINENT = frozenset({"free", "section", "centre", "remark", "code", "under", "copies"})


def flow(node: Node, look: Look) -> Flowables:
    """Everything inside an element, in its order; what has no place of its own is set as a paragraph."""
    return [piece for one in node.nodes() for piece in piece_of(one, look)]


def piece_of(node: Node, look: Look) -> Flowables:
    """One element by its first known class, else by its tag."""
    known = next((name for name in (*node.classes, node.tag) if name in PIECES), "")
    if known:
        return PIECES[known](node, look)
    if any(one.tag in {"p", "div", "table", "section", "h2", "h3"} for one in node.nodes()):
        return flow(node, look)
    place = next((name for name in node.classes if name in PROMINENT), "free")
    return _lines(markup(node, look), place)


def _lines(text: str, place: str) -> Flowables:
    """A paragraph; plain text of several lines as one paragraph each, so that each is indented."""
    lines = text.split(BREAK) if "<" not in text.replace(BREAK, "") else [text]
    return [Paragraph(line, style(place)) for line in lines if line.strip()]


def _set(place: str, write: Callable[[Node, Look], str] = markup) -> Callable[[Node, Look], Flowables]:
    return lambda node, look: [Paragraph(write(node, look), style(place))]


def _heading(node: Node, look: Look) -> Flowables:
    """The issuer on the left, the nation and the date on the right; or the nation alone in the middle."""
    if "alone" in node.classes:
        return [*flow(node, look), Spacer(0, 6)]
    printed = replace(look, layout="letter")  # nobody fills in a heading by pen
    issuer, nation = node.nodes()
    sides = [flow(issuer, printed), _nation(nation, printed)]
    return [columns(sides, [0.4 * WIDTH, 0.6 * WIDTH]), Spacer(0, 6)]


def _issuer(node: Node, look: Look) -> Flowables:
    line = [] if "party" in node.classes else [Rule(24 * mm)]  # an asterisk stands for it
    return [*(Paragraph(capitals(one, look), style("name")) for one in node.nodes()), *line]


def _nation(node: Node, look: Look) -> Flowables:
    """The State's name and motto, or the Party's name alone, with a line under it; then the place and date."""
    return [piece for one in node.nodes() for piece in _nation_line(one, look)]


def _nation_line(node: Node, look: Look) -> Flowables:
    place = next((name for name in ("motto", "place") if name in node.classes), "nation")
    line = [Rule(57 * mm)] if place == "motto" else []
    return [Paragraph(markup(node, look), style(place)), *line]


def _table(node: Node, look: Look) -> Flowables:
    note = [Paragraph(markup(one, look), style("line")) for one in node.all("caption")]
    head, *rows = node.all("tr")
    titles = [Paragraph(markup(cell, look), style("head")) for cell in head.nodes()]
    body = [[_cell(cell, number, look) for number, cell in enumerate(row.nodes())] for row in rows]
    count = max(len(row) for row in [titles, *body])  # a list with one heading has two columns all the same
    titles += [Paragraph("", style("head"))] * (count - len(titles))
    widths = [COUNT, *((WIDTH - COUNT - 4) * share for share in _shares([head, *rows], count))]
    grid = Table([titles, *body], widths, repeatRows=1, splitInRow=1, style=GRID, spaceBefore=4, spaceAfter=6)
    return [*note, grid]


def _shares(rows: list[Node], count: int) -> list[float]:
    """How much of a table each column after the first gets: more for long texts, enough for a long word."""
    wanted = [1.0] * (count - 1)
    for row in rows:
        for place, cell in enumerate(list(row.nodes())[1:]):
            words = cell.text().split() or [""]
            wanted[place] = max(wanted[place], min(max(map(len, words)), 20), 9, 2 * len(cell.text()) ** 0.5)
    return [one / sum(wanted) for one in wanted]


def _cell(cell: Node, number: int, look: Look) -> Flowable:
    return Paragraph(markup(cell, look), style("cell" if number else "count"))


def _signatures(node: Node, look: Look) -> Flowables:
    """The places to sign side by side; one alone stands on the right, receivers on its left."""
    spots = [_spot(spot, number, look) for number, spot in enumerate(node.all("signature"))]
    copies = [piece for one in node.nodes() if "signature" not in one.classes for piece in piece_of(one, look)]
    left: list[Flowables] = [copies] if len(spots) < 2 or copies else []
    cells = [*left, *spots]
    return [KeepTogether([Spacer(0, 10), columns(cells, [WIDTH / len(cells)] * len(cells))])]


def _spot(node: Node, number: int, look: Look) -> Flowables:
    role, note, space, signer = node.nodes()
    return [
        Paragraph(capitals(role, look), style("role")),
        Paragraph(markup(note, look), style("note")),
        Space(space, number, look),
        Paragraph(markup(signer, look), style("signer")),
    ]


def _attestation(node: Node, look: Look) -> Flowables:
    title, text, mark = node.nodes()
    inside = [
        Paragraph(capitals(title, look), style("centre")),
        Paragraph(markup(text, look), style("line")),
        columns([[], [Stamp(mark, look)]], [WIDTH / 2] * 2),
    ]
    return [KeepTogether([Spacer(0, 8), Rule(WIDTH), *inside])]


def _certified(node: Node, look: Look) -> Flowables:
    *lines, mark = node.nodes()
    words = [Paragraph(markup(line, look), style("block")) for line in lines]
    words[:2] = [Paragraph(f"<b>{markup(line, look)}</b>", style("block")) for line in lines[:2]]
    fresh = replace(look, medium="original")  # the copy is black, its certification is not
    inside = columns([words, [Stamp(mark, fresh)]], [70 * mm, 36 * mm])
    return [KeepTogether([Spacer(0, 8), box([inside], 112 * mm, HexColor("#c8201f"))])]


def _electronic(node: Node, look: Look) -> Flowables:
    """Who signed digitally; nothing on a paper that is about to be signed, which gets a real block."""
    words = [Paragraph(markup(line, look), style("block")) for line in node.nodes()]
    return [Spacer(0, 8), box(words, 90 * mm, HexColor("#2563a8"))] if look.by_hand else []


def _plastic(node: Node, look: Look) -> Flowables:
    """An identity card: all its lines in a frame, a dark field for the portrait."""
    return [box(flow(node, look), 120 * mm, HexColor("#9bb5b5"), side="CENTER")]


def _nothing(node: Node, look: Look) -> Flowables:
    return []


def columns(cells: list[Flowables], widths: list[float]) -> Flowable:
    """Pieces side by side, each column from the top; what is too high for half a page is set smaller."""
    held = [_held(cell, width) for cell, width in zip(cells, widths, strict=True)]
    return Table([held], widths, style=[*BARE, ("VALIGN", (0, 0), (-1, -1), "TOP")])


def box(inside: Iterable[Flowable], width: float, colour: Color, side: str = "RIGHT") -> Flowable:
    """Pieces in a frame."""
    held = _held(list(inside), width - 12)
    return Table([[held]], [width], style=[("BOX", (0, 0), (-1, -1), 1.2, colour)], hAlign=side)


def _held(cell: Flowables, width: float) -> Flowable:
    # The library cannot split such a cell over two pages: with very long entries it would try for ever.
    return KeepInFrame(width, HIGHEST, cell, mode="shrink") if cell else Spacer(0, 0)


PIECES: Mapping[str, Callable[[Node, Look], Flowables]] = MappingProxyType(
    {
        "header": _heading, "name": _issuer, "number": _set("number"), "national": _nation, "place": _set("dated"),
        "h2": _set("title", capitals), "line": _set("line", pairs), "table": _table, "signatures": _signatures,
        "attestation": _attestation, "certified": _certified, "electronic": _electronic,
        "plastic": _plastic, "plan": lambda node, look: [Plan(node), Spacer(0, 8)], "chip": _nothing,
        "portrait": _nothing, "watermark": _nothing,
    }
)  # fmt: skip
