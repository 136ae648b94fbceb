"""JupyterHub in front of a bundle: two users in two browsers, each at a desk of their own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from kit.publish.bundle import publish
from kit.publish.checking import check
from kit.publish.hub import add_hub
from kit.store import EventStore
from kit.store.people import Person, Seat
from tests.desk_setting import PLAN, ROOT, make_home

PROXY = shutil.which("configurable-http-proxy")
PATIENCE = 150_000  # milliseconds
PEOPLE = (Person("hv-001", "Nguyễn Thị Một", "26740"), Person("hv-002", "Trần Văn Hai", "26740"))
SUBCONFIG = """
load_subconfig({config!r})
c.JupyterHub.authenticator_class = "dummy"  # in this test alone: any password
c.JupyterHub.bind_url = "http://127.0.0.1:{port}/"
c.JupyterHub.hub_port = {hub}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
"""
pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(PROXY is None, reason="no configurable-http-proxy (npm) here"),
]


@dataclass(frozen=True)
class Hub:
    """Where the hub is, and what it wrote."""

    address: str
    state: Path
    bundle: Path

    def store(self) -> EventStore:
        return EventStore.at(self.state / "sessions" / "practice" / "attempts.sqlite")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory) -> Path:
    home, out = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("dist") / "hub"
    (home / "requirements.lock").symlink_to(ROOT / "requirements.lock")
    session = make_home(home, replace(PLAN, seats=2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(home))
        store = session.store()
        seats = [Seat(person.code, name, number, "assessed")
                 for person, (number, name) in zip(PEOPLE, store.scripts(), strict=True)]  # fmt: skip
        store.people.add(PEOPLE, seats)
        publish(session, ("79", "Thành phố Hồ Chí Minh"), out)
        add_hub(out)
    return out


@pytest.fixture(scope="module")
def hub(bundle, tmp_path_factory) -> Iterator[Hub]:
    folder = tmp_path_factory.mktemp("hub")
    port, inner, api = ports(3)
    config = SUBCONFIG.format(config=str(bundle / "hub" / "jupyterhub_config.py"), port=port, hub=inner, api=api)
    (folder / "config.py").write_text(config)
    around = {
        **os.environ,
        "KIT_STATE": str(folder / "state"),
        "PYTHONPATH": str(bundle),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with (folder / "hub.log").open("w") as log:
        words = [sys.executable, "-m", "jupyterhub", "-f", str(folder / "config.py")]
        server = subprocess.Popen(words, cwd=folder, env=around, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/hub/login", server, folder / "hub.log")
        yield Hub(f"http://127.0.0.1:{port}/", folder / "state", bundle)
    finally:
        server.terminate()
        server.wait(90)


def ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    found = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return found


def wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.3)
    pytest.fail(log.read_text()[-4000:])


def log_in(browser: Browser, hub: Hub, name: str) -> Page:
    page = browser.new_context(locale="vi-VN").new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(hub.address)
    page.locator("#username_input").fill(name)
    page.locator("#password_input").fill("x" * 20)
    page.locator("input[type=submit]").click()
    return page


def test_two_users_sit_at_their_own_desks_and_reach_no_other(browser, hub):
    pages = {}
    for person in PEOPLE:
        page = pages[person.code] = log_in(browser, hub, person.code)
        expect(page.get_by_text(person.name).first).to_be_visible(timeout=PATIENCE)
        page.locator(".kit-begin-seat button, button.kit-begin-seat").first.click()
        expect(page.locator(".kit-card").first).to_be_visible(timeout=PATIENCE)
    assert {row["person"] for row in hub.store().attempts()} == {person.code for person in PEOPLE}
    one = pages[PEOPLE[0].code]
    assert PEOPLE[1].name not in one.content()
    answer = one.goto(f"{hub.address}user/{PEOPLE[1].code}/")
    assert answer is not None
    assert answer.status in (403, 404)
    for page in pages.values():
        page.context.close()


def test_somebody_who_is_not_on_the_roster_does_not_come_in(browser, hub):
    page = log_in(browser, hub, "hv-999")
    expect(page.locator(".login_error, #login-main .text-danger, .alert").first).to_be_visible(timeout=PATIENCE)
    assert "/hub/login" in page.url
    page.context.close()


def test_the_bundle_with_its_hub_passes_the_check(bundle):
    assert check(bundle) == []
    assert "DummyAuthenticator" not in (bundle / "hub" / "jupyterhub_config.py").read_text()
