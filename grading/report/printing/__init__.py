"""Reports as PDF: what the screen shows in one language, set on A4 with header, page numbers and the training mark.

Loads the typesetter: whoever shows reports on the screen only does not import it.
"""

from io import BytesIO

from markupsafe import Markup
from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from grading.report.printing.blocks import flow
from grading.report.printing.leaf import BOTTOM, LEFT, RIGHT, TOP, WIDTH, Leaf, counted
from kit.papers.marks import NOTICE
from kit.papers.pdf.tree import parse

__all__ = ["Leaf", "to_pdf"]


def to_pdf(body: Markup, leaf: Leaf) -> bytes:
    """Our own report HTML as PDF, the same bytes for the same report."""
    into = BytesIO()
    document = BaseDocTemplate(
        into, pagesize=A4, invariant=1, lang=leaf.language, title=f"{leaf.title} - {NOTICE}",
        author="TẬP HUẤN - TRAINING", subject=NOTICE, creator="rehearsal-kit", leftMargin=LEFT, rightMargin=RIGHT,
        topMargin=TOP, bottomMargin=BOTTOM,
    )  # fmt: skip
    frame = Frame(LEFT, BOTTOM, WIDTH, A4[1] - TOP - BOTTOM, leftPadding=0, rightPadding=0, topPadding=0,
                  bottomPadding=0)  # fmt: skip
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=leaf.background))
    document.build(flow(parse(str(body))), canvasmaker=counted(leaf))
    return into.getvalue()
