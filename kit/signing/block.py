"""The block that a digitally signed paper shows: who signed, for which office, when."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepInFrame, Paragraph

from kit.papers.pdf.look import face
from kit.signing.certificates import MARK, VIETNAM

WIDTH, HEIGHT = 72 * mm, 24 * mm
EDGE = 1.6 * mm
BLUE = HexColor("#1c3f66")
SHOWN = "%d.%m.%Y %H:%M:%S"


def lines(signer: Mapping[str, str], at: datetime) -> list[str]:
    """The words of the block; `signer` has "full_name" and "office", the moment is told in Vietnamese time."""
    moment = at if at.tzinfo is None else at.astimezone(VIETNAM)
    return [
        f"Người ký: {signer['full_name']}",
        f"Cơ quan: {signer['office']}",
        f"Thời gian ký: {moment.strftime(SHOWN)} +07:00",
        f"{MARK}: không có giá trị pháp lý",
    ]


def drawn(words: list[str]) -> bytes:
    """The block as a PDF page of its own size, the last line in red."""
    into = BytesIO()
    canvas = Canvas(into, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setStrokeColor(BLUE)
    canvas.setLineWidth(0.8)
    canvas.rect(0.5, 0.5, WIDTH - 1, HEIGHT - 1)
    paragraphs = [Paragraph(escape(line), _style()) for line in words]
    paragraphs[-1] = Paragraph(f'<font color="#b4231f">{escape(words[-1])}</font>', _style())
    frame = KeepInFrame(WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE, paragraphs, mode="shrink")
    _, high = frame.wrapOn(canvas, WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE)
    frame.drawOn(canvas, EDGE, (HEIGHT - high) / 2)
    canvas.save()
    return into.getvalue()


@cache
def _style() -> ParagraphStyle:
    return ParagraphStyle("signature", fontName=face("Regular"), fontSize=10, leading=12.5, textColor=BLUE)
