"""How a printed paper looks: fonts with Vietnamese letters, sizes and margins of Decree 30/2020, a medium's colours."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).parent / "fonts"
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
PAGE_WIDTH, PAGE_HEIGHT = A4
# Decree 30/2020, Annex I: left 30-35 mm, right 15-20 mm, top and bottom 20-25 mm.
LEFT, RIGHT, TOP, BOTTOM = 30 * mm, 15 * mm, 20 * mm, 25 * mm
WIDTH = PAGE_WIDTH - LEFT - RIGHT
SIDES = {"left": TA_LEFT, "centre": TA_CENTER, "right": TA_RIGHT, "both": TA_JUSTIFY}
PRINTED = HexColor("#161616")


@dataclass(frozen=True)
class Look:
    """What the medium and the layout decide: colours of ink and stamp; whether signatures are by hand."""

    layout: str
    medium: str
    by_hand: bool = True

    @property
    def copied(self) -> bool:
        """Whether the paper is a copy in black and white."""
        return self.medium in {"photocopy", "certified_copy"}

    @property
    def ink(self) -> str:
        """The colour of a pen, as "#rrggbb"."""
        return "#2b2b2b" if self.copied else "#1d3b9a"

    @property
    def stamp(self) -> Color:
        """The colour of a stamp."""
        return HexColor("#3a3a3a" if self.copied else "#c8201f")


@cache
def face(name: str) -> str:
    """The font of this face ("Regular", "Bold" ...) under the name that the typesetter knows it by."""
    for one in FACES:
        pdfmetrics.registerFont(TTFont(f"Tinos-{one}", FONTS / f"Tinos-{one}.ttf"))
    pdfmetrics.registerFontFamily("Tinos-Regular", *(f"Tinos-{one}" for one in FACES))
    pdfmetrics.registerFontFamily("Tinos-Bold", "Tinos-Bold", "Tinos-Bold", "Tinos-BoldItalic", "Tinos-BoldItalic")
    pdfmetrics.registerFontFamily(
        "Tinos-Italic", "Tinos-Italic", "Tinos-BoldItalic", "Tinos-Italic", "Tinos-BoldItalic"
    )
    return f"Tinos-{name}"


@cache
def style(name: str) -> ParagraphStyle:
    """The paragraph style of a place on the paper; `STYLES` lists them."""
    size, letters, side, before, after = STYLES[name]
    return ParagraphStyle(
        name, fontName=face(letters), fontSize=size, leading=size * 1.25, alignment=SIDES[side], textColor=PRINTED,
        spaceBefore=before, spaceAfter=after, firstLineIndent=10 * mm if name == "free" else 0, splitLongWords=1,
    )  # fmt: skip


# Size and space above and below in points; sizes are those of Decree 30/2020, Annex I, where it names the place.
STYLES = {
    "free": (13, "Regular", "both", 3, 3),
    "line": (13, "Regular", "left", 1.5, 1.5),
    "section": (13, "Bold", "left", 6, 2),
    "centre": (13, "Bold", "centre", 2, 6),
    "remark": (12, "Italic", "left", 4, 0),
    "cell": (12, "Regular", "left", 0, 0),
    "head": (12, "Bold", "centre", 0, 0),
    "count": (12, "Regular", "centre", 0, 0),
    "nation": (12, "Bold", "centre", 0, 0),
    "motto": (13, "Bold", "centre", 0, 0),
    "name": (12, "Bold", "centre", 0, 0),
    "number": (12, "Regular", "centre", 3, 0),
    "place": (13, "Italic", "centre", 5, 0),
    "dated": (13, "Italic", "right", 8, 2),
    "code": (11, "Italic", "right", 0, 4),
    "title": (14, "Bold", "centre", 12, 8),
    "under": (13, "Italic", "centre", 0, 6),
    "role": (13, "Bold", "centre", 0, 0),
    "note": (11, "Italic", "centre", 0, 0),
    "signer": (13, "Bold", "centre", 0, 0),
    "copies": (11, "Regular", "left", 0, 0),
    "block": (11, "Regular", "left", 0, 0),
}
