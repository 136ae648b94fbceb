"""What stands on every page of a printed report: header, foot with the training mark, page number of how many."""

from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kit.papers.marks import NOTICE
from kit.papers.pdf.look import PAGE_HEIGHT, PAGE_WIDTH, face
from kit.words import say

LEFT, RIGHT, TOP, BOTTOM = 22 * mm, 15 * mm, 22 * mm, 20 * mm
WIDTH = PAGE_WIDTH - LEFT - RIGHT
RED, GREY, LINE, PALE = HexColor("#8c1722"), HexColor("#5c6773"), HexColor("#d9c7b4"), HexColor("#b4231f")
LONGEST = 90  # letters of a header


@dataclass(frozen=True)
class Leaf:
    """What the header and the foot say: the report's title, whom it is about, the session and the day."""

    title: str
    about: str
    held: str
    language: str

    def background(self, canvas: Canvas, document: object) -> None:
        """The pale training mark across the page; the report's words come over it."""
        canvas.saveState()
        canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        canvas.rotate(52)
        canvas.setFillColor(PALE, alpha=0.06)
        canvas.setFont(face("Bold"), 30)
        canvas.drawCentredString(0, 0, NOTICE)
        canvas.restoreState()

    def frame(self, canvas: Canvas, pages: int) -> None:
        """Header and foot of the page that ends."""
        low, high, end = 12 * mm, PAGE_HEIGHT - 15 * mm, PAGE_WIDTH - RIGHT
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.6)
        canvas.line(LEFT, high - 2 * mm, end, high - 2 * mm)
        canvas.line(LEFT, low + 4 * mm, end, low + 4 * mm)
        canvas.setFont(face("Bold"), 9)
        canvas.setFillColor(RED)
        canvas.drawString(LEFT, high, _short(self.title))
        canvas.drawCentredString((LEFT + end) / 2, low - 4 * mm, NOTICE)
        canvas.setFont(face("Regular"), 9)
        canvas.setFillColor(GREY)
        canvas.drawRightString(end, high, _short(self.about))
        canvas.drawString(LEFT, low, _short(self.held))
        page = say("report.print_page", self.language, page=canvas.getPageNumber(), pages=pages)
        canvas.drawRightString(end, low, page)


def counted(leaf: Leaf) -> type[Canvas]:
    """A canvas that knows how many pages there are: it draws header and foot when all are set."""

    class Counted(Canvas):  # type: ignore[misc]
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - the typesetter's name
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for page in self._pages:
                self.__dict__.update(page)
                leaf.frame(self, len(self._pages))
                super().showPage()
            super().save()

    return Counted


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
