"""Papers as PDF: what the screen shows, set for A4 in the manner of Decree 30/2020.

Loads the typesetter: whoever shows papers on the screen only does not import it.
"""

from collections.abc import Mapping
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from kit.papers import render, title
from kit.papers.marks import NOTICE
from kit.papers.pdf.flow import flow, piece_of
from kit.papers.pdf.look import BOTTOM, LEFT, RIGHT, TOP, WIDTH, Look
from kit.papers.pdf.page import Page
from kit.papers.pdf.tree import Node, parse

__all__ = ["to_pdf"]

LONGEST_CODE = 80  # letters; a longer one makes no QR code that a phone reads at this size


def to_pdf(paper: Mapping[str, object], code: str = "", by_hand: bool = True) -> bytes:
    """A paper as PDF, the same bytes for the same paper; raises UnknownName as `render` does.

    `code` is the dossier's, for the QR code, where the paper does not hold it itself. A paper that is to be signed
    digitally is set with `by_hand=False`: no pen strokes, no stamps, room for the signature.
    """
    article = next(parse(render(paper)).nodes())
    layout, medium = article.classes[1:3]
    look = Look(layout, medium, by_hand)
    sheet = next(article.all("sheet"))
    page = Page(_foot(sheet), (code or _code(paper))[:LONGEST_CODE], look)
    story = [piece for part in sheet.nodes() if "foot" not in part.classes for piece in _part(part, look)]
    return _set(story, page, title(str(paper["kind"]), "vi"))


def _part(part: Node, look: Look) -> list[Flowable]:
    return flow(part, look) if "face" in part.classes else piece_of(part, look)


def _foot(sheet: Node) -> tuple[str, ...]:
    return tuple(next(sheet.all("foot")).text().split("\n"))


def _code(paper: Mapping[str, object]) -> str:
    fields = paper.get("fields")
    return str(fields.get("dossier_code") or "").strip() if isinstance(fields, Mapping) else ""


def _set(story: list[Flowable], page: Page, name: str) -> bytes:
    into = BytesIO()
    document = BaseDocTemplate(
        into, pagesize=A4, invariant=1, lang="vi-VN", title=f"{name} - {NOTICE}", author="TẬP HUẤN - TRAINING",
        subject=NOTICE, creator="rehearsal-kit", leftMargin=LEFT, rightMargin=RIGHT, topMargin=TOP, bottomMargin=BOTTOM,
    )  # fmt: skip
    body = Frame(
        LEFT, BOTTOM, WIDTH, A4[1] - TOP - BOTTOM, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )
    document.addPageTemplates(PageTemplate(frames=[body], onPage=page.decorate))
    document.build(story)
    return into.getvalue()
