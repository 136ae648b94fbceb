"""The browser of the tests shows Vietnamese, stays on this computer, and tells when a page tries to leave."""

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEAVES = "<img src='http://anh.example/a.png'>"
REDIRECTS = "<img src='/away'>"
WIDTH = """font => {
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = `16px ${font}, sans-serif`;
  return pen.measureText('Ủy ban nhân dân phường').width;
}"""
OPENS_SOCKET = "<script>new WebSocket('ws://nghe.example/')</script>"


class Pages(BaseHTTPRequestHandler):
    """`/` shows the server's text; `/away` sends the browser elsewhere."""

    def do_GET(self):
        away = self.path == "/away"
        self.send_response(302 if away else 200)
        self.send_header(
            "Location" if away else "Content-Type",
            "http://xa.example/" if away else "text/html; charset=utf-8",
        )
        self.end_headers()
        self.wfile.write(self.server.text.encode())

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def serve(free_port):
    server = ThreadingHTTPServer(("127.0.0.1", free_port), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def show(text):
        server.text = text
        return f"http://127.0.0.1:{free_port}/"

    yield show
    server.shutdown()
    server.server_close()


def test_a_page_of_this_computer(page, serve):
    page.goto(serve("<h1>Phường Sài Gòn</h1>"))
    assert page.inner_text("h1") == "Phường Sài Gòn"
    assert page.evaluate("[innerWidth, innerHeight, navigator.language]") == [1366, 768, "vi-VN"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be told which fonts there are")
def test_every_text_is_wide(page):
    wide, *others = (page.evaluate(WIDTH, font) for font in ("DejaVu Sans", "Liberation Sans", "Arial", "sans-serif"))
    assert others == [wide] * 3 and wide != page.evaluate(WIDTH, "DejaVu Sans Mono")


@pytest.mark.parametrize("window", ["first", "second"])
def test_every_window_is_fresh(page, serve, window):
    page.goto(serve("<p>"))
    assert page.evaluate("localStorage.length") == 0
    page.evaluate("localStorage.setItem('a', '1')")


INNER = f"""
import pytest
from tests.browser.test_browser_fixture import serve
from tests.conftest import browser, free_port, page

@pytest.mark.parametrize("text", {[LEAVES, REDIRECTS, OPENS_SOCKET]!r})
def test_leaving(page, serve, text):
    page.goto(serve(text))
    page.wait_for_timeout(200)
"""


def test_leaving_this_computer_is_a_failure(tmp_path):
    done = run_inner(tmp_path)
    for address in ("http://anh.example/a.png", "http://xa.example/", "ws://nghe.example/"):
        assert f"beyond this computer: ['{address}']" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize(("ci", "word", "status"), [("true", "CI=true and no browser", 1), ("", "3 skipped", 0)])
def test_a_missing_browser_fails_on_a_build_server_and_is_skipped_elsewhere(tmp_path, ci, word, status):
    done = run_inner(tmp_path, CI=ci, PATH=str(tmp_path))
    assert word in done.stdout
    assert "apt-get install chromium-headless-shell" in done.stdout
    assert done.returncode == status


def run_inner(folder, **environment):
    """A run of pytest of its own over one file with INNER."""
    (folder / "test_inner.py").write_text(INNER, encoding="utf-8")
    plugins = [f"-pno:{name}" for name in ("cacheprovider", "xdist", "nbval", "hypothesispytest")]
    settings = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), "-o", "addopts=", "-rs"]
    inner = {
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *settings, str(folder / "test_inner.py")],
        env={**inner, **environment}, cwd=folder, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
