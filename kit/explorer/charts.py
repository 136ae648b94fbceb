"""Charts as SVG, drawn from counted values; every text is escaped by `fill`."""

from collections.abc import Sequence

from markupsafe import Markup

from kit.explorer.numerals import percent, whole
from kit.safe_html import fill, join
from kit.words import LANGUAGES

WIDTH, ROW, LABEL, VALUE = 400, 20, 196, 44  # about as wide as a card, so that letters keep their size
SVG = '<svg class="kit-chart" viewBox="0 0 {width} {height}" role="img" aria-label="{title}">{parts}</svg>'
RECT = '<rect x="{x}" y="{y}" width="{width}" height="{height}" class="{kind}"><title>{tip}</title></rect>'
TEXT = '<text x="{x}" y="{y}" class="{kind}">{text}</text>'
PYRAMID_ROW, TALL = 15, 190


def pyramid(
    title: str, bands: Sequence[tuple[str, int, int]], names: tuple[str, str], language: str = LANGUAGES[0]
) -> Markup:
    """Men to the left, women to the right, the oldest on top."""
    most = max(1, *(count for _, *pair in bands for count in pair))
    half = (WIDTH - LABEL / 2) / 2
    both = (sum(men for _, men, _ in bands), sum(women for _, _, women in bands))
    totals = [f"{name}: {whole(count, language)}" for name, count in zip(names, both, strict=True)]
    parts = [_text(0, 12, "kit-chart-start", totals[0]), _text(WIDTH, 12, "kit-chart-end", totals[1])]
    for at, (ages, men, women) in enumerate(reversed(bands)):
        y = 20 + at * PYRAMID_ROW
        left, right = (half * count / most for count in (men, women))
        parts += [
            _rect((half - left, y, left, PYRAMID_ROW - 2), "kit-chart-men", f"{names[0]} {ages}: {men}"),
            _rect((WIDTH - half, y, right, PYRAMID_ROW - 2), "kit-chart-women", f"{names[1]} {ages}: {women}"),
            _text(WIDTH / 2, y + 11, "kit-chart-mid", ages),
        ]
    return _svg(title, 24 + len(bands) * PYRAMID_ROW, parts)


def shares(
    title: str, lines: Sequence[tuple[str, float, float]], names: tuple[str, str], language: str = LANGUAGES[0]
) -> Markup:
    """One bar a line, and a mark where the declared share is."""
    most = max(0.01, *(max(found, declared) for _, found, declared in lines))
    room = WIDTH - LABEL / 2 - VALUE
    parts: list[Markup] = []
    for at, (label, found, declared) in enumerate(lines):
        y = 4 + at * ROW
        both = (percent(share, language) for share in (found, declared))
        tip = f"{label}: {names[0]} {next(both)}, {names[1]} {next(both)}"
        parts += [
            _text(LABEL / 2 - 8, y + 12, "kit-chart-end", label),
            _rect((LABEL / 2, y, room * found / most, ROW - 6), "kit-chart-found", tip),
            _rect((LABEL / 2 + room * declared / most - 1.5, y - 2, 3, ROW - 2), "kit-chart-declared", tip),
            _text(WIDTH, y + 12, "kit-chart-end", percent(found, language)),
        ]
    return _svg(title, 8 + len(lines) * ROW, parts)


def bars(title: str, lines: Sequence[tuple[str, int]]) -> Markup:
    """One bar a line, with its number."""
    most = max(1, *(count for _, count in lines)) if lines else 1
    room = WIDTH - LABEL - VALUE
    parts: list[Markup] = []
    for at, (label, count) in enumerate(lines):
        y = 4 + at * ROW
        parts += [
            _text(LABEL - 8, y + 12, "kit-chart-end", label),
            _rect((LABEL, y, room * count / most, ROW - 6), "kit-chart-found", f"{label}: {count}"),
            _text(WIDTH, y + 12, "kit-chart-end", str(count)),
        ]
    return _svg(title, 8 + len(lines) * ROW, parts)


def columns(title: str, days: Sequence[tuple[str, int]]) -> Markup:
    """One column a day; the first and the last day are named."""
    most = max(1, *(count for _, count in days)) if days else 1
    step, room = WIDTH / max(1, len(days)), TALL - 10
    parts = []
    for at, (day, count) in enumerate(days):
        height = room * count / most
        parts.append(_rect((at * step, TALL - height, max(1, step - 1), height), "kit-chart-found", f"{day}: {count}"))
    if days:
        ends = ((0, "kit-chart-start", days[0][0]), (WIDTH, "kit-chart-end", days[-1][0]))
        parts += [_text(x, TALL + 16, kind, day) for x, kind, day in ends]
    return _svg(title, TALL + 22, parts)


def _svg(title: str, height: float, parts: Sequence[Markup]) -> Markup:
    return fill(SVG, width=WIDTH, height=round(height), title=title, parts=join(parts))


def _rect(place: tuple[float, float, float, float], kind: str, tip: str) -> Markup:
    x, y, width, height = (round(number, 1) for number in place)
    return fill(RECT, x=x, y=y, width=max(0, width), height=max(0, height), kind=kind, tip=tip)


def _text(x: float, y: float, kind: str, text: str) -> Markup:
    return fill(TEXT, x=round(x, 1), y=round(y, 1), kind=kind, text=text)
