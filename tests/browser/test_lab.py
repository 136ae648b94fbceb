"""JupyterLab as `kit lab` opens it: the start page, the cards' notebooks, and nothing asked of the network."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import pytest
import yaml

from kit import home
from kit.lab import CARDS, START

pytestmark = pytest.mark.browser


@pytest.fixture
def lab(free_port, tmp_path):
    """The address of a JupyterLab that `kit lab` started, its own files in a folder of their own."""
    own = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR")}
    words = [sys.executable, "-m", "kit", "lab", f"--port={free_port}", "--", "--no-browser", "--allow-root",
             "--IdentityProvider.token=t"]  # fmt: skip
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(words, env={**os.environ, **own}, cwd=home.home(), stdout=log, stderr=log)
    address = f"http://127.0.0.1:{free_port}"
    for _ in range(600):
        with suppress(OSError):
            urllib.request.urlopen(f"{address}/api/status?token=t", timeout=5).close()
            break
        assert server.poll() is None, (tmp_path / "log").read_text()
        time.sleep(0.1)
    yield address
    server.send_signal(signal.SIGKILL)
    server.wait()


@pytest.mark.timeout(300)
def test_it_opens_on_the_start_page(lab, page):
    page.goto(f"{lab}/?token=t")
    page.get_by_role("heading", name="Bộ công cụ diễn tập").wait_for(timeout=120_000)
    assert page.get_by_text("chỉ để tham khảo").is_visible()
    assert page.get_by_text("Would you like to get notified").count() == 0


def test_every_card_and_every_link_of_the_start_page_opens_something_that_exists():
    cards = yaml.safe_load((CARDS / "jp_app_launcher_kit.yaml").read_text(encoding="utf-8"))
    paths = [source["args"]["path"] for card in cards for source in card["source"]]
    text = (home.home() / START).read_text(encoding="utf-8")
    assert [path for path in paths if not (home.home() / path).is_file()] == []
    assert [path for path in paths if path != START and f"({path.split('/')[-1]})" not in text] == []
    linked = re.findall(r"\]\(([\w./-]+)\)", text)
    assert len(linked) > 4 and [name for name in linked if not (home.notebooks() / name).is_file()] == []
