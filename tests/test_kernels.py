"""Warm kernels live and die like ordinary ones: start, interrupt, restart, kill, exit codes, nothing left behind."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import psutil
import pytest

from kit import kernels
from kit.kernels.zygote import UNKNOWN_END, ForkedProcess, zygote
from tests.warm import Kernel, gone, soon, spec_in

pytestmark = pytest.mark.skipif(not kernels.fork_exists(), reason="this system cannot fork")
DRAWS = """import os, random, uuid, numpy, faker
print(random.random(), numpy.random.rand(), uuid.uuid4(), faker.Faker().pyint(0, 10**12), os.urandom(4).hex())"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return spec_in(tmp_path_factory.mktemp("specs"), "numpy", "faker")


@pytest.fixture
def kernel(folder):
    kernel = Kernel(folder)
    yield kernel
    kernel.end()


def mother(kernel) -> psutil.Process:
    return psutil.Process(kernel.process.pid).parent()


def test_kernels_are_forks_of_one_zygote_with_a_world_of_their_own(kernel, folder, tmp_path):
    other = Kernel(folder, cwd=str(tmp_path), env={**os.environ, "COLOUR": "blue"})
    assert isinstance(kernel.process, ForkedProcess) and kernel.process.pid != other.process.pid
    assert mother(kernel) == mother(other) and mother(kernel).ppid() == os.getpid()
    drawn, drawn_there = (one(DRAWS).split() for one in (kernel, other))
    assert len(drawn) == 5 and not set(drawn) & set(drawn_there)
    assert other("import os; print(os.getcwd(), os.environ['COLOUR'])") == f"{tmp_path} blue"
    assert kernel("print(os.environ.get('COLOUR'), os.getcwd())") == f"None {Path.cwd()}"
    assert kernel("import os; print(os.getsid(0) == os.getpid())") == "True"
    assert kernel("print(get_ipython().__class__.__name__, __name__)") == "ZMQInteractiveShell __main__"
    other.end()


def test_an_interrupt_stops_the_cell_and_not_the_kernel(kernel):
    kernel("kept = 1")
    asked = kernel.client.execute("import time\nprint('sleeping')\ntime.sleep(60)")
    while kernel.client.get_iopub_msg(timeout=30)["content"].get("text", "").strip() != "sleeping":
        continue
    kernel.manager.interrupt_kernel()
    reply = kernel.client.get_shell_msg(timeout=30)
    assert reply["parent_header"]["msg_id"] == asked and reply["content"]["ename"] == "KeyboardInterrupt"
    # Once in a hundred interrupts an ipykernel, an ordinary one too, loses what the next cell prints.
    assert soon(lambda: kernel("print(kept)") == "1")


def test_a_restart_gives_a_fresh_process(kernel):
    before = kernel.process.pid
    kernel("kept = 1")
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(timeout=60)
    assert kernel.process.pid != before and gone(before)
    assert kernel("kept") == "NameError"


def test_a_kill_takes_what_the_kernel_started_and_leaves_no_zombie(kernel):
    process, started = kernel.process, int(kernel("import subprocess; print(subprocess.Popen(['sleep', '600']).pid)"))
    kernel.end()
    assert process.returncode == -signal.SIGKILL
    assert soon(lambda: gone(process.pid) and gone(started))


@pytest.mark.parametrize(
    ("code", "ended"), [("os._exit(7)", 7), ("os.abort()", -signal.SIGABRT), ("os.kill(os.getpid(), 11)", -11)]
)
def test_exit_codes_are_those_of_the_process(kernel, code, ended):
    kernel.client.execute(f"import os; {code}")
    assert soon(lambda: kernel.process.poll() is not None)
    assert kernel.process.poll() == kernel.process.wait() == ended and gone(kernel.process.pid)


def test_a_polite_shutdown_ends_with_zero(kernel):
    process = kernel.process
    kernel.manager.shutdown_kernel()
    assert process.returncode == 0 and gone(process.pid)


def test_kernels_outlive_their_zygote_and_the_next_one_gets_a_new_zygote(kernel, folder):
    first = mother(kernel)
    kernel("kept = 1")
    first.kill()
    assert soon(lambda: not first.is_running() or first.status() == psutil.STATUS_ZOMBIE)
    assert kernel("print(kept)") == "1" and kernel.manager.is_alive()
    other = Kernel(folder)
    assert isinstance(other.process, ForkedProcess) and mother(other).pid != first.pid
    other.end()
    kernel.client.execute("import os; os._exit(3)")
    assert soon(lambda: kernel.process.poll() == UNKNOWN_END), "its code is lost, its end is not"


SERVER = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.warm import Kernel
import psutil
kernel = Kernel(Path(sys.argv[1]))
pid = kernel.process.pid
if sys.argv[3] == "busy":
    kernel.client.execute("import time\\nwhile True: time.sleep(100)")
mother = psutil.Process(pid).parent()
if sys.argv[3] == "without zygote":
    mother.kill()
print(pid, mother.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("how", ["idle", "busy", "without zygote"])
def test_nothing_survives_a_server_that_dies_at_once(folder, how):
    words = [sys.executable, "-c", SERVER, str(folder), str(Path(__file__).resolve().parents[1]), how]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False, timeout=100)
    assert done.returncode == -signal.SIGKILL
    kernel, mother = map(int, done.stdout.split())
    assert soon(lambda: gone(kernel) and gone(mother))


def test_papermill_and_nbclient_use_it_unchanged(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", str(folder.parent))
    (folder.parent / "kernels").symlink_to(folder)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import os; print(os.getppid(), 6 * 7)")])
    nbformat.write(notebook, tmp_path / "in.ipynb")
    done = papermill.execute_notebook(
        str(tmp_path / "in.ipynb"), str(tmp_path / "out.ipynb"), kernel_name="kit-warm", progress_bar=False
    )
    printed = done.cells[0].outputs[0].text.split()
    known = json.loads((folder / "kit-warm" / "kernel.json").read_text(encoding="utf-8"))
    libraries = known["metadata"]["kernel_provisioner"]["config"]["libraries"]
    from kit.kernels.provisioner import KERNEL

    assert printed == [str(zygote([*KERNEL, *libraries]).process.pid), "42"]
