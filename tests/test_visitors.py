"""Visitors of one page: each has a kernel of their own, forked from one that has run the notebook already."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from kit import kernels
from tests.visiting import Refused, Visitor
from tests.warm import gone, soon

pytestmark = [
    pytest.mark.skipif(not kernels.fork_exists(), reason="this system cannot fork"),
    pytest.mark.timeout(300),  # on a busy machine a template takes its time
]
ROOT = Path(__file__).resolve().parents[1]
FORK = "kit.kernels.visitors.mother"
PAGE = """import os, random, sqlite3, beside
from ipywidgets import Button, Label, Text, VBox
from kit.kernels.visitors import on_arrival
page = VBox([Label(beside.WORD)])
dice = random.Random(7)  # Python itself gives forks another `random`, but not another one of these
print("drawn"); print("once")

def furnish():
    if "fail" in os.environ["QUERY_STRING"]:
        raise RuntimeError("SECRET")
    global store
    store = sqlite3.connect(f"store-{os.getpid()}")
    query, clicks = Text(os.environ["QUERY_STRING"], description="query"), Button(description="0")
    clicks.on_click(lambda _: setattr(clicks, "description", str(int(clicks.description) + 1)))
    page.children += (query, clicks, Text(str(dice.random()), description="drawn"))

on_arrival(furnish)
page"""
RISKY = "import threading, time; threading.Thread(target=time.sleep, args=(600,), name='ticker', daemon=True).start()"
OPTIONS = ("--no-browser", "--Voila.ip=127.0.0.1", "--show_tracebacks=False", "--VoilaConfiguration.strip_sources=True",
           "--VisitorKernels.unseen_seconds=3", "--VisitorKernels.most_unseen=6", "--VisitorKernels.pause=0.3",
           "--VisitorKernels.away_seconds=1", "--VisitorVoila.tidy_seconds=0.5")  # fmt: skip


def words_of(process: psutil.Process) -> str:
    """The command of a process that lives; one that was killed has none, though it is still listed for a moment."""
    with suppress(psutil.NoSuchProcess):  # a zombie is one too
        return " ".join(process.cmdline())
    return ""


def notebook(folder: Path, name: str, code: str, **metadata: object) -> None:
    python = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_markdown_cell("# Title", id="title"), new_code_cell(code, id="page")]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": python, **metadata}), folder / name)


class Server:
    """A server of visitors in a folder, its log and its processes."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.log = folder, folder / "log"
        self.address = f"http://127.0.0.1:{port}"
        around = {**os.environ, "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(folder / "ipython")}
        words = [sys.executable, "-m", "kit.kernels.visitors", str(folder), f"--port={port}", *OPTIONS]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(words, env=around, cwd=folder, stdout=log, stderr=log)
        assert soon(self.answers, 60), self.log.read_text()

    def answers(self) -> bool:
        with suppress(OSError):
            urllib.request.urlopen(self.address, timeout=5).close()
            return True
        return False

    def page(self, name: str = "page.ipynb", query: str = "") -> str:
        return f"{self.address}/voila/render/{name}?{query}"

    def templates(self) -> list[psutil.Process]:
        return [one for one in psutil.Process(self.process.pid).children() if FORK in words_of(one)]

    def forks(self) -> list[psutil.Process]:
        return [child for template in self.templates() for child in template.children()]

    def status(self, path: str) -> tuple[int, dict[str, str]]:
        request = urllib.request.Request(f"{self.address}/{path}", headers={"Accept-Encoding": "gzip"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, dict(answer.headers)
        except urllib.error.HTTPError as refused:
            return refused.code, dict(refused.headers)

    def end(self) -> None:
        family = psutil.Process(self.process.pid).children(recursive=True)
        self.process.terminate()
        self.process.wait(30)
        assert all(soon(lambda one=one: gone(one.pid)) for one in family), "something outlived the server"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("apps")
    (folder / "beside.py").write_text("WORD = 'first'\n", encoding="utf-8")
    notebook(folder, "page.ipynb", PAGE, template_kernel=True)
    notebook(folder, "plain.ipynb", PAGE)
    notebook(folder, "risky.ipynb", f"{RISKY}\nprint('ran')", template_kernel=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Server(folder, port)
    assert soon(lambda: "unsafe to fork" in made.log.read_text(), 200), "templates are made ahead of visitors"
    yield made
    made.end()


async def opened(*addresses: str) -> list[Visitor]:
    return list(await asyncio.gather(*(Visitor(one).open() for one in addresses)))


def test_each_visitor_has_random_numbers_a_store_and_a_query_of_their_own(server):
    async def visit() -> None:
        one, other = await opened(server.page(query="a=1"), server.page(query="a=2"))
        drawn = [visitor.widgets[visitor.find(description="drawn")]["value"] for visitor in (one, other)]
        assert drawn[0] != drawn[1] and one.kernel != other.kernel
        assert [v.widgets[v.find(description="query")]["value"] for v in (one, other)] == ["a=1", "a=2"]
        await one.click(one.find(description="0"))
        await one.until(lambda: "1" in {state.get("description") for state in one.widgets.values()})
        assert other.find(description="0")
        await one.leave()
        await other.leave()

    before = set(server.folder.glob("store-*"))
    asyncio.run(visit())
    assert len(set(server.folder.glob("store-*")) - before) == 2
    assert {fork.ppid() for fork in server.forks()} == {server.templates()[0].pid}


def test_the_template_has_one_thread_and_no_file_or_socket_of_anybody(server):
    (template,) = server.templates()
    assert template.num_threads() == 1
    assert not [file.path for file in template.open_files() if file.path != str(server.log)]
    assert not template.net_connections("inet")


def test_the_page_is_the_ordinary_one_but_for_ids(server):
    async def visit() -> None:
        ours, ordinary = await opened(server.page(), server.page("plain.ipynb"))
        assert neutral(ours) == neutral(ordinary) and "drawn\nonce" in ours.html
        kept = [sorted(str(state.get("description")) for state in one.widgets.values()) for one in (ours, ordinary)]
        assert kept[0] == kept[1]
        await ours.leave()
        await ordinary.leave()

    asyncio.run(visit())


def neutral(visitor: Visitor) -> str:
    html = re.sub(r"[0-9a-f]{32}", "MODEL", visitor.html.replace(visitor.kernel, "KERNEL"))
    # The text beside a widget names its children, which came with the visitor.
    html = re.sub(r'VBox\(children=[^\n]*?"}, "execution_count', 'VBOX"}, "execution_count', html)
    return re.sub(r"static/~[0-9.]+", "static", html).replace("plain", "page")


def test_what_is_not_a_widgets_message_is_refused(server):
    async def visit() -> None:
        (one,) = await opened(server.page())
        mark = server.folder / "written"
        for kind in ("execute_request", "complete_request", "inspect_request", "history_request", "debug_request"):
            await one.send(kind, {"code": f"open({str(mark)!r}, 'w')", "silent": False})
        await one.click(one.find(description="0"))
        await one.until(lambda: "1" in {state.get("description") for state in one.widgets.values()})
        assert not mark.exists() and server.log.read_text().count("not allowed. Ignoring") >= 5
        await one.leave()

    asyncio.run(visit())


def test_a_visitor_who_dies_leaves_nothing(server):
    async def visit() -> str:
        (one,) = await opened(server.page())
        before = set(server.forks())
        newest = max(before, key=lambda fork: fork.create_time())
        newest.kill()
        assert soon(lambda: gone(newest.pid))
        return one.kernel

    kernel = asyncio.run(visit())
    assert soon(lambda: server.status(f"api/kernels/{kernel}")[0] == 404)


def test_a_killed_template_is_made_anew_and_its_visitors_stay(server):
    async def visit() -> None:
        (one,) = await opened(server.page())
        (old,) = server.templates()
        old.kill()
        (other,) = await opened(server.page())
        assert server.templates()[0].pid != old.pid
        await one.click(one.find(description="0"))
        await one.until(lambda: "1" in {state.get("description") for state in one.widgets.values()})
        await one.leave()
        await other.leave()

    asyncio.run(visit())


def test_a_changed_file_makes_the_template_anew(server):
    async def words() -> list[str]:
        (one,) = await opened(server.page())
        await one.leave()
        return [str(state.get("value")) for state in one.widgets.values()]

    assert "first" in asyncio.run(words())
    (server.folder / "beside.py").write_text("WORD = 'second word'\n", encoding="utf-8")
    assert soon(lambda: "second word" in asyncio.run(words()), 20)
    assert soon(lambda: len(server.templates()) == 1), "the old template goes with its last visitor"


def test_pages_that_nobody_looks_at_cost_nothing_for_long(server):
    async def look(times: int) -> list[object]:
        async def one() -> object:
            try:
                await Visitor(server.page()).get()
            except Refused as refused:
                return refused.args[0]
            return 200

        return await asyncio.gather(*(one() for _ in range(times)))

    assert soon(lambda: not server.forks())
    answers = asyncio.run(look(30))
    assert set(answers) == {200, 503} and answers.count(200) <= 6
    assert len(server.forks()) <= 6 and soon(lambda: not server.forks())
    assert soon(lambda: asyncio.run(look(1)) == [200])


def test_a_notebook_that_cannot_receive_its_visitor_says_so_and_leaves_no_kernel(server):
    assert soon(lambda: not server.forks())
    with pytest.raises(Refused, match="no kernel"):
        asyncio.run(Visitor(server.page(query="fail")).get())
    assert soon(lambda: not server.forks())


def test_a_notebook_that_is_unsafe_to_fork_gets_ordinary_kernels(server):
    visitor = Visitor(server.page("risky.ipynb"))
    asyncio.run(visitor.get())
    assert "ran" in visitor.html and "unsafe to fork: thread 'ticker'" in server.log.read_text()


def test_files_are_sent_compressed_and_kept(server):
    for path in ("voila/static/voila.js", "voila/static/~0/voila.js", "voila/templates/lab/static/voila.js"):
        status, headers = server.status(path)
        assert (status == 200) == ("~0" not in path)
        if status == 200:
            assert headers["Content-Encoding"] == "gzip" and headers["Etag"]
    for path in ("voila/static/../../../etc/passwd", "voila/static/%2e%2e/%2e%2e/x.js", "voila/files/page.ipynb"):
        assert server.status(path)[0] in (403, 404)
