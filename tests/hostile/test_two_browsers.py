"""Two trainees in two browsers at the published desk, under the policy that the proxy sends as well."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from kit.words import say

pytestmark = pytest.mark.timeout(150)
PATIENCE = 60_000  # milliseconds
NAMES = ("Phạm Thị Một", "Vũ Văn Hai")


def sit_down(browser: Browser, address: str, name: str) -> tuple[Page, list[str]]:
    page, said = browser.new_context(locale="vi-VN").new_page(), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.get_by_label(say("start.name", "vi")).fill(name)
    page.locator(".kit-modes").get_by_text(say("mode.assessed", "vi")).first.click()
    page.locator(".kit-begin").click()
    expect(page.locator(".kit-card").first).to_be_visible(timeout=PATIENCE)
    return page, said


def test_two_trainees_have_two_attempts_and_see_nothing_of_each_other(browser, served):
    (one, said), (two, also) = (sit_down(browser, served.address, name) for name in NAMES)
    for page, other in ((one, NAMES[1]), (two, NAMES[0])):
        assert other not in page.content()
        assert page.context.cookies() == [] or not any(other in str(cookie) for cookie in page.context.cookies())
    codes = [re.search(r"luot=([^&]+)", page.url)[1] for page in (one, two)]
    assert codes[0] != codes[1] and min(map(len, codes)) >= 20
    attempts = {row["trainee"]: row["id"] for row in served.store().attempts()}
    assert attempts[NAMES[0]] != attempts[NAMES[1]]
    two.locator(".kit-wait").click()
    expect(two.locator(".kit-clock b")).not_to_have_text("7:30")
    assert [event.kind for event in served.events(NAMES[0])].count("waited") == 0
    assert not said + also, "the policy allows what the desk does"
    for page in (one, two):
        page.context.close()
