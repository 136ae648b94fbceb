"""Text that wants to be more than text, and a page that tells whether it became more."""

from itertools import count
from typing import Any

from playwright.sync_api import Page

CORPUS = (
    '<img src=x onerror="hit()">', "<svg onload=hit()>", '"><script>hit()</script>', "javascript:hit()",
    "{{7*7}}${7*7}<%= 7*7 %>", "\u202egnp.exe\u200b", "</textarea><iframe srcdoc='<script>hit()</script>'>",
    "[x](javascript:hit())", "<math><mi//xlink:href='data:x,<script>hit()</script>'>", "=HYPERLINK('http://x.example')",
    "@SUM(1)", "-1+1|cmd", "'><base href=//evil.example>", "<style>@import'//evil.example'</style>",
    "<a href='&#106;avascript:hit()'>x</a>", "\x00\x07<b onmouseover=hit()>",
)  # fmt: skip
FOREIGN = "script, iframe, object, embed, base, img[src='x'], [onerror], [onload], [onmouseover]"
WATCH = """() => { window.hits = 0; window.hit = () => { window.hits += 1; }; }"""


def show(page: Page, markup: str) -> None:
    """Put markup into a page without any policy: nothing but our escaping protects it."""
    page.goto("about:blank")
    page.evaluate(WATCH)
    page.evaluate("html => { document.body.innerHTML = html; document.title = 'ours'; }", markup)
    page.wait_for_timeout(150)


def harmless(page: Page) -> None:
    assert page.evaluate("window.hits") == 0
    assert page.title() == "ours"
    assert page.evaluate("query => document.querySelectorAll(query).length", FOREIGN) == 0
    assert page.evaluate("[...document.links].filter(a => !/^(https?|mailto|data|about|#)/.test(a.href)).length") == 0


def html_of(widget) -> str:
    """Every piece of HTML in a widget and what it holds."""
    own = str(widget.value) if "HTML" in str(widget._model_name) else ""
    return own + "".join(html_of(child) for child in getattr(widget, "children", ()))


def laced(data: Any, number: "count[int]") -> Any:
    """The same data, one text of the corpus behind every text that people write: words with a space between them."""
    if isinstance(data, dict):
        return {name: laced(value, number) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [laced(value, number) for value in data]
    written = isinstance(data, str) and " " in data.strip()
    return f"{data} {CORPUS[next(number) % len(CORPUS)]}" if written else data
