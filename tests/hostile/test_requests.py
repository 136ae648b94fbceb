"""What the server refuses: code, other origins, files, names of notebooks, templates."""

import re
import time
from http.client import HTTPConnection
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import psutil
import pytest
import websocket

from tests.hostile.wire import Wire, opened

pytestmark = pytest.mark.timeout(120)
REFUSED = {
    "execute_request": {"code": "open('pwned', 'w').write('x')", "silent": False, "store_history": False,
                        "user_expressions": {}, "allow_stdin": False, "stop_on_error": True},
    "complete_request": {"code": "os.", "cursor_pos": 3},
    "inspect_request": {"code": "open", "cursor_pos": 4, "detail_level": 1},
    "history_request": {"output": True, "raw": True, "hist_access_type": "tail", "n": 100},
}  # fmt: skip
PATHS = (
    "/voila/files/desk.ipynb", "/voila/files/../voila.json", "/voila/files/%2e%2e/voila.json", "/voila.json",
    "/voila/files/..%2fsession/people.json", "/session/people.json", "/manifest.json", "/run.py", "/voila/files/",
    "/voila/static/etc/passwd", "/voila/static/..%2f..%2f..%2fetc/passwd", "/static/etc/passwd", "/etc/passwd",
    "/voila/templates/kit/../../../session/people.json", "/voila/labextensions/..%2f..%2fsession/people.json",
    "/voila/tree", "/voila/render/desk.ipynb", "/voila/render/../run.py", "/voila/api/contents", "/api/contents",
    "/api/contents/desk.ipynb", "/api/terminals", "/api/sessions", "/api/kernelspecs", "/lab", "/tree", "/metrics",
    "/voila/files/%00", "/voila/files/desk.ipynb%00.png", "/voila/files/d%D0%B5sk.ipynb", "/voila/files/" + "a" * 4000,
    "/voila/files/CON", "/voila/files/C:%5Cwindows", "//etc/passwd", "/voila/files/%252e%252e/voila.json",
)  # fmt: skip
SECRET_WORDS = re.compile(r"root:|MappingKernelManager|rehearsal-kit-bundle|invitation|open_desk|Traceback")


@pytest.mark.parametrize("kind", REFUSED)
def test_a_request_that_could_run_or_read_code_is_never_answered(kind, served):
    _, kernel = opened(served.address)
    wire = Wire(served.address, kernel)
    number = wire.send(kind, REFUSED[kind])
    assert wire.alive()  # what came after it was answered
    assert not [one for one in wire.heard if one["parent_header"].get("msg_id") == number]
    assert not list(served.state.rglob("pwned"))
    assert not list(served.bundle.rglob("pwned"))
    wire.close()


def test_another_origin_gets_no_websocket(served):
    _, kernel = opened(served.address)
    place = served.address.replace("http", "ws", 1) + f"api/kernels/{kernel}/channels"
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        websocket.create_connection(place, timeout=10, origin="http://evil.example")


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_to_a_file(path, served):
    """The path goes out as it is, which a well-behaved client would not do."""
    status, body = answered(served.address, path)
    assert status in (302, 400, 403, 404, 405, 414, 431, 500), body[:300]
    assert not SECRET_WORDS.search(body)


def answered(address: str, path: str) -> tuple[int, str]:
    """(status, body) of a path that is sent as it is."""
    where = urlsplit(address)
    connection = HTTPConnection(where.hostname, where.port, timeout=20)
    connection.putrequest("GET", path)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, body


@pytest.mark.parametrize(
    "query", ["?template=nosuch", "?template=base&theme=dark", "?voila-theme=dark", "?parameters={}"]
)
def test_a_query_changes_neither_template_nor_parameters(query, served):
    began = time.monotonic()
    page, _ = opened(served.address, query.replace("{", "%7B").replace("}", "%7D"))
    assert "kit-app" in page
    assert "jp-theme-dark" not in page
    assert time.monotonic() - began < 30


def test_nobody_ends_the_kernel_of_somebody_else_without_knowing_it(served):
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(served.address + "voila/api/shutdown/00000000-0000-0000-0000-000000000000", method="POST"),
                timeout=20)  # fmt: skip
    assert refused.value.code in (400, 403, 404, 405, 500)


def test_every_page_carries_the_policy(served):
    with urlopen(served.address, timeout=60) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src-attr 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_that_nobody_looks_at_leave_no_kernel_behind(served):
    """Like a crawler: pages without a websocket. Their kernels end by themselves, soon."""
    for _ in range(15):
        opened(served.address)
    most = len(kernels(served.server.pid))
    assert most >= 10
    limit = time.monotonic() + 40
    while len(kernels(served.server.pid)) > most - 10 and time.monotonic() < limit:
        time.sleep(0.5)
    assert len(kernels(served.server.pid)) <= most - 10


def kernels(server: int) -> list[psutil.Process]:
    return psutil.Process(server).children(recursive=True)
