"""The tools that start kernels use warm ones unchanged: JupyterLab's server over HTTP, Voila, nbval."""

import json
import os
import subprocess
import sys
import urllib.request
from contextlib import suppress
from urllib.error import HTTPError

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from kit import kernels
from tests.warm import gone, soon, spec_in

pytestmark = pytest.mark.skipif(not kernels.fork_exists(), reason="this system cannot fork")
NURSERY = "kit.kernels.nursery"


@pytest.fixture
def surroundings(tmp_path):
    """An environment in which Jupyter finds the kernelspec, and keeps its files to itself."""
    spec_in(tmp_path / "data" / "kernels", "ipywidgets")
    own = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    return {**os.environ, **own, "JUPYTER_PATH": str(tmp_path / "data")}


@pytest.fixture
def serve(surroundings, free_port, tmp_path):
    """Starts a server and ends it suddenly; nothing may be left of it."""
    started = []

    def start(*words):
        log = (tmp_path / "log").open("wb")
        words = [sys.executable, "-m", *words, "--no-browser", f"--port={free_port}"]
        started.append(subprocess.Popen(words, env=surroundings, cwd=tmp_path, stdout=log, stderr=log))
        log.close()
        return f"http://127.0.0.1:{free_port}", psutil.Process(started[0].pid)

    yield start
    family = psutil.Process(started[0].pid).children(recursive=True)
    started[0].kill()
    started[0].wait()
    assert all(soon(lambda one=one: gone(one.pid)) for one in family)


def ask(address, method="GET", body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Authorization": "token t"}, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read().decode()


def answers(address):
    with suppress(OSError):
        return bool(ask(address))
    return False


def is_zygote(process):
    with suppress(psutil.Error):  # another child of the server that ends just now
        return NURSERY in " ".join(process.cmdline())
    return False


def forks(server):
    """The kernels: children of the zygote."""
    return [one.pid for mother in server.children() if is_zygote(mother) for one in mother.children()]


def deleted(kernel):
    """Ask the server to end a kernel; True once it knows it no more. It refuses while it starts one anew."""
    try:
        ask(kernel, "DELETE")
    except HTTPError as refused:
        return refused.code == 404
    return False


def test_the_server_of_jupyterlab(serve):
    address, server = serve("jupyter_server", "--IdentityProvider.token=t", "--allow-root")
    assert soon(lambda: answers(f"{address}/api/status"), 60)
    number = json.loads(ask(f"{address}/api/kernels", "POST", {"name": "kit-warm"}))["id"]
    (first,) = forks(server)
    ask(f"{address}/api/kernels/{number}/interrupt", "POST", {})
    assert forks(server) == [first]
    ask(f"{address}/api/kernels/{number}/restart", "POST", {})
    (second,) = forks(server)
    assert second != first and gone(first)
    psutil.Process(second).kill()
    assert soon(lambda: set(forks(server)) - {second}, 60), "the server starts a dead kernel anew"
    assert soon(lambda: deleted(f"{address}/api/kernels/{number}")) and soon(lambda: not forks(server))
    ask(f"{address}/api/kernels", "POST", {"name": "kit-warm"})  # one is left for the server's sudden end


def test_voila(serve, tmp_path):
    cells = [new_code_cell("import os, ipywidgets\nipywidgets.HTML(f'kernel {os.getppid()}')")]
    python = {"name": "kit-warm", "display_name": "warm", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": python}), tmp_path / "page.ipynb")
    address, server = serve("voila", "page.ipynb")
    assert soon(lambda: answers(address), 60)
    page = ask(address)
    (mother,) = [one for one in server.children() if is_zygote(one)]
    assert f"kernel {mother.pid}" in page and len(forks(server)) >= 2


def test_nbval(surroundings, tmp_path):
    cell = new_code_cell(
        execution_count=1, source="import os, psutil\nprint('nursery' in ' '.join(psutil.Process().parent().cmdline()))"
    )
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="True\n")]
    nbformat.write(new_notebook(cells=[cell]), tmp_path / "checked.ipynb")
    words = ["--nbval", "--nbval-kernel-name", "kit-warm", "-p", "no:cacheprovider", "-q", "checked.ipynb"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words], env=surroundings, cwd=tmp_path, capture_output=True, text=True,
        check=False, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout
