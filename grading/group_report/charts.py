"""Two kinds of plot, drawn as SVG without a library: stacked bars of ratings, bars of minutes. Pure."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kit.safe_html import fill, join

WIDTH, LEFT, RIGHT, LANE, TOP = 1000, 450, 90, 32, 36  # pixels
LONGEST = 58  # letters of a label
COLOURS = {"P": "#2e7d4f", "S": "#d9a514", "M": "#e07b2e", "U": "#b5303c", "wait": "#8c1722", "left": "#5c6773"}
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"
 font-family="sans-serif" font-size="16"><rect width="100%" height="100%" fill="#ffffff"/>{parts}</svg>"""
BAR = '<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}"/>'
WORDS = '<text x="{x}" y="{y}" text-anchor="{anchor}" fill="#1c2733">{text}</text>'
NAME = '<text x="{x}" y="18" font-size="13" fill="#1c2733">{text}</text>'
LINE = '<line x1="{x}" y1="{top}" x2="{x}" y2="{low}" stroke="#c9ced6"/>'


@dataclass(frozen=True)
class Bar:
    """One line of a plot: its label, its (series, value) parts from left to right, what is said behind it."""

    label: str
    parts: tuple[tuple[str, float], ...]
    told: str = ""


@dataclass(frozen=True)
class Plot:
    """A whole plot: its bars, what each series is called, what it shows to whoever cannot see it."""

    bars: Sequence[Bar]
    series: Sequence[tuple[str, str]]
    alternative: str
    ticks: bool = False


def drawn(plot: Plot) -> Markup:
    """The plot as an image that needs no file beside it; nothing where there are no bars."""
    if not plot.bars:
        return Markup("")
    code = base64.b64encode(str(_picture(plot)).encode()).decode()
    alternative = fill('alt="{text}"', text=plot.alternative)
    return Markup(f'<img {alternative} src="data:image/svg+xml;base64,{code}"/>')


def _picture(plot: Plot) -> Markup:
    longest = max(sum(value for _, value in bar.parts) for bar in plot.bars) or 1.0
    scale = (WIDTH - LEFT - RIGHT) / longest
    low = TOP + LANE * len(plot.bars)
    lanes = [_lane(bar, TOP + LANE * place, scale) for place, bar in enumerate(plot.bars)]
    axis = [_axis(longest, scale, low)] if plot.ticks else []
    return fill(
        PICTURE, width=WIDTH, height=low + (26 if plot.ticks else 6), parts=join([_legend(plot), *axis, *lanes])
    )


def _lane(bar: Bar, top: int, scale: float) -> Markup:
    label = bar.label if len(bar.label) <= LONGEST else bar.label[: LONGEST - 1] + "…"
    parts, across = [_words(LEFT - 10, top + 19, label, "end")], float(LEFT)
    for series, value in bar.parts:
        wide = round(value * scale, 1)
        parts.append(fill(BAR, x=across, y=top + 4, width=wide, height=LANE - 9, colour=COLOURS[series]))
        across = round(across + wide, 1)
    return join([*parts, _words(round(across) + 8, top + 19, bar.told)])


def _legend(plot: Plot) -> Markup:
    """What each colour means, in a row above the bars that ends before the edge."""
    wide = [36 + round(6.6 * len(name)) for _, name in plot.series]
    across = max(4, min(LEFT, WIDTH - sum(wide)))
    parts: list[Markup] = []
    for (series, name), width in zip(plot.series, wide, strict=True):
        parts += [
            fill(BAR, x=across, y=6, width=14, height=14, colour=COLOURS[series]),
            fill(NAME, x=across + 20, text=name),
        ]
        across += width
    return join(parts)


def _axis(longest: float, scale: float, low: int) -> Markup:
    step = next(one for one in (1, 2, 5, 10, 20, 30, 60, 120, 240, 480, 1e9) if longest / one <= 6)
    marks = [step * place for place in range(int(longest / step) + 1)]
    return join(
        fill(LINE, x=round(LEFT + mark * scale, 1), top=TOP, low=low)
        + _words(round(LEFT + mark * scale), low + 18, f"{mark:g}", "middle")
        for mark in marks
    )


def _words(x: int, y: int, text: str, anchor: str = "start") -> Markup:
    return fill(WORDS, x=x, y=y, anchor=anchor, text=text)
