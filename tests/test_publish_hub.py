"""JupyterHub in front of a bundle: two users in two browsers, each at a desk of their own, one PostgreSQL for both."""

import runpy
import sys
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from pathlib import Path

import pytest
import websocket
import yaml
from playwright.sync_api import Page, expect
from traitlets.config import Config

from kit.publish.bundle import publish
from kit.publish.checking import check
from kit.publish.hardening import HEADERS
from kit.publish.hub import add_hub
from kit.store.people import Person, Seat
from tests.desk_setting import PLAN, ROOT, make_home
from tests.hub_server import PATIENCE, PROXY, Hub, channel, cookies, kernel_of, log_in, running, status
from tests.nginx_front import ports
from tests.places import a_server  # noqa: F401 - a fixture
from tests.warm import gone, soon

ONE, TWO = Person("HV-001", "Nguyễn Thị Một", "26740"), Person("HV-002", "Trần Văn Hai", "26740")
MOST_MB = 300  # of a user's server with one page open; docs/sizing.md reckons with 240
NEEDS = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(PROXY is None, reason="no configurable-http-proxy here (npm install configurable-http-proxy)"),
]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory) -> Path:
    home, out = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("dist") / "hub"
    (home / "requirements.lock").symlink_to(ROOT / "requirements.lock")
    session = make_home(home, replace(PLAN, seats=2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(home))
        store = session.store()
        seats = [Seat(person.code, name, number, "assessed")
                 for person, (number, name) in zip((ONE, TWO), store.scripts(), strict=True)]  # fmt: skip
        store.people.add([ONE, TWO], seats)
        publish(session, ("79", "Thành phố Hồ Chí Minh"), out)
        add_hub(out)
    return out


@pytest.fixture(scope="module")
def hub(bundle, server, tmp_path_factory) -> Iterator[Hub]:
    with running(bundle, tmp_path_factory.mktemp("hub"), server.url, ports(3)) as hub:
        yield hub


@pytest.fixture(scope="module")
def pages(browser, hub) -> Iterator[dict[Person, Page]]:
    """Both at work, each in a browser of their own."""
    found = {person: log_in(browser, hub, person.code) for person in (ONE, TWO)}
    for person, page in found.items():
        expect(page.get_by_text(person.name).first).to_be_visible(timeout=PATIENCE)
        page.locator(".kit-begin-seat").first.click()
        expect(page.locator(".kit-work")).to_be_visible(timeout=PATIENCE)
    yield found
    for page in found.values():
        page.context.close()


class TestBehindTheHub:
    pytestmark = NEEDS

    def test_two_users_work_in_one_store_and_see_nothing_of_each_other(self, pages, hub):
        assert {row["person"]: row["trainee"] for row in hub.store.attempts()} == {p.code: p.name for p in (ONE, TWO)}
        assert TWO.name not in pages[ONE].content() and ONE.name not in pages[TWO].content()
        for row in hub.store.attempts():
            assert {event.actor for event in hub.store.read(row["id"])} - {"kit"} == {row["person"]}

    def test_a_users_server_takes_the_memory_that_the_sizing_reckons_with(self, pages, hub):
        taken = [one.memory_full_info().pss / 1e6 for one in hub.servers(TWO.code)]
        print("a user's server, its template, a page's kernel:", *(f"{one:.0f} MB" for one in taken))
        assert sum(taken) < MOST_MB

    def test_anothers_code_in_the_address_opens_ones_own_seats(self, pages, hub):
        token = next(row["token"] for row in hub.store.attempts() if row["person"] == ONE.code)
        page = pages[TWO].context.new_page()
        page.goto(f"{hub.of(TWO.code)}?luot={token}")
        expect(page.get_by_text(TWO.name).first).to_be_visible(timeout=PATIENCE)
        assert page.locator(".kit-work").count() == 0 and ONE.name not in page.content()
        page.goto("about:blank")
        page.close()

    def test_nobody_reaches_anothers_server_by_the_proxy_or_past_it(self, pages, hub):
        kernel = kernel_of(pages[ONE])
        port = next(one.laddr.port for one in hub.servers(ONE.code)[0].net_connections() if one.status == "LISTEN")
        own, at_home = cookies(pages[TWO].context, TWO.code.lower()), f"{hub.of(TWO.code)}api/kernels/"
        assert status("GET", at_home + kernel_of(pages[TWO]), own) == 200, "one's own server lets these cookies in"
        stolen = cookies(pages[TWO].context, ONE.code.lower())
        for cookie in ("", own, stolen):
            for place in (hub.of(ONE.code), f"http://127.0.0.1:{port}/user/{ONE.code.lower()}/"):
                assert status("GET", place, cookie) in (302, 403)
                assert status("GET", f"{place}api/kernels/{kernel}", cookie) in (302, 403)
                assert status("POST", f"{place}voila/api/shutdown/{kernel}", cookie) in (302, 403)
                with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
                    channel(place, kernel, cookie)
        channel(hub.of(ONE.code), kernel, cookies(pages[ONE].context, ONE.code.lower())).close()

    @pytest.mark.parametrize("way", ["hub/admin", "hub/api/users", "hub/api/users/hv-001", "hub/spawn/hv-001",
                                     "hub/api/proxy"])  # fmt: skip
    def test_the_hub_shows_a_trainee_nothing_of_others(self, way, pages, hub):
        assert status("GET", f"{hub.address}{way}", cookies(pages[TWO].context, TWO.code.lower())) in (403, 404)

    def test_each_server_is_the_hardened_one_of_the_bundle(self, pages, hub, bundle):
        answer = pages[TWO].reload()
        assert answer
        assert {name: answer.headers[name.lower()] for name in HEADERS} == HEADERS
        around = hub.servers(TWO.code)[0].environ()
        assert (around["KIT_HOME"], around["PYTHONPATH"].split(":")[0]) == (str(bundle), str(bundle))
        assert "has no version header" not in hub.log.read_text()

    def test_somebody_who_is_not_on_the_roster_does_not_come_in(self, browser, hub):
        page = log_in(browser, hub, "hv-999")
        expect(page.locator(".login_error")).to_be_visible(timeout=PATIENCE)
        assert "/hub/login" in page.url
        page.context.close()

    def test_a_server_whose_user_has_gone_ends_and_comes_back_when_asked(self, pages, hub):
        (one, *_), (two, *_) = hub.servers(ONE.code), hub.servers(TWO.code)
        pages[TWO].goto("about:blank")
        assert soon(lambda: gone(two.pid), 150) and not gone(one.pid)
        pages[TWO].goto(hub.address)
        expect(pages[TWO].get_by_text(TWO.name).first).to_be_visible(timeout=PATIENCE)


def test_the_bundle_with_its_hub_passes_the_check_and_names_libraries_and_people(bundle):
    assert check(bundle) == []
    assert "DummyAuthenticator" not in (bundle / "hub" / "jupyterhub_config.py").read_text()
    assert "\njupyterhub==" in (bundle / "requirements.txt").read_text()
    values = yaml.safe_load((bundle / "hub" / "values.yaml").read_text())
    assert values["hub"]["config"]["Authenticator"] == {"allow_all": False, "allowed_users": ["hv-001", "hv-002"]}


@pytest.mark.parametrize("named", ["", "/nowhere/proxy --log-level=error"])
def test_a_hub_without_its_proxy_says_so_in_both_languages(named, bundle, monkeypatch):
    monkeypatch.setenv("KIT_HUB_PROXY", named)
    monkeypatch.setenv("PATH", "/nowhere")
    for name in ("path", "dont_write_bytecode"):  # which the configuration changes
        monkeypatch.setattr(sys, name, copy(getattr(sys, name)))
    with pytest.raises(SystemExit) as no:
        runpy.run_path(str(bundle / "hub" / "jupyterhub_config.py"), {"get_config": Config})
    vi, en = str(no.value).splitlines()
    wanted = named.partition(" ")[0] or "configurable-http-proxy"
    assert wanted in vi and f"There is no program {wanted}; install it" in en


def test_a_hub_with_its_proxy_is_configured(bundle, tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_HUB_PROXY", f"{sys.executable} --quick")
    monkeypatch.setenv("KIT_STATE", str(tmp_path))
    monkeypatch.delenv("KIT_STORE", raising=False)
    for name in ("path", "dont_write_bytecode"):  # which the configuration changes
        monkeypatch.setattr(sys, name, copy(getattr(sys, name)))
    made = runpy.run_path(str(bundle / "hub" / "jupyterhub_config.py"), {"get_config": Config})
    assert made["c"].ConfigurableHTTPProxy.command == [sys.executable, "--quick"]
