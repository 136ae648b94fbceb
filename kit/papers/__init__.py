"""Papers that people look at: plain data in, a Vietnamese administrative paper as HTML out."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from kit.papers import marks
from kit.papers.catalogue import TRUSTED, forms
from kit.papers.layouts import LAYOUTS
from kit.papers.observation import observation
from kit.papers.sheet import MEDIA, MEDIUM_FIELDS, form, read
from kit.safe_html import fill

__all__ = ["MEDIA", "MEDIUM_FIELDS", "fields", "kinds", "known", "named", "render", "style", "title"]

LONGEST_NAME = 60  # letters of a name that still fits on a tab
PAGE = """<article class="kit-paper {layout} {medium}" lang="vi" aria-label="{title}"><div class="sheet">
<div class="face">{face}</div>{block}{watermark}<p class="foot">{notice}{unverified}</p></div>
<p class="seen" lang="{language}">{seen}</p></article>"""


def render(paper: Mapping[str, object], language: str = "vi") -> Markup:
    """A paper as HTML to stand beside `style()`; raises UnknownName for an unknown kind, field or medium.

    The paper itself is always Vietnamese; what an eye sees of it is told in the reader's language.
    """
    sheet = read(paper)
    return fill(
        PAGE,
        layout=sheet.form.layout,
        medium=sheet.medium,
        title=sheet.form.title_vi,
        face=LAYOUTS[sheet.form.layout](sheet),
        block=marks.medium_block(sheet),
        watermark=marks.WATERMARK,
        notice=marks.NOTICE,
        unverified="" if sheet.form.confidence in TRUSTED else Markup("<br>") + marks.UNVERIFIED,
        language=language,
        seen=observation(sheet, language),
    )


@cache
def style() -> str:
    """The stylesheet of all papers, to be put inline once a page."""
    return (Path(__file__).parent / "paper.css").read_text(encoding="utf-8")


def kinds() -> tuple[str, ...]:
    """Every kind of paper."""
    return tuple(forms())


def known(kind: str) -> bool:
    """Whether there is such a kind of paper."""
    return kind in forms()


def fields(kind: str) -> tuple[str, ...]:
    """The fields of a kind, in the order of the form; raises UnknownName."""
    return form(kind).fields


def title(kind: str, language: str) -> str:
    """The name of a kind in "vi" or "en"; the paper itself is always Vietnamese. Raises UnknownName."""
    return form(kind).title_en if language == "en" else form(kind).title_vi


def named(paper: Mapping[str, Any], language: str) -> str:
    """What people call this very paper: in Vietnamese the name printed on it, where its kind leaves that open."""
    field = form(paper["kind"]).title_field
    printed = str(paper["fields"].get(field) or "") if field and language == "vi" else ""
    if not 0 < len(printed) <= LONGEST_NAME:
        return title(paper["kind"], language)
    return printed.capitalize() if printed.isupper() else printed
