"""The plots of a report, which are SVG, drawn on paper: rectangles, lines, circles, paths and words."""

import base64
from collections.abc import Callable

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from kit.papers.pdf.drawings import outline
from kit.papers.pdf.look import face
from kit.papers.pdf.tree import Node, parse

START = "data:image/svg+xml;base64,"
HIGHEST = 690.0  # points that a page holds


class Picture(Flowable):  # type: ignore[misc]
    """One plot, as wide as the place that it gets."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.svg = next(parse(base64.b64decode(source.removeprefix(START)).decode()).all("svg"))
        _, _, self.wide, self.down = (float(part) for part in self.svg.attributes["viewbox"].split())

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """As wide as there is room, in its own proportion, but no higher than a page."""
        self.scale = min(across / self.wide, HIGHEST / self.down)
        return across, self.down * self.scale

    def draw(self) -> None:
        """Every shape, in the picture's own order."""
        self.canv.saveState()
        self.canv.translate(0, self.down * self.scale)
        self.canv.scale(self.scale, -self.scale)
        size = float(self.svg.attributes.get("font-size", "12"))
        for shape in self.svg.nodes():
            if shape.tag in SHAPES and "100%" not in shape.attributes.values():
                SHAPES[shape.tag](self.canv, shape, size)
        self.canv.restoreState()


def _number(shape: Node, name: str) -> float:
    return float(shape.attributes.get(name, "0"))


def _colour(shape: Node, name: str, missing: str) -> HexColor:
    given = shape.attributes.get(name, missing)
    return HexColor("#" + "".join(2 * letter for letter in given[1:]) if len(given) == 4 else given)


def _rect(canvas: Canvas, shape: Node, size: float) -> None:
    canvas.setFillColor(_colour(shape, "fill", "#000000"))
    x, y, width, height = (_number(shape, name) for name in ("x", "y", "width", "height"))
    canvas.rect(x, y, width, height, stroke=0, fill=1)


def _line(canvas: Canvas, shape: Node, size: float) -> None:
    canvas.setStrokeColor(_colour(shape, "stroke", "#000000"))
    canvas.setLineWidth(1)
    canvas.line(*(_number(shape, name) for name in ("x1", "y1", "x2", "y2")))


def _circle(canvas: Canvas, shape: Node, size: float) -> None:
    canvas.setFillColor(_colour(shape, "fill", "#000000"))
    canvas.circle(_number(shape, "cx"), _number(shape, "cy"), _number(shape, "r"), stroke=0, fill=1)


def _path(canvas: Canvas, shape: Node, size: float) -> None:
    """An outline in the colour of its line, else of its area: at this size a mark is as plain hollow as filled."""
    canvas.setStrokeColor(_colour(shape, "stroke" if "stroke" in shape.attributes else "fill", "#000000"))
    canvas.setLineWidth(float(shape.attributes.get("stroke-width", "1.5")))
    outline(canvas, shape.attributes["d"])


def _text(canvas: Canvas, shape: Node, size: float) -> None:
    own, words = float(shape.attributes.get("font-size", size)), shape.text()
    canvas.saveState()
    canvas.translate(_number(shape, "x"), _number(shape, "y"))
    canvas.scale(1, -1)
    canvas.setFont(face("Bold" if shape.attributes.get("font-weight") == "bold" else "Regular"), own)
    canvas.setFillColor(_colour(shape, "fill", "#1c2733"))
    draw = {"end": canvas.drawRightString, "middle": canvas.drawCentredString}
    draw.get(shape.attributes.get("text-anchor", ""), canvas.drawString)(0, 0, words)
    canvas.restoreState()


SHAPES: dict[str, Callable[[Canvas, Node, float], None]] = {
    "rect": _rect, "line": _line, "circle": _circle, "path": _path, "text": _text,
}  # fmt: skip
