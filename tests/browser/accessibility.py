"""What the tests of accessibility share: axe-core's findings, what is out of reach on a small screen, the keyboard."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

HEAVY = ("serious", "critical")
REPEATED = ".kit-line:nth-child(n + 8), .kit-list > :nth-child(n + 10), .kit-month ~ .kit-month"
SETTLING = 3_000  # milliseconds in which a page is laid out for a window of another size
# axe cannot see through gradients, pictures and what lies above; so they go, and the lightest of a gradient stays.
PLAIN = """.kit-header, .kit-plain-bar { background: #a92a22 !important } .kit-hero { background: #fdf7ec !important }
select { background-image: none !important } .kit-cover, .watermark { visibility: hidden !important }"""
WIDEST = """Math.max(document.documentElement.scrollWidth,
 (document.querySelector('#rendered_cells') || document.body).scrollWidth)"""
# Every control that is shown can be brought into sight and lies on top there.
HIDDEN_CONTROLS = """() => Array.from(document.querySelectorAll('a[href], button, input, select, textarea, summary'))
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && !one.closest('.kit-skip'))
  .filter(one => {
    one.scrollIntoView({block: 'center', inline: 'nearest'});
    const box = one.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 40) / 2);
    const name = one.labels && Array.from(one.labels).some(label => label.contains(top));
    return !(top && (one.contains(top) || top.contains(one) && top.matches('label') || name));
  }).map(one => one.outerHTML.slice(0, 200))"""
FOCUS_IS_SEEN = """() => {
  const one = document.activeElement;
  const drawn = [one, one.closest('.kit-card, label')].filter(Boolean).map(part => getComputedStyle(part));
  return one.matches(':focus-visible') &&
    drawn.some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
}"""

IS_AT = """([selector, text]) => {
  const one = document.activeElement;
  return one.matches(selector) && (one.closest('label') || one).textContent.includes(text);
}"""


def heavy_faults(page: Page, leaving: str = REPEATED) -> list[str]:
    """What axe-core calls serious or critical on the page as it stands: rule, element and message.

    `leaving`: what is not looked at, where many more of the same would only take time.
    """
    handle = page.add_style_tag(content=PLAIN)
    found: dict[str, Any] = Axe().run(page, {"exclude": [[leaving]]}).response
    handle.evaluate("style => style.remove()")
    return [_told(fault, node) for fault in found["violations"] if fault["impact"] in HEAVY for node in fault["nodes"]]


def _told(fault: dict[str, Any], node: dict[str, Any]) -> str:
    why = "; ".join(one["message"] for one in (*node["any"], *node["all"], *node["none"]))
    return f"{fault['id']}: {node['html'][:160]}: {why[:200]}"


def out_of_reach(page: Page) -> list[str]:
    """The controls that cannot be brought into sight, and how far the page runs out of its window."""
    return [*too_wide(page), *page.evaluate(HIDDEN_CONTROLS)]


def too_wide(page: Page) -> list[str]:
    """How far the page runs out of its window, once it is laid out for it: nothing, or the one width."""
    width = (page.viewport_size or {})["width"]
    for _ in range(SETTLING // 100):  # from outside: the page's policy lets nobody wait inside it
        inner, wide = page.evaluate(f"[window.innerWidth, {WIDEST}]")
        if inner == width >= wide:
            return []
        page.wait_for_timeout(100)
    return [f"{wide} px wide"]


class Keys:
    """Somebody who has no mouse: goes on with Tab, and is where the focus is. Each stop must be seen."""

    MOST = 150  # stops on a page

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, selector: str, text: str = "", back: bool = False) -> "Keys":
        """Press Tab (Shift+Tab) until the focus is on what fits the selector and holds the text."""
        for _ in range(self.MOST):
            if self._is_at(selector, text):
                assert self.page.evaluate(FOCUS_IS_SEEN), f"nobody sees the focus on {selector}"
                return self
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab never comes to {selector} {text}")

    def press(self, *keys: str) -> "Keys":
        """Press keys where the focus is."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, text: str) -> "Keys":
        """Type a text where the focus is."""
        self.page.keyboard.type(text)
        return self

    def _is_at(self, selector: str, text: str) -> bool:
        return bool(self.page.evaluate(IS_AT, [selector, text]))
