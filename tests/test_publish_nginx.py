"""The bundle's own nginx.conf in a real nginx: TLS, a desk at work, headers, limits, and logs without codes."""

import asyncio
import ssl
from collections import Counter
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse

from kit.publish.hardening import HEADERS
from kit.words import say
from tests.nginx_front import NGINX, Front, before

PEOPLE = 8  # at once; whoever comes then is answered 503 by the desk itself
AT_ONCE, WAITING = 41, 110  # what nginx.conf lets through at once, and what waits after that
CODE = "MOT-MA-BI-MAT"
PATIENCE = 60_000  # milliseconds
pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(NGINX is None, reason="no nginx here; on Debian: apt-get install nginx-light"),
]


@pytest.fixture(scope="module")
def front(tmp_path_factory) -> Iterator[Front]:
    with before(tmp_path_factory.mktemp("nginx"), PEOPLE) as front:
        yield front


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser that takes the test's certificate."""
    context = browser.new_context(locale="vi-VN", ignore_https_errors=True)
    yield context.new_page()
    context.close()


def answers(*addresses: str) -> list[HTTPResponse]:
    """What each says, redirects not followed."""

    async def ask() -> list[HTTPResponse]:
        fetch = AsyncHTTPClient(force_instance=True).fetch
        how = {"validate_cert": False, "follow_redirects": False, "request_timeout": 60}
        return [await fetch(HTTPRequest(one, **how), raise_error=False) for one in addresses]

    return apart(ask())


def rush(address: str, count: int, seconds: float) -> Counter[str]:
    """How often each status is answered within a time when so many ask for a page at once; "" for none."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    parts = urlsplit(address)

    async def one() -> str:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port, ssl=context)
        writer.write(f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        try:
            return (await asyncio.wait_for(reader.readline(), seconds)).decode().split()[1]
        except TimeoutError:
            return ""
        finally:
            writer.transport.abort()

    async def all_at_once() -> Counter[str]:
        return Counter(await asyncio.gather(*(one() for _ in range(count))))

    return apart(all_at_once())


def apart(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run it in a thread: the browser's event loop runs in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def test_headers_stand_on_a_page_once_and_elsewhere_too(front):
    for one in answers(f"{front.address}?luot={CODE}", f"{front.address}voila/static/voila.js", f"{front.address}no"):
        assert {name: one.headers.get_list(name) for name in HEADERS} == {
            name: [text] for name, text in HEADERS.items()
        }
        assert one.headers.get_list("Strict-Transport-Security") == ["max-age=31536000"]
        assert one.headers.get_list("Server") == ["nginx"], "no version"


def test_what_a_desk_does_not_need_is_not_there_and_plain_http_is_sent_to_tls(front):
    asked = (
        "voila/tree",
        "voila/files/desk.ipynb",
        "api/contents",
        "api/terminals",
        "api/kernelspecs",
        "manifest.json",
    )
    assert {one.code for one in answers(*(front.address + way for way in asked))} == {404}
    (plain,) = answers(f"{front.plain}?luot=x")
    assert (plain.code, plain.headers["Location"]) == (301, "https://127.0.0.1/?luot=x")


def test_a_trainee_works_through_it(front, page):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(front.address)
    page.set_default_timeout(PATIENCE)
    page.get_by_label(say("start.name", "vi")).fill("Lê Thị Hoa")
    page.locator(".kit-begin").click()
    expect(page.locator(".kit-work")).to_be_visible(timeout=PATIENCE)
    assert not complaints


def test_too_many_pages_from_one_address_are_refused_and_no_log_holds_a_code(front):
    found = rush(f"{front.address}?ma={CODE}", AT_ONCE + WAITING + 100, 10)
    print(found)
    assert found["429"] >= 20, "refused by nginx"
    assert found["503"] >= AT_ONCE - PEOPLE, "let through at once, and refused by the desk, which is full"
    assert found["200"] <= PEOPLE and found[""] >= 10, "waits"
    logs = [front.folder / name for name in ("rehearsal.log", "rehearsal-error.log", "start.log", "nginx.log")]
    assert "429" in logs[0].read_text()
    assert not [log.name for log in logs if CODE in log.read_text()]


def test_nothing_was_written_into_the_home_of_the_services_account(front):
    assert (front.folder / "state" / "data").is_dir() and not (front.folder / "nobody").exists()
