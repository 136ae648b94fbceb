"""What is drawn and not set: lines, plans, pen strokes and the place to sign."""

from itertools import chain

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from kit.papers.pdf.look import Look, face
from kit.papers.pdf.stamps import stamp
from kit.papers.pdf.tree import Node

PLACE = "ky-so-{number}"  # the named destination of each place to sign, from 0
SPACE = 28 * mm  # height of a place to sign
# Of a drawing's two widths of line, as its classes name them.
WIDTHS = {"wall": 6.0, "thin": 1.2}


STEPS = {"moveTo": "moveTo", "lineTo": "lineTo", "curveTo": "curveTo", "closePath": "close"}


def outline(canvas: Canvas, path: str) -> None:
    """One SVG path, read by fonttools, stroked in the canvas's present units."""
    pen, drawn = RecordingPen(), canvas.beginPath()
    parse_path(path, pen)
    for step, points in pen.value:
        if step in STEPS:
            getattr(drawn, STEPS[step])(*chain.from_iterable(points))
    canvas.drawPath(drawn)


class Rule(Flowable):  # type: ignore[misc]
    """A thin line in the middle of its place."""

    def __init__(self, length: float) -> None:
        super().__init__()
        self.length = length

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """The whole width, 5 points high."""
        self.across = across
        return across, 5.0

    def draw(self) -> None:
        """The line, nearer to what is above it."""
        self.canv.setLineWidth(0.7)
        self.canv.line((self.across - self.length) / 2, 3, (self.across + self.length) / 2, 3)


class Plan(Flowable):  # type: ignore[misc]
    """The illustrative plan of a drawing, as wide as the place that it gets."""

    def __init__(self, svg: Node) -> None:
        super().__init__()
        self.svg = svg
        _, _, self.wide, self.down = (float(part) for part in svg.attributes["viewbox"].split())

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """As wide as there is room, in its own proportion."""
        self.scale = across / self.wide
        return across, self.down * self.scale

    def draw(self) -> None:
        """Walls, measures and the names of rooms."""
        canvas = self.canv
        canvas.translate(0, self.down * self.scale)
        canvas.scale(self.scale, -self.scale)
        for path in self.svg.all("path"):
            canvas.setLineWidth(WIDTHS[path.classes[0]])
            outline(canvas, path.attributes["d"])
        canvas.setFont(face("Regular"), 15)
        for text in self.svg.all("text"):
            self._write(text.text(), float(text.attributes["x"]), float(text.attributes["y"]))

    def _write(self, text: str, x: float, y: float) -> None:
        self.canv.saveState()
        self.canv.translate(x, y)
        self.canv.scale(1, -1)
        self.canv.drawCentredString(0, 0, text)
        self.canv.restoreState()


class Space(Flowable):  # type: ignore[misc]
    """The place to sign, with pen stroke and stamp when somebody signed by hand; other programs find it by name."""

    def __init__(self, inside: Node, number: int, look: Look) -> None:
        super().__init__()
        self.inside, self.number, self.look = inside, number, look

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """The whole width, 28 mm high."""
        self.across = across
        return across, SPACE

    def draw(self) -> None:
        """The stamp first, the stroke over it."""
        self._name_the_place()
        if not self.look.by_hand:
            return
        middle, half = self.across / 2, SPACE / 2
        if any(self.inside.all("stamp")):
            stamp(self.canv, next(self.inside.all("stamp")), self.look, (middle - 15 * mm, half))
        for svg in self.inside.all("scribble"):
            _scribble(self.canv, next(svg.all("path")), self.look, (middle, half))

    def _name_the_place(self) -> None:
        """As a named destination of the file: its page and its corners in points."""
        document = self.canv._doc
        corners = (*self.canv.absolutePosition(0, 0), *self.canv.absolutePosition(self.across, SPACE))
        place = PDFArray([document.thisPageRef(), PDFName("FitR"), *(round(one, 2) for one in corners)])
        known = getattr(document.Catalog, "Dests", None) or PDFDictionary({})
        known[PLACE.format(number=self.number)] = place
        document.Catalog.Dests = known


def _scribble(canvas: Canvas, path: Node, look: Look, centre: tuple[float, float]) -> None:
    canvas.saveState()
    canvas.translate(*centre)
    canvas.scale(0.85, -0.85)
    canvas.translate(-75, -28)
    canvas.setStrokeColor(look.ink)
    canvas.setLineWidth(1.9)
    canvas.setLineCap(1)
    outline(canvas, path.attributes["d"])
    canvas.restoreState()
