"""JupyterHub in front of a bundle, as a province starts it: by the bundle's own configuration, without the project."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import websocket
from playwright.sync_api import Browser, BrowserContext, Page

from kit.store import EventStore
from tests.browser.answering import wait_for
from tests.hostile.served import clean_python
from tests.warm import soon

PROXY = shutil.which("configurable-http-proxy")
SESSION = "practice"
PATIENCE = 150_000  # milliseconds
KERNEL = re.compile(r'"kernelId":\s*"([0-9a-f-]{36})"')
# The bundle's own, with what only this test may have: any password is right, ports of its own, little patience.
CONFIG = """
load_subconfig({config!r})
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.bind_url = "http://127.0.0.1:{ports[0]}/"
c.JupyterHub.hub_port = {ports[1]}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
c.Spawner.args = ["--HubVoila.empty_seconds=20"]
c.Spawner.poll_interval = 5
"""


@dataclass(frozen=True)
class Hub:
    """Where the hub is, and what it writes."""

    address: str
    store: EventStore
    log: Path
    process: psutil.Process

    def of(self, code: str) -> str:
        """The address of a user's own server."""
        return f"{self.address}user/{code.lower()}/"

    def servers(self, code: str) -> list[psutil.Process]:
        """The process that serves a user, first, and all that came of it."""
        mine = [one for one in self.process.children() if one.environ().get("JUPYTERHUB_USER") == code.lower()]
        return [process for one in mine for process in (one, *one.children(recursive=True))]


@contextmanager
def running(bundle: Path, folder: Path, url: str, ports: list[int]) -> Iterator[Hub]:
    """Start the hub on three free ports and end it with all that it started."""
    config, log = bundle / "hub" / "jupyterhub_config.py", folder / "hub.log"
    (folder / "config.py").write_text(CONFIG.format(config=str(config), ports=ports))
    around = {"PATH": os.environ["PATH"], "HOME": str(folder / "nobody"), "LANG": "C.UTF-8", "NO_COLOR": "1",
              "KIT_STATE": str(folder / "state"), "KIT_STORE": url,
              "JUPYTER_PATH": f"{sys.prefix}/share/jupyter"}  # fmt: skip
    words = [clean_python(folder / "clean"), "-m", "jupyterhub", "-f", str(folder / "config.py")]
    with log.open("w") as out:
        server = subprocess.Popen(words, cwd=folder, env=around, stdout=out, stderr=out)
    try:
        wait_for(f"http://127.0.0.1:{ports[0]}/hub/login", server, log, seconds=90)
        yield Hub(f"http://127.0.0.1:{ports[0]}/", EventStore(url, SESSION), log, psutil.Process(server.pid))
    finally:
        started = psutil.Process(server.pid).children(recursive=True)
        server.terminate()
        server.wait(90)
    assert soon(lambda: not any(one.is_running() for one in started)), started


def log_in(browser: Browser, hub: Hub, name: str) -> Page:
    """A browser of its own in which somebody has typed name and password."""
    page = browser.new_context(locale="vi-VN").new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(hub.address)
    page.locator("#username_input").fill(name)
    page.locator("#password_input").fill("x" * 20)
    page.locator("input[type=submit]").click()
    return page


def cookies(context: BrowserContext, server: str) -> str:
    """All cookies of a browser as one header, whatever their path; a user's server's is called as another's."""
    own = re.compile("^jupyterhub-user-.*")
    return "; ".join(f"{own.sub(f'jupyterhub-user-{server}', one['name'])}={one['value']}" for one in context.cookies())


def kernel_of(page: Page) -> str:
    """The id of the kernel behind a page."""
    found = KERNEL.search(page.content())
    assert found
    return found[1]


def status(method: str, address: str, cookie: str) -> int:
    """What an address answers first, redirects not followed."""
    parts = urlsplit(address)
    wire = HTTPConnection(parts.netloc, timeout=60)
    wire.request(method, parts.path, headers={"Cookie": cookie, "Origin": f"http://{parts.netloc}"})
    answer = wire.getresponse().status
    wire.close()
    return answer


def channel(address: str, kernel: str, cookie: str) -> websocket.WebSocket:
    """A websocket to a kernel; `websocket.WebSocketBadStatusException` where it is refused."""
    place = f"{address.replace('http', 'ws', 1)}api/kernels/{kernel}/channels"
    return websocket.create_connection(place, timeout=60, cookie=cookie, origin=f"http://{urlsplit(address).netloc}")
