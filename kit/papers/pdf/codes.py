"""The QR code with the dossier's code."""

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import black
from reportlab.pdfgen.canvas import Canvas

from kit.papers.pdf.look import PRINTED


def qr(canvas: Canvas, text: str, corner: tuple[float, float], size: float) -> None:
    """The text as a QR code of `size` points, its lower left corner at `corner`; readable with a phone."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    step = size / count
    canvas.setFillColor(black)
    for row in range(count):
        for start, length in _bars([code.isDark(row, column) for column in range(count)]):
            canvas.rect(corner[0] + start * step, corner[1] + size - (row + 1) * step, length * step, step, 0, 1)
    canvas.setFillColor(PRINTED)


def _bars(row: list[bool]) -> list[tuple[int, int]]:
    """Where the dark stretches of a row begin and how long each is."""
    ends = [False, *row, False]
    turns = [place for place in range(len(row) + 1) if ends[place] != ends[place + 1]]
    return [(start, end - start) for start, end in zip(turns[::2], turns[1::2], strict=True)]
