"""Only escaped text reaches the page: one maker of HTML, a small Markdown, entries that read what was typed."""

import pytest
from markupsafe import Markup

from kit.safe_html import fill
from kit.ui.html import html_view, redraw
from kit.ui.markdown import to_html
from kit.ui.theme import stylesheet
from kit.ui.typed import echo, iso_day, plain_number


@pytest.mark.parametrize("text", ["<b>x</b>", "", None, b"x"])
def test_plain_text_is_no_html(text):
    with pytest.raises(TypeError):
        html_view(text)
    view = html_view(Markup("x"))
    with pytest.raises(TypeError):
        redraw(view, text)
    assert view.value == "x"


def test_markup_is_shown_with_its_classes():
    view = html_view(fill("<p>{text}</p>", text="<script>"), "kit-note")
    assert view.value == "<p>&lt;script&gt;</p>"
    assert "kit-note" in view._dom_classes


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## Việc", "<h2>Việc</h2>"),
        ("một\nhai", "<p>một hai</p>"),
        ("1. a\n2. **b**", "<ol><li>a</li><li><b>b</b></li></ol>"),
        ("- a\n- b\n\nc", "<ul><li>a</li><li>b</li></ul><p>c</p>"),
        ("<img src=x> **<i>**", "<p>&lt;img src=x&gt; <b>&lt;i&gt;</b></p>"),
        ("**open", "<p>**open</p>"),
        ("### Nhỏ", "<h3>Nhỏ</h3>"),
        ("- a\n  b", "<ul><li>a b</li></ul>"),
        ("", ""),
    ],
)
def test_briefs(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("| A | B |\n|---|:-:|\n| 1 | **2** |", "<thead><tr><th>A</th><th>B</th></tr></thead><tbody>"
         "<tr><td>1</td><td><b>2</b></td></tr></tbody>"),
        ("| 1 |", "<tbody><tr><td>1</td></tr></tbody>"),
        ("| <script> | a \\| b |", "<tbody><tr><td>&lt;script&gt;</td><td>a | b</td></tr></tbody>"),
    ],
)  # fmt: skip
def test_tables(text, html):
    assert to_html(text) == f'<table class="kit-plain-table">{html}</table>'


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("1/7/2025", "2025-07-01"),
        (" 05-07-2025 ", "2025-07-05"),
        ("05.07.2025", "2025-07-05"),
        ("2025-07-05", "2025-07-05"),
        ("31/2/2025", "31/2/2025"),
        ("mai", "mai"),
        ("", ""),
    ],
)
def test_days_as_people_write_them(typed, iso):
    assert iso_day(typed) == iso


@pytest.mark.parametrize(
    ("typed", "number"), [("15.000", "15000"), ("15,000 đồng", "15000"), ("8000đ", "8000"), ("x1", "x1")]
)
def test_amounts_as_people_write_them(typed, number):
    assert plain_number(typed) == number


def test_the_echo_says_how_it_was_understood():
    assert echo("date", "3/7/2025", "vi") == "Thứ Năm"
    assert echo("number", "15000", "vi") == "15.000 đồng"
    assert [echo("date", "31/2/2025", "vi"), echo("date", "2025-02-31", "vi"), echo("text", "x", "vi")] == ["", "", ""]


def test_the_stylesheet_loads_nothing():
    sheet = stylesheet()
    assert "kit-paper" in sheet
    assert "url(" not in sheet
    assert "@import" not in sheet
