"""What stands on every page: watermark, number, the line that it is training material, the QR code."""

from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kit.papers.marks import NOTICE
from kit.papers.pdf.codes import qr
from kit.papers.pdf.look import LEFT, PAGE_HEIGHT, PAGE_WIDTH, PRINTED, RIGHT, TOP, Look, face

RED, PALE = HexColor("#8c2a26"), HexColor("#b4231f")
QR_SIZE = 15 * mm
LOW = 7 * mm  # the foot of the page ends here
BORDER = HexColor("#a8452f")


@dataclass(frozen=True)
class Page:
    """The lines at the foot, the code of the QR (none when empty) and the paper's look."""

    foot: tuple[str, ...]
    code: str
    look: Look

    def decorate(self, canvas: Canvas, document: object) -> None:
        """Draws all this on the page that begins; the paper's words come over it."""
        canvas.saveState()
        self._watermark(canvas)
        if self.look.layout == "certificate":
            self._border(canvas)
        self._foot(canvas)
        if canvas.getPageNumber() > 1:
            canvas.setFont(face("Regular"), 13)
            canvas.setFillColor(PRINTED)
            canvas.drawCentredString(
                (LEFT + PAGE_WIDTH - RIGHT) / 2, PAGE_HEIGHT - 13 * mm, str(canvas.getPageNumber())
            )
        canvas.restoreState()

    def _watermark(self, canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        canvas.rotate(35)
        canvas.setFillColor(PALE, alpha=0.09)
        canvas.setFont(face("Bold"), 25)
        for row in range(-3, 4):
            canvas.drawCentredString(0, row * 38 * mm, NOTICE)
        canvas.restoreState()

    def _border(self, canvas: Canvas) -> None:
        canvas.setStrokeColor(BORDER)
        for away, low, width in ((7 * mm, 23 * mm, 2.2), (5.6 * mm, 24.4 * mm, 0.8)):
            high = PAGE_HEIGHT - TOP + away
            canvas.setLineWidth(width)
            canvas.rect(LEFT - away, low, PAGE_WIDTH - LEFT - RIGHT + 2 * away, high - low)

    def _foot(self, canvas: Canvas) -> None:
        left = LEFT
        if self.code:
            qr(canvas, self.code, (LEFT, LOW), QR_SIZE)
            left += QR_SIZE + 3 * mm
        canvas.setStrokeColor(HexColor("#bbbbbb"))
        canvas.setLineWidth(0.5)
        canvas.line(left, LOW + QR_SIZE, PAGE_WIDTH - RIGHT, LOW + QR_SIZE)
        lines = [*self.foot, *([f"Mã hồ sơ: {self.code}"] if self.code else [])]
        canvas.setFillColor(RED)
        for number, line in enumerate(lines):
            canvas.setFont(face("Regular" if number else "Bold"), 9 if number else 10)
            canvas.drawCentredString((left + PAGE_WIDTH - RIGHT) / 2, LOW + QR_SIZE - (number + 1) * 12, line)
