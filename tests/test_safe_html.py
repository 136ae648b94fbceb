"""Whatever a person types, it arrives on screen as text."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from kit import safe_html

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "</p></div><iframe srcdoc='<b>'></iframe>",
    "javascript:alert(1)",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "{{7*7}} ${7*7} {name}",
    "{0.__class__} {value.__class__.__mro__}",
    "Nguyễn \u202eXÓA\u202c Văn \u2067A\u2069",
    "ti\u200bền \ufeffan\u200dtoàn\x00\x1b[31m",
    "<!--",
    "]]>",
    "&lt;b&gt;",
    "&#x3c;script&#x3e;",
    "%3Cscript%3E",
)


UNSEEN = (0x202A, 0x202E, 0x2066, 0x2069, 0x200B, 0x200D, 0x2060, 0xFEFF, 0x00, 0x1B, 0x9F, 0xD800)
LINKS = ("javascript:alert(1)", " JaVa\tScript:x", "data:text/html,x", "//evil.example", "x y", "")
DANGEROUS = (
    "<p title={x}>",
    '<p class="{x}" title={x}>',
    '<p onclick="go({x})">',
    '<p onclick="{x},{x}">',
    '<p style="color:{x}">',
    "<script>{x}</script>",
    "<style>{x}",
)


class Reading(HTMLParser):
    """What a browser would make of the HTML: its tags, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(str(html))  # a Markup would escape again what the parser unescapes
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_text_between_tags_and_in_attributes(value: str) -> None:
    read = Reading(safe_html.fill('<p title="{value}">{value}</p>', value=value))
    assert read.tags == ["p"]
    assert read.attributes == [("title", safe_html.clean(value))]
    assert read.text == safe_html.clean(value)


@given(st.text())
def test_any_text_is_one_text_node(value: str) -> None:
    read = Reading(safe_html.fill('<p title="{value}">{value}</p>', value=value))
    assert read.tags == ["p"] and read.text == safe_html.clean(value)


@pytest.mark.parametrize("code", UNSEEN)
def test_characters_nobody_sees_are_removed(code: int) -> None:
    assert safe_html.clean(f"a{chr(code)}b") == "ab"


def test_vietnamese_lines_and_numbers_stay() -> None:
    assert safe_html.clean("Phường Sài Gòn\n\tđường Lê Thánh Tôn") == "Phường Sài Gòn\n\tđường Lê Thánh Tôn"
    assert safe_html.clean("Vie\u200b\u0323\u0302t\r\n") == "Việt\n"
    assert safe_html.clean("Vie\u0323\u0302t") == "Việt"
    assert safe_html.escape(12) == "12" and safe_html.escape(None) == ""


def test_long_text_is_cut() -> None:
    assert len(safe_html.clean("x" * 20_000)) == 20_000 and "…" not in safe_html.clean("x" * 20_000)
    assert len(safe_html.clean("x" * 30_000)) == 20_000 and safe_html.clean("x" * 30_000).endswith("…")


def test_only_markup_is_trusted() -> None:
    class Pretender:
        def __html__(self) -> str:
            return "<script>"

        def __str__(self) -> str:
            return "<b>"

    assert safe_html.fill("{x}", x=Markup("<b>")) == "<b>"
    assert safe_html.fill("{x}", x=Pretender()) == "&lt;b&gt;"


def test_join_escapes_each_part() -> None:
    assert safe_html.join(["<a>", Markup("<b>")], "<br>") == "&lt;a&gt;<br><b>"


@pytest.mark.parametrize("address", LINKS)
def test_a_link_leads_nowhere_dangerous(address: str) -> None:
    assert safe_html.fill('<a href="{to}">x</a>', to=address) == '<a href="#">x</a>'
    assert safe_html.attributes({"href": address}) == ' href="#"'


def test_a_decent_link_stays() -> None:
    assert safe_html.fill('<a href="{to}">x</a>', to="https://a.example/?b=1&c=2").count("&amp;") == 1


@pytest.mark.parametrize("template", DANGEROUS)
def test_a_template_with_a_dangerous_place_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"quoted|browser runs"):
        safe_html.fill(template, x="1")


@pytest.mark.parametrize("name", ["onclick", "style", "srcdoc", "a b", "x>", ""])
def test_an_attribute_that_runs_code_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not an attribute"):
        safe_html.attributes({name: "1"})


def test_attributes_are_quoted_and_none_is_left_out() -> None:
    assert safe_html.attributes({"class": 'a"b', "id": None}) == ' class="a&#34;b"'


def test_a_missing_value_is_told_and_an_equals_sign_in_text_is_not_an_attribute() -> None:
    with pytest.raises(KeyError):
        safe_html.fill("{a}")
    assert safe_html.fill("<p>1 + 1 = {a}</p>", a=2) == "<p>1 + 1 = 2</p>"
