"""Stamps: two rings and the words MẪU TẬP HUẤN, so that none is taken for real."""

from math import cos, radians, sin

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from kit.papers.pdf.look import Look, face
from kit.papers.pdf.tree import Node

STAMP = 31 * mm  # diameter of a round stamp
RING = "MẪU TẬP HUẤN ★ "


class Stamp(Flowable):  # type: ignore[misc]
    """A stamp on its own, under a certification."""

    def __init__(self, node: Node, look: Look) -> None:
        super().__init__()
        self.node, self.look = node, look

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """The whole width, as high as the stamp."""
        self.across = across
        return across, STAMP

    def draw(self) -> None:
        """In the middle."""
        stamp(self.canv, self.node, self.look, (self.across / 2, STAMP / 2))


def stamp(canvas: Canvas, node: Node, look: Look, centre: tuple[float, float]) -> None:
    """The stamp around its centre (points), turned a little as by hand."""
    canvas.saveState()
    canvas.translate(*centre)
    canvas.rotate(9)
    canvas.setFillColor(look.stamp, alpha=0.85)
    canvas.setStrokeColor(look.stamp, alpha=0.85)
    _square(canvas, node) if "square" in node.classes else _round(canvas)
    canvas.restoreState()


def _round(canvas: Canvas) -> None:
    canvas.scale(STAMP / 128, STAMP / 128)
    for radius, width in ((61, 3), (57, 1.3), (36, 1.3)):
        canvas.setLineWidth(width)
        canvas.circle(0, 0, radius)
    canvas.setFont(face("Bold"), 12)
    _around(canvas, RING * 2, 43)
    canvas.drawCentredString(0, -14, "MẪU")
    canvas.drawCentredString(0, -27, "TẬP HUẤN")
    _star(canvas, 0, 12, 12)


def _around(canvas: Canvas, text: str, radius: float) -> None:
    """Letters along a circle, clockwise from the left below; the star is drawn, no font here has it."""
    for number, letter in enumerate(text):
        canvas.saveState()
        canvas.rotate(170 - 360 * number / len(text))
        canvas.translate(0, radius)
        _star(canvas, 0, 4, 4.5) if letter == "★" else canvas.drawCentredString(0, 0, letter)
        canvas.restoreState()


def _star(canvas: Canvas, x: float, y: float, size: float) -> None:
    path = canvas.beginPath()
    for corner in range(10):
        far, angle = size if corner % 2 == 0 else size * 0.38, radians(90 + 36 * corner)
        (path.lineTo if corner else path.moveTo)(x + far * cos(angle), y + far * sin(angle))
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _square(canvas: Canvas, node: Node) -> None:
    lines = node.text().split("\n")
    canvas.setLineWidth(2)
    canvas.rect(-24 * mm, -7 * mm, 48 * mm, 14 * mm)
    canvas.setFont(face("Bold"), 10)
    for number, line in enumerate(lines):
        canvas.drawCentredString(0, 5 - 13 * number, line)
